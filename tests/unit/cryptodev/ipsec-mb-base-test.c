/*
 * Tests of the ipsec-mb backend: what it has of its base, and without it
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <gcrypt.h>
#include "qapi/error.h"
#include "qom/object_interfaces.h"
#include "backends/cryptodev-ipsec-mb/jobs.h"
#include "backends/cryptodev-ipsec-mb/library.h"
#include "backends/cryptodev/capabilities.h"
#include "conformance-subject.h"
#include "ipsec-mb-base-test.h"
#include "ipsec-mb-test.h"

#define BASE_ID "ipsec-mb-base"
#define BATCH 16

static const uint8_t key[] = "a key that is as long as 32 bytes";

/* A chain of AES-CBC and HMAC with SHA-1 */
static const CryptoDevSessionParams chain = {
    .service = CRYPTODEV_SERVICE_CIPHER, .algo = CRYPTODEV_CIPHER_AES_CBC,
    .key = key, .key_len = 16,
    .cipher = { true, { .mode = CRYPTODEV_HASH_MODE_AUTH,
                        .algo = CRYPTODEV_MAC_HMAC_SHA1,
                        .key = key, .key_len = 20 } },
};

static const CryptoDevSessionParams cbc = {
    .service = CRYPTODEV_SERVICE_CIPHER, .algo = CRYPTODEV_CIPHER_AES_CBC,
    .key = key, .key_len = 16, .cipher.encrypt = true,
};

/* A base that lacks an algorithm, unless that is NULL */
static CryptoDevBackend *base_new(const char *type, const char *disabled)
{
    Object *object = object_new(type);

    if (disabled) {
        QAPI_LIST_PREPEND(CRYPTODEV_BACKEND(object)->disabled,
                          g_strdup(disabled));
    }
    object_property_add_child(object_get_objects_root(), BASE_ID, object);
    user_creatable_complete(USER_CREATABLE(object), &error_abort);
    return CRYPTODEV_BACKEND(object);
}

/* On the base of base_new(), or on its own one if that is NULL */
static CryptoDevBackend *above_new(const CryptoDevBackend *base)
{
    Object *object = object_new(TYPE_CRYPTODEV_BACKEND_IPSEC_MB);

    if (base) {
        object_property_set_str(object, "base", BASE_ID, &error_abort);
    }
    user_creatable_complete(USER_CREATABLE(object), &error_abort);
    return CRYPTODEV_BACKEND(object);
}

static void both_delete(CryptoDevBackend *above, CryptoDevBackend *base)
{
    object_unref(OBJECT(above));
    object_unparent(OBJECT(base));
    object_unref(OBJECT(base));
}

/* It has what its base has, and beside that what never needs the base. */
static void check_offer(CryptoDevBackend *above)
{
    const CryptoDevCapability *algo;
    guint i = 0;

    while ((algo = cryptodev_backend_next(above->base, &i))) {
        g_assert_true(cryptodev_backend_find(above, algo->service,
                                             algo->algo) == algo);
    }
    i = 0;
    while ((algo = cryptodev_backend_next(above, &i))) {
        g_assert_true(cryptodev_backend_find(above->base, algo->service,
                                             algo->algo) == algo ||
                      !cryptodev_find_driver(above, algo->service,
                                             algo->algo)->falls_back);
    }
}

/* Single operations, and batches that are long enough for jobs, are right. */
static void check_session(CryptoDevBackend *backend,
                          const CryptoDevSessionParams *params)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(1);
    g_autoptr(Subject) subject = subject_new(backend, params);
    g_autoptr(Trial) small = subject_trial(subject, 16, rand);
    g_autoptr(Trial) large = subject_trial(subject, 4096, rand);
    CryptoDevState *state = cryptodev_state_new(backend);
    CryptoDevOp ops[BATCH];
    Attempt *attempts[BATCH];

    for (size_t i = 0; i < BATCH; i++) {
        attempts[i] = attempt_new(i % 2 ? small : large, &shapes[0], &ops[i]);
    }
    cryptodev_backend_run(backend, state, ops, 1);
    cryptodev_backend_run(backend, NULL, ops + 1, 1);
    cryptodev_backend_run(backend, state, ops + 2, BATCH - 2);
    for (size_t i = 0; i < BATCH; i++) {
        attempt_finish(attempts[i], &ops[i]);
    }
    cryptodev_state_free(state);
}

/* A base that lacks an algorithm computes none of it, so it is not there. */
static void test_base_disabled(CryptoDevBackend *none,
                               const CryptoDevCapability *capability)
{
    CryptoDevBackend *base = base_new(TYPE_CRYPTODEV_BACKEND_GCRYPT,
                                      "aes-cbc");
    CryptoDevBackend *above = above_new(base);
    CryptoDevSessionParams ctr = cbc;

    check_offer(above);
    g_assert_null(cryptodev_backend_find(above, cbc.service, cbc.algo));
    subject_refused(above, &cbc, CRYPTODEV_NOTSUPP);
    subject_refused(above, &chain, CRYPTODEV_NOTSUPP);
    ctr.algo = CRYPTODEV_CIPHER_AES_CTR;
    check_session(above, &ctr);
    both_delete(above, base);

    base = base_new(TYPE_CRYPTODEV_BACKEND_GCRYPT, "hmac-sha1");
    above = above_new(base);
    check_offer(above);
    subject_refused(above, &chain, CRYPTODEV_NOTSUPP);
    check_session(above, &cbc);
    both_delete(above, base);
}

/* The base that the user has named serves what this backend does not. */
static void check_named(const char *type)
{
    CryptoDevBackend *base = base_new(type, NULL);
    CryptoDevBackend *above = above_new(base);
    CryptoDevSessionParams ecb = cbc;
    g_autoptr(Subject) own = NULL;
    g_autoptr(Subject) other = NULL;

    g_assert_true(above->base == base);
    check_offer(above);
    own = subject_new(above, &cbc);
    g_assert_true(own->session->backend == above);
    g_assert_true(own->session->base->backend == base ||
                  own->session->base->backend == base->base);
    check_session(above, &cbc);
    check_session(above, &chain);
    ecb.algo = CRYPTODEV_CIPHER_AES_ECB;
    other = subject_new(above, &ecb);
    g_assert_true(other->session->backend != above);
    check_session(above, &ecb);
    g_clear_pointer(&own, subject_free);
    g_clear_pointer(&other, subject_free);
    both_delete(above, base);
}

static void test_base_named(CryptoDevBackend *none,
                            const CryptoDevCapability *capability)
{
    check_named(TYPE_CRYPTODEV_BACKEND_GCRYPT);
    if (object_class_by_name(TYPE_CRYPTODEV_BACKEND_OPENSSL)) {
        check_named(TYPE_CRYPTODEV_BACKEND_OPENSSL);
    }
}

/* RSA is the base's, and rejects as the user of the backend above wants. */
static void test_base_rejection(CryptoDevBackend *none,
                                const CryptoDevCapability *capability)
{
    for (int rejects = 0; rejects < 2; rejects++) {
        Object *object = object_new(TYPE_CRYPTODEV_BACKEND_IPSEC_MB);
        CryptoDevBackend *backend = CRYPTODEV_BACKEND(object);

        object_property_set_bool(object, "rsa-implicit-rejection", rejects,
                                 &error_abort);
        user_creatable_complete(USER_CREATABLE(object), &error_abort);
        g_assert_cmpint(backend->base->rsa_implicit_rejection, ==, rejects);
        object_unref(object);
    }
}

/* What tests change of the library, and give back */
static CryptoDevMbLibrary *library_get(void)
{
    return (CryptoDevMbLibrary *)cryptodev_mb_library();
}

static bool is_served_by_base(const CryptoDevSessionParams *params)
{
    CryptoDevBackend *backend = above_new(NULL);
    Subject *subject = subject_new(backend, params);
    bool by_base = subject->session->backend == backend->base;

    g_assert_true(by_base || subject->session->backend == backend);
    check_offer(backend);
    check_session(backend, params);
    subject_free(subject);
    object_unref(OBJECT(backend));
    return by_base;
}

#define CIPHER(_algo, _key_len, _encrypt)                                 \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_CIPHER,                              \
        .algo = CRYPTODEV_CIPHER_AES_ ## _algo,                           \
        .key = key, .key_len = _key_len, .cipher.encrypt = _encrypt,      \
    }

#define DIGEST(_service, _algo, _key_len)                                 \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_ ## _service,                        \
        .algo = CRYPTODEV_ ## _service ## _ ## _algo,                     \
        .key = key, .key_len = _key_len,                                  \
    }

#define AEAD(_algo, _key_len, _encrypt)                                   \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_AEAD,                                \
        .algo = CRYPTODEV_AEAD_ ## _algo,                                 \
        .key = key, .key_len = _key_len,                                  \
        .aead = { .encrypt = _encrypt, .tag_len = 16 },                   \
    }

/* Sessions of some kinds */
static const struct {
    CryptoDevMbKind kind;
    CryptoDevSessionParams params;
} kinds[] = {
    { CRYPTODEV_MB_CBC_128, CIPHER(CBC, 16, true) },
    { CRYPTODEV_MB_CBC_192, CIPHER(CBC, 24, true) },
    { CRYPTODEV_MB_CBC_256, CIPHER(CBC, 32, true) },
    { CRYPTODEV_MB_CBC_DECRYPT, CIPHER(CBC, 16, false) },
    { CRYPTODEV_MB_CTR, CIPHER(CTR, 16, true) },
    { CRYPTODEV_MB_HMAC_MD5, DIGEST(MAC, HMAC_MD5, 16) },
    { CRYPTODEV_MB_HMAC_SHA512, DIGEST(MAC, HMAC_SHA512, 16) },
    { CRYPTODEV_MB_CMAC_128, DIGEST(MAC, CMAC_AES, 16) },
    { CRYPTODEV_MB_CMAC_256, DIGEST(MAC, CMAC_AES, 32) },
    { CRYPTODEV_MB_SHA1, DIGEST(HASH, SHA1, 0) },
    { CRYPTODEV_MB_SHA512, DIGEST(HASH, SHA512, 0) },
    { CRYPTODEV_MB_CCM_128, AEAD(AES_CCM, 16, true) },
    { CRYPTODEV_MB_CCM_256, AEAD(AES_CCM, 32, false) },
    { CRYPTODEV_MB_CHACHA20_POLY1305, AEAD(CHACHA20_POLY1305, 32, true) },
    { CRYPTODEV_MB_GCM, AEAD(AES_GCM, 24, false) },
};

/* The base computes what a kind is for that is wrong, and nothing else. */
static void test_unsound(CryptoDevBackend *none,
                         const CryptoDevCapability *capability)
{
    uint64_t *sound = &library_get()->findings.sound;
    uint64_t all = *sound;

    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
        *sound = all & ~BIT_ULL(kinds[i].kind);
        for (size_t k = 0; k < ARRAY_SIZE(kinds); k++) {
            g_assert_cmpint(is_served_by_base(&kinds[k].params), ==, i == k);
        }
    }
    *sound = all & ~BIT_ULL(CRYPTODEV_MB_ENCRYPT_SHA1);
    g_assert_true(is_served_by_base(&chain));
    g_assert_false(is_served_by_base(&cbc));
    *sound = all & ~BIT_ULL(CRYPTODEV_MB_DECRYPT_SHA1);
    g_assert_false(is_served_by_base(&chain));
    *sound = all;
}

static void check_unused(void)
{
    CryptoDevBackend *backend = above_new(NULL);
    CryptoDevState *parent = cryptodev_state_new(backend);
    const CryptoDevMbState *state =
        container_of(parent, CryptoDevMbState, parent);

    g_assert_null(state->manager);
    g_assert_null(state->scratch.bytes);
    cryptodev_state_free(parent);
    object_unref(OBJECT(backend));
    g_assert_true(is_served_by_base(&cbc));
}

/* Without the library, the base computes everything. */
static void test_unusable(CryptoDevBackend *none,
                          const CryptoDevCapability *capability)
{
    CryptoDevMbLibrary saved = *library_get();

    *library_get() = (CryptoDevMbLibrary) { };
    check_unused();
    for (size_t i = 0; i < ARRAY_SIZE(kinds); i++) {
        g_assert_true(is_served_by_base(&kinds[i].params));
    }
    g_assert_true(is_served_by_base(&chain));
    *library_get() = saved;
}

/* The library is no FIPS module, and is not used beside one. */
static void test_fips(CryptoDevBackend *none,
                      const CryptoDevCapability *capability)
{
    if (g_test_subprocess()) {
        g_assert_true(gcry_fips_mode_active());
        check_unused();
        return;
    }
    g_setenv("LIBGCRYPT_FORCE_FIPS_MODE", "1", true);
    g_test_trap_subprocess(NULL, 0, 0);
    g_unsetenv("LIBGCRYPT_FORCE_FIPS_MODE");
    g_test_trap_assert_passed();
    g_test_trap_assert_stderr("*ipsec-mb is no FIPS module*");
}

void add_ipsec_mb_base_tests(const Conformance *conformance)
{
    ipsec_mb_add(conformance, "base/disabled", test_base_disabled);
    ipsec_mb_add(conformance, "base/named", test_base_named);
    ipsec_mb_add(conformance, "base/rejection", test_base_rejection);
    ipsec_mb_add(conformance, "base/unsound", test_unsound);
    conformance_add(conformance, NULL, "base/unusable", test_unusable);
    conformance_add(conformance, NULL, "base/fips", test_fips);
}
