/*
 * The wire protocol of RFC v1: lists of operands and results
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "wire-rfc.h"

static uint32_t read_len(const uint8_t *bytes, bool big_endian)
{
    return big_endian ? ldl_be_p(bytes) : ldl_le_p(bytes);
}

static void write_len(uint8_t *bytes, bool big_endian, uint32_t len)
{
    if (big_endian) {
        stl_be_p(bytes, len);
    } else {
        stl_le_p(bytes, len);
    }
}

bool virtio_crypto_rfc_decode_list(const uint8_t *bytes, size_t len,
                                   bool big_endian,
                                   CryptoDevOperand *operands, size_t *n)
{
    *n = 0;
    while (len) {
        uint32_t operand_len;

        if (*n == CRYPTODEV_OPERANDS_MAX || len < sizeof(operand_len)) {
            return false;
        }
        operand_len = read_len(bytes, big_endian);
        bytes += sizeof(operand_len);
        len -= sizeof(operand_len);
        if (operand_len > len) {
            return false;
        }
        operands[(*n)++] = (CryptoDevOperand) {
            .data = bytes, .len = operand_len,
        };
        bytes += operand_len;
        len -= operand_len;
    }
    return true;
}

size_t virtio_crypto_rfc_list_len(const CryptoDevResult *results, size_t n)
{
    size_t len = n * sizeof(uint32_t);

    for (size_t i = 0; i < n; i++) {
        len += results[i].len;
    }
    return len;
}

void virtio_crypto_rfc_encode_list(const CryptoDevResult *results, size_t n,
                                   bool big_endian, uint8_t *bytes)
{
    for (size_t i = 0; i < n; i++) {
        write_len(bytes, big_endian, results[i].len);
        bytes += sizeof(uint32_t);
        memcpy(bytes, results[i].data, results[i].len);
        bytes += results[i].len;
    }
}
