/*
 * Cryptography backends: what QMP shows of them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "qapi/qapi-commands-cryptodev.h"
#include "qom/object_interfaces.h"
#include "system/cryptodev.h"

/* The lengths that a mask stands for; length 0 is none. */
static uint8List *list_lengths(uint32_t mask)
{
    uint8List *list = NULL;

    for (int len = 31; len > 0; len--) {
        if (mask & BIT(len)) {
            QAPI_LIST_PREPEND(list, len);
        }
    }
    return list;
}

static CryptodevAlgorithm *
describe_algorithm(const CryptoDevCapability *capability)
{
    CryptodevAlgorithm *algorithm = g_new0(CryptodevAlgorithm, 1);

    *algorithm = (CryptodevAlgorithm) {
        .name = g_strdup(capability->name),
        .service = capability->service,
        .key_min = capability->key_min,
        .key_max = capability->key_max,
        .key_step = capability->key_step,
        .iv_lengths = list_lengths(capability->iv_lens),
        .tag_lengths = list_lengths(capability->tag_lens),
        .has_digest_max = capability->digest_max &&
                          capability->digest_max != UINT32_MAX,
        .digest_max = capability->digest_max,
        .has_block = capability->service == CRYPTODEV_SERVICE_CIPHER,
        .block = capability->block_len,
        .shortest = capability->min_len,
        .has_longest = capability->max_len,
        .longest = capability->max_len,
    };
    return algorithm;
}

/* Capabilities of one service follow one another. */
static void list_capabilities(const CryptoDevBackend *backend,
                              CryptodevInfo *info)
{
    CryptodevAlgorithmList **algorithms = &info->algorithms;
    CryptodevServiceList **services = &info->service;
    CryptodevService last = CRYPTODEV_SERVICE__MAX;
    const CryptoDevCapability *capability;
    guint i = 0;

    while ((capability = cryptodev_backend_next(backend, &i))) {
        QAPI_LIST_APPEND(algorithms, describe_algorithm(capability));
        if (capability->service != last) {
            last = capability->service;
            QAPI_LIST_APPEND(services, last);
        }
    }
}

static CryptodevInfo *describe_backend(const CryptoDevBackend *backend)
{
    CryptoDevBackendClass *class = CRYPTODEV_BACKEND_GET_CLASS(backend);
    CryptodevInfo *info = g_new0(CryptodevInfo, 1);

    info->id =
        g_strdup(object_get_canonical_path_component(OBJECT(backend)));
    list_capabilities(backend, info);
    for (uint32_t i = backend->queues; i-- > 0;) {
        CryptodevQueue *queue = g_new0(CryptodevQueue, 1);

        queue->queue = i;
        queue->type = class->type;
        QAPI_LIST_PREPEND(info->client, queue);
    }
    if (backend->user_ops) {
        info->device = backend->user_ops->describe(backend->user);
    }
    return info;
}

static int collect_backend(Object *obj, void *opaque)
{
    CryptodevInfoList ***tail = opaque;

    if (object_dynamic_cast(obj, TYPE_CRYPTODEV_BACKEND)) {
        QAPI_LIST_APPEND(*tail, describe_backend(CRYPTODEV_BACKEND(obj)));
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
