/*
 * The ipsec-mb backend: job managers of the library
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/memalign.h"
#include "manager.h"
#include "system/cryptodev.h"

/*
 * Below AVX2, the library has few lanes, and its ChaCha20-Poly1305 reads behind
 * the source (up to version 2.0.1).  Without the library's safe options, it
 * would leave keys behind in registers, and believe any parameter.
 */
#define FEATURES_MIN (IMB_FEATURE_AVX2 | IMB_FEATURE_AESNI | \
                      IMB_FEATURE_PCLMULQDQ | IMB_FEATURE_BMI2 | \
                      IMB_FEATURE_SAFE_DATA | IMB_FEATURE_SAFE_PARAM)

/* The memory is ours and not the library's, so that it can be wiped. */
IMB_MGR *cryptodev_mb_manager_new(void)
{
    void *memory = qemu_memalign(CRYPTODEV_MB_ALIGN, imb_get_mb_mgr_size());
    IMB_MGR *manager = imb_set_pointers_mb_mgr(memory, 0, 1);

    if (!manager) {
        qemu_vfree(memory);
        return NULL;
    }
    init_mb_mgr_auto(manager, NULL);
    /* imb_get_errno() returns errors of other threads' managers as well. */
    if (manager->imb_errno ||
        (manager->features & FEATURES_MIN) != FEATURES_MIN) {
        cryptodev_mb_manager_free(manager);
        return NULL;
    }
    return manager;
}

void cryptodev_mb_manager_free(IMB_MGR *manager)
{
    if (manager) {
        cryptodev_wipe(manager, imb_get_mb_mgr_size());
        qemu_vfree(manager);
    }
}
