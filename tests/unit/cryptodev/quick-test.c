/*
 * What an OpenSSL backend calls quick
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "system/cryptodev-task.h"
#include "compute-run.h"
#include "quick-test.h"

static const struct {
    CryptoDevCurve curve;
    /* Before its first operation, and after it */
    bool first, later;
} curves[] = {
    { CRYPTODEV_CURVE_P192, false, false },
    { CRYPTODEV_CURVE_P224, true, true },
    { CRYPTODEV_CURVE_P256, true, true },
    { CRYPTODEV_CURVE_P384, false, false },
    { CRYPTODEV_CURVE_P521, false, false },
    { CRYPTODEV_CURVE_X25519, false, true },
    { CRYPTODEV_CURVE_X448, false, false },
};

/* The coordinate of RFC 7748's base points; on P-256 and others it is none */
static const uint8_t flag[] = { 0 }, u[] = { 9 }, one[] = { 1 };

static bool is_quick(CryptoDevBackend *backend, CryptodevService service,
                     uint32_t operation, CryptoDevSession *session,
                     const CryptoDevOperand *operands, size_t n)
{
    const CryptoDevComputation computation = {
        .service = service, .operation = operation, .session = session,
        .operands = operands, .n_operands = n,
    };

    return cryptodev_backend_route(backend, NULL, &computation) ==
           CRYPTODEV_ROUTE_RUN;
}

static void check_agreement(CryptoDevBackend *backend, CryptoDevCurve curve,
                            bool first, bool later)
{
    const CryptoDevOperand operands[] = {
        { flag, sizeof(flag) }, { u, sizeof(u) }, { NULL, 0 },
    };
    CryptoDevSession *session =
        session_new(CRYPTODEV_SERVICE_ECDH, CRYPTODEV_ECDH_SHARED_POINT,
                    number(curve), "1234567890", NULL);

    g_test_message("curve %d", curve);
    g_assert_cmpint(is_quick(backend, CRYPTODEV_SERVICE_ECDH,
                             CRYPTODEV_ECDH_SHARED_POINT, session, operands,
                             ARRAY_SIZE(operands)), ==, first);
    if (curve == CRYPTODEV_CURVE_X25519) {
        g_strfreev(compute(CRYPTODEV_SERVICE_ECDH, CRYPTODEV_ECDH_SHARED_POINT,
                           session, "00", "09", "", NULL));
    }
    g_assert_cmpint(is_quick(backend, CRYPTODEV_SERVICE_ECDH,
                             CRYPTODEV_ECDH_SHARED_POINT, session, operands,
                             ARRAY_SIZE(operands)), ==, later);
    session_free(session);
}

static void check_signature(CryptoDevBackend *backend, CryptoDevCurve curve,
                            bool quick)
{
    const CryptoDevOperand operands[] = { { NULL, 0 }, { one, sizeof(one) } };
    CryptoDevSession *session =
        session_new(CRYPTODEV_SERVICE_ECDSA, CRYPTODEV_ECDSA_SIGN_RS,
                    number(curve), "1234567890", NULL);

    g_assert_cmpint(is_quick(backend, CRYPTODEV_SERVICE_ECDSA,
                             CRYPTODEV_ECDSA_SIGN_RS, session, operands,
                             ARRAY_SIZE(operands)), ==, quick);
    session_free(session);
}

/* Of points, the base's too; OpenSSL's keys of X25519 take some time. */
static void check_points(CryptoDevBackend *backend, CryptoDevCurve curve,
                         bool quick, bool verifies)
{
    uint8_t id = curve;
    const CryptoDevOperand multiply[] = {
        { &id, 1 }, { one, sizeof(one) }, { NULL, 0 }, { NULL, 0 },
    };
    const CryptoDevOperand verify[] = {
        { &id, 1 }, { one, sizeof(one) }, { one, sizeof(one) },
    };

    g_assert_cmpint(is_quick(backend, CRYPTODEV_SERVICE_EC,
                             CRYPTODEV_EC_MULTIPLY, NULL, multiply,
                             ARRAY_SIZE(multiply)), ==, quick);
    g_assert_cmpint(is_quick(backend, CRYPTODEV_SERVICE_EC,
                             CRYPTODEV_EC_VERIFY, NULL, verify,
                             ARRAY_SIZE(verify)), ==, verifies);
}

static void check_all(CryptoDevBackend *backend, bool chosen)
{
    static const uint8_t e[] = { 3 }, bits[] = { 8, 0 };
    const CryptoDevOperand generate[] = {
        { e, sizeof(e) }, { bits, sizeof(bits) },
    };

    backend_use(backend);
    for (size_t i = 0; i < ARRAY_SIZE(curves); i++) {
        check_agreement(backend, curves[i].curve, curves[i].first && !chosen,
                        curves[i].later && !chosen);
        check_points(backend, curves[i].curve, curves[i].first && !chosen,
                     curves[i].curve <= CRYPTODEV_CURVE_P521 && !chosen);
        if (curves[i].curve <= CRYPTODEV_CURVE_P521) {
            check_signature(backend, curves[i].curve,
                            curves[i].first && !chosen);
        }
    }
    g_assert_false(is_quick(backend, CRYPTODEV_SERVICE_RSA,
                            CRYPTODEV_RSA_GENERATE, NULL, generate,
                            ARRAY_SIZE(generate)));
    backend_use(NULL);
}

void test_quick(CryptoDevBackend *backend,
                const CryptoDevCapability *capability)
{
    check_all(backend, false);
}

void test_not_quick(CryptoDevBackend *backend,
                    const CryptoDevCapability *capability)
{
    check_all(backend, true);
}
