/*
 * Cryptography backends: sizes of DSA's domain parameters
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_COMMON_DSA_SIZES_H
#define BACKENDS_CRYPTODEV_COMMON_DSA_SIZES_H

/**
 * cryptodev_dsa_has_sizes:
 * @p_bits: L, the bits in p
 * @q_bits: N, those in q
 *
 * Returns: whether FIPS 186-4, section 4.2, has this pair.
 */
bool cryptodev_dsa_has_sizes(uint32_t p_bits, uint32_t q_bits);

#endif /* BACKENDS_CRYPTODEV_COMMON_DSA_SIZES_H */
