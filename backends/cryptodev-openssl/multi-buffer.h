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
 * It does not blind.
 */

#ifndef BACKENDS_CRYPTODEV_OPENSSL_MULTI_BUFFER_H
#define BACKENDS_CRYPTODEV_OPENSSL_MULTI_BUFFER_H

#include "qapi/qapi-types-common.h"
#include "rsa-key.h"

/* How many operations there are at once */
#define CRYPTODEV_LANES 8

/**
 * cryptodev_multi_buffer_choose:
 * @wanted: whether the user wants the library
 * @is_default: whether OpenSSL has its usual providers.  If not, those that the
 *              user chose must compute.
 * @chosen: set to whether to use it
 * @errp: where errors go
 *
 * Returns: false, with an error, if it is to be on, but this program was built
 * without it, or the processor lacks what it needs, or providers were chosen.
 */
bool cryptodev_multi_buffer_choose(OnOffAuto wanted, bool is_default,
                                   bool *chosen, Error **errp);

typedef struct CryptoDevLanesRsa CryptoDevLanesRsa;

/**
 * cryptodev_lanes_rsa_new:
 * @key: a private key whose numbers fit together
 *
 * Returns: the key for the functions below, to be freed by
 * cryptodev_lanes_rsa_free(); NULL unless its modulus has 1024, 2048, 3072 or
 * 4096 bits, and p and q half as many.
 */
CryptoDevLanesRsa *cryptodev_lanes_rsa_new(const CryptoDevOpensslRsaKey *key);

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
 * @keys: keys of the same size, in any lanes; NULL for a lane that is not used
 * @blocks: for each an integer below its modulus, big-endian, as long as that
 * @results: for each lane, where the result goes, as long as the integer
 *
 * RSADP and RSASP1, RFC 8017.  A result is one that is checked: the public
 * exponent undoes it.  Many threads may call this at once, with the same keys
 * too.
 *
 * Returns: the lanes whose results are good: bit i for lane i.
 */
uint32_t
cryptodev_lanes_rsa_private(const CryptoDevLanesRsa *keys[CRYPTODEV_LANES],
                            const uint8_t *blocks[CRYPTODEV_LANES],
                            uint8_t *results[CRYPTODEV_LANES]);

#endif /* BACKENDS_CRYPTODEV_OPENSSL_MULTI_BUFFER_H */
