/*
 * The sessions of a crypto device, by their ids
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_SESSIONS_H
#define HW_VIRTIO_CRYPTO_SESSIONS_H

#include "block/aio.h"
#include "system/cryptodev.h"
#include "params.h"

/* The most sessions that a table can hold */
#define VIRTIO_CRYPTO_SESSIONS_MAX 65536

/* The most references that are taken together: as many as a batch needs */
#define VIRTIO_CRYPTO_REFS_AHEAD 64

typedef struct VirtIOCryptoSlot VirtIOCryptoSlot;

/**
 * VirtIOCryptoSessions:
 * @refs: references: by the device, by operations that it has disowned, and by
 *        @bh while it has work
 * @backend: the backend that makes the sessions, which the table keeps
 * @bh: destroys the sessions of a table that was cleared
 * @slots: one for each session that there may be
 * @size: how many slots there are
 * @first_free: index of a free slot, or @size if there is none
 * @first_leaving: index of a slot whose session was removed while it was in
 *                 use, or @size if there is none
 * @first_stale: the first of the slots, up to the end, whose sessions were
 *               cleared and are not destroyed yet; @size if there are none
 *
 * A session's id is its slot's index and the slot's generation, which changes
 * whenever a session is removed.  So the id of a session that is gone is never
 * valid again, and 0 is never an id.
 *
 * One thread at a time adds and removes sessions.  Meanwhile any thread can use
 * sessions without a lock, by holding a reference.  Dropping the last reference
 * to a removed session destroys it.
 */
typedef struct VirtIOCryptoSessions {
    uint32_t refs;
    CryptoDevBackend *backend;
    QEMUBH *bh;
    VirtIOCryptoSlot *slots;
    uint32_t size;
    uint32_t first_free;
    uint32_t first_leaving;
    uint32_t first_stale;
} VirtIOCryptoSessions;

/**
 * virtio_crypto_sessions_new:
 * @backend: the backend that makes the sessions
 * @size: how many sessions it can hold, 1 to VIRTIO_CRYPTO_SESSIONS_MAX
 *
 * Main thread only.
 *
 * Returns: an empty table, for virtio_crypto_sessions_unref().
 */
VirtIOCryptoSessions *virtio_crypto_sessions_new(CryptoDevBackend *backend,
                                                 uint32_t size);

/**
 * virtio_crypto_sessions_ref:
 * @sessions: a table that the caller takes a reference to
 *
 * Any thread may call this, and virtio_crypto_sessions_unref().
 */
void virtio_crypto_sessions_ref(VirtIOCryptoSessions *sessions);

/**
 * virtio_crypto_sessions_unref:
 * @sessions: a table that the caller does not need any more
 *
 * Before the last reference is dropped, the table must be cleared.
 */
void virtio_crypto_sessions_unref(VirtIOCryptoSessions *sessions);

/**
 * virtio_crypto_sessions_full:
 * @sessions: the table
 *
 * A removed session keeps its place while it is in use.
 *
 * Returns: whether there is no room for another session.
 */
bool virtio_crypto_sessions_full(VirtIOCryptoSessions *sessions);

/**
 * virtio_crypto_sessions_add:
 * @sessions: a table that is not full, and has nothing to purge
 * @session: the session, whose owner the table becomes
 * @params: what it was made from, likewise
 *
 * Returns: the session's id.
 */
uint64_t virtio_crypto_sessions_add(VirtIOCryptoSessions *sessions,
                                    CryptoDevSession *session,
                                    VirtIOCryptoParams *params);

/**
 * virtio_crypto_sessions_get:
 * @sessions: the table
 * @id: any number
 *
 * Any thread may call this.
 *
 * Returns: the session with that id, for the caller to use until it calls
 * virtio_crypto_sessions_put(), or NULL.
 */
CryptoDevSession *virtio_crypto_sessions_get(VirtIOCryptoSessions *sessions,
                                             uint64_t id);

/**
 * virtio_crypto_sessions_put:
 * @sessions: the table
 * @id: the id that the caller got a session for
 *
 * Any thread may call this.
 */
void virtio_crypto_sessions_put(VirtIOCryptoSessions *sessions, uint64_t id);

/**
 * VirtIOCryptoSessionRefs:
 * @sessions: the table
 * @id: the id of the call before, or 0
 * @session: the session that it was last found for
 * @row: how many calls in a row had @id
 * @n: references to @session that are still to be given away
 *
 * References that one thread takes ahead, to a session that many requests in a
 * row run on: one atomic operation takes them all.  One for each request would
 * be a good part of what a quick request costs.
 */
typedef struct VirtIOCryptoSessionRefs {
    VirtIOCryptoSessions *sessions;
    uint64_t id;
    CryptoDevSession *session;
    uint32_t row;
    uint32_t n;
} VirtIOCryptoSessionRefs;

/**
 * virtio_crypto_session_refs_get:
 * @refs: references of the calling thread, at first none
 * @id: any number
 *
 * Like virtio_crypto_sessions_get(), but sooner if @id is that of the calls
 * before.
 */
CryptoDevSession *virtio_crypto_session_refs_get(VirtIOCryptoSessionRefs *refs,
                                                 uint64_t id);

/**
 * virtio_crypto_session_refs_end:
 * @refs: references of the calling thread
 *
 * Give those back that were taken ahead.  Until then, a removed session keeps
 * its place.
 */
void virtio_crypto_session_refs_end(VirtIOCryptoSessionRefs *refs);

/**
 * VirtIOCryptoSessionUse:
 * @sessions: the table
 * @id: the id that @session was found by, in @sessions; 0 if it is the user's
 *      own, made by the table's backend
 * @session: the session, or NULL if there is none
 *
 * A session that is in use.
 */
typedef struct VirtIOCryptoSessionUse {
    VirtIOCryptoSessions *sessions;
    uint64_t id;
    CryptoDevSession *session;
} VirtIOCryptoSessionUse;

/**
 * virtio_crypto_session_use_end:
 * @use: a use that ends
 * @n: how many uses like this end; 1 if the session is the user's own
 *
 * Give the session back, or destroy it.  Any thread may call this.
 */
void virtio_crypto_session_use_end(const VirtIOCryptoSessionUse *use,
                                   uint32_t n);

/**
 * virtio_crypto_sessions_remove:
 * @sessions: the table
 * @id: the id of a session in it
 *
 * Destroy a session, at once or when nobody uses it any more; its id is not
 * valid any longer in any case.
 */
void virtio_crypto_sessions_remove(VirtIOCryptoSessions *sessions,
                                   uint64_t id);

/**
 * virtio_crypto_sessions_count:
 * @sessions: the table
 *
 * Returns: how many sessions there are, those included that were removed but
 * are in use.
 */
uint32_t virtio_crypto_sessions_count(VirtIOCryptoSessions *sessions);

/**
 * virtio_crypto_sessions_clear:
 * @sessions: the table
 *
 * Make all ids invalid, and have the sessions destroyed.  There may be many of
 * them, and their keys are wiped: that is done in the main loop, a millisecond
 * at a stretch, and for each when nobody uses it any more.  Main thread only.
 */
void virtio_crypto_sessions_clear(VirtIOCryptoSessions *sessions);

/**
 * virtio_crypto_sessions_purge:
 * @sessions: the table
 * @end: when to stop, by get_clock()
 *
 * Go on destroying what virtio_crypto_sessions_clear() has left, for those who
 * are going to add sessions: that must wait until this is done.  Main thread
 * only.
 *
 * Returns: whether it is.
 */
bool virtio_crypto_sessions_purge(VirtIOCryptoSessions *sessions, int64_t end);

/**
 * VirtIOCryptoSessionRecord:
 * @index: the session's slot
 * @generation: the generation of the slot
 * @params: what the session was made from
 *
 * What a table knows of a session.
 */
typedef struct VirtIOCryptoSessionRecord {
    uint32_t index;
    uint64_t generation;
    VirtIOCryptoParams *params;
} VirtIOCryptoSessionRecord;

/**
 * virtio_crypto_sessions_next:
 * @sessions: the table
 * @from: the index of the slot to look at first
 * @record: set to what is known of the next session that has an id; its @params
 *          belong to the table
 *
 * For the thread that adds and removes sessions.
 *
 * Returns: false if there is none.
 */
bool virtio_crypto_sessions_next(const VirtIOCryptoSessions *sessions,
                                 uint32_t from,
                                 VirtIOCryptoSessionRecord *record);

/**
 * virtio_crypto_sessions_last_generation:
 * @sessions: the table
 *
 * Returns: a generation that no slot's is above.
 */
uint64_t
virtio_crypto_sessions_last_generation(const VirtIOCryptoSessions *sessions);

/**
 * virtio_crypto_sessions_may_be_last:
 * @generation: any number
 *
 * Returns: whether it can be what virtio_crypto_sessions_last_generation()
 * returned for some table.
 */
bool virtio_crypto_sessions_may_be_last(uint64_t generation);

/**
 * virtio_crypto_sessions_restore:
 * @sessions: a table that nothing was added to, but by this
 * @record: what another table knew of a session; the table becomes the owner
 *          of @params, and the slot is one of its own that has no session
 * @session: that session, made anew by the table's backend; the table becomes
 *           its owner
 *
 * Add a session with the id that it had in the other table.
 */
void virtio_crypto_sessions_restore(VirtIOCryptoSessions *sessions,
                                    const VirtIOCryptoSessionRecord *record,
                                    CryptoDevSession *session);

/**
 * virtio_crypto_sessions_restored:
 * @sessions: a table in which all sessions of another one were restored
 * @last: what virtio_crypto_sessions_last_generation() has told of the other
 *        one
 *
 * Make the table ready for virtio_crypto_sessions_add(): no slot gives an id
 * away that the other table has given away before.
 */
void virtio_crypto_sessions_restored(VirtIOCryptoSessions *sessions,
                                     uint64_t last);

#endif /* HW_VIRTIO_CRYPTO_SESSIONS_H */
