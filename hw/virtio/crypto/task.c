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

/* Replace a buffer by a copy of its first bytes, as many as @iov has. */
static void copy_buf(CryptoDevBuf *buf, const struct iovec *iov)
{
    cryptodev_buf_read(buf, iov->iov_base, iov->iov_len);
    *buf = (CryptoDevBuf) { .iov = iov, .len = iov->iov_len };
}

VirtIOCryptoTask *virtio_crypto_task_new(const CryptoDevOp *op)
{
    size_t src = op->src.len;
    size_t signature = MIN(op->signature.len, SIGNATURE_MAX);
    size_t result = MIN(op->dst.len, CRYPTODEV_AKCIPHER_RESULT_MAX);
    size_t len = src + signature + result;
    VirtIOCryptoTask *task = g_malloc(sizeof(*task) + len);
    uint8_t *bytes = task->bytes;

    *task = (VirtIOCryptoTask) {
        .base.op = *op,
        .dst = op->dst,
        .src = { bytes, src },
        .signature = { bytes + src, signature },
        .result = { bytes + src + signature, result },
        .len = len,
    };
    copy_buf(&task->base.op.src, &task->src);
    copy_buf(&task->base.op.signature, &task->signature);
    task->base.op.dst = (CryptoDevBuf) { .iov = &task->result, .len = result };
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

void virtio_crypto_task_store(VirtIOCryptoTask *task)
{
    CryptoDevOp *op = &task->base.op;

    if (!task->base.computation) {
        cryptodev_buf_write(&task->dst, task->result.iov_base, op->result_len);
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
