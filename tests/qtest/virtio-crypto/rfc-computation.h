/*
 * Requests of RFC v1 for computations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A list of operands or results is its bytes on the wire.
 */

#ifndef TESTS_VIRTIO_CRYPTO_RFC_COMPUTATION_H
#define TESTS_VIRTIO_CRYPTO_RFC_COMPUTATION_H

#include "qemu/bitops.h"
#include "libqos/virtio-crypto-driver.h"
#include "libqos/virtio-crypto-rfc.h"

/* The feature bits of all services that have operations */
#define SERVICES \
    MAKE_64BIT_MASK(VIRTIO_CRYPTO_RFC_F_DH, \
                    VIRTIO_CRYPTO_RFC_F_RAND - VIRTIO_CRYPTO_RFC_F_DH + 1)

/* An operation's number on the wire */
#define ALG(service, operation) \
    QVIRTIO_CRYPTO_RFC_ALG(VIRTIO_CRYPTO_RFC_F_ ## service, 0, \
                           CRYPTODEV_ ## service ## _ ## operation)

/* Append an operand to a list */
void computation_append(GByteArray *list, const GByteArray *operand);
void computation_append_bytes(GByteArray *list, const void *bytes, size_t len);

/* A list of operands in hexadecimal, up to NULL; @first is not looked at */
GByteArray *computation_list(const char *first, ...) G_GNUC_NULL_TERMINATED;
#define LIST(...) computation_list("", ## __VA_ARGS__, NULL)

/* A request with room for that many bytes of results; takes the list */
QVirtioCryptoRequest *computation_request(uint32_t mode, uint64_t id,
                                          size_t room, GByteArray *list);

/*
 * Runs and frees a request.  Returns the status, and in @written, unless it is
 * NULL, the bytes that the device has written.
 */
uint8_t computation_run(QVirtioCryptoDriver *d, uint32_t queue,
                        QVirtioCryptoRequest *req, GByteArray **written);

/* The request that creates a session; takes the list */
QVirtioCryptoRequest *computation_create_request(uint32_t alg,
                                                 GByteArray *list);

/* Creates a session; takes the list.  Returns the status, and the id if OK. */
uint8_t computation_create(QVirtioCryptoDriver *d, uint32_t alg,
                           GByteArray *list, uint64_t *id);

#endif
