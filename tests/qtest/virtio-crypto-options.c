/*
 * Command line options of single virtio-crypto tests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "libqos/virtio-crypto.h"
#include "virtio-crypto-options.h"

static void *add_options(GString *cmd_line, void *arg)
{
    const CryptoOptions *options = arg;

    if (options->backend) {
        char *at = strstr(cmd_line->str, QVIRTIO_CRYPTO_BACKEND);
        size_t end;

        g_assert_nonnull(at);
        end = at - cmd_line->str + strlen(QVIRTIO_CRYPTO_BACKEND);
        g_string_insert(cmd_line, end, ",");
        g_string_insert(cmd_line, end + 1, options->backend);
    }
    if (options->device) {
        /* Whatever the transport, the virtio device is inside of it */
        g_string_append_printf(cmd_line, " -global virtio-crypto-device.%s",
                               options->device);
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
