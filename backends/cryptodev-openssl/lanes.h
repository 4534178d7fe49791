/*
 * The OpenSSL backend: public keys eight at a time
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Intel's library crypto_mb computes eight operations of a kind at once, with
 * the instructions AVX-512 IFMA, in the time that OpenSSL takes for one to four
 * of them.  Each has a lane, with a key of its own.  Where operations wait for
 * each other anyway, they go together, and one that is alone is OpenSSL's.
 *
 * Its authors promise that time and access to memory do not depend on secrets.
 * Its X25519 is not used: version 2021.12 gives wrong results for coordinates
 * little less than the prime, from which an attacker would learn the scalar.
 * Many threads may call the functions below at once, with the same keys too.
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_LANES_H
#define BACKENDS_CRYPTODEV_OPENSSL_LANES_H

#include "qapi/qapi-types-common.h"
#include "../cryptodev/common/nonce.h"
#include "rsa-key.h"

/* How many operations there are at once */
#define CRYPTODEV_LANES 8

QEMU_BUILD_BUG_ON(CRYPTODEV_TOGETHER_MAX > CRYPTODEV_LANES);

/**
 * cryptodev_lanes_choose:
 * @wanted: whether the user wants the library
 * @is_default: whether OpenSSL has its usual providers.  If not, those that the
 *              user chose must compute.
 * @chosen: set to whether to use it
 * @errp: where errors go
 *
 * Returns: false, with an error, if it is to be on, but this program was built
 * without it, or the processor lacks what it needs, or providers were chosen.
 */
bool cryptodev_lanes_choose(OnOffAuto wanted, bool is_default, bool *chosen,
                            Error **errp);

typedef struct CryptoDevLanesRsa CryptoDevLanesRsa;

/**
 * cryptodev_lanes_rsa_new:
 * @key: a private key whose numbers fit together
 * @context: where random numbers come from
 *
 * Returns: the key for the functions below, to be freed by
 * cryptodev_lanes_rsa_free(); NULL unless its modulus has 1024, 2048, 3072 or
 * 4096 bits, p and q have half as many, and e is 65537, or on an error of
 * OpenSSL's.
 */
CryptoDevLanesRsa *cryptodev_lanes_rsa_new(const CryptoDevOpensslRsaKey *key,
                                           OSSL_LIB_CTX *context);

/**
 * cryptodev_lanes_rsa_free:
 * @key: a key that is not in use, or NULL
 *
 * Wipe and free it.
 */
void cryptodev_lanes_rsa_free(CryptoDevLanesRsa *key);

/**
 * cryptodev_lanes_rsa_bits:
 * @key: a key
 *
 * Returns: how many bits its modulus has.
 */
uint32_t cryptodev_lanes_rsa_bits(const CryptoDevLanesRsa *key);

/**
 * cryptodev_lanes_rsa_private:
 * @keys: @n keys of the same size
 * @blocks: an integer for each, below its modulus, big-endian and as long as
 *          that; replaced if the result is good
 * @n: how many there are, from 1 to CRYPTODEV_LANES
 *
 * RSADP and RSASP1, RFC 8017, with blinded integers.  A result is one that is
 * checked: the public exponent undoes it.  All keys are of one backend.
 *
 * Returns: which results are good: bit i for @blocks[i].
 */
uint32_t cryptodev_lanes_rsa_private(CryptoDevLanesRsa *const *keys,
                                     uint8_t *const *blocks, size_t n);

/**
 * CryptoDevLanesSignature:
 * @x: the private key, from 1 to n - 1
 * @k: the per-message secret, from 1 to n - 1
 * @z: the message's digest as an integer, cut to the bits of n
 * @r: set to the first part of the signature
 * @s: set to the second part
 *
 * A signature to make.  Numbers are big-endian, and as long as the order n.
 */
typedef struct CryptoDevLanesSignature {
    uint8_t x[CRYPTODEV_ORDER_MAX];
    uint8_t k[CRYPTODEV_ORDER_MAX];
    uint8_t z[CRYPTODEV_ORDER_MAX];
    uint8_t r[CRYPTODEV_ORDER_MAX];
    uint8_t s[CRYPTODEV_ORDER_MAX];
} CryptoDevLanesSignature;

/**
 * cryptodev_lanes_nonces:
 * @q: the order of the group, which has 256 bits
 * @signatures: signatures to make, of which @x and @z are set; @k is set
 * @n: how many there are, from 1 to CRYPTODEV_LANES
 *
 * RFC 6979, section 3.2, with SHA-256: the first secret that the generator
 * gives.  One in 2^32 is not good for the order of P-256, and the generator has
 * to go on: a matter for nonce.h.
 *
 * Returns: which are good: bit i for @signatures[i].
 */
uint32_t cryptodev_lanes_nonces(const uint8_t *q,
                                CryptoDevLanesSignature *signatures, size_t n);

/**
 * cryptodev_lanes_has_ecdsa:
 * @curve: any curve
 *
 * Returns: whether there are signatures on it.
 */
bool cryptodev_lanes_has_ecdsa(CryptoDevCurve curve);

/**
 * cryptodev_lanes_ecdsa_sign:
 * @curve: a curve that cryptodev_lanes_has_ecdsa()
 * @signatures: signatures to make
 * @n: how many there are, from 1 to CRYPTODEV_LANES
 *
 * FIPS 186-5, section 6.4.1.  Signatures are not checked, as OpenSSL does not
 * check its own: to verify one takes longer than to make it.  One whose @x or
 * @k is 0 is not made; the others are.
 *
 * Returns: which are made: bit i for @signatures[i].
 */
uint32_t cryptodev_lanes_ecdsa_sign(CryptoDevCurve curve,
                                    CryptoDevLanesSignature *signatures,
                                    size_t n);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_LANES_H */
