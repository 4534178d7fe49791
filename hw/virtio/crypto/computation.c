/*
 * The virtio crypto device: a data request that is a computation
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "computation.h"

/* The longest list: each operand has its length before it. */
#define LIST_MAX \
    (CRYPTODEV_OPERANDS_LEN_MAX + CRYPTODEV_OPERANDS_MAX * sizeof(uint32_t))

/**
 * VirtIOCryptoComputation:
 * @computation: what the backend runs
 * @bytes: the list of operands, which @operands point into; the guest may
 *         change its own copy at any time
 * @result: the encoded results, or NULL
 * @result_len: bytes in @result
 */
struct VirtIOCryptoComputation {
    const VirtIOCryptoWire *wire;
    bool big_endian;
    CryptoDevComputation computation;
    CryptoDevOperand operands[CRYPTODEV_OPERANDS_MAX];
    uint8_t *bytes;
    size_t len;
    uint8_t *result;
    size_t result_len;
};

VirtIOCryptoComputation *
virtio_crypto_computation_new(const VirtIOCryptoWire *wire, CryptoDevBuf src,
                              bool big_endian)
{
    VirtIOCryptoComputation *c;
    uint8_t *bytes;

    if (src.len > LIST_MAX) {
        return NULL;
    }
    bytes = g_try_malloc(MAX(src.len, 1));
    if (!bytes) {
        return NULL;
    }
    c = g_new0(VirtIOCryptoComputation, 1);
    c->wire = wire;
    c->big_endian = big_endian;
    c->bytes = bytes;
    c->len = src.len;
    c->computation.operands = c->operands;
    cryptodev_buf_read(&src, bytes, c->len);
    if (!wire->decode_operands(bytes, c->len, big_endian, c->operands,
                               &c->computation.n_operands)) {
        virtio_crypto_computation_free(c);
        return NULL;
    }
    return c;
}

void virtio_crypto_computation_set(VirtIOCryptoComputation *c,
                                   CryptodevService service,
                                   uint32_t operation,
                                   CryptoDevSession *session)
{
    c->computation.service = service;
    c->computation.operation = operation;
    c->computation.session = session;
}

size_t virtio_crypto_computation_describe(const VirtIOCryptoComputation *c,
                                          CryptodevService *service,
                                          uint32_t *operation)
{
    *service = c->computation.service;
    *operation = c->computation.operation;
    return c->len;
}

/* Results that have no room are an error, as with all other requests. */
static CryptoDevStatus encode(VirtIOCryptoComputation *c, size_t room)
{
    const CryptoDevComputation *done = &c->computation;
    size_t len = c->wire->results_len(done->results, done->n_results);

    if (len > room) {
        return CRYPTODEV_ERR;
    }
    c->result = g_try_malloc(MAX(len, 1));
    if (!c->result) {
        return CRYPTODEV_ERR;
    }
    c->result_len = len;
    c->wire->encode_results(done->results, done->n_results, c->big_endian,
                            c->result);
    return CRYPTODEV_OK;
}

void virtio_crypto_computation_run(VirtIOCryptoComputation *c,
                                   CryptoDevBackend *backend, size_t room,
                                   CryptoDevOp *op)
{
    cryptodev_backend_compute(backend, &c->computation);
    op->status = c->computation.status;
    if (op->status == CRYPTODEV_OK) {
        op->status = encode(c, room);
    }
    op->result_len = c->result_len;
    cryptodev_computation_clear(&c->computation);
}

const uint8_t *
virtio_crypto_computation_result(const VirtIOCryptoComputation *c)
{
    return c->result;
}

void virtio_crypto_computation_free(VirtIOCryptoComputation *c)
{
    if (!c) {
        return;
    }
    cryptodev_wipe(c->bytes, c->len);
    g_free(c->bytes);
    cryptodev_wipe(c->result, c->result_len);
    g_free(c->result);
    g_free(c);
}
