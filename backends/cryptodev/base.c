/*
 * Cryptography backends: a backend that stands on another one
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qom/object_interfaces.h"
#include "base.h"
#include "dispatch.h"

/* Where a backend without the option "base" has its own one, as a child */
#define OWN_BASE "own-base"

/* Look up what the user has named; returns a new reference. */
static CryptoDevBackend *find_base(CryptoDevBackend *backend, Error **errp)
{
    const char *id = backend->base_id;
    Object *obj =
        object_resolve_path_component(object_get_objects_root(), id);
    CryptoDevBackend *base =
        (CryptoDevBackend *)object_dynamic_cast(obj, TYPE_CRYPTODEV_BACKEND);

    if (!base) {
        error_setg(errp, "'base' must be the ID of a cryptodev, not '%s'", id);
    } else if (base == backend) {
        error_setg(errp, "cryptodev '%s' cannot be its own base", id);
    } else if (!base->complete) {
        error_setg(errp, "cryptodev '%s' is not complete", id);
    } else if (base->user_ops) {
        error_setg(errp, "cryptodev '%s' is already used by a device", id);
    } else if (base->above) {
        error_setg(errp, "cryptodev '%s' is already the base of another", id);
    } else if (base->stands_alone) {
        error_setg(errp, "cryptodev '%s' has FIPS algorithms alone, and cannot"
                   " be a base", id);
    } else {
        return CRYPTODEV_BACKEND(object_ref(obj));
    }
    return NULL;
}

static CryptoDevBackend *make_base(CryptoDevBackend *backend, Error **errp)
{
    Object *obj = object_new(TYPE_CRYPTODEV_BACKEND_GCRYPT);

    object_property_add_child(OBJECT(backend), OWN_BASE, obj);
    if (!user_creatable_complete(USER_CREATABLE(obj), errp)) {
        object_unparent(obj);
        object_unref(obj);
        return NULL;
    }
    return CRYPTODEV_BACKEND(obj);
}

/* Bases serve this backend alone, so its user's choice is one for all. */
static void choose_rejection(CryptoDevBackend *backend)
{
    for (CryptoDevBackend *base = backend->base; base; base = base->base) {
        base->rsa_implicit_rejection |= backend->rsa_implicit_rejection;
    }
}

bool cryptodev_base_take(CryptoDevBackend *backend, Error **errp)
{
    if (!CRYPTODEV_BACKEND_GET_CLASS(backend)->stands_on_base) {
        return true;
    }
    if (backend->stands_alone) {
        if (backend->base_id) {
            error_setg(errp, "'base' cannot be set: a cryptodev with FIPS"
                       " algorithms alone has none");
        }
        return !backend->base_id;
    }
    backend->base = backend->base_id ? find_base(backend, errp)
                                     : make_base(backend, errp);
    if (!backend->base) {
        return false;
    }
    backend->base->above = backend;
    choose_rejection(backend);
    return true;
}

void cryptodev_base_release(CryptoDevBackend *backend)
{
    if (backend->base) {
        backend->base->above = NULL;
        object_unref(OBJECT(backend->base));
    }
    g_free(backend->base_id);
}

/* Another thread may look at the op's own session, to cancel it. */
static void run_copy(CryptoDevSession *session, CryptoDevOp *op,
                     CryptoDevState *state)
{
    CryptoDevOp copy = *op;

    copy.session = session;
    cryptodev_backend_run(session->backend, state, &copy, 1);
    op->status = copy.status;
    op->result_len = copy.result_len;
}

/* An operation was checked for a session of the same algorithm and sizes. */
void cryptodev_base_run(CryptoDevOp **ops, size_t n, CryptoDevState *state)
{
    for (size_t i = 0; i < n; i++) {
        CryptoDevSession *session = ops[i]->session->base;

        if (!session) {
            ops[i]->status = CRYPTODEV_ERR;
        } else if (session->driver->run) {
            session->driver->run(session, ops[i]);
            cryptodev_end_op(ops[i]);
        } else {
            run_copy(session, ops[i], state ? state->base : NULL);
        }
    }
}

CryptoDevStatus cryptodev_base_compute(CryptoDevComputation *computation)
{
    CryptoDevComputation copy = *computation;

    if (!copy.session->base) {
        return CRYPTODEV_ERR;
    }
    /* Another thread may look at the computation's own session. */
    copy.session = copy.session->base;
    cryptodev_backend_compute(copy.session->backend, &copy);
    computation->n_results = copy.n_results;
    memcpy(computation->results, copy.results, sizeof(copy.results));
    return copy.status;
}

static char *get_base(Object *obj, Error **errp)
{
    return g_strdup(CRYPTODEV_BACKEND(obj)->base_id);
}

static void set_base(Object *obj, const char *value, Error **errp)
{
    CryptoDevBackend *backend = CRYPTODEV_BACKEND(obj);

    if (!cryptodev_backend_takes_option(backend, "base", errp)) {
        return;
    }
    g_free(backend->base_id);
    backend->base_id = g_strdup(value);
}

void cryptodev_backend_add_base_property(ObjectClass *class)
{
    CRYPTODEV_BACKEND_CLASS(class)->stands_on_base = true;
    object_class_property_add_str(class, "base", get_base, set_base);
    object_class_property_set_description(class, "base",
        "Id of a cryptodev that serves what this one lacks [default: a gcrypt"
        " backend of its own]");
}
