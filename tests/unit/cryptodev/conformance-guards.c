/*
 * Conformance of backends: no byte beside a buffer is read or written
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The guest's RAM may end where one of its buffers ends.  Each buffer here has
 * a page next to it whose access ends the program.
 */

#include "qemu/osdep.h"
#include "conformance.h"
#include "conformance-guards.h"

/* More than processors have lanes */
#define AT_ONCE 17

/* Sessions of each algorithm */
#define SUBJECTS 4

static const size_t lens[] = {
    0, 1, 16, 63, 64, 65, 128, 250, 777, 2048, 4096, 5000,
};

/* Memory between two pages that nobody may touch: @room bytes, or none yet */
typedef struct Fence {
    uint8_t *map;
    size_t room;
    struct iovec iov;
} Fence;

/* What an operation uses, and which of its buffers' sides is guarded */
typedef struct Yard {
    const Trial *trial;
    bool behind;
    Fence src, dst, aad, digest;
} Yard;

static void tear_down(Fence *fence)
{
    if (fence->map) {
        munmap(fence->map, fence->room + 2 * qemu_real_host_page_size());
    }
}

static void make_room(Fence *fence, size_t len)
{
    size_t page = qemu_real_host_page_size();

    tear_down(fence);
    fence->room = ROUND_UP(len, page);
    fence->map = mmap(NULL, fence->room + 2 * page, PROT_NONE,
                      MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    g_assert(fence->map != MAP_FAILED);
    g_assert_cmpint(mprotect(fence->map + page, fence->room,
                             PROT_READ | PROT_WRITE), ==, 0);
}

/* A fence serves many times: to map memory takes longer than to encrypt it. */
static CryptoDevBuf enclose(Fence *fence, size_t len, bool behind)
{
    uint8_t *begin;

    if (!fence->map || fence->room < len) {
        make_room(fence, MAX(len, 1));
    }
    begin = fence->map + qemu_real_host_page_size() +
            (behind ? fence->room - len : 0);
    memset(begin, 0, len);
    fence->iov.iov_base = begin;
    fence->iov.iov_len = len;
    return (CryptoDevBuf) { .iov = &fence->iov, .len = len };
}

static CryptoDevBuf enclose_bytes(Fence *fence, const GByteArray *bytes,
                                  bool behind)
{
    CryptoDevBuf buf = enclose(fence, bytes->len, behind);

    if (bytes->len) {
        memcpy(fence->iov.iov_base, bytes->data, bytes->len);
    }
    return buf;
}

/* The destination is the source if it has room for that. */
static void set_up(Yard *yard, CryptoDevOp *op, bool in_place)
{
    const Trial *trial = yard->trial;
    CryptoDevBuf src = enclose_bytes(&yard->src, trial->src, yard->behind);

    *op = (CryptoDevOp) {
        .session = trial->session,
        .type = trial->type,
        .iv_len = trial->iv->len,
        .aad = enclose_bytes(&yard->aad, trial->aad, yard->behind),
        .src = src,
        .digest = enclose(&yard->digest, trial->digest_room, yard->behind),
        .cipher_range = trial->cipher_range,
        .hash_range = trial->hash_range,
    };
    if (in_place && trial->dst_room <= src.len) {
        op->dst = cryptodev_buf_slice(src, 0, trial->dst_room);
    } else {
        op->dst = enclose(&yard->dst, trial->dst_room, yard->behind);
    }
    if (trial->iv->len) {
        memcpy(op->iv, trial->iv->data, trial->iv->len);
    }
}

static void check_bytes(CryptoDevBuf buf, const GByteArray *right)
{
    uint8_t *bytes;

    if (right->len) {
        g_assert_cmpint(cryptodev_buf_run(&buf, &bytes), ==, buf.len);
        g_assert_cmpmem(bytes, buf.len, right->data, right->len);
    }
}

static void check_yards(CryptoDevBackend *backend, CryptoDevState *state,
                        Yard *yards, Trial **trials, bool behind,
                        bool in_place)
{
    CryptoDevOp ops[AT_ONCE];

    for (size_t i = 0; i < AT_ONCE; i++) {
        yards[i].trial = trials[i];
        yards[i].behind = behind;
        set_up(&yards[i], &ops[i], in_place);
    }
    cryptodev_backend_run(backend, state, ops, AT_ONCE);
    for (size_t i = 0; i < AT_ONCE; i++) {
        g_assert_cmpint(ops[i].status, ==, CRYPTODEV_OK);
        check_bytes(ops[i].dst, trials[i]->dst);
        check_bytes(ops[i].digest, trials[i]->digest);
    }
}

static void clear_yards(Yard *yards)
{
    for (size_t i = 0; i < AT_ONCE; i++) {
        tear_down(&yards[i].src);
        tear_down(&yards[i].dst);
        tear_down(&yards[i].aad);
        tear_down(&yards[i].digest);
    }
}

void guards_check(const Subject *subject, GRand *rand)
{
    CryptoDevState *state = cryptodev_state_new(subject->backend);
    Yard yards[AT_ONCE] = { };

    for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
        Trial *trials[AT_ONCE];

        for (size_t j = 0; j < AT_ONCE; j++) {
            trials[j] = subject_trial(subject, j % 2 ? lens[i]
                                      : random_len(rand, 0, lens[i]), rand);
        }
        for (int j = 0; j < 4; j++) {
            check_yards(subject->backend, state, yards, trials, j & 1, j & 2);
        }
        for (size_t j = 0; j < AT_ONCE; j++) {
            trial_free(trials[j]);
        }
    }
    clear_yards(yards);
    cryptodev_state_free(state);
}

static void test_guards(CryptoDevBackend *backend,
                        const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);

    for (int i = 0; i < SUBJECTS; i++) {
        g_autoptr(Subject) subject = subject_random(backend, capability, rand);

        guards_check(subject, rand);
    }
}

void add_conformance_guards(const Conformance *conformance)
{
    static const CryptodevService services[] = {
        CRYPTODEV_SERVICE_CIPHER, CRYPTODEV_SERVICE_HASH,
        CRYPTODEV_SERVICE_MAC, CRYPTODEV_SERVICE_AEAD,
    };

    for (size_t i = 0; i < ARRAY_SIZE(services); i++) {
        conformance_add_each(conformance, services[i], "guards", test_guards);
    }
}
