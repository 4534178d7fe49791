/*
 * The ipsec-mb backend: operations with algorithms of mobile networks
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
 * @heap_len: bytes in it
 * @texts: what the library sees
 * @ops: the operations, as many as there are texts
 * @copies: where a cipher's text is a copy; NULL if it is in place
 * @vectors: of MACs, which have them in their source
 * @tags: what MACs are
 */
typedef struct Batch {
    CryptoDevMbKind kind;
    CryptoDevMbScratch *scratch;
    uint8_t *heap;
    size_t heap_len;
    CryptoDevMbRadioTexts texts;
    CryptoDevOp *ops[CRYPTODEV_MB_RADIO_TEXTS];
    uint8_t *copies[CRYPTODEV_MB_RADIO_TEXTS];
    uint8_t vectors[CRYPTODEV_MB_RADIO_TEXTS][CRYPTODEV_MB_RADIO_VECTOR];
    uint32_t tags[CRYPTODEV_MB_RADIO_TEXTS];
} Batch;

/* The kinds that are here, in their order */
#define FIRST_CIPHER CRYPTODEV_MB_SNOW3G_UEA2
#define LAST_CIPHER CRYPTODEV_MB_KASUMI_F8
#define FIRST_MAC CRYPTODEV_MB_SNOW3G_UIA2
#define LAST_MAC CRYPTODEV_MB_KASUMI_F9

QEMU_BUILD_BUG_ON(FIRST_MAC != LAST_CIPHER + 1 ||
                  LAST_MAC + 1 != CRYPTODEV_MB_KINDS);
QEMU_BUILD_BUG_ON(sizeof_field(Batch, tags[0]) != CRYPTODEV_MB_RADIO_TAG);

static const RadioSession *radio_session(const CryptoDevOp *op)
{
    return container_of(op->session, RadioSession, parent);
}

static bool is_mac(CryptoDevMbKind kind)
{
    return kind >= FIRST_MAC;
}

static void store(const Batch *batch, size_t i)
{
    CryptoDevOp *op = batch->ops[i];
    CryptoDevBuf dst = op->dst;

    if (is_mac(batch->kind)) {
        dst = op->digest;
        op->result_len = dst.len;
        cryptodev_buf_write(&dst, (const uint8_t *)&batch->tags[i], dst.len);
        return;
    }
    op->result_len = op->src.len;
    if (batch->copies[i]) {
        cryptodev_buf_write(&dst, batch->copies[i], op->src.len);
    }
}

/* Run the texts that there are, and store the results. */
static void flush(Batch *batch)
{
    CryptoDevMbRadioTexts *texts = &batch->texts;

    if (texts->n) {
        /* If the library refused a text, its MAC would be what was here. */
        memset(batch->tags, 0, sizeof(batch->tags));
        cryptodev_mb_radio_run(cryptodev_mb_keys_manager(), batch->kind,
                               texts);
    }
    for (size_t i = 0; i < texts->n; i++) {
        store(batch, i);
    }
    if (texts->n && is_mac(batch->kind)) {
        cryptodev_wipe(batch->tags, sizeof(batch->tags));
        cryptodev_wipe(batch->vectors, sizeof(batch->vectors));
    }
    if (batch->scratch) {
        cryptodev_mb_scratch_give(batch->scratch);
    }
    if (batch->heap) {
        cryptodev_wipe(batch->heap, batch->heap_len);
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
        batch->heap_len = len;
    }
    return copy;
}

static bool needs_copy(CryptoDevBuf dst, CryptoDevBuf src)
{
    return !cryptodev_buf_is_contiguous(src) ||
           !cryptodev_buf_is_contiguous(dst) ||
           cryptodev_buf_tangled(dst, src);
}

/* Returns false if memory is short. */
static bool add_cipher(Batch *batch, CryptoDevOp *op)
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

static bool add_mac(Batch *batch, CryptoDevOp *op)
{
    CryptoDevMbRadioTexts *texts = &batch->texts;
    bool has_vector = batch->kind != CRYPTODEV_MB_KASUMI_F9;
    size_t skip = has_vector ? CRYPTODEV_MB_RADIO_VECTOR : 0;
    size_t len = op->src.len - skip;
    CryptoDevBuf vector = cryptodev_buf_slice(op->src, 0, skip);
    CryptoDevBuf src = cryptodev_buf_slice(op->src, skip, len);
    uint8_t *from;

    if (cryptodev_buf_is_contiguous(src)) {
        cryptodev_buf_run(&src, &from);
    } else {
        from = take_copy(batch, len);
        if (!from) {
            return false;
        }
        cryptodev_buf_read(&src, from, len);
    }
    cryptodev_buf_read(&vector, batch->vectors[texts->n], skip);
    texts->keys[texts->n] = &radio_session(op)->key;
    texts->vectors[texts->n] = batch->vectors[texts->n];
    texts->srcs[texts->n] = from;
    texts->dsts[texts->n] = &batch->tags[texts->n];
    texts->lens[texts->n] = (uint64_t)len * 8;
    batch->ops[texts->n] = op;
    texts->n++;
    return true;
}

static void run_kind(Batch *batch, CryptoDevOp **ops, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (radio_session(ops[i])->kind != batch->kind || !ops[i]->src.len) {
            continue;
        }
        if (!(is_mac(batch->kind) ? add_mac : add_cipher)(batch, ops[i])) {
            ops[i]->status = CRYPTODEV_ERR;
        }
        if (batch->texts.n == CRYPTODEV_MB_RADIO_TEXTS || batch->heap) {
            flush(batch);
        }
    }
    flush(batch);
}

static void run_kinds(CryptoDevMbKind first, CryptoDevMbKind last,
                      CryptoDevOp **ops, size_t n, CryptoDevState *parent)
{
    CryptoDevMbState *state = container_of(parent, CryptoDevMbState, parent);
    QEMU_UNINITIALIZED Batch batch;

    batch.scratch = parent ? &state->scratch : NULL;
    batch.heap = NULL;
    batch.texts.n = 0;
    for (batch.kind = first; batch.kind <= last; batch.kind++) {
        run_kind(&batch, ops, n);
    }
}

static void cipher_run_batch(CryptoDevOp **ops, size_t n,
                             CryptoDevState *state)
{
    run_kinds(FIRST_CIPHER, LAST_CIPHER, ops, n, state);
}

static void mac_run_batch(CryptoDevOp **ops, size_t n, CryptoDevState *state)
{
    run_kinds(FIRST_MAC, LAST_MAC, ops, n, state);
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

static CryptoDevMbKind mac_kind(uint32_t algo)
{
    switch (algo) {
    case CRYPTODEV_MAC_SNOW3G_UIA2:
        return CRYPTODEV_MB_SNOW3G_UIA2;
    case CRYPTODEV_MAC_ZUC_EIA3:
        return CRYPTODEV_MB_ZUC_EIA3;
    case CRYPTODEV_MAC_KASUMI_F9:
        return CRYPTODEV_MB_KASUMI_F9;
    default:
        return CRYPTODEV_MB_KINDS;
    }
}

static bool has(CryptoDevMbKind kind)
{
    return kind != CRYPTODEV_MB_KINDS && cryptodev_mb_is_sound(kind);
}

static bool cipher_has(CryptoDevBackend *backend, uint32_t algo)
{
    return has(cipher_kind(algo));
}

static bool mac_has(CryptoDevBackend *backend, uint32_t algo)
{
    return has(mac_kind(algo));
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

static CryptoDevStatus mac_create(CryptoDevBackend *backend,
                                  const CryptoDevSessionParams *params,
                                  CryptoDevSession **parent)
{
    return create(mac_kind(params->algo), params->key, parent);
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

const CryptoDevDriver cryptodev_mb_radio_mac = {
    .service = CRYPTODEV_SERVICE_MAC,
    .has = mac_has,
    .create = mac_create,
    .destroy = destroy,
    .run_batch = mac_run_batch,
};
