/*
 * Conformance of backends: an operation, and what it must do to memory
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "conformance-trial.h"

/* From this length on, shapes of tiny pieces would take most of the time. */
#define LONG 20000
#define PIECE_MIN 1000

/* Between any two parts of memory that an operation is given */
#define GAP 24
#define SKIP_MAX 20

/* How often a trial is in a batch */
#define AT_ONCE 8

const Shape shapes[] = {
    { 0, 0 },
    { 1, 1 },
    { 1, 0 },
    { 0, 1 },
    { 3, 15 },
    { 15, 3, .reversed = true },
    { 16, 17 },
    { 17, 16, .reversed = true },
    { 17, 1 },
    { 16, 16 },
    { 4095, 4096 },
    { 4096, 17 },
    { PIECE_RANDOM, PIECE_RANDOM },
    { PIECE_RANDOM, PIECE_RANDOM, .reversed = true },
    { 0, 0, .tangled = true },
    { 1, 1, .tangled = true },
    { 17, 17, .tangled = true },
    { 3, 16, .tangled = true },
    { PIECE_RANDOM, PIECE_RANDOM, .tangled = true },
    { 0, 0, .tangled = true, .distance = 1 },
    { 0, 0, .tangled = true, .distance = -1 },
    { 0, 0, .tangled = true, .distance = 16 },
    { 0, 0, .tangled = true, .distance = -16 },
    { 0, 0, .tangled = true, .distance = 37 },
    { 0, 0, .tangled = true, .distance = -37 },
    { 16, 3, .tangled = true, .distance = 8 },
    { 3, 16, .tangled = true, .distance = -8 },
    { 17, 4095, .tangled = true, .distance = 1000 },
    { PIECE_RANDOM, PIECE_RANDOM, .tangled = true, .distance = -1000 },
};
const size_t n_shapes = ARRAY_SIZE(shapes);

/* A part of memory: a buffer, and the array that it is in */
typedef struct Part {
    struct iovec *iov;
    size_t n;
    size_t skip, len;
} Part;

typedef enum PartName {
    PART_AAD,
    PART_SRC,
    PART_SIGNATURE,
    PART_DST,
    PART_DIGEST,
    PARTS,
} PartName;

/*
 * All memory of an operation is one block, so that a byte that is written where
 * none should be is found.  @expected becomes what it must be afterwards.
 */
struct Attempt {
    const Trial *trial;
    const Shape *shape;
    uint8_t *block, *expected;
    size_t size, used;
    Part parts[PARTS];
};

Trial *trial_new(const char *name, CryptoDevSession *session,
                 CryptoDevOpType type)
{
    Trial *trial = g_new0(Trial, 1);

    trial->name = g_strdup(name);
    trial->session = session;
    trial->type = type;
    trial->iv = g_byte_array_new();
    trial->aad = g_byte_array_new();
    trial->src = g_byte_array_new();
    trial->signature = g_byte_array_new();
    trial->dst = g_byte_array_new();
    trial->digest = g_byte_array_new();
    return trial;
}

void trial_free(Trial *trial)
{
    g_byte_array_unref(trial->iv);
    g_byte_array_unref(trial->aad);
    g_byte_array_unref(trial->src);
    g_byte_array_unref(trial->signature);
    g_byte_array_unref(trial->dst);
    g_byte_array_unref(trial->digest);
    g_free(trial->name);
    g_free(trial);
}

const Shape *shape_random(GRand *rand)
{
    return &shapes[g_rand_int_range(rand, 0, n_shapes)];
}

/* The length of the next element, which may be 0 */
static size_t next_piece(size_t piece, size_t left, GRand *rand)
{
    if (piece == PIECE_RANDOM) {
        piece = g_rand_int_range(rand, 0, 3) ? g_rand_int_range(rand, 0, 60)
                                             : g_rand_int_range(rand, 0, 2000);
    }
    return piece ? MIN(piece, left) : left;
}

/* Cut @len bytes, whose addresses are to be set, into elements. */
static Part cut(size_t skip, size_t len, size_t piece, GRand *rand)
{
    g_autoptr(GArray) iov = g_array_new(false, false, sizeof(struct iovec));
    size_t left = skip + len;
    Part part = { .skip = skip, .len = len };

    while (left) {
        struct iovec element = { };

        /* A random piece of no bytes is an element that is empty. */
        if (piece != PIECE_RANDOM || g_rand_int_range(rand, 0, 4)) {
            element.iov_len = next_piece(piece, left, rand);
        }
        left -= element.iov_len;
        g_array_append_val(iov, element);
    }
    part.n = iov->len;
    part.iov = (struct iovec *)g_array_free(g_steal_pointer(&iov), false);
    return part;
}

/* Give a part's elements memory with gaps between them. */
static void scatter(Attempt *attempt, Part *part, bool reversed)
{
    for (size_t i = 0; i < part->n; i++) {
        struct iovec *element = &part->iov[reversed ? part->n - 1 - i : i];

        attempt->used += GAP;
        element->iov_base = attempt->block + attempt->used;
        attempt->used += element->iov_len;
    }
}

/* Give a part's elements memory that is contiguous from @at on. */
static void line_up(Attempt *attempt, Part *part, size_t at)
{
    for (size_t i = 0; i < part->n; i++) {
        part->iov[i].iov_base = attempt->block + at;
        at += part->iov[i].iov_len;
    }
    attempt->used = MAX(attempt->used, at);
}

/* The destination lies in the source's memory, or so many bytes beside it. */
static void tangle(Attempt *attempt, int distance)
{
    Part *src = &attempt->parts[PART_SRC];
    Part *dst = &attempt->parts[PART_DST];
    size_t at = attempt->used + GAP + SKIP_MAX + ABS(distance);

    line_up(attempt, src, at - src->skip);
    line_up(attempt, dst, at + distance - dst->skip);
}

static size_t part_len(const Trial *trial, PartName name)
{
    const size_t lens[] = {
        [PART_AAD] = trial->aad->len,
        [PART_SRC] = trial->src->len,
        [PART_SIGNATURE] = trial->signature->len,
        [PART_DST] = trial->dst_room,
        [PART_DIGEST] = trial->digest_room,
    };

    return lens[name];
}

/* Decide how all parts are cut; returns how much memory that takes. */
static size_t cut_parts(Attempt *attempt, GRand *rand)
{
    const Shape *shape = attempt->shape;
    size_t size = 4 * GAP + SKIP_MAX + 2 * ABS(shape->distance);

    for (int i = 0; i < PARTS; i++) {
        bool written = i == PART_DST || i == PART_DIGEST;
        Part *part = &attempt->parts[i];

        *part = cut(g_rand_int_range(rand, 0, SKIP_MAX),
                    part_len(attempt->trial, i),
                    written ? shape->dst_piece : shape->src_piece, rand);
        size += part->skip + part->len + (part->n + 1) * GAP;
    }
    return size;
}

static CryptoDevBuf part_buf(const Part *part)
{
    return (CryptoDevBuf) { .iov = part->iov, .skip = part->skip,
                            .len = part->len };
}

static void fill(const Part *part, const GByteArray *bytes)
{
    CryptoDevBuf buf = part_buf(part);

    cryptodev_buf_write(&buf, bytes->data, bytes->len);
}

static void fill_block(Attempt *attempt, GRand *rand)
{
    for (size_t i = 0; i < attempt->size; i++) {
        attempt->block[i] = g_rand_int(rand);
    }
    fill(&attempt->parts[PART_AAD], attempt->trial->aad);
    fill(&attempt->parts[PART_SRC], attempt->trial->src);
    fill(&attempt->parts[PART_SIGNATURE], attempt->trial->signature);
}

static void place_parts(Attempt *attempt)
{
    const Shape *shape = attempt->shape;

    for (int i = 0; i < PARTS; i++) {
        bool tangled = i == PART_SRC || i == PART_DST;

        if (!shape->tangled || !tangled) {
            scatter(attempt, &attempt->parts[i], shape->reversed);
        }
    }
    if (shape->tangled) {
        tangle(attempt, shape->distance);
    }
    g_assert_cmpint(attempt->used, <=, attempt->size);
}

Attempt *attempt_new(const Trial *trial, const Shape *shape, CryptoDevOp *op)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(trial->src->len);
    Attempt *attempt = g_new0(Attempt, 1);

    attempt->trial = trial;
    attempt->shape = shape;
    attempt->size = cut_parts(attempt, rand);
    attempt->block = g_malloc(attempt->size);
    place_parts(attempt);
    fill_block(attempt, rand);
    attempt->expected = g_memdup2(attempt->block, attempt->size);
    *op = (CryptoDevOp) {
        .session = trial->session,
        .type = trial->type,
        .iv_len = trial->iv->len,
        .aad = part_buf(&attempt->parts[PART_AAD]),
        .src = part_buf(&attempt->parts[PART_SRC]),
        .dst = part_buf(&attempt->parts[PART_DST]),
        .digest = part_buf(&attempt->parts[PART_DIGEST]),
        .signature = part_buf(&attempt->parts[PART_SIGNATURE]),
        .cipher_range = trial->cipher_range,
        .hash_range = trial->hash_range,
        .status = CRYPTODEV_INVSESS,
        .result_len = SIZE_MAX,
    };
    g_assert_cmpint(trial->iv->len, <=, sizeof(op->iv));
    for (guint i = 0; i < trial->iv->len; i++) {
        op->iv[i] = trial->iv->data[i];
    }
    return attempt;
}

/* Write to @expected what the operation must have written to the block. */
static void expect(Attempt *attempt, PartName name, const GByteArray *bytes)
{
    CryptoDevBuf buf = part_buf(&attempt->parts[name]);

    for (guint i = 0; i < bytes->len; i++) {
        uint8_t *at;

        cryptodev_buf_run(&buf, &at);
        attempt->expected[at - attempt->block] = bytes->data[i];
        cryptodev_buf_advance(&buf, 1);
    }
}

static void report(const Attempt *attempt, const CryptoDevOp *op,
                   const char *what)
{
    const Trial *trial = attempt->trial;
    const Shape *shape = attempt->shape;

    g_test_message("%s: %s is wrong: status %d, must be %d; result of %zu,"
                   " must be %u and %u; IV of %u bytes, AAD of %u, source of"
                   " %u, room of %zu and %zu; pieces of %zd and %zd,"
                   " reversed %d, tangled %d, distance %d", trial->name, what,
                   op->status, trial->status, op->result_len, trial->dst->len,
                   trial->digest->len, trial->iv->len, trial->aad->len,
                   trial->src->len, trial->dst_room, trial->digest_room,
                   (ssize_t)shape->src_piece, (ssize_t)shape->dst_piece,
                   shape->reversed, shape->tangled, shape->distance);
    g_test_fail();
}

void attempt_finish(Attempt *attempt, const CryptoDevOp *op)
{
    const Trial *trial = attempt->trial;
    size_t result_len = 0;

    if (trial->status == CRYPTODEV_OK) {
        result_len = trial->dst->len + trial->digest->len;
        expect(attempt, PART_DST, trial->dst);
        expect(attempt, PART_DIGEST, trial->digest);
    }
    if (op->status != trial->status) {
        report(attempt, op, "the status");
    } else if (op->result_len != result_len) {
        report(attempt, op, "the length");
    } else if (memcmp(attempt->block, attempt->expected, attempt->size)) {
        report(attempt, op, "memory");
    }
    for (int i = 0; i < PARTS; i++) {
        g_free(attempt->parts[i].iov);
    }
    g_free(attempt->expected);
    g_free(attempt->block);
    g_free(attempt);
}

void run_ops(CryptoDevBackend *backend, CryptoDevOp *ops, size_t n)
{
    CryptoDevState *state = n > 1 ? cryptodev_state_new(backend) : NULL;

    cryptodev_backend_run(backend, state, ops, n);
    cryptodev_state_free(state);
}

/*
 * A backend that keeps something for each thread may compute batches otherwise
 * than single operations: sessions that its base does not serve get as many at
 * once as that needs.
 */
static size_t choose_number(CryptoDevBackend *backend, const Trial *trial)
{
    return CRYPTODEV_BACKEND_GET_CLASS(backend)->new_state &&
           trial->session->backend == backend ? AT_ONCE : 1;
}

static Trial *trial_copy(const Trial *trial)
{
    Trial *copy = trial_new(trial->name, trial->session, trial->type);

    g_byte_array_append(copy->iv, trial->iv->data, trial->iv->len);
    g_byte_array_append(copy->aad, trial->aad->data, trial->aad->len);
    g_byte_array_append(copy->src, trial->src->data, trial->src->len);
    g_byte_array_append(copy->signature, trial->signature->data,
                        trial->signature->len);
    copy->cipher_range = trial->cipher_range;
    copy->hash_range = trial->hash_range;
    copy->dst_room = trial->dst_room;
    copy->digest_room = trial->digest_room;
    return copy;
}

static void take_result(GByteArray *bytes, CryptoDevBuf buf, size_t len)
{
    g_byte_array_set_size(bytes, len);
    cryptodev_buf_read(&buf, bytes->data, len);
}

/*
 * The same operation on another text, so that texts beside each other differ.
 * What it must do it does alone: that is the base's work.
 */
static Trial *companion_new(CryptoDevBackend *backend, const Trial *trial)
{
    Trial *other = trial_copy(trial);
    Attempt *attempt;
    CryptoDevOp op;

    for (guint i = 0; i < other->src->len; i++) {
        other->src->data[i] ^= i % 255 + 1;
    }
    attempt = attempt_new(other, &shapes[0], &op);
    run_ops(backend, &op, 1);
    other->status = op.status;
    if (op.status == CRYPTODEV_OK) {
        take_result(other->dst, op.dst, trial->dst->len);
        take_result(other->digest, op.digest, trial->digest->len);
    }
    attempt_finish(attempt, &op);
    return other;
}

static bool has_companion(const Trial *trial)
{
    return trial->status == CRYPTODEV_OK && trial->src->len;
}

void trial_run(CryptoDevBackend *backend, const Trial *trial,
               const Shape *shape)
{
    size_t n = choose_number(backend, trial);
    g_autoptr(Trial) other = n > 1 && has_companion(trial)
                             ? companion_new(backend, trial) : NULL;
    CryptoDevOp ops[AT_ONCE];
    Attempt *attempts[AT_ONCE];

    for (size_t i = 0; i < n; i++) {
        attempts[i] = attempt_new(other && i % 2 ? other : trial, shape,
                                  &ops[i]);
    }
    run_ops(backend, ops, n);
    for (size_t i = 0; i < n; i++) {
        attempt_finish(attempts[i], &ops[i]);
    }
}

static bool is_tiny(size_t piece)
{
    return piece && piece < PIECE_MIN;
}

void trial_run_all(CryptoDevBackend *backend, const Trial *trial)
{
    for (size_t i = 0; i < n_shapes; i++) {
        if (trial->src->len < LONG || !(is_tiny(shapes[i].src_piece) ||
                                        is_tiny(shapes[i].dst_piece))) {
            trial_run(backend, trial, &shapes[i]);
        }
    }
}
