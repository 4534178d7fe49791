/*
 * Fuzz target: the decoders of RFC v1
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    fuzz_wire(&virtio_crypto_wire_rfc, data, len);
    return 0;
}
