/*
 * Requests of virtio-crypto that the backend for tests holds
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * They are on the first queue, one of each of several services; one of RFC v1
 * is a computation.
 */

#ifndef TESTS_VIRTIO_CRYPTO_HELD_REQUESTS_H
#define TESTS_VIRTIO_CRYPTO_HELD_REQUESTS_H

#include "libqos/virtio-crypto-driver.h"

#define N_HELD 4
#define N_HELD_COUNTERS 4

typedef struct HeldRequests {
    QVirtioCryptoDriver *d;
    /* The backend's ID, and what its counters were before */
    const char *backend;
    unsigned int before[N_HELD_COUNTERS];
    GPtrArray *examples;
    /* 0: it needs none */
    uint64_t sessions[N_HELD];
    unsigned int n_sessions;
    /* NULL: it was answered */
    QVirtioCryptoRequest *reqs[N_HELD];
    /* Requests that a reset has ended, and what was in their memory */
    GPtrArray *lost;
    GPtrArray *memory;
} HeldRequests;

/*
 * Starts the device, whose backend has this ID and is to hold tasks; creates no
 * sessions
 */
HeldRequests *held_requests_new(QVirtioDevice *vdev, QGuestAllocator *alloc,
                                uint64_t features, const char *backend);
/* Resets the device; nothing may be in flight */
void held_requests_free(HeldRequests *h);
/* Same for a device that is gone, with requests in flight or without */
void held_requests_abandon(HeldRequests *h);

/* Counters of the backend, as in test-backend.h, since the start */
unsigned int held_requests_counter(const HeldRequests *h, const char *name);
void held_requests_await(const HeldRequests *h, const char *name,
                         unsigned int n);
/* Completes @n of the tasks that are held, or the last ones if @n < 0 */
void held_requests_release(const HeldRequests *h, int n);

void held_requests_create_sessions(HeldRequests *h);
void held_requests_destroy_sessions(HeldRequests *h);

/* Submits them all */
void held_requests_enqueue(HeldRequests *h);
/* The same, and waits until the backend has got them */
void held_requests_submit(HeldRequests *h);
/* How many of them are not answered by now */
unsigned int held_requests_count(HeldRequests *h);
/* Waits for one, and checks the result */
void held_requests_check(HeldRequests *h, unsigned int i);
/* The same for all that are not answered */
void held_requests_wait(HeldRequests *h);

/* Takes them from the driver, because of a reset that follows */
void held_requests_lose(HeldRequests *h);
/* Checks that the device has not written to lost ones since, and frees them */
void held_requests_check_lost(HeldRequests *h);

#endif
