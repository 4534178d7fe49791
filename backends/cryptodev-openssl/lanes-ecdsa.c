/*
 * The OpenSSL backend: signatures of ECDSA eight at a time
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <crypto_mb/ec_nistp256.h>
#include <crypto_mb/ec_nistp384.h>
#include <crypto_mb/ec_nistp521.h>
#include "lanes.h"

#define WORDS_MAX DIV_ROUND_UP(CRYPTODEV_ORDER_MAX, sizeof(int64u))

typedef mbx_status Sign(unsigned char *r[CRYPTODEV_LANES],
                        unsigned char *s[CRYPTODEV_LANES],
                        const unsigned char *const z[CRYPTODEV_LANES],
                        const unsigned long long *const k[CRYPTODEV_LANES],
                        const unsigned long long *const x[CRYPTODEV_LANES],
                        unsigned char *scratch);

static const struct {
    size_t size;
    Sign *sign;
} curves[] = {
    [CRYPTODEV_CURVE_P256] = { 32, mbx_nistp256_ecdsa_sign_mb8 },
    [CRYPTODEV_CURVE_P384] = { 48, mbx_nistp384_ecdsa_sign_mb8 },
    [CRYPTODEV_CURVE_P521] = { 66, mbx_nistp521_ecdsa_sign_mb8 },
};

/* The secrets of each lane, as the library has them: little-endian words */
typedef struct Secrets {
    int64u k[CRYPTODEV_LANES][WORDS_MAX];
    int64u x[CRYPTODEV_LANES][WORDS_MAX];
} Secrets;

bool cryptodev_lanes_has_ecdsa(CryptoDevCurve curve)
{
    return curve < ARRAY_SIZE(curves) && curves[curve].sign;
}

static void store(int64u *words, const uint8_t *number, size_t size)
{
    uint8_t *bytes = (uint8_t *)words;

    for (size_t i = 0; i < size; i++) {
        bytes[i] = number[size - 1 - i];
    }
}

uint32_t cryptodev_lanes_ecdsa_sign(CryptoDevCurve curve,
                                    CryptoDevLanesSignature *signatures,
                                    size_t n)
{
    Secrets secrets = { };
    const int64u *k[CRYPTODEV_LANES] = { };
    const int64u *x[CRYPTODEV_LANES] = { };
    const uint8_t *z[CRYPTODEV_LANES] = { };
    uint8_t *r[CRYPTODEV_LANES] = { };
    uint8_t *s[CRYPTODEV_LANES] = { };
    uint32_t good = 0;
    mbx_status status;

    for (size_t i = 0; i < n; i++) {
        store(secrets.k[i], signatures[i].k, curves[curve].size);
        store(secrets.x[i], signatures[i].x, curves[curve].size);
        k[i] = secrets.k[i];
        x[i] = secrets.x[i];
        z[i] = signatures[i].z;
        r[i] = signatures[i].r;
        s[i] = signatures[i].s;
    }
    status = curves[curve].sign(r, s, z, k, x, NULL);
    for (size_t i = 0; i < n; i++) {
        if (MBX_GET_STS(status, i) == MBX_STATUS_OK) {
            good |= BIT(i);
        }
    }
    cryptodev_wipe(&secrets, sizeof(secrets));
    return good;
}
