/*
 * Guest memory that a test maps, too
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <sys/mman.h>
#include "qemu/atomic.h"
#include "qemu/bswap.h"
#include "qemu/units.h"
#include "shared-ram.h"

/* Below this, some addresses are not RAM's */
#define LOW_END (1 * MiB)

static uint8_t *map_file(const char *path)
{
    int fd = open(path, O_RDWR | O_CLOEXEC);
    uint8_t *ram;

    g_assert_cmpint(fd, >=, 0);
    ram = mmap(NULL, SHARED_RAM_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd,
               0);
    g_assert(ram != MAP_FAILED);
    close(fd);
    return ram;
}

/* The memory file has the name of its kind among QEMU's file descriptors */
uint8_t *shared_ram_map(QTestState *qts)
{
    g_autofree char *path =
        g_strdup_printf("/proc/%d/fd", (int)qtest_pid(qts));
    GDir *dir = g_dir_open(path, 0, NULL);
    uint8_t *ram = NULL;
    const char *name;

    g_assert_nonnull(dir);
    while (!ram && (name = g_dir_read_name(dir))) {
        g_autofree char *link = g_strdup_printf("%s/%s", path, name);
        g_autofree char *file = g_file_read_link(link, NULL);

        if (file && strstr(file, SHARED_RAM_NAME)) {
            ram = map_file(link);
        }
    }
    g_dir_close(dir);
    return ram;
}

void shared_ram_unmap(uint8_t *ram)
{
    if (ram) {
        munmap(ram, SHARED_RAM_SIZE);
    }
}

static uint8_t *find(const QGuestMemory *memory, uint64_t addr, size_t len)
{
    if (memory->ram && addr >= LOW_END && addr < SHARED_RAM_SIZE &&
        len <= SHARED_RAM_SIZE - addr) {
        return memory->ram + addr;
    }
    return NULL;
}

void qguest_memory_read(const QGuestMemory *memory, uint64_t addr,
                        void *bytes, size_t len)
{
    const uint8_t *at = find(memory, addr, len);

    if (at) {
        memcpy(bytes, at, len);
    } else {
        qtest_bufread(memory->qts, addr, bytes, len);
    }
}

void qguest_memory_write(const QGuestMemory *memory, uint64_t addr,
                         const void *bytes, size_t len)
{
    uint8_t *at = find(memory, addr, len);

    if (at) {
        memcpy(at, bytes, len);
    } else {
        qtest_bufwrite(memory->qts, addr, bytes, len);
    }
}

uint16_t qguest_memory_readw(const QGuestMemory *memory, uint64_t addr)
{
    void *at = find(memory, addr, sizeof(uint16_t));

    return at ? le16_to_cpu(qatomic_load_acquire((uint16_t *)at))
              : qtest_readw(memory->qts, addr);
}

uint32_t qguest_memory_readl(const QGuestMemory *memory, uint64_t addr)
{
    void *at = find(memory, addr, sizeof(uint32_t));

    return at ? le32_to_cpu(qatomic_load_acquire((uint32_t *)at))
              : qtest_readl(memory->qts, addr);
}

void qguest_memory_writew(const QGuestMemory *memory, uint64_t addr,
                          uint16_t value)
{
    void *at = find(memory, addr, sizeof(uint16_t));

    if (at) {
        qatomic_store_release((uint16_t *)at, cpu_to_le16(value));
    } else {
        qtest_writew(memory->qts, addr, value);
    }
}

void qguest_memory_writel(const QGuestMemory *memory, uint64_t addr,
                          uint32_t value)
{
    void *at = find(memory, addr, sizeof(uint32_t));

    if (at) {
        qatomic_store_release((uint32_t *)at, cpu_to_le32(value));
    } else {
        qtest_writel(memory->qts, addr, value);
    }
}
