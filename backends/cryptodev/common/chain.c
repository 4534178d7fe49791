/*
 * Cryptography backends: chains of a cipher and a hash or MAC
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "cipher.h"
#include "digest.h"
#include "drivers.h"

typedef struct ChainSession {
    CryptoDevSession parent;
    bool cipher_first;
    CryptoDevCipher cipher;
    CryptoDevDigest *digest;
} ChainSession;

static void chain_destroy(CryptoDevSession *parent)
{
    ChainSession *session = container_of(parent, ChainSession, parent);

    cryptodev_cipher_destroy(&session->cipher);
    cryptodev_digest_free(session->digest);
    g_free(session);
}

static CryptoDevStatus chain_create(CryptoDevBackend *backend,
                                    const CryptoDevSessionParams *params,
                                    CryptoDevSession **parent)
{
    const CryptoDevPrimitives *primitives = cryptodev_primitives(backend);
    const CryptoDevChainParams *chain = &params->cipher.chain;
    ChainSession *session;
    bool keyed;

    if (!cryptodev_digest_has(primitives, chain->mode, chain->algo)) {
        return CRYPTODEV_NOTSUPP;
    }
    session = g_new0(ChainSession, 1);
    *parent = &session->parent;
    session->cipher_first = chain->cipher_first;
    keyed = cryptodev_cipher_init(&session->cipher, primitives, params);
    session->digest = cryptodev_digest_new(primitives, chain->mode, chain->algo,
                                           chain->key, chain->key_len);
    return keyed && session->digest ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

/* Hash those bytes from @start to before @end that are in the range */
static void hash_part(CryptoDevDigestState *state, CryptoDevBuf buf,
                      const CryptoDevRange *range, uint64_t start,
                      uint64_t end)
{
    start = MAX(start, range->offset);
    end = MIN(end, range->offset + range->len);
    if (start < end) {
        cryptodev_digest_update(state,
                                cryptodev_buf_slice(buf, start, end - start));
    }
}

/*
 * The result ends where the destination ends, but the range that is hashed may
 * go on: there, and around the cipher range, the source is the result.
 */
static void hash_result(CryptoDevDigestState *state,
                        const CryptoDevOp *op, CryptoDevBuf src)
{
    uint64_t start = op->cipher_range.offset;
    uint64_t end = start + op->cipher_range.len;

    hash_part(state, src, &op->hash_range, 0, start);
    hash_part(state, op->dst, &op->hash_range, start, end);
    hash_part(state, src, &op->hash_range, end, src.len);
}

static void copy_part(CryptoDevBuf dst, CryptoDevBuf src, uint64_t start,
                      uint64_t end)
{
    cryptodev_buf_copy(cryptodev_buf_slice(dst, start, end - start),
                       cryptodev_buf_slice(src, start, end - start));
}

/* Fill the whole destination: encrypt the range, copy the bytes around it. */
static bool fill_destination(ChainSession *session, const CryptoDevOp *op,
                             CryptoDevBuf src)
{
    uint64_t start = op->cipher_range.offset;
    uint64_t len = op->cipher_range.len;

    copy_part(op->dst, src, 0, start);
    copy_part(op->dst, src, start + len, op->dst.len);
    return cryptodev_cipher_run(&session->cipher, op->iv, op->iv_len,
                                cryptodev_buf_slice(src, start, len),
                                cryptodev_buf_slice(op->dst, start, len));
}

/*
 * Hash all data before overwriting it, wherever the guest has its buffers: read
 * the additional data first, and write the digest last.
 */
static bool run_chain(ChainSession *session, const CryptoDevOp *op,
                      CryptoDevBuf src)
{
    CryptoDevDigestState *state = cryptodev_digest_start(session->digest);
    CryptoDevBuf digest = op->digest;
    bool filled;

    if (!state) {
        return false;
    }
    cryptodev_digest_update(state, op->aad);
    if (!session->cipher_first) {
        hash_part(state, src, &op->hash_range, 0, src.len);
    }
    filled = fill_destination(session, op, src);
    if (session->cipher_first) {
        hash_result(state, op, src);
    }
    if (!filled) {
        digest.len = 0;
    }
    return cryptodev_digest_finish(session->digest, state, digest) &&
           filled;
}

/* The same with a copy of the source, which the destination does not touch */
static bool run_on_copy(ChainSession *session, const CryptoDevOp *op)
{
    size_t len = op->src.len;
    struct iovec copy = { .iov_base = g_try_malloc(len), .iov_len = len };
    CryptoDevBuf src = op->src;
    bool ok;

    if (!copy.iov_base) {
        return false;
    }
    cryptodev_buf_read(&src, copy.iov_base, len);
    ok = run_chain(session, op, (CryptoDevBuf) { .iov = &copy, .len = len });
    cryptodev_wipe(copy.iov_base, len);
    g_free(copy.iov_base);
    return ok;
}

static void chain_prefetch(const CryptoDevSession *parent)
{
    const ChainSession *session = container_of(parent, ChainSession, parent);

    cryptodev_cipher_prefetch(&session->cipher);
}

static void chain_run(CryptoDevSession *parent, CryptoDevOp *op)
{
    ChainSession *session = container_of(parent, ChainSession, parent);
    bool tangled = cryptodev_buf_tangled(op->dst, op->src);

    if (tangled ? run_on_copy(session, op)
                : run_chain(session, op, op->src)) {
        op->result_len = op->dst.len + op->digest.len;
    } else {
        op->status = CRYPTODEV_ERR;
    }
}

const CryptoDevDriver cryptodev_common_chain = {
    .service = CRYPTODEV_SERVICE_CIPHER,
    .chains = true,
    .create = chain_create,
    .destroy = chain_destroy,
    .prefetch = chain_prefetch,
    .run = chain_run,
};
