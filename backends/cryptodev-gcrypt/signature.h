/*
 * The libgcrypt backend: signatures of DSA and ECDSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_SIGNATURE_H
#define BACKENDS_CRYPTODEV_GCRYPT_SIGNATURE_H

#include "sign.h"

/**
 * CryptoDevSignatureKey:
 * @name: libgcrypt's name for the signatures, "dsa" or "ecdsa"
 * @public: the public key as libgcrypt takes it; NULL where nothing is verified
 * @private: the private key, in secure memory; NULL for a public key
 * @order: the order of the group: q of DSA, n of an elliptic curve; 160 to
 *         521 bits, odd
 */
typedef struct CryptoDevSignatureKey {
    const char *name;
    gcry_sexp_t public;
    gcry_mpi_t private;
    gcry_mpi_t order;
} CryptoDevSignatureKey;

/**
 * cryptodev_signature_key_destroy:
 * @key: a key, which may lack any of its parts
 *
 * Wipe and free what the key holds.
 */
void cryptodev_signature_key_destroy(CryptoDevSignatureKey *key);

/**
 * cryptodev_signature_compute_verdict:
 * @key: a key that libgcrypt can use without harm
 * @computation: a running computation whose operands are a digest and the two
 *               parts of a signature, r and s; its next result says whether
 *               that verifies
 *
 * Many threads may use one key at once.
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_ERR on an error of libgcrypt's, or if memory
 * is short.
 */
CryptoDevStatus
cryptodev_signature_compute_verdict(const CryptoDevSignatureKey *key,
                                    CryptoDevComputation *computation);

/**
 * cryptodev_signature_run:
 * @key: a key that libgcrypt can use without harm
 * @group: the group of a private key; NULL for a public key
 * @op: the operation to complete
 *
 * Sign, which takes a private key, or verify, which takes any.  A signature is
 * the DER encoding of RFC 3279's Dss-Sig-Value or Ecdsa-Sig-Value, sections
 * 2.2.2 and 2.2.3.  A digest has 1 to 64 bytes; its leftmost bits are used if
 * it has more of them than the order: FIPS 186-5, section 6.4.1.
 *
 * Many threads may use one key at once.
 */
void cryptodev_signature_run(const CryptoDevSignatureKey *key,
                             const CryptoDevSignGroup *group, CryptoDevOp *op);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_SIGNATURE_H */
