/*
 * The ciphers and MACs of mobile networks, as their standards write them
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * No library that the tests use has these.  What is here is slow, and tested by
 * published answers.
 */

#ifndef TESTS_VIRTIO_CRYPTO_RADIO_REFERENCE_H
#define TESTS_VIRTIO_CRYPTO_RADIO_REFERENCE_H

/* Keys and vectors have 16 bytes, but those of KASUMI, whose vectors have 8. */
void snow3g_uea2(const uint8_t *key, const uint8_t *vector, size_t len,
                 uint8_t *dst, const uint8_t *src);
void zuc_eea3(const uint8_t *key, const uint8_t *vector, size_t len,
              uint8_t *dst, const uint8_t *src);
void kasumi_f8(const uint8_t *key, const uint8_t *vector, size_t len,
               uint8_t *dst, const uint8_t *src);

/* MACs of 4 bytes; a message has bits, f9's source is whole and padded. */
void snow3g_uia2(const uint8_t *key, const uint8_t *vector, size_t bits,
                 uint8_t *mac, const uint8_t *src);
void zuc_eia3(const uint8_t *key, const uint8_t *vector, size_t bits,
              uint8_t *mac, const uint8_t *src);
void kasumi_f9(const uint8_t *key, size_t len, uint8_t *mac,
               const uint8_t *src);

#endif
