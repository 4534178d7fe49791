/*
 * Fuzz target: reading ECDSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The function that reads the encoding is not known outside; the one that is
 * looks whether points are on curves, and is slower.
 */

#include "qemu/osdep.h"
#include "../../backends/cryptodev-gcrypt/ecdsa-key.c"
#include "der.h"

void fuzz_der_ecdsa(CryptoDevDer der)
{
    EcPrivateKey key = { };
    bool known = false;

    if (!take_key(der, &key)) {
        return;
    }
    g_assert(key.scalar.data);
    g_assert(fuzz_der_within(key.scalar, der));
    g_assert(fuzz_der_within(key.curve, der));
    g_assert(fuzz_der_within(key.public, der));
    /* Nothing but an absent curve is any curve. */
    for (int i = CRYPTODEV_CURVE_P192; i <= CRYPTODEV_CURVE_P521; i++) {
        g_assert(!known || !key.curve.data || !check_curve(key.curve, i));
        known |= check_curve(key.curve, i);
    }
    g_assert(known || key.curve.data);
}
