/*
 * The libgcrypt backend: the formulas of DSA and ECDSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../cryptodev/common/nonce.h"
#include "primitives.h"
#include "sign.h"

gcry_mpi_t cryptodev_sign_digest(gcry_mpi_t order, CryptoDevOperand digest)
{
    unsigned int bits = gcry_mpi_get_nbits(order);
    size_t len = MIN(digest.len, DIV_ROUND_UP(bits, 8));
    gcry_mpi_t integer =
        cryptodev_integer_read((CryptoDevOperand) { digest.data, len }, false);

    if (integer && len * 8 > bits) {
        gcry_mpi_rshift(integer, integer, len * 8 - bits);
    }
    return integer;
}

/* A secret random number from 1 to q - 1 */
static gcry_mpi_t draw_blind(gcry_mpi_t q)
{
    gcry_mpi_t blind = gcry_mpi_snew(0);

    do {
        gcry_mpi_randomize(blind, gcry_mpi_get_nbits(q), GCRY_WEAK_RANDOM);
    } while (!cryptodev_integer_is_between(0, blind, q));
    return blind;
}

/*
 * s = k^-1 (z + r x), blinded by a random number b, so that the processor's
 * timing reveals nothing about k and x: (k b)^-1 (b z + r (b x)).
 */
static bool make_s(gcry_mpi_t q, gcry_mpi_t x, gcry_mpi_t k, gcry_mpi_t r,
                   gcry_mpi_t z, gcry_mpi_t s)
{
    g_auto(gcry_mpi_t) b = draw_blind(q);
    g_auto(gcry_mpi_t) inverse = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) sum = gcry_mpi_snew(0);

    gcry_mpi_mulm(inverse, k, b, q);
    if (gcry_mpi_cmp_ui(inverse, 0) == 0 ||
        !gcry_mpi_invm(inverse, inverse, q)) {
        return false;
    }
    gcry_mpi_mulm(s, b, x, q);
    gcry_mpi_mulm(s, s, r, q);
    gcry_mpi_mulm(sum, b, z, q);
    gcry_mpi_addm(s, s, sum, q);
    gcry_mpi_mulm(s, s, inverse, q);
    return gcry_mpi_cmp_ui(s, 0) != 0;
}

/* The number of bits of k must not show in the time that this takes. */
static bool make_r(const CryptoDevSignGroup *group, gcry_mpi_t k, gcry_mpi_t r)
{
    g_auto(gcry_mpi_t) long_k = cryptodev_integer_lengthen(k, group->q);

    return group->make_r(group->opaque, long_k, r) &&
           gcry_mpi_cmp_ui(r, 0) != 0;
}

/* Read a number from 1 to q - 1; NULL if it is out of range. */
static gcry_mpi_t read_below(gcry_mpi_t q, CryptoDevOperand operand)
{
    gcry_mpi_t integer = cryptodev_integer_read(operand, true);

    if (integer && !cryptodev_integer_is_between(0, integer, q)) {
        gcry_mpi_release(integer);
        return NULL;
    }
    return integer;
}

CryptoDevStatus cryptodev_sign_add_r(CryptoDevComputation *computation,
                                     const CryptoDevSignGroup *group,
                                     CryptoDevOperand k)
{
    g_auto(gcry_mpi_t) k_value = read_below(group->q, k);
    g_auto(gcry_mpi_t) r = gcry_mpi_snew(0);

    if (!k_value || !make_r(group, k_value, r)) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_integer_add(computation, r,
                                 cryptodev_integer_len(group->q));
}

CryptoDevStatus cryptodev_sign_add_s(CryptoDevComputation *computation,
                                     const CryptoDevSignGroup *group,
                                     gcry_mpi_t x, CryptoDevOperand k,
                                     CryptoDevOperand r, CryptoDevOperand z)
{
    g_auto(gcry_mpi_t) k_value = read_below(group->q, k);
    g_auto(gcry_mpi_t) r_value = read_below(group->q, r);
    g_auto(gcry_mpi_t) z_value = cryptodev_sign_digest(group->q, z);
    g_auto(gcry_mpi_t) s = gcry_mpi_snew(0);

    if (!k_value || !r_value || !z_value ||
        !make_s(group->q, x, k_value, r_value, z_value, s)) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_integer_add(computation, s,
                                 cryptodev_integer_len(group->q));
}

/* An order is as long as it says, so that its first byte is not 0. */
static bool start_nonce(CryptoDevNonce *nonce, gcry_mpi_t q, gcry_mpi_t x,
                        gcry_mpi_t z, CryptoDevHashAlgo hash)
{
    uint8_t q_bytes[CRYPTODEV_ORDER_MAX];
    uint8_t x_bytes[CRYPTODEV_ORDER_MAX];
    uint8_t z_bytes[CRYPTODEV_ORDER_MAX];
    size_t len = cryptodev_integer_len(q);
    bool ok = cryptodev_integer_write(q, q_bytes, len) &&
              cryptodev_integer_write(x, x_bytes, len) &&
              cryptodev_integer_write(z, z_bytes, len) &&
              cryptodev_nonce_init(nonce, &cryptodev_gcrypt_primitives, hash,
                                   (CryptoDevOperand) { q_bytes, len },
                                   x_bytes, z_bytes);

    cryptodev_wipe(x_bytes, sizeof(x_bytes));
    return ok;
}

/* The next per-message secret, which the caller owns; NULL on an error */
static gcry_mpi_t next_k(CryptoDevNonce *nonce)
{
    uint8_t bytes[CRYPTODEV_ORDER_MAX];
    gcry_mpi_t k = NULL;

    if (cryptodev_nonce_next(nonce, bytes)) {
        /* Half the nonces of P-521 begin with a byte of zeros. */
        k = cryptodev_integer_read_secret((CryptoDevOperand) { bytes,
                                                               nonce->len });
    }
    cryptodev_wipe(bytes, sizeof(bytes));
    return k;
}

/* Tries another k if r or s is 0, which only happens in a forged group. */
bool cryptodev_sign(const CryptoDevSignGroup *group, gcry_mpi_t x,
                    gcry_mpi_t z, size_t digest_len, gcry_mpi_t r,
                    gcry_mpi_t s)
{
    g_auto(CryptoDevNonce) nonce = { };
    bool done = false;

    if (start_nonce(&nonce, group->q, x, z, cryptodev_nonce_hash(digest_len))) {
        for (int i = 0; i < CRYPTODEV_NONCE_TRIALS && !done; i++) {
            g_auto(gcry_mpi_t) k = next_k(&nonce);

            done = k && make_r(group, k, r) && make_s(group->q, x, k, r, z, s);
        }
    }
    return done;
}

static bool sign_with_k(const CryptoDevSignGroup *group, gcry_mpi_t x,
                        gcry_mpi_t z, CryptoDevOperand k, gcry_mpi_t r,
                        gcry_mpi_t s)
{
    g_auto(gcry_mpi_t) k_value = read_below(group->q, k);

    return k_value && make_r(group, k_value, r) &&
           make_s(group->q, x, k_value, r, z, s);
}

CryptoDevStatus cryptodev_sign_add_rs(CryptoDevComputation *computation,
                                      const CryptoDevSignGroup *group,
                                      gcry_mpi_t x, CryptoDevOperand k,
                                      CryptoDevOperand z)
{
    size_t len = cryptodev_integer_len(group->q);
    g_auto(gcry_mpi_t) r = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) s = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) z_value = cryptodev_sign_digest(group->q, z);
    bool ok = z_value &&
              (k.len ? sign_with_k(group, x, z_value, k, r, s)
                     : cryptodev_sign(group, x, z_value, z.len, r, s));

    if (!ok || cryptodev_integer_add(computation, r, len) != CRYPTODEV_OK) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_integer_add(computation, s, len);
}
