/*
 * Conformance of backends: RSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/core_names.h>
#include <openssl/rsa.h>
#include "../../qtest/virtio-crypto/der.h"
#include "../../qtest/virtio-crypto/rsa-key.h"
#include "../../qtest/virtio-crypto/rsp.h"
#include "compute-openssl.h"
#include "compute-run.h"
#include "conformance.h"
#include "conformance-akcipher.h"

/* RFC 8017, section 7.2.1: so many octets at least are padding. */
#define PADDING_MIN 11

/* A key of OpenSSL's, and the encodings that sessions are made of */
typedef struct Key {
    EVP_PKEY *pkey;
    size_t size;
    GByteArray *public, *private;
} Key;

/*
 * Hashes by their names in OpenSSL, and their digests' lengths.  What OpenSSL
 * has no name for is preceded by what follows "00" in EMSA-PKCS1-v1_5.
 */
static const struct {
    CryptoDevHashAlgo hash;
    const char *name;
    size_t len;
    const char *prefix;
} hashes[] = {
    { CRYPTODEV_HASH_NONE, NULL, 20 },
    /* RFC 2313, section 10.1.2, with the object identifier of section 11 */
    { CRYPTODEV_HASH_MD4, NULL, 16, "3020300c06082a864886f70d020405000410" },
    { CRYPTODEV_HASH_MD5, "MD5", 16 },
    { CRYPTODEV_HASH_SHA1, "SHA1", 20 },
    { CRYPTODEV_HASH_SHA224, "SHA224", 28 },
    { CRYPTODEV_HASH_SHA256, "SHA256", 32 },
    { CRYPTODEV_HASH_SHA384, "SHA384", 48 },
    { CRYPTODEV_HASH_SHA512, "SHA512", 64 },
    { CRYPTODEV_HASH_SHA3_224, "SHA3-224", 28 },
    { CRYPTODEV_HASH_SHA3_256, "SHA3-256", 32 },
    { CRYPTODEV_HASH_SHA3_384, "SHA3-384", 48 },
    { CRYPTODEV_HASH_SHA3_512, "SHA3-512", 64 },
};

static GByteArray *key_number(EVP_PKEY *pkey, const char *name)
{
    g_autofree char *hex = pkey_number(pkey, name);

    return hex_to_bytes(hex);
}

static void clear_numbers(RSANumbers *numbers)
{
    g_byte_array_unref(numbers->n);
    g_byte_array_unref(numbers->e);
    g_clear_pointer(&numbers->d, g_byte_array_unref);
    g_clear_pointer(&numbers->p, g_byte_array_unref);
    g_clear_pointer(&numbers->q, g_byte_array_unref);
    g_clear_pointer(&numbers->dp, g_byte_array_unref);
    g_clear_pointer(&numbers->dq, g_byte_array_unref);
    g_clear_pointer(&numbers->qinv, g_byte_array_unref);
}

static Key key_new(unsigned int bits)
{
    Key key = { .pkey = EVP_RSA_gen(bits) };
    RSANumbers numbers;

    g_assert_nonnull(key.pkey);
    numbers = (RSANumbers) {
        .n = key_number(key.pkey, OSSL_PKEY_PARAM_RSA_N),
        .e = key_number(key.pkey, OSSL_PKEY_PARAM_RSA_E),
        .d = key_number(key.pkey, OSSL_PKEY_PARAM_RSA_D),
        .p = key_number(key.pkey, OSSL_PKEY_PARAM_RSA_FACTOR1),
        .q = key_number(key.pkey, OSSL_PKEY_PARAM_RSA_FACTOR2),
        .dp = key_number(key.pkey, OSSL_PKEY_PARAM_RSA_EXPONENT1),
        .dq = key_number(key.pkey, OSSL_PKEY_PARAM_RSA_EXPONENT2),
        .qinv = key_number(key.pkey, OSSL_PKEY_PARAM_RSA_COEFFICIENT1),
    };
    key.size = numbers.n->len;
    key.public = der_rsa_public(&numbers);
    key.private = der_rsa_private(&numbers);
    clear_numbers(&numbers);
    return key;
}

static void key_clear(Key *key)
{
    EVP_PKEY_free(key->pkey);
    g_byte_array_unref(key->public);
    g_byte_array_unref(key->private);
}

static CryptoDevSessionParams rsa_params(CryptoDevRsaPadding padding,
                                         CryptoDevHashAlgo hash)
{
    return (CryptoDevSessionParams) {
        .algo = CRYPTODEV_AKCIPHER_RSA,
        .akcipher.padding = padding,
        .akcipher.hash = hash,
    };
}

static Subject *rsa_new(CryptoDevBackend *backend, const Key *key,
                        bool private_key, CryptoDevRsaPadding padding,
                        CryptoDevHashAlgo hash)
{
    CryptoDevSessionParams params = rsa_params(padding, hash);

    return akcipher_new(backend, &params,
                        private_key ? key->private : key->public, private_key);
}

typedef struct evp_pkey_ctx_st OpensslContext;

/* What OpenSSL makes of bytes by one of its functions */
static GByteArray *openssl(const Key *key, const GByteArray *src, int padding,
                           int (*init)(OpensslContext *ctx),
                           int (*run)(OpensslContext *ctx, unsigned char *out,
                                      size_t *out_len,
                                      const unsigned char *in, size_t in_len),
                           const char *hash)
{
    g_autoptr(EVP_PKEY_CTX) ctx = EVP_PKEY_CTX_new(key->pkey, NULL);
    GByteArray *dst = g_byte_array_new();
    size_t len = key->size;

    g_byte_array_set_size(dst, len);
    g_assert_cmpint(init(ctx), ==, 1);
    g_assert_cmpint(EVP_PKEY_CTX_set_rsa_padding(ctx, padding), ==, 1);
    if (hash) {
        g_assert_cmpint(EVP_PKEY_CTX_set_signature_md(ctx,
                            EVP_get_digestbyname(hash)), ==, 1);
    }
    g_assert_cmpint(run(ctx, dst->data, &len, src->data, src->len), ==, 1);
    return g_byte_array_set_size(dst, len);
}

static void check_raw(CryptoDevBackend *backend, const Key *key, GRand *rand)
{
    g_autoptr(Subject) public =
        rsa_new(backend, key, false, CRYPTODEV_RSA_RAW, CRYPTODEV_HASH_NONE);
    g_autoptr(Subject) private =
        rsa_new(backend, key, true, CRYPTODEV_RSA_RAW, CRYPTODEV_HASH_NONE);
    g_autoptr(GByteArray) plain = random_bytes(rand, key->size);
    g_autoptr(GByteArray) cipher = NULL;

    plain->data[0] = 0;
    cipher = openssl(key, plain, RSA_NO_PADDING, EVP_PKEY_encrypt_init,
                     EVP_PKEY_encrypt, NULL);
    akcipher_check(public, CRYPTODEV_OP_ENCRYPT, plain, key->size,
                   CRYPTODEV_OK, cipher);
    akcipher_check(private, CRYPTODEV_OP_ENCRYPT, plain, key->size,
                   CRYPTODEV_OK, cipher);
    akcipher_check(private, CRYPTODEV_OP_DECRYPT, cipher, key->size + 9,
                   CRYPTODEV_OK, plain);
    akcipher_check(private, CRYPTODEV_OP_DECRYPT, cipher, key->size - 1,
                   CRYPTODEV_ERR, NULL);
    akcipher_check(public, CRYPTODEV_OP_DECRYPT, cipher, key->size,
                   CRYPTODEV_ERR, NULL);
    /* There are no signatures, and no number is as large as the modulus. */
    akcipher_check(private, CRYPTODEV_OP_SIGN, plain, key->size,
                   CRYPTODEV_NOTSUPP, NULL);
    akcipher_check(public, CRYPTODEV_OP_VERIFY, plain, key->size,
                   CRYPTODEV_NOTSUPP, NULL);
    memset(plain->data, 0xff, plain->len);
    akcipher_check(public, CRYPTODEV_OP_ENCRYPT, plain, key->size,
                   CRYPTODEV_ERR, NULL);
    akcipher_check(private, CRYPTODEV_OP_DECRYPT, plain, key->size,
                   CRYPTODEV_ERR, NULL);
}

static void check_message(const Key *key, const Subject *public,
                          const Subject *private, const GByteArray *message)
{
    g_autoptr(GByteArray) theirs =
        openssl(key, message, RSA_PKCS1_PADDING, EVP_PKEY_encrypt_init,
                EVP_PKEY_encrypt, NULL);
    g_autoptr(GByteArray) ours =
        akcipher_make(public, CRYPTODEV_OP_ENCRYPT, message, key->size);
    g_autoptr(GByteArray) again =
        openssl(key, ours, RSA_PKCS1_PADDING, EVP_PKEY_decrypt_init,
                EVP_PKEY_decrypt, NULL);

    akcipher_check(private, CRYPTODEV_OP_DECRYPT, theirs, key->size,
                   CRYPTODEV_OK, message);
    g_assert_cmpmem(again->data, again->len, message->data, message->len);
    g_byte_array_set_size(ours, key->size - 1);
    akcipher_check(private, CRYPTODEV_OP_DECRYPT, ours, key->size,
                   CRYPTODEV_ERR, NULL);
}

static void check_messages(CryptoDevBackend *backend, const Key *key,
                           GRand *rand)
{
    const size_t lens[] = { 0, 1, 20, key->size - PADDING_MIN };
    g_autoptr(Subject) public =
        rsa_new(backend, key, false, CRYPTODEV_RSA_PKCS1, CRYPTODEV_HASH_NONE);
    g_autoptr(Subject) private =
        rsa_new(backend, key, true, CRYPTODEV_RSA_PKCS1, CRYPTODEV_HASH_NONE);
    g_autoptr(GByteArray) large =
        random_bytes(rand, key->size - PADDING_MIN + 1);

    for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
        g_autoptr(GByteArray) message = random_bytes(rand, lens[i]);

        check_message(key, public, private, message);
    }
    akcipher_check(public, CRYPTODEV_OP_ENCRYPT, large, key->size,
                   CRYPTODEV_ERR, NULL);
}

static void check_signatures(CryptoDevBackend *backend, const Key *key,
                             size_t i, GRand *rand)
{
    g_autoptr(Subject) public =
        rsa_new(backend, key, false, CRYPTODEV_RSA_PKCS1, hashes[i].hash);
    g_autoptr(Subject) private =
        rsa_new(backend, key, true, CRYPTODEV_RSA_PKCS1, hashes[i].hash);
    g_autoptr(GByteArray) digest = random_bytes(rand, hashes[i].len);
    g_autoptr(GByteArray) encoded = hex_to_bytes(hashes[i].prefix ?: "");
    g_autoptr(GByteArray) signature =
        openssl(key, g_byte_array_append(encoded, digest->data, digest->len),
                RSA_PKCS1_PADDING, EVP_PKEY_sign_init, EVP_PKEY_sign,
                hashes[i].name);
    g_autoptr(GByteArray) longer = random_bytes(rand, hashes[i].len + 1);

    akcipher_check(private, CRYPTODEV_OP_SIGN, digest, key->size,
                   CRYPTODEV_OK, signature);
    akcipher_check_forgeries(public, digest, signature);
    akcipher_check_types(public, private, digest);
    if (hashes[i].hash) {
        akcipher_check(private, CRYPTODEV_OP_SIGN, longer, key->size,
                       CRYPTODEV_ERR, NULL);
        akcipher_check_signature(public, longer, signature, CRYPTODEV_ERR);
    }
}

static void test_keys(CryptoDevBackend *backend,
                      const CryptoDevCapability *capability)
{
    static const unsigned int sizes[] = { 512, 768, 1031, 2048 };
    g_autoptr(GRand) rand = g_rand_new_with_seed(8017);

    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        Key key = key_new(sizes[i]);

        check_raw(backend, &key, rand);
        check_messages(backend, &key, rand);
        key_clear(&key);
    }
}

static void test_hashes(CryptoDevBackend *backend,
                        const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(8018);
    Key key = key_new(1024);
    CryptoDevSessionParams params =
        rsa_params(CRYPTODEV_RSA_PKCS1, CRYPTODEV_HASH_SHAKE128);

    for (size_t i = 0; i < ARRAY_SIZE(hashes); i++) {
        check_signatures(backend, &key, i, rand);
    }
    /* A digest of any length has no DigestInfo. */
    akcipher_refused(backend, &params, key.public, false, CRYPTODEV_NOTSUPP);
    params.akcipher.hash = CRYPTODEV_HASH_SHAKE256;
    akcipher_refused(backend, &params, key.private, true, CRYPTODEV_NOTSUPP);
    key_clear(&key);
}

/* RSA Laboratories' signature */
static void test_known(CryptoDevBackend *backend,
                       const CryptoDevCapability *capability)
{
    RSANumbers numbers = {
        .n = hex_to_bytes(published_key.n),
        .e = hex_to_bytes(published_key.e),
    };
    CryptoDevSessionParams params =
        rsa_params(CRYPTODEV_RSA_PKCS1, CRYPTODEV_HASH_SHA1);
    g_autoptr(GByteArray) key = der_rsa_public(&numbers);
    g_autoptr(Subject) subject = akcipher_new(backend, &params, key, false);
    g_autofree char *digest_text = digest_hex("SHA1", published_key.message);
    g_autoptr(GByteArray) digest = hex_to_bytes(digest_text);
    g_autoptr(GByteArray) signature = hex_to_bytes(published_key.signature);

    akcipher_check_forgeries(subject, digest, signature);
    clear_numbers(&numbers);
}

/* A public key whose modulus has so many bits, all of them ones */
static GByteArray *modulus_of(unsigned int bits)
{
    uint8_t exponent = 3, first = 0xff >> (-bits % 8);
    RSANumbers numbers = {
        .n = g_byte_array_new(), .e = g_byte_array_new(),
    };
    GByteArray *key;

    g_byte_array_set_size(numbers.n, DIV_ROUND_UP(bits, 8));
    memset(numbers.n->data, 0xff, numbers.n->len);
    numbers.n->data[0] = first;
    g_byte_array_append(numbers.e, &exponent, 1);
    key = der_rsa_public(&numbers);
    clear_numbers(&numbers);
    return key;
}

/* The smallest and the largest modulus, and those beside them */
static void test_sizes(CryptoDevBackend *backend,
                       const CryptoDevCapability *capability)
{
    const struct {
        unsigned int bits;
        bool legal;
    } sizes[] = {
        { capability->key_min - 1, false }, { capability->key_min, true },
        { capability->key_max, true }, { capability->key_max + 1, false },
    };
    CryptoDevSessionParams params =
        rsa_params(CRYPTODEV_RSA_RAW, CRYPTODEV_HASH_NONE);
    const uint8_t two = 2;
    g_autoptr(GByteArray) plain = g_byte_array_new();

    g_byte_array_append(plain, &two, 1);
    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        g_autoptr(GByteArray) key = modulus_of(sizes[i].bits);
        g_autoptr(GByteArray) cube = g_byte_array_new();
        g_autoptr(Subject) subject = NULL;

        if (!sizes[i].legal) {
            akcipher_refused(backend, &params, key, false, CRYPTODEV_NOTSUPP);
            continue;
        }
        subject = akcipher_new(backend, &params, key, false);
        g_byte_array_set_size(cube, sizes[i].bits / 8);
        memset(cube->data, 0, cube->len);
        cube->data[cube->len - 1] = 8;
        akcipher_check(subject, CRYPTODEV_OP_ENCRYPT, plain, cube->len,
                       CRYPTODEV_OK, cube);
    }
}

/* What is no key */
static void test_bad_keys(CryptoDevBackend *backend,
                          const CryptoDevCapability *capability)
{
    CryptoDevSessionParams params =
        rsa_params(CRYPTODEV_RSA_PKCS1, CRYPTODEV_HASH_SHA256);
    Key key = key_new(512);

    akcipher_refused(backend, &params, key.public, true, CRYPTODEV_ERR);
    akcipher_refused(backend, &params, key.private, false, CRYPTODEV_ERR);
    for (guint i = 0; i < key.private->len; i++) {
        g_autoptr(GByteArray) part = g_byte_array_new();

        g_byte_array_append(part, key.private->data, i);
        akcipher_refused(backend, &params, part, true, CRYPTODEV_ERR);
        if (i < key.public->len) {
            g_byte_array_set_size(part, 0);
            g_byte_array_append(part, key.public->data, i);
            akcipher_refused(backend, &params, part, false, CRYPTODEV_ERR);
        }
    }
    key_clear(&key);
}

void add_conformance_rsa(const Conformance *conformance)
{
    const CryptoDevCapability *rsa =
        cryptodev_backend_find(conformance->backend,
                               CRYPTODEV_SERVICE_AKCIPHER,
                               CRYPTODEV_AKCIPHER_RSA);

    if (rsa) {
        conformance_add(conformance, rsa, "akcipher/rsa/known", test_known);
        conformance_add(conformance, rsa, "akcipher/rsa/keys", test_keys);
        conformance_add(conformance, rsa, "akcipher/rsa/hashes", test_hashes);
        conformance_add(conformance, rsa, "akcipher/rsa/sizes", test_sizes);
        conformance_add(conformance, rsa, "akcipher/rsa/bad-keys",
                        test_bad_keys);
    }
}
