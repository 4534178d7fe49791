/*
 * Operands and results as hexadecimal text, for tests of computations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../../qtest/virtio-crypto/rsp.h"
#include "compute-run.h"

const char *number(uint32_t value)
{
    g_autofree char *hex = g_strdup_printf("%08x", value);

    return g_intern_string(hex);
}

static void free_bytes(gpointer bytes)
{
    g_byte_array_unref(bytes);
}

GPtrArray *read_operands(va_list *ap, size_t most)
{
    GPtrArray *operands = g_ptr_array_new_with_free_func(free_bytes);

    while (operands->len < most) {
        const char *hex = va_arg(*ap, const char *);
        g_autofree char *whole = NULL;

        if (!hex) {
            break;
        }
        whole = g_strconcat(strlen(hex) % 2 ? "0" : "", hex, NULL);
        g_ptr_array_add(operands, hex_to_bytes(whole));
    }
    return operands;
}

static const char *skip_zeros(const char *hex)
{
    return hex + strspn(hex, "0");
}

bool same_number(const char *one, const char *other)
{
    return !g_ascii_strcasecmp(skip_zeros(one), skip_zeros(other));
}

void check_result(const char *result, const char *expected)
{
    g_autofree char *lower = g_ascii_strdown(expected, -1);

    g_assert_cmpstr(result, ==, lower);
}

void check_number(const char *result, const char *expected)
{
    g_autofree char *lower = g_ascii_strdown(expected, -1);

    g_assert_cmpstr(skip_zeros(result), ==, skip_zeros(lower));
}

bool as_bool(char **results)
{
    bool value = !g_strcmp0(results[0], "01");

    g_assert_true(value || !g_strcmp0(results[0], "00"));
    g_assert_null(results[1]);
    g_strfreev(results);
    return value;
}

char *to_hex(const uint8_t *data, size_t len)
{
    GString *hex = g_string_new("");

    for (size_t i = 0; i < len; i++) {
        g_string_append_printf(hex, "%02x", data[i]);
    }
    return g_string_free(hex, false);
}

char *random_hex(GRand *rand, size_t len)
{
    g_autofree uint8_t *bytes = g_malloc(len + 1);

    for (size_t i = 0; i < len; i++) {
        bytes[i] = g_rand_int(rand);
    }
    return to_hex(bytes, len);
}

char *pad_hex(const char *hex, size_t len)
{
    g_autofree char *zeros = g_strnfill(2 * len, '0');
    const char *digits = skip_zeros(hex);

    g_assert_cmpint(strlen(digits), <=, 2 * len);
    return g_strdup_printf("%.*s%s", (int)(2 * len - strlen(digits)), zeros,
                           digits);
}

char *reverse_hex(const char *hex)
{
    g_autoptr(GByteArray) bytes = hex_to_bytes(hex);

    for (guint i = 0; i < bytes->len / 2; i++) {
        uint8_t byte = bytes->data[i];

        bytes->data[i] = bytes->data[bytes->len - 1 - i];
        bytes->data[bytes->len - 1 - i] = byte;
    }
    return to_hex(bytes->data, bytes->len);
}
