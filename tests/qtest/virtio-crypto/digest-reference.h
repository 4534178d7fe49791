/*
 * Digests as another library than the device's computes them: nettle
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_DIGEST_REFERENCE_H
#define TESTS_VIRTIO_CRYPTO_DIGEST_REFERENCE_H

/* A hash or MAC of virtio-crypto */
typedef struct DigestAlgo {
    const char *name;
    uint32_t number;        /* VIRTIO_CRYPTO_HASH_* or VIRTIO_CRYPTO_MAC_* */
    size_t len;             /* of the digest; 0: as long as one likes */
    size_t key_min;
    size_t key_max;
    size_t key_step;
    size_t source_min;
    size_t source_max;      /* 0: as long as one likes */
} DigestAlgo;

/* All end with an entry without name */
extern const DigestAlgo digest_hashes[];
extern const DigestAlgo digest_macs[];
/* Those of mobile networks, which not every backend has */
extern const DigestAlgo radio_macs[];

/* The first @result_len bytes of a digest; the caller frees it */
GByteArray *reference_hash(const DigestAlgo *algo, const uint8_t *data,
                           size_t len, size_t result_len);
/* A whole MAC; the source of GMAC, UIA2 and EIA3 begins with the vector */
GByteArray *reference_mac(const DigestAlgo *algo, const uint8_t *key,
                          size_t key_len, const uint8_t *data, size_t len);

#endif
