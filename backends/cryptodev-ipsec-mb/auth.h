/*
 * The ipsec-mb backend: what hashes and MACs of jobs need
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_AUTH_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_AUTH_H

#include "session.h"

/**
 * cryptodev_mb_auth_set_hash:
 * @session: a session without an algorithm
 * @algo: a hash
 *
 * Set the hash of the session's jobs, and its kind.
 *
 * Returns: false if the library does not have the hash.
 */
bool cryptodev_mb_auth_set_hash(CryptoDevMbSession *session,
                                CryptoDevHashAlgo algo);

/**
 * cryptodev_mb_auth_set_mac:
 * @session: a session without a hash
 * @manager: any manager
 * @algo: a MAC
 * @key: its key, not needed after the call
 * @key_len: bytes in @key, a legal length
 *
 * Set the MAC of the session's jobs, and its kind.  In a chain with a cipher,
 * which was set before, the MAC is HMAC, and the kind that of the chain.
 *
 * Returns: false if the library does not have the MAC with such a key.
 */
bool cryptodev_mb_auth_set_mac(CryptoDevMbSession *session,
                               const IMB_MGR *manager, CryptoDevMacAlgo algo,
                               const uint8_t *key, size_t key_len);

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_AUTH_H */
