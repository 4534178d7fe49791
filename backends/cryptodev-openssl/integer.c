/*
 * The OpenSSL backend: integers of operands and results
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "integer.h"

/* The longest number that any operation takes, in bytes */
#define INTEGER_MAX 1024

/* More than OpenSSL's functions use, in bytes */
#define STACK_USED 16384

BIGNUM *cryptodev_openssl_read(CryptoDevOperand operand)
{
    return BN_bin2bn(operand.data, operand.len, NULL);
}

/* Leading zeros become part of the BIGNUM, and slow each operation down. */
static CryptoDevOperand cut_zeros(CryptoDevOperand operand)
{
    while (operand.len > INTEGER_MAX && !operand.data[0]) {
        operand.data++;
        operand.len--;
    }
    return operand;
}

/*
 * BN_bin2bn() skips leading zeros, so its time shows how many there are.  A one
 * in front of the number hides them, and is cleared afterwards.
 */
BIGNUM *cryptodev_openssl_read_secret(CryptoDevOperand operand)
{
    uint8_t *bytes;
    BIGNUM *integer;
    size_t len;

    operand = cut_zeros(operand);
    len = 1 + operand.len;
    bytes = g_try_malloc(len);
    if (!bytes) {
        return NULL;
    }
    bytes[0] = 1;
    if (operand.len) {
        memcpy(bytes + 1, operand.data, operand.len);
    }
    integer = BN_bin2bn(bytes, len, NULL);
    if (integer) {
        BN_clear_bit(integer, operand.len * 8);
        BN_set_flags(integer, BN_FLG_CONSTTIME);
    }
    cryptodev_wipe(bytes, len);
    g_free(bytes);
    return integer;
}

bool cryptodev_openssl_is_between(unsigned long low, const BIGNUM *integer,
                                  const BIGNUM *high)
{
    return !BN_is_negative(integer) &&
           (BN_num_bytes(integer) > sizeof(low) ||
            BN_get_word(integer) > low) && BN_cmp(integer, high) < 0;
}

void __attribute__((noinline)) cryptodev_openssl_wipe_stack(void)
{
    QEMU_UNINITIALIZED uint8_t stack[STACK_USED];

    cryptodev_wipe(stack, sizeof(stack));
}

/*
 * OpenSSL's code for some sizes of numbers expects a base below the modulus,
 * and may return the modulus where 0 is meant.
 */
bool cryptodev_openssl_power(BIGNUM *power, const BIGNUM *base,
                             const BIGNUM *exponent, const BIGNUM *modulus,
                             BN_MONT_CTX *mont, BN_CTX *work)
{
    bool ok;

    if (BN_is_one(modulus)) {
        BN_zero(power);
        return true;
    }
    ok = BN_mod_exp_mont_consttime(power, base, exponent, modulus, work,
                                   mont) &&
         (BN_cmp(power, modulus) < 0 || BN_sub(power, power, modulus));
    cryptodev_openssl_wipe_stack();
    return ok;
}

CryptoDevStatus cryptodev_openssl_add(CryptoDevComputation *computation,
                                      const BIGNUM *integer, size_t len)
{
    uint8_t *data = cryptodev_computation_add(computation, len);

    return data && BN_bn2binpad(integer, data, len) >= 0 ? CRYPTODEV_OK
                                                         : CRYPTODEV_ERR;
}
