/*
 * Tests of the ipsec-mb backend: what it has of its base, and without it
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qom/object_interfaces.h"
#include "conformance-subject.h"
#include "ipsec-mb-base-test.h"

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

static void check_alike(const CryptoDevBackend *one,
                        const CryptoDevBackend *other)
{
    g_assert_cmpint(one->capabilities->len, ==, other->capabilities->len);
    for (guint i = 0; i < one->capabilities->len; i++) {
        g_assert_true(g_ptr_array_index(one->capabilities, i) ==
                      g_ptr_array_index(other->capabilities, i));
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

    check_alike(above, base);
    g_assert_null(cryptodev_backend_find(above, cbc.service, cbc.algo));
    subject_refused(above, &cbc, CRYPTODEV_NOTSUPP);
    subject_refused(above, &chain, CRYPTODEV_NOTSUPP);
    ctr.algo = CRYPTODEV_CIPHER_AES_CTR;
    check_session(above, &ctr);
    both_delete(above, base);

    base = base_new(TYPE_CRYPTODEV_BACKEND_GCRYPT, "hmac-sha1");
    above = above_new(base);
    check_alike(above, base);
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
    check_alike(above, base);
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

void add_ipsec_mb_base_tests(const Conformance *conformance)
{
    conformance_add(conformance, NULL, "base/disabled", test_base_disabled);
    conformance_add(conformance, NULL, "base/named", test_base_named);
}
