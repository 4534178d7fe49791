/*
 * Secrets, looked for in the memory of QEMU
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "qemu/units.h"
#include "secret.h"

/* Secrets are cut into pieces of this many bytes */
#define PIECE       sizeof(uint64_t)
#define CHUNK       (1 * MiB)
#define FILTER_BITS 16

/* Pieces of secrets, by their bytes; the filter has a few false ones, too */
typedef struct Pieces {
    GHashTable *owners;
    bool filter[1 << FILTER_BITS];
} Pieces;

static void free_secret(void *opaque)
{
    Secret *secret = opaque;

    g_free(secret->name);
    g_byte_array_unref(secret->bytes);
    g_free(secret);
}

GPtrArray *secrets_new(void)
{
    return g_ptr_array_new_with_free_func(free_secret);
}

void secrets_add(GPtrArray *secrets, const char *name, const void *bytes,
                 size_t len)
{
    Secret *secret = g_new0(Secret, 1);

    g_assert_cmpint(len, >=, PIECE);
    secret->name = g_strdup(name);
    secret->bytes = g_byte_array_append(g_byte_array_new(), bytes, len);
    g_ptr_array_add(secrets, secret);
}

static size_t filter_index(uint64_t piece)
{
    return piece * 0x9e3779b97f4a7c15 >> (64 - FILTER_BITS);
}

static void add_pieces(Pieces *pieces, Secret *secret)
{
    for (size_t i = 0; i + PIECE <= secret->bytes->len; i += PIECE) {
        uint64_t piece = ldq_he_p(secret->bytes->data + i);
        const uint64_t orders[] = { piece, bswap64(piece) };

        for (size_t j = 0; j < ARRAY_SIZE(orders); j++) {
            g_hash_table_insert(pieces->owners,
                                g_memdup2(&orders[j], sizeof(orders[j])),
                                secret);
            pieces->filter[filter_index(orders[j])] = true;
        }
    }
}

static void search_bytes(const Pieces *pieces, const uint8_t *bytes,
                         size_t len)
{
    for (size_t i = 0; i + PIECE <= len; i++) {
        uint64_t piece = ldq_he_p(bytes + i);

        if (pieces->filter[filter_index(piece)]) {
            Secret *secret = g_hash_table_lookup(pieces->owners, &piece);

            if (secret) {
                secret->found++;
            }
        }
    }
}

/* Skips unreadable memory; chunks overlap by the size of a piece */
static void search_mapping(const Pieces *pieces, int memory, uint64_t start,
                           uint64_t end)
{
    g_autofree uint8_t *chunk = g_malloc(CHUNK);

    for (uint64_t at = start; at < end; at += CHUNK - PIECE) {
        ssize_t len = pread(memory, chunk, MIN(CHUNK, end - at), at);

        if (len < 0) {
            return;
        }
        search_bytes(pieces, chunk, len);
    }
}

static void search_mappings(const Pieces *pieces, int memory,
                            char *const *mappings)
{
    for (size_t i = 0; mappings[i] && *mappings[i]; i++) {
        uint64_t start, end;
        char access[5];

        g_assert_cmpint(sscanf(mappings[i], "%" SCNx64 "-%" SCNx64 " %4s",
                               &start, &end, access), ==, 3);
        if (access[1] == 'w' && !strstr(mappings[i], SHARED_RAM_NAME)) {
            search_mapping(pieces, memory, start, end);
        }
    }
}

static char **read_mappings(pid_t pid)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/maps", (int)pid);
    g_autofree char *text = NULL;

    g_assert_true(g_file_get_contents(path, &text, NULL, NULL));
    g_assert_nonnull(strstr(text, SHARED_RAM_NAME));
    return g_strsplit(text, "\n", -1);
}

static void search(GPtrArray *secrets, QTestState *qts)
{
    pid_t pid = qtest_pid(qts);
    g_autofree char *path = g_strdup_printf("/proc/%d/mem", (int)pid);
    g_auto(GStrv) mappings = read_mappings(pid);
    g_autofree Pieces *pieces = g_new0(Pieces, 1);
    int memory = open(path, O_RDONLY);

    g_assert_cmpint(memory, >=, 0);
    pieces->owners = g_hash_table_new_full(g_int64_hash, g_int64_equal,
                                           g_free, NULL);
    for (guint i = 0; i < secrets->len; i++) {
        Secret *secret = g_ptr_array_index(secrets, i);

        secret->found = 0;
        add_pieces(pieces, secret);
    }
    search_mappings(pieces, memory, mappings);
    g_hash_table_unref(pieces->owners);
    close(memory);
}

void secrets_check_found(GPtrArray *secrets, QTestState *qts)
{
    search(secrets, qts);
    for (guint i = 0; i < secrets->len; i++) {
        const Secret *secret = g_ptr_array_index(secrets, i);

        if (!secret->found) {
            g_error("%s: the secret is not found", secret->name);
        }
    }
}

void secrets_check_gone(GPtrArray *secrets, QTestState *qts,
                        unsigned int stray)
{
    search(secrets, qts);
    for (guint i = 0; i < secrets->len; i++) {
        const Secret *secret = g_ptr_array_index(secrets, i);

        if (secret->found > stray) {
            g_error("%s: the secret is in memory, %u pieces of it",
                    secret->name, secret->found);
        }
    }
}
