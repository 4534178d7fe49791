/*
 * Conformance of backends: signatures of DSA and ECDSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/core_names.h>
#include <openssl/ec.h>
#include "../../qtest/virtio-crypto/dsa-key.h"
#include "../../qtest/virtio-crypto/ec-key.h"
#include "../../qtest/virtio-crypto/rsp.h"
#include "compute-openssl.h"
#include "compute-run.h"
#include "conformance.h"
#include "conformance-akcipher.h"

/* The longest digest of all */
#define DIGEST_MAX 64

/* Each library verifies what the other one has signed. */
static void check_digest(const Subject *public, const Subject *private,
                         EVP_PKEY *pkey, const GByteArray *digest)
{
    g_autofree char *hex = to_hex(digest->data, digest->len);
    g_autoptr(GByteArray) ours =
        akcipher_make(private, CRYPTODEV_OP_SIGN, digest,
                      AKCIPHER_SIGNATURE_MAX);
    g_autofree char *our_r = NULL, *our_s = NULL;
    g_autofree char *their_r = NULL, *their_s = NULL;
    g_autoptr(GByteArray) theirs = NULL;

    signature_split(ours->data, ours->len, &our_r, &our_s);
    g_assert_true(pkey_verifies(pkey, hex, our_r, our_s));
    pkey_sign(pkey, hex, &their_r, &their_s);
    theirs = signature_join(their_r, their_s);
    akcipher_check_signature(public, digest, theirs, CRYPTODEV_OK);
    akcipher_check_signature(private, digest, theirs, CRYPTODEV_OK);
}

/* No digest at all, and one that is longer than any */
static void check_digest_lens(const Subject *public, const Subject *private,
                              const GByteArray *signature, GRand *rand)
{
    g_autoptr(GByteArray) none = g_byte_array_new();
    g_autoptr(GByteArray) large = random_bytes(rand, DIGEST_MAX + 1);
    size_t room = AKCIPHER_SIGNATURE_MAX;

    akcipher_check(private, CRYPTODEV_OP_SIGN, none, room, CRYPTODEV_ERR,
                   NULL);
    akcipher_check(private, CRYPTODEV_OP_SIGN, large, room, CRYPTODEV_ERR,
                   NULL);
    akcipher_check_signature(public, none, signature, CRYPTODEV_ERR);
    akcipher_check_signature(public, large, signature, CRYPTODEV_ERR);
    akcipher_check(private, CRYPTODEV_OP_ENCRYPT, large, room,
                   CRYPTODEV_NOTSUPP, NULL);
    akcipher_check(private, CRYPTODEV_OP_DECRYPT, large, room,
                   CRYPTODEV_NOTSUPP, NULL);
}

static void check_pair(const Subject *public, const Subject *private,
                       EVP_PKEY *pkey, GRand *rand)
{
    static const size_t lens[] = { 1, 20, 28, 32, 48, 64 };

    for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
        g_autoptr(GByteArray) digest = random_bytes(rand, lens[i]);

        check_digest(public, private, pkey, digest);
        if (lens[i] == 20) {
            g_autoptr(GByteArray) signature =
                akcipher_make(private, CRYPTODEV_OP_SIGN, digest,
                              AKCIPHER_SIGNATURE_MAX);

            akcipher_check_forgeries(public, digest, signature);
            akcipher_check_types(public, private, digest);
            check_digest_lens(public, private, signature, rand);
        }
    }
}

/* No beginning of a key is one. */
static void check_bad_keys(CryptoDevBackend *backend,
                           const CryptoDevSessionParams *params,
                           const GByteArray *key, bool private_key)
{
    for (guint i = 0; i < key->len; i++) {
        g_autoptr(GByteArray) part = g_byte_array_new();

        g_byte_array_append(part, key->data, i);
        akcipher_refused(backend, params, part, private_key, CRYPTODEV_ERR);
    }
}

/* y = g^x mod p */
static char *dsa_y(const char *x)
{
    g_autoptr(BN_CTX) ctx = BN_CTX_new();
    g_autoptr(BIGNUM) y = BN_new();
    g_autoptr(BIGNUM) g_bn = bn_read(DSA_G);
    g_autoptr(BIGNUM) x_bn = bn_read(x);
    g_autoptr(BIGNUM) p_bn = bn_read(DSA_P);

    BN_mod_exp(y, g_bn, x_bn, p_bn, ctx);
    return bn_hex(y);
}

static void clear_dsa(DSANumbers *numbers)
{
    g_byte_array_unref(numbers->p);
    g_byte_array_unref(numbers->q);
    g_byte_array_unref(numbers->g);
    g_byte_array_unref(numbers->y);
    g_clear_pointer(&numbers->x, g_byte_array_unref);
}

static void test_dsa(CryptoDevBackend *backend,
                     const CryptoDevCapability *capability)
{
    const CryptoDevSessionParams params = { .algo = CRYPTODEV_AKCIPHER_DSA };
    g_autoptr(GRand) rand = g_rand_new_with_seed(186);
    g_autofree char *x = random_hex(rand, 19);
    g_autofree char *y = dsa_y(x);
    g_autoptr(EVP_PKEY) pkey =
        pkey_new("DSA", EVP_PKEY_KEYPAIR, NULL, OSSL_PKEY_PARAM_FFC_P, DSA_P,
                 OSSL_PKEY_PARAM_FFC_Q, DSA_Q, OSSL_PKEY_PARAM_FFC_G, DSA_G,
                 OSSL_PKEY_PARAM_PUB_KEY, y, OSSL_PKEY_PARAM_PRIV_KEY, x,
                 NULL);
    DSANumbers numbers = {
        .p = hex_to_bytes(DSA_P), .q = hex_to_bytes(DSA_Q),
        .g = hex_to_bytes(DSA_G), .y = hex_to_bytes(y), .x = hex_to_bytes(x),
    };
    g_autoptr(GByteArray) public_key = dsa_public(&numbers);
    g_autoptr(GByteArray) private_key = dsa_private(0, &numbers);
    g_autoptr(Subject) public =
        akcipher_new(backend, &params, public_key, false);
    g_autoptr(Subject) private =
        akcipher_new(backend, &params, private_key, true);

    check_pair(public, private, pkey, rand);
    check_bad_keys(backend, &params, public_key, false);
    check_bad_keys(backend, &params, private_key, true);
    akcipher_refused(backend, &params, public_key, true, CRYPTODEV_ERR);
    akcipher_refused(backend, &params, private_key, false, CRYPTODEV_ERR);
    clear_dsa(&numbers);
}

static void check_dsa_record(CryptoDevBackend *backend,
                             const RspRecord *domain, const RspRecord *record)
{
    const CryptoDevSessionParams params = { .algo = CRYPTODEV_AKCIPHER_DSA };
    const char *hash = strrchr(record->section, ' ') + 1;
    g_autofree char *digest_text = digest_hex(hash, rsp_text(record, "Msg"));
    g_autoptr(GByteArray) digest = hex_to_bytes(digest_text);
    g_autoptr(GByteArray) signature =
        signature_join(rsp_text(record, "R"), rsp_text(record, "S"));
    DSANumbers numbers = {
        .p = rsp_hex(domain, "P"), .q = rsp_hex(domain, "Q"),
        .g = rsp_hex(domain, "G"), .y = rsp_hex(record, "Y"),
    };
    g_autoptr(GByteArray) key = dsa_public(&numbers);
    g_autoptr(Subject) subject = akcipher_new(backend, &params, key, false);
    bool genuine = rsp_text(record, "Result")[0] == 'P';

    akcipher_check_signature(subject, digest, signature,
                             genuine ? CRYPTODEV_OK : CRYPTODEV_KEY_REJECTED);
    clear_dsa(&numbers);
}

/* NIST's signatures, genuine and not, with groups of all sizes */
static void test_dsa_known(CryptoDevBackend *backend,
                           const CryptoDevCapability *capability)
{
    g_autofree char *path =
        vectors_path("asymmetric/DSA/FIPS_186-3/SigVer.rsp");
    g_autoptr(GPtrArray) records = rsp_read(path);
    const RspRecord *domain = NULL;
    int checked = 0;

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = records->pdata[i];

        domain = rsp_text(record, "P") ? record : domain;
        if (rsp_text(record, "Result") && i % 4 == 0) {
            check_dsa_record(backend, domain, record);
            checked++;
        }
    }
    g_assert_cmpint(checked, >, 20);
}

/* A key of a curve, as OpenSSL has it */
static EVP_PKEY *ec_new(const ECCurve *curve, GByteArray **d,
                        GByteArray **point)
{
    EVP_PKEY *pkey = EVP_EC_gen(curve->name);
    g_autofree char *d_text = NULL;
    g_autofree char *padded = NULL;
    size_t len = 2 * curve->size + 1;

    g_assert_nonnull(pkey);
    d_text = pkey_number(pkey, OSSL_PKEY_PARAM_PRIV_KEY);
    padded = pad_hex(d_text, curve->size);
    *d = hex_to_bytes(padded);
    *point = g_byte_array_new();
    g_byte_array_set_size(*point, len);
    g_assert_cmpint(EVP_PKEY_get_octet_string_param(pkey,
                        OSSL_PKEY_PARAM_PUB_KEY, (*point)->data, len, &len),
                    ==, 1);
    g_assert_cmpint(len, ==, (*point)->len);
    return pkey;
}

static void check_curve(CryptoDevBackend *backend, const ECCurve *curve,
                        CryptoDevCurve number, GRand *rand)
{
    CryptoDevSessionParams params = {
        .algo = CRYPTODEV_AKCIPHER_ECDSA,
        .akcipher.curve = number,
    };
    g_autoptr(GByteArray) d = NULL;
    g_autoptr(GByteArray) point = NULL;
    g_autoptr(EVP_PKEY) pkey = ec_new(curve, &d, &point);
    g_autoptr(GByteArray) key = ec_private(1, d, curve->oid, point);
    g_autoptr(Subject) public = akcipher_new(backend, &params, point, false);
    g_autoptr(Subject) private = akcipher_new(backend, &params, key, true);

    check_pair(public, private, pkey, rand);
    check_bad_keys(backend, &params, point, false);
    check_bad_keys(backend, &params, key, true);
    akcipher_refused(backend, &params, key, false, CRYPTODEV_ERR);
    akcipher_refused(backend, &params, point, true, CRYPTODEV_ERR);
    /* A point that is not on the curve, and curves that sign nothing */
    point->data[point->len - 1] ^= 1;
    akcipher_refused(backend, &params, point, false, CRYPTODEV_ERR);
    params.akcipher.curve = CRYPTODEV_CURVE_X25519;
    akcipher_refused(backend, &params, point, false, CRYPTODEV_NOTSUPP);
    params.akcipher.curve = 0;
    akcipher_refused(backend, &params, point, false, CRYPTODEV_NOTSUPP);
    params.akcipher.curve = 1000;
    akcipher_refused(backend, &params, point, false, CRYPTODEV_NOTSUPP);
}

static void test_ecdsa(CryptoDevBackend *backend,
                       const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(6979);

    for (size_t i = 0; i < EC_CURVES; i++) {
        check_curve(backend, &ec_curves[i], CRYPTODEV_CURVE_P192 + i, rand);
    }
}

/* RFC 6979's signature, whose key is checked by the way */
static void test_ecdsa_known(CryptoDevBackend *backend,
                             const CryptoDevCapability *capability)
{
    const CryptoDevSessionParams params = {
        .algo = CRYPTODEV_AKCIPHER_ECDSA,
        .akcipher.curve = CRYPTODEV_CURVE_P256,
    };
    g_autoptr(GByteArray) d = hex_to_bytes(p256_d);
    g_autoptr(GByteArray) key = ec_private(1, d, NULL, NULL);
    g_autoptr(Subject) subject = akcipher_new(backend, &params, key, true);
    g_autoptr(GByteArray) digest = hex_to_bytes(p256_digest);
    g_autoptr(GByteArray) signature = signature_join(p256_r, p256_s);

    akcipher_check_forgeries(subject, digest, signature);
}

static void add_tests(const Conformance *conformance,
                      CryptoDevAkcipherAlgo algo, const char *keys,
                      ConformanceTest *run_keys, const char *known,
                      ConformanceTest *run_known)
{
    const CryptoDevCapability *capability =
        cryptodev_backend_find(conformance->backend,
                               CRYPTODEV_SERVICE_AKCIPHER, algo);

    if (capability) {
        conformance_add(conformance, capability, keys, run_keys);
        conformance_add(conformance, capability, known, run_known);
    }
}

void add_conformance_signatures(const Conformance *conformance)
{
    add_tests(conformance, CRYPTODEV_AKCIPHER_DSA, "akcipher/dsa/keys",
              test_dsa, "akcipher/dsa/known", test_dsa_known);
    add_tests(conformance, CRYPTODEV_AKCIPHER_ECDSA, "akcipher/ecdsa/keys",
              test_ecdsa, "akcipher/ecdsa/known", test_ecdsa_known);
}
