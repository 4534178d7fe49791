/*
 * Conformance of all backends, without a device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <gcrypt.h>
#include "qapi/error.h"
#include "qemu/module.h"
#include "qom/object_interfaces.h"
#include "cryptodev/one-piece-test.h"

/* Each type of backend is in these tests by its name alone. */
static const char *const types[] = {
    TYPE_CRYPTODEV_BACKEND_GCRYPT,
    TYPE_CRYPTODEV_BACKEND_OPENSSL,
};

/* What a guest asks for must not have QEMU print anything. */
static void refuse_log(void *opaque, int level, const char *format,
                       va_list ap)
{
    g_error("libgcrypt prints: %s", format);
}

static void skip(const void *reason)
{
    g_test_skip(reason);
}

/* A backend, or a test that tells why there is none */
static CryptoDevBackend *make_backend(const char *type, const char *path)
{
    g_autoptr(Object) object = NULL;
    Error *err = NULL;

    if (!object_class_by_name(type)) {
        g_test_add_data_func(path, "it is not built in", skip);
        return NULL;
    }
    object = object_new(type);
    if (!user_creatable_complete(USER_CREATABLE(object), &err)) {
        g_test_add_data_func_full(path, g_strdup(error_get_pretty(err)), skip,
                                  g_free);
        error_free(err);
        return NULL;
    }
    return CRYPTODEV_BACKEND(g_steal_pointer(&object));
}

static void add_all(const Conformance *conformance)
{
    add_conformance_capabilities(conformance);
    add_conformance_ciphers(conformance);
    add_conformance_digests(conformance);
    add_conformance_aead(conformance);
    add_conformance_chains(conformance);
    add_conformance_rsa(conformance);
    add_conformance_signatures(conformance);
    add_conformance_batches(conformance);
    add_conformance_threads(conformance);
    add_conformance_computations(conformance);
}

/* Backends live as long as the program. */
static void add_tests(const char *type,
                      void (*add)(const Conformance *conformance))
{
    g_autofree char *path = g_strconcat("/conformance/", type, "/", NULL);
    g_autofree char *available = g_strconcat(path, "available", NULL);
    const Conformance conformance = {
        .backend = make_backend(type, available),
        .path = path,
    };

    if (conformance.backend) {
        add(&conformance);
    }
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    module_call_init(MODULE_INIT_QOM);
    for (size_t i = 0; i < ARRAY_SIZE(types); i++) {
        add_tests(types[i], add_all);
    }
    add_tests(TYPE_CRYPTODEV_BACKEND_ONE_PIECE, add_one_piece_tests);
    gcry_set_log_handler(refuse_log, NULL);
    return g_test_run();
}
