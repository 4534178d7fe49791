/*
 * The ipsec-mb backend: the library on this processor
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "qemu/error-report.h"
#include "library.h"
#include "../cryptodev-gcrypt/primitives.h"

QEMU_BUILD_BUG_ON(CRYPTODEV_MB_KINDS > 64);

static void *make_library(void *opaque)
{
    static CryptoDevMbLibrary library;

    library.manager = cryptodev_mb_manager_new();
    if (library.manager) {
        cryptodev_mb_self_test(library.manager, &cryptodev_gcrypt_primitives,
                               &library.findings);
    } else {
        warn_report("ipsec-mb needs AVX2 and AES, and its options SAFE_DATA and"
                    " SAFE_PARAM: the base of cryptodev-backend-ipsec-mb"
                    " computes everything");
    }
    return &library;
}

const CryptoDevMbLibrary *cryptodev_mb_library(void)
{
    static GOnce once = G_ONCE_INIT;

    return g_once(&once, make_library, NULL);
}

const IMB_MGR *cryptodev_mb_keys_manager(void)
{
    return cryptodev_mb_library()->manager;
}

bool cryptodev_mb_is_sound(CryptoDevMbKind kind)
{
    return cryptodev_mb_library()->findings.sound & BIT_ULL(kind);
}
