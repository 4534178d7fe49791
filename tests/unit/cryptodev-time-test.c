/*
 * Tests of computations: what the time that they take tells
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "cryptodev-compute-run.h"

#define EC CRYPTODEV_SERVICE_EC
#define ECDH CRYPTODEV_SERVICE_ECDH
#define ECDSA CRYPTODEV_SERVICE_ECDSA

#define ROUNDS 31

/* Half as many bits take half as long where each one costs the same. */
#define RATIO_MAX 1.3

typedef struct Work {
    CryptodevService service;
    uint32_t operation;
    CryptoDevSession *session;
    const char *operands[4];
} Work;

static int64_t thread_ns(void)
{
    struct timespec now;

    g_assert_cmpint(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now), ==, 0);
    return now.tv_sec * 1000000000ll + now.tv_nsec;
}

static int64_t run(const Work *work)
{
    int64_t start = thread_ns();
    g_auto(GStrv) results =
        compute(work->service, work->operation, work->session,
                work->operands[0], work->operands[1], work->operands[2],
                work->operands[3], NULL);

    return thread_ns() - start;
}

static int compare(const void *one, const void *other)
{
    const int64_t *a = one, *b = other;

    return *a < *b ? -1 : *a > *b;
}

/* They take turns, so that what disturbs the one disturbs the other. */
static void check_same_time(const Work *one, const Work *other)
{
    int64_t times[2][ROUNDS];
    double ratio;

    for (int i = 0; i < ROUNDS; i++) {
        times[0][i] = run(one);
        times[1][i] = run(other);
    }
    for (int i = 0; i < 2; i++) {
        qsort(times[i], ROUNDS, sizeof(times[i][0]), compare);
    }
    ratio = (double)times[0][ROUNDS / 2] / times[1][ROUNDS / 2];
    g_test_message("%.3f", ratio);
    g_assert_cmpfloat(ratio, <, RATIO_MAX);
    g_assert_cmpfloat(ratio, >, 1 / RATIO_MAX);
}

static const struct {
    const char *name;
    CryptoDevCurve curve;
    size_t len;
} curves[] = {
    { "P-192", CRYPTODEV_CURVE_P192, 24 },
    { "P-224", CRYPTODEV_CURVE_P224, 28 },
    { "P-256", CRYPTODEV_CURVE_P256, 32 },
    { "P-384", CRYPTODEV_CURVE_P384, 48 },
    { "P-521", CRYPTODEV_CURVE_P521, 66 },
};

/* The times for a scalar of all bits, and one of half of them */
static void check_curve(size_t curve)
{
    const char *id = number(curves[curve].curve);
    size_t len = curves[curve].len;
    g_autofree char *half = g_strnfill(len, '7');
    g_autofree char *rest = g_strnfill(2 * len - 2, 'b');
    g_autofree char *full = g_strconcat("01", rest, NULL);
    g_auto(GStrv) point = compute(EC, CRYPTODEV_EC_MULTIPLY, NULL, id, half,
                                  "", "", NULL);
    CryptoDevSession *sign =
        session_new(ECDSA, CRYPTODEV_ECDSA_SIGN_R, id, NULL);
    const char *scalars[] = { full, half };
    Work r[2], product[2], shared[2];

    for (int i = 0; i < 2; i++) {
        r[i] = (Work) {
            ECDSA, CRYPTODEV_ECDSA_SIGN_R, sign, { scalars[i] },
        };
        product[i] = (Work) {
            EC, CRYPTODEV_EC_MULTIPLY, NULL, { id, scalars[i], "", "" },
        };
        shared[i] = (Work) {
            ECDH, CRYPTODEV_ECDH_SHARED_POINT,
            session_new(ECDH, CRYPTODEV_ECDH_SHARED_POINT, id, scalars[i],
                        NULL),
            { "00", point[0], point[1] },
        };
    }
    check_same_time(&r[0], &r[1]);
    check_same_time(&product[0], &product[1]);
    check_same_time(&shared[0], &shared[1]);
    session_free(sign);
    session_free(shared[0].session);
    session_free(shared[1].session);
}

static void test_scalars(void)
{
    for (size_t i = 0; i < ARRAY_SIZE(curves); i++) {
        g_test_message("%s", curves[i].name);
        check_curve(i);
    }
}

void add_time_tests(void)
{
    g_test_add_func("/compute/time/scalars", test_scalars);
}
