/*
 * Conformance of all backends, without a device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qemu/module.h"
#include "qobject/qlist.h"
#include "qom/object_interfaces.h"
#include "qom/qom-qobject.h"
#include "cryptodev/agreement.h"
#include "cryptodev/chosen-test.h"
#include "cryptodev/counting-test.h"
#include "cryptodev/failing-hash-test.h"
#include "cryptodev/failing-memory-test.h"
#include "cryptodev/gcrypt-messages.h"
#include "cryptodev/ipsec-mb-base-test.h"
#include "cryptodev/ipsec-mb-radio-test.h"
#include "cryptodev/ipsec-mb-self-test.h"
#include "cryptodev/ipsec-mb-test.h"
#include "cryptodev/lanes-test.h"
#include "cryptodev/one-piece-test.h"
#include "cryptodev/quick-test.h"
#include "cryptodev/together-test.h"

/* So many requests at least must be right, and wrong, to compare backends. */
#define REQUESTS_MIN 20

/*
 * How a backend under test is called, and made, and of which services random
 * requests get the same answers from it as from the first one, bit n for the
 * CryptodevService n; it computes those of others as the first one does
 */
typedef struct Candidate {
    const char *name;
    const char *type;
    void (*set_options)(Object *object);
    void (*add)(const Conformance *conformance);
    uint32_t agrees;
} Candidate;

static void add_together(const Conformance *conformance)
{
    conformance_add(conformance, NULL, "together", test_together);
    conformance_add(conformance, NULL, "together-ops", test_together_ops);
    conformance_add(conformance, NULL, "together-threads",
                    test_together_threads);
}

static void add_symmetric(const Conformance *conformance)
{
    add_conformance_capabilities(conformance);
    add_conformance_ciphers(conformance);
    add_conformance_digests(conformance);
    add_conformance_aead(conformance);
    add_conformance_chains(conformance);
    add_conformance_guards(conformance);
    add_conformance_batches(conformance);
    add_conformance_threads(conformance);
}

static void add_all(const Conformance *conformance)
{
    add_symmetric(conformance);
    add_conformance_rsa(conformance);
    add_conformance_signatures(conformance);
    add_conformance_computations(conformance);
    add_together(conformance);
}

/* What libgcrypt lacks must not be looked for behind its tables. */
static void test_no_radio(CryptoDevBackend *backend,
                          const CryptoDevCapability *capability)
{
    static const struct {
        CryptodevService service;
        uint32_t algo;
    } algorithms[] = {
        { CRYPTODEV_SERVICE_CIPHER, CRYPTODEV_CIPHER_KASUMI_F8 },
        { CRYPTODEV_SERVICE_CIPHER, CRYPTODEV_CIPHER_SNOW3G_UEA2 },
        { CRYPTODEV_SERVICE_CIPHER, CRYPTODEV_CIPHER_ZUC_EEA3 },
        { CRYPTODEV_SERVICE_MAC, CRYPTODEV_MAC_KASUMI_F9 },
        { CRYPTODEV_SERVICE_MAC, CRYPTODEV_MAC_SNOW3G_UIA2 },
        { CRYPTODEV_SERVICE_MAC, CRYPTODEV_MAC_ZUC_EIA3 },
    };

    for (size_t i = 0; i < ARRAY_SIZE(algorithms); i++) {
        g_assert_null(cryptodev_backend_find(backend, algorithms[i].service,
                                             algorithms[i].algo));
    }
}

static void add_gcrypt(const Conformance *conformance)
{
    add_all(conformance);
    conformance_add(conformance, NULL, "kinds", test_no_kinds);
    conformance_add(conformance, NULL, "no-radio", test_no_radio);
    conformance_add(conformance, NULL, "failing-hash", test_failing_hash);
}

static void add_openssl(const Conformance *conformance)
{
    add_all(conformance);
    conformance_add(conformance, NULL, "services", test_not_chosen);
    conformance_add(conformance, NULL, "quick", test_quick);
    conformance_add(conformance, NULL, "failing-memory", test_failing_memory);
    conformance_add(conformance, NULL, "kinds", test_no_kinds);
}

/* What it does with an operation that is alone is what OpenSSL does. */
static void add_multi_buffer(const Conformance *conformance)
{
    add_together(conformance);
    conformance_add(conformance, NULL, "kinds", test_kinds);
    add_lanes_tests(conformance);
}

static void add_chosen(const Conformance *conformance)
{
    add_all(conformance);
    conformance_add(conformance, NULL, "services", test_chosen);
    conformance_add(conformance, NULL, "quick", test_not_quick);
    conformance_add(conformance, NULL, "kinds", test_no_kinds);
    conformance_add(conformance, NULL, "fips", test_fips);
    conformance_add(conformance, NULL, "fips-base", test_fips_base);
    add_counting_tests(conformance);
}

static void choose_providers(Object *object)
{
    QList *providers = qlist_new();

    qlist_append_str(providers, "legacy");
    qlist_append_str(providers, "default");
    object_property_set_qobject(object, "providers", QOBJECT(providers),
                                &error_abort);
    object_property_set_str(object, "propq", "provider=default",
                            &error_abort);
    qobject_unref(providers);
}

static void set_multi_buffer(Object *object, const char *value)
{
    object_property_set_str(object, "multi-buffer", value, &error_abort);
}

static void choose_no_lanes(Object *object)
{
    set_multi_buffer(object, "off");
}

static void choose_lanes(Object *object)
{
    set_multi_buffer(object, "on");
}

#ifdef CONFIG_CRYPTODEV_IPSEC_MB
/* Sessions of public keys are the base's own, which has the same tests. */
static void add_ipsec_mb(const Conformance *conformance)
{
    add_symmetric(conformance);
    add_ipsec_mb_tests(conformance);
    add_ipsec_mb_base_tests(conformance);
    add_ipsec_mb_self_tests(conformance);
    add_ipsec_mb_radio_tests(conformance);
}
#endif

static const Candidate candidates[] = {
    { "gcrypt", TYPE_CRYPTODEV_BACKEND_GCRYPT, NULL, add_gcrypt },
    { "openssl", TYPE_CRYPTODEV_BACKEND_OPENSSL, choose_no_lanes, add_openssl,
      CRYPTODEV_SERVICES_ALL },
    { "openssl-multi-buffer", TYPE_CRYPTODEV_BACKEND_OPENSSL, choose_lanes,
      add_multi_buffer },
    { "openssl-chosen", TYPE_CRYPTODEV_BACKEND_OPENSSL, choose_providers,
      add_chosen, CRYPTODEV_SERVICES_ALL },
#ifdef CONFIG_CRYPTODEV_IPSEC_MB
    { "ipsec-mb", TYPE_CRYPTODEV_BACKEND_IPSEC_MB, NULL, add_ipsec_mb,
      BIT(CRYPTODEV_SERVICE_CIPHER) },
#endif
    { "one-piece", TYPE_CRYPTODEV_BACKEND_ONE_PIECE, NULL,
      add_one_piece_tests },
};

/* Backends live as long as the program.  Returns NULL on an error. */
static CryptoDevBackend *make(const Candidate *candidate, Error **errp)
{
    Object *object = object_new(candidate->type);

    if (candidate->set_options) {
        candidate->set_options(object);
    }
    if (!user_creatable_complete(USER_CREATABLE(object), errp)) {
        object_unref(object);
        return NULL;
    }
    return CRYPTODEV_BACKEND(object);
}

/* A build or a host that cannot have several public keys at once says so. */
static void test_unable(gconstpointer opaque)
{
    Error *err = NULL;

    g_assert_null(make(opaque, &err));
    g_assert_true(g_str_has_prefix(error_get_pretty(err),
                                   "multi-buffer=on needs a "));
    error_free(err);
}

/* What two backends must agree on */
static const struct {
    const char *name;
    void (*run)(Agreement *agreement);
    CryptodevService service;
} agreements[] = {
    { "rsa", agreement_rsa, CRYPTODEV_SERVICE_AKCIPHER },
    { "rsa-service", agreement_rsa_service, CRYPTODEV_SERVICE_RSA },
    { "dsa", agreement_dsa, CRYPTODEV_SERVICE_AKCIPHER },
    { "dsa-service", agreement_dsa_service, CRYPTODEV_SERVICE_DSA },
    { "ec", agreement_ec, CRYPTODEV_SERVICE_EC },
    { "ecdsa", agreement_ecdsa, CRYPTODEV_SERVICE_AKCIPHER },
    { "ecdsa-service", agreement_ecdsa_service, CRYPTODEV_SERVICE_ECDSA },
    { "ecdh", agreement_ecdh, CRYPTODEV_SERVICE_ECDH },
    { "montgomery", agreement_montgomery, CRYPTODEV_SERVICE_ECDH },
    { "dh", agreement_dh, CRYPTODEV_SERVICE_DH },
    { "ln", agreement_ln, CRYPTODEV_SERVICE_LN },
    { "prime", agreement_prime, CRYPTODEV_SERVICE_PRIME },
    { "symmetric", agreement_symmetric, CRYPTODEV_SERVICE_CIPHER },
    { "batches", agreement_batches, CRYPTODEV_SERVICE_CIPHER },
};

typedef struct AgreementTest {
    CryptoDevBackend *backends[AGREEMENT_BACKENDS];
    void (*run)(Agreement *agreement);
} AgreementTest;

static void run_agreement(gconstpointer opaque)
{
    const AgreementTest *test = opaque;
    g_autoptr(GRand) rand = g_rand_new_with_seed(g_test_rand_int());
    Agreement agreement = {
        { test->backends[0], test->backends[1] }, rand,
    };

    test->run(&agreement);
    g_test_message("both have done %zu requests and refused %zu",
                   agreement.done, agreement.refused);
    g_assert_cmpint(agreement.done, >=, REQUESTS_MIN);
    g_assert_cmpint(agreement.refused, >=, REQUESTS_MIN);
}

static void add_agreements(CryptoDevBackend *one, CryptoDevBackend *other,
                           const Candidate *candidate)
{
    for (size_t i = 0; i < ARRAY_SIZE(agreements); i++) {
        g_autofree char *path = NULL;
        AgreementTest *test;

        if (!(candidate->agrees & BIT(agreements[i].service))) {
            continue;
        }
        path = g_strconcat("/conformance/agreement/", candidate->name, "/",
                           agreements[i].name, NULL);
        test = g_new(AgreementTest, 1);
        *test = (AgreementTest) { { one, other }, agreements[i].run };
        g_test_add_data_func_full(path, test, run_agreement, g_free);
    }
}

/* The build may lack a backend.  All agree with the first one. */
static void add_tests(const Candidate *candidate)
{
    static CryptoDevBackend *first;
    g_autofree char *path =
        g_strconcat("/conformance/", candidate->name, "/", NULL);
    Conformance conformance = { .path = path };

    if (!object_class_by_name(candidate->type)) {
        return;
    }
    conformance.backend = make(candidate, NULL);
    if (!conformance.backend) {
        g_autofree char *unable = g_strconcat(path, "unable", NULL);

        g_test_add_data_func(unable, candidate, test_unable);
        return;
    }
    candidate->add(&conformance);
    if (!first) {
        first = conformance.backend;
    } else if (candidate->agrees) {
        add_agreements(first, conformance.backend, candidate);
    }
}

int main(int argc, char **argv)
{
    failing_memory_init();
    g_test_init(&argc, &argv, NULL);
    module_call_init(MODULE_INIT_QOM);
    for (size_t i = 0; i < ARRAY_SIZE(candidates); i++) {
        add_tests(&candidates[i]);
    }
    refuse_messages();
    return g_test_run();
}
