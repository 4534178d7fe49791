/*
 * Public keys of the virtio protocol, compared with OpenSSL
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include <errno.h>
#include <openssl/dsa.h>
#include <openssl/ec.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

#define RSA 1
#define DSA 2
#define ECDSA 3
#define SHA256 6        /* RSA's number */
#define P256 3
#define SIZE_MAX_BYTES 512

static unsigned int count;

/* A session of a key in DER, which the function that encodes it allocates */
static uint32_t new_session(struct vcrypto *crypto, uint32_t algorithm,
                            bool private, unsigned char *der, int der_len,
                            uint32_t padding)
{
    struct vcrypto_session session = {
        .service = VCRYPTO_AKCIPHER,
        .algorithm = algorithm,
        .direction = private ? VCRYPTO_DECRYPT : VCRYPTO_ENCRYPT,
        .padding = padding,
        .hash = padding ? SHA256 : 0,
        .curve = algorithm == ECDSA ? P256 : 0,
        .key = vcrypto_pointer(der),
        .key_len = der_len,
    };
    uint32_t id;

    CHECK(der_len > 0);
    id = must(vcrypto_new_session(crypto, &session), "akcipher");
    OPENSSL_free(der);
    return id;
}

static ssize_t run(struct vcrypto *crypto, uint32_t session,
                   uint32_t operation, const void *src, size_t src_len,
                   void *dst, size_t dst_len, const void *digest,
                   size_t digest_len)
{
    struct vcrypto_request request = make_request(session, src, src_len, dst,
                                                  dst_len);

    request.operation = operation;
    request.aad = vcrypto_pointer(digest);
    request.aad_len = digest_len;
    count++;
    return vcrypto_run_request(crypto, &request);
}

/* What the device signs, OpenSSL and the device verify. */
static void test_signature(struct vcrypto *crypto, EVP_PKEY *key,
                           uint32_t algorithm, uint32_t private,
                           uint32_t public)
{
    unsigned char digest[32], signature[SIZE_MAX_BYTES];
    unsigned char *random = random_bytes(sizeof(digest));
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
    ssize_t len;

    memcpy(digest, random, sizeof(digest));
    free(random);
    len = run(crypto, private, VCRYPTO_SIGN, digest, sizeof(digest), signature,
              sizeof(signature), NULL, 0);
    if (len <= 0) {
        fail("signing by algorithm %u", algorithm);
    }
    CHECK(EVP_PKEY_verify_init(context) == 1);
    if (algorithm == RSA) {
        CHECK(EVP_PKEY_CTX_set_signature_md(context, EVP_sha256()) == 1);
    }
    CHECK(EVP_PKEY_verify(context, signature, len, digest,
                          sizeof(digest)) == 1);
    CHECK(!run(crypto, public, VCRYPTO_VERIFY, signature, len, NULL, 0, digest,
               sizeof(digest)));
    digest[5] ^= 4;
    CHECK(run(crypto, public, VCRYPTO_VERIFY, signature, len, NULL, 0, digest,
              sizeof(digest)) == -1 && errno == EKEYREJECTED);
    EVP_PKEY_CTX_free(context);
}

/* What OpenSSL encrypts, the device decrypts, and the other way round. */
static void test_encryption(struct vcrypto *crypto, EVP_PKEY *key,
                            uint32_t private, uint32_t public)
{
    unsigned char sealed[SIZE_MAX_BYTES], got[SIZE_MAX_BYTES];
    unsigned char *plain = random_bytes(40);
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new(key, NULL);
    size_t len = sizeof(sealed), got_len = sizeof(got);
    ssize_t done;

    CHECK(EVP_PKEY_encrypt_init(context) == 1);
    CHECK(EVP_PKEY_encrypt(context, sealed, &len, plain, 40) == 1);
    CHECK(run(crypto, private, VCRYPTO_DECRYPT, sealed, len, got, sizeof(got),
              NULL, 0) == 40 && !memcmp(plain, got, 40));
    done = run(crypto, public, VCRYPTO_ENCRYPT, plain, 40, sealed,
               sizeof(sealed), NULL, 0);
    CHECK(done > 0);
    CHECK(EVP_PKEY_decrypt_init(context) == 1);
    CHECK(EVP_PKEY_decrypt(context, got, &got_len, sealed, done) == 1);
    CHECK(got_len == 40 && !memcmp(plain, got, 40));
    EVP_PKEY_CTX_free(context);
    free(plain);
}

static void test_rsa(struct vcrypto *crypto)
{
    EVP_PKEY *key = EVP_RSA_gen(2048);
    unsigned char *der = NULL;
    uint32_t private, public;
    int len;

    len = i2d_PrivateKey(key, &der);
    private = new_session(crypto, RSA, true, der, len, 1);
    der = NULL;
    len = i2d_PublicKey(key, &der);
    public = new_session(crypto, RSA, false, der, len, 1);
    test_signature(crypto, key, RSA, private, public);
    test_encryption(crypto, key, private, public);
    EVP_PKEY_free(key);
}

static void test_ecdsa(struct vcrypto *crypto)
{
    EVP_PKEY *key = EVP_EC_gen("P-256");
    unsigned char *der = NULL;
    uint32_t private, public;
    int len;

    len = i2d_PrivateKey(key, &der);
    private = new_session(crypto, ECDSA, true, der, len, 0);
    der = NULL;
    len = i2d_PublicKey(key, &der);
    public = new_session(crypto, ECDSA, false, der, len, 0);
    test_signature(crypto, key, ECDSA, private, public);
    EVP_PKEY_free(key);
}

static void test_dsa(struct vcrypto *crypto)
{
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, "DSA", NULL);
    EVP_PKEY *params = NULL, *key = NULL;
    unsigned char *der = NULL;
    uint32_t private, public;
    int len;

    CHECK(EVP_PKEY_paramgen_init(context) == 1);
    CHECK(EVP_PKEY_CTX_set_dsa_paramgen_bits(context, 1024) == 1);
    CHECK(EVP_PKEY_paramgen(context, &params) == 1);
    EVP_PKEY_CTX_free(context);
    context = EVP_PKEY_CTX_new(params, NULL);
    CHECK(EVP_PKEY_keygen_init(context) == 1);
    CHECK(EVP_PKEY_keygen(context, &key) == 1);
    EVP_PKEY_CTX_free(context);
    len = i2d_PrivateKey(key, &der);
    private = new_session(crypto, DSA, true, der, len, 0);
    der = NULL;
    len = i2d_PUBKEY(key, &der);
    public = new_session(crypto, DSA, false, der, len, 0);
    test_signature(crypto, key, DSA, private, public);
    EVP_PKEY_free(params);
    EVP_PKEY_free(key);
}

void test_akcipher(struct vcrypto *crypto)
{
    test_rsa(crypto);
    test_ecdsa(crypto);
    test_dsa(crypto);
    printf("%u\n", count);
}
