/*
 * Reader of NIST response files (.rsp), the form of most test vectors
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "rsp.h"

char *vectors_path(const char *name)
{
    const char *dir = g_getenv("VIRTIO_CRYPTO_VECTORS");

    if (!dir) {
        g_error("VIRTIO_CRYPTO_VECTORS is not set: it must name the folder of "
                "Debian's python3-cryptography-vectors, "
                "/usr/lib/python3/dist-packages/cryptography_vectors");
    }
    return g_build_filename(dir, name, NULL);
}

/* One vector in how many is to be run */
unsigned int sample_step(void)
{
    const char *text = g_getenv("VIRTIO_CRYPTO_SAMPLE");
    uint64_t step = 1;

    if (text && !g_ascii_string_to_unsigned(text, 10, 1, UINT_MAX, &step,
                                            NULL)) {
        g_error("VIRTIO_CRYPTO_SAMPLE=%s: it must be a number from 1", text);
    }
    return step;
}

bool vectors_take(VectorCount *count)
{
    bool take = count->seen++ % sample_step() == 0;

    count->taken += take;
    return take;
}

unsigned int sample_size(unsigned int n)
{
    return DIV_ROUND_UP(n, sample_step());
}

GByteArray *hex_to_bytes(const char *hex)
{
    GByteArray *bytes = g_byte_array_new();
    int high = -1;

    for (; *hex; hex++) {
        int digit = g_ascii_xdigit_value(*hex);
        uint8_t byte;

        if (g_ascii_isspace(*hex)) {
            continue;
        }
        g_assert_cmpint(digit, >=, 0);
        if (high < 0) {
            high = digit;
            continue;
        }
        byte = high << 4 | digit;
        g_byte_array_append(bytes, &byte, 1);
        high = -1;
    }
    g_assert_cmpint(high, ==, -1);
    return bytes;
}

static void free_record(gpointer data)
{
    RspRecord *record = data;

    g_free(record->section);
    g_hash_table_unref(record->fields);
    g_free(record);
}

static RspRecord *new_record(const char *section)
{
    RspRecord *record = g_new0(RspRecord, 1);

    record->section = g_strdup(section);
    record->fields = g_hash_table_new_full(g_str_hash, g_str_equal,
                                           g_free, g_free);
    return record;
}

static void add_field(RspRecord *record, const char *line, const char *equals)
{
    char *name = g_strstrip(g_strndup(line, equals - line));
    char *value = g_strstrip(g_strdup(equals + 1));

    g_hash_table_replace(record->fields, name, value);
}

/* Takes the record that is finished, if it has fields; returns a new one */
static RspRecord *next_record(GPtrArray *records, RspRecord *record,
                              const char *section)
{
    if (g_hash_table_size(record->fields)) {
        g_ptr_array_add(records, record);
    } else {
        free_record(record);
    }
    return new_record(section);
}

GPtrArray *rsp_read(const char *path)
{
    GPtrArray *records = g_ptr_array_new_with_free_func(free_record);
    g_autofree char *text = NULL;
    g_autofree char *section = g_strdup("");
    g_auto(GStrv) lines = NULL;
    RspRecord *record = new_record(section);

    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        g_error("%s: cannot read test vectors", path);
    }
    lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        char *line = g_strstrip(lines[i]);
        char *equals = strchr(line, '=');

        if (line[0] == '[') {
            g_free(section);
            section = g_strndup(line + 1, strcspn(line + 1, "]"));
            record = next_record(records, record, section);
        } else if (!line[0]) {
            record = next_record(records, record, section);
        } else if (line[0] != '#' && equals) {
            add_field(record, line, equals);
        }
    }
    free_record(next_record(records, record, section));
    return records;
}

const char *rsp_text(const RspRecord *record, const char *name)
{
    return g_hash_table_lookup(record->fields, name);
}

GByteArray *rsp_hex(const RspRecord *record, const char *name)
{
    const char *text = rsp_text(record, name);

    return text ? hex_to_bytes(text) : NULL;
}
