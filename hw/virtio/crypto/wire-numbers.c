/*
 * The numbers of virtio 1.4, chapter "Crypto Device"
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "wire-numbers.h"

/* Linux's header does not have it. */
#define VIRTIO_CRYPTO_MAC_ZUC_EIA3 54

/* A number of the standard's, and ours for the same thing */
typedef struct WireNumber {
    uint32_t wire;
    uint32_t neutral;
} WireNumber;

static const WireNumber services[] = {
    { VIRTIO_CRYPTO_SERVICE_CIPHER, CRYPTODEV_SERVICE_CIPHER },
    { VIRTIO_CRYPTO_SERVICE_HASH, CRYPTODEV_SERVICE_HASH },
    { VIRTIO_CRYPTO_SERVICE_MAC, CRYPTODEV_SERVICE_MAC },
    { VIRTIO_CRYPTO_SERVICE_AEAD, CRYPTODEV_SERVICE_AEAD },
    { VIRTIO_CRYPTO_SERVICE_AKCIPHER, CRYPTODEV_SERVICE_AKCIPHER },
};

static const WireNumber ciphers[] = {
    { VIRTIO_CRYPTO_CIPHER_ARC4, CRYPTODEV_CIPHER_ARC4 },
    { VIRTIO_CRYPTO_CIPHER_AES_ECB, CRYPTODEV_CIPHER_AES_ECB },
    { VIRTIO_CRYPTO_CIPHER_AES_CBC, CRYPTODEV_CIPHER_AES_CBC },
    { VIRTIO_CRYPTO_CIPHER_AES_CTR, CRYPTODEV_CIPHER_AES_CTR },
    { VIRTIO_CRYPTO_CIPHER_DES_ECB, CRYPTODEV_CIPHER_DES_ECB },
    { VIRTIO_CRYPTO_CIPHER_DES_CBC, CRYPTODEV_CIPHER_DES_CBC },
    { VIRTIO_CRYPTO_CIPHER_3DES_ECB, CRYPTODEV_CIPHER_3DES_ECB },
    { VIRTIO_CRYPTO_CIPHER_3DES_CBC, CRYPTODEV_CIPHER_3DES_CBC },
    { VIRTIO_CRYPTO_CIPHER_3DES_CTR, CRYPTODEV_CIPHER_3DES_CTR },
    { VIRTIO_CRYPTO_CIPHER_KASUMI_F8, CRYPTODEV_CIPHER_KASUMI_F8 },
    { VIRTIO_CRYPTO_CIPHER_SNOW3G_UEA2, CRYPTODEV_CIPHER_SNOW3G_UEA2 },
    { VIRTIO_CRYPTO_CIPHER_AES_F8, CRYPTODEV_CIPHER_AES_F8 },
    { VIRTIO_CRYPTO_CIPHER_AES_XTS, CRYPTODEV_CIPHER_AES_XTS },
    { VIRTIO_CRYPTO_CIPHER_ZUC_EEA3, CRYPTODEV_CIPHER_ZUC_EEA3 },
};

static const WireNumber hashes[] = {
    { VIRTIO_CRYPTO_HASH_MD5, CRYPTODEV_HASH_MD5 },
    { VIRTIO_CRYPTO_HASH_SHA1, CRYPTODEV_HASH_SHA1 },
    { VIRTIO_CRYPTO_HASH_SHA_224, CRYPTODEV_HASH_SHA224 },
    { VIRTIO_CRYPTO_HASH_SHA_256, CRYPTODEV_HASH_SHA256 },
    { VIRTIO_CRYPTO_HASH_SHA_384, CRYPTODEV_HASH_SHA384 },
    { VIRTIO_CRYPTO_HASH_SHA_512, CRYPTODEV_HASH_SHA512 },
    { VIRTIO_CRYPTO_HASH_SHA3_224, CRYPTODEV_HASH_SHA3_224 },
    { VIRTIO_CRYPTO_HASH_SHA3_256, CRYPTODEV_HASH_SHA3_256 },
    { VIRTIO_CRYPTO_HASH_SHA3_384, CRYPTODEV_HASH_SHA3_384 },
    { VIRTIO_CRYPTO_HASH_SHA3_512, CRYPTODEV_HASH_SHA3_512 },
    { VIRTIO_CRYPTO_HASH_SHA3_SHAKE128, CRYPTODEV_HASH_SHAKE128 },
    { VIRTIO_CRYPTO_HASH_SHA3_SHAKE256, CRYPTODEV_HASH_SHAKE256 },
};

static const WireNumber macs[] = {
    { VIRTIO_CRYPTO_MAC_HMAC_MD5, CRYPTODEV_MAC_HMAC_MD5 },
    { VIRTIO_CRYPTO_MAC_HMAC_SHA1, CRYPTODEV_MAC_HMAC_SHA1 },
    { VIRTIO_CRYPTO_MAC_HMAC_SHA_224, CRYPTODEV_MAC_HMAC_SHA224 },
    { VIRTIO_CRYPTO_MAC_HMAC_SHA_256, CRYPTODEV_MAC_HMAC_SHA256 },
    { VIRTIO_CRYPTO_MAC_HMAC_SHA_384, CRYPTODEV_MAC_HMAC_SHA384 },
    { VIRTIO_CRYPTO_MAC_HMAC_SHA_512, CRYPTODEV_MAC_HMAC_SHA512 },
    { VIRTIO_CRYPTO_MAC_CMAC_3DES, CRYPTODEV_MAC_CMAC_3DES },
    { VIRTIO_CRYPTO_MAC_CMAC_AES, CRYPTODEV_MAC_CMAC_AES },
    { VIRTIO_CRYPTO_MAC_KASUMI_F9, CRYPTODEV_MAC_KASUMI_F9 },
    { VIRTIO_CRYPTO_MAC_SNOW3G_UIA2, CRYPTODEV_MAC_SNOW3G_UIA2 },
    { VIRTIO_CRYPTO_MAC_GMAC_AES, CRYPTODEV_MAC_GMAC_AES },
    { VIRTIO_CRYPTO_MAC_GMAC_TWOFISH, CRYPTODEV_MAC_GMAC_TWOFISH },
    { VIRTIO_CRYPTO_MAC_CBCMAC_AES, CRYPTODEV_MAC_CBCMAC_AES },
    { VIRTIO_CRYPTO_MAC_XCBC_AES, CRYPTODEV_MAC_XCBC_AES },
    { VIRTIO_CRYPTO_MAC_ZUC_EIA3, CRYPTODEV_MAC_ZUC_EIA3 },
};

static const WireNumber aeads[] = {
    { VIRTIO_CRYPTO_AEAD_GCM, CRYPTODEV_AEAD_AES_GCM },
    { VIRTIO_CRYPTO_AEAD_CCM, CRYPTODEV_AEAD_AES_CCM },
    { VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305,
      CRYPTODEV_AEAD_CHACHA20_POLY1305 },
};

/* The numbers are those of Linux's header. */
static const WireNumber akciphers[] = {
    { VIRTIO_CRYPTO_AKCIPHER_RSA, CRYPTODEV_AKCIPHER_RSA },
    { VIRTIO_CRYPTO_AKCIPHER_DSA, CRYPTODEV_AKCIPHER_DSA },
    { VIRTIO_CRYPTO_AKCIPHER_ECDSA, CRYPTODEV_AKCIPHER_ECDSA },
};

static const WireNumber rsa_paddings[] = {
    { VIRTIO_CRYPTO_RSA_RAW_PADDING, CRYPTODEV_RSA_RAW },
    { VIRTIO_CRYPTO_RSA_PKCS1_PADDING, CRYPTODEV_RSA_PKCS1 },
};

static const WireNumber rsa_hashes[] = {
    { VIRTIO_CRYPTO_RSA_NO_HASH, CRYPTODEV_HASH_NONE },
    { VIRTIO_CRYPTO_RSA_MD4, CRYPTODEV_HASH_MD4 },
    { VIRTIO_CRYPTO_RSA_MD5, CRYPTODEV_HASH_MD5 },
    { VIRTIO_CRYPTO_RSA_SHA1, CRYPTODEV_HASH_SHA1 },
    { VIRTIO_CRYPTO_RSA_SHA224, CRYPTODEV_HASH_SHA224 },
    { VIRTIO_CRYPTO_RSA_SHA256, CRYPTODEV_HASH_SHA256 },
    { VIRTIO_CRYPTO_RSA_SHA384, CRYPTODEV_HASH_SHA384 },
    { VIRTIO_CRYPTO_RSA_SHA512, CRYPTODEV_HASH_SHA512 },
};

static const WireNumber curves[] = {
    { VIRTIO_CRYPTO_CURVE_NIST_P192, CRYPTODEV_CURVE_P192 },
    { VIRTIO_CRYPTO_CURVE_NIST_P224, CRYPTODEV_CURVE_P224 },
    { VIRTIO_CRYPTO_CURVE_NIST_P256, CRYPTODEV_CURVE_P256 },
    { VIRTIO_CRYPTO_CURVE_NIST_P384, CRYPTODEV_CURVE_P384 },
    { VIRTIO_CRYPTO_CURVE_NIST_P521, CRYPTODEV_CURVE_P521 },
};

static const WireNumber hash_modes[] = {
    { VIRTIO_CRYPTO_SYM_HASH_MODE_PLAIN, CRYPTODEV_HASH_MODE_PLAIN },
    { VIRTIO_CRYPTO_SYM_HASH_MODE_AUTH, CRYPTODEV_HASH_MODE_AUTH },
    { VIRTIO_CRYPTO_SYM_HASH_MODE_NESTED, CRYPTODEV_HASH_MODE_NESTED },
};

/* The numbers of each service's algorithms */
static const struct {
    const WireNumber *numbers;
    size_t n;
} algorithms[CRYPTODEV_SERVICE__MAX] = {
    [CRYPTODEV_SERVICE_CIPHER] = { ciphers, ARRAY_SIZE(ciphers) },
    [CRYPTODEV_SERVICE_HASH] = { hashes, ARRAY_SIZE(hashes) },
    [CRYPTODEV_SERVICE_MAC] = { macs, ARRAY_SIZE(macs) },
    [CRYPTODEV_SERVICE_AEAD] = { aeads, ARRAY_SIZE(aeads) },
    [CRYPTODEV_SERVICE_AKCIPHER] = { akciphers, ARRAY_SIZE(akciphers) },
};

static bool from_wire(const WireNumber *numbers, size_t n, uint32_t wire,
                      uint32_t *neutral)
{
    for (size_t i = 0; i < n; i++) {
        if (numbers[i].wire == wire) {
            *neutral = numbers[i].neutral;
            return true;
        }
    }
    return false;
}

#define FROM_WIRE(numbers, wire, neutral) \
    from_wire(numbers, ARRAY_SIZE(numbers), wire, neutral)

CryptoDevStatus virtio_crypto_algorithm(CryptodevService service,
                                        uint32_t wire, uint32_t *neutral)
{
    return from_wire(algorithms[service].numbers, algorithms[service].n, wire,
                     neutral) ? CRYPTODEV_OK : CRYPTODEV_NOTSUPP;
}

bool virtio_crypto_has_number(CryptodevService service, uint32_t algo)
{
    for (size_t i = 0; i < algorithms[service].n; i++) {
        if (algorithms[service].numbers[i].neutral == algo) {
            return true;
        }
    }
    return false;
}

uint64_t virtio_crypto_algorithm_mask(CryptoDevBackend *backend,
                                      CryptodevService service)
{
    uint64_t mask = 0;

    for (size_t i = 0; i < algorithms[service].n; i++) {
        const WireNumber *number = &algorithms[service].numbers[i];

        if (cryptodev_backend_find(backend, service, number->neutral)) {
            mask |= BIT_ULL(number->wire);
        }
    }
    return mask;
}

uint32_t virtio_crypto_service_mask(CryptoDevBackend *backend)
{
    uint32_t mask = 0;

    for (size_t i = 0; i < ARRAY_SIZE(services); i++) {
        if (virtio_crypto_algorithm_mask(backend, services[i].neutral)) {
            mask |= BIT(services[i].wire);
        }
    }
    return mask;
}

static bool decode_direction(uint32_t op, bool *encrypt)
{
    *encrypt = op == VIRTIO_CRYPTO_OP_ENCRYPT;
    return op == VIRTIO_CRYPTO_OP_ENCRYPT || op == VIRTIO_CRYPTO_OP_DECRYPT;
}

CryptoDevStatus virtio_crypto_cipher_params(uint32_t algo, uint32_t op,
                                            CryptoDevSessionParams *params)
{
    if (!decode_direction(op, &params->cipher.encrypt)) {
        return CRYPTODEV_ERR;
    }
    return virtio_crypto_algorithm(CRYPTODEV_SERVICE_CIPHER, algo,
                                   &params->algo);
}

CryptoDevStatus virtio_crypto_hash_numbers(uint32_t mode, uint32_t algo,
                                           CryptoDevHashMode *neutral_mode,
                                           uint32_t *neutral_algo)
{
    uint32_t neutral;

    if (!FROM_WIRE(hash_modes, mode, &neutral)) {
        return CRYPTODEV_NOTSUPP;
    }
    *neutral_mode = neutral;
    return virtio_crypto_algorithm(neutral == CRYPTODEV_HASH_MODE_AUTH
                                   ? CRYPTODEV_SERVICE_MAC
                                   : CRYPTODEV_SERVICE_HASH,
                                   algo, neutral_algo);
}

CryptoDevStatus virtio_crypto_chain_numbers(uint32_t order, uint32_t mode,
                                            uint32_t algo,
                                            CryptoDevChainParams *chain)
{
    if (order != VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_HASH_THEN_CIPHER &&
        order != VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH) {
        return CRYPTODEV_NOTSUPP;
    }
    chain->cipher_first =
        order == VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_CIPHER_THEN_HASH;
    return virtio_crypto_hash_numbers(mode, algo, &chain->mode, &chain->algo);
}

/* For a backend a length of 0 means the longest digest; here it is an error. */
CryptoDevStatus virtio_crypto_chain_params(uint32_t order, uint32_t mode,
                                           uint32_t algo, uint32_t digest_len,
                                           CryptoDevChainParams *chain)
{
    chain->digest_len = digest_len;
    return digest_len
           ? virtio_crypto_chain_numbers(order, mode, algo, chain)
           : CRYPTODEV_NOTSUPP;
}

CryptoDevStatus virtio_crypto_digest_params(uint32_t algo,
                                            uint32_t digest_len,
                                            CryptoDevSessionParams *params)
{
    params->digest.len = digest_len;
    return digest_len
           ? virtio_crypto_algorithm(params->service, algo, &params->algo)
           : CRYPTODEV_NOTSUPP;
}

CryptoDevStatus virtio_crypto_aead_params(uint32_t algo, uint32_t op,
                                          uint32_t tag_len,
                                          CryptoDevSessionParams *params)
{
    params->aead.tag_len = tag_len;
    if (!decode_direction(op, &params->aead.encrypt)) {
        return CRYPTODEV_ERR;
    }
    return virtio_crypto_algorithm(CRYPTODEV_SERVICE_AEAD, algo,
                                   &params->algo);
}

static CryptoDevStatus
decode_rsa(const struct virtio_crypto_rsa_session_para *para,
           CryptoDevSessionParams *params)
{
    uint32_t padding;
    uint32_t hash = CRYPTODEV_HASH_NONE;

    if (!FROM_WIRE(rsa_paddings, le32_to_cpu(para->padding_algo), &padding)) {
        return CRYPTODEV_NOTSUPP;
    }
    /* With raw padding the hash is ignored. */
    if (padding == CRYPTODEV_RSA_PKCS1 &&
        !FROM_WIRE(rsa_hashes, le32_to_cpu(para->hash_algo), &hash)) {
        return CRYPTODEV_NOTSUPP;
    }
    params->akcipher.padding = padding;
    params->akcipher.hash = hash;
    return CRYPTODEV_OK;
}

static CryptoDevStatus decode_curve(uint32_t wire,
                                    CryptoDevSessionParams *params)
{
    uint32_t curve;

    if (!FROM_WIRE(curves, wire, &curve)) {
        return CRYPTODEV_NOTSUPP;
    }
    params->akcipher.curve = curve;
    return CRYPTODEV_OK;
}

/*
 * The standard's number of ECDSA is DSA's in Linux's header, which gives ECDSA
 * another one.  Only ECDSA has a curve, so all of them can be told apart.
 */
static uint32_t akcipher_number(uint32_t algo, uint32_t curve)
{
    bool ecdsa = algo == VIRTIO_CRYPTO_AKCIPHER_DSA &&
                 curve != VIRTIO_CRYPTO_CURVE_UNKNOWN;

    return ecdsa ? VIRTIO_CRYPTO_AKCIPHER_ECDSA : algo;
}

CryptoDevStatus virtio_crypto_akcipher_params(
    const struct virtio_crypto_akcipher_session_para *para,
    CryptoDevSessionParams *params)
{
    uint32_t curve = le32_to_cpu(para->u.ecdsa.curve_id);
    uint32_t algo = akcipher_number(le32_to_cpu(para->algo), curve);
    uint32_t key_type = le32_to_cpu(para->keytype);

    if (key_type != VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC &&
        key_type != VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE) {
        return CRYPTODEV_ERR;
    }
    params->akcipher.private_key =
        key_type == VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE;
    switch (algo) {
    case VIRTIO_CRYPTO_AKCIPHER_RSA:
        params->algo = CRYPTODEV_AKCIPHER_RSA;
        return decode_rsa(&para->u.rsa, params);
    case VIRTIO_CRYPTO_AKCIPHER_ECDSA:
        params->algo = CRYPTODEV_AKCIPHER_ECDSA;
        return decode_curve(curve, params);
    default:
        return virtio_crypto_algorithm(CRYPTODEV_SERVICE_AKCIPHER, algo,
                                       &params->algo);
    }
}
