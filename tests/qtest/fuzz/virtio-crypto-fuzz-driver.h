/*
 * The driver of virtio-crypto's fuzz targets
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * It lives in QEMU's process, on its main loop.  Unlike the tests' driver it
 * expects no answer in particular, and starts in no time.
 */

#ifndef TESTS_FUZZ_VIRTIO_CRYPTO_FUZZ_DRIVER_H
#define TESTS_FUZZ_VIRTIO_CRYPTO_FUZZ_DRIVER_H

#include "tests/qtest/libqos/virtio-crypto.h"
#include "tests/qtest/libqos/virtring.h"

/* More than a batch of the device, of chains that need one descriptor */
#define FUZZ_RING_SIZE 128
#define FUZZ_QUEUES_MAX 4
#define FUZZ_SESSIONS 8

/* Bytes that a queue's ring takes, and those of all requests of an input */
#define FUZZ_RING_BYTES 0x2000
#define FUZZ_ARENA_BYTES (512 * KiB)

/* A request that was not answered yet: where the answer goes */
typedef struct FuzzPending {
    uint64_t addr;
    uint32_t writable;
} FuzzPending;

/**
 * FuzzDriver:
 * @memory: the guest's, by qtest commands
 * @n_queues: data queues, and the control queue
 * @ctrl: index of the control queue
 * @rings_at: guest address of the rings
 * @arena: guest address of the requests
 * @arena_used: bytes of it that are in use
 * @sessions: ids of the latest sessions
 * @n_sessions: how many sessions were created
 * @lied: whether a ring is inconsistent; then answers are not checked
 * @end: when to stop the input, in terms of g_get_monotonic_time()
 */
typedef struct FuzzDriver {
    QTestState *qts;
    QGuestMemory memory;
    QVirtioPCIDevice *pci;
    QVirtioDevice *vdev;
    bool rfc;
    unsigned int n_queues;
    unsigned int ctrl;
    QVirtQueue *vqs[FUZZ_QUEUES_MAX];
    QVirtRing *rings[FUZZ_QUEUES_MAX];
    FuzzPending pending[FUZZ_QUEUES_MAX][FUZZ_RING_SIZE];
    unsigned int n_pending[FUZZ_QUEUES_MAX];
    uint64_t rings_at;
    uint64_t arena;
    uint64_t arena_used;
    uint64_t sessions[FUZZ_SESSIONS];
    unsigned int n_sessions;
    bool lied;
    gint64 end;
} FuzzDriver;

/*
 * Find the device that libqos has for the target, and memory for its queues.
 * Once, before the first input.
 */
void fuzz_driver_init(FuzzDriver *d, QTestState *qts);

/* Reset the device, and start it with the features that @lacking leaves. */
void fuzz_driver_start(FuzzDriver *d, uint8_t lacking);

/* Reset the device; nothing is in flight then. */
void fuzz_driver_stop(FuzzDriver *d);

/* Reset one queue, and enable it again, if the driver has that feature. */
void fuzz_driver_reset_queue(FuzzDriver *d, unsigned int queue);

/*
 * Let the main loop run until everything that was published is answered, or
 * something is and the input has taken long enough.
 */
void fuzz_driver_await(FuzzDriver *d);

bool fuzz_driver_is_late(const FuzzDriver *d);

/* Tell the device of all requests. */
void fuzz_driver_kick(FuzzDriver *d);

bool fuzz_driver_is_broken(FuzzDriver *d);

#endif
