/*
 * The sessions of a crypto device, by their ids
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/atomic.h"
#include "qemu/bitops.h"
#include "virtio-crypto-sessions.h"

/* An id is the slot's index below this bit, and its generation above. */
#define INDEX_BITS 16

QEMU_BUILD_BUG_ON(VIRTIO_CRYPTO_SESSIONS_MAX > 1 << INDEX_BITS);

/**
 * VirtIOCryptoSlot:
 * @session: the session; NULL if there is none, which is told after it is gone
 * @users: references to the session, the table's own among them; it is taken
 *         by none who finds it 0
 * @generation: from 1 on; it does not wrap while the guest's processor lives
 * @next: the index of the next slot that is free or leaving, or the table's
 *        size
 */
struct VirtIOCryptoSlot {
    CryptoDevSession *session;
    uint32_t users;
    uint32_t next;
    uint64_t generation;
};

void virtio_crypto_sessions_init(VirtIOCryptoSessions *sessions,
                                 CryptoDevBackend *backend, uint32_t size)
{
    assert(size >= 1 && size <= VIRTIO_CRYPTO_SESSIONS_MAX);
    *sessions = (VirtIOCryptoSessions) {
        .backend = backend,
        .slots = g_new0(VirtIOCryptoSlot, size),
        .size = size,
        .first_leaving = size,
    };
    for (uint32_t i = 0; i < size; i++) {
        sessions->slots[i].generation = 1;
        sessions->slots[i].next = i + 1;
    }
}

void virtio_crypto_sessions_destroy(VirtIOCryptoSessions *sessions)
{
    g_clear_pointer(&sessions->slots, g_free);
}

static void add_to_list(VirtIOCryptoSessions *sessions, uint32_t *first,
                        VirtIOCryptoSlot *slot)
{
    slot->next = *first;
    *first = slot - sessions->slots;
}

/* Move what has left since to the free slots. */
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

uint64_t virtio_crypto_sessions_add(VirtIOCryptoSessions *sessions,
                                    CryptoDevSession *session)
{
    uint32_t index = sessions->first_free;
    VirtIOCryptoSlot *slot = &sessions->slots[index];

    assert(index < sessions->size);
    sessions->first_free = slot->next;
    slot->session = session;
    qatomic_store_release(&slot->users, 1);
    return slot->generation << INDEX_BITS | index;
}

static VirtIOCryptoSlot *slot_of(VirtIOCryptoSessions *sessions, uint64_t id)
{
    return &sessions->slots[extract64(id, 0, INDEX_BITS)];
}

/* Take a reference to the session of a slot, if there is one. */
static bool use_slot(VirtIOCryptoSlot *slot)
{
    uint32_t users = qatomic_read(&slot->users);

    while (users) {
        uint32_t seen = qatomic_cmpxchg(&slot->users, users, users + 1);

        if (seen == users) {
            return true;
        }
        users = seen;
    }
    return false;
}

static void leave_slot(VirtIOCryptoSessions *sessions, VirtIOCryptoSlot *slot)
{
    if (qatomic_fetch_dec(&slot->users) == 1) {
        cryptodev_backend_destroy_session(sessions->backend, slot->session);
        qatomic_store_release(&slot->session, NULL);
    }
}

CryptoDevSession *virtio_crypto_sessions_get(VirtIOCryptoSessions *sessions,
                                             uint64_t id)
{
    VirtIOCryptoSlot *slot;

    if (extract64(id, 0, INDEX_BITS) >= sessions->size) {
        return NULL;
    }
    slot = slot_of(sessions, id);
    if (!use_slot(slot)) {
        return NULL;
    }
    /* The slot may be that of another session, or of one that was removed. */
    if (qatomic_read_u64(&slot->generation) != id >> INDEX_BITS) {
        leave_slot(sessions, slot);
        return NULL;
    }
    return slot->session;
}

void virtio_crypto_sessions_put(VirtIOCryptoSessions *sessions, uint64_t id)
{
    leave_slot(sessions, slot_of(sessions, id));
}

static void remove_slot(VirtIOCryptoSessions *sessions, VirtIOCryptoSlot *slot)
{
    qatomic_set_u64(&slot->generation, slot->generation + 1);
    leave_slot(sessions, slot);
    add_to_list(sessions, qatomic_load_acquire(&slot->session)
                          ? &sessions->first_leaving : &sessions->first_free,
                slot);
}

void virtio_crypto_sessions_remove(VirtIOCryptoSessions *sessions,
                                   uint64_t id)
{
    remove_slot(sessions, slot_of(sessions, id));
}

void virtio_crypto_sessions_clear(VirtIOCryptoSessions *sessions)
{
    for (uint32_t i = 0; i < sessions->size; i++) {
        VirtIOCryptoSlot *slot = &sessions->slots[i];

        if (qatomic_read(&slot->users)) {
            remove_slot(sessions, slot);
        }
    }
    collect_slots(sessions);
}
