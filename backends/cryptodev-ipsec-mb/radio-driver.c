/*
 * The ipsec-mb backend: operations with the ciphers of mobile networks
 *
 * Other backends lack them, so nothing is left to the base.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/compiler.h"
#include "drivers.h"
#include "jobs.h"
#include "library.h"
#include "radio.h"

typedef struct RadioSession {
    CryptoDevSession parent;
    CryptoDevMbKind kind;
    CryptoDevMbRadioKey key;
} RadioSession;

/**
 * Batch:
 * @kind: what all of its operations are
 * @scratch: room for copies; NULL if the thread has none
 * @heap: memory for the copy of a text that is alone, since it is too long for
 *        @scratch, or NULL
 * @texts: what the library sees
 * @ops: the operations, as many as there are texts
 * @copies: where a text is a copy; NULL if it is in place
 */
typedef struct Batch {
    CryptoDevMbKind kind;
    CryptoDevMbScratch *scratch;
    uint8_t *heap;
    CryptoDevMbRadioTexts texts;
    CryptoDevOp *ops[CRYPTODEV_MB_RADIO_TEXTS];
    uint8_t *copies[CRYPTODEV_MB_RADIO_TEXTS];
} Batch;

static const RadioSession *radio_session(const CryptoDevOp *op)
{
    return container_of(op->session, RadioSession, parent);
}

/* Run the texts that there are, and store the results. */
static void flush(Batch *batch)
{
    CryptoDevMbRadioTexts *texts = &batch->texts;

    if (texts->n) {
        cryptodev_mb_radio_crypt(cryptodev_mb_keys_manager(), batch->kind,
                                 texts);
    }
    for (size_t i = 0; i < texts->n; i++) {
        CryptoDevBuf dst = batch->ops[i]->dst;

        if (batch->copies[i]) {
            cryptodev_buf_write(&dst, batch->copies[i], texts->lens[i]);
        }
        batch->ops[i]->result_len = texts->lens[i];
    }
    if (batch->scratch) {
        cryptodev_mb_scratch_give(batch->scratch);
    }
    if (batch->heap) {
        cryptodev_wipe(batch->heap, texts->lens[0]);
        g_free(batch->heap);
        batch->heap = NULL;
    }
    texts->n = 0;
}

/* A copy that has no room is made alone.  Returns NULL if memory is short. */
static uint8_t *take_copy(Batch *batch, size_t len)
{
    uint8_t *copy = NULL;

    if (batch->scratch) {
        copy = cryptodev_mb_scratch_take(batch->scratch, len);
        if (!copy) {
            flush(batch);
            copy = cryptodev_mb_scratch_take(batch->scratch, len);
        }
    }
    if (!copy) {
        flush(batch);
        copy = batch->heap = g_try_malloc(len);
    }
    return copy;
}

static bool needs_copy(CryptoDevBuf dst, CryptoDevBuf src)
{
    return !cryptodev_buf_is_contiguous(src) ||
           !cryptodev_buf_is_contiguous(dst) ||
           cryptodev_buf_tangled(dst, src);
}

static bool add(Batch *batch, CryptoDevOp *op)
{
    CryptoDevMbRadioTexts *texts = &batch->texts;
    CryptoDevBuf src = op->src;
    CryptoDevBuf dst = cryptodev_buf_slice(op->dst, 0, src.len);
    size_t len = src.len;
    uint8_t *from;
    uint8_t *to;
    uint8_t *copy = NULL;

    if (needs_copy(dst, src)) {
        copy = take_copy(batch, len);
        if (!copy) {
            return false;
        }
        cryptodev_buf_read(&src, copy, len);
        from = to = copy;
    } else {
        cryptodev_buf_run(&src, &from);
        cryptodev_buf_run(&dst, &to);
    }
    texts->keys[texts->n] = &radio_session(op)->key;
    texts->vectors[texts->n] = op->iv;
    texts->srcs[texts->n] = from;
    texts->dsts[texts->n] = to;
    texts->lens[texts->n] = len;
    batch->ops[texts->n] = op;
    batch->copies[texts->n] = copy;
    texts->n++;
    return true;
}

static void run_kind(Batch *batch, CryptoDevOp **ops, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (radio_session(ops[i])->kind != batch->kind || !ops[i]->src.len) {
            continue;
        }
        if (!add(batch, ops[i])) {
            ops[i]->status = CRYPTODEV_ERR;
        }
        if (batch->texts.n == CRYPTODEV_MB_RADIO_TEXTS || batch->heap) {
            flush(batch);
        }
    }
    flush(batch);
}

static void cipher_run_batch(CryptoDevOp **ops, size_t n,
                             CryptoDevState *parent)
{
    CryptoDevMbState *state = container_of(parent, CryptoDevMbState, parent);
    QEMU_UNINITIALIZED Batch batch;

    batch.scratch = parent ? &state->scratch : NULL;
    batch.heap = NULL;
    batch.texts.n = 0;
    for (batch.kind = CRYPTODEV_MB_SNOW3G_UEA2;
         batch.kind <= CRYPTODEV_MB_KASUMI_F8; batch.kind++) {
        run_kind(&batch, ops, n);
    }
}

/* Returns CRYPTODEV_MB_KINDS if there is no such algorithm. */
static CryptoDevMbKind cipher_kind(uint32_t algo)
{
    switch (algo) {
    case CRYPTODEV_CIPHER_SNOW3G_UEA2:
        return CRYPTODEV_MB_SNOW3G_UEA2;
    case CRYPTODEV_CIPHER_ZUC_EEA3:
        return CRYPTODEV_MB_ZUC_EEA3;
    case CRYPTODEV_CIPHER_KASUMI_F8:
        return CRYPTODEV_MB_KASUMI_F8;
    default:
        return CRYPTODEV_MB_KINDS;
    }
}

static bool cipher_has(CryptoDevBackend *backend, uint32_t algo)
{
    CryptoDevMbKind kind = cipher_kind(algo);

    return kind != CRYPTODEV_MB_KINDS && cryptodev_mb_is_sound(kind);
}

static CryptoDevStatus create(CryptoDevMbKind kind, const uint8_t *key,
                              CryptoDevSession **parent)
{
    RadioSession *session = g_new(RadioSession, 1);

    session->kind = kind;
    cryptodev_mb_radio_key_init(&session->key, cryptodev_mb_keys_manager(),
                                kind, key);
    *parent = &session->parent;
    return CRYPTODEV_OK;
}

static CryptoDevStatus cipher_create(CryptoDevBackend *backend,
                                     const CryptoDevSessionParams *params,
                                     CryptoDevSession **parent)
{
    return create(cipher_kind(params->algo), params->key, parent);
}

static void destroy(CryptoDevSession *parent)
{
    RadioSession *session = container_of(parent, RadioSession, parent);

    cryptodev_wipe(session, sizeof(*session));
    g_free(session);
}

const CryptoDevDriver cryptodev_mb_radio_cipher = {
    .service = CRYPTODEV_SERVICE_CIPHER,
    .has = cipher_has,
    .create = cipher_create,
    .destroy = destroy,
    .run_batch = cipher_run_batch,
};
