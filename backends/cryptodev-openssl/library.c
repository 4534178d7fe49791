/*
 * The OpenSSL backend: a library context with the user's providers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/conf.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include "qapi/clone-visitor.h"
#include "qapi/error.h"
#include "qapi/qapi-builtin-visit.h"
#include "library.h"

G_DEFINE_AUTOPTR_CLEANUP_FUNC(CONF, NCONF_free)

bool cryptodev_openssl_is_default(const CryptoDevOpensslChoice *choice)
{
    return !choice->providers && !choice->propq && !choice->config;
}

bool cryptodev_openssl_is_fips(const CryptoDevOpensslLibrary *library)
{
    return EVP_default_properties_is_fips_enabled(library->context);
}

/*
 * Each thread that draws random numbers in a context gets generators in it,
 * which OpenSSL frees when the thread ends: the context must still exist then.
 * GLib keeps the threads of a pool for other pools, so they may end long after
 * the backend.  Never free a context; the next backend with the same choice
 * uses it again.
 */
static GPtrArray *libraries;

static bool is_same_string(const char *one, const char *other)
{
    return g_strcmp0(one, other) == 0;
}

static bool is_same_list(const strList *one, const strList *other)
{
    while (one && other && g_str_equal(one->value, other->value)) {
        one = one->next;
        other = other->next;
    }
    return !one && !other;
}

static const CryptoDevOpensslLibrary *
find_library(const CryptoDevOpensslChoice *choice)
{
    for (guint i = 0; libraries && i < libraries->len; i++) {
        const CryptoDevOpensslLibrary *library =
            g_ptr_array_index(libraries, i);

        if (is_same_list(library->choice.providers, choice->providers) &&
            is_same_string(library->choice.propq, choice->propq) &&
            is_same_string(library->choice.config, choice->config)) {
            return library;
        }
    }
    return NULL;
}

/* The first error is the cause of those after it.  Clear the error queue. */
static const char *take_reason(void)
{
    unsigned long code = ERR_get_error();
    const char *reason = ERR_SYSTEM_ERROR(code)
                         ? strerror(ERR_GET_REASON(code))
                         : ERR_reason_error_string(code);

    ERR_clear_error();
    return reason ?: "unknown error";
}

/* OpenSSL ignores a file that does not say which section is for it. */
static bool load_config(OSSL_LIB_CTX *context, const char *file, Error **errp)
{
    g_autoptr(CONF) config = NCONF_new_ex(context, NULL);
    bool loaded;

    ERR_clear_error();
    loaded = config && NCONF_load(config, file, NULL) > 0;
    if (loaded && !NCONF_get_string(config, NULL, "openssl_conf")) {
        ERR_clear_error();
        error_setg(errp, "the configuration '%s' has no 'openssl_conf ="
                   " SECTION' in front of its sections", file);
        return false;
    }
    if (!loaded || CONF_modules_load(config, NULL, 0) <= 0) {
        error_setg(errp, "OpenSSL cannot load the configuration '%s': %s",
                   file, take_reason());
        return false;
    }
    return true;
}

static OSSL_PROVIDER *load_provider(OSSL_LIB_CTX *context, const char *name,
                                    Error **errp)
{
    OSSL_PROVIDER *provider;

    ERR_clear_error();
    provider = OSSL_PROVIDER_load(context, name);
    if (!provider) {
        error_setg(errp, "OpenSSL cannot load the provider '%s': %s", name,
                   take_reason());
        return NULL;
    }
    if (!OSSL_PROVIDER_self_test(provider)) {
        error_setg(errp, "OpenSSL's provider '%s' fails its self-test: %s",
                   name, take_reason());
        OSSL_PROVIDER_unload(provider);
        return NULL;
    }
    return provider;
}

/* The query replaces the configuration file's; keep fips=yes of that one. */
static bool set_query(OSSL_LIB_CTX *context, const char *propq, Error **errp)
{
    bool is_fips = EVP_default_properties_is_fips_enabled(context);

    ERR_clear_error();
    if (!EVP_set_default_properties(context, propq) ||
        (is_fips && !EVP_default_properties_enable_fips(context, 1))) {
        error_setg(errp, "'propq' must be a property query of OpenSSL's,"
                   " not '%s': %s", propq, take_reason());
        return false;
    }
    return true;
}

/*
 * Load these providers, and set the query, or NULL for none.  A provider stays
 * loaded as long as its context, unless something fails behind it.
 */
static bool load_providers(OSSL_LIB_CTX *context, const strList *names,
                           const char *propq, Error **errp)
{
    OSSL_PROVIDER *provider;
    bool ok;

    if (!names) {
        return !propq || set_query(context, propq, errp);
    }
    provider = load_provider(context, names->value, errp);
    ok = provider && load_providers(context, names->next, propq, errp);
    if (provider && !ok) {
        OSSL_PROVIDER_unload(provider);
    }
    return ok;
}

static bool apply(OSSL_LIB_CTX *context, const CryptoDevOpensslChoice *choice,
                  Error **errp)
{
    return (!choice->config || load_config(context, choice->config, errp)) &&
           load_providers(context, choice->providers, choice->propq, errp);
}

static const CryptoDevOpensslLibrary *
keep(OSSL_LIB_CTX *context, const CryptoDevOpensslChoice *choice)
{
    CryptoDevOpensslLibrary *library = g_new(CryptoDevOpensslLibrary, 1);

    *library = (CryptoDevOpensslLibrary) {
        .choice.providers = QAPI_CLONE(strList, choice->providers),
        .choice.propq = g_strdup(choice->propq),
        .choice.config = g_strdup(choice->config),
        .context = context,
        .primitives = cryptodev_openssl_primitives_new(
                          context, !cryptodev_openssl_is_default(choice)),
    };
    if (!libraries) {
        libraries = g_ptr_array_new();
    }
    g_ptr_array_add(libraries, library);
    return library;
}

/* No other thread has used a context that could not be set up: free it. */
const CryptoDevOpensslLibrary *
cryptodev_openssl_library(const CryptoDevOpensslChoice *choice, Error **errp)
{
    const CryptoDevOpensslLibrary *library = find_library(choice);
    OSSL_LIB_CTX *context;

    if (library) {
        return library;
    }
    context = OSSL_LIB_CTX_new();
    if (!context) {
        error_setg(errp, "OpenSSL cannot make a library context: %s",
                   take_reason());
        return NULL;
    }
    if (!apply(context, choice, errp)) {
        OSSL_LIB_CTX_free(context);
        return NULL;
    }
    return keep(context, choice);
}
