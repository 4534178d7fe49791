/*
 * The wire protocol of virtio 1.4, chapter "Crypto Device"
 *
 * With VIRTIO_CRYPTO_F_REVISION_1 a request's operation part is as long as the
 * structure of its operation.  Without, all operation parts are padded to one
 * length.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "wire-numbers.h"
#include "wire-virtio.h"

/* Stateless mode's feature bits of a mask of services, and of all there are */
#define STATELESS_FEATURES(services) \
    ((uint64_t)(services) << VIRTIO_CRYPTO_F_STATELESS_MODE(0))
#define STATELESS_FEATURES_ALL \
    STATELESS_FEATURES(BIT(VIRTIO_CRYPTO_SERVICE_AKCIPHER + 1) - 1)

#define DATA_HEAD_MAX \
    (VIRTIO_CRYPTO_DATA_HEADER_LEN + VIRTIO_CRYPTO_DATA_OP_MAX)

QEMU_BUILD_BUG_ON(DATA_HEAD_MAX > VIRTIO_CRYPTO_DATA_HEAD_MAX);

static uint32_t wire_status(CryptoDevStatus status)
{
    switch (status) {
    case CRYPTODEV_OK:
        return VIRTIO_CRYPTO_OK;
    case CRYPTODEV_BADMSG:
        return VIRTIO_CRYPTO_BADMSG;
    case CRYPTODEV_NOTSUPP:
        return VIRTIO_CRYPTO_NOTSUPP;
    case CRYPTODEV_INVSESS:
        return VIRTIO_CRYPTO_INVSESS;
    case CRYPTODEV_NOSPC:
        return VIRTIO_CRYPTO_NOSPC;
    case CRYPTODEV_KEY_REJECTED:
        return VIRTIO_CRYPTO_KEY_REJECTED;
    case CRYPTODEV_ERR:
        break;
    }
    return VIRTIO_CRYPTO_ERR;
}

static uint64_t get_features(CryptoDevBackend *backend)
{
    return BIT_ULL(VIRTIO_CRYPTO_F_REVISION_1) |
           STATELESS_FEATURES(virtio_crypto_service_mask(backend));
}

/* Section "Feature bit requirements": stateless mode needs REVISION_1. */
static bool check_features(uint64_t features)
{
    return virtio_crypto_has_revision_1(features) ||
           !(features & STATELESS_FEATURES_ALL);
}

/* The longest key of a service, in bytes */
static uint32_t max_key_len(CryptoDevBackend *backend,
                            CryptodevService service)
{
    const CryptoDevCapability *capability;
    uint32_t max = 0;
    guint i = 0;

    while ((capability = cryptodev_backend_next(backend, &i))) {
        if (capability->service == service) {
            max = MAX(max, capability->key_max);
        }
    }
    return max;
}

/* Section "Device configuration layout" */
static void get_config(CryptoDevBackend *backend, bool ready,
                       uint64_t max_size, bool big_endian, uint8_t *bytes)
{
    uint64_t cipher =
        virtio_crypto_algorithm_mask(backend, CRYPTODEV_SERVICE_CIPHER);
    uint64_t mac =
        virtio_crypto_algorithm_mask(backend, CRYPTODEV_SERVICE_MAC);
    struct virtio_crypto_config config = {
        .status = cpu_to_le32(ready ? VIRTIO_CRYPTO_S_HW_READY : 0),
        .max_dataqueues = cpu_to_le32(backend->queues),
        .crypto_services = cpu_to_le32(virtio_crypto_service_mask(backend)),
        .cipher_algo_l = cpu_to_le32(cipher),
        .cipher_algo_h = cpu_to_le32(cipher >> 32),
        .hash_algo = cpu_to_le32(
            virtio_crypto_algorithm_mask(backend, CRYPTODEV_SERVICE_HASH)),
        .mac_algo_l = cpu_to_le32(mac),
        .mac_algo_h = cpu_to_le32(mac >> 32),
        .aead_algo = cpu_to_le32(
            virtio_crypto_algorithm_mask(backend, CRYPTODEV_SERVICE_AEAD)),
        .max_cipher_key_len = cpu_to_le32(
            MAX(max_key_len(backend, CRYPTODEV_SERVICE_CIPHER),
                max_key_len(backend, CRYPTODEV_SERVICE_AEAD))),
        .max_auth_key_len = cpu_to_le32(
            max_key_len(backend, CRYPTODEV_SERVICE_MAC)),
        .akcipher_algo = cpu_to_le32(
            virtio_crypto_algorithm_mask(backend,
                                         CRYPTODEV_SERVICE_AKCIPHER)),
        .max_size = cpu_to_le64(max_size),
    };

    memcpy(bytes, &config, sizeof(config));
}

/* Sections "create session" and "destroy session", device requirements */
static size_t encode_ctrl(const VirtIOCryptoChain *chain,
                          const VirtIOCryptoCtrlReq *req,
                          CryptoDevStatus status, uint64_t session_id,
                          uint8_t outcome[VIRTIO_CRYPTO_OUTCOME_MAX])
{
    struct virtio_crypto_session_input created = { };

    QEMU_BUILD_BUG_ON(sizeof(created) > VIRTIO_CRYPTO_OUTCOME_MAX);
    if (status == CRYPTODEV_NOSPC &&
        !virtio_crypto_has_revision_1(chain->features)) {
        status = CRYPTODEV_ERR;
    }
    if (req->outcome_len == sizeof(struct virtio_crypto_inhdr)) {
        outcome[0] = wire_status(status);
        return sizeof(struct virtio_crypto_inhdr);
    }
    if (status == CRYPTODEV_OK) {
        created.session_id = cpu_to_le64(session_id);
    }
    created.status = cpu_to_le32(wire_status(status));
    memcpy(outcome, &created, sizeof(created));
    return sizeof(created);
}

static uint8_t encode_status(CryptoDevStatus status)
{
    return wire_status(status);
}

const VirtIOCryptoWire virtio_crypto_wire_virtio = {
    .device_id = VIRTIO_ID_CRYPTO,
    .config_len = sizeof(struct virtio_crypto_config),
    .revision_1_features = BIT_ULL(VIRTIO_CRYPTO_F_REVISION_1) |
                           STATELESS_FEATURES_ALL,
    .stateless_features = STATELESS_FEATURES_ALL,
    .ctrl_header_len = VIRTIO_CRYPTO_CTRL_HEADER_LEN,
    .ctrl_head_max = VIRTIO_CRYPTO_CTRL_HEADER_LEN +
                     VIRTIO_CRYPTO_CTRL_OP_PADDED + CRYPTODEV_KEY_MAX,
    .data_header_len = VIRTIO_CRYPTO_DATA_HEADER_LEN,
    .data_head_max = DATA_HEAD_MAX,
    .get_features = get_features,
    .check_features = check_features,
    .offers = virtio_crypto_has_number,
    .get_config = get_config,
    .decode_ctrl = virtio_crypto_decode_ctrl,
    .encode_ctrl = encode_ctrl,
    .session_of = virtio_crypto_session_of,
    .decode_data = virtio_crypto_decode_data,
    .encode_status = encode_status,
};
