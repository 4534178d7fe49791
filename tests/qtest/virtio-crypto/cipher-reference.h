/*
 * Ciphers as another library than the device's runs them: nettle
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_CIPHER_REFERENCE_H
#define TESTS_VIRTIO_CRYPTO_CIPHER_REFERENCE_H

/* A cipher of virtio-crypto */
typedef struct CipherAlgo {
    const char *name;
    uint32_t number;        /* VIRTIO_CRYPTO_CIPHER_* */
    size_t key_lens[3];     /* some legal lengths, the rest is 0 */
    size_t iv_len;
    size_t block;           /* the source has a multiple of this many bytes */
    size_t source_min;
    size_t source_max;      /* 0: as long as one likes */
} CipherAlgo;

/*
 * Those that every backend has, and those of mobile networks.  Both end with an
 * entry without name.
 */
extern const CipherAlgo cipher_algos[];
extern const CipherAlgo radio_ciphers[];
/* One of them, which there must be */
const CipherAlgo *cipher_find_algo(const char *name);

/* All lengths must be legal; the caller frees the result */
GByteArray *reference_cipher(const CipherAlgo *algo, bool encrypt,
                             const GByteArray *key, const GByteArray *iv,
                             const uint8_t *src, size_t len);

#endif
