/*
 * The libgcrypt backend: the functions X25519 and X448, RFC 7748
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <gcrypt.h>
#include "cryptodev-gcrypt-montgomery.h"

#define X448_LEN 56

static const struct {
    int number;
    size_t len;
    uint8_t base;
} functions[] = {
    [CRYPTODEV_CURVE_X25519] = { GCRY_ECC_CURVE25519, 32, 9 },
    [CRYPTODEV_CURVE_X448] = { GCRY_ECC_CURVE448, X448_LEN, 5 },
};

size_t cryptodev_montgomery_len(CryptoDevCurve curve)
{
    return curve < ARRAY_SIZE(functions) ? functions[curve].len : 0;
}

/* Turn the bytes of a number round, and fill it up with zeros. */
static bool reverse(CryptoDevOperand number, uint8_t *bytes, size_t len)
{
    while (number.len && !number.data[0]) {
        number.data++;
        number.len--;
    }
    if (number.len > len) {
        return false;
    }
    memset(bytes, 0, len);
    for (size_t i = 0; i < number.len; i++) {
        bytes[number.len - 1 - i] = number.data[i];
    }
    return true;
}

/* In time that does not depend on where the first other byte is */
static bool is_zero(const uint8_t *bytes, size_t len)
{
    uint8_t any = 0;

    for (size_t i = 0; i < len; i++) {
        any |= bytes[i];
    }
    return !any;
}

static CryptoDevStatus add_reversed(CryptoDevComputation *computation,
                                    const uint8_t *bytes, size_t len)
{
    uint8_t *result = cryptodev_computation_add(computation, len);

    if (!result) {
        return CRYPTODEV_ERR;
    }
    for (size_t i = 0; i < len; i++) {
        result[i] = bytes[len - 1 - i];
    }
    return CRYPTODEV_OK;
}

CryptoDevStatus
cryptodev_montgomery_add_product(CryptoDevComputation *computation,
                                 CryptoDevCurve curve, CryptoDevOperand k,
                                 CryptoDevOperand u)
{
    size_t len = functions[curve].len;
    uint8_t scalar[X448_LEN], coordinate[X448_LEN];
    uint8_t product[X448_LEN] = { };
    CryptoDevStatus status = CRYPTODEV_ERR;

    if (!u.len) {
        u = (CryptoDevOperand) { .data = &functions[curve].base, .len = 1 };
    }
    if (!reverse(k, scalar, len) || !reverse(u, coordinate, len)) {
        goto out;
    }
    if (gcry_ecc_mul_point(functions[curve].number, product, scalar,
                           coordinate)) {
        status = CRYPTODEV_NOTSUPP;
        goto out;
    }
    if (!is_zero(product, len)) {
        status = add_reversed(computation, product, len);
    }
out:
    cryptodev_wipe(scalar, sizeof(scalar));
    cryptodev_wipe(product, sizeof(product));
    return status;
}
