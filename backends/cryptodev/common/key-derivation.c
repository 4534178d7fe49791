/*
 * Cryptography backends: key derivation of SSL, TLS, HKDF and MGF1
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "hash.h"
#include "key-derivation.h"

/* SSL 3.0 has as many rounds as there are letters. */
#define SSL3_ROUNDS_MAX 26

#define MD5_LEN 16
#define SHA1_LEN 20

/* RFC 5869, section 2.3 */
#define HKDF_BLOCKS_MAX 255

static const uint8_t tls13_prefix[] = { 't', 'l', 's', '1', '3', ' ' };

/* SSL 3.0 */

/* Bytes of the labels before the one of round @i, counted from 0 */
static size_t labels_len(size_t i)
{
    return i * (i + 1) / 2;
}

/* MD5(secret || SHA(label || secret || seed)) */
static void ssl3_block(CryptoDevHash *md5, CryptoDevHash *sha1,
                       CryptoDevOperand secret, CryptoDevOperand label,
                       CryptoDevOperand seed, uint8_t block[MD5_LEN])
{
    uint8_t inner[SHA1_LEN];
    const CryptoDevOperand inner_parts[] = { label, secret, seed };
    const CryptoDevOperand parts[] = { secret, { inner, sizeof(inner) } };

    cryptodev_hash_digest(sha1, inner_parts, ARRAY_SIZE(inner_parts), inner);
    cryptodev_hash_digest(md5, parts, ARRAY_SIZE(parts), block);
    cryptodev_wipe(inner, sizeof(inner));
}

static bool ssl3_blocks(const CryptoDevPrimitives *primitives,
                        CryptoDevOperand secret, const uint8_t *labels,
                        CryptoDevOperand seed, uint8_t *output, size_t len)
{
    g_auto(CryptoDevHash) md5 = { };
    g_auto(CryptoDevHash) sha1 = { };
    uint8_t block[MD5_LEN];

    if (!cryptodev_hash_open(&md5, primitives, CRYPTODEV_HASH_MD5) ||
        !cryptodev_hash_open(&sha1, primitives, CRYPTODEV_HASH_SHA1)) {
        return false;
    }
    for (size_t i = 0; i * MD5_LEN < len; i++) {
        size_t done = i * MD5_LEN;
        CryptoDevOperand label = {
            .data = labels + labels_len(i), .len = i + 1,
        };

        ssl3_block(&md5, &sha1, secret, label, seed, block);
        memcpy(output + done, block, MIN(MD5_LEN, len - done));
    }
    cryptodev_wipe(block, sizeof(block));
    return !md5.failed && !sha1.failed;
}

bool cryptodev_ssl3_derive(const CryptoDevPrimitives *primitives,
                           CryptoDevOperand secret, CryptoDevOperand labels,
                           CryptoDevOperand seed, uint8_t *output, size_t len)
{
    size_t rounds = DIV_ROUND_UP(len, MD5_LEN);
    uint8_t letters[SSL3_ROUNDS_MAX * (SSL3_ROUNDS_MAX + 1) / 2];

    if (labels.len) {
        return labels.len >= labels_len(rounds) &&
               ssl3_blocks(primitives, secret, labels.data, seed, output, len);
    }
    for (size_t i = 0; i < SSL3_ROUNDS_MAX; i++) {
        memset(letters + labels_len(i), 'A' + i, i + 1);
    }
    return ssl3_blocks(primitives, secret, letters, seed, output, len);
}

/* TLS 1.0 to 1.2 */

/*
 * Add the bytes of P_hash to @output, bit by bit without a carry: RFC 4346,
 * section 5.  The parts are A(i), label and seed.
 */
static bool add_p_hash(const CryptoDevPrimitives *primitives,
                       CryptoDevHashAlgo hash, CryptoDevOperand secret,
                       CryptoDevOperand label, CryptoDevOperand seed,
                       uint8_t *output, size_t len)
{
    uint8_t a[CRYPTODEV_DIGEST_MAX], block[CRYPTODEV_DIGEST_MAX];
    CryptoDevOperand parts[] = { { a, cryptodev_hash_len(hash) }, label, seed };
    g_auto(CryptoDevHash) hmac = { };

    if (!cryptodev_hmac_open(&hmac, primitives, hash, secret)) {
        return false;
    }
    cryptodev_hash_digest(&hmac, &parts[1], 2, a);
    while (len) {
        size_t now = MIN(len, hmac.len);

        cryptodev_hash_digest(&hmac, parts, ARRAY_SIZE(parts), block);
        for (size_t i = 0; i < now; i++) {
            output[i] ^= block[i];
        }
        cryptodev_hash_digest(&hmac, parts, 1, a);
        output += now;
        len -= now;
    }
    cryptodev_wipe(a, sizeof(a));
    cryptodev_wipe(block, sizeof(block));
    return !hmac.failed;
}

bool cryptodev_tls12_prf(const CryptoDevPrimitives *primitives,
                         CryptoDevHashAlgo hash, CryptoDevOperand secret,
                         CryptoDevOperand label, CryptoDevOperand seed,
                         uint8_t *output, size_t len)
{
    memset(output, 0, len);
    return add_p_hash(primitives, hash, secret, label, seed, output, len);
}

bool cryptodev_tls1_prf(const CryptoDevPrimitives *primitives,
                        CryptoDevOperand secret, CryptoDevOperand label,
                        CryptoDevOperand seed, uint8_t *output, size_t len)
{
    /* Halves of the secret, which have a byte in common if it is odd */
    size_t half = DIV_ROUND_UP(secret.len, 2);
    CryptoDevOperand s1 = { secret.data, half };
    CryptoDevOperand s2 = { secret.data + secret.len - half, half };

    memset(output, 0, len);
    return add_p_hash(primitives, CRYPTODEV_HASH_MD5, s1, label, seed, output,
                      len) &&
           add_p_hash(primitives, CRYPTODEV_HASH_SHA1, s2, label, seed, output,
                      len);
}

/* HKDF, which TLS 1.3 has */

bool cryptodev_hkdf_extract(const CryptoDevPrimitives *primitives,
                            CryptoDevHashAlgo hash, CryptoDevOperand salt,
                            CryptoDevOperand material, uint8_t *output)
{
    static const uint8_t zeros[CRYPTODEV_DIGEST_MAX];
    g_auto(CryptoDevHash) hmac = { };

    if (!salt.len) {
        salt = (CryptoDevOperand) { zeros, cryptodev_hash_len(hash) };
    }
    if (!cryptodev_hmac_open(&hmac, primitives, hash, salt)) {
        return false;
    }
    cryptodev_hash_digest(&hmac, &material, 1, output);
    return !hmac.failed;
}

/* The parts are T(i - 1), the information, and the number i. */
static void expand(CryptoDevHash *hmac, CryptoDevOperand info, uint8_t *output,
                   size_t len)
{
    uint8_t t[CRYPTODEV_DIGEST_MAX];
    uint8_t number = 0;
    CryptoDevOperand parts[] = { { t, 0 }, info, { &number, 1 } };

    while (len) {
        size_t now = MIN(len, hmac->len);

        number++;
        cryptodev_hash_digest(hmac, parts, ARRAY_SIZE(parts), t);
        parts[0].len = hmac->len;
        memcpy(output, t, now);
        output += now;
        len -= now;
    }
    cryptodev_wipe(t, sizeof(t));
}

bool cryptodev_hkdf_expand(const CryptoDevPrimitives *primitives,
                           CryptoDevHashAlgo hash, CryptoDevOperand key,
                           CryptoDevOperand info, uint8_t *output, size_t len)
{
    g_auto(CryptoDevHash) hmac = { };

    if (len > HKDF_BLOCKS_MAX * cryptodev_hash_len(hash) ||
        !cryptodev_hmac_open(&hmac, primitives, hash, key)) {
        return false;
    }
    expand(&hmac, info, output, len);
    return !hmac.failed;
}

static uint8_t *put(uint8_t *place, const uint8_t *data, size_t len)
{
    if (len) {
        memcpy(place, data, len);
    }
    return place + len;
}

bool cryptodev_hkdf_expand_label(const CryptoDevPrimitives *primitives,
                                 CryptoDevHashAlgo hash,
                                 CryptoDevOperand secret,
                                 CryptoDevOperand label,
                                 CryptoDevOperand context, uint8_t *output,
                                 size_t len)
{
    /* The structure HkdfLabel */
    uint8_t info[2 + 1 + UINT8_MAX + 1 + UINT8_MAX];
    uint8_t *end = info;

    *end++ = len >> 8;
    *end++ = len;
    *end++ = sizeof(tls13_prefix) + label.len;
    end = put(end, tls13_prefix, sizeof(tls13_prefix));
    end = put(end, label.data, label.len);
    *end++ = context.len;
    end = put(end, context.data, context.len);
    return cryptodev_hkdf_expand(primitives, hash, secret,
                                 (CryptoDevOperand) { info, end - info },
                                 output, len);
}

/* MGF1 */

bool cryptodev_mgf1(const CryptoDevPrimitives *primitives,
                    CryptoDevHashAlgo hash, CryptoDevOperand seed,
                    uint8_t *output, size_t len)
{
    g_auto(CryptoDevHash) digest = { };
    uint8_t block[CRYPTODEV_DIGEST_MAX];

    if (!cryptodev_hash_open(&digest, primitives, hash)) {
        return false;
    }
    for (uint32_t i = 0; len; i++) {
        size_t now = MIN(len, digest.len);
        uint32_t counter = cpu_to_be32(i);
        const CryptoDevOperand parts[] = {
            seed, { (const uint8_t *)&counter, sizeof(counter) },
        };

        cryptodev_hash_digest(&digest, parts, ARRAY_SIZE(parts), block);
        memcpy(output, block, now);
        output += now;
        len -= now;
    }
    cryptodev_wipe(block, sizeof(block));
    return !digest.failed;
}
