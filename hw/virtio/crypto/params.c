/*
 * The virtio crypto device: what a session was made from
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "params.h"

QEMU_BUILD_BUG_ON(VIRTIO_CRYPTO_PARTS_MAX < 2);

size_t virtio_crypto_params_parts(const CryptoDevSessionParams *params,
                                  CryptoDevOperand *parts)
{
    if (cryptodev_has_operations(params->service)) {
        memcpy(parts, params->compute.operands,
               params->compute.n * sizeof(*parts));
        return params->compute.n;
    }
    parts[0] = (CryptoDevOperand) { params->key, params->key_len };
    if (params->service != CRYPTODEV_SERVICE_CIPHER) {
        return 1;
    }
    parts[1] = (CryptoDevOperand) {
        params->cipher.chain.key, params->cipher.chain.key_len,
    };
    return 2;
}

void virtio_crypto_params_set_parts(CryptoDevSessionParams *params,
                                    CryptoDevOperand *parts, size_t n)
{
    if (cryptodev_has_operations(params->service)) {
        params->compute.operands = parts;
        params->compute.n = n;
        return;
    }
    params->key = parts[0].data;
    params->key_len = parts[0].len;
    if (params->service == CRYPTODEV_SERVICE_CIPHER) {
        params->cipher.chain.key = parts[1].data;
        params->cipher.chain.key_len = parts[1].len;
    }
}

static size_t parts_len(const CryptoDevOperand *parts, size_t n)
{
    size_t len = 0;

    for (size_t i = 0; i < n; i++) {
        len += parts[i].len;
    }
    return len;
}

/* In memory, the array of operands comes first, and then their bytes. */
VirtIOCryptoParams *
virtio_crypto_params_copy(const CryptoDevSessionParams *params)
{
    CryptoDevOperand parts[VIRTIO_CRYPTO_PARTS_MAX];
    size_t n = virtio_crypto_params_parts(params, parts);
    size_t len = n * sizeof(parts[0]) + parts_len(parts, n);
    VirtIOCryptoParams *copy = g_try_malloc(sizeof(*copy) + len);
    uint8_t *end;

    if (!copy) {
        return NULL;
    }
    copy->params = *params;
    copy->len = len;
    end = copy->bytes + n * sizeof(parts[0]);
    for (size_t i = 0; i < n; i++) {
        if (parts[i].len) {
            memcpy(end, parts[i].data, parts[i].len);
        }
        parts[i].data = end;
        end += parts[i].len;
    }
    memcpy(copy->bytes, parts, n * sizeof(parts[0]));
    virtio_crypto_params_set_parts(&copy->params,
                                   (CryptoDevOperand *)copy->bytes, n);
    return copy;
}

void virtio_crypto_params_free(VirtIOCryptoParams *copy)
{
    if (copy) {
        cryptodev_wipe(copy->bytes, copy->len);
        g_free(copy);
    }
}
