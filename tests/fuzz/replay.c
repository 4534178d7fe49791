/*
 * Fuzz targets: run them on known inputs, without a fuzzer
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Usage: TARGET FILE...
 */

#include "qemu/osdep.h"
#include "input.h"

/* Not all targets have one. */
int __attribute__((weak)) LLVMFuzzerInitialize(int *argc, char ***argv)
{
    return 0;
}

int main(int argc, char **argv)
{
    g_autoptr(GError) error = NULL;

    LLVMFuzzerInitialize(&argc, &argv);
    for (int i = 1; i < argc; i++) {
        g_autofree char *data = NULL;
        size_t len;

        if (!g_file_get_contents(argv[i], &data, &len, &error)) {
            g_printerr("%s\n", error->message);
            return 1;
        }
        LLVMFuzzerTestOneInput((uint8_t *)data, len);
    }
    return 0;
}
