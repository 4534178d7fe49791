/*
 * Agreement of two backends: the same requests on both
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "agreement.h"
#include "compute-run.h"

/* What memory holds before an operation */
#define FILL 0x5a

/* Zeros that may precede a number, and the largest step from an edge */
#define ZEROS_MAX 70
#define STEP_MAX 2

static void count(Agreement *agreement, CryptoDevStatus status)
{
    if (status == CRYPTODEV_OK) {
        agreement->done++;
    } else {
        agreement->refused++;
    }
}

static void disagree(const char *what, const CryptoDevSessionParams *params,
                     CryptoDevStatus one, CryptoDevStatus other)
{
    g_test_message("%s, service %s, algorithm %u: status %d and %d", what,
                   CryptodevService_str(params->service), params->algo, one,
                   other);
    g_test_fail();
}

static void show(const char *name, const uint8_t *data, size_t len)
{
    g_autofree char *hex = to_hex(data, len);

    g_test_message("  %s: %s", name, hex);
}

static void show_params(const CryptoDevSessionParams *params)
{
    if (params->key) {
        show("key", params->key, params->key_len);
        return;
    }
    for (size_t i = 0; i < params->compute.n; i++) {
        show("session's operand", params->compute.operands[i].data,
             params->compute.operands[i].len);
    }
}

Both *both_new(Agreement *agreement,
               const CryptoDevSessionParams *params)
{
    CryptoDevStatus statuses[AGREEMENT_BACKENDS];
    Both *both = g_new0(Both, 1);

    both->agreement = agreement;
    for (size_t i = 0; i < AGREEMENT_BACKENDS; i++) {
        statuses[i] = cryptodev_backend_create_session(agreement->backends[i],
                                                       params,
                                                       &both->sessions[i]);
    }
    if (statuses[0] != statuses[1]) {
        disagree("creation of a session", params, statuses[0], statuses[1]);
        show_params(params);
    }
    if (statuses[0] == CRYPTODEV_OK && statuses[1] == CRYPTODEV_OK) {
        return both;
    }
    both_free(both);
    return NULL;
}

void both_free(Both *both)
{
    for (size_t i = 0; i < AGREEMENT_BACKENDS; i++) {
        if (both->sessions[i]) {
            cryptodev_backend_destroy_session(both->agreement->backends[i],
                                              both->sessions[i]);
        }
    }
    g_free(both);
}

CryptoDevBuf buf_of(struct iovec *iov, const GByteArray *bytes)
{
    *iov = (struct iovec) { bytes->data, bytes->len };
    return (CryptoDevBuf) { iov, 0, bytes->len };
}

/* The memory that an operation writes to, and how it ended */
typedef struct Outcome {
    GByteArray *dst, *digest;
    CryptoDevOp op;
} Outcome;

static GByteArray *filled(size_t len)
{
    GByteArray *bytes = g_byte_array_sized_new(len + 1);

    g_byte_array_set_size(bytes, len);
    memset(bytes->data, FILL, len);
    return bytes;
}

static Outcome run_one(const Both *both, size_t i, const CryptoDevOp *op,
                       size_t dst_room, size_t digest_room)
{
    Outcome outcome = { filled(dst_room), filled(digest_room), *op };
    struct iovec dst, digest;

    outcome.op.session = both->sessions[i];
    outcome.op.dst = buf_of(&dst, outcome.dst);
    outcome.op.digest = buf_of(&digest, outcome.digest);
    run_ops(both->agreement->backends[i], &outcome.op, 1);
    return outcome;
}

static void outcome_clear(Outcome *outcome)
{
    g_byte_array_unref(outcome->dst);
    g_byte_array_unref(outcome->digest);
}

static bool same_bytes(const GByteArray *one, const GByteArray *other)
{
    return one->len == other->len &&
           !memcmp(one->data, other->data, one->len);
}

static void show_op(const CryptoDevOp *op)
{
    CryptodevService service = op->session->capability->service;

    g_test_message("  operation %d of %s/%s", op->type,
                   CryptodevService_str(service),
                   op->session->capability->name);
    if (op->src.len) {
        show("source", op->src.iov->iov_base, op->src.len);
    }
    if (op->signature.len) {
        show("signature", op->signature.iov->iov_base, op->signature.len);
    }
}

static bool compare(const Outcome *one, const Outcome *other, bool random)
{
    bool same = one->op.status == other->op.status &&
                one->op.result_len == other->op.result_len &&
                same_bytes(one->digest, other->digest) &&
                (random || same_bytes(one->dst, other->dst));

    if (!same) {
        g_test_message("statuses %d and %d, results of %zu and %zu bytes",
                       one->op.status, other->op.status, one->op.result_len,
                       other->op.result_len);
        show("destination", one->dst->data, one->dst->len);
        show("and", other->dst->data, other->dst->len);
        show_op(&one->op);
        g_test_fail();
    }
    return same && one->op.status == CRYPTODEV_OK;
}

GByteArray *both_run(const Both *both, const CryptoDevOp *op, size_t dst_room,
                     size_t digest_room)
{
    Outcome one = run_one(both, 0, op, dst_room, digest_room);
    Outcome other = run_one(both, 1, op, dst_room, digest_room);
    GByteArray *result = NULL;

    count(both->agreement, one.op.status);
    if (compare(&one, &other, false)) {
        result = g_byte_array_new();
        g_byte_array_append(result, one.dst->data,
                            MIN(one.op.result_len, one.dst->len));
        g_byte_array_append(result, one.digest->data, one.digest->len);
    }
    outcome_clear(&one);
    outcome_clear(&other);
    return result;
}

void both_verify(const Both *both, const GByteArray *digest,
                 const GByteArray *signature)
{
    struct iovec src, signed_iov;
    CryptoDevOp op = {
        .type = CRYPTODEV_OP_VERIFY,
        .src = buf_of(&src, digest),
        .signature = buf_of(&signed_iov, signature),
    };
    GByteArray *verdict = both_run(both, &op, 0, 0);

    g_clear_pointer(&verdict, g_byte_array_unref);
}

static void check_reader(const Outcome *outcome, const Both *reader,
                         CryptoDevOpType type)
{
    g_autoptr(GByteArray) src = g_byte_array_new();
    g_autoptr(GByteArray) again = NULL;
    struct iovec iov;
    CryptoDevOp op = { .type = type };

    g_byte_array_append(src, outcome->dst->data, outcome->op.result_len);
    op.src = buf_of(&iov, src);
    again = both_run(reader, &op, CRYPTODEV_AKCIPHER_RESULT_MAX, 0);
    g_assert_nonnull(again);
    g_assert_cmpmem(again->data, again->len,
                    outcome->op.src.iov->iov_base, outcome->op.src.len);
}

void both_run_random(const Both *both, const CryptoDevOp *op, size_t dst_room,
                     const Both *reader, CryptoDevOpType type)
{
    Outcome one = run_one(both, 0, op, dst_room, 0);
    Outcome other = run_one(both, 1, op, dst_room, 0);

    count(both->agreement, one.op.status);
    if (compare(&one, &other, true) && reader) {
        check_reader(&one, reader, type);
        check_reader(&other, reader, type);
    }
    outcome_clear(&one);
    outcome_clear(&other);
}

static CryptoDevOperand *as_operands(const GPtrArray *operands)
{
    CryptoDevOperand *all = g_new0(CryptoDevOperand, operands->len + 1);

    for (guint i = 0; i < operands->len; i++) {
        const GByteArray *bytes = operands->pdata[i];

        all[i] = (CryptoDevOperand) { bytes->data, bytes->len };
    }
    return all;
}

Both *both_new_computation(Agreement *agreement,
                           CryptodevService service, uint32_t operation,
                           GPtrArray *operands)
{
    g_autofree CryptoDevOperand *all = as_operands(operands);
    CryptoDevSessionParams params = {
        .service = service,
        .algo = operation,
        .compute.operands = all,
        .compute.n = operands->len,
    };

    return both_new(agreement, &params);
}

static bool same_results(const CryptoDevComputation *one,
                         const CryptoDevComputation *other)
{
    bool same = one->status == other->status &&
                one->n_results == other->n_results;

    for (size_t i = 0; same && i < one->n_results; i++) {
        same = one->results[i].len == other->results[i].len &&
               !memcmp(one->results[i].data, other->results[i].data,
                       one->results[i].len);
    }
    return same;
}

static void show_computation(const CryptoDevComputation *computation)
{
    g_test_message("  status %d, %zu results", computation->status,
                   computation->n_results);
    for (size_t i = 0; i < computation->n_results; i++) {
        show("result", computation->results[i].data,
             computation->results[i].len);
    }
}

static GPtrArray *take_results(const CryptoDevComputation *computation)
{
    GPtrArray *results = operands_new();

    for (size_t i = 0; i < computation->n_results; i++) {
        GByteArray *result = g_byte_array_new();

        g_byte_array_append(result, computation->results[i].data,
                            computation->results[i].len);
        g_ptr_array_add(results, result);
    }
    return results;
}

static void differ(const CryptoDevComputation *computations)
{
    g_test_message("computation %u of %s:", computations[0].operation,
                   CryptodevService_str(computations[0].service));
    for (size_t i = 0; i < computations[0].n_operands; i++) {
        show("operand", computations[0].operands[i].data,
             computations[0].operands[i].len);
    }
    show_computation(&computations[0]);
    show_computation(&computations[1]);
    g_test_fail();
}

GPtrArray *both_compute(Agreement *agreement, CryptodevService service,
                        uint32_t operation, const Both *session,
                        GPtrArray *operands)
{
    g_autofree CryptoDevOperand *all = as_operands(operands);
    CryptoDevComputation computations[AGREEMENT_BACKENDS];
    GPtrArray *results = NULL;

    for (size_t i = 0; i < AGREEMENT_BACKENDS; i++) {
        computations[i] = (CryptoDevComputation) {
            .service = service,
            .operation = operation,
            .session = session ? session->sessions[i] : NULL,
            .operands = all,
            .n_operands = operands->len,
        };
        cryptodev_backend_compute(agreement->backends[i], &computations[i]);
    }
    count(agreement, computations[0].status);
    if (!same_results(&computations[0], &computations[1])) {
        differ(computations);
    } else if (computations[0].status == CRYPTODEV_OK) {
        results = take_results(&computations[0]);
    }
    for (size_t i = 0; i < AGREEMENT_BACKENDS; i++) {
        cryptodev_computation_clear(&computations[i]);
    }
    return results;
}

static void unref_bytes(gpointer bytes)
{
    g_byte_array_unref(bytes);
}

GPtrArray *operands_new(void)
{
    return g_ptr_array_new_with_free_func(unref_bytes);
}

void add_bytes(GPtrArray *operands, const GByteArray *bytes)
{
    GByteArray *copy = g_byte_array_sized_new(bytes->len + 1);

    g_byte_array_append(copy, bytes->data, bytes->len);
    g_ptr_array_add(operands, copy);
}

void add_number(GPtrArray *operands, uint32_t number)
{
    GByteArray *bytes = g_byte_array_new();
    uint32_t big_endian = cpu_to_be32(number);

    g_byte_array_append(bytes, (uint8_t *)&big_endian, sizeof(big_endian));
    g_ptr_array_add(operands, bytes);
}

void add_bn(GPtrArray *operands, const BIGNUM *bn, size_t len)
{
    GByteArray *bytes = g_byte_array_new();

    g_byte_array_set_size(bytes, MAX(len, MAX(BN_num_bytes(bn), 1)));
    BN_bn2binpad(bn, bytes->data, bytes->len);
    g_ptr_array_add(operands, bytes);
}

bool one_in(GRand *rand, int n)
{
    return g_rand_int_range(rand, 0, n) == 0;
}

BIGNUM *random_bn(GRand *rand, int bits)
{
    g_autoptr(GByteArray) bytes = random_bytes(rand, DIV_ROUND_UP(bits, 8));
    BIGNUM *bn = BN_bin2bn(bytes->data, bytes->len, NULL);

    BN_mask_bits(bn, bits);
    return bn;
}

/* @n and a small step from there, but not below 0 */
static BIGNUM *step_from(GRand *rand, const BIGNUM *n)
{
    int step = g_rand_int_range(rand, -STEP_MAX, STEP_MAX + 1);
    BIGNUM *bn = BN_dup(n);

    if (step >= 0) {
        BN_add_word(bn, step);
    } else if (BN_num_bits(bn) > STEP_MAX) {
        BN_sub_word(bn, -step);
    }
    return bn;
}

BIGNUM *edge_bn(GRand *rand, const BIGNUM *n)
{
    g_autoptr(BIGNUM) zero = BN_new();
    g_autoptr(BN_CTX) work = BN_CTX_new();
    g_autoptr(BIGNUM) large = NULL;
    BIGNUM *bn;

    switch (BN_is_zero(n) ? 0 : g_rand_int_range(rand, 0, 8)) {
    case 0:
        return step_from(rand, zero);
    case 1:
        return step_from(rand, n);
    case 2:
        return random_bn(rand, g_rand_int_range(rand, 1, BN_num_bits(n) + 1));
    default:
        large = random_bn(rand, BN_num_bits(n) + 64);
        bn = BN_new();
        BN_nnmod(bn, large, n, work);
        return bn;
    }
}

static GByteArray *copy_of(const GByteArray *bytes)
{
    GByteArray *copy = g_byte_array_sized_new(bytes->len + 1);

    return g_byte_array_append(copy, bytes->data, bytes->len);
}

static void flip_bit(GRand *rand, GByteArray *bytes)
{
    if (bytes->len) {
        bytes->data[g_rand_int_range(rand, 0, bytes->len)] ^=
            1 << g_rand_int_range(rand, 0, 8);
    }
}

static void prepend_zeros(GRand *rand, GByteArray *bytes)
{
    static const uint8_t zeros[ZEROS_MAX];

    g_byte_array_prepend(bytes, zeros,
                         g_rand_int_range(rand, 1, ZEROS_MAX + 1));
}

GByteArray *spoil(GRand *rand, const GByteArray *bytes)
{
    GByteArray *copy = copy_of(bytes);
    uint8_t byte = g_rand_int(rand);

    switch (g_rand_int_range(rand, 0, 9)) {
    case 0:
        g_byte_array_append(copy, &byte, 1);
        break;
    case 1:
        g_byte_array_set_size(copy, g_rand_int_range(rand, 0, copy->len + 1));
        break;
    case 2:
        prepend_zeros(rand, copy);
        break;
    case 3:
        memset(copy->data, one_in(rand, 2) ? 0 : 0xff, copy->len);
        break;
    case 4:
        g_byte_array_set_size(copy, MIN(copy->len, 1));
        break;
    case 5:
        if (copy->len) {
            g_byte_array_remove_index(copy, 0);
        }
        break;
    default:
        flip_bit(rand, copy);
        break;
    }
    return copy;
}

void spoil_one(GRand *rand, GPtrArray *operands)
{
    if (operands->len && one_in(rand, 3)) {
        gpointer *place =
            &operands->pdata[g_rand_int_range(rand, 0, operands->len)];
        GByteArray *spoiled = spoil(rand, *place);

        g_byte_array_unref(*place);
        *place = spoiled;
    }
}
