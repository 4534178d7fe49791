/*
 * The sessions of a crypto device, by their ids
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/atomic.h"
#include "qemu/bitops.h"
#include "qemu/main-loop.h"
#include "qemu/timer.h"
#include "sessions.h"

/* An id is the slot's index below this bit, and its generation above. */
#define INDEX_BITS 16

/* No device reaches this number, and it leaves room in an id */
#define GENERATION_MAX (UINT64_MAX >> (INDEX_BITS + 1))

QEMU_BUILD_BUG_ON(VIRTIO_CRYPTO_SESSIONS_MAX > 1 << INDEX_BITS);

/* Set in the generation of a cleared session, so that no id matches it */
#define STALE BIT_ULL(63)

/*
 * From the third request in a row on, take references ahead: where sessions
 * come in pairs, those would only have to be given back.
 */
#define ROW_MIN 3

/* How long the main loop destroys sessions at a time */
#define PURGE_NS (1 * SCALE_MS)

/**
 * VirtIOCryptoSlot:
 * @session: the session; set to NULL only after it was destroyed
 * @params: what the session was made from, for as long as it is in the table
 * @users: references to the session, including the table's own.  A thread that
 *         finds 0 must not take one.
 * @generation: from 1 on; it does not wrap in practice
 * @next: the index of the next slot that is free or leaving, or the table's
 *        size
 */
struct VirtIOCryptoSlot {
    CryptoDevSession *session;
    VirtIOCryptoParams *params;
    uint32_t users;
    uint32_t next;
    uint64_t generation;
};

static void purge_bh(void *opaque)
{
    VirtIOCryptoSessions *sessions = opaque;

    if (virtio_crypto_sessions_purge(sessions, get_clock() + PURGE_NS)) {
        virtio_crypto_sessions_unref(sessions);
    } else {
        qemu_bh_schedule(sessions->bh);
    }
}

VirtIOCryptoSessions *virtio_crypto_sessions_new(CryptoDevBackend *backend,
                                                 uint32_t size)
{
    VirtIOCryptoSessions *sessions = g_new(VirtIOCryptoSessions, 1);

    assert(size >= 1 && size <= VIRTIO_CRYPTO_SESSIONS_MAX);
    *sessions = (VirtIOCryptoSessions) {
        .refs = 1,
        .backend = backend,
        .slots = g_new0(VirtIOCryptoSlot, size),
        .size = size,
        .first_leaving = size,
        .first_stale = size,
    };
    object_ref(OBJECT(backend));
    sessions->bh = aio_bh_new(qemu_get_aio_context(), purge_bh, sessions);
    for (uint32_t i = 0; i < size; i++) {
        sessions->slots[i].generation = 1;
        sessions->slots[i].next = i + 1;
    }
    return sessions;
}

void virtio_crypto_sessions_ref(VirtIOCryptoSessions *sessions)
{
    qatomic_inc(&sessions->refs);
}

static void free_sessions(void *opaque)
{
    VirtIOCryptoSessions *sessions = opaque;

    qemu_bh_delete(sessions->bh);
    object_unref(OBJECT(sessions->backend));
    g_free(sessions->slots);
    g_free(sessions);
}

/* Objects are finalized in the main thread. */
void virtio_crypto_sessions_unref(VirtIOCryptoSessions *sessions)
{
    if (qatomic_fetch_dec(&sessions->refs) == 1) {
        aio_bh_schedule_oneshot(qemu_get_aio_context(), free_sessions,
                                sessions);
    }
}

static void add_to_list(VirtIOCryptoSessions *sessions, uint32_t *first,
                        VirtIOCryptoSlot *slot)
{
    slot->next = *first;
    *first = slot - sessions->slots;
}

/* Move slots whose sessions are destroyed to the list of free slots. */
static void collect_slots(VirtIOCryptoSessions *sessions)
{
    uint32_t *link = &sessions->first_leaving;

    while (*link < sessions->size) {
        VirtIOCryptoSlot *slot = &sessions->slots[*link];

        if (qatomic_load_acquire(&slot->session)) {
            link = &slot->next;
        } else {
            *link = slot->next;
            add_to_list(sessions, &sessions->first_free, slot);
        }
    }
}

bool virtio_crypto_sessions_full(VirtIOCryptoSessions *sessions)
{
    if (sessions->first_free == sessions->size) {
        collect_slots(sessions);
    }
    return sessions->first_free == sessions->size;
}

static void fill_slot(VirtIOCryptoSlot *slot, CryptoDevSession *session,
                      VirtIOCryptoParams *params)
{
    slot->session = session;
    slot->params = params;
    qatomic_store_release(&slot->users, 1);
}

uint64_t virtio_crypto_sessions_add(VirtIOCryptoSessions *sessions,
                                    CryptoDevSession *session,
                                    VirtIOCryptoParams *params)
{
    uint32_t index = sessions->first_free;
    VirtIOCryptoSlot *slot = &sessions->slots[index];

    assert(index < sessions->size);
    sessions->first_free = slot->next;
    fill_slot(slot, session, params);
    return slot->generation << INDEX_BITS | index;
}

static VirtIOCryptoSlot *slot_of(VirtIOCryptoSessions *sessions, uint64_t id)
{
    return &sessions->slots[extract64(id, 0, INDEX_BITS)];
}

/* Take @n references to the session of a slot, if there is one. */
static bool use_slot(VirtIOCryptoSlot *slot, uint32_t n)
{
    uint32_t users = qatomic_read(&slot->users);

    while (users) {
        uint32_t seen = qatomic_cmpxchg(&slot->users, users, users + n);

        if (seen == users) {
            return true;
        }
        users = seen;
    }
    return false;
}

static void leave_slot(VirtIOCryptoSessions *sessions, VirtIOCryptoSlot *slot,
                       uint32_t n)
{
    if (qatomic_fetch_sub(&slot->users, n) == n) {
        cryptodev_backend_destroy_session(sessions->backend, slot->session);
        qatomic_store_release(&slot->session, NULL);
    }
}

/* Whether an id is the slot's.  If not, its session is gone or never was. */
static bool has_generation_of(const VirtIOCryptoSlot *slot, uint64_t id)
{
    return qatomic_read_u64(&slot->generation) == id >> INDEX_BITS;
}

static CryptoDevSession *get_many(VirtIOCryptoSessions *sessions, uint64_t id,
                                  uint32_t n)
{
    VirtIOCryptoSlot *slot;

    if (extract64(id, 0, INDEX_BITS) >= sessions->size) {
        return NULL;
    }
    slot = slot_of(sessions, id);
    if (!use_slot(slot, n)) {
        return NULL;
    }
    if (!has_generation_of(slot, id)) {
        leave_slot(sessions, slot, n);
        return NULL;
    }
    return slot->session;
}

CryptoDevSession *virtio_crypto_sessions_get(VirtIOCryptoSessions *sessions,
                                             uint64_t id)
{
    return get_many(sessions, id, 1);
}

void virtio_crypto_sessions_put(VirtIOCryptoSessions *sessions, uint64_t id)
{
    leave_slot(sessions, slot_of(sessions, id), 1);
}

static void refill(VirtIOCryptoSessionRefs *refs)
{
    uint32_t n = refs->row < ROW_MIN ? 1 : VIRTIO_CRYPTO_REFS_AHEAD;

    refs->session = get_many(refs->sessions, refs->id, n);
    refs->n = refs->session ? n : 0;
}

CryptoDevSession *virtio_crypto_session_refs_get(VirtIOCryptoSessionRefs *refs,
                                                 uint64_t id)
{
    if (!id) {
        return NULL;
    }
    if (refs->id != id) {
        virtio_crypto_session_refs_end(refs);
        refs->id = id;
        refs->row = 0;
    }
    refs->row++;
    if (!refs->n) {
        refill(refs);
    } else if (!has_generation_of(slot_of(refs->sessions, id), id)) {
        return NULL;
    }
    if (!refs->n) {
        return NULL;
    }
    refs->n--;
    return refs->session;
}

void virtio_crypto_session_refs_end(VirtIOCryptoSessionRefs *refs)
{
    if (refs->n) {
        leave_slot(refs->sessions, slot_of(refs->sessions, refs->id), refs->n);
        refs->n = 0;
    }
}

void virtio_crypto_session_use_end(const VirtIOCryptoSessionUse *use,
                                   uint32_t n)
{
    if (use->id) {
        leave_slot(use->sessions, slot_of(use->sessions, use->id), n);
    } else if (use->session) {
        cryptodev_backend_destroy_session(use->sessions->backend,
                                          use->session);
    }
}

static void remove_slot(VirtIOCryptoSessions *sessions, VirtIOCryptoSlot *slot)
{
    qatomic_set_u64(&slot->generation, (slot->generation & ~STALE) + 1);
    g_clear_pointer(&slot->params, virtio_crypto_params_free);
    leave_slot(sessions, slot, 1);
    add_to_list(sessions, qatomic_load_acquire(&slot->session)
                          ? &sessions->first_leaving : &sessions->first_free,
                slot);
}

void virtio_crypto_sessions_remove(VirtIOCryptoSessions *sessions,
                                   uint64_t id)
{
    remove_slot(sessions, slot_of(sessions, id));
}

uint32_t virtio_crypto_sessions_count(VirtIOCryptoSessions *sessions)
{
    uint32_t n = 0;

    for (uint32_t i = 0; i < sessions->first_stale; i++) {
        n += qatomic_read(&sessions->slots[i].session) != NULL;
    }
    return n;
}

void virtio_crypto_sessions_clear(VirtIOCryptoSessions *sessions)
{
    for (uint32_t i = 0; i < sessions->first_stale; i++) {
        VirtIOCryptoSlot *slot = &sessions->slots[i];

        if (slot->params) {
            qatomic_set_u64(&slot->generation, slot->generation | STALE);
        }
    }
    if (sessions->first_stale == sessions->size) {
        virtio_crypto_sessions_ref(sessions);
        qemu_bh_schedule(sessions->bh);
    }
    sessions->first_stale = 0;
}

bool virtio_crypto_sessions_purge(VirtIOCryptoSessions *sessions, int64_t end)
{
    while (sessions->first_stale < sessions->size) {
        VirtIOCryptoSlot *slot = &sessions->slots[sessions->first_stale];

        if (slot->params) {
            if (get_clock() >= end) {
                return false;
            }
            remove_slot(sessions, slot);
        }
        sessions->first_stale++;
    }
    return true;
}

bool virtio_crypto_sessions_next(const VirtIOCryptoSessions *sessions,
                                 uint32_t from,
                                 VirtIOCryptoSessionRecord *record)
{
    for (uint32_t i = from; i < sessions->first_stale; i++) {
        const VirtIOCryptoSlot *slot = &sessions->slots[i];

        if (slot->params) {
            *record = (VirtIOCryptoSessionRecord) {
                .index = i,
                .generation = slot->generation,
                .params = slot->params,
            };
            return true;
        }
    }
    return false;
}

uint64_t
virtio_crypto_sessions_last_generation(const VirtIOCryptoSessions *sessions)
{
    uint64_t generation = 1;

    for (uint32_t i = 0; i < sessions->size; i++) {
        generation = MAX(generation, sessions->slots[i].generation & ~STALE);
    }
    return generation;
}

bool virtio_crypto_sessions_may_be_last(uint64_t generation)
{
    return generation >= 1 && generation <= GENERATION_MAX;
}

void virtio_crypto_sessions_restore(VirtIOCryptoSessions *sessions,
                                    const VirtIOCryptoSessionRecord *record,
                                    CryptoDevSession *session)
{
    VirtIOCryptoSlot *slot = &sessions->slots[record->index];

    slot->generation = record->generation;
    fill_slot(slot, session, record->params);
}

void virtio_crypto_sessions_restored(VirtIOCryptoSessions *sessions,
                                     uint64_t last)
{
    sessions->first_free = sessions->size;
    for (uint32_t i = sessions->size; i-- > 0;) {
        VirtIOCryptoSlot *slot = &sessions->slots[i];

        if (!slot->params) {
            slot->generation = last;
            add_to_list(sessions, &sessions->first_free, slot);
        }
    }
}
