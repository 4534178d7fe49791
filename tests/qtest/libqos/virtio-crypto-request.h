/*
 * One request of a test's virtio-crypto driver, laid out in guest memory
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A request is a stream of bytes that the device reads and a stream that it
 * writes.  A shape says how both are cut into descriptors and where these
 * lie.  Between the pieces are guard bytes, and when the request is done
 * everything that the device had no business to write must be as it was.
 */

#ifndef TESTS_LIBQOS_VIRTIO_CRYPTO_REQUEST_H
#define TESTS_LIBQOS_VIRTIO_CRYPTO_REQUEST_H

#include "virtring.h"

typedef struct QVirtioCryptoShape {
    /* Cut at random into pieces of 1 to this many bytes; 0: do not cut */
    size_t piece;
    /* Whether a descriptor of zero length follows each piece */
    bool empty;
    /* One readable and one writable descriptor (before they are cut) */
    bool joined;
    /* The result goes where the source is */
    bool in_place;
    /*
     * With in_place: this many bytes behind (negative: before) the source,
     * so that both overlap in part.  Only if they are not cut.
     */
    int overlap;
    /* With in_place: its pieces are in another order */
    bool shuffled;
    /* The descriptors stand in an indirect table */
    bool indirect;
    /* Bytes behind those that the request names */
    size_t surplus_readable;
    size_t surplus_writable;
} QVirtioCryptoShape;

/* A run of bytes in the image */
typedef struct QVirtioCryptoExtent {
    size_t offset;
    size_t len;
} QVirtioCryptoExtent;

typedef struct QVirtioCryptoRequest {
    /* The bytes that the device reads, and the source in them */
    GByteArray *readable;
    size_t source_start;
    size_t source_len;
    /* Ends of the parts of @readable, each its own descriptor if not joined */
    GArray *part_ends;
    /* Room for the result, and one status byte at the end or none */
    size_t room;
    bool has_status;
    /*
     * A request of RFC v1: the algorithm and the whole digest's length of the
     * session that it creates; bytes of a digest that nobody asked for, or
     * whether the digest is as long as there is room for it
     */
    bool rfc;
    uint32_t mode;
    uint32_t digest_len;
    size_t surplus_digest;
    bool fills_room;

    /* The guest memory of the request, and where it is */
    GByteArray *image;
    uint64_t base;
    GArray *read_extents;
    GArray *write_extents;
    bool indirect;
    size_t table;

    /* The answer */
    bool done;
    uint32_t used;
    uint8_t status;
    GByteArray *written;
} QVirtioCryptoRequest;

QVirtioCryptoRequest *qvirtio_crypto_request_new(void);
/* Appends a part to the readable bytes */
void qvirtio_crypto_request_add(QVirtioCryptoRequest *req, const void *bytes,
                                size_t len);
/* Appends the part that the result replaces in a shape that is in place */
void qvirtio_crypto_request_add_source(QVirtioCryptoRequest *req,
                                       const void *bytes, size_t len);
/* Forgets all readable bytes from @len on */
void qvirtio_crypto_request_cut(QVirtioCryptoRequest *req, size_t len);

/* Puts the request into guest memory */
void qvirtio_crypto_request_place(QVirtioCryptoRequest *req,
                                  const QGuestMemory *memory,
                                  QGuestAllocator *alloc, GRand *rand,
                                  const QVirtioCryptoShape *shape,
                                  const QVirtRingOps *ring);
/* Its descriptors in guest memory, @n of them */
QVirtDesc *qvirtio_crypto_request_descs(QVirtioCryptoRequest *req, size_t *n);

/*
 * Reads the guest memory of a request that the device is done with: fills in
 * the status and the first @len bytes of the writable stream, and checks that
 * nothing else was written.
 */
void qvirtio_crypto_request_finish(QVirtioCryptoRequest *req,
                                   const QGuestMemory *memory, uint32_t used,
                                   size_t len);
void qvirtio_crypto_request_free(QVirtioCryptoRequest *req,
                                 QGuestAllocator *alloc);

#endif
