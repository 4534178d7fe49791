/*
 * Memory that a benchmark shares with a QEMU
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_MEMORY_H
#define TESTS_BENCH_MEMORY_H

/**
 * BenchMemory: anonymous memory that another process can map
 *
 * @fd: its file
 * @host: where it is mapped
 * @size: bytes
 * @next: the first address that is free
 */
typedef struct BenchMemory {
    int fd;
    uint8_t *host;
    uint64_t size;
    uint64_t next;
} BenchMemory;

/**
 * bench_memory_init: map memory
 * @memory: what to fill in
 * @size: bytes
 *
 * The memory stays for the rest of the program.
 */
void bench_memory_init(BenchMemory *memory, uint64_t size);

/**
 * bench_memory_alloc: take a piece
 * @memory: where from
 * @len: bytes
 * @align: a power of two
 *
 * Returns: its address: the offset from the start, which is the guest's
 * physical address too.  It is an error if there is no room.
 */
uint64_t bench_memory_alloc(BenchMemory *memory, size_t len, size_t align);

/**
 * bench_memory_at: the bytes at an address
 * @memory: where
 * @address: an address that bench_memory_alloc() has returned, or beyond it
 *
 * Returns: the place in this process
 */
void *bench_memory_at(const BenchMemory *memory, uint64_t address);

#endif
