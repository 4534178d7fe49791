/*
 * Fuzz targets: checks of a decoded request
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "wire.h"

#define SESSION_ID 0x0102030405060708ull

/* The standard's numbers: the parts before an IV, and the room for one */
#define REVISION_1 1
#define HEADER_LEN 24
#define AEAD_LEN 24
#define PADDED_LEN 48
#define IV_ROOM 16

static bool within(const void *part, size_t part_len, const uint8_t *whole,
                   size_t whole_len)
{
    uintptr_t offset = (uintptr_t)part - (uintptr_t)whole;

    return offset <= whole_len && part_len <= whole_len - offset;
}

static void check_key(const VirtIOCryptoChain *chain, const uint8_t *key,
                      size_t len)
{
    g_assert(!len || within(key, len, chain->head, chain->head_len));
}

/* The decoded operands must encode to the same list. */
static void check_operands(const VirtIOCryptoWire *wire,
                           const VirtIOCryptoChain *chain,
                           const VirtIOCryptoCtrlReq *req)
{
    const CryptoDevSessionParams *params = &req->params;
    CryptoDevResult results[CRYPTODEV_OPERANDS_MAX];
    size_t n = params->compute.n;
    g_autofree uint8_t *bytes = NULL;
    size_t len;

    g_assert(wire->decode_operands && n <= CRYPTODEV_OPERANDS_MAX);
    g_assert(params->compute.operands == req->operands);
    for (size_t i = 0; i < n; i++) {
        check_key(chain, req->operands[i].data, req->operands[i].len);
        results[i].data = (uint8_t *)req->operands[i].data;
        results[i].len = req->operands[i].len;
    }
    if (n) {
        len = wire->results_len(results, n);
        bytes = g_malloc(len);
        wire->encode_results(results, n, chain->big_endian, bytes);
        g_assert(within(results[0].data - sizeof(uint32_t), len, chain->head,
                        chain->head_len));
        g_assert(!memcmp(bytes, results[0].data - sizeof(uint32_t), len));
    }
}

static bool has_operations(CryptodevService service)
{
    return service >= CRYPTODEV_SERVICE_DH;
}

static void check_create(const VirtIOCryptoWire *wire,
                         const VirtIOCryptoChain *chain,
                         const VirtIOCryptoCtrlReq *req)
{
    const CryptoDevSessionParams *params = &req->params;

    g_assert(params->service < CRYPTODEV_SERVICE__MAX);
    if (has_operations(params->service)) {
        check_operands(wire, chain, req);
        return;
    }
    check_key(chain, params->key, params->key_len);
    if (params->service == CRYPTODEV_SERVICE_CIPHER) {
        const CryptoDevChainParams *chained = &params->cipher.chain;

        check_key(chain, chained->key, chained->key_len);
        g_assert(chained->mode <= CRYPTODEV_HASH_MODE_NESTED);
        /* Keys follow one another. */
        g_assert(!chained->key_len ||
                 chained->key == params->key + params->key_len);
    }
}

/* The answer fits where the device lets it go, and has the number there. */
static void check_outcome(const VirtIOCryptoWire *wire,
                          const VirtIOCryptoChain *chain,
                          const VirtIOCryptoCtrlReq *req,
                          CryptoDevStatus status)
{
    uint8_t outcome[VIRTIO_CRYPTO_OUTCOME_MAX] = { };
    size_t len = wire->encode_ctrl(chain, req, status, SESSION_ID, outcome);
    uint64_t id = chain->big_endian && wire->ctrl_status_last
                  ? ldq_be_p(outcome) : ldq_le_p(outcome);

    g_assert(len <= VIRTIO_CRYPTO_OUTCOME_MAX);
    if (chain->writable >= req->outcome_len) {
        g_assert(len + wire->ctrl_status_last <= chain->writable);
    }
    if (req->type == VIRTIO_CRYPTO_CTRL_CREATE) {
        g_assert((id == SESSION_ID) == (status == CRYPTODEV_OK));
    }
}

void fuzz_wire_check_ctrl(const VirtIOCryptoWire *wire,
                          const VirtIOCryptoChain *chain,
                          const VirtIOCryptoCtrlReq *req)
{
    if (req->type == VIRTIO_CRYPTO_CTRL_CREATE) {
        check_create(wire, chain, req);
    } else {
        g_assert(req->service <= CRYPTODEV_SERVICE__MAX);
    }
    check_outcome(wire, chain, req, CRYPTODEV_OK);
    check_outcome(wire, chain, req, CRYPTODEV_NOSPC);
}

static void check_apart(VirtIOCryptoSpan one, VirtIOCryptoSpan other)
{
    g_assert(!one.len || !other.len || one.offset >= other.offset + other.len ||
             other.offset >= one.offset + one.len);
}

/* Spans lie between @start and @end, no two of them on the same byte. */
static uint64_t check_spans(const VirtIOCryptoSpan *spans, size_t n,
                            uint64_t start, uint64_t end)
{
    uint64_t total = 0;

    for (size_t i = 0; i < n; i++) {
        if (!spans[i].len) {
            continue;
        }
        g_assert(spans[i].offset >= start && spans[i].offset <= end);
        g_assert(spans[i].len <= end - spans[i].offset);
        for (size_t j = 0; j < i; j++) {
            check_apart(spans[i], spans[j]);
        }
        total += spans[i].len;
    }
    return total;
}

static void check_stateless(const VirtIOCryptoDataReq *req)
{
    const CryptoDevSessionParams *params = &req->params;
    uint64_t auth_key_len = params->service == CRYPTODEV_SERVICE_CIPHER
                            ? params->cipher.chain.key_len : 0;

    g_assert(params->service < CRYPTODEV_SERVICE_DH);
    g_assert(params->key_len <= CRYPTODEV_KEY_MAX);
    g_assert(auth_key_len <= CRYPTODEV_AUTH_KEY_MAX);
    g_assert(req->keys.len == params->key_len + auth_key_len);
}

VirtIOCryptoChain fuzz_wire_cut(const VirtIOCryptoChain *chain,
                                uint64_t readable)
{
    VirtIOCryptoChain cut = *chain;

    cut.readable = readable;
    cut.head_len = MIN(cut.head_len, readable);
    return cut;
}

uint64_t fuzz_wire_end(const VirtIOCryptoDataReq *req)
{
    const VirtIOCryptoSpan spans[] = {
        req->keys, req->iv, req->aad, req->src, req->signature,
    };
    uint64_t end = 0;

    for (size_t i = 0; i < ARRAY_SIZE(spans); i++) {
        end = MAX(end, spans[i].offset + spans[i].len);
    }
    return end;
}

/* An IV that has the room of the longest one can do without. */
static void check_exact(const VirtIOCryptoChain *chain,
                        const CryptoDevSession *session, uint64_t start,
                        const VirtIOCryptoDataReq *req)
{
    uint64_t end = start + req->iv.len + req->src.len + req->aad.len;
    VirtIOCryptoChain cut = fuzz_wire_cut(chain, end);
    VirtIOCryptoDataReq exact;

    g_assert(virtio_crypto_wire_virtio.decode_data(&cut, session, &exact) ==
             CRYPTODEV_OK);
    g_assert(exact.iv.offset == start);
    g_assert(exact.src.offset == start + req->iv.len);
    g_assert(fuzz_wire_end(&exact) == end);
}

/*
 * Where the data of AEAD is.  The IV of GCM and CCM has the room of the longest
 * one if the chain is long enough, and CCM's is not the first byte there.
 */
static void check_aead(const VirtIOCryptoChain *chain,
                       const CryptoDevSession *session, uint32_t algo,
                       uint64_t start, const VirtIOCryptoDataReq *req)
{
    bool room = algo != CRYPTODEV_AEAD_CHACHA20_POLY1305 &&
                chain->readable - start >=
                IV_ROOM + req->src.len + req->aad.len;
    uint64_t skipped = room && algo == CRYPTODEV_AEAD_AES_CCM ? 1 : 0;

    g_assert(req->iv.offset == start + skipped);
    g_assert(req->src.offset == start + (room ? IV_ROOM : req->iv.len));
    g_assert(req->aad.offset == req->src.offset + req->src.len);
    check_exact(chain, session, start, req);
}

/* Session mode and stateless mode must agree; only the standard has both. */
static void check_layout(const VirtIOCryptoChain *chain,
                         const CryptoDevSession *session,
                         const VirtIOCryptoDataReq *req)
{
    uint64_t fixed = HEADER_LEN + (chain->features & REVISION_1 ? AEAD_LEN
                                                                : PADDED_LEN);

    if (req->stateless && req->params.service == CRYPTODEV_SERVICE_AEAD) {
        check_aead(chain, session, req->params.algo,
                   req->keys.offset + req->keys.len, req);
    }
    if (!req->stateless &&
        session->capability->service == CRYPTODEV_SERVICE_AEAD) {
        check_aead(chain, session, session->capability->algo, fixed, req);
    }
}

void fuzz_wire_check_data(const VirtIOCryptoWire *wire,
                          const VirtIOCryptoChain *chain,
                          const CryptoDevSession *session,
                          const VirtIOCryptoDataReq *req)
{
    const VirtIOCryptoSpan readable[] = {
        req->keys, req->iv, req->aad, req->src, req->signature,
    };
    const VirtIOCryptoSpan writable[] = { req->dst, req->digest };
    uint64_t total =
        check_spans(readable, ARRAY_SIZE(readable), wire->data_header_len,
                    chain->readable) +
        check_spans(writable, ARRAY_SIZE(writable), 0,
                    chain->writable - sizeof(uint8_t));

    g_assert(total <= chain->max_size);
    g_assert(req->type <= CRYPTODEV_OP_DIGEST);
    g_assert(session || req->stateless || req->computes);
    if (req->stateless) {
        check_stateless(req);
    }
    if (wire == &virtio_crypto_wire_virtio) {
        check_layout(chain, session, req);
    }
    if (req->computes) {
        g_assert(wire->decode_operands && has_operations(req->service));
    }
}
