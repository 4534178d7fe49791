/*
 * Command line options of single virtio-crypto tests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "libqos/shared-ram.h"
#include "libqos/virtio-crypto.h"
#include "options.h"
#include "test-backend.h"

const CryptoOptions shared_ram = { .shared_ram = true };

/* "driver,a=b" as what a shell takes for the members of a JSON object */
static char *to_members(const char *device)
{
    g_auto(GStrv) options = g_strsplit(device, ",", -1);
    GString *json = g_string_new(NULL);

    g_string_printf(json, "\"driver\":\"%s\"", options[0]);
    for (size_t i = 1; options[i]; i++) {
        g_auto(GStrv) option = g_strsplit(options[i], "=", 2);

        g_assert_nonnull(option[1]);
        g_string_append_printf(json, ",\"%s\":\"%s\"", option[0], option[1]);
    }
    return g_string_free(json, false);
}

/* A list of threads can be given in JSON alone */
static void add_mapping(GString *cmd_line, const char *mapping)
{
    const char *option = "-device virtio-crypto";
    char *at = strstr(cmd_line->str, option);
    g_autofree char *device = NULL, *members = NULL, *json = NULL;
    size_t start;

    g_assert_nonnull(at);
    start = at - cmd_line->str + strlen("-device ");
    device = g_strndup(cmd_line->str + start,
                       strcspn(cmd_line->str + start, " "));
    members = to_members(device);
    json = g_strdup_printf("'{%s,\"iothread-vq-mapping\":%s}'", members,
                           mapping);
    g_string_erase(cmd_line, start, strlen(device));
    g_string_insert(cmd_line, start, json);
}

static void add_to_backend(GString *cmd_line, const char *backend)
{
    char *at = strstr(cmd_line->str, QVIRTIO_CRYPTO_BACKEND);
    size_t end;

    g_assert_nonnull(at);
    end = at - cmd_line->str + strlen(QVIRTIO_CRYPTO_BACKEND);
    g_string_insert(cmd_line, end, ",");
    g_string_insert(cmd_line, end + 1, backend);
}

static void use_test_backend(GString *cmd_line)
{
    char *at = strstr(cmd_line->str, QVIRTIO_CRYPTO_BACKEND);
    size_t start;

    g_assert_nonnull(at);
    start = at - cmd_line->str;
    g_string_erase(cmd_line, start, strlen(QVIRTIO_CRYPTO_BACKEND));
    g_string_insert(cmd_line, start, TEST_BACKEND ",id=c0");
}

void *add_shared_ram(GString *cmd_line, void *arg)
{
    g_string_append(cmd_line, SHARED_RAM);
    return arg;
}

static void *add_options(GString *cmd_line, void *arg)
{
    const CryptoOptions *options = arg;

    if (options->backend) {
        add_to_backend(cmd_line, options->backend);
    }
    if (options->test_backend) {
        use_test_backend(cmd_line);
    }
    if (options->mapping) {
        add_mapping(cmd_line, options->mapping);
    }
    if (options->device) {
        /* Whatever the transport, the virtio device is inside of it */
        g_string_append_printf(cmd_line, " -global virtio-crypto-device.%s",
                               options->device);
    }
    if (options->more) {
        g_string_append(cmd_line, options->more);
    }
    if (options->shared_ram) {
        add_shared_ram(cmd_line, NULL);
    }
    return arg;
}

void add_crypto_test(const char *name, const char *interface,
                     QOSTestFunc function, const CryptoOptions *options)
{
    QOSGraphTestOptions opts = { };

    if (options) {
        opts.before = add_options;
        opts.arg = (void *)options;
    }
    qos_add_test(name, interface, function, &opts);
}

void add_crypto_test_both(const char *name, QOSTestFunc function,
                          const CryptoOptions *options)
{
    g_autofree char *rfc_name = g_strconcat("rfc-", name, NULL);

    add_crypto_test(name, "virtio-crypto", function, options);
    add_crypto_test(rfc_name, "virtio-crypto-rfc", function, options);
}
