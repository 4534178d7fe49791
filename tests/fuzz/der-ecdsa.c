/*
 * Fuzz target: reading ECDSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../../backends/cryptodev/common/ec-key.h"
#include "der.h"

#define CURVES (CRYPTODEV_CURVE_P521 - CRYPTODEV_CURVE_P192 + 1)

static bool is_within(CryptoDevOperand part, CryptoDevDer der)
{
    return fuzz_der_within((CryptoDevDer) { part.data, part.len }, der);
}

/* A key names one curve, or none and is any curve's. */
void fuzz_der_ecdsa(CryptoDevDer der)
{
    CryptoDevOperand span = { der.data, der.len };
    CryptoDevEcKey key;
    int curves = 0;

    for (int i = CRYPTODEV_CURVE_P192; i <= CRYPTODEV_CURVE_P521; i++) {
        if (cryptodev_ec_key_read(&key, i, span)) {
            g_assert(key.scalar.data);
            g_assert(is_within(key.scalar, der));
            g_assert(is_within(key.point, der));
            curves++;
        }
    }
    g_assert(curves <= 1 || curves == CURVES);
}
