/*
 * Requests of RFC v1 for computations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "libqos/virtio-crypto-rfc.h"
#include "rfc-computation.h"
#include "rsp.h"

#define ID_LEN  sizeof(uint64_t)

void computation_append_bytes(GByteArray *list, const void *bytes, size_t len)
{
    uint32_t len_bytes = cpu_to_le32(len);

    g_byte_array_append(list, (uint8_t *)&len_bytes, sizeof(len_bytes));
    if (len) {
        g_byte_array_append(list, bytes, len);
    }
}

void computation_append(GByteArray *list, const GByteArray *operand)
{
    computation_append_bytes(list, operand->data, operand->len);
}

GByteArray *computation_list(const char *first, ...)
{
    GByteArray *list = g_byte_array_new();
    const char *hex;
    va_list ap;

    va_start(ap, first);
    while ((hex = va_arg(ap, const char *))) {
        g_autoptr(GByteArray) bytes = hex_to_bytes(hex);

        computation_append(list, bytes);
    }
    va_end(ap);
    return list;
}

QVirtioCryptoRequest *computation_request(uint32_t mode, uint64_t id,
                                          size_t room, GByteArray *list)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_request_new();
    QVirtioCryptoRfcData header = {
        .mode = mode, .len = list->len, .session_id = id,
    };

    qvirtio_crypto_rfc_add_data(req, &header);
    qvirtio_crypto_request_add_source(req, list->data, list->len);
    req->room = room;
    g_byte_array_unref(list);
    return req;
}

uint8_t computation_run(QVirtioCryptoDriver *d, uint32_t queue,
                        QVirtioCryptoRequest *req, GByteArray **written)
{
    QVirtioCryptoShape shape = { };
    uint8_t status;

    qvirtio_crypto_submit(d, queue, req, &shape);
    qvirtio_crypto_wait(d, queue, req);
    status = req->status;
    if (status != VIRTIO_CRYPTO_OK) {
        g_assert_cmpint(req->used, ==, 1);
    }
    if (written) {
        *written = g_byte_array_ref(req->written);
    }
    qvirtio_crypto_request_free(req, d->alloc);
    return status;
}

QVirtioCryptoRequest *computation_create_request(uint32_t alg,
                                                 GByteArray *list)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_request_new();
    QVirtioCryptoRfcCtrl header = {
        .alg = alg,
        .keylen = list->len,
        .type = VIRTIO_CRYPTO_RFC_CREATE,
    };

    qvirtio_crypto_rfc_add_ctrl(req, &header);
    qvirtio_crypto_request_add(req, list->data, list->len);
    req->room = ID_LEN;
    g_byte_array_unref(list);
    return req;
}

uint8_t computation_create(QVirtioCryptoDriver *d, uint32_t alg,
                           GByteArray *list, uint64_t *id)
{
    g_autoptr(GByteArray) written = NULL;
    uint8_t status = computation_run(d, d->n_data,
                                     computation_create_request(alg, list),
                                     &written);

    if (status == VIRTIO_CRYPTO_OK) {
        g_assert_cmpint(written->len, ==, ID_LEN);
        *id = ldq_le_p(written->data);
    }
    return status;
}
