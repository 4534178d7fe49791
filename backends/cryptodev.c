/*
 * Cryptography backends: the abstract backend
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qapi/qapi-commands-cryptodev.h"
#include "qapi/visitor.h"
#include "qom/object_interfaces.h"
#include "system/cryptodev.h"

bool cryptodev_backend_claim(CryptoDevBackend *backend, Error **errp)
{
    if (backend->used) {
        error_setg(errp, "cryptodev '%s' is used by another device already",
                   object_get_canonical_path_component(OBJECT(backend)));
        return false;
    }
    backend->used = true;
    return true;
}

void cryptodev_backend_release(CryptoDevBackend *backend)
{
    backend->used = false;
}

const CryptoDevCapability *cryptodev_backend_find(CryptoDevBackend *backend,
                                                  CryptodevService service,
                                                  uint32_t algo)
{
    for (guint i = 0; i < backend->capabilities->len; i++) {
        const CryptoDevCapability *capability =
            &g_array_index(backend->capabilities, CryptoDevCapability, i);

        if (capability->service == service && capability->algo == algo) {
            return capability;
        }
    }
    return NULL;
}

/* An RSA key's size is that of its modulus, which only the backend can see. */
static bool key_len_supported(const CryptoDevCapability *capability,
                              size_t key_len)
{
    return capability->service == CRYPTODEV_SERVICE_AKCIPHER ||
           (key_len >= capability->key_min &&
            key_len <= capability->key_max &&
            (key_len - capability->key_min) % capability->key_step == 0);
}

CryptoDevStatus
cryptodev_backend_create_session(CryptoDevBackend *backend,
                                 const CryptoDevSessionParams *params,
                                 CryptoDevSession **session)
{
    CryptoDevBackendClass *class = CRYPTODEV_BACKEND_GET_CLASS(backend);
    const CryptoDevCapability *capability =
        cryptodev_backend_find(backend, params->service, params->algo);

    if (!capability || !key_len_supported(capability, params->key_len)) {
        return CRYPTODEV_NOTSUPP;
    }
    return class->create_session(backend, capability, params, session);
}

void cryptodev_backend_destroy_session(CryptoDevBackend *backend,
                                       CryptoDevSession *session)
{
    CRYPTODEV_BACKEND_GET_CLASS(backend)->destroy_session(backend, session);
}

/* The checks that need no more than the capability, for every backend alike */
static CryptoDevStatus check_op(const CryptoDevOp *op)
{
    const CryptoDevCapability *capability = op->session->capability;

    if (op->service != capability->service ||
        op->iv_len != capability->iv_len ||
        op->src.len < capability->min_len ||
        op->src.len % capability->block_len) {
        return CRYPTODEV_ERR;
    }
    return CRYPTODEV_OK;
}

void cryptodev_backend_run(CryptoDevBackend *backend, CryptoDevOp *ops,
                           size_t n)
{
    for (size_t i = 0; i < n; i++) {
        ops[i].result_len = 0;
        ops[i].status = check_op(&ops[i]);
    }
    CRYPTODEV_BACKEND_GET_CLASS(backend)->run(backend, ops, n);
}

static CryptodevInfo *cryptodev_info(CryptoDevBackend *backend)
{
    CryptodevInfo *info = g_new0(CryptodevInfo, 1);

    info->id =
        g_strdup(object_get_canonical_path_component(OBJECT(backend)));
    for (int service = CRYPTODEV_SERVICE__MAX - 1; service >= 0; service--) {
        for (guint i = 0; i < backend->capabilities->len; i++) {
            if (g_array_index(backend->capabilities, CryptoDevCapability,
                              i).service == service) {
                QAPI_LIST_PREPEND(info->service, service);
                break;
            }
        }
    }
    for (guint i = backend->capabilities->len; i-- > 0;) {
        QAPI_LIST_PREPEND(info->algorithms,
                          g_strdup(g_array_index(backend->capabilities,
                                                 CryptoDevCapability,
                                                 i).name));
    }
    for (uint32_t i = backend->queues; i-- > 0;) {
        CryptodevQueue *queue = g_new0(CryptodevQueue, 1);

        queue->queue = i;
        queue->type = CRYPTODEV_TYPE_BUILTIN;
        QAPI_LIST_PREPEND(info->client, queue);
    }
    return info;
}

static int collect_backend(Object *obj, void *opaque)
{
    CryptodevInfoList ***tail = opaque;

    if (object_dynamic_cast(obj, TYPE_CRYPTODEV_BACKEND)) {
        QAPI_LIST_APPEND(*tail, cryptodev_info(CRYPTODEV_BACKEND(obj)));
    }
    return 0;
}

CryptodevInfoList *qmp_query_cryptodev(Error **errp)
{
    CryptodevInfoList *list = NULL;
    CryptodevInfoList **tail = &list;

    object_child_foreach(object_get_objects_root(), collect_backend, &tail);
    return list;
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

    if (!visit_type_uint32(v, name, &queues, errp)) {
        return;
    }
    if (backend->complete) {
        error_setg(errp, "'%s' is settled when the cryptodev is created",
                   name);
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
    CRYPTODEV_BACKEND(uc)->complete = true;
}

static bool cryptodev_backend_can_be_deleted(UserCreatable *uc)
{
    return !CRYPTODEV_BACKEND(uc)->used;
}

static void cryptodev_backend_instance_init(Object *obj)
{
    CryptoDevBackend *backend = CRYPTODEV_BACKEND(obj);

    backend->queues = 1;
    backend->capabilities =
        g_array_new(false, false, sizeof(CryptoDevCapability));
}

static void cryptodev_backend_finalize(Object *obj)
{
    g_array_free(CRYPTODEV_BACKEND(obj)->capabilities, true);
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
