/*
 * Fuzz targets: functions that the code under test must be linked with
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "system/cryptodev.h"

/* No target has a backend. */
const CryptoDevCapability *cryptodev_backend_find(CryptoDevBackend *backend,
                                                  CryptodevService service,
                                                  uint32_t algo)
{
    g_assert_not_reached();
}
