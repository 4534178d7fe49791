/*
 * Cryptography backends: the table of their capabilities
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qapi/qapi-builtin-visit.h"
#include "qemu/cutils.h"
#include "algorithms.h"
#include "capabilities.h"
#include "driver.h"

QEMU_BUILD_BUG_ON(CRYPTODEV_SERVICE__MAX > 32);

const CryptoDevCapability *cryptodev_backend_find(CryptoDevBackend *backend,
                                                  CryptodevService service,
                                                  uint32_t algo)
{
    const CryptoDevCapability *capability;
    guint i = 0;

    do {
        capability = cryptodev_backend_next(backend, &i);
    } while (capability && (capability->service != service ||
                            capability->algo != algo));
    return capability;
}

const CryptoDevDriver *cryptodev_find_driver(CryptoDevBackend *backend,
                                             CryptodevService service,
                                             uint32_t algo)
{
    for (guint i = 0; i < backend->capabilities->len; i++) {
        const CryptoDevCapability *capability =
            g_ptr_array_index(backend->capabilities, i);

        if (capability->service == service && capability->algo == algo) {
            return g_ptr_array_index(backend->drivers, i);
        }
    }
    return NULL;
}

const CryptoDevDriver *cryptodev_find_chain_driver(CryptoDevBackend *backend)
{
    CryptoDevBackendClass *class = CRYPTODEV_BACKEND_GET_CLASS(backend);

    for (size_t i = 0; i < class->n_drivers; i++) {
        if (class->drivers[i]->chains) {
            return class->drivers[i];
        }
    }
    return NULL;
}

/* Whether @name is an algorithm's, alone or as "service/algorithm". */
static bool is_name_of(const char *name, const CryptoDevCapability *capability)
{
    const char *rest;

    if (strstart(name, CryptodevService_str(capability->service), &rest) &&
        rest[0] == '/') {
        name = rest + 1;
    }
    return g_str_equal(name, capability->name);
}

static bool is_disabled(const CryptoDevBackend *backend,
                        const CryptoDevCapability *capability)
{
    const strList *entry;

    for (entry = backend->disabled; entry; entry = entry->next) {
        if (is_name_of(entry->value, capability)) {
            return true;
        }
    }
    return false;
}

/* The driver that has an algorithm on this host, or NULL */
static const CryptoDevDriver *
choose_driver(CryptoDevBackend *backend, const CryptoDevCapability *capability)
{
    CryptoDevBackendClass *class = CRYPTODEV_BACKEND_GET_CLASS(backend);

    for (size_t i = 0; i < class->n_drivers; i++) {
        const CryptoDevDriver *driver = class->drivers[i];

        if (driver->service == capability->service && !driver->chains &&
            (!driver->has || driver->has(backend, capability->algo))) {
            return driver;
        }
    }
    return NULL;
}

static bool base_has(const CryptoDevBackend *backend,
                     const CryptoDevCapability *capability)
{
    return backend->base &&
           cryptodev_backend_find(backend->base, capability->service,
                                  capability->algo);
}

/* A driver that may leave an operation to the base is of no use without it. */
static bool is_served(const CryptoDevBackend *backend,
                      const CryptoDevDriver *driver,
                      const CryptoDevCapability *capability)
{
    return (driver && !driver->falls_back) || base_has(backend, capability);
}

void cryptodev_capabilities_settle(CryptoDevBackend *backend)
{
    const CryptoDevCapability *capability;

    for (size_t i = 0; (capability = cryptodev_algorithm(i)); i++) {
        const CryptoDevDriver *driver = choose_driver(backend, capability);

        if (is_served(backend, driver, capability) &&
            !is_disabled(backend, capability)) {
            g_ptr_array_add(backend->capabilities, (void *)capability);
            g_ptr_array_add(backend->drivers, (void *)driver);
        }
    }
}

static bool is_known(const char *name)
{
    const CryptoDevCapability *capability;

    for (size_t i = 0; (capability = cryptodev_algorithm(i)); i++) {
        if (is_name_of(name, capability)) {
            return true;
        }
    }
    return false;
}

static void get_disable(Object *obj, Visitor *v, const char *name,
                        void *opaque, Error **errp)
{
    visit_type_strList(v, name, &CRYPTODEV_BACKEND(obj)->disabled, errp);
}

/* The name of an algorithm that the backend lacks is as good as others. */
static void set_disable(Object *obj, Visitor *v, const char *name,
                        void *opaque, Error **errp)
{
    CryptoDevBackend *backend = CRYPTODEV_BACKEND(obj);
    g_autoptr(strList) names = NULL;
    const strList *entry;

    if (!visit_type_strList(v, name, &names, errp) ||
        !cryptodev_backend_takes_option(backend, name, errp)) {
        return;
    }
    for (entry = names; entry; entry = entry->next) {
        if (!is_known(entry->value)) {
            error_setg(errp, "'%s' must list algorithms by the names that"
                       " query-cryptodev shows, such as 'md5' or, with the"
                       " service, 'hash/md5', not '%s'", name,
                       entry->value);
            return;
        }
    }
    qapi_free_strList(backend->disabled);
    backend->disabled = g_steal_pointer(&names);
}

void cryptodev_capabilities_add_property(ObjectClass *class)
{
    object_class_property_add(class, "disable", "strList", get_disable,
                              set_disable, NULL, NULL);
    object_class_property_set_description(class, "disable",
        "Algorithms that the backend leaves out, by the names that"
        " query-cryptodev shows");
}
