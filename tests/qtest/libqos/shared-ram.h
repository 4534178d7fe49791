/*
 * Guest memory that a test maps, too
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A command to the qtest protocol's server takes longer than most operations
 * of the device.  A test that has thousands of requests adds SHARED_RAM to
 * QEMU's command line, and then reads and writes memory as a guest's processor
 * does: at once, while the device works.
 *
 * That is no way to write memory while a migration goes on: nothing reports
 * such writes to QEMU.
 */

#ifndef TESTS_LIBQOS_SHARED_RAM_H
#define TESTS_LIBQOS_SHARED_RAM_H

#include "../libqtest.h"

#define SHARED_RAM_NAME "memory-backend-memfd"
#define SHARED_RAM_SIZE 0x8000000
#define SHARED_RAM                                                      \
    " -object " SHARED_RAM_NAME ",id=ram,size=128M,share=on"            \
    " -machine memory-backend=ram"

/*
 * Maps the memory of a QEMU that was started with SHARED_RAM, all
 * SHARED_RAM_SIZE bytes of it; NULL if it was not.
 */
uint8_t *shared_ram_map(QTestState *qts);
/* Unmaps it; does nothing with NULL */
void shared_ram_unmap(uint8_t *ram);

/* Guest memory as a driver has access to it: mapped, or by qtest commands */
typedef struct QGuestMemory {
    QTestState *qts;
    uint8_t *ram;           /* NULL: not mapped */
} QGuestMemory;

/* Reads and writes bytes in any order */
void qguest_memory_read(const QGuestMemory *memory, uint64_t addr,
                        void *bytes, size_t len);
void qguest_memory_write(const QGuestMemory *memory, uint64_t addr,
                         const void *bytes, size_t len);
/*
 * Read and write an aligned little-endian number at once.  Reading acquires:
 * no later access moves in front of it.  Writing releases: no earlier access
 * moves behind it.
 */
uint16_t qguest_memory_readw(const QGuestMemory *memory, uint64_t addr);
uint32_t qguest_memory_readl(const QGuestMemory *memory, uint64_t addr);
void qguest_memory_writew(const QGuestMemory *memory, uint64_t addr,
                          uint16_t value);
void qguest_memory_writel(const QGuestMemory *memory, uint64_t addr,
                          uint32_t value);

#endif
