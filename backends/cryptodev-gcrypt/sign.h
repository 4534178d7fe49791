/*
 * The libgcrypt backend: the formulas of DSA and ECDSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_GCRYPT_SIGN_H
#define BACKENDS_CRYPTODEV_GCRYPT_SIGN_H

#include "integer.h"

/**
 * CryptoDevSignGroup:
 * @q: the order of the group, odd and of 521 bits at most
 * @make_r: set @r to the @k-th power or multiple of the generator, modulo @q;
 *          false on an error.  @k is secret, and has one bit more than @q: see
 *          cryptodev_integer_lengthen().  NULL if no operation needs it.
 * @opaque: for @make_r
 *
 * The differences between DSA and ECDSA.
 */
typedef struct CryptoDevSignGroup {
    gcry_mpi_t q;
    bool (*make_r)(const void *opaque, gcry_mpi_t k, gcry_mpi_t r);
    const void *opaque;
} CryptoDevSignGroup;

/**
 * cryptodev_sign_digest:
 * @order: the order of the group
 * @digest: a digest
 *
 * Returns: the integer of its leftmost bits, as many as @order has, which the
 * caller owns; NULL if memory is short.
 */
gcry_mpi_t cryptodev_sign_digest(gcry_mpi_t order, CryptoDevOperand digest);

/**
 * cryptodev_sign:
 * @group: the group
 * @x: the private key, below the order, in secure memory
 * @z: the digest, as cryptodev_sign_digest() returned it
 * @digest_len: bytes in the digest before it was cut
 * @r: set to the first part of the signature
 * @s: set to the second part
 *
 * Sign with the per-message secret of RFC 6979, with the SHA whose digest has
 * this length, or SHA-512 if there is none.
 *
 * Returns: false if there is no signature, as in a forged group, or on an error
 * of libgcrypt's.
 */
bool cryptodev_sign(const CryptoDevSignGroup *group, gcry_mpi_t x,
                    gcry_mpi_t z, size_t digest_len, gcry_mpi_t r,
                    gcry_mpi_t s);

/**
 * cryptodev_sign_add_r:
 * @computation: a computation that runs; its next result is r
 * @group: the group
 * @k: the per-message secret
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_ERR if @k is out of range, or r is 0.
 */
CryptoDevStatus cryptodev_sign_add_r(CryptoDevComputation *computation,
                                     const CryptoDevSignGroup *group,
                                     CryptoDevOperand k);

/**
 * cryptodev_sign_add_s:
 * @computation: a computation that runs; its next result is s
 * @group: the group
 * @x: the private key, below the order
 * @k: the per-message secret
 * @r: the first part of the signature
 * @z: the digest
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_ERR if @k or @r is out of range, or s is 0.
 */
CryptoDevStatus cryptodev_sign_add_s(CryptoDevComputation *computation,
                                     const CryptoDevSignGroup *group,
                                     gcry_mpi_t x, CryptoDevOperand k,
                                     CryptoDevOperand r, CryptoDevOperand z);

/**
 * cryptodev_sign_add_rs:
 * @computation: a computation that runs; its next results are r and s
 * @group: the group
 * @x: the private key, below the order
 * @k: the per-message secret; without one it is made as RFC 6979 tells
 * @z: the digest
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_ERR if @k is out of range, or if r or s is 0
 * with this @k.
 */
CryptoDevStatus cryptodev_sign_add_rs(CryptoDevComputation *computation,
                                      const CryptoDevSignGroup *group,
                                      gcry_mpi_t x, CryptoDevOperand k,
                                      CryptoDevOperand z);

#endif /* BACKENDS_CRYPTODEV_GCRYPT_SIGN_H */
