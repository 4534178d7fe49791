/*
 * The ipsec-mb backend: hashes and message authentication codes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "auth.h"
#include "drivers.h"
#include "jobs.h"
#include "library.h"

static size_t digest_measure(const CryptoDevOp *op)
{
    return op->src.len <= CRYPTODEV_MB_TEXT_MAX ? op->src.len : 0;
}

/* Up to version 2.0.1, CMAC reads behind the source: there may be no memory. */
static bool needs_copy(const CryptoDevOp *op)
{
    CryptoDevMbKind kind = cryptodev_mb_session(op)->kind;

    return kind == CRYPTODEV_MB_CMAC_128 || kind == CRYPTODEV_MB_CMAC_256 ||
           !cryptodev_buf_is_contiguous(op->src);
}

static bool digest_begin(CryptoDevMbTask *task, CryptoDevMbScratch *scratch,
                         IMB_JOB *job)
{
    CryptoDevBuf src = task->op->src;
    size_t len = src.len;
    uint8_t *text;

    if (needs_copy(task->op)) {
        text = cryptodev_mb_scratch_take(scratch, len);
        if (!text) {
            return false;
        }
        cryptodev_buf_read(&src, text, len);
    } else {
        cryptodev_buf_run(&src, &text);
    }
    job->src = text;
    job->msg_len_to_hash_in_bytes = len;
    job->auth_tag_output = task->tag;
    return true;
}

static bool digest_end(CryptoDevMbTask *task)
{
    CryptoDevBuf digest = task->op->digest;

    cryptodev_buf_write(&digest, task->tag, digest.len);
    cryptodev_wipe(task->tag, sizeof(task->tag));
    task->op->result_len = task->op->digest.len;
    return true;
}

static const CryptoDevMbJobs digest_jobs = {
    .measure = digest_measure,
    .begin = digest_begin,
    .end = digest_end,
};

static void digest_run_batch(CryptoDevOp **ops, size_t n,
                             CryptoDevState *state)
{
    cryptodev_mb_jobs_run(&digest_jobs, ops, n, state);
}

static bool hash_has(CryptoDevBackend *backend, uint32_t algo)
{
    return algo >= CRYPTODEV_HASH_SHA1 && algo <= CRYPTODEV_HASH_SHA512 &&
           cryptodev_mb_is_sound(CRYPTODEV_MB_SHA1 +
                                 (algo - CRYPTODEV_HASH_SHA1));
}

static CryptoDevStatus hash_create(CryptoDevBackend *backend,
                                   const CryptoDevSessionParams *params,
                                   CryptoDevSession **parent)
{
    CryptoDevMbSession *session;

    if (params->digest.nested) {
        return CRYPTODEV_NOTSUPP;
    }
    session = cryptodev_mb_session_new();
    *parent = &session->parent;
    return cryptodev_mb_auth_set_hash(session, params->algo)
           ? cryptodev_mb_jobs_settle(session) : CRYPTODEV_NOTSUPP;
}

static bool mac_has(CryptoDevBackend *backend, uint32_t algo)
{
    if (algo <= CRYPTODEV_MAC_HMAC_SHA512) {
        return cryptodev_mb_is_sound(CRYPTODEV_MB_HMAC_MD5 + algo);
    }
    return algo == CRYPTODEV_MAC_CMAC_AES &&
           (cryptodev_mb_is_sound(CRYPTODEV_MB_CMAC_128) ||
            cryptodev_mb_is_sound(CRYPTODEV_MB_CMAC_256));
}

static CryptoDevStatus mac_create(CryptoDevBackend *backend,
                                  const CryptoDevSessionParams *params,
                                  CryptoDevSession **parent)
{
    CryptoDevMbSession *session = cryptodev_mb_session_new();

    *parent = &session->parent;
    return cryptodev_mb_auth_set_mac(session, cryptodev_mb_keys_manager(),
                                     params->algo, params->key,
                                     params->key_len)
           ? cryptodev_mb_jobs_settle(session) : CRYPTODEV_NOTSUPP;
}

const CryptoDevDriver cryptodev_mb_hash = {
    .service = CRYPTODEV_SERVICE_HASH,
    .has = hash_has,
    .create = hash_create,
    .destroy = cryptodev_mb_session_free,
    .falls_back = true,
    .leaves = cryptodev_mb_jobs_leaves,
    .run_batch = digest_run_batch,
};

const CryptoDevDriver cryptodev_mb_mac = {
    .service = CRYPTODEV_SERVICE_MAC,
    .has = mac_has,
    .create = mac_create,
    .destroy = cryptodev_mb_session_free,
    .falls_back = true,
    .leaves = cryptodev_mb_jobs_leaves,
    .run_batch = digest_run_batch,
};
