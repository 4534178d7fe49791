/*
 * The numbers of virtio 1.4, chapter "Crypto Device"
 *
 * RFC v1 numbers symmetric algorithms likewise: both wire protocols use these.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_WIRE_NUMBERS_H
#define HW_VIRTIO_CRYPTO_WIRE_NUMBERS_H

#include "standard-headers/linux/virtio_crypto.h"
#include "system/cryptodev.h"

/**
 * virtio_crypto_has_number:
 * @service: a service
 * @algo: an algorithm of it
 *
 * Returns: whether the standard has a number for it.
 */
bool virtio_crypto_has_number(CryptodevService service, uint32_t algo);

/**
 * virtio_crypto_service_mask:
 * @backend: a backend
 *
 * Returns: the services that the backend has: bit n for the service that the
 * standard numbers n.
 */
uint32_t virtio_crypto_service_mask(CryptoDevBackend *backend);

/**
 * virtio_crypto_algorithm_mask:
 * @backend: a backend
 * @service: a service
 *
 * Returns: the algorithms of @service that the backend has: bit n for the one
 * that the standard numbers n.
 */
uint64_t virtio_crypto_algorithm_mask(CryptoDevBackend *backend,
                                      CryptodevService service);

/**
 * virtio_crypto_algorithm:
 * @service: a service
 * @wire: the standard's number of an algorithm of that service
 * @neutral: set to the algorithm, of the enumeration that goes with @service
 *
 * Returns: CRYPTODEV_OK, or CRYPTODEV_NOTSUPP if there is no such number.
 */
CryptoDevStatus virtio_crypto_algorithm(CryptodevService service,
                                        uint32_t wire, uint32_t *neutral);

/**
 * virtio_crypto_hash_numbers:
 * @mode: VIRTIO_CRYPTO_SYM_HASH_MODE_*
 * @algo: VIRTIO_CRYPTO_MAC_* for VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH, else
 *        VIRTIO_CRYPTO_HASH_*
 * @neutral_mode: set to the mode
 * @neutral_algo: set to the MAC or hash
 *
 * Returns: CRYPTODEV_OK, or CRYPTODEV_NOTSUPP if there are no such numbers.
 */
CryptoDevStatus virtio_crypto_hash_numbers(uint32_t mode, uint32_t algo,
                                           CryptoDevHashMode *neutral_mode,
                                           uint32_t *neutral_algo);

/**
 * virtio_crypto_chain_numbers:
 * @order: VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_*
 * @mode: as for virtio_crypto_hash_numbers()
 * @algo: likewise
 * @chain: where order, mode and algorithm go
 *
 * Returns: CRYPTODEV_OK, or CRYPTODEV_NOTSUPP if there are no such numbers.
 */
CryptoDevStatus virtio_crypto_chain_numbers(uint32_t order, uint32_t mode,
                                            uint32_t algo,
                                            CryptoDevChainParams *chain);

/*
 * Parameters of sessions, from fields in the host's byte order.  They return
 * CRYPTODEV_OK with @params filled in, but for keys, or the status to answer
 * with.  @params->service is set already.
 */

/**
 * virtio_crypto_cipher_params:
 * @algo: VIRTIO_CRYPTO_CIPHER_*
 * @op: VIRTIO_CRYPTO_OP_*
 * @params: where the parameters go
 */
CryptoDevStatus virtio_crypto_cipher_params(uint32_t algo, uint32_t op,
                                            CryptoDevSessionParams *params);

/**
 * virtio_crypto_chain_params:
 * @order: VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_*
 * @mode: VIRTIO_CRYPTO_SYM_HASH_MODE_*
 * @algo: VIRTIO_CRYPTO_MAC_* for VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH, else
 *        VIRTIO_CRYPTO_HASH_*
 * @digest_len: bytes in the digest
 * @chain: where the parameters go
 */
CryptoDevStatus virtio_crypto_chain_params(uint32_t order, uint32_t mode,
                                           uint32_t algo, uint32_t digest_len,
                                           CryptoDevChainParams *chain);

/**
 * virtio_crypto_digest_params:
 * @algo: VIRTIO_CRYPTO_HASH_* or VIRTIO_CRYPTO_MAC_*, as the service is
 * @digest_len: bytes in the digest
 * @params: where the parameters go
 */
CryptoDevStatus virtio_crypto_digest_params(uint32_t algo,
                                            uint32_t digest_len,
                                            CryptoDevSessionParams *params);

/**
 * virtio_crypto_aead_params:
 * @algo: VIRTIO_CRYPTO_AEAD_*
 * @op: VIRTIO_CRYPTO_OP_*
 * @tag_len: bytes in the tag
 * @params: where the parameters go
 */
CryptoDevStatus virtio_crypto_aead_params(uint32_t algo, uint32_t op,
                                          uint32_t tag_len,
                                          CryptoDevSessionParams *params);

/**
 * virtio_crypto_akcipher_params:
 * @para: a whole struct virtio_crypto_akcipher_session_para, in wire order
 * @params: where the parameters go
 */
CryptoDevStatus virtio_crypto_akcipher_params(
    const struct virtio_crypto_akcipher_session_para *para,
    CryptoDevSessionParams *params);

#endif /* HW_VIRTIO_CRYPTO_WIRE_NUMBERS_H */
