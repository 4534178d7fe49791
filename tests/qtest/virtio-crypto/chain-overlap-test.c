/*
 * Tests of virtio-crypto: chains whose source, AAD and result overlap
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * All parts of a request lie anywhere in one area, but the parts that the
 * device writes do not overlap each other.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "libqos/virtio-crypto.h"
#include "chain.h"
#include "options.h"

#define AREA_LEN    300

typedef struct Part {
    size_t offset;
    size_t len;
} Part;

enum { AAD, SRC_HEAD, SRC_TAIL, DST_HEAD, DST_TAIL, DIGEST, N_PARTS };

static bool overlap(const Part *a, const Part *b)
{
    return a->offset < b->offset + b->len && b->offset < a->offset + a->len;
}

static void place_parts(Part parts[N_PARTS], GRand *rand)
{
    do {
        for (int i = 0; i < N_PARTS; i++) {
            parts[i].offset = random_len(rand, 0, AREA_LEN - parts[i].len);
        }
    } while (overlap(&parts[DST_HEAD], &parts[DST_TAIL]) ||
             overlap(&parts[DST_HEAD], &parts[DIGEST]) ||
             overlap(&parts[DST_TAIL], &parts[DIGEST]));
}

/* Cuts source and destination in two */
static void cut_parts(Part parts[N_PARTS], const QVirtioCryptoOp *op,
                      GRand *rand)
{
    parts[AAD].len = op->aad_len;
    parts[SRC_HEAD].len = random_len(rand, 1, op->src_len - 1);
    parts[SRC_TAIL].len = op->src_len - parts[SRC_HEAD].len;
    parts[DST_HEAD].len = random_len(rand, 1, op->dst_len - 1);
    parts[DST_TAIL].len = op->dst_len - parts[DST_HEAD].len;
    parts[DIGEST].len = op->digest_len;
}

/* Takes the request's AAD and source from their places in the area */
static void fill_request(ChainRequest *req, const Part parts[N_PARTS],
                         const uint8_t *area)
{
    size_t head = parts[SRC_HEAD].len;

    memcpy(req->aad->data, area + parts[AAD].offset, parts[AAD].len);
    memcpy(req->src->data, area + parts[SRC_HEAD].offset, head);
    memcpy(req->src->data + head, area + parts[SRC_TAIL].offset,
           parts[SRC_TAIL].len);
}

/* Fills in the expected contents of the area afterwards */
static void fill_area(uint8_t *area, const Part parts[N_PARTS],
                      const GByteArray *result)
{
    const uint8_t *from = result->data;

    for (int i = DST_HEAD; i < N_PARTS; i++) {
        memcpy(area + parts[i].offset, from, parts[i].len);
        from += parts[i].len;
    }
}

/* Runs a request whose parts are at @area, behind its fixed part and IV */
static void run_parts(QVirtioCryptoDriver *d, const QVirtioCryptoOp *op,
                      const Part parts[N_PARTS], uint64_t area)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_op_request(d, op);
    size_t head_len = req->readable->len - op->aad_len - op->src_len;
    uint64_t head = guest_alloc(d->alloc, head_len + 1);
    QVirtDesc descs[N_PARTS + 2] = { { head, head_len, false } };
    gint64 deadline = g_get_monotonic_time() + 60 * G_USEC_PER_SEC;
    uint32_t used;
    uint16_t id;

    for (int i = 0; i < N_PARTS; i++) {
        descs[i + 1].addr = area + parts[i].offset;
        descs[i + 1].len = parts[i].len;
        descs[i + 1].write = i >= DST_HEAD;
    }
    descs[N_PARTS + 1] = (QVirtDesc) { head + head_len, 1, true };
    qtest_bufwrite(d->qts, head, req->readable->data, head_len);
    qtest_writeb(d->qts, head + head_len, 0xff);
    qvirtring_add(d->rings[0], descs, ARRAY_SIZE(descs));
    qvirtring_kick(d->rings[0]);
    while (!qvirtring_get(d->rings[0], &id, &used)) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
    }
    g_assert_cmpint(qtest_readb(d->qts, head + head_len), ==,
                    VIRTIO_CRYPTO_OK);
    g_assert_cmpint(used, ==, (size_t)op->dst_len + op->digest_len + 1);
    qvirtio_crypto_request_free(req, d->alloc);
    guest_free(d->alloc, head);
}

static void check_tangle(Chain *chain, uint64_t memory)
{
    GRand *rand = chain->d->rand;
    g_autoptr(GByteArray) area = random_bytes(rand, AREA_LEN);
    g_autoptr(GByteArray) result = NULL;
    uint8_t after[AREA_LEN];
    Part parts[N_PARTS];
    ChainRequest req;

    chain_request_random(&req, chain, random_len(rand, 1, 40), 64);
    chain_set_lengths(&req.op, req.op.dst_len, chain->digest_len);
    cut_parts(parts, &req.op, rand);
    place_parts(parts, rand);
    fill_request(&req, parts, area->data);
    result = chain_expected(chain, &req.op);
    qtest_bufwrite(chain->d->qts, memory, area->data, AREA_LEN);
    run_parts(chain->d, &req.op, parts, memory);
    fill_area(area->data, parts, result);
    qtest_bufread(chain->d->qts, memory, after, AREA_LEN);
    g_assert_cmpmem(after, AREA_LEN, area->data, AREA_LEN);
    chain_request_clear(&req);
}

static void check_tangles(Chain *chain)
{
    uint64_t memory = guest_alloc(chain->d->alloc, AREA_LEN);

    for (int i = 0; i < 60; i++) {
        check_tangle(chain, memory);
    }
    guest_free(chain->d->alloc, memory);
}

static void test_tangled(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    QVirtioCryptoDriver *d =
        qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, 0);

    chain_each_way(d, "aes-cbc", "hmac-sha1", check_tangles);
    chain_each_way(d, "aes-xts", "cmac-aes", check_tangles);
    chain_each_way(d, "aes-ctr", "gmac-aes", check_tangles);
    chain_each_way(d, "aes-f8", "cbcmac-aes", check_tangles);
    qvirtio_crypto_stop(d);
}

static void register_tests(void)
{
    add_crypto_test("chain/tangled", "virtio-crypto", test_tangled,
                    &shared_ram);
}

libqos_init(register_tests);
