/*
 * The OpenSSL backend: elliptic curves, and their points
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/err.h>
#include <openssl/objects.h>
#include "curve.h"
#include "lanes.h"

static const struct {
    int nid;
    const char *name;
    bool quick;
} names[] = {
    [CRYPTODEV_CURVE_P192] = { NID_X9_62_prime192v1, "prime192v1" },
    [CRYPTODEV_CURVE_P224] = { NID_secp224r1, "secp224r1", true },
    [CRYPTODEV_CURVE_P256] = { NID_X9_62_prime256v1, "prime256v1", true },
    [CRYPTODEV_CURVE_P384] = { NID_secp384r1, "secp384r1" },
    [CRYPTODEV_CURVE_P521] = { NID_secp521r1, "secp521r1" },
};

static CryptoDevOpensslOrder order_of(const EC_GROUP *group,
                                      const CryptoDevOpensslLibrary *library)
{
    return (CryptoDevOpensslOrder) {
        .context = library->context,
        .primitives = library->primitives,
        .n = EC_GROUP_get0_order(group),
        .mont = EC_GROUP_get_mont_data(group),
        .size = DIV_ROUND_UP(EC_GROUP_order_bits(group), 8),
    };
}

CryptoDevOpensslCurve *
cryptodev_openssl_curves_new(const CryptoDevOpensslLibrary *library,
                             bool uses_lanes)
{
    CryptoDevOpensslCurve *curves =
        g_new0(CryptoDevOpensslCurve, ARRAY_SIZE(names));

    for (size_t i = CRYPTODEV_CURVE_P192; i < ARRAY_SIZE(names); i++) {
        EC_GROUP *group = EC_GROUP_new_by_curve_name_ex(library->context, NULL,
                                                        names[i].nid);

        if (group) {
            curves[i] = (CryptoDevOpensslCurve) {
                .group = group,
                .order = order_of(group, library),
                .id = i,
                .name = names[i].name,
                .size = DIV_ROUND_UP(EC_GROUP_get_degree(group), 8),
                .quick = names[i].quick,
                .lanes = uses_lanes && cryptodev_lanes_has_ecdsa(i),
            };
        }
    }
    ERR_clear_error();
    return curves;
}

void cryptodev_openssl_curves_free(CryptoDevOpensslCurve *curves)
{
    if (curves) {
        for (size_t i = 0; i < ARRAY_SIZE(names); i++) {
            EC_GROUP_free(curves[i].group);
        }
        g_free(curves);
    }
}

const CryptoDevOpensslCurve *
cryptodev_openssl_curves_find(const CryptoDevOpensslCurve *curves,
                              CryptoDevCurve id)
{
    return id < ARRAY_SIZE(names) && curves[id].group ? &curves[id] : NULL;
}

/*
 * OpenSSL checks that the point is on the curve, but takes coordinates that are
 * not below p.  If the check itself fails, OpenSSL says that the point is not
 * on the curve, too, but first notes another error.
 */
static CryptoDevStatus set_point(const CryptoDevOpensslCurve *curve,
                                 EC_POINT *point, const BIGNUM *x,
                                 const BIGNUM *y)
{
    const BIGNUM *p = EC_GROUP_get0_field(curve->group);

    if (BN_cmp(x, p) >= 0 || BN_cmp(y, p) >= 0) {
        return CRYPTODEV_KEY_REJECTED;
    }
    ERR_clear_error();
    if (EC_POINT_set_affine_coordinates(curve->group, point, x, y, NULL)) {
        return CRYPTODEV_OK;
    }
    return ERR_GET_REASON(ERR_peek_error()) == EC_R_POINT_IS_NOT_ON_CURVE
           ? CRYPTODEV_KEY_REJECTED : CRYPTODEV_ERR;
}

CryptoDevStatus
cryptodev_openssl_read_point(const CryptoDevOpensslCurve *curve,
                             CryptoDevOperand x, CryptoDevOperand y,
                             EC_POINT **point)
{
    g_autoptr(BIGNUM) x_value = cryptodev_openssl_read(x);
    g_autoptr(BIGNUM) y_value = cryptodev_openssl_read(y);
    CryptoDevStatus status = CRYPTODEV_ERR;

    *point = EC_POINT_new(curve->group);
    if (x_value && y_value && *point) {
        status = set_point(curve, *point, x_value, y_value);
    }
    if (status != CRYPTODEV_OK) {
        g_clear_pointer(point, EC_POINT_free);
    }
    ERR_clear_error();
    return status;
}

bool cryptodev_openssl_multiply(const CryptoDevOpensslCurve *curve,
                                const BIGNUM *k, const EC_POINT *point,
                                BIGNUM *x, BIGNUM *y)
{
    g_autoptr(BN_CTX) work = BN_CTX_new_ex(curve->order.context);
    g_autoptr(EC_POINT) product = EC_POINT_new(curve->group);
    bool ok = work && product &&
              (point ? EC_POINT_mul(curve->group, product, NULL, point, k, work)
                     : EC_POINT_mul(curve->group, product, k, NULL, NULL,
                                    work)) &&
              EC_POINT_get_affine_coordinates(curve->group, product, x, y,
                                              work);

    if (!ok) {
        ERR_clear_error();
    }
    cryptodev_openssl_wipe_stack();
    return ok;
}
