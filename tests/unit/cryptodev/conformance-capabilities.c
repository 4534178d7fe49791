/*
 * Conformance of backends: the table of capabilities
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "system/cryptodev-compute.h"
#include "conformance.h"
#include "conformance-reference.h"
#include "conformance-subject.h"

/* A number that no algorithm has */
#define NO_ALGO 1000

/* Whether there are tests of an algorithm, which compare it with something */
static bool is_covered(const CryptoDevCapability *capability)
{
    switch (capability->service) {
    case CRYPTODEV_SERVICE_CIPHER:
    case CRYPTODEV_SERVICE_HASH:
    case CRYPTODEV_SERVICE_MAC:
    case CRYPTODEV_SERVICE_AEAD:
        return reference_has(capability);
    case CRYPTODEV_SERVICE_AKCIPHER:
        return capability->algo == CRYPTODEV_AKCIPHER_RSA ||
               capability->algo == CRYPTODEV_AKCIPHER_DSA ||
               capability->algo == CRYPTODEV_AKCIPHER_ECDSA;
    default:
        /* The tests of computations tell in the end what none of them had. */
        return cryptodev_has_operations(capability->service);
    }
}

static void test_covered(CryptoDevBackend *backend,
                         const CryptoDevCapability *none)
{
    const CryptoDevCapability *capability;
    guint i = 0;

    while ((capability = cryptodev_backend_next(backend, &i))) {
        if (!is_covered(capability)) {
            g_test_message("%s/%s, number %u: there is no reference, or it has"
                           " another name or other lengths",
                           CryptodevService_str(capability->service),
                           capability->name, capability->algo);
            g_test_fail();
        }
    }
    g_assert_cmpint(i, >, 0);
}

/* Each algorithm is there once. */
static void test_found(CryptoDevBackend *backend,
                       const CryptoDevCapability *none)
{
    const CryptoDevCapability *capability;
    guint i = 0;

    while ((capability = cryptodev_backend_next(backend, &i))) {
        g_assert_true(cryptodev_backend_find(backend, capability->service,
                                             capability->algo) == capability);
    }
}

static void test_unknown(CryptoDevBackend *backend,
                         const CryptoDevCapability *none)
{
    static const uint8_t key[64];

    for (int service = 0; service < CRYPTODEV_SERVICE__MAX; service++) {
        CryptoDevSessionParams params = {
            .service = service,
            .algo = NO_ALGO,
        };

        if (!cryptodev_has_operations(service)) {
            params.key = key;
            params.key_len = sizeof(key);
        }
        g_assert_null(cryptodev_backend_find(backend, service, NO_ALGO));
        subject_refused(backend, &params, CRYPTODEV_NOTSUPP);
        params.algo = UINT32_MAX;
        subject_refused(backend, &params, CRYPTODEV_NOTSUPP);
    }
}

static CryptodevDevice *describe(void *user)
{
    g_assert_not_reached();
}

static bool offers(void *user, CryptodevService service, uint32_t algo)
{
    return true;
}

static void add_stats(void *user, CryptoDevStats *sum)
{
}

static void limits_changed(void *user)
{
}

static const CryptoDevUserOps user_ops = {
    .describe = describe,
    .offers = offers,
    .add_stats = add_stats,
    .limits_changed = limits_changed,
};

/* Who claims some services has no others, and nobody else has any. */
static void test_claim(CryptoDevBackend *backend,
                       const CryptoDevCapability *none)
{
    uint32_t services = BIT(CRYPTODEV_SERVICE_HASH);
    const CryptoDevSessionParams params = {
        .service = CRYPTODEV_SERVICE_MAC,
        .algo = CRYPTODEV_MAC_HMAC_SHA1,
    };
    const CryptoDevCapability *capability;
    Error *err = NULL;
    guint i = 0;

    g_assert_true(cryptodev_backend_claim(backend, services, &user_ops,
                                          &services, &error_abort));
    while ((capability = cryptodev_backend_next(backend, &i))) {
        g_assert_cmpint(capability->service, ==, CRYPTODEV_SERVICE_HASH);
    }
    subject_refused(backend, &params, CRYPTODEV_NOTSUPP);
    g_assert_false(cryptodev_backend_claim(backend, services, &user_ops,
                                           &services, &err));
    g_assert_nonnull(err);
    error_free(err);
    cryptodev_backend_release(backend);
}

void add_conformance_capabilities(const Conformance *conformance)
{
    conformance_add(conformance, NULL, "capabilities/covered", test_covered);
    conformance_add(conformance, NULL, "capabilities/found", test_found);
    conformance_add(conformance, NULL, "capabilities/unknown", test_unknown);
    conformance_add(conformance, NULL, "capabilities/claim", test_claim);
}
