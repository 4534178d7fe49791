/*
 * Tests of what is made of digests, over hashes that fail
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A digest that was not computed must never leave a backend, nor a secret that
 * was made of one: of zeros, anybody knows it.
 */

#include "qemu/osdep.h"
#include "backends/cryptodev-gcrypt/primitives.h"
#include "backends/cryptodev/common/digest.h"
#include "backends/cryptodev/common/hmac-drbg.h"
#include "backends/cryptodev/common/key-derivation.h"
#include "backends/cryptodev/common/nonce.h"
#include "backends/cryptodev/common/rejection.h"
#include "failing-hash-test.h"

#define RSA_SIZE 128

static CryptoDevPrimitives primitives;

/* How many digests are computed, and keys set, before one fails */
static int good;

static bool fail_set_key(CryptoDevHashState *state, const uint8_t *key,
                         size_t key_len)
{
    return good-- &&
           cryptodev_gcrypt_primitives.hash.set_key(state, key, key_len);
}

static bool fail_finish(CryptoDevHashState *state, uint8_t *digest, size_t len)
{
    if (good--) {
        return cryptodev_gcrypt_primitives.hash.finish(state, digest, len);
    }
    memset(digest, 0, len);
    return false;
}

static const uint8_t secret[] = "secret";
static const CryptoDevOperand key = { secret, sizeof(secret) };
static uint8_t output[200];

static bool derive_ssl3(void)
{
    return cryptodev_ssl3_derive(&primitives, key, (CryptoDevOperand) { }, key,
                                 output, 20);
}

static bool derive_tls1(void)
{
    return cryptodev_tls1_prf(&primitives, key, key, key, output, 20);
}

static bool derive_tls12(void)
{
    return cryptodev_tls12_prf(&primitives, CRYPTODEV_HASH_SHA256, key, key,
                               key, output, 20);
}

static bool extract(void)
{
    return cryptodev_hkdf_extract(&primitives, CRYPTODEV_HASH_SHA256, key, key,
                                  output);
}

static bool expand(void)
{
    return cryptodev_hkdf_expand(&primitives, CRYPTODEV_HASH_SHA256, key, key,
                                 output, 40);
}

static bool generate_mask(void)
{
    return cryptodev_mgf1(&primitives, CRYPTODEV_HASH_SHA256, key, output, 40);
}

/* A generator that has failed once gives no bits, though hashes work again. */
static bool generate_bits(void)
{
    const CryptoDevOperand none = { };
    CryptoDevHmacDrbg drbg = { };
    bool ok = cryptodev_hmac_drbg_init(&drbg, &primitives,
                                       CRYPTODEV_HASH_SHA256, &key, 1) &&
              cryptodev_hmac_drbg_generate(&drbg, none, output, 40);

    if (!ok) {
        good = INT_MAX;
        g_assert_false(cryptodev_hmac_drbg_generate(&drbg, none, output, 40));
    }
    cryptodev_hmac_drbg_clear(&drbg);
    return ok;
}

/* The second secret takes an update. */
static bool make_nonces(void)
{
    static const uint8_t q[] = { 0xff, 0xf1 }, x[] = { 1, 2 }, z[] = { 3, 4 };
    CryptoDevNonce nonce = { };
    bool ok = cryptodev_nonce_init(&nonce, &primitives, CRYPTODEV_HASH_SHA256,
                                   (CryptoDevOperand) { q, sizeof(q) }, x,
                                   z) &&
              cryptodev_nonce_next(&nonce, output) &&
              cryptodev_nonce_next(&nonce, output);

    if (!ok) {
        good = INT_MAX;
        g_assert_false(cryptodev_nonce_next(&nonce, output));
    }
    cryptodev_nonce_clear(&nonce);
    return ok;
}

static bool reject(void)
{
    static const uint8_t d[RSA_SIZE] = { 1 };
    uint32_t len;

    return cryptodev_rejection_make(&primitives, d, output, RSA_SIZE, &len);
}

static bool run_digest(CryptoDevHashMode mode, const uint8_t *prefixes,
                       size_t len)
{
    CryptoDevDigest *digest = cryptodev_digest_new(
        &primitives, mode, CRYPTODEV_HASH_SHA256, prefixes, len);
    struct iovec iov = { output, 32 };
    CryptoDevBuf dst;
    bool ok;

    cryptodev_buf_init(&dst, &iov, 1, 0, iov.iov_len);
    ok = cryptodev_digest_finish(digest, cryptodev_digest_start(digest), dst);
    cryptodev_digest_free(digest);
    return ok;
}

static bool hash(void)
{
    return run_digest(CRYPTODEV_HASH_MODE_PLAIN, NULL, 0);
}

static bool hash_nested(void)
{
    return run_digest(CRYPTODEV_HASH_MODE_NESTED, secret, 4);
}

static const struct {
    const char *name;
    bool (*run)(void);
} functions[] = {
    { "SSL 3.0", derive_ssl3 }, { "TLS 1.0", derive_tls1 },
    { "TLS 1.2", derive_tls12 }, { "HKDF-Extract", extract },
    { "HKDF-Expand", expand }, { "MGF1", generate_mask },
    { "HMAC_DRBG", generate_bits }, { "RFC 6979", make_nonces },
    { "implicit rejection", reject }, { "hash", hash },
    { "nested hash", hash_nested },
};

/* Whichever of its digests or keys fails, the function fails. */
void test_failing_hash(CryptoDevBackend *backend,
                       const CryptoDevCapability *capability)
{
    primitives = cryptodev_gcrypt_primitives;
    primitives.hash.finish = fail_finish;
    primitives.hash.set_key = fail_set_key;
    for (size_t i = 0; i < ARRAY_SIZE(functions); i++) {
        int n;

        good = INT_MAX;
        g_assert_true(functions[i].run());
        n = INT_MAX - good;
        g_test_message("%s: %d digests and keys", functions[i].name, n);
        g_assert_cmpint(n, >, 0);
        for (int failing = 0; failing < n; failing++) {
            good = failing;
            g_assert_false(functions[i].run());
        }
    }
}
