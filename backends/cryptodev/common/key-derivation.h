/*
 * The libgcrypt backend: HKDF, RFC 5869
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_KEY_DERIVATION_H
#define BACKENDS_CRYPTODEV_KEY_DERIVATION_H

#include "system/cryptodev-compute.h"

/**
 * cryptodev_hkdf_extract:
 * @hash: libgcrypt's number of the hash
 * @salt: the salt; it may be empty
 * @material: the input keying material; it may be empty
 * @output: where the pseudorandom key goes, as long as a digest
 *
 * Section 2.2.
 *
 * Returns: false if libgcrypt lacks the hash.
 */
bool cryptodev_hkdf_extract(int hash, CryptoDevOperand salt,
                            CryptoDevOperand material, uint8_t *output);

/**
 * cryptodev_hkdf_expand:
 * @hash: libgcrypt's number of the hash
 * @key: the pseudorandom key
 * @info: context and application specific information; it may be empty
 * @output: where the output keying material goes
 * @len: bytes in @output
 *
 * Section 2.3.
 *
 * Returns: false if @len is more than 255 digests, or libgcrypt lacks the hash.
 */
bool cryptodev_hkdf_expand(int hash, CryptoDevOperand key,
                           CryptoDevOperand info, uint8_t *output, size_t len);

/**
 * cryptodev_hkdf_expand_label:
 * @hash: libgcrypt's number of the hash
 * @secret: the secret
 * @label: the label without "tls13 ", at most 249 bytes
 * @context: the context, at most 255 bytes
 * @output: where the result goes
 * @len: bytes in @output, at most 65535
 *
 * TLS 1.3's HKDF-Expand-Label: RFC 8446, section 7.1.
 *
 * Returns: as cryptodev_hkdf_expand().
 */
bool cryptodev_hkdf_expand_label(int hash, CryptoDevOperand secret,
                                 CryptoDevOperand label,
                                 CryptoDevOperand context, uint8_t *output,
                                 size_t len);

#endif /* BACKENDS_CRYPTODEV_KEY_DERIVATION_H */
