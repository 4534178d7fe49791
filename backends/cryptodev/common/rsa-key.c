/*
 * Cryptography backends: reading RSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "system/cryptodev-compute.h"
#include "der.h"
#include "rsa-key.h"

#define MODULUS_MIN_BITS 512
#define MODULUS_MAX_BITS (CRYPTODEV_RSA_SIZE_MAX * 8)

/* Bits for a set of integers, by their places */
#define HAS(place) BIT(RSA_##place)
#define HAS_CRT (HAS(P) | HAS(Q) | HAS(DP) | HAS(DQ) | HAS(QINV))
#define HAS_ALL (HAS(N) | HAS(E) | HAS(D) | HAS_CRT)

const unsigned int cryptodev_rsa_exponents[CRYPTODEV_RSA_EXPONENTS] = {
    65537, 3, 17, 257, 5
};

/* Integers are taken as unsigned, as drivers do that pad none with a zero. */
static bool take_integers(CryptoDevRsaKey *key, CryptoDevDer *der, int first,
                          int last)
{
    for (int i = first; i <= last; i++) {
        CryptoDevDer value;

        if (!cryptodev_der_take(der, qcrypto_der_decode_int, &value)) {
            return false;
        }
        key->integers[i] = cryptodev_operand_trim(
                               (CryptoDevOperand) { value.data, value.len });
    }
    return true;
}

static void drop_crt(CryptoDevRsaKey *key)
{
    for (int i = RSA_P; i < RSA_INTEGERS; i++) {
        key->integers[i] = (CryptoDevOperand) { };
    }
}

static bool take_private(CryptoDevRsaKey *key, CryptoDevDer *der)
{
    if (!take_integers(key, der, RSA_D, RSA_D) ||
        (der->len && !take_integers(key, der, RSA_P, RSA_QINV))) {
        return false;
    }
    if (!key->integers[RSA_P].len) {
        drop_crt(key);
    }
    return true;
}

bool cryptodev_rsa_key_read_der(CryptoDevRsaKey *key, const uint8_t *der,
                                size_t der_len, bool is_private)
{
    CryptoDevDer span = { .data = der, .len = der_len };
    CryptoDevDer content;

    if (!cryptodev_der_take(&span, qcrypto_der_decode_seq, &content) ||
        span.len) {
        return false;
    }
    if (is_private && qcrypto_der_decode_int(&content.data, &content.len,
                                             NULL, NULL, NULL) < 0) {
        return false;
    }
    return take_integers(key, &content, RSA_N, RSA_E) &&
           (!is_private || take_private(key, &content)) && !content.len;
}

void cryptodev_rsa_key_read_operands(CryptoDevRsaKey *key,
                                     const CryptoDevOperand *operands,
                                     size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (operands[i].len) {
            key->integers[i] = cryptodev_operand_trim(operands[i]);
        }
    }
}

static uint32_t list_places(const CryptoDevRsaKey *key)
{
    uint32_t has = 0;

    for (int i = 0; i < RSA_INTEGERS; i++) {
        has |= key->integers[i].data ? BIT(i) : 0;
    }
    return has;
}

static bool is_odd(CryptoDevOperand integer)
{
    return integer.len && integer.data[integer.len - 1] % 2;
}

/* Odd, and 3 at least */
static bool is_factor(CryptoDevOperand integer)
{
    return is_odd(integer) && cryptodev_operand_bits(integer) > 1;
}

static bool is_reduced(CryptoDevOperand integer, CryptoDevOperand modulus)
{
    return integer.len && cryptodev_operand_cmp(integer, modulus) < 0;
}

/* RFC 8017, section 3.2: those behind p and q are positive, and reduced. */
static bool check_crt(const CryptoDevOperand integers[RSA_INTEGERS])
{
    CryptoDevOperand p = integers[RSA_P];
    CryptoDevOperand q = integers[RSA_Q];

    return is_factor(p) && is_factor(q) && is_reduced(integers[RSA_DP], p) &&
           is_reduced(integers[RSA_DQ], q) && is_reduced(integers[RSA_QINV], p);
}

static uint64_t count_product_bits(const CryptoDevOperand *integers)
{
    return cryptodev_operand_bits(integers[RSA_P]) +
           cryptodev_operand_bits(integers[RSA_Q]);
}

static bool check_shape(const CryptoDevOperand integers[RSA_INTEGERS],
                        uint32_t has)
{
    CryptoDevOperand n = integers[RSA_N];

    if (has & HAS(N) && !is_odd(n)) {
        return false;
    }
    if (has & HAS(E) && (!is_factor(integers[RSA_E]) ||
                         !is_reduced(integers[RSA_E], n))) {
        return false;
    }
    if (has & HAS(D) && !is_reduced(integers[RSA_D], n)) {
        return false;
    }
    if (has & HAS_CRT && !check_crt(integers)) {
        return false;
    }
    if (has == HAS_ALL) {
        uint64_t most = count_product_bits(integers);
        uint64_t bits = cryptodev_operand_bits(n);

        return bits == most || bits + 1 == most;
    }
    return true;
}

/* Without n, p and q give its size except for one bit. */
static bool check_size(const CryptoDevOperand integers[RSA_INTEGERS])
{
    uint64_t most;

    if (integers[RSA_N].data) {
        return cryptodev_rsa_key_measure(integers[RSA_N]);
    }
    most = count_product_bits(integers);
    return most - 1 <= MODULUS_MAX_BITS && most >= MODULUS_MIN_BITS;
}

CryptoDevStatus cryptodev_rsa_key_check(const CryptoDevRsaKey *key,
                                        bool is_private)
{
    uint32_t has = list_places(key);
    bool has_private = has & (HAS(D) | HAS(P));

    if (has_private != is_private) {
        return CRYPTODEV_ERR;
    }
    switch (has) {
    case HAS(N) | HAS(E):
    case HAS(N) | HAS(D):
    case HAS(N) | HAS(E) | HAS(D):
    case HAS_CRT:
    case HAS_ALL:
        break;
    default:
        return CRYPTODEV_ERR;
    }
    if (!check_shape(key->integers, has)) {
        return CRYPTODEV_ERR;
    }
    return check_size(key->integers) ? CRYPTODEV_OK : CRYPTODEV_NOTSUPP;
}

size_t cryptodev_rsa_key_measure(CryptoDevOperand n)
{
    uint64_t bits = cryptodev_operand_bits(n);

    return bits >= MODULUS_MIN_BITS && bits <= MODULUS_MAX_BITS
           ? DIV_ROUND_UP(bits, 8) : 0;
}
