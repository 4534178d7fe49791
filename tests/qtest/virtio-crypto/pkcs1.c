/*
 * Reader of RSA Laboratories' PKCS #1 v1.5 test vectors
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A file is a row of titles, "# Modulus:", each followed by lines of bytes in
 * hexadecimal.  A key begins at "# Example 1: A 1024-bit RSA key pair".
 */

#include "qemu/osdep.h"
#include "pkcs1.h"
#include "rsp.h"

static void unref_bytes(GByteArray *bytes)
{
    if (bytes) {
        g_byte_array_unref(bytes);
    }
}

static void free_case(gpointer data)
{
    Pkcs1Case *one = data;

    unref_bytes(one->message);
    unref_bytes(one->result);
    g_free(one);
}

static void free_key(gpointer data)
{
    Pkcs1Key *key = data;
    RSANumbers *n = &key->numbers;
    GByteArray *numbers[] = {
        n->n, n->e, n->d, n->p, n->q, n->dp, n->dq, n->qinv,
    };

    for (size_t i = 0; i < ARRAY_SIZE(numbers); i++) {
        unref_bytes(numbers[i]);
    }
    g_ptr_array_unref(key->cases);
    g_free(key);
}

static Pkcs1Key *begin_key(GPtrArray *keys)
{
    Pkcs1Key *key = g_new0(Pkcs1Key, 1);

    key->cases = g_ptr_array_new_with_free_func(free_case);
    g_ptr_array_add(keys, key);
    return key;
}

/* Where the bytes under a title go; NULL if nobody needs them */
static GByteArray **find_place(Pkcs1Key *key, const char *title)
{
    RSANumbers *n = &key->numbers;
    Pkcs1Case *last;

    if (g_str_equal(title, "Modulus:")) {
        return &n->n;
    } else if (g_str_equal(title, "Public exponent:")) {
        return &n->e;
    } else if (g_str_equal(title, "Exponent:")) {
        /* The public key has one too, which the private one then replaces */
        return &n->d;
    } else if (g_str_equal(title, "Prime 1:")) {
        return &n->p;
    } else if (g_str_equal(title, "Prime 2:")) {
        return &n->q;
    } else if (g_str_equal(title, "Prime exponent 1:")) {
        return &n->dp;
    } else if (g_str_equal(title, "Prime exponent 2:")) {
        return &n->dq;
    } else if (g_str_equal(title, "Coefficient:")) {
        return &n->qinv;
    } else if (g_str_has_prefix(title, "Message")) {
        last = g_new0(Pkcs1Case, 1);
        g_ptr_array_add(key->cases, last);
        return &last->message;
    } else if (g_str_equal(title, "Signature:") ||
               g_str_equal(title, "Encryption:")) {
        last = g_ptr_array_index(key->cases, key->cases->len - 1);
        return &last->result;
    }
    return NULL;
}

GPtrArray *pkcs1_read(const char *path)
{
    GPtrArray *keys = g_ptr_array_new_with_free_func(free_key);
    g_autofree char *text = NULL;
    g_auto(GStrv) lines = NULL;
    GByteArray **place = NULL;
    Pkcs1Key *key = NULL;

    if (!g_file_get_contents(path, &text, NULL, NULL)) {
        g_error("%s: cannot read test vectors", path);
    }
    lines = g_strsplit(text, "\n", -1);
    for (size_t i = 0; lines[i]; i++) {
        char *line = g_strstrip(lines[i]);

        if (line[0] == '#') {
            char *title = g_strstrip(line + 1);

            place = NULL;
            if (g_str_has_prefix(title, "Example ")) {
                key = begin_key(keys);
            } else if (key) {
                place = find_place(key, title);
            }
            if (place) {
                unref_bytes(*place);
                *place = g_byte_array_new();
            }
        } else if (line[0] && place) {
            g_autoptr(GByteArray) bytes = hex_to_bytes(line);

            g_byte_array_append(*place, bytes->data, bytes->len);
        }
    }
    return keys;
}
