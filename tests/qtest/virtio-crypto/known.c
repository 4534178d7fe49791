/*
 * One published answer for each cipher and key size of virtio-crypto
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "standard-headers/linux/virtio_crypto.h"
#include "rsp.h"
#include "known.h"

/* The four blocks that SP 800-38A uses in all of its examples */
#define BLOCKS                              \
    "6bc1bee22e409f96e93d7e117393172a"      \
    "ae2d8a571e03ac9c9eb76fac45af8e51"      \
    "30c81c46a35ce411e5fbc1191a0a52ef"      \
    "f69f2445df4f9b17ad2b417be66c3710"
#define AES_128_KEY "2b7e151628aed2a6abf7158809cf4f3c"
#define AES_192_KEY "8e73b0f7da0e6452c810f32b809079e562f8ead2522c6b7b"
#define AES_256_KEY                         \
    "603deb1015ca71be2b73aef0857d7781"      \
    "1f352c073b6108d72d9810a30914dff4"
#define BYTES_FROM_0 "000102030405060708090a0b0c0d0e0f"
#define BYTES_FROM_F0 "f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"

/* FIPS 81, tables B1 and C1: "Now is the time for all " */
#define NOW_IS_THE_TIME                     \
    "4e6f77206973207468652074696d6520666f7220616c6c20"

const KnownAnswer known_answers[] = {
    /* RFC 6229, offset 0 */
    { "arc4-40", VIRTIO_CRYPTO_CIPHER_ARC4, "0102030405", "",
      "00000000000000000000000000000000"
      "00000000000000000000000000000000",
      "b2396305f03dc027ccc3524a0a1118a8"
      "6982944f18fc82d589c403a47a0d0919" },
    { "arc4-128", VIRTIO_CRYPTO_CIPHER_ARC4,
      "0102030405060708090a0b0c0d0e0f10",
      "",
      "00000000000000000000000000000000"
      "00000000000000000000000000000000",
      "9ac7cc9a609d1ef7b2932899cde41b97"
      "5248c4959014126a6e8a84f11d1a9e1c" },
    /* SP 800-38A, F.1 */
    { "aes-ecb-128", VIRTIO_CRYPTO_CIPHER_AES_ECB, AES_128_KEY, "", BLOCKS,
      "3ad77bb40d7a3660a89ecaf32466ef97"
      "f5d3d58503b9699de785895a96fdbaaf"
      "43b1cd7f598ece23881b00e3ed030688"
      "7b0c785e27e8ad3f8223207104725dd4" },
    { "aes-ecb-192", VIRTIO_CRYPTO_CIPHER_AES_ECB, AES_192_KEY, "", BLOCKS,
      "bd334f1d6e45f25ff712a214571fa5cc"
      "974104846d0ad3ad7734ecb3ecee4eef"
      "ef7afd2270e2e60adce0ba2face6444e"
      "9a4b41ba738d6c72fb16691603c18e0e" },
    { "aes-ecb-256", VIRTIO_CRYPTO_CIPHER_AES_ECB, AES_256_KEY, "", BLOCKS,
      "f3eed1bdb5d2a03c064b5a7e3db181f8"
      "591ccb10d410ed26dc5ba74a31362870"
      "b6ed21b99ca6f4f9f153e7b1beafed1d"
      "23304b7a39f9f3ff067d8d8f9e24ecc7" },
    /* SP 800-38A, F.2 */
    { "aes-cbc-128", VIRTIO_CRYPTO_CIPHER_AES_CBC, AES_128_KEY, BYTES_FROM_0,
      BLOCKS,
      "7649abac8119b246cee98e9b12e9197d"
      "5086cb9b507219ee95db113a917678b2"
      "73bed6b8e3c1743b7116e69e22229516"
      "3ff1caa1681fac09120eca307586e1a7" },
    { "aes-cbc-192", VIRTIO_CRYPTO_CIPHER_AES_CBC, AES_192_KEY, BYTES_FROM_0,
      BLOCKS,
      "4f021db243bc633d7178183a9fa071e8"
      "b4d9ada9ad7dedf4e5e738763f69145a"
      "571b242012fb7ae07fa9baac3df102e0"
      "08b0e27988598881d920a9e64f5615cd" },
    { "aes-cbc-256", VIRTIO_CRYPTO_CIPHER_AES_CBC, AES_256_KEY, BYTES_FROM_0,
      BLOCKS,
      "f58c4c04d6e5f1ba779eabfb5f7bfbd6"
      "9cfc4e967edb808d679f777bc6702c7d"
      "39f23369a9d9bacfa530e26304231461"
      "b2eb05e2c39be9fcda6c19078c6a9d1b" },
    /* SP 800-38A, F.5 */
    { "aes-ctr-128", VIRTIO_CRYPTO_CIPHER_AES_CTR, AES_128_KEY, BYTES_FROM_F0,
      BLOCKS,
      "874d6191b620e3261bef6864990db6ce"
      "9806f66b7970fdff8617187bb9fffdff"
      "5ae4df3edbd5d35e5b4f09020db03eab"
      "1e031dda2fbe03d1792170a0f3009cee" },
    { "aes-ctr-192", VIRTIO_CRYPTO_CIPHER_AES_CTR, AES_192_KEY, BYTES_FROM_F0,
      BLOCKS,
      "1abc932417521ca24f2b0459fe7e6e0b"
      "090339ec0aa6faefd5ccc2c6f4ce8e94"
      "1e36b26bd1ebc670d1bd1d665620abf7"
      "4f78a7f6d29809585a97daec58c6b050" },
    { "aes-ctr-256", VIRTIO_CRYPTO_CIPHER_AES_CTR, AES_256_KEY, BYTES_FROM_F0,
      BLOCKS,
      "601ec313775789a5b7a7f504bbf3d228"
      "f443e3ca4d62b59aca84e990cacaf5c5"
      "2b0930daa23de94ce87017ba2d84988d"
      "dfc9c58db67aada613c2dd08457941a6" },
    /* FIPS 81 */
    { "des-ecb", VIRTIO_CRYPTO_CIPHER_DES_ECB, "0123456789abcdef", "",
      NOW_IS_THE_TIME,
      "3fa40e8a984d48156a271787ab8883f9893d51ec4b563b53" },
    { "des-cbc", VIRTIO_CRYPTO_CIPHER_DES_CBC, "0123456789abcdef",
      "1234567890abcdef", NOW_IS_THE_TIME,
      "e5c7cdde872bf27c43e934008c389c0f683788499a7c05f6" },
    /* CAVS 11.1, TECBMMT2.rsp, the first key is the third one too */
    { "3des-ecb-2key", VIRTIO_CRYPTO_CIPHER_3DES_ECB,
      "326b494cd33ee65737ae5ebf46dff2dc",
      "",
      "0654b84f30cbb2846bccd9d56463d6db"
      "9e12f3465b2322ce",
      "dec0c5935e5430f98ad636fa3d7caff1"
      "946766bdc201edd9" },
    /* SP 800-67, B.1: "The quick brown fox jump" */
    { "3des-ecb-3key", VIRTIO_CRYPTO_CIPHER_3DES_ECB,
      "0123456789abcdef23456789abcdef01456789abcdef0123",
      "",
      "54686520717566636b2062726f776e20666f78206a756d70",
      "a826fd8ce53b855fcce21c8112256fe668d5c05dd9b6b900" },
    /* CAVS 11.1, TCBCMMT2.rsp and TCBCMMT3.rsp */
    { "3des-cbc-2key", VIRTIO_CRYPTO_CIPHER_3DES_CBC,
      "e091790be55be0bc0780153861a84adc",
      "fd7d430f86fbbffe",
      "03c7fffd7f36499c703dedc9df4de4a9"
      "2dd4382e576d6ae9",
      "053aeba85dd3a23bfbe8440a432f9578"
      "f312be60fb9f0035" },
    { "3des-cbc-3key", VIRTIO_CRYPTO_CIPHER_3DES_CBC,
      "1a5d4c0825072a15a8ad9dfdaeda8c04"
      "8adffb85bc4fced0",
      "7fcfa736f7548b6f",
      "983c3edacd939406010e1bc6ff9e1232"
      "0ac5008117fa8f84",
      "d84fa24f38cf451ca2c9adc960120bd8"
      "ff9871584fe31cee" },
    /*
     * RFC 3711, B.1: the key, then the key mask m, which is the salt and
     * padding; the vector is IV, not IV'
     */
    { "aes-f8-128", VIRTIO_CRYPTO_CIPHER_AES_F8,
      "234829008467be186c3de14aae72d62c"
      "32f2870d555555555555555555555555",
      "006e5cba50681de55c621599d462564a",
      "70736575646f72616e646f6d6e657373"
      "20697320746865206e65787420626573"
      "74207468696e67",
      "019ce7a26e7854014a6366aa95d4eefd"
      "1ad4172a14f9faf455b7f1d4b62bd08f"
      "562c0eef7c4802" },
    /* IEEE Std 1619, B.1 vector 2 */
    { "aes-xts-128", VIRTIO_CRYPTO_CIPHER_AES_XTS,
      "11111111111111111111111111111111"
      "22222222222222222222222222222222",
      "33333333330000000000000000000000",
      "44444444444444444444444444444444"
      "44444444444444444444444444444444",
      "c454185e6a16936e39334038acef838b"
      "fb186fff7480adc4289382ecd6d394f0" },
    /* CAVS 11.0, tweak-128hexstr/XTSGenAES256.rsp */
    { "aes-xts-256", VIRTIO_CRYPTO_CIPHER_AES_XTS,
      "266c336b3b01489f3267f52835fd92f6"
      "74374b88b4e1ebd2d36a5f457581d9d0"
      "42c3eef7b0b7e5137b086496b4d9e6ac"
      "658d7196a23f23f036172fdb8faee527",
      "06b209a7a22f486ecbfadb0f3137ba42",
      "ca7d65ef8d3dfad345b61ccddca1ad81"
      "de830b9e86c7b426d76cb7db766852d9"
      "81c6b21409399d78f42cc0b33a7bbb06",
      "c73256870cc2f4dd57acc74b5456dbd7"
      "76912a128bc1f77d72cdebbf270044b7"
      "a43ceed29025e1e8be211fa3c3ed002d" },
    { }
};

KnownBytes *known_decode(const KnownAnswer *answer)
{
    KnownBytes *known = g_new0(KnownBytes, 1);

    known->answer = answer;
    known->key = hex_to_bytes(answer->key);
    known->iv = hex_to_bytes(answer->iv);
    known->plain = hex_to_bytes(answer->plain);
    known->cipher = hex_to_bytes(answer->cipher);
    g_assert_cmpint(known->plain->len, ==, known->cipher->len);
    return known;
}

KnownBytes *known_bytes(const char *name)
{
    const KnownAnswer *answer = known_answers;

    while (!g_str_equal(answer->name, name)) {
        answer++;
        g_assert_nonnull(answer->name);
    }
    return known_decode(answer);
}

void known_bytes_free(KnownBytes *known)
{
    g_byte_array_unref(known->key);
    g_byte_array_unref(known->iv);
    g_byte_array_unref(known->plain);
    g_byte_array_unref(known->cipher);
    g_free(known);
}
