/*
 * The OpenSSL backend: the object
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qapi/qapi-builtin-visit.h"
#include "cryptodev/common/drivers.h"
#include "cryptodev/common/rejection.h"
#include "cryptodev-openssl/drivers.h"
#include "cryptodev-openssl/lanes.h"

static const CryptoDevDriver *const drivers[] = {
    &cryptodev_common_cipher,
    &cryptodev_common_chain,
    &cryptodev_common_hash,
    &cryptodev_common_mac,
    &cryptodev_common_aead,
    &cryptodev_common_rsa,
    &cryptodev_common_rsa_service,
    &cryptodev_openssl_dsa,
    &cryptodev_openssl_ecdsa,
    &cryptodev_openssl_dh,
    &cryptodev_openssl_dsa_service,
    &cryptodev_openssl_ec,
    &cryptodev_openssl_ecdh,
    &cryptodev_openssl_ecdsa_service,
    &cryptodev_openssl_ln,
    &cryptodev_openssl_prime,
};

OSSL_LIB_CTX *cryptodev_openssl_context(CryptoDevBackend *backend)
{
    return CRYPTODEV_BACKEND_OPENSSL(backend)->context;
}

const CryptoDevOpensslCurve *cryptodev_openssl_curve(CryptoDevBackend *backend,
                                                     CryptoDevCurve id)
{
    CryptoDevOpenssl *openssl = CRYPTODEV_BACKEND_OPENSSL(backend);

    return openssl->curves ? cryptodev_openssl_curves_find(openssl->curves, id)
                           : NULL;
}

bool cryptodev_openssl_computes(CryptoDevBackend *backend)
{
    return cryptodev_openssl_is_default(
               &CRYPTODEV_BACKEND_OPENSSL(backend)->choice);
}

bool cryptodev_openssl_uses_lanes(CryptoDevBackend *backend)
{
    return CRYPTODEV_BACKEND_OPENSSL(backend)->uses_lanes;
}

static bool openssl_init(CryptoDevBackend *backend, Error **errp)
{
    CryptoDevOpenssl *openssl = CRYPTODEV_BACKEND_OPENSSL(backend);
    const CryptoDevOpensslLibrary *library =
        cryptodev_openssl_library(&openssl->choice, errp);

    if (!library ||
        !cryptodev_lanes_choose(
            openssl->multi_buffer,
            cryptodev_openssl_is_default(&openssl->choice),
            &openssl->uses_lanes, errp)) {
        return false;
    }
    openssl->context = library->context;
    backend->primitives = library->primitives;
    if (cryptodev_openssl_is_default(&openssl->choice)) {
        openssl->curves = cryptodev_openssl_curves_new(library,
                                                       openssl->uses_lanes);
    }
    /* What FIPS 140 does not approve of must not come from elsewhere. */
    backend->stands_alone = cryptodev_openssl_is_fips(library);
    return true;
}

static void get_providers(Object *obj, Visitor *v, const char *name,
                          void *opaque, Error **errp)
{
    visit_type_strList(v, name,
                       &CRYPTODEV_BACKEND_OPENSSL(obj)->choice.providers,
                       errp);
}

static void set_providers(Object *obj, Visitor *v, const char *name,
                          void *opaque, Error **errp)
{
    CryptoDevOpensslChoice *choice = &CRYPTODEV_BACKEND_OPENSSL(obj)->choice;
    strList *providers;

    if (!visit_type_strList(v, name, &providers, errp)) {
        return;
    }
    if (!cryptodev_backend_takes_option(CRYPTODEV_BACKEND(obj), name, errp)) {
        qapi_free_strList(providers);
        return;
    }
    qapi_free_strList(choice->providers);
    choice->providers = providers;
}

static char *get_propq(Object *obj, Error **errp)
{
    return g_strdup(CRYPTODEV_BACKEND_OPENSSL(obj)->choice.propq);
}

static void set_propq(Object *obj, const char *value, Error **errp)
{
    CryptoDevOpensslChoice *choice = &CRYPTODEV_BACKEND_OPENSSL(obj)->choice;

    if (cryptodev_backend_takes_option(CRYPTODEV_BACKEND(obj), "propq", errp)) {
        g_free(choice->propq);
        choice->propq = g_strdup(value);
    }
}

static char *get_config(Object *obj, Error **errp)
{
    return g_strdup(CRYPTODEV_BACKEND_OPENSSL(obj)->choice.config);
}

static void set_config(Object *obj, const char *value, Error **errp)
{
    CryptoDevOpensslChoice *choice = &CRYPTODEV_BACKEND_OPENSSL(obj)->choice;

    if (cryptodev_backend_takes_option(CRYPTODEV_BACKEND(obj), "config",
                                       errp)) {
        g_free(choice->config);
        choice->config = g_strdup(value);
    }
}

static int get_multi_buffer(Object *obj, Error **errp)
{
    return CRYPTODEV_BACKEND_OPENSSL(obj)->multi_buffer;
}

static void set_multi_buffer(Object *obj, int value, Error **errp)
{
    if (cryptodev_backend_takes_option(CRYPTODEV_BACKEND(obj), "multi-buffer",
                                       errp)) {
        CRYPTODEV_BACKEND_OPENSSL(obj)->multi_buffer = value;
    }
}

static void openssl_finalize(Object *obj)
{
    CryptoDevOpenssl *openssl = CRYPTODEV_BACKEND_OPENSSL(obj);

    cryptodev_openssl_curves_free(openssl->curves);
    qapi_free_strList(openssl->choice.providers);
    g_free(openssl->choice.propq);
    g_free(openssl->choice.config);
}

static void add_properties(ObjectClass *class)
{
    object_class_property_add(class, "providers", "strList", get_providers,
                              set_providers, NULL, NULL);
    object_class_property_set_description(class, "providers",
        "Names of OpenSSL's providers (default: what OpenSSL does by itself)");
    object_class_property_add_str(class, "propq", get_propq, set_propq);
    object_class_property_set_description(class, "propq",
        "Property query that all algorithms must match, such as 'fips=yes'"
        " (default: none)");
    object_class_property_add_str(class, "config", get_config, set_config);
    object_class_property_set_description(class, "config",
        "Configuration file of OpenSSL (default: none)");
    object_class_property_add_enum(class, "multi-buffer", "OnOffAuto",
                                   &OnOffAuto_lookup, get_multi_buffer,
                                   set_multi_buffer);
    object_class_property_set_description(class, "multi-buffer",
        "Whether public-key operations that wait go together, eight at a time"
        " (default: auto)");
}

static void openssl_class_init(ObjectClass *class, void *data)
{
    CryptoDevBackendClass *backend = CRYPTODEV_BACKEND_CLASS(class);

    /* When the program ends, threads of a pool may still use OpenSSL. */
    OPENSSL_init_crypto(OPENSSL_INIT_NO_ATEXIT, NULL);
    backend->type = CRYPTODEV_TYPE_OPENSSL;
    backend->drivers = drivers;
    backend->n_drivers = ARRAY_SIZE(drivers);
    backend->init = openssl_init;
    cryptodev_backend_add_base_property(class);
    cryptodev_rejection_add_property(class);
    add_properties(class);
}

static const TypeInfo openssl_types[] = {
    {
        .name = TYPE_CRYPTODEV_BACKEND_OPENSSL,
        .parent = TYPE_CRYPTODEV_BACKEND,
        .instance_size = sizeof(CryptoDevOpenssl),
        .instance_finalize = openssl_finalize,
        .class_init = openssl_class_init,
    },
};

DEFINE_TYPES(openssl_types)
