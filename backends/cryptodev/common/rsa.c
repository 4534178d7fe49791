/*
 * Cryptography backends: RSA, RFC 8017
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "pkcs1.h"
#include "rejection.h"
#include "rsa.h"

typedef struct RsaSession {
    CryptoDevSession parent;
    CryptoDevRsa rsa;
} RsaSession;

/**
 * PrivateRun:
 * @rsa: the key
 * @op: the operation: to decrypt or to sign
 * @block: the integer that the private operation replaces
 * @other: with implicit rejection, the message in case that there is none
 * @other_len: bytes in @other
 *
 * An operation with a private key, while it runs.  The blocks are not
 * initialized.
 */
typedef struct PrivateRun {
    CryptoDevRsa *rsa;
    CryptoDevOp *op;
    uint8_t block[CRYPTODEV_RSA_SIZE_MAX];
    uint8_t other[CRYPTODEV_RSA_SIZE_MAX];
    uint32_t other_len;
} PrivateRun;

bool cryptodev_rsa_is_there(CryptoDevBackend *backend)
{
    const CryptoDevPrimitives *primitives = cryptodev_primitives(backend);

    return primitives->rsa->has(backend) &&
           (!backend->rsa_implicit_rejection ||
            cryptodev_rejection_has_hash(primitives));
}

static bool rsa_has(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_AKCIPHER_RSA && cryptodev_rsa_is_there(backend);
}

static bool power_public(const CryptoDevRsa *rsa, uint8_t *block)
{
    return rsa->primitives->rsa->public(rsa->state, block);
}

/* Read an integer into a block as long as the modulus. */
static bool read_integer(CryptoDevBuf buf, uint8_t *block, size_t size)
{
    size_t len = buf.len;

    if (len > size) {
        return false;
    }
    memset(block, 0, size - len);
    cryptodev_buf_read(&buf, block + size - len, len);
    return true;
}

static CryptoDevStatus write_result(CryptoDevOp *op, const uint8_t *result,
                                    size_t len)
{
    CryptoDevBuf dst = op->dst;

    if (dst.len < len) {
        return CRYPTODEV_ERR;
    }
    cryptodev_buf_write(&dst, result, len);
    op->result_len = len;
    return CRYPTODEV_OK;
}

static CryptoDevStatus rsa_encrypt(const CryptoDevRsa *rsa, CryptoDevOp *op,
                                   uint8_t *block, size_t size)
{
    bool ok = rsa->padding == CRYPTODEV_RSA_RAW
              ? read_integer(op->src, block, size)
              : cryptodev_pkcs1_pad_message(rsa->primitives, block, size,
                                            op->src);

    return ok && power_public(rsa, block)
           ? write_result(op, block, size) : CRYPTODEV_ERR;
}

/* Make the message of a ciphertext whose padding is wrong. */
static bool make_other(PrivateRun *run)
{
    const CryptoDevRsa *rsa = run->rsa;
    uint8_t d[CRYPTODEV_RSA_SIZE_MAX];
    bool ok;

    memcpy(run->other, run->block, rsa->size);
    ok = rsa->primitives->rsa->get(rsa->state, RSA_D, d, rsa->size) &&
         cryptodev_rejection_make(rsa->primitives, d, run->other, rsa->size,
                                  &run->other_len);
    cryptodev_wipe(d, rsa->size);
    return ok;
}

static bool begin_decrypt(PrivateRun *run)
{
    const CryptoDevRsa *rsa = run->rsa;
    const CryptoDevBuf src = run->op->src;

    if (!read_integer(src, run->block, rsa->size)) {
        return false;
    }
    /* RFC 8017, section 7.2.2, step 1 */
    return rsa->padding == CRYPTODEV_RSA_RAW ||
           (src.len == rsa->size &&
            (!rsa->rejects_implicitly || make_other(run)));
}

/* Make the block that the private operation is to replace. */
static bool begin_private(PrivateRun *run)
{
    return run->op->type == CRYPTODEV_OP_SIGN
           ? cryptodev_pkcs1_pad_digest(run->block, run->rsa->size,
                                        run->rsa->hash, run->op->src)
           : begin_decrypt(run);
}

/*
 * The answer shows whether there is a message, and its length: code after this
 * function may depend on them.
 */
static bool take_message(PrivateRun *run, size_t *len)
{
    size_t size = run->rsa->size;

    if (!run->rsa->rejects_implicitly) {
        return cryptodev_pkcs1_take_message(run->block, size, len);
    }
    *len = cryptodev_pkcs1_take_message_or(run->block, size, run->other,
                                           run->other_len);
    return true;
}

/* Make the result of a block that the private operation has replaced. */
static CryptoDevStatus end_private(PrivateRun *run)
{
    size_t len = run->rsa->size;
    bool ok = run->op->type == CRYPTODEV_OP_SIGN ||
              run->rsa->padding == CRYPTODEV_RSA_RAW ||
              take_message(run, &len);

    return ok ? write_result(run->op, run->block, len) : CRYPTODEV_ERR;
}

static void wipe(PrivateRun *run)
{
    cryptodev_wipe(run->block, run->rsa->size);
    cryptodev_wipe(run->other, run->rsa->size);
}

static CryptoDevStatus run_private(CryptoDevRsa *rsa, CryptoDevOp *op)
{
    PrivateRun run = { .rsa = rsa, .op = op };
    bool ok = begin_private(&run) &&
              rsa->primitives->rsa->private(rsa->state, run.block);
    CryptoDevStatus status = ok ? end_private(&run) : CRYPTODEV_ERR;

    wipe(&run);
    return status;
}

/* RFC 8017, section 8.2.2: encoded messages are compared, and none is read. */
static CryptoDevStatus rsa_verify(const CryptoDevRsa *rsa, CryptoDevOp *op,
                                  uint8_t *block, size_t size)
{
    uint8_t expected[CRYPTODEV_RSA_SIZE_MAX];

    if (!cryptodev_pkcs1_pad_digest(expected, size, rsa->hash, op->src)) {
        return CRYPTODEV_ERR;
    }
    return op->signature.len == size &&
           read_integer(op->signature, block, size) &&
           power_public(rsa, block) &&
           !memcmp(block, expected, size)
           ? CRYPTODEV_OK : CRYPTODEV_KEY_REJECTED;
}

static CryptoDevStatus run_public(CryptoDevRsa *rsa, CryptoDevOp *op)
{
    uint8_t block[CRYPTODEV_RSA_SIZE_MAX];
    CryptoDevStatus status = op->type == CRYPTODEV_OP_ENCRYPT
                             ? rsa_encrypt(rsa, op, block, rsa->size)
                             : rsa_verify(rsa, op, block, rsa->size);

    cryptodev_wipe(block, rsa->size);
    return status;
}

/* Raw padding has no signatures of its own. */
static bool has_type(const CryptoDevRsa *rsa, CryptoDevOpType type)
{
    switch (type) {
    case CRYPTODEV_OP_ENCRYPT:
    case CRYPTODEV_OP_DECRYPT:
        return true;
    case CRYPTODEV_OP_SIGN:
    case CRYPTODEV_OP_VERIFY:
        return rsa->padding == CRYPTODEV_RSA_PKCS1;
    default:
        return false;
    }
}

static bool is_public(CryptoDevOpType type)
{
    return type == CRYPTODEV_OP_ENCRYPT || type == CRYPTODEV_OP_VERIFY;
}

/* A modulus that was made of p and q may have a size that is not supported. */
static bool measure(CryptoDevRsa *rsa)
{
    uint8_t n[CRYPTODEV_RSA_SIZE_MAX];

    if (rsa->primitives->rsa->get(rsa->state, RSA_N, n, sizeof(n))) {
        rsa->size = cryptodev_rsa_key_measure(
                        (CryptoDevOperand) { n, sizeof(n) });
    }
    return rsa->size;
}

static bool settle(void *opaque)
{
    CryptoDevRsa *rsa = opaque;

    return rsa->primitives->rsa->settle(rsa->state) &&
           (rsa->size || measure(rsa));
}

CryptoDevStatus cryptodev_rsa_run(CryptoDevRsa *rsa, CryptoDevOp *op)
{
    if (!has_type(rsa, op->type)) {
        return CRYPTODEV_NOTSUPP;
    }
    if (!rsa->is_private && !is_public(op->type)) {
        return CRYPTODEV_ERR;
    }
    if (rsa->is_private && !cryptodev_late_check(&rsa->late, settle, rsa)) {
        return CRYPTODEV_ERR;
    }
    return is_public(op->type) ? run_public(rsa, op) : run_private(rsa, op);
}

uint32_t cryptodev_rsa_kind(const CryptoDevRsa *rsa, CryptoDevOpType type)
{
    const CryptoDevRsaPrimitives *primitives = rsa->primitives->rsa;

    return primitives->private_kind && rsa->is_private &&
           has_type(rsa, type) && !is_public(type) &&
           cryptodev_late_check_passed(&rsa->late)
           ? primitives->private_kind(rsa->state) : 0;
}

/* Run operations of a kind, CRYPTODEV_TOGETHER_MAX at most. */
static void run_together(CryptoDevRsa *const *rsas, CryptoDevOp *const *ops,
                         size_t n)
{
    const CryptoDevRsaPrimitives *primitives = rsas[0]->primitives->rsa;
    PrivateRun runs[CRYPTODEV_TOGETHER_MAX];
    CryptoDevRsaState *states[CRYPTODEV_TOGETHER_MAX] = { };
    uint8_t *blocks[CRYPTODEV_TOGETHER_MAX] = { };
    PrivateRun *begun[CRYPTODEV_TOGETHER_MAX];
    bool ok[CRYPTODEV_TOGETHER_MAX];
    size_t n_begun = 0;

    for (size_t i = 0; i < n; i++) {
        runs[i].rsa = rsas[i];
        runs[i].op = ops[i];
        ops[i]->status = CRYPTODEV_ERR;
        if (begin_private(&runs[i])) {
            states[n_begun] = rsas[i]->state;
            blocks[n_begun] = runs[i].block;
            begun[n_begun++] = &runs[i];
        }
    }
    primitives->private_together(states, blocks, ok, n_begun);
    for (size_t i = 0; i < n_begun; i++) {
        if (ok[i]) {
            begun[i]->op->status = end_private(begun[i]);
        }
    }
    for (size_t i = 0; i < n; i++) {
        wipe(&runs[i]);
    }
}

void cryptodev_rsa_run_batch(CryptoDevRsa *const *rsas,
                             CryptoDevOp *const *ops, size_t n)
{
    if (n == 1) {
        ops[0]->status = cryptodev_rsa_run(rsas[0], ops[0]);
    } else {
        run_together(rsas, ops, n);
    }
}

void cryptodev_rsa_init(CryptoDevRsa *rsa, CryptoDevBackend *backend,
                        CryptoDevRsaPadding padding, CryptoDevHashAlgo hash)
{
    rsa->primitives = cryptodev_primitives(backend);
    rsa->padding = padding;
    rsa->hash = hash;
    rsa->rejects_implicitly = backend->rsa_implicit_rejection;
    cryptodev_late_check_init(&rsa->late);
}

void cryptodev_rsa_destroy(CryptoDevRsa *rsa)
{
    cryptodev_late_check_destroy(&rsa->late);
    rsa->primitives->rsa->close(rsa->state);
}

CryptoDevStatus cryptodev_rsa_open(CryptoDevRsa *rsa,
                                   CryptoDevBackend *backend,
                                   const CryptoDevRsaKey *key,
                                   bool is_private)
{
    CryptoDevStatus status = cryptodev_rsa_key_check(key, is_private);

    if (status != CRYPTODEV_OK) {
        return status;
    }
    if (!cryptodev_pkcs1_has_hash(rsa->hash)) {
        return CRYPTODEV_NOTSUPP;
    }
    rsa->is_private = is_private;
    rsa->size = cryptodev_rsa_key_measure(key->integers[RSA_N]);
    rsa->state = rsa->primitives->rsa->open(backend, key);
    return rsa->state ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

/* To check a private key takes its time, too. */
CryptoDevRoute cryptodev_rsa_route(const CryptoDevRsa *rsa,
                                   CryptoDevOpType type)
{
    bool is_checked = !rsa->is_private || cryptodev_late_check_made(&rsa->late);

    return is_checked &&
           rsa->primitives->rsa->is_quick(rsa->state, !is_public(type))
           ? CRYPTODEV_ROUTE_RUN : CRYPTODEV_ROUTE_POOL;
}

static CryptoDevRsa *find_rsa(const CryptoDevOp *op)
{
    return &container_of(op->session, RsaSession, parent)->rsa;
}

static CryptoDevRoute rsa_route(CryptoDevBackend *backend,
                                const CryptoDevOp *op,
                                const CryptoDevComputation *computation)
{
    return cryptodev_rsa_route(find_rsa(op), op->type);
}

static void rsa_run_batch(CryptoDevOp **ops, size_t n, CryptoDevState *state)
{
    CryptoDevRsa *rsas[CRYPTODEV_TOGETHER_MAX] = { };

    for (size_t i = 0; i < n; i++) {
        rsas[i] = find_rsa(ops[i]);
    }
    cryptodev_rsa_run_batch(rsas, ops, n);
}

static uint32_t rsa_kind(const CryptoDevOp *op,
                         const CryptoDevComputation *computation)
{
    return cryptodev_rsa_kind(find_rsa(op), op->type);
}

static void rsa_destroy(CryptoDevSession *parent)
{
    RsaSession *session = container_of(parent, RsaSession, parent);

    cryptodev_rsa_destroy(&session->rsa);
    g_free(session);
}

static CryptoDevStatus rsa_create(CryptoDevBackend *backend,
                                  const CryptoDevSessionParams *params,
                                  CryptoDevSession **parent)
{
    RsaSession *session = g_new0(RsaSession, 1);
    CryptoDevRsa *rsa = &session->rsa;
    bool is_private = params->akcipher.private_key;
    CryptoDevRsaKey key = { };

    *parent = &session->parent;
    cryptodev_rsa_init(rsa, backend, params->akcipher.padding,
                       params->akcipher.hash);
    return cryptodev_rsa_key_read_der(&key, params->key, params->key_len,
                                      is_private)
           ? cryptodev_rsa_open(rsa, backend, &key, is_private)
           : CRYPTODEV_ERR;
}

const CryptoDevDriver cryptodev_common_rsa = {
    .service = CRYPTODEV_SERVICE_AKCIPHER,
    .has = rsa_has,
    .create = rsa_create,
    .destroy = rsa_destroy,
    .route = rsa_route,
    .run_batch = rsa_run_batch,
    .kind = rsa_kind,
};
