/*
 * The libgcrypt backend: integers of operands and results
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "integer.h"

/* More than gcry_mpi_scan() and its callees use, in bytes */
#define SCAN_STACK 1024

/*
 * gcry_mpi_scan() leaves the first limb of a number on the stack.  In a thread
 * or a coroutine that goes no deeper afterwards, it would stay there.
 */
static void __attribute__((noinline)) wipe_stack(void)
{
    QEMU_UNINITIALIZED uint8_t stack[SCAN_STACK];

    cryptodev_wipe(stack, sizeof(stack));
}

/* A number that is read from secure memory gets secure memory itself. */
static gcry_mpi_t scan(enum gcry_mpi_format format, const uint8_t *data,
                       size_t len, bool secret)
{
    gcry_mpi_t integer = NULL;
    uint8_t *copy = NULL;

    if (secret) {
        copy = gcry_malloc_secure(len ?: 1);
        if (!copy) {
            return NULL;
        }
        memcpy(copy, data, len);
    }
    if (gcry_mpi_scan(&integer, format, copy ?: data, len, NULL)) {
        integer = NULL;
    }
    if (secret) {
        wipe_stack();
    }
    gcry_free(copy);
    return integer;
}

gcry_mpi_t cryptodev_integer_read(CryptoDevOperand operand, bool secret)
{
    /* Secure memory has no room for any number of zeros. */
    while (operand.len && !operand.data[0]) {
        operand.data++;
        operand.len--;
    }
    if (!operand.len) {
        return secret ? gcry_mpi_snew(0) : gcry_mpi_new(0);
    }
    return scan(GCRYMPI_FMT_USG, operand.data, operand.len, secret);
}

gcry_mpi_t cryptodev_integer_read_secret(CryptoDevOperand operand)
{
    return scan(GCRYMPI_FMT_USG, operand.data, operand.len, true);
}

bool cryptodev_integer_take(CryptoDevDer *der, enum gcry_mpi_format format,
                            bool secret, gcry_mpi_t *integer)
{
    CryptoDevDer value;

    if (!cryptodev_der_take(der, qcrypto_der_decode_int, &value)) {
        return false;
    }
    *integer = scan(format, value.data, value.len, secret);
    return *integer;
}

size_t cryptodev_integer_len(gcry_mpi_t integer)
{
    return DIV_ROUND_UP(gcry_mpi_get_nbits(integer), 8);
}

bool cryptodev_integer_write(gcry_mpi_t integer, uint8_t *data, size_t len)
{
    size_t used = cryptodev_integer_len(integer);

    if (used > len) {
        return false;
    }
    memset(data, 0, len - used);
    return !gcry_mpi_print(GCRYMPI_FMT_USG, data + len - used, used, NULL,
                           integer);
}

CryptoDevStatus cryptodev_integer_add(CryptoDevComputation *computation,
                                      gcry_mpi_t integer, size_t len)
{
    uint8_t *data = cryptodev_computation_add(computation, len);

    return data && cryptodev_integer_write(integer, data, len)
           ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

/* libgcrypt wipes what it computes with if the modulus is in secure memory. */
void cryptodev_integer_power(gcry_mpi_t power, gcry_mpi_t base,
                             gcry_mpi_t exponent, gcry_mpi_t modulus)
{
    g_auto(gcry_mpi_t) secure = gcry_mpi_copy(modulus);

    gcry_mpi_set_flag(secure, GCRYMPI_FLAG_SECURE);
    gcry_mpi_powm(power, base, exponent, secure);
}

/* Where n has to be added twice, the sum has no more than one more bit, too. */
gcry_mpi_t cryptodev_integer_lengthen(gcry_mpi_t k, gcry_mpi_t n)
{
    g_auto(gcry_mpi_t) multiple = gcry_mpi_snew(0);
    gcry_mpi_t sum = gcry_mpi_snew(0);
    int carry;

    gcry_mpi_add(sum, k, n);
    carry = gcry_mpi_test_bit(sum, gcry_mpi_get_nbits(n));
    gcry_mpi_mul_ui(multiple, n, 2 - carry);
    gcry_mpi_add(sum, k, multiple);
    return sum;
}

bool cryptodev_integer_is_odd(gcry_mpi_t integer)
{
    return gcry_mpi_cmp_ui(integer, 0) > 0 && gcry_mpi_test_bit(integer, 0);
}

bool cryptodev_integer_is_between(unsigned long low, gcry_mpi_t integer,
                                  gcry_mpi_t high)
{
    return gcry_mpi_cmp_ui(integer, low) > 0 &&
           gcry_mpi_cmp(integer, high) < 0;
}
