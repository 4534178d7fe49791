/*
 * Requests that a benchmark sends again and again
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/units.h"
#include "bench-load.h"

/* How many requests are checked at a time */
#define SAMPLE      2
/* Beside source and result a request has that many bytes and a status */
#define SMALL_LEN   192
#define WIPE        0xee

/* Where the parts of a request are; the piece after the status is unused */
struct BenchRequest {
    uint64_t table;
    unsigned int n_descs;
    uint64_t small;
    size_t small_len;
    uint64_t source;
    uint64_t result;
    size_t result_len;
};

/* A part of a source or a result */
typedef struct BenchPiece {
    uint8_t *bytes;
    size_t len;
} BenchPiece;

static struct vring_desc *get_table(const BenchLoad *load, unsigned int i)
{
    return bench_memory_at(&load->machine->memory, load->requests[i].table);
}

static uint8_t *get_status(const BenchLoad *load, unsigned int i)
{
    return bench_memory_at(&load->machine->memory,
                           load->requests[i].small + SMALL_LEN);
}

/* Scattered pieces have gaps between them that are as long */
static uint64_t alloc_area(const BenchLoad *load, size_t len)
{
    size_t piece = load->shape.piece;

    if (piece) {
        len = 2 * ROUND_UP(len, piece);
    }
    return bench_memory_alloc(&load->machine->memory, len, MAX(piece, 64));
}

static void add_desc(const BenchLoad *load, unsigned int i, uint64_t address,
                     size_t len, uint16_t flags)
{
    BenchRequest *request = &load->requests[i];
    struct vring_desc *desc = get_table(load, i) + request->n_descs++;

    desc->addr = address;
    desc->len = len;
    desc->flags = VRING_DESC_F_NEXT | flags;
    desc->next = request->n_descs;
}

/* Adds an area in its pieces; @bytes are copied there, unless NULL */
static void add_area(const BenchLoad *load, unsigned int i, uint64_t area,
                     const uint8_t *bytes, size_t len, uint16_t flags)
{
    size_t piece = load->shape.piece ?: len;

    for (size_t done = 0; done < len; done += piece) {
        uint64_t address = area + 2 * done;
        size_t n = MIN(piece, len - done);

        if (bytes) {
            memcpy(bench_memory_at(&load->machine->memory, address),
                   bytes + done, n);
        }
        add_desc(load, i, address, n, flags);
    }
}

static void add_small(const BenchLoad *load, unsigned int i,
                      const uint8_t *bytes, size_t len)
{
    BenchRequest *request = &load->requests[i];
    uint64_t address = request->small + request->small_len;

    request->small_len += len;
    g_assert_cmpint(request->small_len, <=, SMALL_LEN);
    memcpy(bench_memory_at(&load->machine->memory, address), bytes, len);
    add_desc(load, i, address, len, 0);
}

static void add_readable(const BenchLoad *load, unsigned int i,
                         const QVirtioCryptoRequest *wire)
{
    size_t start = 0;

    for (size_t part = 0; part < wire->part_ends->len; part++) {
        size_t end = g_array_index(wire->part_ends, size_t, part);
        const uint8_t *bytes = wire->readable->data + start;

        if (start == wire->source_start) {
            add_area(load, i, load->requests[i].source, bytes, end - start,
                     0);
        } else if (end > start) {
            add_small(load, i, bytes, end - start);
        }
        start = end;
    }
}

static void lay_out(const BenchLoad *load, unsigned int i, uint64_t session)
{
    const BenchShape *shape = &load->shape;
    BenchRequest *request = &load->requests[i];
    g_autoptr(GByteArray) source = bench_raw_source(shape->algorithm, i,
                                                    shape->len);
    QVirtioCryptoRequest *wire =
        bench_algorithm_request(shape->algorithm, load->machine->driver,
                                session, source);
    BenchMemory *memory = &load->machine->memory;
    size_t pieces = shape->piece ?
        2 * DIV_ROUND_UP(source->len, shape->piece) + 8 : 8;

    request->table = bench_memory_alloc(memory, pieces * QVIRT_DESC_SIZE, 64);
    request->small = bench_memory_alloc(memory, SMALL_LEN + 1, 64);
    request->source = alloc_area(load, source->len);
    request->result_len = wire->room;
    request->result = shape->mixed ? request->source + shape->piece :
                                     alloc_area(load, wire->room);
    add_readable(load, i, wire);
    add_area(load, i, request->result, NULL, wire->room, VRING_DESC_F_WRITE);
    add_desc(load, i, request->small + SMALL_LEN, 1, VRING_DESC_F_WRITE);
    get_table(load, i)[request->n_descs - 1].flags = VRING_DESC_F_WRITE;
    g_assert_cmpint(request->n_descs, <=, pieces);
    qvirtio_crypto_request_free(wire, load->machine->driver->alloc);
}

BenchLoad *bench_load_new(BenchMachine *machine, const BenchShape *shape,
                          unsigned int n, const uint64_t *sessions,
                          unsigned int n_sessions)
{
    BenchLoad *load = g_new0(BenchLoad, 1);

    load->shape = *shape;
    load->n = n;
    load->machine = machine;
    load->requests = g_new0(BenchRequest, n);
    bench_machine_settle(machine);
    for (unsigned int i = 0; i < n; i++) {
        lay_out(load, i, sessions[i % n_sessions]);
    }
    return load;
}

void bench_load_free(BenchLoad *load)
{
    g_free(load->requests);
    g_free(load);
}

uint16_t bench_load_head(const BenchLoad *load, unsigned int i)
{
    return load->shape.direct ? i * load->requests[0].n_descs : i;
}

void bench_load_put(const BenchLoad *load, BenchRing *ring, uint16_t head,
                    unsigned int i)
{
    ring->desc[head].addr = load->requests[i].table;
}

static void attach_direct(BenchLoad *load, BenchRing *ring, unsigned int i)
{
    const struct vring_desc *table = get_table(load, i);
    uint16_t head = bench_load_head(load, i);

    for (unsigned int k = 0; k < load->requests[i].n_descs; k++) {
        ring->desc[head + k] = table[k];
        ring->desc[head + k].next += head;
    }
}

void bench_load_attach(BenchLoad *load, BenchRing *ring, unsigned int n)
{
    g_assert_cmpint(bench_load_head(load, n), <=, ring->size);
    for (unsigned int i = 0; i < n; i++) {
        if (load->shape.direct) {
            attach_direct(load, ring, i);
        } else {
            ring->desc[i].len = load->requests[i].n_descs * QVIRT_DESC_SIZE;
            ring->desc[i].flags = VRING_DESC_F_INDIRECT;
            bench_load_put(load, ring, i, i);
        }
    }
}

/* The piece of the result that is @done bytes into it */
static BenchPiece get_piece(const BenchLoad *load, unsigned int i,
                            size_t done)
{
    const BenchRequest *request = &load->requests[i];
    size_t rest = request->result_len - done;
    size_t piece = load->shape.piece;

    return (BenchPiece) {
        .bytes = bench_memory_at(&load->machine->memory,
                                 request->result + 2 * done),
        .len = piece ? MIN(piece, rest) : rest,
    };
}

/* Copies the result out of its pieces */
static void gather(const BenchLoad *load, unsigned int i, uint8_t *bytes)
{
    size_t done = 0;

    while (done < load->requests[i].result_len) {
        BenchPiece piece = get_piece(load, i, done);

        memcpy(bytes + done, piece.bytes, piece.len);
        done += piece.len;
    }
}

static void wipe(const BenchLoad *load, unsigned int i)
{
    size_t done = 0;

    while (done < load->requests[i].result_len) {
        BenchPiece piece = get_piece(load, i, done);

        memset(piece.bytes, WIPE, piece.len);
        done += piece.len;
    }
    *get_status(load, i) = WIPE;
}

static void check_one(const BenchLoad *load, unsigned int i)
{
    const BenchShape *shape = &load->shape;
    size_t len = load->requests[i].result_len;
    g_autofree uint8_t *result = g_malloc(len);
    uint8_t status = *get_status(load, i);

    gather(load, i, result);
    if (status ||
        !bench_raw_is_right(shape->algorithm, i, shape->len, result, len)) {
        g_error("%s: request %u of %s, %zu bytes: status %d%s",
                load->machine->name, i, shape->algorithm->name, shape->len,
                status, status ? "" : ", wrong result");
    }
}

/* Which requests the sample is; it moves on with each check */
static unsigned int choose(const BenchLoad *load, unsigned int k,
                           unsigned int n)
{
    return (load->checked + k) % n;
}

void bench_load_spoil(BenchLoad *load, unsigned int n)
{
    for (unsigned int k = 0; k < MIN(SAMPLE, n); k++) {
        wipe(load, choose(load, k, n));
    }
}

void bench_load_check(BenchLoad *load, unsigned int n)
{
    for (unsigned int k = 0; k < MIN(SAMPLE, n); k++) {
        check_one(load, choose(load, k, n));
    }
    load->checked = choose(load, SAMPLE, n);
}
