/*
 * Agreement of two backends: batches of symmetric operations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A backend may compute what it gets at once otherwise than what it gets alone.
 * Few sessions have many operations, of which some are wrong, on texts that are
 * of much the same length, or of any.
 */

#include "qemu/osdep.h"
#include "agreement.h"

#define ROUNDS 120
#define SESSIONS 4
#define BATCH 64
#define LEN_MAX 4000
#define AAD_MAX 60
#define KEY_MAX 80

/* What memory holds before an operation */
#define FILL 0x5a

/* A random operation, and its memory on both backends */
typedef struct Request {
    const Both *both;
    CryptoDevOp op;
    GByteArray *src, *aad;
    struct iovec src_iov, aad_iov;
    GByteArray *dst[AGREEMENT_BACKENDS], *digest[AGREEMENT_BACKENDS];
    struct iovec dst_iov[AGREEMENT_BACKENDS];
    struct iovec digest_iov[AGREEMENT_BACKENDS];
} Request;

static const CryptoDevCapability *random_algorithm(Agreement *agreement)
{
    g_autoptr(GPtrArray) all = g_ptr_array_new();
    const CryptoDevCapability *algo;
    guint i = 0;

    while ((algo = cryptodev_backend_next(agreement->backends[0], &i))) {
        if (algo->service <= CRYPTODEV_SERVICE_AEAD) {
            g_ptr_array_add(all, (void *)algo);
        }
    }
    return all->pdata[g_rand_int_range(agreement->rand, 0, all->len)];
}

/* Half of the ciphers are chains with HMAC, and half of those AES-CBC. */
static void set_chain(GRand *rand, CryptoDevSessionParams *params,
                      const GByteArray *key)
{
    params->cipher.encrypt = one_in(rand, 2);
    if (one_in(rand, 2)) {
        return;
    }
    if (one_in(rand, 2)) {
        params->algo = CRYPTODEV_CIPHER_AES_CBC;
        params->key_len = random_len(rand, 2, 4) * 8;
    }
    params->cipher.chain = (CryptoDevChainParams) {
        .mode = CRYPTODEV_HASH_MODE_AUTH,
        .cipher_first = one_in(rand, 2),
        .algo = random_len(rand, 0, CRYPTODEV_MAC_HMAC_SHA512),
        .key = key->data,
        .key_len = random_len(rand, 0, KEY_MAX),
    };
}

static Both *random_session(Agreement *agreement)
{
    GRand *rand = agreement->rand;
    g_autoptr(GByteArray) key = random_bytes(rand, 1024);
    Both *both;

    do {
        const CryptoDevCapability *algo = random_algorithm(agreement);
        CryptoDevSessionParams params = {
            .service = algo->service, .algo = algo->algo, .key = key->data,
        };

        if (algo->key_max) {
            params.key_len = random_key_len(algo, rand);
        }
        if (algo->service == CRYPTODEV_SERVICE_CIPHER) {
            set_chain(rand, &params, key);
        } else if (algo->service == CRYPTODEV_SERVICE_AEAD) {
            params.aead.encrypt = one_in(rand, 2);
            params.aead.tag_len = random_bit(algo->tag_lens, rand);
        }
        both = both_new(agreement, &params);
    } while (!both);
    return both;
}

static bool is_digest(const CryptoDevSession *session)
{
    CryptodevService service = session->capability->service;

    return service == CRYPTODEV_SERVICE_HASH ||
           service == CRYPTODEV_SERVICE_MAC;
}

static CryptoDevOpType random_type(GRand *rand,
                                   const CryptoDevSession *session)
{
    if (one_in(rand, 40)) {
        return CRYPTODEV_OP_SIGN;
    }
    if (is_digest(session)) {
        return CRYPTODEV_OP_DIGEST;
    }
    return session->encrypt ? CRYPTODEV_OP_ENCRYPT : CRYPTODEV_OP_DECRYPT;
}

static GByteArray *filled(size_t len)
{
    GByteArray *bytes = g_byte_array_sized_new(len + 1);

    g_byte_array_set_size(bytes, len);
    memset(bytes->data, FILL, len);
    return bytes;
}

static void set_rooms(Request *request, GRand *rand)
{
    const CryptoDevSession *session = request->both->sessions[0];
    size_t dst = is_digest(session) ? 0 : request->src->len;
    size_t digest = 0;

    if (session->capability->service == CRYPTODEV_SERVICE_AEAD) {
        dst += 16;
    }
    if (is_digest(session) || session->chained) {
        digest = random_len(rand, 1, MIN(session->digest_len, 64));
    }
    if (dst && one_in(rand, 40)) {
        dst--;
    }
    for (size_t i = 0; i < AGREEMENT_BACKENDS; i++) {
        request->dst[i] = filled(dst);
        request->digest[i] = filled(digest);
    }
}

static void set_ranges(CryptoDevOp *op, size_t len, size_t block, GRand *rand)
{
    size_t blocks = len / block;
    size_t start = random_len(rand, 0, blocks);

    op->cipher_range.offset = start * block;
    op->cipher_range.len = random_len(rand, 0, blocks - start) * block;
    op->hash_range.offset = random_len(rand, 0, len);
    op->hash_range.len = random_len(rand, 0, len - op->hash_range.offset);
    if (one_in(rand, 2)) {
        op->cipher_range = (CryptoDevRange) { 0, blocks * block };
        op->hash_range = (CryptoDevRange) { 0, len };
    }
}

static Request *random_request(const Both *both, size_t about, GRand *rand)
{
    const CryptoDevSession *session = both->sessions[0];
    const CryptoDevCapability *algo = session->capability;
    size_t block = MAX(algo->block_len, 1);
    size_t len = random_len(rand, about / 2, about) / block * block;
    Request *request = g_new0(Request, 1);
    CryptoDevOp *op = &request->op;

    request->both = both;
    request->src = random_bytes(rand, len + (one_in(rand, 40) ? 1 : 0));
    request->aad = random_bytes(rand, one_in(rand, 2) ? 0
                                      : random_len(rand, 0, AAD_MAX));
    op->type = random_type(rand, session);
    op->src = buf_of(&request->src_iov, request->src);
    op->iv_len = random_bit(algo->iv_lens, rand);
    for (size_t i = 0; i < op->iv_len; i++) {
        op->iv[i] = one_in(rand, 3) ? 0xff : g_rand_int(rand);
    }
    if (algo->service == CRYPTODEV_SERVICE_AEAD || session->chained) {
        op->aad = buf_of(&request->aad_iov, request->aad);
    }
    set_ranges(op, request->src->len, block, rand);
    set_rooms(request, rand);
    return request;
}

static void request_free(Request *request)
{
    g_byte_array_unref(request->src);
    g_byte_array_unref(request->aad);
    for (size_t i = 0; i < AGREEMENT_BACKENDS; i++) {
        g_byte_array_unref(request->dst[i]);
        g_byte_array_unref(request->digest[i]);
    }
    g_free(request);
}

static void run_on(Agreement *agreement, size_t i, Request **requests,
                   CryptoDevOp *ops)
{
    for (size_t k = 0; k < BATCH; k++) {
        Request *request = requests[k];

        ops[k] = request->op;
        ops[k].session = request->both->sessions[i];
        ops[k].dst = buf_of(&request->dst_iov[i], request->dst[i]);
        ops[k].digest = buf_of(&request->digest_iov[i], request->digest[i]);
    }
    run_ops(agreement->backends[i], ops, BATCH);
}

static void compare(Agreement *agreement, const Request *request,
                    const CryptoDevOp *one, const CryptoDevOp *other)
{
    const CryptoDevSession *session = one->session;

    if (one->status != other->status ||
        one->result_len != other->result_len ||
        memcmp(request->dst[0]->data, request->dst[1]->data,
               request->dst[0]->len) ||
        memcmp(request->digest[0]->data, request->digest[1]->data,
               request->digest[0]->len)) {
        g_test_message("%s, chained with %s, encrypt %d: source of %u bytes,"
                       " additional data of %zu: statuses %d and %d",
                       session->capability->name,
                       session->chained ? session->chained->name : "nothing",
                       session->encrypt, request->src->len, one->aad.len,
                       one->status, other->status);
        g_test_fail();
    }
    if (one->status == CRYPTODEV_OK) {
        agreement->done++;
    } else {
        agreement->refused++;
    }
}

static void check_batch(Agreement *agreement, Both **sessions)
{
    GRand *rand = agreement->rand;
    size_t about = random_len(rand, 0, LEN_MAX);
    Request *requests[BATCH];
    CryptoDevOp ops[AGREEMENT_BACKENDS][BATCH];

    for (size_t i = 0; i < BATCH; i++) {
        requests[i] =
            random_request(sessions[g_rand_int_range(rand, 0, SESSIONS)],
                           one_in(rand, 10) ? random_len(rand, 0, LEN_MAX)
                                            : about, rand);
    }
    for (size_t i = 0; i < AGREEMENT_BACKENDS; i++) {
        run_on(agreement, i, requests, ops[i]);
    }
    for (size_t i = 0; i < BATCH; i++) {
        compare(agreement, requests[i], &ops[0][i], &ops[1][i]);
        request_free(requests[i]);
    }
}

void agreement_batches(Agreement *agreement)
{
    for (int i = 0; i < ROUNDS && !g_test_failed(); i++) {
        Both *sessions[SESSIONS];

        for (size_t k = 0; k < SESSIONS; k++) {
            sessions[k] = random_session(agreement);
        }
        for (int k = 0; k < 3; k++) {
            check_batch(agreement, sessions);
        }
        for (size_t k = 0; k < SESSIONS; k++) {
            both_free(sessions[k]);
        }
    }
}
