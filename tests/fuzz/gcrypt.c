/*
 * Fuzz targets that run libgcrypt: set it up
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <gcrypt.h>
#include "backends/cryptodev-gcrypt/rsa-primitive.h"

/* No target computes with keys. */
const CryptoDevRsaPrimitives cryptodev_gcrypt_rsa_primitives;

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    g_assert(gcry_check_version(NULL));
    gcry_control(GCRYCTL_DISABLE_SECMEM_WARN);
    gcry_control(GCRYCTL_INITIALIZATION_FINISHED);
    return 0;
}
