/*
 * Tests of virtio-crypto: published vectors of the services of RFC v1 that have
 * operations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * They are those of the unit tests, here through the queues.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-rfc.h"
#include "options.h"
#include "rfc-computation.h"
#include "rfc-compute-run.h"

static void run_vectors(QVirtioCrypto *crypto, QGuestAllocator *alloc,
                        void (*run)(void))
{
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, SERVICES);

    compute_on(d);
    run();
    g_test_message("%u requests", compute_count());
    g_assert_cmpint(compute_count(), >, 0);
    compute_on(NULL);
    qvirtio_crypto_stop(d);
}

static void test_dh(void *obj, void *data, QGuestAllocator *alloc)
{
    run_vectors(obj, alloc, run_dh_vectors);
}

static void test_dsa(void *obj, void *data, QGuestAllocator *alloc)
{
    run_vectors(obj, alloc, run_dsa_vectors);
}

static void test_ec(void *obj, void *data, QGuestAllocator *alloc)
{
    run_vectors(obj, alloc, run_ec_vectors);
}

static void test_ecdsa(void *obj, void *data, QGuestAllocator *alloc)
{
    run_vectors(obj, alloc, run_ecdsa_vectors);
}

static void test_key(void *obj, void *data, QGuestAllocator *alloc)
{
    run_vectors(obj, alloc, run_key_vectors);
}

static void test_montgomery(void *obj, void *data, QGuestAllocator *alloc)
{
    run_vectors(obj, alloc, run_montgomery_vectors);
}

static void test_rsa(void *obj, void *data, QGuestAllocator *alloc)
{
    run_vectors(obj, alloc, run_rsa_vectors);
}

static void register_tests(void)
{
    const struct {
        const char *name;
        QOSTestFunc run;
    } tests[] = {
        { "rfc-compute-vectors/dh", test_dh },
        { "rfc-compute-vectors/dsa", test_dsa },
        { "rfc-compute-vectors/ec", test_ec },
        { "rfc-compute-vectors/ecdsa", test_ecdsa },
        { "rfc-compute-vectors/key", test_key },
        { "rfc-compute-vectors/montgomery", test_montgomery },
        { "rfc-compute-vectors/rsa", test_rsa },
    };

    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        add_crypto_test(tests[i].name, "virtio-crypto-rfc", tests[i].run,
                        &shared_ram);
    }
}

libqos_init(register_tests);
