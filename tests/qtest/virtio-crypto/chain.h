/*
 * A test's chain of a cipher and a hash or MAC, and its expected result
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_CHAIN_H
#define TESTS_VIRTIO_CRYPTO_CHAIN_H

#include "libqos/virtio-crypto-driver.h"
#include "cipher-reference.h"
#include "digest-reference.h"

#define HASH_FIRST  VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER
#define CIPHER_FIRST VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH
#define PLAIN       VIRTIO_CRYPTO_SYM_HASH_MODE_PLAIN
#define AUTH        VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH
#define NESTED      VIRTIO_CRYPTO_SYM_HASH_MODE_NESTED

/* Parameters of a session; keys that are NULL become random */
typedef struct ChainKind {
    const CipherAlgo *cipher;
    bool encrypt;
    uint32_t order;
    uint32_t mode;
    const DigestAlgo *digest;
    const GByteArray *key;
    const GByteArray *auth_key;
} ChainKind;

typedef struct Chain {
    QVirtioCryptoDriver *d;
    ChainKind kind;
    GByteArray *key, *auth_key;
    /* The longest digest to ask for */
    size_t digest_len;
    QVirtioCryptoSession session;
    uint64_t id;
} Chain;

/* A request and the memory that it points at */
typedef struct ChainRequest {
    GByteArray *iv, *aad, *src;
    QVirtioCryptoOp op;
} ChainRequest;

/* A kind with a MAC, by the names of the algorithms */
ChainKind chain_kind(const char *cipher, bool encrypt, uint32_t order,
                     const char *mac);
/* Creates a session */
void chain_init(Chain *chain, QVirtioCryptoDriver *d, ChainKind kind);
/* Destroys it */
void chain_clear(Chain *chain);

/* Enciphers and hashes all of @src, which the request then owns */
void chain_request_init(ChainRequest *req, const Chain *chain,
                        size_t aad_len, GByteArray *src);
/* About @len bytes to encipher, and all other sizes at random */
void chain_request_random(ChainRequest *req, const Chain *chain,
                          size_t aad_len, size_t len);
void chain_request_clear(ChainRequest *req);
/* Changes the length of the result */
void chain_set_lengths(QVirtioCryptoOp *op, uint32_t dst_len,
                       uint32_t digest_len);

/* Destination and digest, as they follow each other */
GByteArray *chain_expected(const Chain *chain, const QVirtioCryptoOp *op);
/* Runs a request, and compares its result with @expected */
void chain_check_result(const Chain *chain, const QVirtioCryptoOp *op,
                        const QVirtioCryptoShape *shape,
                        const GByteArray *expected);
/* The same, and checks the result */
void chain_check(const Chain *chain, const QVirtioCryptoOp *op,
                 const QVirtioCryptoShape *shape);

/* Runs @check in both orders and directions, each time on a new session */
void chain_each_way(QVirtioCryptoDriver *d, const char *cipher,
                    const char *mac, void (*check)(Chain *chain));

/* The first bytes of H(outer prefix, H(inner prefix, data)) */
GByteArray *nested_hash(const DigestAlgo *algo, const GByteArray *prefixes,
                        const GByteArray *data, size_t len);

/* The cipher of that name */
const CipherAlgo *find_cipher(const char *name);
GByteArray *copy_bytes(const void *data, size_t len);
GByteArray *random_bytes(GRand *rand, size_t len);
/* From @min to @max */
size_t random_len(GRand *rand, size_t min, size_t max);

#endif
