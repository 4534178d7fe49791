/*
 * One request of a test's virtio-crypto driver, laid out in guest memory
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../libqtest.h"
#include "virtio-crypto-request.h"

#define GUARD_BYTE      0xa5
#define UNWRITTEN_BYTE  0x5c
#define MAX_GAP         24

QVirtioCryptoRequest *qvirtio_crypto_request_new(void)
{
    QVirtioCryptoRequest *req = g_new0(QVirtioCryptoRequest, 1);

    req->readable = g_byte_array_new();
    req->part_ends = g_array_new(false, false, sizeof(size_t));
    req->image = g_byte_array_new();
    req->read_extents = g_array_new(false, false,
                                    sizeof(QVirtioCryptoExtent));
    req->write_extents = g_array_new(false, false,
                                     sizeof(QVirtioCryptoExtent));
    req->written = g_byte_array_new();
    req->has_status = true;
    return req;
}

void qvirtio_crypto_request_add(QVirtioCryptoRequest *req, const void *bytes,
                                size_t len)
{
    size_t end;

    if (len) {
        g_byte_array_append(req->readable, bytes, len);
    }
    end = req->readable->len;
    g_array_append_val(req->part_ends, end);
}

void qvirtio_crypto_request_add_source(QVirtioCryptoRequest *req,
                                       const void *bytes, size_t len)
{
    req->source_start = req->readable->len;
    req->source_len = len;
    qvirtio_crypto_request_add(req, bytes, len);
}

void qvirtio_crypto_request_cut(QVirtioCryptoRequest *req, size_t len)
{
    g_assert_cmpint(len, <=, req->readable->len);
    g_byte_array_set_size(req->readable, len);
    for (guint i = 0; i < req->part_ends->len; i++) {
        size_t *end = &g_array_index(req->part_ends, size_t, i);

        *end = MIN(*end, len);
    }
    req->source_start = MIN(req->source_start, len);
    req->source_len = MIN(req->source_len, len - req->source_start);
}

static void fill(GByteArray *image, uint8_t byte, size_t len)
{
    size_t start = image->len;

    g_byte_array_set_size(image, start + len);
    memset(image->data + start, byte, len);
}

/* Splits @len bytes into extents that initially contain @bytes */
static void place_part(QVirtioCryptoRequest *req, GArray *extents,
                       const uint8_t *bytes, size_t len, GRand *rand,
                       const QVirtioCryptoShape *shape)
{
    while (len) {
        QVirtioCryptoExtent extent = { .len = len };

        if (shape->piece) {
            extent.len = MIN(len,
                             g_rand_int_range(rand, 1, shape->piece + 1));
        }
        fill(req->image, GUARD_BYTE, g_rand_int_range(rand, 1, MAX_GAP + 1));
        extent.offset = req->image->len;
        if (bytes) {
            g_byte_array_append(req->image, bytes, extent.len);
            bytes += extent.len;
        } else {
            fill(req->image, UNWRITTEN_BYTE, extent.len);
        }
        g_array_append_val(extents, extent);
        len -= extent.len;
        if (shape->empty) {
            extent.offset += extent.len;
            extent.len = 0;
            g_array_append_val(extents, extent);
        }
    }
}

/* Leaves room for a result that begins before the source or ends behind it */
static void place_source(QVirtioCryptoRequest *req, GRand *rand,
                         const QVirtioCryptoShape *shape)
{
    int64_t len = req->source_len;
    int64_t before = -(int64_t)shape->overlap;
    int64_t behind = (int64_t)req->room + shape->overlap - len;

    g_assert_cmpint(shape->piece, ==, 0);
    fill(req->image, GUARD_BYTE, MAX(before, 0));
    place_part(req, req->read_extents,
               req->readable->data + req->source_start, len, rand, shape);
    fill(req->image, GUARD_BYTE, MAX(behind, 0));
}

/* Whether parts are cut here, however they are joined */
static bool is_source_edge(const QVirtioCryptoRequest *req, size_t position)
{
    return req->source_len &&
           (position == req->source_start ||
            position == req->source_start + req->source_len);
}

static void place_readable(QVirtioCryptoRequest *req, GRand *rand,
                           const QVirtioCryptoShape *shape)
{
    const uint8_t *bytes = req->readable->data;
    size_t start = 0;

    for (guint i = 0; i < req->part_ends->len; i++) {
        size_t end = g_array_index(req->part_ends, size_t, i);
        bool keep = !shape->joined || i == req->part_ends->len - 1 ||
                    (shape->in_place && is_source_edge(req, end));

        if (!keep) {
            continue;
        }
        if (shape->in_place && shape->overlap && req->source_len &&
            end > start && start == req->source_start) {
            place_source(req, rand, shape);
        } else {
            place_part(req, req->read_extents, bytes + start, end - start,
                       rand, shape);
        }
        start = end;
    }
    place_part(req, req->read_extents, NULL, shape->surplus_readable, rand,
               shape);
}

/* Lets the result begin that far from the one extent of the source */
static size_t overlap_source(QVirtioCryptoRequest *req, int overlap)
{
    size_t position = 0;

    for (guint i = 0; req->room && i < req->read_extents->len; i++) {
        QVirtioCryptoExtent extent =
            g_array_index(req->read_extents, QVirtioCryptoExtent, i);

        if (extent.len && position == req->source_start) {
            extent.offset += overlap;
            extent.len = req->room;
            g_array_append_val(req->write_extents, extent);
            return req->room;
        }
        position += extent.len;
    }
    return 0;
}

/* Lets the result begin in the extents that hold the source */
static size_t reuse_source(QVirtioCryptoRequest *req)
{
    size_t end = req->source_start + req->source_len;
    size_t position = 0, placed = 0;

    for (guint i = 0; i < req->read_extents->len && placed < req->room; i++) {
        QVirtioCryptoExtent extent =
            g_array_index(req->read_extents, QVirtioCryptoExtent, i);

        if (position >= req->source_start && position < end) {
            size_t len = extent.len;

            extent.len = MIN(len, req->room - placed);
            g_array_append_val(req->write_extents, extent);
            placed += extent.len;
            position += len;
        } else {
            position += extent.len;
        }
    }
    return placed;
}

static void shuffle(GArray *extents, GRand *rand)
{
    for (guint i = extents->len; i > 1; i--) {
        QVirtioCryptoExtent *last =
            &g_array_index(extents, QVirtioCryptoExtent, i - 1);
        QVirtioCryptoExtent *any =
            &g_array_index(extents, QVirtioCryptoExtent,
                           g_rand_int_range(rand, 0, i));
        QVirtioCryptoExtent extent = *last;

        *last = *any;
        *any = extent;
    }
}

/* How much of the result lies in guest memory where the source does */
static size_t place_in_source(QVirtioCryptoRequest *req, GRand *rand,
                              const QVirtioCryptoShape *shape)
{
    size_t placed;

    if (!shape->in_place || !req->source_len) {
        return 0;
    }
    placed = shape->overlap ? overlap_source(req, shape->overlap) :
                              reuse_source(req);
    if (shape->shuffled) {
        shuffle(req->write_extents, rand);
    }
    return placed;
}

static void place_writable(QVirtioCryptoRequest *req, GRand *rand,
                           const QVirtioCryptoShape *shape)
{
    size_t placed = place_in_source(req, rand, shape);
    size_t parts[3] = {
        req->room - placed, shape->surplus_writable, req->has_status
    };

    if (shape->joined) {
        parts[0] += parts[1] + parts[2];
        parts[1] = parts[2] = 0;
    }
    for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
        place_part(req, req->write_extents, NULL, parts[i], rand,
                   shape);
    }
    fill(req->image, GUARD_BYTE, MAX_GAP);
}

QVirtDesc *qvirtio_crypto_request_descs(QVirtioCryptoRequest *req, size_t *n)
{
    size_t n_read = req->read_extents->len;
    QVirtDesc *descs;

    *n = n_read + req->write_extents->len;
    descs = g_new0(QVirtDesc, *n);
    for (size_t i = 0; i < *n; i++) {
        GArray *extents = i < n_read ? req->read_extents : req->write_extents;
        QVirtioCryptoExtent *extent =
            &g_array_index(extents, QVirtioCryptoExtent,
                           i < n_read ? i : i - n_read);

        descs[i].addr = req->base + extent->offset;
        descs[i].len = extent->len;
        descs[i].write = i >= n_read;
    }
    return descs;
}

void qvirtio_crypto_request_place(QVirtioCryptoRequest *req,
                                  const QGuestMemory *memory,
                                  QGuestAllocator *alloc, GRand *rand,
                                  const QVirtioCryptoShape *shape,
                                  const QVirtRingOps *ring)
{
    size_t n = 0;

    place_readable(req, rand, shape);
    place_writable(req, rand, shape);
    if (shape->indirect) {
        n = req->read_extents->len + req->write_extents->len;
        req->indirect = true;
        req->table = ROUND_UP(req->image->len, QVIRT_DESC_SIZE);
        fill(req->image, GUARD_BYTE,
             req->table - req->image->len + n * QVIRT_DESC_SIZE);
    }
    req->base = guest_alloc(alloc, req->image->len);
    if (shape->indirect) {
        g_autofree QVirtDesc *descs = qvirtio_crypto_request_descs(req, &n);

        ring->encode(descs, n, req->image->data + req->table);
    }
    qguest_memory_write(memory, req->base, req->image->data,
                        req->image->len);
}

/* Moves the first @len written bytes from guest memory to where we expect */
static void take_written(QVirtioCryptoRequest *req, const uint8_t *memory,
                         size_t len)
{
    for (guint i = 0; i < req->write_extents->len && len; i++) {
        QVirtioCryptoExtent *extent =
            &g_array_index(req->write_extents, QVirtioCryptoExtent, i);
        size_t n = MIN(len, extent->len);

        g_byte_array_append(req->written, memory + extent->offset, n);
        memcpy(req->image->data + extent->offset, memory + extent->offset, n);
        len -= n;
    }
    g_assert_cmpint(len, ==, 0);
}

static void take_status(QVirtioCryptoRequest *req, const uint8_t *memory)
{
    QVirtioCryptoExtent *last =
        &g_array_index(req->write_extents, QVirtioCryptoExtent,
                       req->write_extents->len - 1);
    size_t offset = last->offset + last->len - 1;

    req->status = memory[offset];
    req->image->data[offset] = req->status;
}

void qvirtio_crypto_request_finish(QVirtioCryptoRequest *req,
                                   const QGuestMemory *memory, uint32_t used,
                                   size_t len)
{
    size_t size = req->image->len;
    g_autofree uint8_t *found = g_malloc(size);

    qguest_memory_read(memory, req->base, found, size);
    take_written(req, found, len);
    if (req->has_status) {
        take_status(req, found);
    }
    /* The result was copied over, so a difference is a stray write */
    for (size_t i = 0; i < size; i++) {
        if (found[i] != req->image->data[i]) {
            g_error("the device wrote byte %zu of a request of %zu bytes: "
                    "0x%02x, was 0x%02x", i, size, found[i],
                    req->image->data[i]);
        }
    }
    req->used = used;
    req->done = true;
}

void qvirtio_crypto_request_free(QVirtioCryptoRequest *req,
                                 QGuestAllocator *alloc)
{
    if (req->base) {
        guest_free(alloc, req->base);
    }
    g_byte_array_unref(req->readable);
    g_byte_array_unref(req->image);
    g_byte_array_unref(req->written);
    g_array_unref(req->part_ends);
    g_array_unref(req->read_extents);
    g_array_unref(req->write_extents);
    g_free(req);
}
