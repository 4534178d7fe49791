/*
 * Cryptography backends: key derivation of SSL, TLS, HKDF and MGF1
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A @hash is one whose digests have a fixed length.  No part of a result, nor
 * what it is made of, stays in memory.
 */

#ifndef BACKENDS_CRYPTODEV_KEY_DERIVATION_H
#define BACKENDS_CRYPTODEV_KEY_DERIVATION_H

#include "primitives.h"

/**
 * cryptodev_ssl3_derive:
 * @primitives: what computes MD5 and SHA-1
 * @secret: the secret
 * @labels: the labels, of 1, 2, 3, ... bytes, one after another: one for each
 *          16 bytes of @output; none stand for "A", "BB", "CCC", ...
 * @seed: the randoms
 * @output: where the result goes
 * @len: bytes in @output, at most 26 * 16
 *
 * SSL 3.0: RFC 6101, sections 6.1 and 6.2.2.
 *
 * Returns: false if there are too few labels, or @primitives lack a hash.
 */
bool cryptodev_ssl3_derive(const CryptoDevPrimitives *primitives,
                           CryptoDevOperand secret, CryptoDevOperand labels,
                           CryptoDevOperand seed, uint8_t *output,
                           size_t len);

/**
 * cryptodev_tls1_prf:
 * @primitives: what computes HMACs of MD5 and of SHA-1
 * @secret: the secret
 * @label: the label
 * @seed: the seed
 * @output: where the result goes
 * @len: bytes in @output
 *
 * The pseudorandom function of TLS 1.0 and 1.1: RFC 4346, section 5.
 *
 * Returns: false if @primitives lack a hash, or do not take the secret.
 */
bool cryptodev_tls1_prf(const CryptoDevPrimitives *primitives,
                        CryptoDevOperand secret, CryptoDevOperand label,
                        CryptoDevOperand seed, uint8_t *output, size_t len);

/**
 * cryptodev_tls12_prf:
 * @primitives: what computes HMACs
 * @hash: the hash
 * @secret: as for cryptodev_tls1_prf()
 * @label: likewise
 * @seed: likewise
 * @output: likewise
 * @len: likewise
 *
 * The pseudorandom function of TLS 1.2: RFC 5246, section 5.
 *
 * Returns: as cryptodev_tls1_prf().
 */
bool cryptodev_tls12_prf(const CryptoDevPrimitives *primitives,
                         CryptoDevHashAlgo hash, CryptoDevOperand secret,
                         CryptoDevOperand label, CryptoDevOperand seed,
                         uint8_t *output, size_t len);

/**
 * cryptodev_hkdf_extract:
 * @primitives: what computes HMACs
 * @hash: the hash
 * @salt: the salt; it may be empty
 * @material: the input keying material; it may be empty
 * @output: where the pseudorandom key goes, as long as a digest
 *
 * RFC 5869, section 2.2.
 *
 * Returns: false if @primitives lack the hash, or do not take the salt.
 */
bool cryptodev_hkdf_extract(const CryptoDevPrimitives *primitives,
                            CryptoDevHashAlgo hash, CryptoDevOperand salt,
                            CryptoDevOperand material, uint8_t *output);

/**
 * cryptodev_hkdf_expand:
 * @primitives: what computes HMACs
 * @hash: the hash
 * @key: the pseudorandom key
 * @info: context and application specific information; it may be empty
 * @output: where the output keying material goes
 * @len: bytes in @output
 *
 * RFC 5869, section 2.3.
 *
 * Returns: false if @len is more than 255 digests, or if @primitives lack the
 * hash or do not take the key.
 */
bool cryptodev_hkdf_expand(const CryptoDevPrimitives *primitives,
                           CryptoDevHashAlgo hash, CryptoDevOperand key,
                           CryptoDevOperand info, uint8_t *output, size_t len);

/**
 * cryptodev_hkdf_expand_label:
 * @primitives: what computes HMACs
 * @hash: the hash
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
bool cryptodev_hkdf_expand_label(const CryptoDevPrimitives *primitives,
                                 CryptoDevHashAlgo hash,
                                 CryptoDevOperand secret,
                                 CryptoDevOperand label,
                                 CryptoDevOperand context, uint8_t *output,
                                 size_t len);

/**
 * cryptodev_mgf1:
 * @primitives: what computes digests
 * @hash: the hash
 * @seed: the seed; it may be empty
 * @output: where the mask goes
 * @len: bytes in @output
 *
 * RFC 8017, appendix B.2.1.
 *
 * Returns: false if @primitives lack the hash.
 */
bool cryptodev_mgf1(const CryptoDevPrimitives *primitives,
                    CryptoDevHashAlgo hash, CryptoDevOperand seed,
                    uint8_t *output, size_t len);

#endif /* BACKENDS_CRYPTODEV_KEY_DERIVATION_H */
