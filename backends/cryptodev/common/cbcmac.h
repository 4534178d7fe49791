/*
 * Cryptography backends: MACs of chained blocks, CBC-MAC, XCBC and CMAC
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_CBCMAC_H
#define BACKENDS_CRYPTODEV_CBCMAC_H

#include "primitives.h"

/* One computation after the other, for one thread at a time */
typedef struct CryptoDevCbcMac CryptoDevCbcMac;

/**
 * cryptodev_cbcmac_has:
 * @primitives: what has the block cipher
 * @algo: a MAC
 *
 * Returns: whether cryptodev_cbcmac_new() can make it.
 */
bool cryptodev_cbcmac_has(const CryptoDevPrimitives *primitives,
                          CryptoDevMacAlgo algo);

/**
 * cryptodev_cbcmac_new:
 * @primitives: what has the block cipher
 * @algo: CRYPTODEV_MAC_CBCMAC_AES, with zeros to fill the last block up;
 *        CRYPTODEV_MAC_XCBC_AES, RFC 3566; or CRYPTODEV_MAC_CMAC_3DES,
 *        SP 800-38B
 * @key: the key, not needed after the call
 * @key_len: bytes in @key, a legal length.  3DES: two keys, or three.
 *
 * Weak keys of DES are keys like any other here.
 *
 * Returns: a computation, which the caller owns, or NULL if @primitives do
 * not take the key.
 */
CryptoDevCbcMac *cryptodev_cbcmac_new(const CryptoDevPrimitives *primitives,
                                      CryptoDevMacAlgo algo,
                                      const uint8_t *key, size_t key_len);

/**
 * cryptodev_cbcmac_free:
 * @mac: a computation, or NULL
 *
 * Wipe the key, and free the computation.
 */
void cryptodev_cbcmac_free(CryptoDevCbcMac *mac);

/**
 * cryptodev_cbcmac_start:
 * @mac: a computation, which is restarted
 *
 * Returns: false on an error of the library.
 */
bool cryptodev_cbcmac_start(CryptoDevCbcMac *mac);

/**
 * cryptodev_cbcmac_update:
 * @mac: a computation
 * @data: the next bytes
 * @len: how many there are, a whole number of blocks or not
 *
 * Returns: false on an error of the library.
 */
bool cryptodev_cbcmac_update(CryptoDevCbcMac *mac, const uint8_t *data,
                             size_t len);

/**
 * cryptodev_cbcmac_finish:
 * @mac: a computation, which can only be started again after this
 * @tag: set to the MAC, as long as a block of the cipher
 *
 * Returns: false on an error of the library.
 */
bool cryptodev_cbcmac_finish(CryptoDevCbcMac *mac,
                             uint8_t tag[CRYPTODEV_BLOCK_MAX]);

#endif /* BACKENDS_CRYPTODEV_CBCMAC_H */
