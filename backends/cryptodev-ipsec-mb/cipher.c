/*
 * The ipsec-mb backend: ciphers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "drivers.h"
#include "jobs.h"
#include "library.h"

#define BLOCK 16

/* Where the counter of the vector is that the library wraps around */
#define COUNTER_AT 12

static bool is_encrypted_in_lanes(const CryptoDevOp *op)
{
    return cryptodev_mb_session(op)->kind <= CRYPTODEV_MB_CBC_256;
}

/* The library counts in 32 bits, and the whole vector is the counter. */
static bool counter_wraps(const CryptoDevOp *op)
{
    uint64_t blocks = DIV_ROUND_UP((uint64_t)op->src.len, BLOCK);

    return cryptodev_mb_session(op)->kind == CRYPTODEV_MB_CTR &&
           (uint32_t)ldl_be_p(op->iv + COUNTER_AT) + blocks - 1 > UINT32_MAX;
}

static bool needs_copy(CryptoDevBuf dst, CryptoDevBuf src)
{
    return !cryptodev_buf_is_contiguous(src) ||
           !cryptodev_buf_is_contiguous(dst) ||
           cryptodev_buf_tangled(dst, src);
}

/*
 * Of the kinds that are not much quicker, a copy would cost all that is gained.
 * A piece of a text is written before the next one is read, which must not be
 * in the same place.
 */
static size_t cipher_measure(const CryptoDevOp *op)
{
    CryptoDevBuf dst = cryptodev_buf_slice(op->dst, 0, op->src.len);

    if (is_encrypted_in_lanes(op)) {
        return op->src.len > CRYPTODEV_MB_TEXT_MAX &&
               cryptodev_buf_tangled(dst, op->src) ? 0 : op->src.len;
    }
    return needs_copy(dst, op->src) || counter_wraps(op) ? 0 : op->src.len;
}

static bool cipher_begin(CryptoDevMbTask *task, CryptoDevMbScratch *scratch,
                         IMB_JOB *job)
{
    const CryptoDevOp *op = task->op;
    size_t left = op->src.len - task->done;
    size_t len = is_encrypted_in_lanes(op) ? MIN(left, CRYPTODEV_MB_TEXT_MAX)
                                           : left;
    CryptoDevBuf src = cryptodev_buf_slice(op->src, task->done, len);
    CryptoDevBuf dst = cryptodev_buf_slice(op->dst, task->done, len);
    uint8_t *from;

    task->len = len;
    task->copy = NULL;
    if (needs_copy(dst, src)) {
        task->copy = cryptodev_mb_scratch_take(scratch, len);
        if (!task->copy) {
            return false;
        }
        cryptodev_buf_read(&src, task->copy, len);
        job->src = task->copy;
        job->dst = task->copy;
    } else {
        cryptodev_buf_run(&src, &from);
        cryptodev_buf_run(&dst, &job->dst);
        job->src = from;
    }
    job->iv = task->iv;
    job->msg_len_to_cipher_in_bytes = len;
    return true;
}

/*
 * The last block of ciphertext is the vector of the next piece.  Without a
 * copy, it is in the guest's memory alone: a guest that writes there meanwhile
 * spoils its own result.
 */
static void set_next_vector(CryptoDevMbTask *task)
{
    CryptoDevBuf last = cryptodev_buf_slice(task->op->dst, task->done - BLOCK,
                                            BLOCK);

    if (task->copy) {
        memcpy(task->iv, task->copy + task->len - BLOCK, BLOCK);
    } else {
        cryptodev_buf_read(&last, task->iv, BLOCK);
    }
}

static bool cipher_end(CryptoDevMbTask *task)
{
    CryptoDevOp *op = task->op;
    CryptoDevBuf dst = cryptodev_buf_slice(op->dst, task->done, task->len);

    if (task->copy) {
        cryptodev_buf_write(&dst, task->copy, task->len);
    }
    task->done += task->len;
    if (task->done < op->src.len) {
        set_next_vector(task);
        return false;
    }
    op->result_len = op->src.len;
    return true;
}

static const CryptoDevMbJobs cipher_jobs = {
    .measure = cipher_measure,
    .begin = cipher_begin,
    .end = cipher_end,
};

static void cipher_run_batch(CryptoDevOp **ops, size_t n,
                             CryptoDevState *state)
{
    cryptodev_mb_jobs_run(&cipher_jobs, ops, n, state);
}

static bool cipher_has(CryptoDevBackend *backend, uint32_t algo)
{
    switch (algo) {
    case CRYPTODEV_CIPHER_AES_CBC:
        return cryptodev_mb_is_sound(CRYPTODEV_MB_CBC_128) ||
               cryptodev_mb_is_sound(CRYPTODEV_MB_CBC_192) ||
               cryptodev_mb_is_sound(CRYPTODEV_MB_CBC_256) ||
               cryptodev_mb_is_sound(CRYPTODEV_MB_CBC_DECRYPT);
    case CRYPTODEV_CIPHER_AES_CTR:
        return cryptodev_mb_is_sound(CRYPTODEV_MB_CTR);
    default:
        return false;
    }
}

static CryptoDevStatus cipher_create(CryptoDevBackend *backend,
                                     const CryptoDevSessionParams *params,
                                     CryptoDevSession **parent)
{
    CryptoDevMbSession *session = cryptodev_mb_session_new();

    *parent = &session->parent;
    cryptodev_mb_session_set_cipher(session, cryptodev_mb_keys_manager(),
                                    params);
    return cryptodev_mb_jobs_settle(session);
}

const CryptoDevDriver cryptodev_mb_cipher = {
    .service = CRYPTODEV_SERVICE_CIPHER,
    .has = cipher_has,
    .create = cipher_create,
    .destroy = cryptodev_mb_session_free,
    .falls_back = true,
    .leaves = cryptodev_mb_jobs_leaves,
    .run_batch = cipher_run_batch,
};
