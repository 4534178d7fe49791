/*
 * Conformance of all backends, without a device
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <gcrypt.h>
#include "qapi/error.h"
#include "qemu/module.h"
#include "qobject/qlist.h"
#include "qom/object_interfaces.h"
#include "qom/qom-qobject.h"
#include "cryptodev/one-piece-test.h"

/* What a guest asks for must not have QEMU print anything. */
static void refuse_log(void *opaque, int level, const char *format,
                       va_list ap)
{
    g_error("libgcrypt prints: %s", format);
}

/* How a backend under test is called, and made */
typedef struct Candidate {
    const char *name;
    const char *type;
    void (*set_options)(Object *object);
    void (*add)(const Conformance *conformance);
} Candidate;

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

/* Public keys by providers that the user has chosen; others are the base's. */
static void add_chosen(const Conformance *conformance)
{
    add_conformance_capabilities(conformance);
    add_conformance_rsa(conformance);
    add_conformance_signatures(conformance);
    add_conformance_computations(conformance);
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

static const Candidate candidates[] = {
    { "gcrypt", TYPE_CRYPTODEV_BACKEND_GCRYPT, NULL, add_all },
    { "openssl", TYPE_CRYPTODEV_BACKEND_OPENSSL, NULL, add_all },
    { "openssl-chosen", TYPE_CRYPTODEV_BACKEND_OPENSSL, choose_providers,
      add_chosen },
    { "one-piece", TYPE_CRYPTODEV_BACKEND_ONE_PIECE, NULL,
      add_one_piece_tests },
};

/* Backends live as long as the program.  The build may lack one. */
static void add_tests(const Candidate *candidate)
{
    g_autofree char *path =
        g_strconcat("/conformance/", candidate->name, "/", NULL);
    Conformance conformance = { .path = path };
    Object *object;

    if (!object_class_by_name(candidate->type)) {
        return;
    }
    object = object_new(candidate->type);
    if (candidate->set_options) {
        candidate->set_options(object);
    }
    user_creatable_complete(USER_CREATABLE(object), &error_abort);
    conformance.backend = CRYPTODEV_BACKEND(object);
    candidate->add(&conformance);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    module_call_init(MODULE_INIT_QOM);
    for (size_t i = 0; i < ARRAY_SIZE(candidates); i++) {
        add_tests(&candidates[i]);
    }
    gcry_set_log_handler(refuse_log, NULL);
    return g_test_run();
}
