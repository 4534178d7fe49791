/*
 * Published examples of every service of virtio-crypto
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_EXAMPLES_H
#define TESTS_VIRTIO_CRYPTO_EXAMPLES_H

#include "libqos/virtio-crypto-driver.h"

/* An operation, the session that it needs, and its published result */
typedef struct Example {
    char *name;
    unsigned int service;
    QVirtioCryptoSession session;
    /* On no session, and not in stateless mode either */
    QVirtioCryptoOp op;
    /* AEAD: the nonce, which has more room in @op than it takes */
    const uint8_t *nonce;
    /* Empty if the result is only a status */
    GByteArray *expected;
    /* The memory that the other members point to */
    GPtrArray *bytes;
} Example;

/* New examples, to be freed by g_ptr_array_unref() */
GPtrArray *examples_new(void);
/* The example of that name, which must exist */
Example *examples_find(GPtrArray *examples, const char *name);

/* Its operation, without the room that a nonce need not have */
QVirtioCryptoOp example_shortest(const Example *example);

/* Whether the driver's protocol can say it */
bool example_fits(const Example *example, QVirtioCryptoDriver *d);

#endif
