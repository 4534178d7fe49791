/*
 * The OpenSSL backend: whether public keys go eight at a time
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <crypto_mb/cpu_features.h>
#include "qapi/error.h"
#include "lanes.h"

bool cryptodev_lanes_choose(OnOffAuto wanted, bool is_default, bool *chosen,
                            Error **errp)
{
    bool is_able = mbx_is_crypto_mb_applicable(mbx_get_cpu_features());

    *chosen = wanted != ON_OFF_AUTO_OFF && is_able && is_default;
    if (wanted != ON_OFF_AUTO_ON || *chosen) {
        return true;
    }
    error_setg(errp, is_able
               ? "multi-buffer=on does not go with chosen providers"
               : "multi-buffer=on needs a processor with AVX-512 IFMA");
    return false;
}
