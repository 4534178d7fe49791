/*
 * The OpenSSL backend: what OpenSSL does for RSA, RFC 8017
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Providers do the bare operations, which they call RSA without padding, so
 * that paddings and statuses are those of all backends.
 */

#include "qemu/osdep.h"
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/param_build.h>
#include <openssl/provider.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include "contexts.h"
#include "drivers.h"
#include "integer.h"
#include "lanes.h"
#include "rsa-key.h"
#include "rsa.h"

/*
 * The time of the public operation grows with the square of the modulus's bits
 * and with the exponent's.  With 8192 and 17 bits it is a quarter of a
 * millisecond.
 */
#define QUICK_WORK (8192ull * 8192 * 17)

/* The fewest private operations that take longer one by one than together */
#define LANES_MIN 3

/* How many times to ask OpenSSL while it finds no factor to blind with */
#define BLINDING_TRIES 16

/**
 * CryptoDevRsaState:
 * @libctx: OpenSSL's context of the backend
 * @key: the key's numbers; without those behind d once it was settled
 * @pkey: OpenSSL's form of the key; NULL before a private key was settled
 * @size: bytes in the modulus
 * @n: the modulus, big-endian
 * @is_quick: whether the public operation takes little time
 * @has_p: whether the private key came with its primes
 * @checks: whether the results of private operations are checked here
 * @uses_lanes: whether private operations may go together
 * @lanes: the key for those that do; NULL if it is not one for that
 * @public: contexts for the public operation
 * @private: contexts for the private operation, if there is one
 */
struct CryptoDevRsaState {
    OSSL_LIB_CTX *libctx;
    CryptoDevOpensslRsaKey key;
    EVP_PKEY *pkey;
    size_t size;
    uint8_t *n;
    bool is_quick;
    bool has_p;
    bool checks;
    bool uses_lanes;
    CryptoDevLanesRsa *lanes;
    CryptoDevOpensslContexts public;
    CryptoDevOpensslContexts private;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC(EVP_PKEY_CTX, EVP_PKEY_CTX_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OSSL_PARAM, OSSL_PARAM_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC(OSSL_PARAM_BLD, OSSL_PARAM_BLD_free)

static const char *const names[RSA_INTEGERS] = {
    [RSA_N] = OSSL_PKEY_PARAM_RSA_N,
    [RSA_E] = OSSL_PKEY_PARAM_RSA_E,
    [RSA_D] = OSSL_PKEY_PARAM_RSA_D,
    [RSA_P] = OSSL_PKEY_PARAM_RSA_FACTOR1,
    [RSA_Q] = OSSL_PKEY_PARAM_RSA_FACTOR2,
    [RSA_DP] = OSSL_PKEY_PARAM_RSA_EXPONENT1,
    [RSA_DQ] = OSSL_PKEY_PARAM_RSA_EXPONENT2,
    [RSA_QINV] = OSSL_PKEY_PARAM_RSA_COEFFICIENT1,
};

/* Private operations are blinded with random numbers, and messages padded. */
static bool rsa_has(CryptoDevBackend *backend)
{
    OSSL_LIB_CTX *libctx = cryptodev_openssl_context(backend);
    EVP_ASYM_CIPHER *cipher = EVP_ASYM_CIPHER_fetch(libctx, "RSA", NULL);
    uint8_t byte;
    bool has = cipher && RAND_bytes_ex(libctx, &byte, sizeof(byte), 0) == 1;

    ERR_clear_error();
    EVP_ASYM_CIPHER_free(cipher);
    return has;
}

/* OpenSSL wipes its copies of numbers that are secret. */
static OSSL_PARAM *list_numbers(const CryptoDevOpensslRsaKey *key)
{
    g_autoptr(OSSL_PARAM_BLD) build = OSSL_PARAM_BLD_new();

    for (int i = 0; i < RSA_INTEGERS; i++) {
        const BIGNUM *integer = key->integers[i];

        if (!build || (integer && !OSSL_PARAM_BLD_push_BN(build, names[i],
                                                          integer))) {
            return NULL;
        }
    }
    return OSSL_PARAM_BLD_to_param(build);
}

static EVP_PKEY *make_pkey(OSSL_LIB_CTX *libctx,
                           const CryptoDevOpensslRsaKey *key)
{
    g_autoptr(EVP_PKEY_CTX) ctx =
        EVP_PKEY_CTX_new_from_name(libctx, "RSA", NULL);
    g_autoptr(OSSL_PARAM) numbers = list_numbers(key);
    EVP_PKEY *pkey = NULL;

    if (!ctx || !numbers || EVP_PKEY_fromdata_init(ctx) != 1 ||
        EVP_PKEY_fromdata(ctx, &pkey,
                          key->integers[RSA_D] ? EVP_PKEY_KEYPAIR
                                               : EVP_PKEY_PUBLIC_KEY,
                          numbers) != 1) {
        return NULL;
    }
    return pkey;
}

static bool init_public(EVP_PKEY_CTX *ctx)
{
    return EVP_PKEY_encrypt_init(ctx) == 1 &&
           EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_NO_PADDING) == 1;
}

static bool init_private(EVP_PKEY_CTX *ctx)
{
    return EVP_PKEY_decrypt_init(ctx) == 1 &&
           EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_NO_PADDING) == 1;
}

static bool start_contexts(CryptoDevRsaState *state,
                           CryptoDevOpensslContexts *contexts,
                           bool (*init)(EVP_PKEY_CTX *ctx))
{
    contexts->libctx = state->libctx;
    contexts->pkey = state->pkey;
    contexts->init = init;
    return cryptodev_openssl_contexts_init(contexts);
}

static bool is_quick(const CryptoDevOpensslRsaKey *key)
{
    uint64_t n_bits = BN_num_bits(key->integers[RSA_N]);
    uint64_t e_bits = BN_num_bits(key->integers[RSA_E]);

    return n_bits * n_bits * e_bits <= QUICK_WORK;
}

/* What OpenSSL refuses, for the time that the public operation would take */
static bool has_long_exponent(const CryptoDevRsaState *state)
{
    return state->size * 8 > OPENSSL_RSA_SMALL_MODULUS_BITS &&
           BN_num_bits(state->key.integers[RSA_E]) >
           OPENSSL_RSA_MAX_PUBEXP_BITS;
}

/* Make what operations need of the numbers, which are complete. */
static bool start(CryptoDevRsaState *state)
{
    const BIGNUM *n = state->key.integers[RSA_N];

    state->size = BN_num_bytes(n);
    if (state->size > CRYPTODEV_RSA_SIZE_MAX) {
        return false;
    }
    /* OpenSSL computes with such keys without a provider. */
    if (has_long_exponent(state) &&
        EVP_default_properties_is_fips_enabled(state->libctx)) {
        return false;
    }
    state->n = g_malloc(state->size);
    BN_bn2bin(n, state->n);
    state->is_quick &= is_quick(&state->key);
    state->pkey = make_pkey(state->libctx, &state->key);
    return state->pkey && start_contexts(state, &state->public, init_public) &&
           (!state->key.integers[RSA_D] ||
            start_contexts(state, &state->private, init_private));
}

static void rsa_close(CryptoDevRsaState *state)
{
    if (state) {
        cryptodev_openssl_contexts_destroy(&state->public);
        cryptodev_openssl_contexts_destroy(&state->private);
        cryptodev_lanes_rsa_free(state->lanes);
        EVP_PKEY_free(state->pkey);
        cryptodev_openssl_rsa_key_destroy(&state->key);
        g_free(state->n);
        g_free(state);
    }
}

static CryptoDevRsaState *state_new(CryptoDevBackend *backend)
{
    CryptoDevRsaState *state = g_new0(CryptoDevRsaState, 1);

    state->libctx = cryptodev_openssl_context(backend);
    /* A provider that the user chose may take any time. */
    state->is_quick = cryptodev_openssl_computes(backend);
    state->uses_lanes = cryptodev_openssl_uses_lanes(backend);
    return state;
}

static bool is_public_key(const CryptoDevRsaKey *key)
{
    return !key->integers[RSA_D].data && !key->integers[RSA_P].data;
}

static CryptoDevRsaState *rsa_open(CryptoDevBackend *backend,
                                   const CryptoDevRsaKey *key)
{
    CryptoDevRsaState *state = state_new(backend);

    if (!cryptodev_openssl_rsa_key_read(&state->key, key) ||
        (is_public_key(key) && !start(state))) {
        g_clear_pointer(&state, rsa_close);
    }
    ERR_clear_error();
    return state;
}

static bool is_below_n(const CryptoDevRsaState *state, const uint8_t *block)
{
    return memcmp(block, state->n, state->size) < 0;
}

static bool power_long(const CryptoDevRsaState *state, uint8_t *result,
                       const uint8_t *block)
{
    g_autoptr(BN_CTX) ctx = BN_CTX_secure_new_ex(state->libctx);
    g_autoptr(BIGNUM) base = BN_secure_new();
    g_autoptr(BIGNUM) power = BN_secure_new();

    return ctx && base && power && BN_bin2bn(block, state->size, base) &&
           BN_mod_exp(power, base, state->key.integers[RSA_E],
                      state->key.integers[RSA_N], ctx) &&
           BN_bn2binpad(power, result, state->size) == state->size;
}

typedef struct evp_pkey_ctx_st OpensslContext;

static bool power(CryptoDevOpensslContexts *contexts,
                  int (*run)(OpensslContext *ctx, unsigned char *out,
                             size_t *out_len, const unsigned char *in,
                             size_t in_len),
                  uint8_t *result, const uint8_t *block, size_t size)
{
    EVP_PKEY_CTX *ctx = cryptodev_openssl_contexts_take(contexts);
    size_t len = size;
    bool ok = ctx && run(ctx, result, &len, block, size) == 1 && len == size;

    cryptodev_openssl_contexts_give(contexts, ctx);
    return ok;
}

static bool power_public(CryptoDevRsaState *state, uint8_t *result,
                         const uint8_t *block)
{
    return has_long_exponent(state)
           ? power_long(state, result, block)
           : power(&state->public, EVP_PKEY_encrypt, result, block,
                   state->size);
}

/* Whether @result, to the power of e, is @block */
static bool check(CryptoDevRsaState *state, const uint8_t *result,
                  const uint8_t *block)
{
    uint8_t again[CRYPTODEV_RSA_SIZE_MAX];
    bool ok = power_public(state, again, result) &&
              !memcmp(again, block, state->size);

    cryptodev_wipe(again, state->size);
    return ok;
}

/* Whether OpenSSL found no factor with an inverse to blind with */
static bool lacked_factor(void)
{
    unsigned long error = ERR_peek_error();

    return ERR_GET_LIB(error) == ERR_LIB_BN &&
           ERR_GET_REASON(error) == BN_R_TOO_MANY_ITERATIONS;
}

/* With a new form of the key, which nothing has blinded with */
static bool power_once(const CryptoDevRsaState *state, uint8_t *result,
                       const uint8_t *block)
{
    EVP_PKEY *pkey = make_pkey(state->libctx, &state->key);
    EVP_PKEY_CTX *ctx =
        pkey ? EVP_PKEY_CTX_new_from_pkey(state->libctx, pkey, NULL) : NULL;
    size_t len = state->size;
    bool ok = ctx && init_private(ctx) &&
              EVP_PKEY_decrypt(ctx, result, &len, block, state->size) == 1 &&
              len == state->size;

    EVP_PKEY_CTX_free(ctx);
    EVP_PKEY_free(pkey);
    return ok;
}

/*
 * OpenSSL draws 33 factors to blind with.  Where all of a modulus' primes are
 * small, and as many as CRYPTODEV_RSA_SIZE_MAX bytes hold, one factor in eight
 * has an inverse, and one time in eighty none of them.
 */
static bool power_afresh(const CryptoDevRsaState *state, uint8_t *result,
                         const uint8_t *block)
{
    for (int i = 0; i < BLINDING_TRIES; i++) {
        ERR_clear_error();
        if (power_once(state, result, block)) {
            return true;
        }
        if (!lacked_factor()) {
            break;
        }
    }
    return false;
}

static bool try_private(CryptoDevRsaState *state, uint8_t *result,
                        const uint8_t *block)
{
    return power(&state->private, EVP_PKEY_decrypt, result, block,
                 state->size) &&
           (!state->checks || check(state, result, block));
}

/*
 * OpenSSL draws again for each 32nd operation.  If it finds no factor then, its
 * results are wrong until the next time.  With p, there are two primes, which
 * are not small.
 */
static bool power_private(CryptoDevRsaState *state, uint8_t *result,
                          const uint8_t *block)
{
    return try_private(state, result, block) ||
           (!state->has_p && power_afresh(state, result, block) &&
            check(state, result, block));
}

/* Replace @block with what @run makes of it. */
static bool replace(CryptoDevRsaState *state, uint8_t *block,
                    bool (*run)(CryptoDevRsaState *state, uint8_t *result,
                                const uint8_t *block))
{
    uint8_t result[CRYPTODEV_RSA_SIZE_MAX];
    bool ok = is_below_n(state, block) && run(state, result, block);

    if (ok) {
        memcpy(block, result, state->size);
    } else {
        ERR_clear_error();
    }
    cryptodev_wipe(result, state->size);
    return ok;
}

static bool rsa_public(CryptoDevRsaState *state, uint8_t *block)
{
    return replace(state, block, power_public);
}

static bool rsa_private(CryptoDevRsaState *state, uint8_t *block)
{
    return replace(state, block, power_private);
}

static uint32_t rsa_private_kind(const CryptoDevRsaState *state)
{
    return state->lanes ? cryptodev_lanes_rsa_bits(state->lanes) : 0;
}

/*
 * Few are as quick one by one.  An operation whose lane fails is run again, as
 * if it were alone.
 */
static void rsa_private_together(CryptoDevRsaState *const *states,
                                 uint8_t *const *blocks, bool *ok, size_t n)
{
    CryptoDevLanesRsa *keys[CRYPTODEV_LANES] = { };
    uint8_t *below[CRYPTODEV_LANES] = { };
    size_t places[CRYPTODEV_LANES];
    size_t n_below = 0;
    uint32_t good = 0;

    memset(ok, 0, n * sizeof(*ok));
    for (size_t i = 0; i < n; i++) {
        if (is_below_n(states[i], blocks[i])) {
            keys[n_below] = states[i]->lanes;
            below[n_below] = blocks[i];
            places[n_below++] = i;
        }
    }
    if (n_below >= LANES_MIN) {
        good = cryptodev_lanes_rsa_private(keys, below, n_below);
    }
    for (size_t i = 0; i < n_below; i++) {
        ok[places[i]] = good & BIT(i) ||
                        rsa_private(states[places[i]], below[i]);
    }
}

/*
 * OpenSSL's own providers check the result of a private operation with p and q
 * against e, and where it is wrong, compute it again with d alone, from which
 * no fault reveals p and q.  Of others nobody knows.
 */
static bool is_checked(CryptoDevRsaState *state)
{
    EVP_PKEY_CTX *ctx = cryptodev_openssl_contexts_take(&state->private);
    const OSSL_PROVIDER *provider = EVP_PKEY_CTX_get0_provider(ctx);
    const char *name = provider ? OSSL_PROVIDER_get0_name(provider) : "";

    cryptodev_openssl_contexts_give(&state->private, ctx);
    return state->key.integers[RSA_P] &&
           (g_str_equal(name, "default") || g_str_equal(name, "fips"));
}

/*
 * Whether d undoes e for a random number.  This finds out a p or q that is no
 * prime: then each result is to be checked.
 */
static bool try_key(CryptoDevRsaState *state)
{
    uint8_t block[CRYPTODEV_RSA_SIZE_MAX];
    uint8_t result[CRYPTODEV_RSA_SIZE_MAX];
    bool ok;

    if (RAND_bytes_ex(state->libctx, block, state->size, 0) != 1) {
        return false;
    }
    block[0] = 0;
    ok = power_private(state, result, block) && check(state, result, block);
    cryptodev_wipe(result, state->size);
    return ok;
}

static bool rsa_settle(CryptoDevRsaState *state)
{
    bool ok = cryptodev_openssl_rsa_key_settle(&state->key, state->libctx) &&
              start(state);

    state->has_p = state->key.integers[RSA_P];
    if (ok) {
        state->checks = !is_checked(state) || !try_key(state);
        if (state->uses_lanes && !state->checks) {
            state->lanes = cryptodev_lanes_rsa_new(&state->key,
                                                    state->libctx);
        }
    }
    cryptodev_openssl_rsa_key_drop_crt(&state->key);
    ERR_clear_error();
    return ok;
}

static bool rsa_is_quick(const CryptoDevRsaState *state, bool private)
{
    return !private && state->is_quick;
}

static bool rsa_get(const CryptoDevRsaState *state, int place, uint8_t *data,
                    size_t len)
{
    const BIGNUM *integer = state->key.integers[place];

    return integer && BN_bn2binpad(integer, data, len) >= 0;
}

static bool read_number(EVP_PKEY *pkey, int place, BIGNUM **integer)
{
    uint8_t bytes[CRYPTODEV_RSA_SIZE_MAX];
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_BN(names[place], bytes, sizeof(bytes)),
        OSSL_PARAM_construct_end(),
    };
    /* A provider need not know a parameter, or give a secret away. */
    bool ok = EVP_PKEY_get_params(pkey, params) == 1 &&
              OSSL_PARAM_modified(&params[0]);

    *integer = ok ? BN_secure_new() : NULL;
    ok = *integer && BN_native2bn(bytes, params[0].return_size, *integer);
    cryptodev_wipe(bytes, sizeof(bytes));
    return ok;
}

static EVP_PKEY *generate_pkey(OSSL_LIB_CTX *libctx, uint32_t e, uint32_t bits)
{
    g_autoptr(EVP_PKEY_CTX) ctx =
        EVP_PKEY_CTX_new_from_name(libctx, "RSA", NULL);
    g_autoptr(BIGNUM) exponent = BN_new();
    EVP_PKEY *pkey = NULL;

    if (!ctx || !exponent || !BN_set_word(exponent, e) ||
        EVP_PKEY_keygen_init(ctx) != 1 ||
        EVP_PKEY_CTX_set_rsa_keygen_bits(ctx, bits) != 1 ||
        EVP_PKEY_CTX_set1_rsa_keygen_pubexp(ctx, exponent) != 1 ||
        EVP_PKEY_generate(ctx, &pkey) != 1) {
        return NULL;
    }
    return pkey;
}

static CryptoDevRsaState *rsa_generate(CryptoDevBackend *backend, uint32_t e,
                                       uint32_t bits)
{
    CryptoDevRsaState *state = state_new(backend);
    bool ok;

    state->pkey = generate_pkey(state->libctx, e, bits);
    ok = state->pkey;
    for (int i = 0; ok && i < RSA_INTEGERS; i++) {
        ok = read_number(state->pkey, i, &state->key.integers[i]);
    }
    if (!ok) {
        g_clear_pointer(&state, rsa_close);
    }
    ERR_clear_error();
    return state;
}

const CryptoDevRsaPrimitives cryptodev_openssl_rsa_primitives = {
    rsa_has, rsa_open, rsa_settle, rsa_is_quick, rsa_public, rsa_private,
    rsa_get, rsa_generate, rsa_close, rsa_private_kind, rsa_private_together,
};
