/*
 * Cryptography backends: what RSA reads where the padding is wrong
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "hash.h"
#include "mask.h"
#include "rejection.h"

#define DIGEST_LEN 32

/* How many lengths there are to choose from, of two bytes each */
#define LENGTHS 128

/* Bytes that a message is shorter than the modulus, with the least padding */
#define OVERHEAD 11

/* The key of what follows: HMAC(SHA-256(d), ciphertext) */
static bool make_key(const CryptoDevPrimitives *primitives, const uint8_t *d,
                     const uint8_t *block, size_t size,
                     uint8_t key[DIGEST_LEN])
{
    const CryptoDevOperand exponent = { d, size };
    const CryptoDevOperand ciphertext = { block, size };
    g_auto(CryptoDevHash) hash = { };
    g_auto(CryptoDevHash) hmac = { };
    bool ok;

    if (!cryptodev_hash_open(&hash, primitives, CRYPTODEV_HASH_SHA256)) {
        return false;
    }
    cryptodev_hash_digest(&hash, &exponent, 1, key);
    ok = cryptodev_hmac_open(&hmac, primitives, CRYPTODEV_HASH_SHA256,
                             (CryptoDevOperand) { key, DIGEST_LEN });
    if (ok) {
        cryptodev_hash_digest(&hmac, &ciphertext, 1, key);
    }
    return ok && !hash.failed && !hmac.failed;
}

bool cryptodev_rejection_has_hash(const CryptoDevPrimitives *primitives)
{
    static const uint8_t zeros[DIGEST_LEN];
    uint8_t key[DIGEST_LEN];

    return make_key(primitives, zeros, zeros, sizeof(zeros), key);
}

/* The pseudorandom function: a counter, a label and the number of bits */
static void fill(CryptoDevHash *hmac, const char *label, uint8_t *output,
                 size_t len)
{
    uint16_t bits = cpu_to_be16(len * 8);
    uint8_t digest[DIGEST_LEN];

    for (size_t done = 0; done < len; done += DIGEST_LEN) {
        uint16_t counter = cpu_to_be16(done / DIGEST_LEN);
        const CryptoDevOperand parts[] = {
            { (const uint8_t *)&counter, sizeof(counter) },
            { (const uint8_t *)label, strlen(label) },
            { (const uint8_t *)&bits, sizeof(bits) },
        };

        cryptodev_hash_digest(hmac, parts, ARRAY_SIZE(parts), digest);
        memcpy(output + done, digest, MIN(len - done, DIGEST_LEN));
    }
    cryptodev_wipe(digest, sizeof(digest));
}

/* The last of many lengths, of as many bits as @limit has, that is below it */
static uint32_t choose_length(CryptoDevHash *hmac, uint32_t limit)
{
    uint32_t mask = pow2ceil(limit + 1) - 1;
    uint8_t lengths[LENGTHS * 2];
    uint32_t len = 0;

    fill(hmac, "length", lengths, sizeof(lengths));
    for (int i = 0; i < LENGTHS; i++) {
        uint32_t other = lduw_be_p(lengths + 2 * i) & mask;

        len = cryptodev_mask_choose(cryptodev_mask_less(other, limit), other,
                                    len);
    }
    cryptodev_wipe(lengths, sizeof(lengths));
    return len;
}

bool cryptodev_rejection_make(const CryptoDevPrimitives *primitives,
                              const uint8_t *d, uint8_t *block, size_t size,
                              uint32_t *len)
{
    g_auto(CryptoDevHash) hmac = { };
    uint8_t key[DIGEST_LEN];
    bool ok = make_key(primitives, d, block, size, key) &&
              cryptodev_hmac_open(&hmac, primitives, CRYPTODEV_HASH_SHA256,
                                  (CryptoDevOperand) { key, sizeof(key) });

    cryptodev_wipe(key, sizeof(key));
    if (ok) {
        *len = choose_length(&hmac, size - OVERHEAD + 1);
        fill(&hmac, "message", block, size);
    }
    return ok && !hmac.failed;
}

static bool get_implicit_rejection(Object *obj, Error **errp)
{
    return CRYPTODEV_BACKEND(obj)->rsa_implicit_rejection;
}

static void set_implicit_rejection(Object *obj, bool value, Error **errp)
{
    CryptoDevBackend *backend = CRYPTODEV_BACKEND(obj);

    if (cryptodev_backend_takes_option(backend, "rsa-implicit-rejection",
                                       errp)) {
        backend->rsa_implicit_rejection = value;
    }
}

void cryptodev_rejection_add_property(ObjectClass *class)
{
    object_class_property_add_bool(class, "rsa-implicit-rejection",
                                   get_implicit_rejection,
                                   set_implicit_rejection);
    object_class_property_set_description(class, "rsa-implicit-rejection",
        "Let RSA decryption answer wrong PKCS #1 v1.5 padding with a message"
        " that looks random instead of an error (default: off)");
}
