/*
 * The wire protocol of RFC v1
 *
 * The normative text is in docs/virtio-crypto.rst.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/virtio/virtio-crypto.h"
#include "wire-numbers.h"
#include "wire-rfc.h"

QEMU_BUILD_BUG_ON(sizeof(VirtIOCryptoRfcDataHeader) >
                  VIRTIO_CRYPTO_DATA_HEAD_MAX);

/* The feature bit that an algorithm's or an operation's service has, if any */
static uint64_t feature_of(CryptodevService service)
{
    switch (service) {
    case CRYPTODEV_SERVICE_CIPHER:
    case CRYPTODEV_SERVICE_HASH:
    case CRYPTODEV_SERVICE_MAC:
    case CRYPTODEV_SERVICE_AEAD:
        return BIT_ULL(VIRTIO_CRYPTO_RFC_F_SYM);
    case CRYPTODEV_SERVICE_AKCIPHER:
        return 0;
    default:
        return BIT_ULL(service - CRYPTODEV_SERVICE_DH +
                       VIRTIO_CRYPTO_RFC_F_DH);
    }
}

static uint64_t get_features(CryptoDevBackend *backend)
{
    uint64_t features = BIT_ULL(VIRTIO_CRYPTO_RFC_F_REQ_SIZE_MAX);
    const CryptoDevCapability *capability;
    guint i = 0;

    while ((capability = cryptodev_backend_next(backend, &i))) {
        features |= feature_of(capability->service);
    }
    return features;
}

/* No feature depends on another one. */
static bool check_features(uint64_t features)
{
    return true;
}

/* Symmetric algorithms have the numbers of the ratified protocol. */
static bool offers(CryptodevService service, uint32_t algo)
{
    return feature_of(service) == BIT_ULL(VIRTIO_CRYPTO_RFC_F_SYM)
           ? virtio_crypto_has_number(service, algo)
           : feature_of(service) != 0;
}

static void get_config(CryptoDevBackend *backend, bool ready,
                       uint64_t max_size, bool big_endian, uint8_t *bytes)
{
    VirtIOCryptoRfcConfig config = {
        .size_max = big_endian ? cpu_to_be32(max_size)
                               : cpu_to_le32(max_size),
        .num_dataqs = big_endian ? cpu_to_be32(backend->queues)
                                 : cpu_to_le32(backend->queues),
    };

    memcpy(bytes, &config, sizeof(config));
}

static uint8_t encode_status(CryptoDevStatus status)
{
    switch (status) {
    case CRYPTODEV_OK:
        return VIRTIO_CRYPTO_RFC_S_OK;
    case CRYPTODEV_BADMSG:
        return VIRTIO_CRYPTO_RFC_S_BADMSG;
    case CRYPTODEV_NOTSUPP:
        return VIRTIO_CRYPTO_RFC_S_UNSUPP;
    default:
        return VIRTIO_CRYPTO_RFC_S_ERR;
    }
}

const VirtIOCryptoWire virtio_crypto_wire_rfc = {
    .device_id = VIRTIO_ID_CRYPTO_RFC,
    .config_len = sizeof(VirtIOCryptoRfcConfig),
    .ctrl_queue_first = true,
    .ctrl_status_last = true,
    .ctrl_header_len = sizeof(VirtIOCryptoRfcCtrlHeader),
    .ctrl_head_max = sizeof(VirtIOCryptoRfcCtrlHeader) + CRYPTODEV_KEY_MAX +
                     CRYPTODEV_AUTH_KEY_MAX,
    .data_header_len = sizeof(VirtIOCryptoRfcDataHeader),
    .data_head_max = sizeof(VirtIOCryptoRfcDataHeader),
    .get_features = get_features,
    .check_features = check_features,
    .offers = offers,
    .get_config = get_config,
    .decode_ctrl = virtio_crypto_rfc_decode_ctrl,
    .encode_ctrl = virtio_crypto_rfc_encode_ctrl,
    .session_of = virtio_crypto_rfc_session_of,
    .decode_data = virtio_crypto_rfc_decode_data,
    .decode_operands = virtio_crypto_rfc_decode_list,
    .results_len = virtio_crypto_rfc_list_len,
    .encode_results = virtio_crypto_rfc_encode_list,
    .encode_status = encode_status,
};
