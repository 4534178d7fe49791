/*
 * The ipsec-mb backend: GCM of AES, of which one text fills all lanes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/memalign.h"
#include "aead-text.h"
#include "drivers.h"
#include "gcm-key.h"
#include "jobs.h"
#include "library.h"

typedef struct GcmSession {
    CryptoDevSession parent;
    CryptoDevMbGcmKey key;
} GcmSession;

/**
 * Text:
 * @src: its bytes, without the tag
 * @dst: where the result goes
 * @len: bytes in both
 * @aad: additional data
 * @copied: whether @src and @dst are a copy in the scratch
 *
 * What the library sees of an operation, each in one piece.
 */
typedef struct Text {
    uint8_t *src;
    uint8_t *dst;
    size_t len;
    uint8_t *aad;
    bool copied;
} Text;

/* What is in one piece, or a copy; returns NULL if there is no room for it. */
static uint8_t *gather(CryptoDevMbScratch *scratch, CryptoDevBuf buf,
                       bool copied)
{
    size_t len = buf.len;
    uint8_t *bytes;

    if (len && !copied && cryptodev_buf_is_contiguous(buf)) {
        cryptodev_buf_run(&buf, &bytes);
        return bytes;
    }
    bytes = cryptodev_mb_scratch_take(scratch, len);
    if (bytes) {
        cryptodev_buf_read(&buf, bytes, len);
    }
    return bytes;
}

/* The library takes no pointer without a byte. */
static bool find_text(const CryptoDevOp *op, CryptoDevMbScratch *scratch,
                      Text *text)
{
    size_t len = cryptodev_mb_aead_len(op);
    CryptoDevBuf src = cryptodev_buf_slice(op->src, 0, len);
    CryptoDevBuf dst = cryptodev_buf_slice(op->dst, 0, len);

    text->len = len;
    text->copied = !len || cryptodev_mb_aead_needs_copy(op);
    text->aad = gather(scratch, op->aad, false);
    text->src = gather(scratch, src, text->copied);
    text->dst = text->src;
    if (!text->copied) {
        cryptodev_buf_run(&dst, &text->dst);
    }
    return text->aad && text->src;
}

/* Returns false, with nothing changed, if that is for the base. */
static bool run(CryptoDevOp *op, CryptoDevMbState *state)
{
    const GcmSession *session =
        container_of(op->session, GcmSession, parent);
    CryptoDevMbScratch *scratch = &state->scratch;
    uint8_t tag[CRYPTODEV_MB_GCM_TAG];
    Text text;

    if (op->iv_len != CRYPTODEV_MB_GCM_IV || !find_text(op, scratch, &text)) {
        cryptodev_mb_scratch_give(scratch);
        return false;
    }
    cryptodev_mb_gcm_crypt(&session->key, state->manager, op->iv, text.aad,
                           op->aad.len, text.dst, text.src, text.len, tag);
    cryptodev_mb_aead_end(op, text.copied ? text.dst : NULL, tag);
    cryptodev_wipe(tag, sizeof(tag));
    cryptodev_mb_scratch_give(scratch);
    return true;
}

static void gcm_run_batch(CryptoDevOp **ops, size_t n, CryptoDevState *parent)
{
    CryptoDevMbState *state = container_of(parent, CryptoDevMbState, parent);
    bool works = parent && state->manager;

    for (size_t i = 0; i < n; i++) {
        if (!works || !run(ops[i], state)) {
            cryptodev_base_run(&ops[i], 1, parent);
        }
    }
}

static bool gcm_has(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_AEAD_AES_GCM &&
           cryptodev_mb_is_sound(CRYPTODEV_MB_GCM);
}

static CryptoDevStatus gcm_create(CryptoDevBackend *backend,
                                  const CryptoDevSessionParams *params,
                                  CryptoDevSession **parent)
{
    GcmSession *session = qemu_memalign(CRYPTODEV_MB_ALIGN, sizeof(*session));

    cryptodev_mb_gcm_key_init(&session->key, cryptodev_mb_keys_manager(),
                              params);
    *parent = &session->parent;
    return CRYPTODEV_OK;
}

static void gcm_destroy(CryptoDevSession *parent)
{
    GcmSession *session = container_of(parent, GcmSession, parent);

    cryptodev_wipe(session, sizeof(*session));
    qemu_vfree(session);
}

const CryptoDevDriver cryptodev_mb_gcm = {
    .service = CRYPTODEV_SERVICE_AEAD,
    .has = gcm_has,
    .create = gcm_create,
    .destroy = gcm_destroy,
    .falls_back = true,
    .run_batch = gcm_run_batch,
};
