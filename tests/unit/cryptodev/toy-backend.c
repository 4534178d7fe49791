/*
 * A cryptography backend of two algorithms, as an example
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "backends/cryptodev/driver.h"
#include "toy-backend.h"

typedef struct ToySession {
    CryptoDevSession parent;
    uint8_t *key;
    size_t key_len;
} ToySession;

static bool hash_has(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_HASH_SHA256;
}

static bool mac_has(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_MAC_HMAC_SHA256;
}

static CryptoDevStatus toy_create(CryptoDevBackend *backend,
                                  const CryptoDevSessionParams *params,
                                  CryptoDevSession **session)
{
    ToySession *toy;

    if (params->service == CRYPTODEV_SERVICE_HASH && params->digest.nested) {
        return CRYPTODEV_NOTSUPP;
    }
    toy = g_new0(ToySession, 1);
    toy->key = g_memdup2(params->key, params->key_len);
    toy->key_len = params->key_len;
    *session = &toy->parent;
    return CRYPTODEV_OK;
}

static void toy_destroy(CryptoDevSession *session)
{
    ToySession *toy = container_of(session, ToySession, parent);

    cryptodev_wipe(toy->key, toy->key_len);
    g_free(toy->key);
    g_free(toy);
}

/* The digest may be asked to be shorter, and go into pieces of memory. */
static void write_digest(CryptoDevOp *op, const uint8_t *digest)
{
    CryptoDevBuf buf = op->digest;

    cryptodev_buf_write(&buf, digest, buf.len);
    op->result_len = op->digest.len;
}

static void hash_run(CryptoDevSession *session, CryptoDevOp *op)
{
    g_autoptr(GChecksum) sum = g_checksum_new(G_CHECKSUM_SHA256);
    CryptoDevBuf src = op->src;
    uint8_t digest[32], *run;
    gsize len = sizeof(digest);

    for (size_t n; src.len; cryptodev_buf_advance(&src, n)) {
        n = cryptodev_buf_run(&src, &run);
        g_checksum_update(sum, run, n);
    }
    g_checksum_get_digest(sum, digest, &len);
    write_digest(op, digest);
}

/* GLib leaves a copy of the key behind, which a real backend would wipe. */
static void mac_run(CryptoDevSession *session, CryptoDevOp *op)
{
    ToySession *toy = container_of(session, ToySession, parent);
    g_autoptr(GHmac) hmac =
        g_hmac_new(G_CHECKSUM_SHA256, toy->key, toy->key_len);
    CryptoDevBuf src = op->src;
    uint8_t digest[32], *run;
    gsize len = sizeof(digest);

    for (size_t n; src.len; cryptodev_buf_advance(&src, n)) {
        n = cryptodev_buf_run(&src, &run);
        g_hmac_update(hmac, run, n);
    }
    g_hmac_get_digest(hmac, digest, &len);
    write_digest(op, digest);
}

static const CryptoDevDriver hash = {
    .service = CRYPTODEV_SERVICE_HASH, .has = hash_has,
    .create = toy_create, .destroy = toy_destroy, .run = hash_run,
};

static const CryptoDevDriver mac = {
    .service = CRYPTODEV_SERVICE_MAC, .has = mac_has,
    .create = toy_create, .destroy = toy_destroy, .run = mac_run,
};

static void toy_class_init(ObjectClass *class, void *data)
{
    static const CryptoDevDriver *const drivers[] = { &hash, &mac };

    CRYPTODEV_BACKEND_CLASS(class)->drivers = drivers;
    CRYPTODEV_BACKEND_CLASS(class)->n_drivers = ARRAY_SIZE(drivers);
}

static const TypeInfo toy_types[] = { {
    .name = TYPE_CRYPTODEV_BACKEND_TOY,
    .parent = TYPE_CRYPTODEV_BACKEND,
    .class_init = toy_class_init,
} };

DEFINE_TYPES(toy_types)
