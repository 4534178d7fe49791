/*
 * Requests of virtio-crypto whose results go where the test wants
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * With iommu_platform=on a result may be written to registers: to those of
 * other devices, and to the crypto device's own.
 */

#ifndef TESTS_VIRTIO_CRYPTO_AIM_H
#define TESTS_VIRTIO_CRYPTO_AIM_H

#include "libqos/virtio-crypto-driver.h"
#include "libqos/virtio-pci.h"

/* A session, and the requests in flight that use it */
typedef struct Aim {
    QVirtioCryptoDriver *d;
    uint64_t session;
    GPtrArray *reqs;
} Aim;

/* Creates the session */
Aim *aim_new(QVirtioCryptoDriver *d);
/* Forgets the requests in flight; the driver stays */
void aim_free(Aim *aim);

/*
 * Adds a request to a data queue, whose result is that 16-bit number and is
 * written to @addr; does not tell the device
 */
void aim_enqueue(Aim *aim, uint32_t queue, uint64_t addr, uint16_t result);
/* The same for one byte */
void aim_enqueue_byte(Aim *aim, uint32_t queue, uint64_t addr, uint8_t result);
/* Adds @n requests that stay in memory, and differ in their results */
void aim_enqueue_many(Aim *aim, uint32_t queue, unsigned int n);
/* Waits until all are answered, and checks the results that are in memory */
void aim_wait(Aim *aim);
/* Restarts the device, which forgets all requests and sessions */
void aim_restart(Aim *aim);
/* Forgets the requests in flight, before the driver does */
void aim_forget(Aim *aim);

/*
 * Adds any request to any queue, without telling the device: the first @len
 * bytes of the last piece that it writes go to @addr
 */
void aim_enqueue_request(QVirtioCryptoDriver *d, uint32_t queue,
                         QVirtioCryptoRequest *req, uint64_t addr,
                         uint32_t len);

/* Where a queue is kicked, and where a register of the common ones is */
uint64_t aim_doorbell(QVirtQueue *vq);
uint64_t aim_common(QVirtioPCIDevice *pci, uint32_t offset);

#endif
