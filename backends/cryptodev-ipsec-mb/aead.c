/*
 * The ipsec-mb backend: CCM of AES, and ChaCha20-Poly1305
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "aead-text.h"
#include "drivers.h"
#include "jobs.h"
#include "library.h"

/* A text that CCM's lanes take fits with every nonce. */
static size_t aead_measure(const CryptoDevOp *op)
{
    CryptoDevMbKind kind = cryptodev_mb_session(op)->kind;
    size_t len = cryptodev_mb_aead_len(op);

    if (op->aad.len > CRYPTODEV_MB_AAD_MAX ||
        (len > CRYPTODEV_MB_TEXT_MAX &&
         kind != CRYPTODEV_MB_CHACHA20_POLY1305)) {
        return 0;
    }
    return len;
}

static void set_texts(const CryptoDevMbTask *task, IMB_JOB *job,
                      CryptoDevBuf src, CryptoDevBuf dst)
{
    uint8_t *from = task->copy;

    job->dst = task->copy;
    if (!task->copy) {
        cryptodev_buf_run(&src, &from);
        cryptodev_buf_run(&dst, &job->dst);
    }
    job->src = from;
    job->msg_len_to_cipher_in_bytes = task->len;
    job->msg_len_to_hash_in_bytes = task->len;
}

static bool aead_begin(CryptoDevMbTask *task, CryptoDevMbScratch *scratch,
                       IMB_JOB *job)
{
    const CryptoDevOp *op = task->op;
    size_t len = cryptodev_mb_aead_len(op);
    CryptoDevBuf src = cryptodev_buf_slice(op->src, 0, len);
    CryptoDevBuf dst = cryptodev_buf_slice(op->dst, 0, len);
    CryptoDevBuf aad = op->aad;

    task->len = len;
    task->copy = NULL;
    if (cryptodev_mb_aead_needs_copy(op)) {
        CryptoDevBuf from = src;

        task->copy = cryptodev_mb_scratch_take(scratch, len);
        if (!task->copy) {
            return false;
        }
        cryptodev_buf_read(&from, task->copy, len);
    }
    set_texts(task, job, src, dst);
    cryptodev_buf_read(&aad, task->aad, aad.len);
    cryptodev_mb_session_set_aad(job, task->aad, op->aad.len);
    job->iv = task->iv;
    job->iv_len_in_bytes = op->iv_len;
    job->auth_tag_output = task->tag;
    return true;
}

static bool aead_end(CryptoDevMbTask *task)
{
    cryptodev_mb_aead_end(task->op, task->copy, task->tag);
    cryptodev_wipe(task->tag, sizeof(task->tag));
    return true;
}

static const CryptoDevMbJobs aead_jobs = {
    .measure = aead_measure,
    .begin = aead_begin,
    .end = aead_end,
};

static void aead_run_batch(CryptoDevOp **ops, size_t n, CryptoDevState *state)
{
    cryptodev_mb_jobs_run(&aead_jobs, ops, n, state);
}

static bool aead_has(CryptoDevBackend *backend, uint32_t algo)
{
    switch (algo) {
    case CRYPTODEV_AEAD_AES_CCM:
        return cryptodev_mb_is_sound(CRYPTODEV_MB_CCM_128) ||
               cryptodev_mb_is_sound(CRYPTODEV_MB_CCM_256);
    case CRYPTODEV_AEAD_CHACHA20_POLY1305:
        return cryptodev_mb_is_sound(CRYPTODEV_MB_CHACHA20_POLY1305);
    default:
        return false;
    }
}

static CryptoDevStatus aead_create(CryptoDevBackend *backend,
                                   const CryptoDevSessionParams *params,
                                   CryptoDevSession **parent)
{
    CryptoDevMbSession *session;

    if (params->key_len == IMB_KEY_192_BYTES) {
        return CRYPTODEV_NOTSUPP;
    }
    session = cryptodev_mb_session_new();
    *parent = &session->parent;
    cryptodev_mb_session_set_aead(session, cryptodev_mb_keys_manager(),
                                  params);
    return cryptodev_mb_jobs_settle(session);
}

const CryptoDevDriver cryptodev_mb_aead = {
    .service = CRYPTODEV_SERVICE_AEAD,
    .has = aead_has,
    .create = aead_create,
    .destroy = cryptodev_mb_session_free,
    .falls_back = true,
    .leaves = cryptodev_mb_jobs_leaves,
    .run_batch = aead_run_batch,
};
