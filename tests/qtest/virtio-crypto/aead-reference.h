/*
 * Reference results of authenticated encryption, by nettle and by hand
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_AEAD_REFERENCE_H
#define TESTS_VIRTIO_CRYPTO_AEAD_REFERENCE_H

/*
 * The ciphertext, and behind it the tag.  @algo is one of
 * VIRTIO_CRYPTO_AEAD_*; for GCM an @iv of 16 bytes is the pre-counter block.
 */
GByteArray *aead_reference(uint32_t algo, const GByteArray *key,
                           const GByteArray *iv, const GByteArray *aad,
                           const GByteArray *plain, size_t tag_len);

/* The pre-counter block J0 that GCM makes of @iv, which may have any length */
GByteArray *gcm_reference_j0(const GByteArray *key, const GByteArray *iv);

#endif
