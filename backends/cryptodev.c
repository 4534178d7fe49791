/*
 * Cryptography backends: the abstract backend
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qemu/atomic.h"
#include "qom/object_interfaces.h"
#include "system/cryptodev-compute.h"
#include "cryptodev/base.h"
#include "cryptodev/capabilities.h"

bool cryptodev_backend_claim(CryptoDevBackend *backend, uint32_t services,
                             const CryptoDevUserOps *ops, void *user,
                             Error **errp)
{
    if (backend->user_ops) {
        error_setg(errp, "cryptodev '%s' is already used by another device",
                   object_get_canonical_path_component(OBJECT(backend)));
        return false;
    }
    if (backend->above) {
        error_setg(errp, "cryptodev '%s' is the base of another one",
                   object_get_canonical_path_component(OBJECT(backend)));
        return false;
    }
    backend->user_ops = ops;
    backend->user = user;
    qatomic_set(&backend->services, services);
    return true;
}

void cryptodev_backend_release(CryptoDevBackend *backend)
{
    backend->user_ops = NULL;
    qatomic_set(&backend->services, CRYPTODEV_SERVICES_ALL);
}

bool cryptodev_backend_is_ready(CryptoDevBackend *backend)
{
    while (backend && qatomic_read(&backend->ready)) {
        backend = backend->base;
    }
    return !backend;
}

void cryptodev_backend_set_ready(CryptoDevBackend *backend, bool ready)
{
    qatomic_set(&backend->ready, ready);
    while (backend->above) {
        backend = backend->above;
    }
    if (backend->user_ops && backend->user_ops->ready_changed) {
        backend->user_ops->ready_changed(backend->user);
    }
}

static void get_queues(Object *obj, Visitor *v, const char *name,
                       void *opaque, Error **errp)
{
    visit_type_uint32(v, name, &CRYPTODEV_BACKEND(obj)->queues, errp);
}

static void set_queues(Object *obj, Visitor *v, const char *name,
                       void *opaque, Error **errp)
{
    CryptoDevBackend *backend = CRYPTODEV_BACKEND(obj);
    uint32_t queues;

    if (!visit_type_uint32(v, name, &queues, errp) ||
        !cryptodev_backend_takes_option(backend, name, errp)) {
        return;
    }
    if (queues < 1 || queues > CRYPTODEV_QUEUES_MAX) {
        error_setg(errp, "'%s' must be between 1 and %d", name,
                   CRYPTODEV_QUEUES_MAX);
        return;
    }
    backend->queues = queues;
}

static void cryptodev_backend_complete(UserCreatable *uc, Error **errp)
{
    CryptoDevBackend *backend = CRYPTODEV_BACKEND(uc);
    CryptoDevBackendClass *class = CRYPTODEV_BACKEND_GET_CLASS(backend);

    if ((class->init && !class->init(backend, errp)) ||
        !cryptodev_base_take(backend, errp)) {
        return;
    }
    cryptodev_capabilities_settle(backend);
    if (!backend->capabilities->len) {
        error_setg(errp, "the cryptodev has no algorithm: 'disable', or the"
                   " options of its library, must leave some");
        return;
    }
    backend->complete = true;
}

static bool cryptodev_backend_can_be_deleted(UserCreatable *uc)
{
    CryptoDevBackend *backend = CRYPTODEV_BACKEND(uc);

    return !backend->user_ops && !backend->above;
}

static void cryptodev_backend_instance_init(Object *obj)
{
    CryptoDevBackend *backend = CRYPTODEV_BACKEND(obj);

    backend->queues = 1;
    backend->ready = true;
    backend->services = CRYPTODEV_SERVICES_ALL;
    backend->capabilities = g_ptr_array_new();
    backend->drivers = g_ptr_array_new();
    cryptodev_throttle_init(&backend->throttle);
}

static void cryptodev_backend_finalize(Object *obj)
{
    CryptoDevBackend *backend = CRYPTODEV_BACKEND(obj);

    cryptodev_base_release(backend);
    cryptodev_throttle_destroy(&backend->throttle);
    g_ptr_array_free(backend->drivers, true);
    g_ptr_array_free(backend->capabilities, true);
    qapi_free_strList(backend->disabled);
}

static void cryptodev_backend_class_init(ObjectClass *class, void *data)
{
    UserCreatableClass *ucc = USER_CREATABLE_CLASS(class);

    ucc->complete = cryptodev_backend_complete;
    ucc->can_be_deleted = cryptodev_backend_can_be_deleted;

    object_class_property_add(class, "queues", "uint32", get_queues,
                              set_queues, NULL, NULL);
    object_class_property_set_description(class, "queues",
        "Data queues of the device, 1 to " stringify(CRYPTODEV_QUEUES_MAX)
        " (default: 1)");
    cryptodev_capabilities_add_property(class);
    cryptodev_throttle_add_properties(class);
}

static const TypeInfo cryptodev_types[] = {
    {
        .name = TYPE_CRYPTODEV_BACKEND,
        .parent = TYPE_OBJECT,
        .abstract = true,
        .instance_size = sizeof(CryptoDevBackend),
        .instance_init = cryptodev_backend_instance_init,
        .instance_finalize = cryptodev_backend_finalize,
        .class_size = sizeof(CryptoDevBackendClass),
        .class_init = cryptodev_backend_class_init,
        .interfaces = (InterfaceInfo[]) {
            { TYPE_USER_CREATABLE },
            { }
        },
    },
};

DEFINE_TYPES(cryptodev_types)
