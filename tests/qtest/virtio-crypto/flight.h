/*
 * Many requests in flight on all data queues of a virtio-crypto device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_FLIGHT_H
#define TESTS_VIRTIO_CRYPTO_FLIGHT_H

#include "libqos/virtio-crypto-driver.h"

#define FLIGHT_QUEUES   4
/* So many bytes that a queue's thread takes several turns for them */
#define FLIGHT_REQUESTS 160
#define FLIGHT_BYTES    16384

/* One of the slower ciphers, by a session that all queues share */
typedef struct Flight {
    QVirtioCryptoDriver *d;
    GByteArray *key, *iv, *plain;
    /* The encrypted @plain, by nettle */
    GByteArray *cipher;
    uint64_t session;
    /* NULL: it was answered and checked, or the queue does not exist */
    QVirtioCryptoRequest *reqs[FLIGHT_QUEUES][FLIGHT_REQUESTS];
} Flight;

/* Starts the device, which has FLIGHT_QUEUES data queues or fewer */
Flight *flight_new(QVirtioDevice *vdev, QGuestAllocator *alloc,
                   uint64_t features);
/* Resets the device; nothing may be in flight */
void flight_free(Flight *f);
/* Same for a device that is gone: forgets the requests in flight */
void flight_abandon(Flight *f);

/* Fills a queue, or all of them; then tells the device */
void flight_submit_queue(Flight *f, uint32_t queue);
void flight_submit(Flight *f);
/* How many of these are not answered by now */
unsigned int flight_count_queue(Flight *f, uint32_t queue);
unsigned int flight_count(Flight *f);
/* Waits for all of them, and checks the results */
void flight_wait_queue(Flight *f, uint32_t queue);
void flight_wait(Flight *f);
/* Checks that the device answers none of them, and writes to none */
void flight_check_still(Flight *f, uint32_t queue);
/*
 * Forgets the requests of a queue that was reset, whose rings must be made
 * anew; or resets the device, starts it, and forgets them all
 */
void flight_forget_queue(Flight *f, uint32_t queue);
void flight_restart(Flight *f);

#endif
