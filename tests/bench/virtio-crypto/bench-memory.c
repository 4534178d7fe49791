/*
 * Memory that a benchmark shares with a QEMU
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <sys/mman.h>
#include "bench-memory.h"

void bench_memory_init(BenchMemory *memory, uint64_t size)
{
    memory->fd = memfd_create("virtio-crypto-bench", 0);
    g_assert_cmpint(memory->fd, >=, 0);
    g_assert_cmpint(ftruncate(memory->fd, size), ==, 0);
    memory->host = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED,
                        memory->fd, 0);
    g_assert(memory->host != MAP_FAILED);
    /* QEMU advises the same for its memory: all contestants' is alike */
    madvise(memory->host, size, MADV_HUGEPAGE);
    memory->size = size;
    memory->next = 0;
}

uint64_t bench_memory_alloc(BenchMemory *memory, size_t len, size_t align)
{
    uint64_t address = ROUND_UP(memory->next, align);

    g_assert_cmpint(address + len, <=, memory->size);
    memory->next = address + len;
    return address;
}

void *bench_memory_at(const BenchMemory *memory, uint64_t address)
{
    return memory->host + address;
}
