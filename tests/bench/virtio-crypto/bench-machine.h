/*
 * A QEMU with a crypto device that a benchmark drives
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_BENCH_MACHINE_H
#define TESTS_BENCH_MACHINE_H

#include "../../qtest/libqos/virtio-crypto-driver.h"
#include "../../qtest/libqos/virtio-pci.h"
#include "bench-memory.h"

typedef struct BenchRing BenchRing;

/**
 * BenchMachine: a QEMU
 *
 * @name: its name in tables
 * @qts: its qtest; bench_machine_settle() must come before any use
 * @driver: its device, set up
 * @memory: its guest memory
 * @rings: its virtqueues, @driver->n_data of data and one for control
 * @doorbells: eventfds that QEMU has made for the virtqueues, in any order: an
 *             array of int, empty if they cannot be obtained
 *
 * One thread uses it.
 */
typedef struct BenchMachine {
    const char *name;
    QTestState *qts;
    QVirtioCryptoDriver *driver;
    BenchMemory memory;
    BenchRing *rings;
    GArray *doorbells;

    /* Private */
    QGuestAllocator alloc;
    QPCIBus *bus;
    QVirtioPCIDevice *pci;
    int socket;
    unsigned int unanswered;
} BenchMachine;

/**
 * bench_machine_start: start a QEMU and its device
 * @name: its name, not copied
 * @binary: the program
 * @backend: its cryptodev backend: type, and properties except the id
 * @device: its device's properties, each with a comma before it
 * @features: what to negotiate: a set of bits, all of which it must offer
 *
 * Returns: the machine, the caller's
 */
BenchMachine *bench_machine_start(const char *name, const char *binary,
                                  const char *backend, const char *device,
                                  uint64_t features);

/**
 * bench_machine_stop: end the QEMU and free the machine
 * @machine: the machine
 */
void bench_machine_stop(BenchMachine *machine);

/**
 * bench_machine_kick: send a line to qtest without waiting for its answer
 * @machine: the machine
 * @line: the command, with its end of line
 * @len: its bytes
 */
void bench_machine_kick(BenchMachine *machine, const char *line, size_t len);

/**
 * bench_machine_settle: wait for the answers to all kicks
 * @machine: the machine
 */
void bench_machine_settle(BenchMachine *machine);

/**
 * bench_machine_pid: which process it is
 * @machine: the machine
 *
 * Returns: the process
 */
pid_t bench_machine_pid(const BenchMachine *machine);

/**
 * bench_machine_version: ask which QEMU it is
 * @machine: the machine
 *
 * Returns: its version, the caller's
 */
char *bench_machine_version(BenchMachine *machine);

/**
 * bench_machine_notify_address: where a write notifies a virtqueue
 * @machine: the machine
 * @vq: the virtqueue
 *
 * Returns: the guest's physical address
 */
uint64_t bench_machine_notify_address(const BenchMachine *machine,
                                      const QVirtQueue *vq);

#endif
