/*
 * The ipsec-mb backend: the library on this processor
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <gcrypt.h>
#include "qemu/bitops.h"
#include "qemu/error-report.h"
#include "library.h"
#include "radio-self-test.h"
#include "../cryptodev-gcrypt/primitives.h"

QEMU_BUILD_BUG_ON(CRYPTODEV_MB_KINDS > 64);

/* Why the library is not used, or NULL */
static const char *find_obstacle(CryptoDevMbLibrary *library)
{
    if (gcry_fips_mode_active()) {
        return "ipsec-mb is no FIPS module, and libgcrypt is in FIPS mode";
    }
    library->manager = cryptodev_mb_manager_new();
    return library->manager ? NULL : "ipsec-mb needs AVX2 and AES, and its"
                                     " options SAFE_DATA and SAFE_PARAM";
}

static void *make_library(void *opaque)
{
    static CryptoDevMbLibrary library;
    const char *obstacle = find_obstacle(&library);

    if (obstacle) {
        warn_report("%s: the base of cryptodev-backend-ipsec-mb computes"
                    " everything", obstacle);
    } else {
        cryptodev_mb_self_test(library.manager, &cryptodev_gcrypt_primitives,
                               &library.findings);
        library.findings.sound &=
            cryptodev_mb_radio_self_test(library.manager);
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
