/*
 * The virtio crypto device: its sessions in a migration stream
 *
 * A stream has what each session was made from.  The destination makes it anew
 * in its own backend, with the id that it had.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_SESSION_STATE_H
#define HW_VIRTIO_CRYPTO_SESSION_STATE_H

#include "migration/vmstate.h"
#include "sessions.h"
#include "wire.h"

/**
 * virtio_crypto_sessions_save:
 * @sessions: the table
 * @f: a migration stream
 * @vmdesc: where what is saved is described, or NULL
 *
 * Save all sessions.  Main thread only.
 *
 * Returns: 0, or a negative errno.
 */
int virtio_crypto_sessions_save(VirtIOCryptoSessions *sessions, QEMUFile *f,
                                JSONWriter *vmdesc);

/**
 * virtio_crypto_sessions_load:
 * @sessions: a table that nothing was added to
 * @wire: the wire protocol, which must have the sessions' algorithms
 * @f: a migration stream, which is not to be trusted
 *
 * Load what virtio_crypto_sessions_save() has saved.  Main thread only.
 *
 * Returns: 0, or a negative errno, with an error reported: the table has some
 * of the sessions then.
 */
int virtio_crypto_sessions_load(VirtIOCryptoSessions *sessions,
                                const VirtIOCryptoWire *wire, QEMUFile *f);

#endif /* HW_VIRTIO_CRYPTO_SESSION_STATE_H */
