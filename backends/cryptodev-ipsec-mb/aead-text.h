/*
 * The ipsec-mb backend: texts of AEAD
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_AEAD_TEXT_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_AEAD_TEXT_H

#include "../cryptodev/driver.h"

/**
 * cryptodev_mb_aead_len:
 * @op: an operation of AEAD
 *
 * Returns: the bytes of its text, without the tag.
 */
size_t cryptodev_mb_aead_len(const CryptoDevOp *op);

/**
 * cryptodev_mb_aead_needs_copy:
 * @op: an operation of AEAD
 *
 * Nothing of a plaintext may be where the guest sees it until its tag is right,
 * and what is authenticated must be what is decrypted.
 *
 * Returns: whether the library must work on a copy of the text.
 */
bool cryptodev_mb_aead_needs_copy(const CryptoDevOp *op);

/**
 * cryptodev_mb_aead_end:
 * @op: an operation of AEAD
 * @copy: what the library made of its text; NULL if that is in the destination,
 *        which it is of encryption only
 * @tag: the right tag, at least as long as the session's
 *
 * Store the result, or, if the tag is wrong, set the status and store nothing.
 * The time that this takes does not depend on where a tag is wrong.
 */
void cryptodev_mb_aead_end(CryptoDevOp *op, const uint8_t *copy,
                           const uint8_t *tag);

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_AEAD_TEXT_H */
