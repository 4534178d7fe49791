/*
 * Virtqueue rings of a test's driver, split and packed
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * libqos fills a split ring field by field, which is slow with hundreds of
 * descriptors, and lacks packed rings.  These rings write a whole chain
 * at once and keep the driver's state in the test process.  The areas are
 * those that qvirtqueue_setup() has allocated: in a packed ring the driver
 * and the device event suppression stand where a split ring has its
 * available and used ring.
 */

#ifndef TESTS_LIBQOS_VIRTRING_H
#define TESTS_LIBQOS_VIRTRING_H

#include "shared-ram.h"
#include "virtio.h"
#include "standard-headers/linux/virtio_ring.h"

/* One piece of a buffer as the device sees it */
typedef struct QVirtDesc {
    uint64_t addr;
    uint32_t len;
    bool write;
} QVirtDesc;

#define QVIRT_DESC_SIZE 16

typedef struct QVirtRing QVirtRing;

typedef struct QVirtRingOps {
    /* Writes an indirect table of @n descriptors to @table */
    void (*encode)(const QVirtDesc *descs, size_t n, uint8_t *table);
    /* Whether there is room for a chain of @n descriptors */
    bool (*has_room)(const QVirtRing *ring, size_t n);
    /* Adds a chain with @flags in each descriptor, returns its id */
    uint16_t (*add)(QVirtRing *ring, const QVirtDesc *descs, size_t n,
                    uint16_t flags);
    /* Makes added chains available; true if the device wants a notification */
    bool (*publish)(QVirtRing *ring);
    /* Takes the next used chain, if there is one */
    bool (*get)(QVirtRing *ring, uint16_t *id, uint32_t *len);
    /* Asks for the next interrupt after @n more used chains (of one slot) */
    void (*set_event)(QVirtRing *ring, uint16_t n);
    /* Asks for no interrupt */
    void (*no_interrupt)(QVirtRing *ring);
} QVirtRingOps;

struct QVirtRing {
    const QVirtRingOps *ops;
    const QGuestMemory *memory;
    QVirtQueue *vq;
    /* Number of descriptors of the chain with this id, 0: id is free */
    uint16_t *count;
    /* Split: entries of the rings, as they are in guest memory */
    uint16_t *ids;
    struct vring_used_elem *elems;

    uint16_t avail;         /* split: index; packed: next slot */
    uint16_t published;     /* @avail when it was last published */
    uint16_t used;          /* split: index; packed: next slot */
    uint16_t seen;          /* split: the device's used index */
    uint16_t free;          /* packed: free slots */
    bool avail_wrap;        /* packed: wrap counters */
    bool published_wrap;
    bool used_wrap;
};

extern const QVirtRingOps qvirtring_split_ops;
extern const QVirtRingOps qvirtring_packed_ops;

/* Chooses the kind by the negotiated features; @memory must live on */
QVirtRing *qvirtring_new(const QGuestMemory *memory, QVirtQueue *vq);
void qvirtring_free(QVirtRing *ring);

/* Whether there is room for a chain of @n descriptors by now */
bool qvirtring_has_room(const QVirtRing *ring, size_t n);
/* Adds a chain without telling the device, returns its id */
uint16_t qvirtring_add(QVirtRing *ring, const QVirtDesc *descs, size_t n);
/* Same for @n descriptors in an indirect table at guest address @table */
uint16_t qvirtring_add_indirect(QVirtRing *ring, uint64_t table, size_t n);
/* Makes added chains visible; notifies the device if it wants that */
bool qvirtring_kick(QVirtRing *ring);
bool qvirtring_get(QVirtRing *ring, uint16_t *id, uint32_t *len);

#endif
