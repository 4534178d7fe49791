/*
 * The ipsec-mb backend: kinds of jobs, and when they pay
 *
 * The library works on as many texts at once as a vector register has lanes.  A
 * text that is alone in there takes as long as all of them, which is longer
 * than another library takes for one.  What pays was measured on two
 * processors, one with AVX-512 and VAES, the other with AVX2 and SHA
 * extensions, against libgcrypt there; of another one, only the number of its
 * lanes and some of its instructions are known.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_COST_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_COST_H

/**
 * CryptoDevMbKind:
 * @CRYPTODEV_MB_CBC_128: AES-CBC, encryption, by the size of the key; the
 *     blocks of a text depend on each other
 * @CRYPTODEV_MB_CBC_192:
 * @CRYPTODEV_MB_CBC_256:
 * @CRYPTODEV_MB_CBC_DECRYPT: AES-CBC, decryption; one text fills all lanes
 * @CRYPTODEV_MB_CTR: AES-CTR, likewise
 * @CRYPTODEV_MB_HMAC_MD5: HMAC, in the order of CryptoDevMacAlgo
 * @CRYPTODEV_MB_HMAC_SHA1:
 * @CRYPTODEV_MB_HMAC_SHA224:
 * @CRYPTODEV_MB_HMAC_SHA256:
 * @CRYPTODEV_MB_HMAC_SHA384:
 * @CRYPTODEV_MB_HMAC_SHA512:
 * @CRYPTODEV_MB_CMAC_128: CMAC of AES, by the size of the key
 * @CRYPTODEV_MB_CMAC_256:
 * @CRYPTODEV_MB_SHA1: hashes, in the order of CryptoDevHashAlgo
 * @CRYPTODEV_MB_SHA224:
 * @CRYPTODEV_MB_SHA256:
 * @CRYPTODEV_MB_SHA384:
 * @CRYPTODEV_MB_SHA512:
 * @CRYPTODEV_MB_ENCRYPT_MD5: chains of AES-CBC, encryption, and HMAC, in the
 *     order of CryptoDevMacAlgo
 * @CRYPTODEV_MB_ENCRYPT_SHA1:
 * @CRYPTODEV_MB_ENCRYPT_SHA224:
 * @CRYPTODEV_MB_ENCRYPT_SHA256:
 * @CRYPTODEV_MB_ENCRYPT_SHA384:
 * @CRYPTODEV_MB_ENCRYPT_SHA512:
 * @CRYPTODEV_MB_DECRYPT_MD5: the same with decryption
 * @CRYPTODEV_MB_DECRYPT_SHA1:
 * @CRYPTODEV_MB_DECRYPT_SHA224:
 * @CRYPTODEV_MB_DECRYPT_SHA256:
 * @CRYPTODEV_MB_DECRYPT_SHA384:
 * @CRYPTODEV_MB_DECRYPT_SHA512:
 * @CRYPTODEV_MB_CCM_128: CCM of AES, by the size of the key
 * @CRYPTODEV_MB_CCM_256:
 * @CRYPTODEV_MB_CHACHA20_POLY1305: one text fills all lanes
 * @CRYPTODEV_MB_GCM: GCM of AES, likewise, without jobs
 * @CRYPTODEV_MB_SNOW3G_UEA2: ciphers of mobile networks, without jobs
 * @CRYPTODEV_MB_ZUC_EEA3:
 * @CRYPTODEV_MB_KASUMI_F8:
 * @CRYPTODEV_MB_SNOW3G_UIA2: MACs of mobile networks, likewise
 * @CRYPTODEV_MB_ZUC_EIA3:
 * @CRYPTODEV_MB_KASUMI_F9:
 * @CRYPTODEV_MB_KINDS: how many there are
 *
 * The self-test finds jobs of one kind right or wrong together, and a batch is
 * weighed by kinds.  Jobs of a kind share lanes, but chains with AES keys of
 * several sizes those of HMAC only.
 */
typedef enum CryptoDevMbKind {
    CRYPTODEV_MB_CBC_128,
    CRYPTODEV_MB_CBC_192,
    CRYPTODEV_MB_CBC_256,
    CRYPTODEV_MB_CBC_DECRYPT,
    CRYPTODEV_MB_CTR,
    CRYPTODEV_MB_HMAC_MD5,
    CRYPTODEV_MB_HMAC_SHA1,
    CRYPTODEV_MB_HMAC_SHA224,
    CRYPTODEV_MB_HMAC_SHA256,
    CRYPTODEV_MB_HMAC_SHA384,
    CRYPTODEV_MB_HMAC_SHA512,
    CRYPTODEV_MB_CMAC_128,
    CRYPTODEV_MB_CMAC_256,
    CRYPTODEV_MB_SHA1,
    CRYPTODEV_MB_SHA224,
    CRYPTODEV_MB_SHA256,
    CRYPTODEV_MB_SHA384,
    CRYPTODEV_MB_SHA512,
    CRYPTODEV_MB_ENCRYPT_MD5,
    CRYPTODEV_MB_ENCRYPT_SHA1,
    CRYPTODEV_MB_ENCRYPT_SHA224,
    CRYPTODEV_MB_ENCRYPT_SHA256,
    CRYPTODEV_MB_ENCRYPT_SHA384,
    CRYPTODEV_MB_ENCRYPT_SHA512,
    CRYPTODEV_MB_DECRYPT_MD5,
    CRYPTODEV_MB_DECRYPT_SHA1,
    CRYPTODEV_MB_DECRYPT_SHA224,
    CRYPTODEV_MB_DECRYPT_SHA256,
    CRYPTODEV_MB_DECRYPT_SHA384,
    CRYPTODEV_MB_DECRYPT_SHA512,
    CRYPTODEV_MB_CCM_128,
    CRYPTODEV_MB_CCM_256,
    CRYPTODEV_MB_CHACHA20_POLY1305,
    CRYPTODEV_MB_GCM,
    CRYPTODEV_MB_SNOW3G_UEA2,
    CRYPTODEV_MB_ZUC_EEA3,
    CRYPTODEV_MB_KASUMI_F8,
    CRYPTODEV_MB_SNOW3G_UIA2,
    CRYPTODEV_MB_ZUC_EIA3,
    CRYPTODEV_MB_KASUMI_F9,
    CRYPTODEV_MB_KINDS,
} CryptoDevMbKind;

/**
 * CryptoDevMbLoad:
 * @n: how many texts there are
 * @total: bytes of all texts
 * @longest: bytes of the longest
 *
 * The texts of one kind in a batch.
 */
typedef struct CryptoDevMbLoad {
    size_t n;
    size_t total;
    size_t longest;
} CryptoDevMbLoad;

/* Returns: the name of a kind of jobs, for messages */
const char *cryptodev_mb_kind_name(CryptoDevMbKind kind);

/**
 * cryptodev_mb_shortest:
 * @kind: a kind of jobs
 * @features: the processor's, of IMB_FEATURE_*
 *
 * Returns: bytes from which on a text can be quicker in the library's lanes
 * than alone in another library; SIZE_MAX if none can.
 */
size_t cryptodev_mb_shortest(CryptoDevMbKind kind, uint64_t features);

/**
 * cryptodev_mb_fills:
 * @kind: a kind of jobs
 * @features: the processor's, of IMB_FEATURE_*
 * @load: the texts that are worth it
 * @lanes: how many texts of the kind the library works on at once, at least 1
 *
 * Returns: whether they fill so many lanes for so long that it pays.
 */
bool cryptodev_mb_fills(CryptoDevMbKind kind, uint64_t features,
                        const CryptoDevMbLoad *load, size_t lanes);

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_COST_H */
