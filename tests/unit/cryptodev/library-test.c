/*
 * Tests of what an OpenSSL backend makes of its options
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <glib/gstdio.h>
#include "qapi/error.h"
#include "qobject/qlist.h"
#include "qom/object_interfaces.h"
#include "qom/qom-qobject.h"
#include "chosen-test.h"
#include "conformance-subject.h"
#include "counting-test.h"
#include "library-test.h"

#define LEN 100

/* OpenSSL looks for what is not absolute in a folder of its own. */
char *counting_module(void)
{
    g_autofree char *path =
        g_test_build_filename(G_TEST_BUILT, "cryptodev",
                              "virtio-crypto-counting.so", NULL);

    return g_canonicalize_filename(path, NULL);
}

static char *write_config(const char *text)
{
    GError *error = NULL;
    char *path;
    int fd = g_file_open_tmp("virtio-crypto-XXXXXX.cnf", &path, &error);

    g_assert_no_error(error);
    close(fd);
    g_file_set_contents(path, text, -1, &error);
    g_assert_no_error(error);
    return path;
}

static void set_providers(Object *object, const LibraryOptions *options)
{
    g_autoptr(QList) names = qlist_new();

    for (size_t i = 0; i < ARRAY_SIZE(options->providers); i++) {
        if (options->providers[i]) {
            qlist_append_str(names, options->providers[i]);
        }
    }
    object_property_set_qobject(object, "providers", QOBJECT(names),
                                &error_abort);
}

CryptoDevBackend *library_new(const LibraryOptions *options, Error **errp)
{
    Object *object = object_new(TYPE_CRYPTODEV_BACKEND_OPENSSL);
    g_autofree char *path = NULL;

    if (options->config) {
        path = write_config(options->config);
        object_property_set_str(object, "config", path, &error_abort);
    }
    if (options->propq) {
        object_property_set_str(object, "propq", options->propq,
                                &error_abort);
    }
    set_providers(object, options);
    object_property_set_bool(object, "rsa-implicit-rejection",
                             options->rejects_implicitly, &error_abort);
    if (!user_creatable_complete(USER_CREATABLE(object), errp)) {
        g_clear_pointer(&object, object_unref);
    }
    if (path) {
        g_remove(path);
    }
    return (CryptoDevBackend *)object;
}

/* Of what OpenSSL calls legacy, DES is of use. */
void test_library_legacy(CryptoDevBackend *unused,
                         const CryptoDevCapability *capability)
{
    static const struct {
        const char *name;
        bool served;
    } algorithms[] = {
        { "des-ecb", true }, { "des-cbc", true }, { "aes-cbc", true },
        { "arc4", false },
    };
    const LibraryOptions options = { .providers = { "legacy", "default" } };
    CryptoDevBackend *backend = library_new(&options, &error_abort);
    g_autoptr(GRand) rand = g_rand_new_with_seed(56);

    for (size_t i = 0; i < ARRAY_SIZE(algorithms); i++) {
        g_autoptr(Subject) subject = subject_random(
            backend, find_algorithm(backend, algorithms[i].name), rand);
        g_autoptr(Trial) trial = subject_trial(subject, LEN, rand);

        g_test_message("%s", algorithms[i].name);
        g_assert_cmpint(subject->session->backend == backend, ==,
                        algorithms[i].served);
        trial_run_all(backend, trial);
    }
    object_unref(OBJECT(backend));
}

/* A section that says nothing leaves the default provider. */
void test_library_empty_section(CryptoDevBackend *unused,
                                const CryptoDevCapability *capability)
{
    const LibraryOptions options = { "openssl_conf = a\n[a]\n" };
    CryptoDevBackend *backend = library_new(&options, &error_abort);
    g_autoptr(GRand) rand = g_rand_new_with_seed(57);
    Subject *subject = subject_random(
        backend, find_algorithm(backend, "aes-cbc"), rand);
    Trial *trial = subject_trial(subject, LEN, rand);

    g_assert_true(subject->session->backend == backend);
    trial_run_all(backend, trial);
    trial_free(trial);
    subject_free(subject);
    object_unref(OBJECT(backend));
}

#define BAD_CONFIG "OpenSSL cannot load the configuration '"
#define NO_SECTION "' has no 'openssl_conf = SECTION'"

static const struct {
    LibraryOptions options;
    const char *words;
} mistakes[] = {
    { { "" }, NO_SECTION },
    { { "providers = p\n[p]\nlegacy = l\n[l]\nactivate = 1\n" }, NO_SECTION },
    /* This is the section's own. */
    { { "[a]\nopenssl_conf = a\n" }, NO_SECTION },
    { { "openssl_conf\n" }, BAD_CONFIG },
    { { "openssl_conf = no-such\n" }, BAD_CONFIG },
    { { "openssl_conf = a\n[a]\nno-such = b\n" }, BAD_CONFIG },
    { { "openssl_conf = a\n[a]\nproviders = no-such\n" }, BAD_CONFIG },
    { { "openssl_conf = a\n[a]\nalg_section = b\n"
        "[b]\ndefault_properties = fips==\n" }, BAD_CONFIG },
    { { .propq = "fips==" }, "'propq' must be a property query" },
    { { .providers = { "default", "no-such" } },
      "cannot load the provider 'no-such': " },
    { { .providers = { "" } }, "cannot load the provider '': " },
    /* What the file says of it is that the module is none. */
    { { "openssl_conf = a\n[a]\nproviders = b\n[b]\nmine = c\n"
        "[c]\nmodule = /dev/null\n", .providers = { "mine" } },
      "cannot load the provider 'mine': " },
    { { .propq = "provider=no-such,fips=yes" }, "no algorithm" },
};

/* Whatever is wrong with the options, the one error tells, with a reason. */
void test_library_mistakes(CryptoDevBackend *unused,
                           const CryptoDevCapability *capability)
{
    for (size_t i = 0; i < ARRAY_SIZE(mistakes); i++) {
        Error *err = NULL;

        g_assert_null(library_new(&mistakes[i].options, &err));
        g_test_message("%s", error_get_pretty(err));
        g_assert_nonnull(strstr(error_get_pretty(err), mistakes[i].words));
        g_assert_null(strstr(error_get_pretty(err), "unknown error"));
        error_free(err);
    }
}

/* Whatever fails behind the provider, it is not left loaded. */
static void check_unloaded(const CountingProvider *counting, const char *module)
{
    const LibraryOptions failing[] = {
        { .providers = { module, "no-such" } },
        { .providers = { module }, .propq = "fips==" },
    };

    for (size_t i = 0; i < ARRAY_SIZE(failing); i++) {
        int before = counting->loaded;
        Error *err = NULL;

        g_assert_null(library_new(&failing[i], &err));
        error_free(err);
        g_assert_cmpint(counting->loaded, ==, before);
    }
}

/* A provider that fails its self-test serves nothing. */
void test_library_self_test(CryptoDevBackend *unused,
                            const CryptoDevCapability *capability)
{
    g_autofree char *module = counting_module();
    const LibraryOptions options = { .providers = { module } };
    CountingProvider *counting = counting_find();
    int before = counting->loaded;
    Error *err = NULL;

    counting->fails_self_test = true;
    g_assert_null(library_new(&options, &err));
    counting->fails_self_test = false;
    g_test_message("%s", error_get_pretty(err));
    g_assert_nonnull(strstr(error_get_pretty(err), "fails its self-test: "));
    error_free(err);
    g_assert_cmpint(counting->loaded, ==, before);
    object_unref(OBJECT(library_new(&options, &error_abort)));
    g_assert_cmpint(counting->loaded, ==, before + 1);
    check_unloaded(counting, module);
}
