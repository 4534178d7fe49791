/*
 * Fuzz target: the decoders of virtio 1.4
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_wire(&virtio_crypto_wire_virtio, data, len);
    return 0;
}
