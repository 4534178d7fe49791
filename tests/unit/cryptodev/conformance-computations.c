/*
 * Conformance of backends: computations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "compute-run.h"
#include "conformance.h"

#define SERVICE(name) BIT(CRYPTODEV_SERVICE_ ## name)

/* No service has as many operations. */
#define OPERATIONS_MAX 32

/* Tests, and the services that they use */
static const struct {
    const ComputeTest *tests;
    uint32_t services;
} groups[] = {
    { dh_tests, SERVICE(DH) },
    { dsa_tests, SERVICE(DSA) },
    { rsa_tests, SERVICE(RSA) },
    { ec_tests, SERVICE(EC) | SERVICE(ECDH) },
    { edwards_tests, SERVICE(EC) },
    { montgomery_tests, SERVICE(EC) | SERVICE(ECDH) },
    { ecdsa_tests, SERVICE(ECDSA) },
    { key_tests, SERVICE(KEY) },
    { ln_tests, SERVICE(LN) },
    { prime_tests, SERVICE(PRIME) },
    { generator_tests, SERVICE(DRBG) },
    { random_tests, SERVICE(NRBG) | SERVICE(RAND) },
};

/* How many tests of a backend there are, and how many have run to their end */
typedef struct Progress {
    size_t added, run;
} Progress;

typedef struct Data {
    CryptoDevBackend *backend;
    const ComputeTest *test;
    Progress *progress;
} Data;

static void run_test(gconstpointer opaque)
{
    const Data *data = opaque;

    backend_use(data->backend);
    data->test->run();
    data->progress->run++;
}

/* Whatever the services have was computed, and compared with something. */
static void run_complete(gconstpointer opaque)
{
    const Data *data = opaque;
    const CryptoDevCapability *capability;
    guint i = 0;

    if (data->progress->run < data->progress->added) {
        g_test_skip("not all tests of computations have run");
        return;
    }
    while ((capability = cryptodev_backend_next(data->backend, &i))) {
        if (cryptodev_has_operations(capability->service) &&
            cryptodev_computation_name(capability->service,
                                       capability->algo) &&
            !backend_has_computed(capability->service, capability->algo)) {
            g_test_message("%s/%s: nothing knows its results",
                           CryptodevService_str(capability->service),
                           capability->name);
            g_test_fail();
        }
    }
}

static void add_test(const Conformance *conformance, Progress *progress,
                     const ComputeTest *test, GTestDataFunc run)
{
    g_autofree char *path = g_strconcat(conformance->path, test->path, NULL);
    Data *data = g_new(Data, 1);

    *data = (Data) { conformance->backend, test, progress };
    g_test_add_data_func_full(path, data, run, g_free);
}

/* Whether the backend has every operation of some services */
static bool has_all(CryptoDevBackend *backend, uint32_t services)
{
    for (int service = 0; service < CRYPTODEV_SERVICE__MAX; service++) {
        for (uint32_t i = 0; i < OPERATIONS_MAX; i++) {
            if (services & BIT(service) &&
                cryptodev_computation_name(service, i) &&
                !cryptodev_backend_find(backend, service, i)) {
                return false;
            }
        }
    }
    return true;
}

/*
 * Tests of services of which a backend lacks an operation are left out, and
 * what it has of them is missed in the end.
 */
void add_conformance_computations(const Conformance *conformance)
{
    static const ComputeTest complete = { "complete/computations" };
    /* Tests have it as long as the program runs. */
    Progress *progress = g_new0(Progress, 1);

    for (size_t i = 0; i < ARRAY_SIZE(groups); i++) {
        if (has_all(conformance->backend, groups[i].services)) {
            const ComputeTest *test;

            for (test = groups[i].tests; test->path; test++) {
                add_test(conformance, progress, test, run_test);
                progress->added++;
            }
        }
    }
    add_test(conformance, progress, &complete, run_complete);
}
