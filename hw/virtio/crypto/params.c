/*
 * The virtio crypto device: what a session was made from
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/error-report.h"
#include "params.h"

/* Streams contain these numbers, so they must not change. */
QEMU_BUILD_BUG_ON(CRYPTODEV_SERVICE_CIPHER != 0);
QEMU_BUILD_BUG_ON(CRYPTODEV_SERVICE_RAND != 16);

/* A session has either operands or at most two keys. */
#define PARTS_MAX CRYPTODEV_OPERANDS_MAX

QEMU_BUILD_BUG_ON(PARTS_MAX < 2);

/* Fill in where a session's secret bytes are.  Returns how many parts. */
static size_t find_parts(const CryptoDevSessionParams *params,
                         CryptoDevOperand parts[PARTS_MAX])
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

static void set_parts(CryptoDevSessionParams *params, CryptoDevOperand *parts,
                      size_t n)
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
    CryptoDevOperand parts[PARTS_MAX];
    size_t n = find_parts(params, parts);
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
    set_parts(&copy->params, (CryptoDevOperand *)copy->bytes, n);
    return copy;
}

void virtio_crypto_params_free(VirtIOCryptoParams *copy)
{
    if (copy) {
        cryptodev_wipe(copy->bytes, copy->len);
        g_free(copy);
    }
}

/* Write the parameters that only this service has. */
static void put_service(QEMUFile *f, const CryptoDevSessionParams *params)
{
    switch (params->service) {
    case CRYPTODEV_SERVICE_CIPHER:
        qemu_put_byte(f, params->cipher.encrypt);
        qemu_put_byte(f, params->cipher.chain.mode);
        qemu_put_byte(f, params->cipher.chain.cipher_first);
        qemu_put_be32(f, params->cipher.chain.algo);
        qemu_put_be32(f, params->cipher.chain.digest_len);
        break;
    case CRYPTODEV_SERVICE_HASH:
    case CRYPTODEV_SERVICE_MAC:
        qemu_put_be32(f, params->digest.len);
        qemu_put_byte(f, params->digest.nested);
        break;
    case CRYPTODEV_SERVICE_AEAD:
        qemu_put_byte(f, params->aead.encrypt);
        qemu_put_be32(f, params->aead.tag_len);
        break;
    case CRYPTODEV_SERVICE_AKCIPHER:
        qemu_put_byte(f, params->akcipher.private_key);
        qemu_put_byte(f, params->akcipher.padding);
        qemu_put_byte(f, params->akcipher.hash);
        qemu_put_byte(f, params->akcipher.curve);
        break;
    default:
        break;
    }
}

void virtio_crypto_params_put(QEMUFile *f,
                              const CryptoDevSessionParams *params)
{
    CryptoDevOperand parts[PARTS_MAX];
    size_t n = find_parts(params, parts);

    qemu_put_byte(f, params->service);
    qemu_put_be32(f, params->algo);
    put_service(f, params);
    qemu_put_byte(f, n);
    for (size_t i = 0; i < n; i++) {
        qemu_put_be32(f, parts[i].len);
        qemu_put_buffer(f, parts[i].data, parts[i].len);
    }
}

/* Returns false if a number is outside its enumeration. */
static bool get_service(QEMUFile *f, CryptoDevSessionParams *params)
{
    switch (params->service) {
    case CRYPTODEV_SERVICE_CIPHER:
        params->cipher.encrypt = qemu_get_byte(f);
        params->cipher.chain.mode = qemu_get_byte(f);
        params->cipher.chain.cipher_first = qemu_get_byte(f);
        params->cipher.chain.algo = qemu_get_be32(f);
        params->cipher.chain.digest_len = qemu_get_be32(f);
        return params->cipher.chain.mode <= CRYPTODEV_HASH_MODE_NESTED;
    case CRYPTODEV_SERVICE_HASH:
    case CRYPTODEV_SERVICE_MAC:
        params->digest.len = qemu_get_be32(f);
        params->digest.nested = qemu_get_byte(f);
        return true;
    case CRYPTODEV_SERVICE_AEAD:
        params->aead.encrypt = qemu_get_byte(f);
        params->aead.tag_len = qemu_get_be32(f);
        return true;
    case CRYPTODEV_SERVICE_AKCIPHER:
        params->akcipher.private_key = qemu_get_byte(f);
        params->akcipher.padding = qemu_get_byte(f);
        params->akcipher.hash = qemu_get_byte(f);
        params->akcipher.curve = qemu_get_byte(f);
        return params->akcipher.padding <= CRYPTODEV_RSA_PKCS1 &&
               params->akcipher.hash <= CRYPTODEV_HASH_MD4 &&
               params->akcipher.curve <= CRYPTODEV_CURVE_ED448;
    default:
        return params->service < CRYPTODEV_SERVICE__MAX;
    }
}

/* Check the number of parts that a session of the service can have. */
static bool check_parts(CryptodevService service, size_t n)
{
    if (cryptodev_has_operations(service)) {
        return n <= CRYPTODEV_OPERANDS_MAX;
    }
    return n == (service == CRYPTODEV_SERVICE_CIPHER ? 2 : 1);
}

/* Read the keys or operands into @bytes, which has room for them. */
static bool get_parts(QEMUFile *f, CryptoDevOperand *parts, size_t n,
                      uint8_t *bytes)
{
    size_t room = VIRTIO_CRYPTO_PARAMS_MAX;

    for (size_t i = 0; i < n; i++) {
        parts[i].data = bytes;
        parts[i].len = qemu_get_be32(f);
        if (parts[i].len > room ||
            qemu_get_buffer(f, bytes, parts[i].len) != parts[i].len) {
            return false;
        }
        bytes += parts[i].len;
        room -= parts[i].len;
    }
    return true;
}

/* Read parameters, with their keys or operands in @bytes; NULL on error. */
static VirtIOCryptoParams *get_params(QEMUFile *f, uint8_t *bytes)
{
    CryptoDevOperand parts[PARTS_MAX];
    CryptoDevSessionParams params = { .service = qemu_get_byte(f) };
    size_t n;

    params.algo = qemu_get_be32(f);
    if (!get_service(f, &params)) {
        return NULL;
    }
    n = qemu_get_byte(f);
    if (!check_parts(params.service, n) || !get_parts(f, parts, n, bytes)) {
        return NULL;
    }
    set_parts(&params, parts, n);
    return virtio_crypto_params_copy(&params);
}

VirtIOCryptoParams *virtio_crypto_params_get(QEMUFile *f)
{
    uint8_t *bytes = g_malloc0(VIRTIO_CRYPTO_PARAMS_MAX);
    VirtIOCryptoParams *params = get_params(f, bytes);

    cryptodev_wipe(bytes, VIRTIO_CRYPTO_PARAMS_MAX);
    g_free(bytes);
    if (!params) {
        error_report("virtio-crypto: malformed session in the migration"
                     " stream");
    }
    return params;
}
