/*
 * A test's virtio-crypto driver: the requests of RFC v1
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_LIBQOS_VIRTIO_CRYPTO_RFC_H
#define TESTS_LIBQOS_VIRTIO_CRYPTO_RFC_H

#include "hw/virtio/crypto/wire-rfc.h"
#include "virtio-crypto-driver.h"

/* The device ID */
#define QVIRTIO_CRYPTO_RFC_ID 0xffff

/* The value of "alg", "hash_alg" and "mode" */
#define QVIRTIO_CRYPTO_RFC_ALG(service, type, number) \
    ((uint32_t)(service) << VIRTIO_CRYPTO_RFC_SERVICE_SHIFT | \
     (type) << VIRTIO_CRYPTO_RFC_TYPE_SHIFT | ((number) & 0xffff))
#define QVIRTIO_CRYPTO_RFC_SYM(type, number)        \
    QVIRTIO_CRYPTO_RFC_ALG(VIRTIO_CRYPTO_RFC_F_SYM, \
                           VIRTIO_CRYPTO_RFC_ ## type, number)

/* The headers of requests, here in the host's byte order */
typedef VirtIOCryptoRfcCtrlHeader QVirtioCryptoRfcCtrl;
typedef VirtIOCryptoRfcDataHeader QVirtioCryptoRfcData;

/* A driver's record of a session */
typedef struct QVirtioCryptoRfcSession {
    uint64_t id;
    uint32_t mode;
    uint32_t digest_len;    /* 0: none, or as long as there is room */
} QVirtioCryptoRfcSession;

/* The number that the ratified protocol has for a status of RFC v1 */
uint8_t qvirtio_crypto_rfc_status(uint8_t status);

/* Appends a header to the readable bytes, as it is on the wire */
void qvirtio_crypto_rfc_add_ctrl(QVirtioCryptoRequest *req,
                                 const QVirtioCryptoRfcCtrl *header);
void qvirtio_crypto_rfc_add_data(QVirtioCryptoRequest *req,
                                 const QVirtioCryptoRfcData *header);

/* The functions of virtio-crypto-driver.h for a driver that has @rfc */
QVirtioCryptoRequest *
qvirtio_crypto_rfc_create_request(const QVirtioCryptoSession *session);
QVirtioCryptoRequest *qvirtio_crypto_rfc_destroy_request(uint64_t id);
uint32_t qvirtio_crypto_rfc_created(const QVirtioCryptoRequest *req,
                                    uint64_t *id);
QVirtioCryptoRequest *
qvirtio_crypto_rfc_op_request(QVirtioCryptoDriver *d,
                              const QVirtioCryptoOp *op);

/* Has a driver know the session that a request of another one has created */
void qvirtio_crypto_rfc_remember(QVirtioCryptoDriver *d,
                                 const QVirtioCryptoRequest *req, uint64_t id);

/*
 * Finishes an answered request: its status becomes that of the ratified
 * protocol.
 */
void qvirtio_crypto_rfc_finish(QVirtioCryptoDriver *d,
                               QVirtioCryptoRequest *req);

#endif
