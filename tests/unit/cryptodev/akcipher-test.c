/*
 * Tests of RSA without a device: parameters that requests cannot have
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "compute-run.h"

/* RSAPublicKey: an odd number of 512 bits, and 3 */
static const uint8_t public_key[] = {
    0x30, 0x46, 0x02, 0x41, 0x00, [5 ... 68] = 0xff, 0x02, 0x01, 0x03,
};

static CryptoDevStatus create(CryptoDevHashAlgo hash,
                              CryptoDevSession **session)
{
    const CryptoDevSessionParams params = {
        .service = CRYPTODEV_SERVICE_AKCIPHER,
        .algo = CRYPTODEV_AKCIPHER_RSA,
        .key = public_key,
        .key_len = sizeof(public_key),
        .akcipher.padding = CRYPTODEV_RSA_PKCS1,
        .akcipher.hash = hash,
    };

    return cryptodev_backend_create_session(backend_get(), &params, session);
}

/* An operation that public keys do not have */
static void test_type(void)
{
    CryptoDevOp op = { .type = CRYPTODEV_OP_DIGEST };

    g_assert_cmpint(create(CRYPTODEV_HASH_SHA256, &op.session), ==,
                    CRYPTODEV_OK);
    cryptodev_backend_run(backend_get(), NULL, &op, 1);
    g_assert_cmpint(op.status, !=, CRYPTODEV_OK);
    session_free(op.session);
}

/* Hashes of any output length have no DigestInfo. */
static void test_hashes(void)
{
    for (int hash = CRYPTODEV_HASH_NONE; hash <= CRYPTODEV_HASH_MD4; hash++) {
        bool any_length = hash == CRYPTODEV_HASH_SHAKE128 ||
                          hash == CRYPTODEV_HASH_SHAKE256;
        CryptoDevSession *session;
        CryptoDevStatus status = create(hash, &session);

        g_assert_cmpint(status, ==, any_length ? CRYPTODEV_NOTSUPP
                                               : CRYPTODEV_OK);
        if (status == CRYPTODEV_OK) {
            session_free(session);
        }
    }
}

void add_akcipher_tests(void)
{
    g_test_add_func("/compute/akcipher/rsa/type", test_type);
    g_test_add_func("/compute/akcipher/rsa/hashes", test_hashes);
}
