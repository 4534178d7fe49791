/*
 * The statistics that a virtio-crypto device must have counted
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qobject/qdict.h"
#include "qobject/qlist.h"
#include "stats.h"

struct CryptoStats {
    char *path;
    GHashTable *numbers;
};

void crypto_stats_free(CryptoStats *stats)
{
    g_free(stats->path);
    g_hash_table_unref(stats->numbers);
    g_free(stats);
}

static size_t find_number(CryptoStats *stats, const char *name)
{
    g_assert_true(g_hash_table_contains(stats->numbers, name));
    return GPOINTER_TO_SIZE(g_hash_table_lookup(stats->numbers, name));
}

static void set_number(CryptoStats *stats, const char *name, size_t number)
{
    g_hash_table_insert(stats->numbers, g_strdup(name),
                        GSIZE_TO_POINTER(number));
}

static void raise_number(CryptoStats *stats, const char *operation,
                         const char *what, uint64_t by)
{
    g_autofree char *name = g_strdup_printf("%s-%s", operation, what);

    set_number(stats, name, find_number(stats, name) + by);
}

void crypto_stats_expect(CryptoStats *stats, const char *operation,
                         uint64_t bytes, bool failed)
{
    raise_number(stats, operation, "ops", 1);
    raise_number(stats, operation, "bytes", bytes);
    raise_number(stats, operation, "errors", failed);
}

void crypto_stats_expect_rejected(CryptoStats *stats)
{
    raise_number(stats, "rejected", "requests", 1);
}

static const struct {
    uint32_t opcode;
    const char *name;
} names[] = {
    { VIRTIO_CRYPTO_CIPHER_ENCRYPT, "sym-encrypt" },
    { VIRTIO_CRYPTO_CIPHER_DECRYPT, "sym-decrypt" },
    { VIRTIO_CRYPTO_HASH, "hash" },
    { VIRTIO_CRYPTO_MAC, "mac" },
    { VIRTIO_CRYPTO_AEAD_ENCRYPT, "aead-encrypt" },
    { VIRTIO_CRYPTO_AEAD_DECRYPT, "aead-decrypt" },
    { VIRTIO_CRYPTO_AKCIPHER_ENCRYPT, "asym-encrypt" },
    { VIRTIO_CRYPTO_AKCIPHER_DECRYPT, "asym-decrypt" },
    { VIRTIO_CRYPTO_AKCIPHER_SIGN, "asym-sign" },
    { VIRTIO_CRYPTO_AKCIPHER_VERIFY, "asym-verify" },
};

/* Verification has the digest in the place of the destination. */
void crypto_stats_expect_op(CryptoStats *stats, const QVirtioCryptoOp *op,
                            bool failed)
{
    uint64_t bytes = op->opcode == VIRTIO_CRYPTO_AKCIPHER_VERIFY
                     ? op->dst_len : op->src_len;
    size_t i = 0;

    while (names[i].opcode != op->opcode) {
        i++;
        g_assert_cmpint(i, <, ARRAY_SIZE(names));
    }
    crypto_stats_expect(stats, names[i].name, bytes, failed);
}

/* The list of the backend's statistics; the caller frees @reply */
static QList *query(CryptoStats *stats, QTestState *qts, QDict **reply)
{
    QListEntry *entry;

    *reply = qtest_qmp(qts, "{ 'execute': 'query-stats',"
                            "  'arguments': { 'target': 'cryptodev' } }");
    QLIST_FOREACH_ENTRY(qdict_get_qlist(*reply, "return"), entry) {
        QDict *result = qobject_to(QDict, qlist_entry_obj(entry));

        g_assert_cmpstr(qdict_get_str(result, "provider"), ==, "cryptodev");
        if (g_str_equal(qdict_get_str(result, "qom-path"), stats->path)) {
            return qdict_get_qlist(result, "stats");
        }
    }
    g_error("%s has no statistics", stats->path);
}

CryptoStats *crypto_stats_new(QTestState *qts, const char *backend)
{
    CryptoStats *stats = g_new0(CryptoStats, 1);
    QListEntry *entry;
    QDict *reply;

    stats->path = g_strdup_printf("/objects/%s", backend);
    stats->numbers = g_hash_table_new_full(g_str_hash, g_str_equal, g_free,
                                           NULL);
    QLIST_FOREACH_ENTRY(query(stats, qts, &reply), entry) {
        QDict *number = qobject_to(QDict, qlist_entry_obj(entry));

        set_number(stats, qdict_get_str(number, "name"),
                   qdict_get_int(number, "value"));
    }
    qobject_unref(reply);
    return stats;
}

static void check_number(const char *name, size_t number, size_t expected)
{
    if (number != expected) {
        g_error("%s is %zu, and not %zu", name, number, expected);
    }
}

/* Operations that are not listed must not have counted anything */
static void check_unlisted(CryptoStats *stats, GHashTable *listed)
{
    gpointer name, expected;
    GHashTableIter iter;

    g_hash_table_iter_init(&iter, stats->numbers);
    while (g_hash_table_iter_next(&iter, &name, &expected)) {
        if (!g_hash_table_contains(listed, name)) {
            check_number(name, 0, GPOINTER_TO_SIZE(expected));
        }
    }
}

void crypto_stats_check(CryptoStats *stats, QTestState *qts)
{
    g_autoptr(GHashTable) listed = g_hash_table_new(g_str_hash, g_str_equal);
    QListEntry *entry;
    QDict *reply;

    QLIST_FOREACH_ENTRY(query(stats, qts, &reply), entry) {
        QDict *number = qobject_to(QDict, qlist_entry_obj(entry));
        const char *name = qdict_get_str(number, "name");

        check_number(name, qdict_get_int(number, "value"),
                     find_number(stats, name));
        g_hash_table_add(listed, (char *)name);
    }
    check_unlisted(stats, listed);
    qobject_unref(reply);
}
