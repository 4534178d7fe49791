/*
 * The OpenSSL backend: a library context with the user's providers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/provider.h>
#include "qapi/error.h"
#include "library.h"

struct CryptoDevOpensslLibrary {
    OSSL_LIB_CTX *context;
    GPtrArray *providers;
};

/*
 * The first error is the cause, and those after it what came of it.  Take all
 * of them off the thread's list.
 */
static const char *take_reason(void)
{
    unsigned long code = ERR_get_error();
    const char *reason = ERR_reason_error_string(code);

    ERR_clear_error();
    return reason ?: "unknown error";
}

static void unload(void *provider)
{
    OSSL_PROVIDER_unload(provider);
}

static bool load_config(CryptoDevOpensslLibrary *library, const char *file,
                        Error **errp)
{
    /* OpenSSL ignores a file that it cannot read, and gives no reason. */
    if (access(file, R_OK)) {
        error_setg_errno(errp, errno, "cannot read '%s'", file);
        return false;
    }
    ERR_clear_error();
    if (!OSSL_LIB_CTX_load_config(library->context, file)) {
        error_setg(errp, "OpenSSL cannot load the configuration '%s': %s",
                   file, take_reason());
        return false;
    }
    return true;
}

static bool load_provider(CryptoDevOpensslLibrary *library, const char *name,
                          Error **errp)
{
    OSSL_PROVIDER *provider;

    ERR_clear_error();
    provider = OSSL_PROVIDER_load(library->context, name);
    if (!provider) {
        error_setg(errp, "OpenSSL cannot load the provider '%s': %s", name,
                   take_reason());
        return false;
    }
    g_ptr_array_add(library->providers, provider);
    if (!OSSL_PROVIDER_self_test(provider)) {
        error_setg(errp, "OpenSSL's provider '%s' fails its self-test: %s",
                   name, take_reason());
        return false;
    }
    return true;
}

static bool set_query(CryptoDevOpensslLibrary *library, const char *propq,
                      Error **errp)
{
    ERR_clear_error();
    if (!EVP_set_default_properties(library->context, propq)) {
        error_setg(errp, "'propq' must be a property query of OpenSSL's,"
                   " not '%s': %s", propq, take_reason());
        return false;
    }
    return true;
}

static bool apply(CryptoDevOpensslLibrary *library,
                  const CryptoDevOpensslChoice *choice, Error **errp)
{
    const strList *name;

    if (choice->config && !load_config(library, choice->config, errp)) {
        return false;
    }
    for (name = choice->providers; name; name = name->next) {
        if (!load_provider(library, name->value, errp)) {
            return false;
        }
    }
    return !choice->propq || set_query(library, choice->propq, errp);
}

CryptoDevOpensslLibrary *
cryptodev_openssl_library_new(const CryptoDevOpensslChoice *choice,
                              Error **errp)
{
    CryptoDevOpensslLibrary *library = g_new0(CryptoDevOpensslLibrary, 1);

    library->providers = g_ptr_array_new_with_free_func(unload);
    library->context = OSSL_LIB_CTX_new();
    if (!library->context) {
        error_setg(errp, "OpenSSL cannot make a library context: %s",
                   take_reason());
    } else if (apply(library, choice, errp)) {
        return library;
    }
    cryptodev_openssl_library_free(library);
    return NULL;
}

void cryptodev_openssl_library_free(CryptoDevOpensslLibrary *library)
{
    if (library) {
        g_ptr_array_free(library->providers, true);
        OSSL_LIB_CTX_free(library->context);
        g_free(library);
    }
}

OSSL_LIB_CTX *
cryptodev_openssl_library_context(const CryptoDevOpensslLibrary *library)
{
    return library->context;
}
