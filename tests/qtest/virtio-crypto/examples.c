/*
 * Published examples of every service of virtio-crypto
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "crypto/hash.h"
#include "der.h"
#include "dsa-key.h"
#include "examples.h"
#include "known.h"
#include "rsa-key.h"
#include "rsp.h"

/* Tags of RFC v1 have one length */
#define RFC_TAG_LEN 16

#define HASH_THEN_CIPHER VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER
#define CIPHER_THEN_HASH VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH

/* RFC 4231, 4.3, and its digest of 32 bytes */
#define JEFE        "4a656665"
#define NOTHING                                                 \
    "7768617420646f2079612077616e7420666f72206e6f7468696e673f"
#define NOTHING_MAC                                             \
    "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
/* FIPS 180-2, B.1 */
#define ABC         "616263"
#define ABC_SHA_256                                             \
    "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

/* A key of the group DSA_P, DSA_Q and DSA_G */
#define DSA_Y                                                  \
    "6240ea0647117c38fe705106d56db578f3e10130928452d4f3587881b8a2bc68" \
    "73a8befc3237f20914e2a91c7f07a928ee22adeed23d74ab7f82ea11f70497e5" \
    "78f7a9b4cbd6f10226222b0b4da2ea1e49813d6bb9882fbf675c0846bb80cc89" \
    "1857b89b0ef1beb6cce3378a9aab5d66ad4cb9277cf447dfe1e64434749432fb"

static void free_example(gpointer pointer)
{
    Example *example = pointer;

    g_free(example->name);
    g_byte_array_unref(example->expected);
    g_ptr_array_unref(example->bytes);
    g_free(example);
}

static Example *add(GPtrArray *examples, const char *name, uint32_t service)
{
    Example *example = g_new0(Example, 1);

    example->name = g_strdup(name);
    example->service = service;
    example->expected = g_byte_array_new();
    example->bytes =
        g_ptr_array_new_with_free_func((GDestroyNotify)g_byte_array_unref);
    g_ptr_array_add(examples, example);
    return example;
}

/* Bytes that live as long as the example */
static GByteArray *keep(Example *example, GByteArray *bytes)
{
    g_ptr_array_add(example->bytes, bytes);
    return bytes;
}

static GByteArray *keep_hex(Example *example, const char *hex)
{
    return keep(example, hex_to_bytes(hex));
}

static void expect_hex(Example *example, const char *hex)
{
    g_autoptr(GByteArray) bytes = hex_to_bytes(hex);

    g_byte_array_append(example->expected, bytes->data, bytes->len);
}

static void add_ciphers(GPtrArray *examples)
{
    for (const KnownAnswer *answer = known_answers; answer->name; answer++) {
        for (int encrypt = 0; encrypt < 2; encrypt++) {
            g_autofree char *name =
                g_strconcat(answer->name, encrypt ? "" : "-decrypt", NULL);
            Example *example =
                add(examples, name, VIRTIO_CRYPTO_SERVICE_CIPHER);
            GByteArray *key = keep_hex(example, answer->key);
            GByteArray *iv = keep_hex(example, answer->iv);
            GByteArray *src =
                keep_hex(example, encrypt ? answer->plain : answer->cipher);

            example->session =
                qvirtio_crypto_cipher(answer->algo, encrypt, key->data,
                                      key->len);
            example->op = qvirtio_crypto_cipher_op(0, encrypt, iv->data,
                                                   iv->len, src->data,
                                                   src->len);
            expect_hex(example, encrypt ? answer->cipher : answer->plain);
        }
    }
}

static const struct {
    const char *name;
    uint32_t algo;
    const char *src;
    const char *digest;
} hashes[] = {
    /* RFC 1321, A.5 */
    { "md5", VIRTIO_CRYPTO_HASH_MD5, ABC,
      "900150983cd24fb0d6963f7d28e17f72" },
    /* FIPS 180-2, A.1 and C.1 */
    { "sha-1", VIRTIO_CRYPTO_HASH_SHA1, ABC,
      "a9993e364706816aba3e25717850c26c9cd0d89d" },
    { "sha-256", VIRTIO_CRYPTO_HASH_SHA_256, ABC, ABC_SHA_256 },
    { "sha-512", VIRTIO_CRYPTO_HASH_SHA_512, ABC,
      "ddaf35a193617abacc417349ae204131"
      "12e6fa4e89a97ea20a9eeee64b55d39a"
      "2192992a274fc1a836ba3c23a3feebbd"
      "454d4423643ce80e2a9ac94fa54ca49f" },
    /* NIST's examples with intermediate values */
    { "sha3-256", VIRTIO_CRYPTO_HASH_SHA3_256, "",
      "a7ffc6f8bf1ed76651c14756a061d662"
      "f580ff4de43b49fa82d80a4b80f8434a" },
    { "shake128", VIRTIO_CRYPTO_HASH_SHA3_SHAKE128, "",
      "7f9c2ba4e88f827d616045507605853e"
      "d73b8093f6efbc88eb1a6eacfa66ef26" },
};

static void add_hashes(GPtrArray *examples)
{
    for (size_t i = 0; i < ARRAY_SIZE(hashes); i++) {
        Example *example =
            add(examples, hashes[i].name, VIRTIO_CRYPTO_SERVICE_HASH);
        GByteArray *src = keep_hex(example, hashes[i].src);

        expect_hex(example, hashes[i].digest);
        example->session = qvirtio_crypto_hash(hashes[i].algo,
                                               example->expected->len);
        example->op = qvirtio_crypto_hash_op(0, src->data, src->len,
                                             example->expected->len);
    }
}

static const struct {
    const char *name;
    uint32_t algo;
    const char *key;
    const char *src;
    const char *digest;
} macs[] = {
    { "hmac-sha-256", VIRTIO_CRYPTO_MAC_HMAC_SHA_256, JEFE, NOTHING,
      NOTHING_MAC },
    /* RFC 4231, 4.6, which is cut to 128 bits there */
    { "hmac-sha-256-128", VIRTIO_CRYPTO_MAC_HMAC_SHA_256,
      "0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c0c",
      "546573742057697468205472756e636174696f6e",
      "a3b6167473100ee06e0c796c2955552b" },
    /* RFC 4493, examples 1 and 2 */
    { "cmac-aes-empty", VIRTIO_CRYPTO_MAC_CMAC_AES,
      "2b7e151628aed2a6abf7158809cf4f3c", "",
      "bb1d6929e95937287fa37d129b756746" },
    { "cmac-aes", VIRTIO_CRYPTO_MAC_CMAC_AES,
      "2b7e151628aed2a6abf7158809cf4f3c",
      "6bc1bee22e409f96e93d7e117393172a",
      "070a16b46b4d4144f79bdd9dd04a287c" },
};

static void add_macs(GPtrArray *examples)
{
    for (size_t i = 0; i < ARRAY_SIZE(macs); i++) {
        Example *example =
            add(examples, macs[i].name, VIRTIO_CRYPTO_SERVICE_MAC);
        GByteArray *key = keep_hex(example, macs[i].key);
        GByteArray *src = keep_hex(example, macs[i].src);

        expect_hex(example, macs[i].digest);
        example->session =
            qvirtio_crypto_mac(macs[i].algo, example->expected->len,
                               key->data, key->len);
        example->op = qvirtio_crypto_mac_op(0, src->data, src->len,
                                            example->expected->len);
    }
}

static const struct {
    const char *name;
    uint32_t algo;
    const char *key, *iv, *aad, *plain, *cipher;
    uint32_t tag_len;
} aeads[] = {
    /* McGrew and Viega, "The Galois/Counter Mode of Operation", case 4 */
    { "gcm", VIRTIO_CRYPTO_AEAD_GCM,
      "feffe9928665731c6d6a8f9467308308", "cafebabefacedbaddecaf888",
      "feedfacedeadbeeffeedfacedeadbeefabaddad2",
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
      "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39",
      "42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e"
      "21d514b25466931c7d8f6a5aac84aa051ba30b396a0aac973d58e091"
      "5bc94fbc3221a5db94fae95ae7121a47", 16 },
    /* SP 800-38C, C.2 */
    { "ccm", VIRTIO_CRYPTO_AEAD_CCM,
      "404142434445464748494a4b4c4d4e4f", "1011121314151617",
      "000102030405060708090a0b0c0d0e0f",
      "202122232425262728292a2b2c2d2e2f",
      "d2a1f0e051ea5f62081a7792073d593d1fc64fbfaccd", 6 },
    /* RFC 8439, 2.8.2 */
    { "chacha20-poly1305", VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305,
      "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f",
      "070000004041424344454647", "50515253c0c1c2c3c4c5c6c7",
      "4c616469657320616e642047656e746c656d656e206f662074686520636c6173"
      "73206f66202739393a204966204920636f756c64206f6666657220796f75206f"
      "6e6c79206f6e652074697020666f7220746865206675747572652c2073756e73"
      "637265656e20776f756c642062652069742e",
      "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6"
      "3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36"
      "92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc"
      "3ff4def08e4b7a9de576d26586cec64b6116"
      "1ae10b594f09e26a7e902ecbd0600691", 16 },
};

static void add_aead(GPtrArray *examples, size_t i, bool encrypt)
{
    g_autofree char *name =
        g_strconcat(aeads[i].name, encrypt ? "" : "-decrypt", NULL);
    Example *example = add(examples, name, VIRTIO_CRYPTO_SERVICE_AEAD);
    GByteArray *key = keep_hex(example, aeads[i].key);
    GByteArray *iv = keep_hex(example, aeads[i].iv);
    GByteArray *aad = keep_hex(example, aeads[i].aad);
    GByteArray *src =
        keep_hex(example, encrypt ? aeads[i].plain : aeads[i].cipher);

    example->session =
        qvirtio_crypto_aead(aeads[i].algo, encrypt, aeads[i].tag_len,
                            key->data, key->len);
    example->op =
        qvirtio_crypto_aead_op(aeads[i].algo, 0, encrypt, iv->data, iv->len,
                               aad->data, aad->len, src->data, src->len,
                               aeads[i].tag_len);
    example->nonce = iv->data;
    expect_hex(example, encrypt ? aeads[i].cipher : aeads[i].plain);
}

static void add_aeads(GPtrArray *examples)
{
    for (size_t i = 0; i < ARRAY_SIZE(aeads); i++) {
        add_aead(examples, i, true);
        add_aead(examples, i, false);
    }
}

/*
 * HMAC is the nested hash whose prefixes are the padded key, each byte with
 * 0x36 and 0x5c added modulo 2.
 */
static GByteArray *hmac_prefixes(Example *example, const char *hex)
{
    g_autoptr(GByteArray) key = hex_to_bytes(hex);
    GByteArray *prefixes = keep(example, g_byte_array_new());

    for (size_t i = 0; i < 128; i++) {
        uint8_t byte = i % 64 < key->len ? key->data[i % 64] : 0;

        byte ^= i < 64 ? 0x36 : 0x5c;
        g_byte_array_append(prefixes, &byte, 1);
    }
    return prefixes;
}

static const struct {
    const char *name;
    uint32_t mode;
    uint32_t algo;
    const char *message;
    const char *digest;
} chained[] = {
    { "plain", VIRTIO_CRYPTO_SYM_HASH_MODE_PLAIN, VIRTIO_CRYPTO_HASH_SHA_256,
      ABC, ABC_SHA_256 },
    { "auth", VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH,
      VIRTIO_CRYPTO_MAC_HMAC_SHA_256, NOTHING, NOTHING_MAC },
    { "nested", VIRTIO_CRYPTO_SYM_HASH_MODE_NESTED,
      VIRTIO_CRYPTO_HASH_SHA_256, NOTHING, NOTHING_MAC },
};

static GByteArray *chained_key(Example *example, uint32_t mode)
{
    switch (mode) {
    case VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH:
        return keep_hex(example, JEFE);
    case VIRTIO_CRYPTO_SYM_HASH_MODE_NESTED:
        return hmac_prefixes(example, JEFE);
    default:
        return keep_hex(example, "");
    }
}

/* In the source, the hash's range and the cipher's range are adjacent */
static void add_chain(GPtrArray *examples, size_t i, bool encrypt,
                      uint32_t order)
{
    const KnownAnswer *answer = known_answers;
    g_autofree char *name =
        g_strdup_printf("chain-%s-%u%s", chained[i].name, order,
                        encrypt ? "" : "-decrypt");
    Example *example = add(examples, name, VIRTIO_CRYPTO_SERVICE_CIPHER);
    GByteArray *auth_key = chained_key(example, chained[i].mode);
    GByteArray *message = keep_hex(example, chained[i].message);
    GByteArray *key, *iv, *src;
    QVirtioCryptoSession cipher;

    while (!g_str_equal(answer->name, "aes-cbc-128")) {
        answer++;
    }
    key = keep_hex(example, answer->key);
    iv = keep_hex(example, answer->iv);
    src = keep_hex(example, encrypt ? answer->plain : answer->cipher);
    expect_hex(example, encrypt ? answer->cipher : answer->plain);
    expect_hex(example, chained[i].message);
    expect_hex(example, chained[i].digest);
    g_byte_array_append(src, message->data, message->len);
    cipher = qvirtio_crypto_cipher(answer->algo, encrypt, key->data,
                                   key->len);
    example->session =
        qvirtio_crypto_chain(&cipher, order, chained[i].mode,
                             chained[i].algo, 32, auth_key->data,
                             auth_key->len);
    example->op = qvirtio_crypto_chain_op(0, encrypt, iv->data, iv->len, NULL,
                                          0, src->data, src->len, 32);
    example->op.cipher_len = src->len - message->len;
    example->op.hash_start = example->op.cipher_len;
    example->op.hash_len = message->len;
}

static void add_chains(GPtrArray *examples)
{
    for (size_t i = 0; i < ARRAY_SIZE(chained); i++) {
        for (int encrypt = 0; encrypt < 2; encrypt++) {
            add_chain(examples, i, encrypt, HASH_THEN_CIPHER);
            add_chain(examples, i, encrypt, CIPHER_THEN_HASH);
        }
    }
}

static GByteArray *rsa_key(Example *example, bool private)
{
    RSANumbers key = {
        .n = keep_hex(example, published_key.n),
        .e = keep_hex(example, published_key.e),
        .d = keep_hex(example, published_key.d),
        .p = keep_hex(example, published_key.p),
        .q = keep_hex(example, published_key.q),
        .dp = keep_hex(example, published_key.dp),
        .dq = keep_hex(example, published_key.dq),
        .qinv = keep_hex(example, published_key.qinv),
    };

    return keep(example, private ? der_rsa_private(&key) :
                                   der_rsa_public(&key));
}

/* The published signature is one of SHA-1 */
static GByteArray *rsa_digest(Example *example)
{
    GByteArray *message = keep_hex(example, published_key.message);
    GByteArray *digest = keep(example, g_byte_array_new());
    g_autofree uint8_t *bytes = NULL;
    size_t len = 0;

    qcrypto_hash_bytes(QCRYPTO_HASH_ALGO_SHA1, (char *)message->data,
                       message->len, &bytes, &len, &error_abort);
    return g_byte_array_append(digest, bytes, len);
}

static void add_rsa(GPtrArray *examples)
{
    Example *sign = add(examples, "rsa-sign", VIRTIO_CRYPTO_SERVICE_AKCIPHER);
    Example *verify =
        add(examples, "rsa-verify", VIRTIO_CRYPTO_SERVICE_AKCIPHER);
    GByteArray *key = rsa_key(sign, true);
    GByteArray *digest = rsa_digest(sign);
    GByteArray *both = keep_hex(verify, published_key.signature);

    sign->session =
        qvirtio_crypto_rsa(true, VIRTIO_CRYPTO_RSA_PKCS1_PADDING,
                           VIRTIO_CRYPTO_RSA_SHA1, key->data, key->len);
    sign->op =
        qvirtio_crypto_akcipher_op(VIRTIO_CRYPTO_AKCIPHER_SIGN, 0,
                                   digest->data, digest->len, both->len);
    expect_hex(sign, published_key.signature);

    key = rsa_key(verify, false);
    verify->session =
        qvirtio_crypto_rsa(false, VIRTIO_CRYPTO_RSA_PKCS1_PADDING,
                           VIRTIO_CRYPTO_RSA_SHA1, key->data, key->len);
    g_byte_array_append(both, digest->data, digest->len);
    verify->op =
        qvirtio_crypto_verify_op(0, both->data, both->len - digest->len,
                                 digest->len);
}

/* RFC 6979, A.2.5: P-256 and SHA-256 of "sample" */
static void add_ecdsa(GPtrArray *examples)
{
    Example *example =
        add(examples, "ecdsa-verify", VIRTIO_CRYPTO_SERVICE_AKCIPHER);
    GByteArray *key = keep_hex(example,
        "04"
        "60fed4ba255a9d31c961eb74c6356d68c049b8923b61fa6ce669622e60f29fb6"
        "7903fe1008b8bc99a41ae9e95628bc64f2f1b20c2d7e9f5177a3c294d4462299");
    GByteArray *both = keep_hex(example,
        "3046"
        "022100"
        "efd48b2aacb6a8fd1140dd9cd45e81d69d2c877b56aaf991c34d0ea84eaf3716"
        "022100"
        "f7cb1c942d657c41d436c7a1b6e29f65f3e900dbb9aff4064dc4ab2f843acda8");
    GByteArray *digest = keep_hex(example,
        "af2bdbe1aa9b6ec1e2ade1d694f41fc71a831d0268e9891562113d8a62add1bf");

    example->session =
        qvirtio_crypto_ecdsa(false, VIRTIO_CRYPTO_CURVE_NIST_P256, key->data,
                             key->len);
    g_byte_array_append(both, digest->data, digest->len);
    example->op =
        qvirtio_crypto_verify_op(0, both->data, both->len - digest->len,
                                 digest->len);
}

/* The key's first signature; the digest is the SHA-1 of its message */
static void add_dsa(GPtrArray *examples)
{
    Example *example =
        add(examples, "dsa-verify", VIRTIO_CRYPTO_SERVICE_AKCIPHER);
    DSANumbers numbers = {
        .p = keep_hex(example, DSA_P),
        .q = keep_hex(example, DSA_Q),
        .g = keep_hex(example, DSA_G),
        .y = keep_hex(example, DSA_Y),
    };
    GByteArray *key = keep(example, dsa_public(&numbers));
    GByteArray *both = keep_hex(example,
        "302d021500b5af307867fb8b54390013cc67020ddf1f2c0b810214620d3b22ab"
        "5031440c3e35eab6f481298f9e9f08");
    GByteArray *digest =
        keep_hex(example, "b8dad2b991d3fedfffafc792e0b04a6e7d545396");

    example->session = qvirtio_crypto_dsa(false, key->data, key->len);
    g_byte_array_append(both, digest->data, digest->len);
    example->op =
        qvirtio_crypto_verify_op(0, both->data, both->len - digest->len,
                                 digest->len);
}

GPtrArray *examples_new(void)
{
    GPtrArray *examples = g_ptr_array_new_with_free_func(free_example);

    add_ciphers(examples);
    add_chains(examples);
    add_hashes(examples);
    add_macs(examples);
    add_aeads(examples);
    add_rsa(examples);
    add_ecdsa(examples);
    add_dsa(examples);
    return examples;
}

Example *examples_find(GPtrArray *examples, const char *name)
{
    for (guint i = 0; i < examples->len; i++) {
        Example *example = g_ptr_array_index(examples, i);

        if (g_str_equal(example->name, name)) {
            return example;
        }
    }
    g_error("%s: no such example", name);
}

QVirtioCryptoOp example_shortest(const Example *example)
{
    QVirtioCryptoOp op = example->op;

    if (example->nonce) {
        op.iv = example->nonce;
        op.iv_bytes = op.iv_len;
    }
    return op;
}

/* RFC v1 has no public keys, ranges within chains or short tags */
bool example_fits(const Example *example, QVirtioCryptoDriver *d)
{
    if (!d->rfc) {
        return true;
    }
    return example->service != VIRTIO_CRYPTO_SERVICE_AKCIPHER &&
           example->op.op_type != VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING &&
           (example->service != VIRTIO_CRYPTO_SERVICE_AEAD ||
            example->session.result_len == RFC_TAG_LEN);
}
