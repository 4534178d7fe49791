/*
 * The sessions of a crypto device, by their ids
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_SESSIONS_H
#define HW_VIRTIO_CRYPTO_SESSIONS_H

#include "system/cryptodev.h"

/* The most sessions that a table can hold */
#define VIRTIO_CRYPTO_SESSIONS_MAX 65536

typedef struct VirtIOCryptoSlot VirtIOCryptoSlot;

/**
 * VirtIOCryptoSessions:
 * @slots: one for each session that there may be
 * @size: how many slots there are
 * @first_free: index of a free slot, or @size if there is none
 *
 * A session's id is its slot's index and the slot's generation, which changes
 * whenever the slot is emptied.  So the id of a session that is gone is never
 * valid again, and 0 is never an id.
 */
typedef struct VirtIOCryptoSessions {
    VirtIOCryptoSlot *slots;
    uint32_t size;
    uint32_t first_free;
} VirtIOCryptoSessions;

/**
 * virtio_crypto_sessions_init:
 * @sessions: the table to set up
 * @size: how many sessions it can hold, 1 to VIRTIO_CRYPTO_SESSIONS_MAX
 */
void virtio_crypto_sessions_init(VirtIOCryptoSessions *sessions,
                                 uint32_t size);

/**
 * virtio_crypto_sessions_destroy:
 * @sessions: an empty table
 */
void virtio_crypto_sessions_destroy(VirtIOCryptoSessions *sessions);

/**
 * virtio_crypto_sessions_full:
 * @sessions: the table
 *
 * Returns: whether there is no room for another session.
 */
bool virtio_crypto_sessions_full(const VirtIOCryptoSessions *sessions);

/**
 * virtio_crypto_sessions_add:
 * @sessions: a table that is not full
 * @session: the session, whose owner the table becomes
 *
 * Returns: the session's id.
 */
uint64_t virtio_crypto_sessions_add(VirtIOCryptoSessions *sessions,
                                    CryptoDevSession *session);

/**
 * virtio_crypto_sessions_find:
 * @sessions: the table
 * @id: any number
 *
 * Returns: the session with that id, or NULL.
 */
CryptoDevSession *
virtio_crypto_sessions_find(const VirtIOCryptoSessions *sessions, uint64_t id);

/**
 * virtio_crypto_sessions_remove:
 * @sessions: the table
 * @id: the id of a session in it
 *
 * Returns: the session, which the caller owns now.
 */
CryptoDevSession *virtio_crypto_sessions_remove(VirtIOCryptoSessions *sessions,
                                                uint64_t id);

/**
 * virtio_crypto_sessions_clear:
 * @sessions: the table
 * @backend: the backend that made the sessions
 *
 * Destroy all sessions.
 */
void virtio_crypto_sessions_clear(VirtIOCryptoSessions *sessions,
                                  CryptoDevBackend *backend);

#endif /* HW_VIRTIO_CRYPTO_SESSIONS_H */
