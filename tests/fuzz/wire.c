/*
 * Fuzz targets: the decoders of a wire protocol
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "wire.h"

/* Fill structures with this before decoding; not a valid pointer or length */
#define POISON_ONE 0x5a
#define POISON_OTHER 0xa5

enum {
    FLAG_DATA = 1,
    FLAG_BIG_ENDIAN = 2,
    FLAG_SESSION_SHIFT = 3,
};

static bool same_bytes(const uint8_t *one, const uint8_t *other, size_t len)
{
    return one == other || (len && !memcmp(one, other, len));
}

/* The former contents of the structure must not affect the result. */
static void check_same_ctrl(const VirtIOCryptoCtrlReq *one,
                            const VirtIOCryptoCtrlReq *other)
{
    const CryptoDevSessionParams *params = &one->params;

    if (one->type == VIRTIO_CRYPTO_CTRL_DESTROY) {
        g_assert(one->session_id == other->session_id);
        g_assert(one->service == other->service);
        return;
    }
    g_assert(params->service == other->params.service);
    g_assert(params->algo == other->params.algo);
    g_assert(params->key_len == other->params.key_len);
    g_assert(same_bytes(params->key, other->params.key, params->key_len));
    if (params->service == CRYPTODEV_SERVICE_CIPHER) {
        g_assert(params->cipher.chain.mode == other->params.cipher.chain.mode);
        g_assert(params->cipher.chain.key_len ==
                 other->params.cipher.chain.key_len);
    }
}

static void fuzz_ctrl(const VirtIOCryptoWire *wire,
                      const VirtIOCryptoChain *chain)
{
    VirtIOCryptoCtrlReq req, again;
    CryptoDevStatus status;

    memset(&req, POISON_ONE, sizeof(req));
    memset(&again, POISON_OTHER, sizeof(again));
    status = wire->decode_ctrl(chain, &req);
    g_assert(wire->decode_ctrl(chain, &again) == status);
    g_assert(req.type == again.type && req.type <= VIRTIO_CRYPTO_CTRL_DESTROY);
    g_assert(req.outcome_len == again.outcome_len);
    g_assert(req.outcome_len && req.outcome_len <= VIRTIO_CRYPTO_OUTCOME_MAX);
    if (status == CRYPTODEV_OK) {
        g_assert(req.type != VIRTIO_CRYPTO_CTRL_UNKNOWN);
        check_same_ctrl(&req, &again);
        fuzz_wire_check_ctrl(wire, chain, &req);
    }
}

/* Spans have no padding, so that they can be compared as bytes. */
static void check_same_data(const VirtIOCryptoDataReq *one,
                            const VirtIOCryptoDataReq *other)
{
    g_assert(one->type == other->type && one->computes == other->computes);
    g_assert(one->stateless == other->stateless);
    g_assert(!memcmp(&one->keys, &other->keys, sizeof(one->keys)));
    g_assert(!memcmp(&one->iv, &other->iv, sizeof(one->iv)));
    g_assert(!memcmp(&one->aad, &other->aad, sizeof(one->aad)));
    g_assert(!memcmp(&one->src, &other->src, sizeof(one->src)));
    g_assert(!memcmp(&one->dst, &other->dst, sizeof(one->dst)));
    g_assert(!memcmp(&one->digest, &other->digest, sizeof(one->digest)));
    g_assert(!memcmp(&one->signature, &other->signature,
                     sizeof(one->signature)));
    g_assert(!memcmp(&one->cipher_range, &other->cipher_range,
                     sizeof(one->cipher_range)));
    g_assert(!memcmp(&one->hash_range, &other->hash_range,
                     sizeof(one->hash_range)));
}

/*
 * A chain may end where its request does, and no byte earlier, unless the IV
 * has room that it can do without.
 */
static void check_end(const VirtIOCryptoWire *wire,
                      const VirtIOCryptoChain *chain,
                      const CryptoDevSession *session,
                      const VirtIOCryptoDataReq *req)
{
    uint64_t end = fuzz_wire_end(req);
    VirtIOCryptoChain cut = fuzz_wire_cut(chain, end);
    VirtIOCryptoDataReq again;

    g_assert(end <= chain->readable);
    g_assert(wire->decode_data(&cut, session, &again) == CRYPTODEV_OK);
    check_same_data(req, &again);
    if (end > wire->data_header_len) {
        cut = fuzz_wire_cut(chain, end - 1);
        g_assert(wire->decode_data(&cut, session, &again) != CRYPTODEV_OK ||
                 again.src.offset < req->src.offset);
    }
}

static void fuzz_data(const VirtIOCryptoWire *wire, VirtIOCryptoChain *chain,
                      const CryptoDevSession *session)
{
    VirtIOCryptoDataReq req, again;
    CryptoDevStatus status;

    /* A device looks the session up only if the request names one. */
    if (!wire->session_of(chain)) {
        session = NULL;
    }
    memset(&req, POISON_ONE, sizeof(req));
    memset(&again, POISON_OTHER, sizeof(again));
    status = wire->decode_data(chain, session, &req);
    g_assert(wire->decode_data(chain, session, &again) == status);
    if (status != CRYPTODEV_OK) {
        return;
    }
    check_same_data(&req, &again);
    fuzz_wire_check_data(wire, chain, session, &req);
    check_end(wire, chain, session, &req);
    /* More room, and a more generous limit, do no harm. */
    chain->writable++;
    chain->max_size++;
    g_assert(wire->decode_data(chain, session, &again) == CRYPTODEV_OK);
}

/* A copy of the exact size, so that a sanitizer detects reads behind it */
static uint8_t *copy_head(const VirtIOCryptoWire *wire, bool is_data,
                          FuzzInput input, VirtIOCryptoChain *chain)
{
    size_t max = is_data ? wire->data_head_max : wire->ctrl_head_max;
    /* The input does not have the bytes after a data request's head. */
    size_t len = is_data && chain->readable ? max : MIN(max, input.len);
    uint8_t *head = g_malloc0(len);

    memcpy(head, input.data, MIN(len, input.len));
    chain->readable = len < max ? len
                                : MAX(len, input.len) + chain->readable;
    chain->head = head;
    chain->head_len = len;
    return head;
}

void fuzz_wire(const VirtIOCryptoWire *wire, const uint8_t *data, size_t len)
{
    FuzzInput input = { data, len };
    uint8_t flags = fuzz_take_byte(&input);
    bool is_data = flags & FLAG_DATA;
    VirtIOCryptoChain chain = {
        .features = fuzz_take_u64(&input),
        .big_endian = flags & FLAG_BIG_ENDIAN,
    };
    g_autofree uint8_t *head = NULL;

    chain.readable = fuzz_take_u32(&input);
    chain.writable = fuzz_take_u32(&input);
    chain.max_size = fuzz_take_u32(&input);
    if (input.len < (is_data ? wire->data_header_len
                             : wire->ctrl_header_len)) {
        return;
    }
    head = copy_head(wire, is_data, input, &chain);
    if (!is_data) {
        fuzz_ctrl(wire, &chain);
    } else if (chain.writable) {
        fuzz_data(wire, &chain,
                  fuzz_wire_session(flags >> FLAG_SESSION_SHIFT));
    }
}
