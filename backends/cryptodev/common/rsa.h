/*
 * Cryptography backends: RSA, RFC 8017
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_RSA_H
#define BACKENDS_CRYPTODEV_RSA_H

#include "late.h"
#include "primitives.h"
#include "rsa-key.h"

/**
 * CryptoDevRsa:
 * @primitives: what computes with the key
 * @state: the key, or NULL
 * @is_private: whether it is a private key
 * @size: bytes in the modulus; 0 for a key without one whose numbers were not
 *        checked by @late yet
 * @padding: how data becomes an integer
 * @hash: the hash that made the digests to sign and verify, or
 *        CRYPTODEV_HASH_NONE
 * @rejects_implicitly: whether decryption answers wrong padding with a message
 * @late: whether the numbers of a private key fit together
 *
 * A key, and how it is used.
 */
typedef struct CryptoDevRsa {
    const CryptoDevPrimitives *primitives;
    CryptoDevRsaState *state;
    bool is_private;
    size_t size;
    CryptoDevRsaPadding padding;
    CryptoDevHashAlgo hash;
    bool rejects_implicitly;
    CryptoDevLateCheck late;
} CryptoDevRsa;

/**
 * cryptodev_rsa_is_there:
 * @backend: a backend whose options are settled
 *
 * Returns: whether it has RSA, and what implicit rejection takes if the user
 * wants that.
 */
bool cryptodev_rsa_is_there(CryptoDevBackend *backend);

/**
 * cryptodev_rsa_init:
 * @rsa: all zero; free it by cryptodev_rsa_destroy()
 * @backend: a backend whose primitives have RSA
 * @padding: how data becomes an integer
 * @hash: a hash of signatures
 */
void cryptodev_rsa_init(CryptoDevRsa *rsa, CryptoDevBackend *backend,
                        CryptoDevRsaPadding padding, CryptoDevHashAlgo hash);

/**
 * cryptodev_rsa_destroy:
 * @rsa: a key that is not in use
 *
 * Wipe and free what it holds.
 */
void cryptodev_rsa_destroy(CryptoDevRsa *rsa);

/**
 * cryptodev_rsa_open:
 * @rsa: how a key is to be used; has no key yet
 * @backend: as for cryptodev_rsa_init()
 * @key: the key; it is not needed after the call
 * @is_private: whether it is to be a private key
 *
 * Check the key as far as this is quick, and take it.
 *
 * Returns: as cryptodev_rsa_key_check(); also CRYPTODEV_NOTSUPP if signatures
 * cannot use the hash, and CRYPTODEV_ERR if memory is short.
 */
CryptoDevStatus cryptodev_rsa_open(CryptoDevRsa *rsa,
                                   CryptoDevBackend *backend,
                                   const CryptoDevRsaKey *key,
                                   bool is_private);

/**
 * cryptodev_rsa_run:
 * @rsa: a key that was opened, and how it is used
 * @op: the operation; all but its @status is set
 *
 * The first one with a private key checks it.  Many threads may use one key at
 * once.
 *
 * Returns: the operation's status.
 */
CryptoDevStatus cryptodev_rsa_run(CryptoDevRsa *rsa, CryptoDevOp *op);

/**
 * cryptodev_rsa_kind:
 * @rsa: a key that was opened, and how it is used
 * @type: an operation
 *
 * Any thread may call this.
 *
 * Returns: as cryptodev_backend_kind().
 */
uint32_t cryptodev_rsa_kind(const CryptoDevRsa *rsa, CryptoDevOpType type);

/**
 * cryptodev_rsa_run_batch:
 * @rsas: keys of one backend; one may be there more than once
 * @ops: an operation for each, as for cryptodev_rsa_run(); their @status is set
 * @n: how many there are: 1, or up to CRYPTODEV_TOGETHER_MAX if all are of one
 *     kind, which is not 0
 *
 * Run operations.  Many threads may use one key at once.
 */
void cryptodev_rsa_run_batch(CryptoDevRsa *const *rsas,
                             CryptoDevOp *const *ops, size_t n);

/**
 * cryptodev_rsa_route:
 * @rsa: a key that was opened, and how it is used
 * @type: an operation
 *
 * Any thread may call this.
 *
 * Returns: as cryptodev_backend_route().
 */
CryptoDevRoute cryptodev_rsa_route(const CryptoDevRsa *rsa,
                                   CryptoDevOpType type);

#endif /* BACKENDS_CRYPTODEV_RSA_H */
