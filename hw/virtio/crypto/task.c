/*
 * The virtio crypto device: an operation that completes later
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "task.h"

/* A signature that is longer than any is as wrong as one much longer. */
#define SIGNATURE_MAX (CRYPTODEV_AKCIPHER_RESULT_MAX + 1)

/* The longest list of operands: each has its length before it. */
#define LIST_MAX \
    (CRYPTODEV_OPERANDS_LEN_MAX + CRYPTODEV_OPERANDS_MAX * sizeof(uint32_t))

/* The guest may offer more room for a result than there can be results. */
static size_t result_max(const CryptoDevOp *op)
{
    bool is_public =
        op->session->capability->service == CRYPTODEV_SERVICE_AKCIPHER;

    return is_public ? MIN(op->dst.len, CRYPTODEV_AKCIPHER_RESULT_MAX)
                     : op->dst.len;
}

/* Point @buf at @iov; if the operation reads it, copy its bytes there first. */
static void replace_buf(CryptoDevBuf *buf, const struct iovec *iov, bool reads)
{
    if (reads) {
        cryptodev_buf_read(buf, iov->iov_base, iov->iov_len);
    }
    *buf = (CryptoDevBuf) { .iov = iov, .len = iov->iov_len };
}

/* Have the operation use the task's own memory. */
static void replace_bufs(VirtIOCryptoTask *task)
{
    CryptoDevOp *op = &task->base.op;
    const struct iovec *iov = task->iov;

    replace_buf(&op->aad, &iov[VIRTIO_CRYPTO_TASK_AAD], true);
    replace_buf(&op->src, &iov[VIRTIO_CRYPTO_TASK_SRC], true);
    replace_buf(&op->signature, &iov[VIRTIO_CRYPTO_TASK_SIGNATURE], true);
    replace_buf(&op->dst, &iov[VIRTIO_CRYPTO_TASK_DST], false);
    replace_buf(&op->digest, &iov[VIRTIO_CRYPTO_TASK_DIGEST], false);
}

VirtIOCryptoTask *virtio_crypto_task_new(const CryptoDevOp *op)
{
    const size_t lens[VIRTIO_CRYPTO_TASK_PARTS] = {
        [VIRTIO_CRYPTO_TASK_AAD] = op->aad.len,
        [VIRTIO_CRYPTO_TASK_SRC] = op->src.len,
        [VIRTIO_CRYPTO_TASK_SIGNATURE] = MIN(op->signature.len, SIGNATURE_MAX),
        [VIRTIO_CRYPTO_TASK_DST] = result_max(op),
        [VIRTIO_CRYPTO_TASK_DIGEST] = op->digest.len,
    };
    VirtIOCryptoTask *task;
    size_t len = 0;

    for (int i = 0; i < VIRTIO_CRYPTO_TASK_PARTS; i++) {
        len += lens[i];
    }
    task = g_try_malloc(sizeof(*task) + len);
    if (!task) {
        return NULL;
    }
    *task = (VirtIOCryptoTask) {
        .base.op = *op,
        .dst = op->dst,
        .digest = op->digest,
        .len = len,
    };
    len = 0;
    for (int i = 0; i < VIRTIO_CRYPTO_TASK_PARTS; i++) {
        task->iov[i] = (struct iovec) { task->bytes + len, lens[i] };
        len += lens[i];
    }
    replace_bufs(task);
    return task;
}

VirtIOCryptoTask *
virtio_crypto_task_new_computation(const VirtIOCryptoWire *wire,
                                   bool big_endian, const CryptoDevOp *op,
                                   CryptodevService service,
                                   uint32_t operation)
{
    CryptoDevBuf list = op->src;
    size_t len = list.len;
    VirtIOCryptoTask *task =
        len <= LIST_MAX ? g_try_malloc(sizeof(*task) + len) : NULL;

    if (!task) {
        return NULL;
    }
    *task = (VirtIOCryptoTask) {
        .base.computation = &task->computation,
        .wire = wire,
        .big_endian = big_endian,
        .dst = op->dst,
        .computation = {
            .service = service,
            .operation = operation,
            .session = op->session,
            .operands = task->operands,
        },
        .len = len,
    };
    cryptodev_buf_read(&list, task->bytes, len);
    if (!wire->decode_operands(task->bytes, len, big_endian, task->operands,
                               &task->computation.n_operands)) {
        virtio_crypto_task_free(task);
        return NULL;
    }
    return task;
}

/* Results that have no room are an error, as with all other requests. */
static CryptoDevStatus store_results(VirtIOCryptoTask *task, size_t *len)
{
    const CryptoDevComputation *done = &task->computation;
    uint8_t *bytes;

    *len = task->wire->results_len(done->results, done->n_results);
    bytes = *len <= task->dst.len ? g_try_malloc(MAX(*len, 1)) : NULL;
    if (!bytes) {
        *len = 0;
        return CRYPTODEV_ERR;
    }
    task->wire->encode_results(done->results, done->n_results,
                               task->big_endian, bytes);
    cryptodev_buf_write(&task->dst, bytes, *len);
    cryptodev_wipe(bytes, *len);
    g_free(bytes);
    return CRYPTODEV_OK;
}

static void store_op(VirtIOCryptoTask *task)
{
    const struct iovec *dst = &task->iov[VIRTIO_CRYPTO_TASK_DST];
    const struct iovec *digest = &task->iov[VIRTIO_CRYPTO_TASK_DIGEST];
    size_t len = task->base.op.result_len;
    size_t digest_len = MIN(len, digest->iov_len);

    cryptodev_buf_write(&task->dst, dst->iov_base, len - digest_len);
    cryptodev_buf_write(&task->digest, digest->iov_base, digest_len);
}

void virtio_crypto_task_store(VirtIOCryptoTask *task)
{
    CryptoDevOp *op = &task->base.op;

    if (!task->base.computation) {
        store_op(task);
        return;
    }
    op->status = task->computation.status;
    if (op->status == CRYPTODEV_OK) {
        op->status = store_results(task, &op->result_len);
    }
}

void virtio_crypto_task_free(VirtIOCryptoTask *task)
{
    if (task) {
        cryptodev_computation_clear(&task->computation);
        cryptodev_wipe(task->bytes, task->len);
        g_free(task);
    }
}
