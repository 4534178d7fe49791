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
 * @session: a session without an algorithm
 * @manager: any manager
 * @algo: a MAC
 * @key: its key, not needed after the call
 * @key_len: bytes in @key, a legal length
 *
 * Set the MAC of the session's jobs, and its kind.
 *
 * Returns: false if the library does not have the MAC with such a key.
 */
bool cryptodev_mb_auth_set_mac(CryptoDevMbSession *session,
                               const IMB_MGR *manager, CryptoDevMacAlgo algo,
                               const uint8_t *key, size_t key_len);

/**
 * cryptodev_mb_auth_set_chain:
 * @session: a session without an algorithm
 * @manager: any manager
 * @params: a chain of a cipher, with legal sizes of the keys, which are not
 *          needed after the call
 *
 * Set the cipher and the MAC of the session's jobs, their order, and the kind.
 *
 * Returns: false if the library does not have such a chain.
 */
bool cryptodev_mb_auth_set_chain(CryptoDevMbSession *session,
                                 const IMB_MGR *manager,
                                 const CryptoDevSessionParams *params);

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_AUTH_H */
