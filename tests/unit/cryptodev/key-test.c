/*
 * Tests of computations: derivation of keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/core_names.h>
#include <openssl/kdf.h>
#include "../../qtest/virtio-crypto/rsp.h"
#include "compute-openssl.h"
#include "compute-run.h"

#define KEY CRYPTODEV_SERVICE_KEY

/* The hashes that can be chosen */
static const struct {
    CryptoDevHashAlgo hash;
    const char *name;
} hashes[] = {
    { CRYPTODEV_HASH_MD5, "MD5" },
    { CRYPTODEV_HASH_SHA1, "SHA1" },
    { CRYPTODEV_HASH_SHA224, "SHA224" },
    { CRYPTODEV_HASH_SHA256, "SHA256" },
    { CRYPTODEV_HASH_SHA384, "SHA384" },
    { CRYPTODEV_HASH_SHA512, "SHA512" },
    { CRYPTODEV_HASH_SHA3_224, "SHA3-224" },
    { CRYPTODEV_HASH_SHA3_256, "SHA3-256" },
    { CRYPTODEV_HASH_SHA3_384, "SHA3-384" },
    { CRYPTODEV_HASH_SHA3_512, "SHA3-512" },
};

static char *derive(uint32_t operation, const char *a, const char *b,
                    const char *c, const char *d, const char *e)
{
    g_auto(GStrv) results = compute(KEY, operation, NULL, a, b, c, d, e, NULL);

    g_assert_nonnull(results[0]);
    g_assert_null(results[1]);
    return g_steal_pointer(&results[0]);
}

static void check(uint32_t operation, const char *a, const char *b,
                  const char *c, const char *d, const char *e,
                  const char *expected)
{
    g_autofree char *result = derive(operation, a, b, c, d, e);

    check_result(result, expected);
}

/* NIST's vectors of SP 800-135 */
static void test_tls1_nist(void)
{
    static const char premaster[] =
        "bded7fa5c1699c010be23dd06ada3a48349f21e5f86263d512c0c5cc379f0e78"
        "0ec55d9844b2f1db02a96453513568d0";
    static const char master[] =
        "2f6962dfbc744c4b2138bb6b3d33054c5ecc14f24851d9896395a44ab3964efc"
        "2090c5bf51a0891209f46c1e1e998f62";
    static const char block[] =
        "3088825988e77fce68d19f756e18e43eb7fe672433504feaf99b3c503d9091b1"
        "64f166db301d70c9fc0870b4a94563907bee1a61fb786cb717576890bcc51cb9"
        "ead97e01d0a2fea99c953377b195205ff07b369589178796edc963fd80fdbe51"
        "8a2fc1c35c18ae8d";

    check(CRYPTODEV_KEY_TLS1_MASTER_SECRET, premaster,
          "e5acaf549cd25c22d964c0d930fa4b5261d2507fad84c33715b7b9a864020693"
          "135e4d557fdf3aa6406d82975d5c606a9734c9334b42136e96990fbd5358cdb2",
          NULL, NULL, NULL, master);
    check(CRYPTODEV_KEY_TLS1_KEY_MATERIAL, master,
          "67267e650eb32444119d222a368c191af3082888dc35afe8368e638c828874be"
          "d58a7b1cd4fedaa232159df652ce188f9d997e061b9bf48e83b62990440931f6",
          number(strlen(block) / 2), NULL, NULL, block);
}

static void test_tls12_nist(void)
{
    static const char premaster[] =
        "f8938ecc9edebc5030c0c6a441e213cd24e6f770a50dda07876f8d55da062bca"
        "db386b411fd4fe4313a604fce6c17fbc";
    static const char master[] =
        "202c88c00f84a17a20027079604787461176455539e705be730890602c289a50"
        "01e34eeb3a043e5d52a65e66125188bf";
    static const char block[] =
        "d06139889fffac1e3a71865f504aa5d0d2a2e89506c6f2279b670c3e1b74f531"
        "016a2530c51a3a0f7e1d6590d0f0566b2f387f8d11fd4f731cdd572d2eae927f"
        "6f2f81410b25e6960be68985add6c38445ad9f8c64bf8068bf9a6679485d966f"
        "1ad6f68b43495b10a683755ea2b858d70ccac7ec8b053c6bd41ca299d4e51928";
    const char *sha256 = number(CRYPTODEV_HASH_SHA256);

    check(CRYPTODEV_KEY_TLS12_MASTER_SECRET, sha256, premaster,
          "36c129d01a3200894b9179faac589d9835d58775f9b5ea3587cb8fd0364cae8c"
          "f6c9575ed7ddd73e1f7d16eca115415812a43c2b747daaaae043abfb50053fce",
          NULL, NULL, master);
    check(CRYPTODEV_KEY_TLS12_KEY_MATERIAL, sha256, master,
          "ae6c806f8ad4d80784549dff28a4b58fd837681a51d928c3e30ee5ff14f39868"
          "62e1fd91f23f558a605f28478c58cf72637b89784d959df7e946d3f07bd1b616",
          number(128), NULL, block);
}

static GByteArray *join_text(const char *label, const char *seed)
{
    GByteArray *bytes = hex_to_bytes(seed);

    return g_byte_array_prepend(bytes, (const uint8_t *)label, strlen(label));
}

/* OpenSSL's TLS1-PRF */
static char *openssl_prf(const char *hash, const char *secret,
                         const char *label, const char *seed, size_t len)
{
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, "TLS1-PRF", NULL);
    EVP_KDF_CTX *ctx = EVP_KDF_CTX_new(kdf);
    g_autoptr(GByteArray) key = hex_to_bytes(secret);
    g_autoptr(GByteArray) both = join_text(label, seed);
    g_autofree uint8_t *output = g_malloc(len);
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)hash,
                                         0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SECRET, key->data,
                                          key->len),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_SEED, both->data,
                                          both->len),
        OSSL_PARAM_construct_end(),
    };

    g_assert_cmpint(EVP_KDF_derive(ctx, output, len, params), ==, 1);
    EVP_KDF_CTX_free(ctx);
    EVP_KDF_free(kdf);
    return to_hex(output, len);
}

/* Operations with a label of their own, or one that is given */
static void check_tls_label(const char *name, const char *hash, GRand *rand,
                            uint32_t operation, const char *label,
                            size_t len)
{
    g_autofree char *secret = random_hex(rand, g_rand_int_range(rand, 1, 200));
    g_autofree char *seed = random_hex(rand, 64);
    g_autofree char *expected = openssl_prf(name, secret, label, seed, len);
    g_autofree char *label_hex =
        to_hex((const uint8_t *)label, strlen(label));
    const char *count = number(len);

    switch (operation) {
    case CRYPTODEV_KEY_TLS1_LABEL:
        check(operation, secret, label_hex, seed, count, NULL, expected);
        break;
    case CRYPTODEV_KEY_TLS12_LABEL:
        check(operation, hash, secret, label_hex, seed, count, expected);
        break;
    case CRYPTODEV_KEY_TLS1_KEY_MATERIAL:
        check(operation, secret, seed, count, NULL, NULL, expected);
        break;
    case CRYPTODEV_KEY_TLS12_KEY_MATERIAL:
        check(operation, hash, secret, seed, count, NULL, expected);
        break;
    default:
        if (hash) {
            check(operation, hash, secret, seed, NULL, NULL, expected);
        } else {
            check(operation, secret, seed, NULL, NULL, NULL, expected);
        }
    }
}

static void test_tls1_openssl(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(4346);
    static const char hash[] = "MD5-SHA1";

    for (int i = 0; i < 20; i++) {
        check_tls_label(hash, NULL, rand, CRYPTODEV_KEY_TLS1_MASTER_SECRET,
                        "master secret", 48);
        check_tls_label(hash, NULL, rand, CRYPTODEV_KEY_TLS1_KEY_MATERIAL,
                        "key expansion", 1 + i * 7);
        check_tls_label(hash, NULL, rand, CRYPTODEV_KEY_TLS1_CLIENT_FINISHED,
                        "client finished", 12);
        check_tls_label(hash, NULL, rand, CRYPTODEV_KEY_TLS1_SERVER_FINISHED,
                        "server finished", 12);
        check_tls_label(hash, NULL, rand, CRYPTODEV_KEY_TLS1_LABEL,
                        "EXPORTER-teap session key seed", 1 + i * 131);
    }
    check_tls_label(hash, NULL, rand, CRYPTODEV_KEY_TLS1_KEY_MATERIAL,
                    "key expansion", 65536);
}

static void test_tls12_openssl(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(5246);

    for (size_t i = 0; i < ARRAY_SIZE(hashes); i++) {
        const char *hash = number(hashes[i].hash);
        const char *name = hashes[i].name;

        check_tls_label(name, hash, rand, CRYPTODEV_KEY_TLS12_MASTER_SECRET,
                        "master secret", 48);
        check_tls_label(name, hash, rand, CRYPTODEV_KEY_TLS12_KEY_MATERIAL,
                        "key expansion", 1 + i * 77);
        check_tls_label(name, hash, rand, CRYPTODEV_KEY_TLS12_CLIENT_FINISHED,
                        "client finished", 12);
        check_tls_label(name, hash, rand, CRYPTODEV_KEY_TLS12_SERVER_FINISHED,
                        "server finished", 12);
        check_tls_label(name, hash, rand, CRYPTODEV_KEY_TLS12_LABEL,
                        "extended master secret", 65536);
    }
}

/* RFC 6101 with OpenSSL's hashes: MD5(secret, SHA(label, secret, seed)) */
static char *ssl3_block(const char *secret, const char *label,
                        const char *seed)
{
    g_autofree char *inner = g_strconcat(label, secret, seed, NULL);
    g_autofree char *digest = digest_hex("SHA1", inner);
    g_autofree char *outer = g_strconcat(secret, digest, NULL);

    return digest_hex("MD5", outer);
}

static void test_ssl3(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(6101);
    g_autofree char *secret = random_hex(rand, 48);
    g_autofree char *seed = random_hex(rand, 64);
    g_autoptr(GString) blocks = g_string_new("");
    g_autoptr(GString) label = g_string_new("");
    g_autoptr(GString) labels = g_string_new("");
    g_autofree char *master = NULL;
    g_autofree char *start = NULL;

    for (int i = 0; i < 26; i++) {
        g_autofree char *block = NULL;

        g_string_truncate(label, 0);
        for (int j = 0; j <= i; j++) {
            g_string_append_printf(label, "%02x", 'A' + i);
        }
        g_string_append(labels, label->str);
        block = ssl3_block(secret, label->str, seed);
        g_string_append(blocks, block);
    }
    master = g_strndup(blocks->str, 48 * 2);
    start = g_strndup(blocks->str, 137 * 2);
    check(CRYPTODEV_KEY_SSL3_MASTER_SECRET, secret, seed, NULL, NULL, NULL,
          master);
    check(CRYPTODEV_KEY_SSL3_KEY_MATERIAL, secret, seed, number(137), NULL,
          NULL, start);
    check(CRYPTODEV_KEY_SSL3_KEY_MATERIAL, secret, seed, number(416), NULL,
          NULL, blocks->str);
    /* The same labels as the caller's, and one other label */
    check(CRYPTODEV_KEY_SSL3_LABEL, secret, seed, labels->str, number(416),
          NULL, blocks->str);
    g_free(start);
    start = ssl3_block(secret, "7a", seed);
    check(CRYPTODEV_KEY_SSL3_LABEL, secret, seed, "7a", number(16), NULL,
          start);
}

static void check_hkdf_vectors(const char *name, CryptoDevHashAlgo hash)
{
    g_autofree char *path = vectors_path(name);
    g_autoptr(GPtrArray) records = rsp_read(path);
    const RspRecord *all = NULL;
    const char *ikm = NULL, *salt = NULL, *info = NULL, *length = NULL;
    const char *id = number(hash);
    int checked = 0;

    /* An empty line may part the inputs from the outputs. */
    for (guint i = 0; i < records->len; i++) {
        all = records->pdata[i];
        ikm = rsp_text(all, "IKM") ?: ikm;
        salt = rsp_text(all, "salt") ?: salt;
        info = rsp_text(all, "info") ?: info;
        length = rsp_text(all, "L") ?: length;
        if (rsp_text(all, "OKM")) {
            const char *key = rsp_text(all, "PRK");

            check(CRYPTODEV_KEY_HKDF_EXTRACT, id, salt, ikm, NULL, NULL, key);
            check(CRYPTODEV_KEY_HKDF_EXPAND, id, key, info,
                  number(atoi(length)), NULL, rsp_text(all, "OKM"));
            checked++;
        }
    }
    g_assert_cmpint(checked, >=, 3);
}

static void test_rfc5869(void)
{
    check_hkdf_vectors("KDF/rfc-5869-HKDF-SHA256.txt", CRYPTODEV_HASH_SHA256);
    check_hkdf_vectors("KDF/rfc-5869-HKDF-SHA1.txt", CRYPTODEV_HASH_SHA1);
}

/* A label as hexadecimal text */
static char *text(const char *label)
{
    return to_hex((const uint8_t *)label, strlen(label));
}

static void check_label(const char *secret, const char *label,
                        const char *context, size_t len, const char *expected)
{
    g_autofree char *label_hex = text(label);

    check(CRYPTODEV_KEY_HKDF_EXPAND_LABEL, number(CRYPTODEV_HASH_SHA256),
          secret, label_hex, context, number(len), expected);
}

/* RFC 8448, section 3: a handshake of TLS 1.3 */
static void test_rfc8448(void)
{
    static const char early[] =
        "33ad0a1c607ec03b09e6cd9893680ce210adf300aa1f2660e1b22e10f170f92a";
    static const char derived[] =
        "6f2615a108c702c5678f54fc9dbab69716c076189c48250cebeac3576c3611ba";
    static const char shared[] =
        "8bd4054fb55b9d63fdfbacf9f04b9f0d35e6d63f537563efd46272900f89492d";
    static const char handshake[] =
        "1dc826e93606aa6fdc0aadc12f741b01046aa6b99f691ed221a9f0ca043fbeac";
    static const char transcript[] =
        "860c06edc07858ee8e78f0e7428c58edd6b43f2ca3e6e95f02ed063cf0e1cad8";
    static const char client[] =
        "b3eddb126e067f35a780b3abf45e2d8f3b1a950738f52e9600746a0e27a55a21";
    static const char server[] =
        "b67b7d690cc16c4e75e54213cb2d37b4e9c912bcded9105d42befd59d391ad38";
    const char *sha256 = number(CRYPTODEV_HASH_SHA256);
    g_autofree char *zeros = g_strnfill(64, '0');
    g_autofree char *empty = digest_hex("SHA256", "");

    check(CRYPTODEV_KEY_HKDF_EXTRACT, sha256, "", zeros, NULL, NULL, early);
    check_label(early, "derived", empty, 32, derived);
    check(CRYPTODEV_KEY_HKDF_EXTRACT, sha256, derived, shared, NULL, NULL,
          handshake);
    check_label(handshake, "c hs traffic", transcript, 32, client);
    check_label(handshake, "s hs traffic", transcript, 32, server);
    check_label(server, "key", "", 16, "3fce516009c21727d0f2e4e86ee403bc");
    check_label(server, "iv", "", 12, "5d313eb2671276ee13000b30");
}

static char *openssl_hkdf(int mode, const char *hash, const char *salt,
                          const char *key, const char *info, size_t len)
{
    EVP_KDF *kdf = EVP_KDF_fetch(NULL, "HKDF", NULL);
    EVP_KDF_CTX *ctx = EVP_KDF_CTX_new(kdf);
    g_autoptr(GByteArray) key_bytes = hex_to_bytes(key);
    g_autoptr(GByteArray) other = hex_to_bytes(salt ?: info);
    g_autofree uint8_t *output = g_malloc(len);
    OSSL_PARAM params[] = {
        OSSL_PARAM_construct_int(OSSL_KDF_PARAM_MODE, &mode),
        OSSL_PARAM_construct_utf8_string(OSSL_KDF_PARAM_DIGEST, (char *)hash,
                                         0),
        OSSL_PARAM_construct_octet_string(OSSL_KDF_PARAM_KEY, key_bytes->data,
                                          key_bytes->len),
        OSSL_PARAM_construct_octet_string(salt ? OSSL_KDF_PARAM_SALT
                                               : OSSL_KDF_PARAM_INFO,
                                          other->data, other->len),
        OSSL_PARAM_construct_end(),
    };

    g_assert_cmpint(EVP_KDF_derive(ctx, output, len, params), ==, 1);
    EVP_KDF_CTX_free(ctx);
    EVP_KDF_free(kdf);
    return to_hex(output, len);
}

static void test_hkdf_openssl(void)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(5869);

    for (size_t i = 0; i < ARRAY_SIZE(hashes); i++) {
        const char *id = number(hashes[i].hash);
        const char *name = hashes[i].name;
        g_autofree char *salt = random_hex(rand, 1 + i * 30);
        g_autofree char *key = random_hex(rand, 1 + i * 40);
        g_autofree char *info = random_hex(rand, 1 + i * 50);
        g_autofree char *digest = digest_hex(name, "");
        size_t digest_len = strlen(digest) / 2;
        g_autofree char *extracted =
            openssl_hkdf(EVP_KDF_HKDF_MODE_EXTRACT_ONLY, name, salt, key, NULL,
                         digest_len);
        g_autofree char *expanded =
            openssl_hkdf(EVP_KDF_HKDF_MODE_EXPAND_ONLY, name, NULL, extracted,
                         info, 255 * digest_len);

        check(CRYPTODEV_KEY_HKDF_EXTRACT, id, salt, key, NULL, NULL,
              extracted);
        check(CRYPTODEV_KEY_HKDF_EXPAND, id, extracted, info,
              number(255 * digest_len), NULL, expanded);
        g_assert_cmpint(compute_fail(KEY, CRYPTODEV_KEY_HKDF_EXPAND, NULL, id,
                                     extracted, info,
                                     number(255 * digest_len + 1), NULL), ==,
                        CRYPTODEV_ERR);
    }
}

/* RSA Laboratories' vectors of OAEP with the values between */
static void test_mgf1_oaep(void)
{
    const char *sha1 = number(CRYPTODEV_HASH_SHA1);

    check(CRYPTODEV_KEY_MGF1, sha1,
          "aafd12f659cae63489b479e5076ddec2f06cb58f", number(107), NULL, NULL,
          "06e1deb2369aa5a5c707d82c8e4e93248ac783dee0b2c04626f5aff93edcfb25"
          "c9c2b3ff8ae10e839a2ddb4cdcfe4ff47728b4a1b7c1362baad29ab48d2869d5"
          "024121435811591be392f982fb3e87d095aeb40448db972f3ac14eaff49c8c3b"
          "7cfc951a51ecd1dde61264");
    check(CRYPTODEV_KEY_MGF1, sha1,
          "dcd87d5c68f1eea8f55267c31b2e8bb4251f84d7e0b2c04626f5aff93edcfb25"
          "c9c2b3ff8ae10e839a2ddb4cdcfe4ff47728b4a1b7c1362baad29ab48d2869d5"
          "024121435811591be392f982fb3e87d095aeb40448db972f3ac14f7bc2751952"
          "81ce32d2f1b76d4d353e2d", number(20), NULL, NULL,
          "41870b5ab029e657d95750b54c283c08725dbea9");
}

/* RFC 8017, appendix B.2.1, with OpenSSL's hashes */
static char *make_mask(const char *hash, const char *seed, size_t len)
{
    GString *mask = g_string_new("");

    for (uint32_t i = 0; mask->len < 2 * len; i++) {
        g_autofree char *input = g_strdup_printf("%s%08x", seed, i);
        g_autofree char *digest = digest_hex(hash, input);

        g_string_append(mask, digest);
    }
    g_string_truncate(mask, 2 * len);
    return g_string_free(mask, false);
}

static void test_mgf1_openssl(void)
{
    static const size_t lens[] = { 1, 20, 63, 64, 65, 1000, 65536 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(8017);

    for (size_t i = 0; i < ARRAY_SIZE(hashes); i++) {
        for (size_t j = 0; j < ARRAY_SIZE(lens); j++) {
            g_autofree char *seed = random_hex(rand, i * j * 10);
            g_autofree char *mask =
                make_mask(hashes[i].name, seed, lens[j]);

            check(CRYPTODEV_KEY_MGF1, number(hashes[i].hash), seed,
                  number(lens[j]), NULL, NULL, mask);
        }
    }
}

static void fail(uint32_t operation, const char *a, const char *b,
                 const char *c, const char *d, const char *e,
                 CryptoDevStatus status)
{
    g_assert_cmpint(compute_fail(KEY, operation, NULL, a, b, c, d, e, NULL),
                    ==, status);
}

static void test_errors(void)
{
    const char *sha256 = number(CRYPTODEV_HASH_SHA256);
    g_autofree char *long_label = g_strnfill(250 * 2, '1');
    g_autofree char *long_context = g_strnfill(256 * 2, '1');
    g_autofree char *long_secret = g_strnfill(8193 * 2, '1');

    /* Unknown hashes, or hashes without a fixed digest length */
    fail(CRYPTODEV_KEY_MGF1, "00", "11", "10", NULL, NULL, CRYPTODEV_NOTSUPP);
    fail(CRYPTODEV_KEY_MGF1, "0e", "11", "10", NULL, NULL, CRYPTODEV_NOTSUPP);
    fail(CRYPTODEV_KEY_MGF1, number(CRYPTODEV_HASH_SHAKE128), "11", "10",
         NULL, NULL, CRYPTODEV_NOTSUPP);
    fail(CRYPTODEV_KEY_HKDF_EXTRACT, number(CRYPTODEV_HASH_SHAKE256), "11",
         "11", NULL, NULL, CRYPTODEV_NOTSUPP);
    fail(CRYPTODEV_KEY_TLS12_MASTER_SECRET, number(CRYPTODEV_HASH_SHAKE256),
         "11", "11", NULL, NULL, CRYPTODEV_NOTSUPP);
    /* Lengths */
    fail(CRYPTODEV_KEY_MGF1, sha256, "11", "00", NULL, NULL, CRYPTODEV_ERR);
    fail(CRYPTODEV_KEY_MGF1, sha256, "11", "010001", NULL, NULL,
         CRYPTODEV_ERR);
    fail(CRYPTODEV_KEY_MGF1, sha256, "11", "ffffffffff", NULL, NULL,
         CRYPTODEV_ERR);
    fail(CRYPTODEV_KEY_HKDF_EXPAND_LABEL, sha256, "11", long_label, "", "10",
         CRYPTODEV_ERR);
    fail(CRYPTODEV_KEY_HKDF_EXPAND_LABEL, sha256, "11", "11", long_context,
         "10", CRYPTODEV_ERR);
    fail(CRYPTODEV_KEY_HKDF_EXPAND_LABEL, sha256, "11", "11", "", "010000",
         CRYPTODEV_ERR);
    fail(CRYPTODEV_KEY_SSL3_KEY_MATERIAL, "11", "11", number(417), NULL, NULL,
         CRYPTODEV_ERR);
    fail(CRYPTODEV_KEY_TLS1_LABEL, long_secret, "11", "11", "10", NULL,
         CRYPTODEV_ERR);
    fail(CRYPTODEV_KEY_TLS1_LABEL, "", "11", "11", "10", NULL, CRYPTODEV_ERR);
    /* Labels for 16 octets, and 17 asked for */
    fail(CRYPTODEV_KEY_SSL3_LABEL, "11", "11", "11", number(17), NULL,
         CRYPTODEV_ERR);
    fail(CRYPTODEV_KEY_TLS1_MASTER_SECRET, "11", NULL, NULL, NULL, NULL,
         CRYPTODEV_ERR);
    fail(0, "11", "11", NULL, NULL, NULL, CRYPTODEV_NOTSUPP);
    fail(CRYPTODEV_KEY_MGF1 + 1, sha256, "11", "10", NULL, NULL,
         CRYPTODEV_NOTSUPP);
}

void run_key_vectors(void)
{
    test_tls1_nist();
    test_tls12_nist();
    test_rfc5869();
    test_rfc8448();
    test_mgf1_oaep();
}

const ComputeTest key_tests[] = {
    { "key/tls1/nist", test_tls1_nist },
    { "key/tls1/openssl", test_tls1_openssl },
    { "key/tls12/nist", test_tls12_nist },
    { "key/tls12/openssl", test_tls12_openssl },
    { "key/ssl3", test_ssl3 },
    { "key/hkdf/rfc5869", test_rfc5869 },
    { "key/hkdf/rfc8448", test_rfc8448 },
    { "key/hkdf/openssl", test_hkdf_openssl },
    { "key/mgf1/oaep", test_mgf1_oaep },
    { "key/mgf1/openssl", test_mgf1_openssl },
    { "key/errors", test_errors },
    { }
};
