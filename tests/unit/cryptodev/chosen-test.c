/*
 * Which algorithms an OpenSSL backend serves itself, and which its base does
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qom/object_interfaces.h"
#include "chosen-test.h"
#include "conformance-subject.h"

/* What OpenSSL's default provider serves if it is chosen, or the base does */
static const struct {
    const char *name;
    bool served;
} algorithms[] = {
    { "arc4", false }, { "aes-ecb", true }, { "aes-cbc", true },
    { "aes-ctr", true }, { "aes-xts", false }, { "aes-f8", false },
    { "3des-ecb", true }, { "3des-cbc", true }, { "3des-ctr", false },
    /* The legacy provider has DES, but the query does not match it. */
    { "des-ecb", false }, { "des-cbc", false },
    { "md5", true }, { "sha1", true }, { "sha256", true }, { "sha512", true },
    { "sha3-256", true }, { "shake128", false }, { "hmac-md5", true },
    { "hmac-sha1", true }, { "hmac-sha512", true }, { "cmac-aes", false },
    { "cmac-3des", false }, { "gmac-aes", false }, { "aes-gcm", true },
    { "aes-ccm", false }, { "chacha20-poly1305", true },
};

const CryptoDevCapability *find_algorithm(CryptoDevBackend *backend,
                                          const char *name)
{
    const CryptoDevCapability *capability;
    guint i = 0;

    do {
        capability = cryptodev_backend_next(backend, &i);
        g_assert_nonnull(capability);
    } while (strcmp(capability->name, name));
    return capability;
}

static void check(CryptoDevBackend *backend, bool chosen)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(1);

    for (size_t i = 0; i < ARRAY_SIZE(algorithms); i++) {
        const CryptoDevCapability *capability =
            find_algorithm(backend, algorithms[i].name);
        g_autoptr(Subject) subject = subject_random(backend, capability, rand);
        bool served = subject->session->backend == backend;

        if (served != (chosen && algorithms[i].served)) {
            g_test_message("%s is %s", algorithms[i].name,
                           served ? "served" : "left to the base");
            g_test_fail();
        }
    }
}

void test_chosen(CryptoDevBackend *backend,
                 const CryptoDevCapability *capability)
{
    check(backend, true);
}

/* No provider here is approved: there is nothing, and nothing of a base. */
void test_fips(CryptoDevBackend *backend,
               const CryptoDevCapability *capability)
{
    Object *object = object_new(TYPE_CRYPTODEV_BACKEND_OPENSSL);
    Error *err = NULL;

    object_property_set_str(object, "propq", "fips=yes", &error_abort);
    g_assert_false(user_creatable_complete(USER_CREATABLE(object), &err));
    g_assert_nonnull(strstr(error_get_pretty(err), "no algorithm"));
    error_free(err);
    g_assert_null(CRYPTODEV_BACKEND(object)->base);
    object_unref(object);
}

/* A base that the user names is refused. */
void test_fips_base(CryptoDevBackend *backend,
                    const CryptoDevCapability *capability)
{
    Object *base = object_new(TYPE_CRYPTODEV_BACKEND_GCRYPT);
    Object *object = object_new(TYPE_CRYPTODEV_BACKEND_OPENSSL);
    Error *err = NULL;

    object_property_add_child(object_get_objects_root(), "fips-base", base);
    user_creatable_complete(USER_CREATABLE(base), &error_abort);
    object_property_set_str(object, "propq", "fips=yes", &error_abort);
    object_property_set_str(object, "base", "fips-base", &error_abort);
    g_assert_false(user_creatable_complete(USER_CREATABLE(object), &err));
    g_assert_nonnull(strstr(error_get_pretty(err), "'base' cannot be set"));
    error_free(err);
    object_unref(object);
    g_assert_null(CRYPTODEV_BACKEND(base)->above);
    object_unparent(base);
    object_unref(base);
}

void test_not_chosen(CryptoDevBackend *backend,
                     const CryptoDevCapability *capability)
{
    check(backend, false);
}
