/*
 * The wire protocol of RFC v1: structures, numbers and shared parts
 *
 * The normative text is in docs/virtio-crypto.rst.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_WIRE_RFC_H
#define HW_VIRTIO_CRYPTO_WIRE_RFC_H

#include "qemu/bitops.h"
#include "qemu/bswap.h"
#include "wire.h"

/* Feature bits; from bit 1 on, a bit's number is also its service's number */
enum {
    VIRTIO_CRYPTO_RFC_F_REQ_SIZE_MAX,
    VIRTIO_CRYPTO_RFC_F_SYM,
    VIRTIO_CRYPTO_RFC_F_DH,
    VIRTIO_CRYPTO_RFC_F_DSA,
    VIRTIO_CRYPTO_RFC_F_RSA,
    VIRTIO_CRYPTO_RFC_F_EC,
    VIRTIO_CRYPTO_RFC_F_ECDH,
    VIRTIO_CRYPTO_RFC_F_ECDSA,
    VIRTIO_CRYPTO_RFC_F_KEY,
    VIRTIO_CRYPTO_RFC_F_LN,
    VIRTIO_CRYPTO_RFC_F_PRIME,
    VIRTIO_CRYPTO_RFC_F_DRBG,
    VIRTIO_CRYPTO_RFC_F_NRBG,
    VIRTIO_CRYPTO_RFC_F_RAND,
};

/* Types of symmetric algorithms; with other services, the type is 0 */
enum {
    VIRTIO_CRYPTO_RFC_ABLKCIPHER,
    VIRTIO_CRYPTO_RFC_AEAD,
    VIRTIO_CRYPTO_RFC_HASH,
};

/* What a control request asks for */
enum {
    VIRTIO_CRYPTO_RFC_NO_TYPE,
    VIRTIO_CRYPTO_RFC_CREATE,
    VIRTIO_CRYPTO_RFC_DESTROY,
};

/* Statuses */
enum {
    VIRTIO_CRYPTO_RFC_S_OK,
    VIRTIO_CRYPTO_RFC_S_ERR,
    VIRTIO_CRYPTO_RFC_S_UNSUPP,
    VIRTIO_CRYPTO_RFC_S_BADMSG,
};

/* Where the parts of "alg", "hash_alg" and "mode" begin */
#define VIRTIO_CRYPTO_RFC_SERVICE_SHIFT 24
#define VIRTIO_CRYPTO_RFC_TYPE_SHIFT 16

/*
 * Structures in wire order: fields are little-endian with VIRTIO_F_VERSION_1,
 * and in the guest's byte order without it.
 */
typedef struct VirtIOCryptoRfcConfig {
    uint32_t size_max;
    uint32_t num_dataqs;
} VirtIOCryptoRfcConfig;

typedef struct VirtIOCryptoRfcCtrlHeader {
    uint32_t alg;
    uint32_t keylen;
    uint32_t flags;
    uint8_t type;
    uint8_t op;
    uint8_t hash_mode;
    uint8_t alg_chain_order;
    uint32_t auth_key_len;
    uint32_t hash_alg;
} VirtIOCryptoRfcCtrlHeader;

typedef struct VirtIOCryptoRfcDataHeader {
    uint32_t mode;
    uint32_t ivlen;
    uint32_t len;
    uint32_t auth_len;
    uint64_t session_id;
    uint32_t flags;
    uint32_t padding;
} VirtIOCryptoRfcDataHeader;

QEMU_BUILD_BUG_ON(sizeof(VirtIOCryptoRfcConfig) != 8);
QEMU_BUILD_BUG_ON(sizeof(VirtIOCryptoRfcCtrlHeader) != 24);
QEMU_BUILD_BUG_ON(sizeof(VirtIOCryptoRfcDataHeader) != 32);

/**
 * VirtIOCryptoRfcAlg:
 * @service: a service's number
 * @type: a type of that service
 * @number: an algorithm of that type
 *
 * The fields "alg", "hash_alg" and "mode", taken apart.
 */
typedef struct VirtIOCryptoRfcAlg {
    uint8_t service;
    uint8_t type;
    uint16_t number;
} VirtIOCryptoRfcAlg;

/* Convert a field from the driver's byte order to the host's. */
static inline uint32_t virtio_crypto_rfc_field(const VirtIOCryptoChain *chain,
                                               uint32_t field)
{
    return chain->big_endian ? be32_to_cpu(field) : le32_to_cpu(field);
}

static inline uint64_t
virtio_crypto_rfc_field64(const VirtIOCryptoChain *chain, uint64_t field)
{
    return chain->big_endian ? be64_to_cpu(field) : le64_to_cpu(field);
}

static inline VirtIOCryptoRfcAlg
virtio_crypto_rfc_alg(const VirtIOCryptoChain *chain, uint32_t field)
{
    uint32_t alg = virtio_crypto_rfc_field(chain, field);

    return (VirtIOCryptoRfcAlg) {
        .service = alg >> VIRTIO_CRYPTO_RFC_SERVICE_SHIFT,
        .type = alg >> VIRTIO_CRYPTO_RFC_TYPE_SHIFT,
        .number = alg,
    };
}

/**
 * virtio_crypto_rfc_fits:
 * @chain: a request
 *
 * Returns: whether the request is at most @max_size bytes long.
 */
static inline bool virtio_crypto_rfc_fits(const VirtIOCryptoChain *chain)
{
    return chain->readable + chain->writable <= chain->max_size;
}

/**
 * virtio_crypto_rfc_check_service:
 * @chain: a request
 * @alg: what it is for
 *
 * Returns: CRYPTODEV_OK, or CRYPTODEV_NOTSUPP unless the driver has accepted
 * the service's feature bit.
 */
static inline CryptoDevStatus
virtio_crypto_rfc_check_service(const VirtIOCryptoChain *chain,
                                VirtIOCryptoRfcAlg alg)
{
    return alg.service >= VIRTIO_CRYPTO_RFC_F_SYM &&
           alg.service <= VIRTIO_CRYPTO_RFC_F_RAND &&
           chain->features & BIT_ULL(alg.service)
           ? CRYPTODEV_OK : CRYPTODEV_NOTSUPP;
}

/**
 * virtio_crypto_rfc_service:
 * @number: the number of a service of computations, which is any but SYM
 *
 * Returns: the service.
 */
static inline CryptodevService virtio_crypto_rfc_service(uint8_t number)
{
    return number - VIRTIO_CRYPTO_RFC_F_DH + CRYPTODEV_SERVICE_DH;
}

QEMU_BUILD_BUG_ON(VIRTIO_CRYPTO_RFC_F_RAND - VIRTIO_CRYPTO_RFC_F_DH !=
                  CRYPTODEV_SERVICE_RAND - CRYPTODEV_SERVICE_DH);

/* Members of virtio_crypto_wire_rfc; see VirtIOCryptoWire */
bool virtio_crypto_rfc_decode_list(const uint8_t *bytes, size_t len,
                                   bool big_endian,
                                   CryptoDevOperand *operands, size_t *n);
size_t virtio_crypto_rfc_list_len(const CryptoDevResult *results, size_t n);
void virtio_crypto_rfc_encode_list(const CryptoDevResult *results, size_t n,
                                   bool big_endian, uint8_t *bytes);
CryptoDevStatus virtio_crypto_rfc_decode_ctrl(const VirtIOCryptoChain *chain,
                                              VirtIOCryptoCtrlReq *req);
size_t virtio_crypto_rfc_encode_ctrl(const VirtIOCryptoChain *chain,
                                     const VirtIOCryptoCtrlReq *req,
                                     CryptoDevStatus status,
                                     uint64_t session_id,
                                     uint8_t *outcome);
uint64_t virtio_crypto_rfc_session_of(const VirtIOCryptoChain *chain);
CryptoDevStatus virtio_crypto_rfc_decode_data(const VirtIOCryptoChain *chain,
                                              const CryptoDevSession *session,
                                              VirtIOCryptoDataReq *req);

#endif /* HW_VIRTIO_CRYPTO_WIRE_RFC_H */
