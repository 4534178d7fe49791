/*
 * Tests of the libgcrypt backend, without a device: what it is like inside
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "cryptodev/compute-run.h"
#include "cryptodev/gcrypt-messages.h"

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    module_call_init(MODULE_INIT_QOM);
    /* libgcrypt must be ready before there are threads. */
    backend_get();
    refuse_messages();

    add_backend_tests();
    add_op_tests();
    add_list_tests();
    add_akcipher_tests();
    add_blinding_tests();
    add_rejection_tests();
    add_drbg_tests();
    add_inverse_tests();
    add_pool_tests();
    add_sessions_tests();
    add_time_tests();
    return g_test_run();
}
