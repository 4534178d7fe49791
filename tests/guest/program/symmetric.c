/*
 * Symmetric algorithms of the driver's file, compared with OpenSSL
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include <errno.h>
#include <openssl/core_names.h>
#include <openssl/hmac.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

#define DIGEST_MAX 64
#define TAG 16
#define LARGEST (1 << 20)

/* Across the pieces that the driver copies data into */
static const size_t sizes[] = { 0, 1, 16, 64, 1000, 65536, 65552, 200000 };
#define SIZES (sizeof(sizes) / sizeof(sizes[0]))

static const struct {
    uint32_t algorithm;
    const char *name;
    size_t key_len;
    size_t iv_len;
    size_t unit;
    size_t min;
} ciphers[] = {
    { 2, "aes-128-ecb", 16, 0, 16, 0 },
    { 2, "aes-256-ecb", 32, 0, 16, 0 },
    { 3, "aes-128-cbc", 16, 16, 16, 0 },
    { 3, "aes-192-cbc", 24, 16, 16, 0 },
    { 3, "aes-256-cbc", 32, 16, 16, 0 },
    { 4, "aes-128-ctr", 16, 16, 1, 0 },
    { 13, "aes-128-xts", 32, 16, 1, 16 },
    { 13, "aes-256-xts", 64, 16, 1, 16 },
    { 7, "des-ede3", 24, 0, 8, 0 },
    { 8, "des-ede3-cbc", 24, 8, 8, 0 },
};

static const struct {
    uint32_t algorithm;
    const char *name;
    size_t key_len;
    size_t iv_len;
    bool short_tags;
} aeads[] = {
    { 1, "aes-128-gcm", 16, 12, true },
    { 1, "aes-256-gcm", 32, 12, true },
    { 2, "aes-128-ccm", 16, 11, true },
    { 2, "aes-192-ccm", 24, 11, false },
    { 3, "chacha20-poly1305", 32, 12, false },
};

static const struct {
    uint32_t algorithm;
    const char *name;
} digests[] = {
    { 1, "md5" }, { 2, "sha1" }, { 3, "sha224" }, { 4, "sha256" },
    { 5, "sha384" }, { 6, "sha512" }, { 7, "sha3-224" }, { 8, "sha3-256" },
    { 9, "sha3-384" }, { 10, "sha3-512" }, { 11, "shake128" },
    { 12, "shake256" },
};

#define HMACS 6

static unsigned int count;

static bool is_virtio(const struct vcrypto *crypto)
{
    return vcrypto_get_info(crypto)->protocol == VCRYPTO_PROTOCOL_VIRTIO;
}

/* Both directions of a cipher, the second one in place */
static void test_cipher(struct vcrypto *crypto, size_t i)
{
    unsigned char *key = random_bytes(ciphers[i].key_len);
    uint32_t ways[2];

    for (int way = 0; way < 2; way++) {
        ways[way] = must(vcrypto_new_cipher(
            crypto, ciphers[i].algorithm,
            way ? VCRYPTO_DECRYPT : VCRYPTO_ENCRYPT, key,
            ciphers[i].key_len), ciphers[i].name);
    }
    for (size_t n = 0; n < SIZES; n++) {
        size_t len = sizes[n] / ciphers[i].unit * ciphers[i].unit;
        unsigned char *plain, *sealed, *iv, *got;
        struct vcrypto_request request;

        if (len < ciphers[i].min) {
            continue;
        }
        plain = random_bytes(len);
        iv = random_bytes(16);
        sealed = malloc(len + 32);
        got = malloc(len + 1);
        CHECK(openssl_cipher(ciphers[i].name, true, key, iv, plain, len,
                             sealed) == len);
        request = make_request(ways[0], plain, len, got, len);
        request.iv = vcrypto_pointer(iv);
        request.iv_len = ciphers[i].iv_len;
        expect(crypto, ciphers[i].name, &request, sealed, len);
        request = make_request(ways[1], sealed, len, sealed, len);
        request.iv = vcrypto_pointer(iv);
        request.iv_len = ciphers[i].iv_len;
        expect(crypto, ciphers[i].name, &request, plain, len);
        count += 2;
        free(plain);
        free(iv);
        free(sealed);
        free(got);
    }
    for (int way = 0; way < 2; way++) {
        CHECK(!vcrypto_free_session(crypto, ways[way]));
    }
    free(key);
}

/* CCM needs lengths first. */
static void seal(const char *name, const unsigned char *key,
                 const unsigned char *iv, size_t iv_len, size_t tag_len,
                 const unsigned char *aad, size_t aad_len,
                 const unsigned char *plain, size_t len, unsigned char *out)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    bool ccm = strstr(name, "ccm");
    int done;

    CHECK(EVP_EncryptInit_ex(context, EVP_get_cipherbyname(name), NULL, NULL,
                             NULL) == 1);
    CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_IVLEN, iv_len,
                              NULL) == 1);
    if (ccm) {
        CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_SET_TAG, tag_len,
                                  NULL) == 1);
    }
    CHECK(EVP_EncryptInit_ex(context, NULL, NULL, key, iv) == 1);
    if (ccm) {
        CHECK(EVP_EncryptUpdate(context, NULL, &done, NULL, len) == 1);
    }
    if (aad_len) {
        CHECK(EVP_EncryptUpdate(context, NULL, &done, aad, aad_len) == 1);
    }
    if (len || ccm) {
        CHECK(EVP_EncryptUpdate(context, out, &done, plain, len) == 1);
    }
    CHECK(EVP_EncryptFinal_ex(context, out + len, &done) == 1);
    CHECK(EVP_CIPHER_CTX_ctrl(context, EVP_CTRL_AEAD_GET_TAG, tag_len,
                              out + len) == 1);
    EVP_CIPHER_CTX_free(context);
}

/* Both directions, and a wrong tag */
static void run_aead(struct vcrypto *crypto, size_t i, size_t len,
                     size_t tag_len)
{
    size_t aad_len = random_up_to(100);
    unsigned char *key = random_bytes(aeads[i].key_len);
    unsigned char *iv = random_bytes(aeads[i].iv_len);
    unsigned char *aad = random_bytes(aad_len);
    unsigned char *plain = random_bytes(len);
    unsigned char *sealed = malloc(len + tag_len);
    unsigned char *got = malloc(len + tag_len);
    struct vcrypto_request request;
    uint32_t ways[2];

    for (int way = 0; way < 2; way++) {
        ways[way] = must(vcrypto_new_aead(
            crypto, aeads[i].algorithm,
            way ? VCRYPTO_DECRYPT : VCRYPTO_ENCRYPT, tag_len, key,
            aeads[i].key_len), aeads[i].name);
    }
    seal(aeads[i].name, key, iv, aeads[i].iv_len, tag_len, aad, aad_len, plain,
         len, sealed);
    request = make_request(ways[0], plain, len, got, len + tag_len);
    request.iv = vcrypto_pointer(iv);
    request.iv_len = aeads[i].iv_len;
    request.aad = vcrypto_pointer(aad);
    request.aad_len = aad_len;
    expect(crypto, aeads[i].name, &request, sealed, len + tag_len);
    request.session = ways[1];
    request.src = vcrypto_pointer(sealed);
    request.src_len = len + tag_len;
    request.dst_len = len;
    expect(crypto, aeads[i].name, &request, plain, len);
    memset(got, 0x55, len);
    sealed[len] ^= 1;
    CHECK(vcrypto_run_request(crypto, &request) == -1 && errno == EBADMSG);
    for (size_t at = 0; at < len; at++) {
        CHECK(got[at] == 0x55);
    }
    count += 3;
    for (int way = 0; way < 2; way++) {
        CHECK(!vcrypto_free_session(crypto, ways[way]));
    }
    free(key);
    free(iv);
    free(aad);
    free(plain);
    free(sealed);
    free(got);
}

static size_t digest(size_t i, const void *data, size_t len,
                     unsigned char *out)
{
    const EVP_MD *md = EVP_get_digestbyname(digests[i].name);
    EVP_MD_CTX *context = EVP_MD_CTX_new();
    size_t digest_len = EVP_MD_get_size(md);

    CHECK(EVP_DigestInit_ex(context, md, NULL) == 1);
    CHECK(EVP_DigestUpdate(context, data, len) == 1);
    if (strstr(digests[i].name, "shake")) {
        digest_len = DIGEST_MAX;
        CHECK(EVP_DigestFinalXOF(context, out, digest_len) == 1);
    } else {
        CHECK(EVP_DigestFinal_ex(context, out, NULL) == 1);
    }
    EVP_MD_CTX_free(context);
    return digest_len;
}

static void test_digest(struct vcrypto *crypto, size_t i, size_t len)
{
    unsigned char *data = random_bytes(len), *key = random_bytes(50);
    unsigned char expected[DIGEST_MAX], got[DIGEST_MAX];
    size_t digest_len = digest(i, data, len, expected);
    uint32_t session = must(vcrypto_new_hash(crypto, digests[i].algorithm,
                                             digest_len), digests[i].name);
    struct vcrypto_request request = make_request(session, data, len, got,
                                                  digest_len);

    expect(crypto, digests[i].name, &request, expected, digest_len);
    CHECK(!vcrypto_free_session(crypto, session));
    if (i < HMACS) {
        session = must(vcrypto_new_mac(crypto, digests[i].algorithm,
                                       digest_len, key, 50), "hmac");
        request.session = session;
        CHECK(HMAC(EVP_get_digestbyname(digests[i].name), key, 50, data, len,
                   expected, NULL));
        expect(crypto, "hmac", &request, expected, digest_len);
        CHECK(!vcrypto_free_session(crypto, session));
    }
    count += 1 + (i < HMACS);
    free(data);
    free(key);
}

/* CMAC, and GMAC, whose vector is the beginning of its source */
static void test_block_mac(struct vcrypto *crypto, const char *name,
                           const char *cipher, uint32_t algorithm,
                           size_t key_len, size_t len)
{
    EVP_MAC *mac = EVP_MAC_fetch(NULL, name, NULL);
    EVP_MAC_CTX *context = EVP_MAC_CTX_new(mac);
    bool gmac = !strcmp(name, "GMAC");
    size_t skip = gmac ? 12 : 0;
    unsigned char *key = random_bytes(key_len);
    unsigned char *data = random_bytes(skip + len);
    unsigned char expected[TAG], got[TAG];
    OSSL_PARAM params[3] = {
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_CIPHER,
                                         (char *)cipher, 0),
        OSSL_PARAM_construct_end(), OSSL_PARAM_construct_end(),
    };
    struct vcrypto_request request;
    size_t mac_len;
    uint32_t session;

    if (gmac) {
        params[1] = OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_IV, data,
                                                      skip);
    }
    CHECK(EVP_MAC_init(context, key, key_len, params) == 1);
    CHECK(EVP_MAC_update(context, data + skip, len) == 1);
    CHECK(EVP_MAC_final(context, expected, &mac_len, TAG) == 1);
    session = must(vcrypto_new_mac(crypto, algorithm, mac_len, key, key_len),
                   name);
    request = make_request(session, data, skip + len, got, mac_len);
    expect(crypto, name, &request, expected, mac_len);
    CHECK(!vcrypto_free_session(crypto, session));
    count++;
    EVP_MAC_CTX_free(context);
    EVP_MAC_free(mac);
    free(key);
    free(data);
}

/* What a chain of AES-CBC and SHA-256 makes of data */
static void chain(const struct vcrypto_session *session,
                  const unsigned char *iv, const unsigned char *aad,
                  size_t aad_len, const unsigned char *src, size_t len,
                  size_t start, size_t cipher_len, unsigned char *out)
{
    bool encrypt = session->direction == VCRYPTO_ENCRYPT;
    unsigned char *hashed = malloc(aad_len + len + 1);
    const unsigned char *subject;

    memcpy(out, src, len);
    CHECK(openssl_cipher("aes-128-cbc", encrypt,
                         (void *)(uintptr_t)session->key, iv, src + start,
                         cipher_len, out + start) == cipher_len);
    subject = session->order == VCRYPTO_HASH_FIRST ? src : out;
    memcpy(hashed, aad, aad_len);
    memcpy(hashed + aad_len, subject, len);
    if (session->hash_mode == VCRYPTO_MAC_MODE) {
        CHECK(HMAC(EVP_sha256(), (void *)(uintptr_t)session->auth_key,
                   session->auth_key_len, hashed, aad_len + len, out + len,
                   NULL));
    } else {
        CHECK(EVP_Digest(hashed, aad_len + len, out + len, NULL, EVP_sha256(),
                         NULL) == 1);
    }
    free(hashed);
}

static void test_chain(struct vcrypto *crypto, uint32_t direction,
                       uint32_t order, uint32_t mode, size_t len, bool ranges)
{
    unsigned char *key = random_bytes(16), *auth_key = random_bytes(32);
    unsigned char *iv = random_bytes(16), *aad = random_bytes(24);
    unsigned char *src = random_bytes(len), *expected = malloc(len + 32 + 16);
    unsigned char *got = malloc(len + 32);
    struct vcrypto_session session = {
        .service = VCRYPTO_CIPHER,
        .algorithm = 3,
        .direction = direction,
        .order = order,
        .hash_mode = mode,
        .hash = 4,
        .tag_len = 32,
        .key = vcrypto_pointer(key),
        .key_len = 16,
        .auth_key = vcrypto_pointer(auth_key),
        .auth_key_len = mode == VCRYPTO_MAC_MODE ? 32 : 0,
    };
    uint32_t id = must(vcrypto_new_session(crypto, &session), "chain");
    struct vcrypto_request request = make_request(id, src, len, got, len + 32);
    size_t start = ranges ? 16 : 0, cipher_len = len - 2 * start;

    request.iv = vcrypto_pointer(iv);
    request.iv_len = 16;
    request.aad = vcrypto_pointer(aad);
    request.aad_len = 24;
    if (ranges) {
        request.flags = VCRYPTO_RANGES;
        request.cipher_start = start;
        request.cipher_len = cipher_len;
        request.hash_len = len;
    }
    chain(&session, iv, aad, 24, src, len, start, cipher_len, expected);
    expect(crypto, "chain", &request, expected, len + 32);
    CHECK(!vcrypto_free_session(crypto, id));
    count++;
    free(key);
    free(auth_key);
    free(iv);
    free(aad);
    free(src);
    free(expected);
    free(got);
}

static void test_chains(struct vcrypto *crypto, size_t len)
{
    for (uint32_t direction = 1; direction <= 2; direction++) {
        for (uint32_t order = 1; order <= 2; order++) {
            for (uint32_t mode = 1; mode <= 2; mode++) {
                test_chain(crypto, direction, order, mode, len, false);
            }
        }
    }
    if (is_virtio(crypto)) {
        test_chain(crypto, VCRYPTO_ENCRYPT, VCRYPTO_CIPHER_FIRST,
                   VCRYPTO_MAC_MODE, len, true);
    }
}

/* A nested hash, of RFC v1 */
static void test_nested(struct vcrypto *crypto)
{
    unsigned char *prefixes = random_bytes(80), *data = random_bytes(500);
    unsigned char inner[40 + 500], outer[40 + 32], expected[32], got[32];
    struct vcrypto_session session = {
        .service = VCRYPTO_HASH,
        .algorithm = 4,
        .hash_mode = VCRYPTO_NESTED,
        .tag_len = 32,
        .auth_key = vcrypto_pointer(prefixes),
        .auth_key_len = 80,
    };
    uint32_t id = must(vcrypto_new_session(crypto, &session), "nested");
    struct vcrypto_request request = make_request(id, data, 500, got, 32);

    memcpy(inner, prefixes, 40);
    memcpy(inner + 40, data, 500);
    memcpy(outer, prefixes + 40, 40);
    CHECK(EVP_Digest(inner, sizeof(inner), outer + 40, NULL, EVP_sha256(),
                     NULL) == 1);
    CHECK(EVP_Digest(outer, sizeof(outer), expected, NULL, EVP_sha256(),
                     NULL) == 1);
    expect(crypto, "nested", &request, expected, 32);
    CHECK(!vcrypto_free_session(crypto, id));
    count++;
    free(prefixes);
    free(data);
}

void test_symmetric(struct vcrypto *crypto)
{
    for (size_t i = 0; i < sizeof(ciphers) / sizeof(ciphers[0]); i++) {
        test_cipher(crypto, i);
    }
    for (size_t i = 0; i < sizeof(aeads) / sizeof(aeads[0]); i++) {
        for (size_t n = 0; n < SIZES; n++) {
            run_aead(crypto, i, sizes[n], TAG);
        }
        if (is_virtio(crypto) && aeads[i].short_tags) {
            run_aead(crypto, i, 100, 8);
        }
    }
    run_aead(crypto, 0, LARGEST - 100 - TAG, TAG);
    for (size_t i = 0; i < sizeof(digests) / sizeof(digests[0]); i++) {
        for (size_t n = 0; n < SIZES; n++) {
            test_digest(crypto, i, sizes[n]);
        }
    }
    for (size_t n = 0; n < SIZES; n++) {
        test_block_mac(crypto, "CMAC", "AES-256-CBC", 26, 32, sizes[n]);
        test_block_mac(crypto, "CMAC", "DES-EDE3-CBC", 25, 24, sizes[n]);
        test_block_mac(crypto, "GMAC", "AES-128-GCM", 41, 16, sizes[n]);
    }
    test_chains(crypto, 64);
    test_chains(crypto, 70000 / 16 * 16);
    if (!is_virtio(crypto)) {
        test_nested(crypto);
    }
    printf("%u\n", count);
}
