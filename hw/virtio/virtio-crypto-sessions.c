/*
 * The sessions of a crypto device, by their ids
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "virtio-crypto-sessions.h"

/* An id is the slot's index below this bit, and its generation above. */
#define INDEX_BITS 16

QEMU_BUILD_BUG_ON(VIRTIO_CRYPTO_SESSIONS_MAX > 1 << INDEX_BITS);

/**
 * VirtIOCryptoSlot:
 * @session: the session, or NULL if the slot is free
 * @generation: from 1 on; it does not wrap while the guest's processor lives
 * @next_free: if the slot is free, the index of the next free one or the
 *             table's size
 */
struct VirtIOCryptoSlot {
    CryptoDevSession *session;
    uint64_t generation;
    uint32_t next_free;
};

void virtio_crypto_sessions_init(VirtIOCryptoSessions *sessions,
                                 uint32_t size)
{
    assert(size >= 1 && size <= VIRTIO_CRYPTO_SESSIONS_MAX);
    *sessions = (VirtIOCryptoSessions) {
        .slots = g_new0(VirtIOCryptoSlot, size),
        .size = size,
    };
    for (uint32_t i = 0; i < size; i++) {
        sessions->slots[i].generation = 1;
        sessions->slots[i].next_free = i + 1;
    }
}

void virtio_crypto_sessions_destroy(VirtIOCryptoSessions *sessions)
{
    g_clear_pointer(&sessions->slots, g_free);
}

bool virtio_crypto_sessions_full(const VirtIOCryptoSessions *sessions)
{
    return sessions->first_free == sessions->size;
}

uint64_t virtio_crypto_sessions_add(VirtIOCryptoSessions *sessions,
                                    CryptoDevSession *session)
{
    uint32_t index = sessions->first_free;
    VirtIOCryptoSlot *slot = &sessions->slots[index];

    assert(index < sessions->size);
    sessions->first_free = slot->next_free;
    slot->session = session;
    return slot->generation << INDEX_BITS | index;
}

/* Return the slot whose session has this id, or NULL. */
static VirtIOCryptoSlot *find_slot(const VirtIOCryptoSessions *sessions,
                                   uint64_t id)
{
    uint32_t index = extract64(id, 0, INDEX_BITS);
    VirtIOCryptoSlot *slot;

    if (index >= sessions->size) {
        return NULL;
    }
    slot = &sessions->slots[index];
    return slot->session && slot->generation == id >> INDEX_BITS ? slot : NULL;
}

CryptoDevSession *
virtio_crypto_sessions_find(const VirtIOCryptoSessions *sessions, uint64_t id)
{
    VirtIOCryptoSlot *slot = find_slot(sessions, id);

    return slot ? slot->session : NULL;
}

static CryptoDevSession *empty_slot(VirtIOCryptoSessions *sessions,
                                    VirtIOCryptoSlot *slot)
{
    slot->generation++;
    slot->next_free = sessions->first_free;
    sessions->first_free = slot - sessions->slots;
    return g_steal_pointer(&slot->session);
}

CryptoDevSession *virtio_crypto_sessions_remove(VirtIOCryptoSessions *sessions,
                                                uint64_t id)
{
    VirtIOCryptoSlot *slot = find_slot(sessions, id);

    assert(slot);
    return empty_slot(sessions, slot);
}

void virtio_crypto_sessions_clear(VirtIOCryptoSessions *sessions,
                                  CryptoDevBackend *backend)
{
    for (uint32_t i = 0; i < sessions->size; i++) {
        VirtIOCryptoSlot *slot = &sessions->slots[i];

        if (slot->session) {
            cryptodev_backend_destroy_session(backend,
                                              empty_slot(sessions, slot));
        }
    }
}
