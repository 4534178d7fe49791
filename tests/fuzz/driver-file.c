/*
 * Fuzz target: what programs ask the Linux driver's file for
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Byte 0 has flags: bit 0 for RFC v1, bit 1 for a list, bit 2 for a request
 * without a session, bit 3 for a device of another byte order, bit 4 for a list
 * of results.  A list follows; or the structures of a session and a request.
 */

#include "qemu/osdep.h"
#include "guest/linux/decode.h"
#include "input.h"

enum {
    FLAG_RFC = 1,
    FLAG_LIST = 2,
    FLAG_BARE = 4,
    FLAG_SWAP = 8,
    FLAG_RESULTS = 16,
};

#define FIELD 4

static void check_error(int err)
{
    g_assert(!err || err == -EINVAL || err == -EOPNOTSUPP || err == -EMSGSIZE);
}

/* What the driver allocates and the protocols tell apart */
static void check_session(const struct vcrypto_session *from, bool rfc,
                          const struct vc_params *params)
{
    bool compute = params->service == VC_COMPUTE;

    g_assert(params->key_len <= VC_KEY_MAX);
    g_assert(params->auth_len <= 2 * VC_AUTH_KEY_MAX);
    g_assert(params->key_len + params->auth_len ==
             from->key_len + from->auth_key_len);
    g_assert(params->tag_len <= VC_DATA_MAX);
    g_assert(compute ? params->algo >> 24 >= 2 && params->algo >> 24 <= 13
                     : params->algo < 64);
    g_assert(rfc || !compute);
    g_assert(!rfc || params->service != VC_AKCIPHER);
    g_assert(params->service != VC_CHAIN || params->order);
    g_assert(!from->flags && !from->id);
}

static void check_request(const struct vcrypto_request *from, bool rfc,
                          const struct vc_params *params,
                          const struct vc_plan *plan)
{
    g_assert(plan->iv_len <= VC_IV_MAX && plan->iv_len == from->iv_len);
    g_assert(plan->readable <= VC_DATA_MAX);
    g_assert(plan->readable == (uint64_t)from->aad_len + from->src_len);
    g_assert(plan->writable == (uint64_t)plan->dst_len + plan->digest_len);
    g_assert(plan->writable <= from->dst_len && from->dst_len <= VC_DATA_MAX);
    g_assert(plan->list == (params->service == VC_COMPUTE));
    g_assert(!plan->list || plan->src_len <= VC_OPERANDS_BYTES);
    if (plan->ranges) {
        g_assert(!rfc && params->service == VC_CHAIN);
        g_assert(plan->cipher.len <= plan->src_len - plan->cipher.start);
        g_assert(plan->hash.len <= plan->src_len - plan->hash.start);
    }
}

/* The number of elements, by other means; -1 if the bytes are no list */
static int count_elements(const uint8_t *bytes, size_t len, bool swap)
{
    int count = 0;

    while (len) {
        uint64_t next = FIELD;

        if (len < FIELD) {
            return -1;
        }
        next += (uint32_t)(swap ? ldl_be_p(bytes) : ldl_le_p(bytes));
        if (next > len) {
            return -1;
        }
        bytes += next;
        len -= next;
        count++;
    }
    return count;
}

static void fuzz_list(FuzzInput input, uint8_t flags)
{
    bool swap = flags & FLAG_SWAP, results = flags & FLAG_RESULTS;
    g_autofree uint8_t *bytes = g_malloc(input.len + 1);
    struct vc_pieces list = { { bytes }, input.len };
    int count = count_elements(input.data, input.len, swap && results);
    int got;

    memcpy(bytes, input.data, input.len);
    got = vc_convert_list(&list, input.len, swap, results);
    g_assert(got == (count < 0 || count > VC_OPERANDS_MAX ? -EINVAL : count));
    if (got >= 0) {
        g_assert(count_elements(bytes, input.len, swap && !results) == got);
        g_assert(vc_convert_list(&list, input.len, swap, !results) == got);
        g_assert(!memcmp(bytes, input.data, input.len));
    }
}

/* A length that lies across two pieces */
static void check_pieces(bool swap)
{
    g_autofree uint8_t *first = g_malloc0(VC_PIECE);
    g_autofree uint8_t *second = g_malloc0(VC_PIECE);
    struct vc_pieces list = { { first, second }, VC_PIECE + 5 };

    stl_le_p(first, VC_PIECE - 2 - FIELD);
    first[VC_PIECE - 2] = 3;
    g_assert(vc_convert_list(&list, VC_PIECE + 5, swap, false) == 2);
    g_assert(swap ? second[1] == 3 && !first[VC_PIECE - 2]
                  : first[VC_PIECE - 2] == 3);
    g_assert(vc_convert_list(&list, VC_PIECE + 4, swap, true) == -EINVAL);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    check_pieces(false);
    check_pieces(true);
    return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    FuzzInput input = { data, len };
    uint8_t flags = fuzz_take_byte(&input);
    bool rfc = flags & FLAG_RFC;
    struct vcrypto_session session;
    struct vcrypto_request request;
    struct vc_params params, own;
    struct vc_plan plan;
    bool bare;
    int err;

    if (flags & FLAG_LIST) {
        fuzz_list(input, flags);
        return 0;
    }
    fuzz_take(&input, &session, sizeof(session));
    fuzz_take(&input, &request, sizeof(request));
    err = vc_decode_session(&session, rfc, &params);
    check_error(err);
    if (!err) {
        check_session(&session, rfc, &params);
    }
    bare = err || flags & FLAG_BARE;
    err = vc_decode_request(&request, rfc, bare ? NULL : &params, &own, &plan);
    check_error(err);
    if (!err) {
        check_request(&request, rfc, &own, &plan);
    }
    return 0;
}
