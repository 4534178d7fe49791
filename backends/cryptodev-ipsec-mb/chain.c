/*
 * The ipsec-mb backend: chains of AES-CBC and HMAC
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "auth.h"
#include "drivers.h"
#include "jobs.h"
#include "library.h"

static bool is_cipher_first(const CryptoDevOp *op)
{
    return cryptodev_mb_session(op)->job.chain_order == IMB_ORDER_CIPHER_HASH;
}

/*
 * The library hashes one run of bytes, so additional data are the base's.  The
 * longer range is what a lane is busy with.
 */
static size_t chain_measure(const CryptoDevOp *op)
{
    if (op->aad.len || !op->cipher_range.len || !op->hash_range.len ||
        op->cipher_range.len > CRYPTODEV_MB_TEXT_MAX ||
        op->hash_range.len > CRYPTODEV_MB_TEXT_MAX) {
        return 0;
    }
    return MAX(op->cipher_range.len, op->hash_range.len);
}

/*
 * The hash of a result that is not in the source's place is that of the
 * destination, which may end before the hash does.
 */
static bool needs_copy(const CryptoDevOp *op)
{
    CryptoDevBuf src = op->src;
    CryptoDevBuf dst = op->dst;
    uint8_t *from;
    uint8_t *to;

    if (!cryptodev_buf_is_contiguous(src) ||
        !cryptodev_buf_is_contiguous(dst) ||
        cryptodev_buf_tangled(dst, src)) {
        return true;
    }
    cryptodev_buf_run(&src, &from);
    cryptodev_buf_run(&dst, &to);
    return is_cipher_first(op) && from != to &&
           op->hash_range.offset + op->hash_range.len > dst.len;
}

/* Copy what is around the range of the cipher, and find both buffers. */
static void find_buffers(const CryptoDevOp *op, uint8_t **src, uint8_t **dst)
{
    CryptoDevBuf from = op->src;
    CryptoDevBuf to = op->dst;
    uint64_t start = op->cipher_range.offset;
    uint64_t end = start + op->cipher_range.len;

    cryptodev_buf_run(&from, src);
    cryptodev_buf_run(&to, dst);
    if (*src != *dst) {
        memcpy(*dst, *src, start);
        memcpy(*dst + end, *src + end, op->dst.len - end);
    }
}

static bool chain_begin(CryptoDevMbTask *task, CryptoDevMbScratch *scratch,
                        IMB_JOB *job)
{
    const CryptoDevOp *op = task->op;
    CryptoDevBuf from = op->src;
    uint8_t *src;
    uint8_t *dst;

    task->copy = NULL;
    if (needs_copy(op)) {
        task->copy = cryptodev_mb_scratch_take(scratch, op->src.len);
        if (!task->copy) {
            return false;
        }
        cryptodev_buf_read(&from, task->copy, op->src.len);
        src = task->copy;
        dst = task->copy;
    } else {
        find_buffers(op, &src, &dst);
    }
    job->src = src;
    job->dst = dst + op->cipher_range.offset;
    job->iv = task->iv;
    job->cipher_start_src_offset_in_bytes = op->cipher_range.offset;
    job->msg_len_to_cipher_in_bytes = op->cipher_range.len;
    job->hash_start_src_offset_in_bytes = op->hash_range.offset +
                                          (is_cipher_first(op) ? dst - src : 0);
    job->msg_len_to_hash_in_bytes = op->hash_range.len;
    job->auth_tag_output = task->tag;
    return true;
}

static bool chain_end(CryptoDevMbTask *task)
{
    CryptoDevOp *op = task->op;
    CryptoDevBuf dst = op->dst;
    CryptoDevBuf digest = op->digest;

    if (task->copy) {
        cryptodev_buf_write(&dst, task->copy, dst.len);
    }
    cryptodev_buf_write(&digest, task->tag, digest.len);
    cryptodev_wipe(task->tag, sizeof(task->tag));
    op->result_len = op->dst.len + op->digest.len;
    return true;
}

static const CryptoDevMbJobs chain_jobs = {
    .measure = chain_measure,
    .begin = chain_begin,
    .end = chain_end,
};

static void chain_run_batch(CryptoDevOp **ops, size_t n,
                            CryptoDevState *state)
{
    cryptodev_mb_jobs_run(&chain_jobs, ops, n, state);
}

static CryptoDevStatus chain_create(CryptoDevBackend *backend,
                                    const CryptoDevSessionParams *params,
                                    CryptoDevSession **parent)
{
    CryptoDevMbSession *session = cryptodev_mb_session_new();

    *parent = &session->parent;
    return cryptodev_mb_auth_set_chain(session, cryptodev_mb_keys_manager(),
                                       params)
           ? cryptodev_mb_jobs_settle(session) : CRYPTODEV_NOTSUPP;
}

const CryptoDevDriver cryptodev_mb_chain = {
    .service = CRYPTODEV_SERVICE_CIPHER,
    .chains = true,
    .create = chain_create,
    .destroy = cryptodev_mb_session_free,
    .falls_back = true,
    .leaves = cryptodev_mb_jobs_leaves,
    .run_batch = chain_run_batch,
};
