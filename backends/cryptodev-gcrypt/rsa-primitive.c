/*
 * The libgcrypt backend: what libgcrypt does for RSA, RFC 8017
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * All numbers are in secure memory, messages included.
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "rsa-generate.h"
#include "rsa-primitive.h"

/*
 * The public operation squares and multiplies as often as the exponent has
 * bits.  With these it takes a quarter of a millisecond at most, and with the
 * usual exponent, 65537, and 2048 bits, less than to hand it over to a thread.
 */
#define QUICK_EXPONENT_BITS 17
#define QUICK_MODULUS_BITS 4096

/* Random bits in an exponent; libgcrypt has as many, or more with long keys */
#define EXPONENT_BLIND_BITS 96

static bool rsa_has(CryptoDevBackend *backend)
{
    return cryptodev_gcrypt_has_secure_memory(backend,
                                              CRYPTODEV_AKCIPHER_RSA) &&
           !gcry_pk_test_algo(GCRY_PK_RSA);
}

static void rsa_close(CryptoDevRsaState *state)
{
    if (state) {
        cryptodev_rsa_blinding_destroy(&state->blinding);
        cryptodev_gcrypt_rsa_key_destroy(&state->key);
        g_free(state);
    }
}

static CryptoDevRsaState *state_new(void)
{
    CryptoDevRsaState *state = g_new0(CryptoDevRsaState, 1);

    cryptodev_rsa_blinding_init(&state->blinding);
    return state;
}

static CryptoDevRsaState *rsa_open(CryptoDevBackend *backend,
                                   const CryptoDevRsaKey *key)
{
    CryptoDevRsaState *state = state_new();

    if (!cryptodev_gcrypt_rsa_key_read(&state->key, key)) {
        g_clear_pointer(&state, rsa_close);
    }
    return state;
}

static CryptoDevRsaState *rsa_generate(CryptoDevBackend *backend, uint32_t e,
                                       uint32_t bits)
{
    CryptoDevRsaState *state = state_new();

    if (!cryptodev_rsa_generate(&state->key, e, bits)) {
        g_clear_pointer(&state, rsa_close);
    }
    return state;
}

static bool rsa_settle(CryptoDevRsaState *state)
{
    return cryptodev_gcrypt_rsa_key_settle(&state->key);
}

static bool rsa_is_quick(const CryptoDevRsaState *state, bool private)
{
    gcry_mpi_t const *integers = state->key.integers;

    return !private &&
           gcry_mpi_get_nbits(integers[RSA_E]) <= QUICK_EXPONENT_BITS &&
           gcry_mpi_get_nbits(integers[RSA_N]) <= QUICK_MODULUS_BITS;
}

static bool rsa_get(const CryptoDevRsaState *state, int place, uint8_t *data,
                    size_t len)
{
    gcry_mpi_t integer = state->key.integers[place];

    return integer && cryptodev_integer_write(integer, data, len);
}

/* Returns NULL if the integer is not less than the modulus. */
static gcry_mpi_t read_block(const CryptoDevGcryptRsaKey *key,
                             const uint8_t *block)
{
    CryptoDevOperand operand = { block, cryptodev_gcrypt_rsa_key_size(key) };
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
static bool write_block(const CryptoDevGcryptRsaKey *key, gcry_mpi_t integer,
                        uint8_t *block)
{
    size_t size = cryptodev_gcrypt_rsa_key_size(key);
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

static void power_public(const CryptoDevGcryptRsaKey *key, gcry_mpi_t power,
                         gcry_mpi_t integer)
{
    cryptodev_integer_power(power, integer, key->integers[RSA_E],
                            key->integers[RSA_N]);
}

static bool rsa_public(CryptoDevRsaState *state, uint8_t *block)
{
    const CryptoDevGcryptRsaKey *key = &state->key;
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
static void power_crt(const CryptoDevGcryptRsaKey *key, gcry_mpi_t power,
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

static bool power_blinded(CryptoDevRsaState *state, gcry_mpi_t power,
                          gcry_mpi_t base)
{
    const CryptoDevGcryptRsaKey *key = &state->key;
    gcry_mpi_t n = key->integers[RSA_N];
    g_auto(gcry_mpi_t) factor = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) inverse = gcry_mpi_snew(0);

    if (!cryptodev_rsa_blinding_take(&state->blinding, key, factor, inverse)) {
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

static bool rsa_private(CryptoDevRsaState *state, uint8_t *block)
{
    const CryptoDevGcryptRsaKey *key = &state->key;
    g_auto(gcry_mpi_t) integer = read_block(key, block);
    g_auto(gcry_mpi_t) power = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) check = gcry_mpi_snew(0);

    if (!integer || !power_blinded(state, power, integer)) {
        return false;
    }
    power_public(key, check, power);
    if (gcry_mpi_cmp(check, integer)) {
        cryptodev_rsa_blinding_renew(&state->blinding);
        return false;
    }
    return write_block(key, power, block);
}

const CryptoDevRsaPrimitives cryptodev_gcrypt_rsa_primitives = {
    rsa_has, rsa_open, rsa_settle, rsa_is_quick, rsa_public, rsa_private,
    rsa_get, rsa_generate, rsa_close,
};
