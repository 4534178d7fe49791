/*
 * Cryptography backends: how much is done, by service and operation
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/qapi-types-stats.h"
#include "qom/object_interfaces.h"
#include "system/cryptodev-compute.h"
#include "system/stats.h"

#define REJECTED "rejected-requests"

/*
 * The names that QEMU has always had for ciphers and public keys, and likewise
 * those of other services; computations have names of their own.
 */
static const char *const names[CRYPTODEV_SERVICE__MAX]
                              [CRYPTODEV_STATS_OPERATIONS] = {
    [CRYPTODEV_SERVICE_CIPHER] = {
        [CRYPTODEV_OP_ENCRYPT] = "sym-encrypt",
        [CRYPTODEV_OP_DECRYPT] = "sym-decrypt",
    },
    [CRYPTODEV_SERVICE_HASH] = {
        [CRYPTODEV_OP_DIGEST] = "hash",
    },
    [CRYPTODEV_SERVICE_MAC] = {
        [CRYPTODEV_OP_DIGEST] = "mac",
    },
    [CRYPTODEV_SERVICE_AEAD] = {
        [CRYPTODEV_OP_ENCRYPT] = "aead-encrypt",
        [CRYPTODEV_OP_DECRYPT] = "aead-decrypt",
    },
    [CRYPTODEV_SERVICE_AKCIPHER] = {
        [CRYPTODEV_OP_ENCRYPT] = "asym-encrypt",
        [CRYPTODEV_OP_DECRYPT] = "asym-decrypt",
        [CRYPTODEV_OP_SIGN] = "asym-sign",
        [CRYPTODEV_OP_VERIFY] = "asym-verify",
    },
};

const char *cryptodev_stats_name(CryptodevService service, uint32_t operation)
{
    return cryptodev_has_operations(service)
           ? cryptodev_computation_name(service, operation)
           : names[service][operation];
}

/* What a counter counts, and where */
static const struct {
    const char *suffix;
    bool has_unit;
    size_t offset;
} parts[] = {
    { "ops", false, offsetof(CryptoDevCounter, ops) },
    { "bytes", true, offsetof(CryptoDevCounter, bytes) },
    { "errors", false, offsetof(CryptoDevCounter, errors) },
};

static uint64_t read_part(const CryptoDevCounter *counter, size_t part)
{
    return *(const uint64_t *)((const char *)counter + parts[part].offset);
}

/* Whether the device's driver can ask for an operation of a service. */
static bool is_offered(CryptoDevBackend *backend, CryptodevService service,
                       uint32_t operation)
{
    bool computes = cryptodev_has_operations(service);
    const CryptoDevCapability *capability;
    guint i = 0;

    while (backend->user_ops &&
           (capability = cryptodev_backend_next(backend, &i))) {
        if (capability->service == service &&
            (!computes || capability->algo == operation) &&
            backend->user_ops->offers(backend->user, service,
                                      capability->algo)) {
            return true;
        }
    }
    return false;
}

/*
 * Calls @visit for each statistic, the last one first, with its value: of
 * @backend those that can grow, or have grown with a device before this one;
 * if it is NULL, all that there are.
 */
static void visit_all(CryptoDevBackend *backend, const CryptoDevStats *stats,
                      void *opaque,
                      void (*visit)(void *opaque, const char *name,
                                    bool in_bytes, uint64_t value))
{
    visit(opaque, REJECTED, false, stats->rejected);
    for (int service = CRYPTODEV_SERVICE__MAX; service-- > 0;) {
        for (int op = CRYPTODEV_STATS_OPERATIONS; op-- > 0;) {
            const CryptoDevCounter *counter = &stats->counters[service][op];
            const char *name = cryptodev_stats_name(service, op);

            if (!name || (backend && !counter->ops &&
                          !is_offered(backend, service, op))) {
                continue;
            }
            for (int part = ARRAY_SIZE(parts); part-- > 0;) {
                g_autofree char *full =
                    g_strdup_printf("%s-%s", name, parts[part].suffix);

                visit(opaque, full, parts[part].has_unit,
                      read_part(counter, part));
            }
        }
    }
}

static void sum_stats(CryptoDevBackend *backend, CryptoDevStats *sum)
{
    cryptodev_stats_add(sum, &backend->stats);
    if (backend->user_ops) {
        backend->user_ops->add_stats(backend->user, sum);
    }
}

/* The statistics that were asked for, and those that were collected */
typedef struct Collection {
    StatsResultList **results;
    strList *wanted;
    StatsList *list;
} Collection;

static void collect_value(void *opaque, const char *name, bool in_bytes,
                          uint64_t value)
{
    Collection *collection = opaque;
    Stats *stats;

    if (!apply_str_list_filter(name, collection->wanted)) {
        return;
    }
    stats = g_new0(Stats, 1);
    stats->name = g_strdup(name);
    stats->value = g_new0(StatsValue, 1);
    stats->value->type = QTYPE_QNUM;
    stats->value->u.scalar = value;
    QAPI_LIST_PREPEND(collection->list, stats);
}

static int collect_backend(Object *obj, void *opaque)
{
    Collection *collection = opaque;
    g_autofree CryptoDevStats *sum = g_new0(CryptoDevStats, 1);
    g_autofree char *path = NULL;

    if (!object_dynamic_cast(obj, TYPE_CRYPTODEV_BACKEND)) {
        return 0;
    }
    path = object_get_canonical_path(obj);
    sum_stats(CRYPTODEV_BACKEND(obj), sum);
    collection->list = NULL;
    visit_all(CRYPTODEV_BACKEND(obj), sum, collection, collect_value);
    if (collection->list) {
        add_stats_entry(collection->results, STATS_PROVIDER_CRYPTODEV, path,
                        collection->list);
    }
    return 0;
}

static void query_stats(StatsResultList **results, StatsTarget target,
                        strList *wanted, strList *targets, Error **errp)
{
    Collection collection = { .results = results, .wanted = wanted };

    if (target == STATS_TARGET_CRYPTODEV) {
        object_child_foreach(object_get_objects_root(), collect_backend,
                             &collection);
    }
}

static void collect_schema(void *opaque, const char *name, bool in_bytes,
                           uint64_t value)
{
    StatsSchemaValueList **list = opaque;
    StatsSchemaValue *schema = g_new0(StatsSchemaValue, 1);

    schema->name = g_strdup(name);
    schema->type = STATS_TYPE_CUMULATIVE;
    schema->has_unit = in_bytes;
    schema->unit = STATS_UNIT_BYTES;
    QAPI_LIST_PREPEND(*list, schema);
}

static void query_schemas(StatsSchemaList **result, Error **errp)
{
    g_autofree CryptoDevStats *none = g_new0(CryptoDevStats, 1);
    StatsSchemaValueList *list = NULL;

    visit_all(NULL, none, &list, collect_schema);
    add_stats_schema(result, STATS_PROVIDER_CRYPTODEV, STATS_TARGET_CRYPTODEV,
                     list);
}

static void add_counter(CryptoDevCounter *sum, const CryptoDevCounter *counter)
{
    sum->ops += qatomic_read_u64(&counter->ops);
    sum->bytes += qatomic_read_u64(&counter->bytes);
    sum->errors += qatomic_read_u64(&counter->errors);
}

void cryptodev_stats_add(CryptoDevStats *sum, const CryptoDevStats *stats)
{
    for (int service = 0; service < CRYPTODEV_SERVICE__MAX; service++) {
        for (int op = 0; op < CRYPTODEV_STATS_OPERATIONS; op++) {
            add_counter(&sum->counters[service][op],
                        &stats->counters[service][op]);
        }
    }
    sum->rejected += qatomic_read_u64(&stats->rejected);
}

static void register_stats(void)
{
    add_stats_callbacks(STATS_PROVIDER_CRYPTODEV, query_stats, query_schemas);
}

type_init(register_stats);
