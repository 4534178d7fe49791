/*
 * The libgcrypt backend: the primitives of RSA, RFC 8017, section 5
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * All numbers are in secure memory, messages included.
 */

#include "qemu/osdep.h"
#include "rsa-primitive.h"

/* Random bits in an exponent; libgcrypt has as many, or more with long keys */
#define EXPONENT_BLIND_BITS 96

/* Returns NULL if the integer is not less than the modulus. */
static gcry_mpi_t read_block(const CryptoDevRsaKey *key, const uint8_t *block)
{
    CryptoDevOperand operand = { block, cryptodev_rsa_key_size(key) };
    gcry_mpi_t integer = cryptodev_integer_read(operand, true);

    if (integer && gcry_mpi_cmp(integer, key->integers[RSA_N]) >= 0) {
        g_clear_pointer(&integer, gcry_mpi_release);
    }
    return integer;
}

/*
 * The time to store a number must not tell how many zeros it begins with, so
 * it gets a one in front of them, which is not stored.
 */
static bool write_block(const CryptoDevRsaKey *key, gcry_mpi_t integer,
                        uint8_t *block)
{
    size_t size = cryptodev_rsa_key_size(key);
    uint8_t bytes[1 + CRYPTODEV_RSA_SIZE_MAX];
    bool ok;

    gcry_mpi_set_bit(integer, size * 8);
    ok = cryptodev_integer_write(integer, bytes, 1 + size);
    if (ok) {
        memcpy(block, bytes + 1, size);
    }
    cryptodev_wipe(bytes, 1 + size);
    return ok;
}

static void power_public(const CryptoDevRsaKey *key, gcry_mpi_t power,
                         gcry_mpi_t integer)
{
    cryptodev_integer_power(power, integer, key->integers[RSA_E],
                            key->integers[RSA_N]);
}

bool cryptodev_rsa_public(const CryptoDevRsaKey *key, uint8_t *block)
{
    g_auto(gcry_mpi_t) integer = read_block(key, block);

    if (!integer) {
        return false;
    }
    power_public(key, integer, integer);
    return write_block(key, integer, block);
}

/* A multiple of prime - 1, the order of the group, makes another exponent. */
static void power_prime(gcry_mpi_t power, gcry_mpi_t base, gcry_mpi_t d,
                        gcry_mpi_t prime)
{
    g_auto(gcry_mpi_t) order = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) exponent = gcry_mpi_snew(EXPONENT_BLIND_BITS);

    gcry_mpi_randomize(exponent, EXPONENT_BLIND_BITS, GCRY_WEAK_RANDOM);
    gcry_mpi_set_highbit(exponent, EXPONENT_BLIND_BITS - 1);
    gcry_mpi_sub_ui(order, prime, 1);
    gcry_mpi_mul(exponent, exponent, order);
    gcry_mpi_add(exponent, exponent, d);
    gcry_mpi_mod(power, base, prime);
    gcry_mpi_powm(power, power, exponent, prime);
}

/* RFC 8017, section 5.1.2, step 2 b */
static void power_crt(const CryptoDevRsaKey *key, gcry_mpi_t power,
                      gcry_mpi_t base)
{
    gcry_mpi_t const *integers = key->integers;
    gcry_mpi_t p = integers[RSA_P];
    gcry_mpi_t q = integers[RSA_Q];
    g_auto(gcry_mpi_t) m1 = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) m2 = gcry_mpi_snew(0);

    power_prime(m1, base, integers[RSA_DP], p);
    power_prime(m2, base, integers[RSA_DQ], q);
    gcry_mpi_subm(m1, m1, m2, p);
    gcry_mpi_mulm(m1, m1, integers[RSA_QINV], p);
    gcry_mpi_mul(power, m1, q);
    gcry_mpi_add(power, power, m2);
}

static bool power_blinded(const CryptoDevRsaKey *key,
                          CryptoDevRsaBlinding *blinding, gcry_mpi_t power,
                          gcry_mpi_t base)
{
    gcry_mpi_t n = key->integers[RSA_N];
    g_auto(gcry_mpi_t) factor = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) inverse = gcry_mpi_snew(0);

    if (!cryptodev_rsa_blinding_take(blinding, key, factor, inverse)) {
        return false;
    }
    gcry_mpi_mulm(factor, factor, base, n);
    if (key->integers[RSA_P]) {
        power_crt(key, power, factor);
    } else {
        cryptodev_integer_power(power, factor, key->integers[RSA_D], n);
    }
    gcry_mpi_mulm(power, power, inverse, n);
    return true;
}

bool cryptodev_rsa_private(const CryptoDevRsaKey *key,
                           CryptoDevRsaBlinding *blinding, uint8_t *block)
{
    g_auto(gcry_mpi_t) integer = read_block(key, block);
    g_auto(gcry_mpi_t) power = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) check = gcry_mpi_snew(0);

    if (!integer || !power_blinded(key, blinding, power, integer)) {
        return false;
    }
    power_public(key, check, power);
    if (gcry_mpi_cmp(check, integer)) {
        cryptodev_rsa_blinding_renew(blinding);
        return false;
    }
    return write_block(key, power, block);
}
