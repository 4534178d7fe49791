/*
 * Conformance of backends: chains of a cipher and a hash or MAC
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "conformance.h"
#include "conformance-guards.h"
#include "conformance-reference.h"

#define PREFIX_MAX 150
#define ENDLESS 400

static const CryptoDevHashMode modes[] = {
    CRYPTODEV_HASH_MODE_PLAIN,
    CRYPTODEV_HASH_MODE_AUTH,
    CRYPTODEV_HASH_MODE_NESTED,
};

static CryptodevService mode_service(CryptoDevHashMode mode)
{
    return mode == CRYPTODEV_HASH_MODE_AUTH ? CRYPTODEV_SERVICE_MAC
                                            : CRYPTODEV_SERVICE_HASH;
}

static bool is_endless(const CryptoDevCapability *chained)
{
    return chained->digest_max == UINT32_MAX;
}

/* A chain's parameters, and the keys that they point to */
typedef struct Kind {
    CryptoDevSessionParams params;
    GByteArray *key, *auth_key;
} Kind;

static GByteArray *make_auth_key(const CryptoDevCapability *chained,
                                 CryptoDevHashMode mode, GRand *rand)
{
    switch (mode) {
    case CRYPTODEV_HASH_MODE_AUTH:
        return random_bytes(rand, random_key_len(chained, rand));
    case CRYPTODEV_HASH_MODE_NESTED:
        return random_bytes(rand, 2 * random_len(rand, 0, PREFIX_MAX));
    default:
        return g_byte_array_new();
    }
}

static Kind kind_random(const CryptoDevCapability *cipher,
                        const CryptoDevCapability *chained,
                        CryptoDevHashMode mode, bool encrypt,
                        bool cipher_first, GRand *rand)
{
    Kind kind = {
        .key = random_bytes(rand, random_key_len(cipher, rand)),
        .auth_key = make_auth_key(chained, mode, rand),
    };

    kind.params = (CryptoDevSessionParams) {
        .service = CRYPTODEV_SERVICE_CIPHER,
        .algo = cipher->algo,
        .key = kind.key->data,
        .key_len = kind.key->len,
        .cipher.encrypt = encrypt,
        .cipher.chain = {
            .mode = mode,
            .cipher_first = cipher_first,
            .algo = chained->algo,
            .key = kind.auth_key->data,
            .key_len = kind.auth_key->len,
            .digest_len = is_endless(chained) ? ENDLESS : 0,
        },
    };
    return kind;
}

static void kind_clear(Kind *kind)
{
    g_byte_array_unref(kind->key);
    g_byte_array_unref(kind->auth_key);
}

/* Whether the backend has chains: that of the first cipher and hash it has */
static bool has_chains(CryptoDevBackend *backend,
                       const CryptoDevCapability *cipher)
{
    const CryptoDevCapability *hash;
    CryptoDevSession *session;
    guint i = 0;

    while ((hash = cryptodev_backend_next(backend, &i))) {
        if (hash->service == CRYPTODEV_SERVICE_HASH) {
            g_autoptr(GRand) rand = g_rand_new_with_seed(0);
            Kind kind = kind_random(cipher, hash, CRYPTODEV_HASH_MODE_PLAIN,
                                    true, false, rand);
            CryptoDevStatus status =
                cryptodev_backend_create_session(backend, &kind.params,
                                                 &session);

            kind_clear(&kind);
            if (status == CRYPTODEV_OK) {
                cryptodev_backend_destroy_session(backend, session);
            }
            return status != CRYPTODEV_NOTSUPP;
        }
    }
    return false;
}

static void check_chain(CryptoDevBackend *backend, const Kind *kind,
                        GRand *rand)
{
    static const size_t lens[] = { 0, 16, 64, 1000 };
    g_autoptr(Subject) subject = subject_new(backend, &kind->params);

    for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
        g_autoptr(Trial) trial = subject_trial(subject, lens[i], rand);

        trial_run(backend, trial, &shapes[i % 2]);
        trial_run(backend, trial, shape_random(rand));
    }
}

/* In both directions and orders */
static void check_pair(CryptoDevBackend *backend,
                       const CryptoDevCapability *cipher,
                       const CryptoDevCapability *chained,
                       CryptoDevHashMode mode, GRand *rand)
{
    for (int i = 0; i < 4; i++) {
        Kind kind = kind_random(cipher, chained, mode, i & 1, i & 2, rand);

        if (reference_is_radio(cipher) || reference_is_radio(chained) ||
            (mode == CRYPTODEV_HASH_MODE_NESTED && is_endless(chained))) {
            subject_refused(backend, &kind.params, CRYPTODEV_NOTSUPP);
        } else {
            check_chain(backend, &kind, rand);
        }
        kind_clear(&kind);
    }
}

static bool may_be_chained(const CryptoDevCapability *cipher)
{
    return !reference_is_radio(cipher);
}

/* Every cipher with every hash and MAC */
static void test_pairs(CryptoDevBackend *backend,
                       const CryptoDevCapability *cipher)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(cipher->algo);

    if (!reference_is_radio(cipher) && !has_chains(backend, cipher)) {
        g_test_skip("the backend has no chains");
        return;
    }
    for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
        const CryptoDevCapability *chained;
        guint j = 0;

        while ((chained = cryptodev_backend_next(backend, &j))) {
            if (chained->service == mode_service(modes[i])) {
                check_pair(backend, cipher, chained, modes[i], rand);
            }
        }
    }
}

/* The first hash or MAC that goes with a mode, but SHAKE */
static const CryptoDevCapability *first_chained(CryptoDevBackend *backend,
                                                CryptoDevHashMode mode)
{
    const CryptoDevCapability *chained;
    guint i = 0;

    do {
        chained = cryptodev_backend_next(backend, &i);
    } while (chained && (chained->service != mode_service(mode) ||
                         is_endless(chained)));
    return chained;
}

/* No byte beside a buffer is read or written, with any MAC. */
static void test_guards(CryptoDevBackend *backend,
                        const CryptoDevCapability *cipher)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(cipher->algo);
    const CryptoDevCapability *chained;
    guint i = 0;

    while (has_chains(backend, cipher) &&
           (chained = cryptodev_backend_next(backend, &i))) {
        if (chained->service == CRYPTODEV_SERVICE_MAC &&
            !reference_is_radio(chained)) {
            Kind kind = kind_random(cipher, chained, CRYPTODEV_HASH_MODE_AUTH,
                                    g_rand_boolean(rand), g_rand_boolean(rand),
                                    rand);
            g_autoptr(Subject) subject = subject_new(backend, &kind.params);

            guards_check(subject, rand);
            kind_clear(&kind);
        }
    }
}

/* All shapes of one chain of each mode */
static void test_shapes(CryptoDevBackend *backend,
                        const CryptoDevCapability *cipher)
{
    static const size_t lens[] = { 0, 1, 16, 33, 640, 5000 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(cipher->algo);

    for (size_t i = 0; i < ARRAY_SIZE(modes) * 4; i++) {
        CryptoDevHashMode mode = modes[i / 4];
        const CryptoDevCapability *chained = first_chained(backend, mode);
        g_autoptr(Subject) subject = NULL;
        Kind kind;

        if (!chained || !has_chains(backend, cipher)) {
            g_test_skip("the backend has no such chains");
            return;
        }
        kind = kind_random(cipher, chained, mode, i & 1, i & 2, rand);
        subject = subject_new(backend, &kind.params);
        kind_clear(&kind);
        for (size_t j = 0; j < ARRAY_SIZE(lens); j++) {
            g_autoptr(Trial) trial = subject_trial(subject, lens[j], rand);

            trial_run_all(backend, trial);
        }
    }
}

/* What a range or a length must not be */
static void check_bad_ranges(const Subject *subject, GRand *rand)
{
    static const struct {
        bool cipher;
        uint64_t offset, len;
    } ranges[] = {
        { true, UINT64_MAX, 16 }, { true, 16, UINT64_MAX },
        { true, 0, UINT64_MAX - 15 }, { true, 10000, 0 },
        { false, UINT64_MAX, 1 }, { false, 1, UINT64_MAX },
        { false, 0, UINT64_MAX }, { false, 10000, 0 },
    };

    for (size_t i = 0; i < ARRAY_SIZE(ranges); i++) {
        g_autoptr(Trial) trial = subject_trial(subject, 640, rand);

        *(ranges[i].cipher ? &trial->cipher_range : &trial->hash_range) =
            (CryptoDevRange) { ranges[i].offset, ranges[i].len };
        trial->status = CRYPTODEV_ERR;
        trial_run(subject->backend, trial, shape_random(rand));
    }
}

static void check_bad_rooms(const Subject *subject, GRand *rand)
{
    g_autoptr(Trial) trial = subject_trial(subject, 640, rand);
    size_t dst_room = trial->dst_room;

    trial->status = CRYPTODEV_ERR;
    trial->digest_room = 0;
    trial_run_all(subject->backend, trial);
    trial->digest_room = subject->session->digest_len + 1;
    trial_run_all(subject->backend, trial);
    trial->digest_room = 1;
    /* The destination has the source's layout, and is not longer. */
    trial->dst_room = trial->src->len + 1;
    trial_run_all(subject->backend, trial);
    trial->dst_room = trial->cipher_range.offset + trial->cipher_range.len - 1;
    trial_run_all(subject->backend, trial);
    trial->dst_room = dst_room;
    if (subject->capability->block_len > 1) {
        trial->cipher_range.len--;
        trial_run_all(subject->backend, trial);
    }
}

static void test_bad_operations(CryptoDevBackend *backend,
                                const CryptoDevCapability *cipher)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(cipher->algo);

    for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
        const CryptoDevCapability *chained = first_chained(backend, modes[i]);
        g_autoptr(Subject) subject = NULL;
        Kind kind;

        if (!chained || !has_chains(backend, cipher)) {
            g_test_skip("the backend has no such chains");
            return;
        }
        kind = kind_random(cipher, chained, modes[i], true, i % 2, rand);
        subject = subject_new(backend, &kind.params);
        kind_clear(&kind);
        check_bad_ranges(subject, rand);
        check_bad_rooms(subject, rand);
    }
}

/* What a chain's hash or MAC must not be */
static void check_bad_kind(CryptoDevBackend *backend, Kind *kind,
                           const CryptoDevCapability *chained, GRand *rand)
{
    CryptoDevChainParams *chain = &kind->params.cipher.chain;
    const CryptoDevChainParams good = *chain;
    g_autoptr(GByteArray) key = random_bytes(rand, CRYPTODEV_AUTH_KEY_MAX + 2);

    chain->digest_len = chained->digest_max + 1;
    subject_refused(backend, &kind->params, CRYPTODEV_NOTSUPP);
    *chain = good;
    chain->algo = 1000;
    subject_refused(backend, &kind->params, CRYPTODEV_NOTSUPP);
    *chain = good;
    chain->key = key->data;
    chain->key_len = key->len;
    if (good.mode != CRYPTODEV_HASH_MODE_PLAIN) {
        subject_refused(backend, &kind->params, CRYPTODEV_NOTSUPP);
    }
    if (good.mode == CRYPTODEV_HASH_MODE_NESTED) {
        chain->key_len = 33;
        subject_refused(backend, &kind->params, CRYPTODEV_ERR);
    }
    *chain = good;
    kind->params.key_len = CRYPTODEV_KEY_MAX;
    subject_refused(backend, &kind->params, CRYPTODEV_NOTSUPP);
}

static void test_bad_kinds(CryptoDevBackend *backend,
                           const CryptoDevCapability *cipher)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(cipher->algo);

    for (size_t i = 0; i < ARRAY_SIZE(modes); i++) {
        const CryptoDevCapability *chained = first_chained(backend, modes[i]);

        if (chained) {
            Kind kind = kind_random(cipher, chained, modes[i], true, false,
                                    rand);

            check_bad_kind(backend, &kind, chained, rand);
            kind_clear(&kind);
        }
    }
}

void add_conformance_chains(const Conformance *conformance)
{
    const struct {
        const char *name;
        ConformanceTest *run;
        bool (*fits)(const CryptoDevCapability *capability);
    } tests[] = {
        { "chains/pairs", test_pairs },
        { "chains/shapes", test_shapes, may_be_chained },
        { "chains/guards", test_guards },
        { "chains/bad-operations", test_bad_operations, may_be_chained },
        { "chains/bad-kinds", test_bad_kinds },
    };

    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        conformance_add_those(conformance, CRYPTODEV_SERVICE_CIPHER,
                              tests[i].name, tests[i].fits, tests[i].run);
    }
}
