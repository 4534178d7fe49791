/*
 * Cryptography backends: the operations of RSA, RFC 8017
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "rsa.h"

/* The size of a generated modulus is a multiple of this many bits. */
#define GENERATE_STEP 16

/* A public key is n and e. */
#define PUBLIC_INTEGERS 2

typedef struct RsaServiceSession {
    CryptoDevSession parent;
    CryptoDevRsa rsa;
} RsaServiceSession;

static bool rsa_has(CryptoDevBackend *backend, uint32_t operation)
{
    return cryptodev_rsa_is_there(backend);
}

static void rsa_destroy(CryptoDevSession *parent)
{
    RsaServiceSession *session =
        container_of(parent, RsaServiceSession, parent);

    cryptodev_rsa_destroy(&session->rsa);
    g_free(session);
}

static bool is_private(uint32_t operation)
{
    return operation == CRYPTODEV_RSA_DECRYPT ||
           operation == CRYPTODEV_RSA_SIGN;
}

static bool has_hash(uint32_t operation)
{
    return operation == CRYPTODEV_RSA_SIGN ||
           operation == CRYPTODEV_RSA_VERIFY;
}

/* Only the padding of PKCS #1 uses a hash. */
static bool check_use(CryptoDevRsaPadding padding, CryptoDevHashAlgo hash)
{
    return padding == CRYPTODEV_RSA_PKCS1 || hash == CRYPTODEV_HASH_NONE;
}

static CryptoDevStatus rsa_create(CryptoDevBackend *backend,
                                  const CryptoDevSessionParams *params,
                                  CryptoDevSession **parent)
{
    const CryptoDevOperand *operand = params->compute.operands;
    RsaServiceSession *session = g_new0(RsaServiceSession, 1);
    CryptoDevRsaPadding padding = cryptodev_operand_number(*operand++);
    CryptoDevHashAlgo hash = has_hash(params->algo)
                             ? cryptodev_operand_number(*operand++)
                             : CRYPTODEV_HASH_NONE;
    bool private = is_private(params->algo);
    CryptoDevRsaKey key = { };

    *parent = &session->parent;
    cryptodev_rsa_init(&session->rsa, backend, padding, hash);
    if (!check_use(padding, hash)) {
        return CRYPTODEV_ERR;
    }
    cryptodev_rsa_key_read_operands(&key, operand,
                                    private ? RSA_INTEGERS : PUBLIC_INTEGERS);
    return cryptodev_rsa_open(&session->rsa, backend, &key, private);
}

/* An operand as an iovec, for functions that work on the guest's memory */
static struct iovec as_iov(CryptoDevOperand operand)
{
    return (struct iovec) {
        .iov_base = (void *)operand.data, .iov_len = operand.len,
    };
}

/* Run an operation, whose result goes to @result and has @len bytes then. */
static CryptoDevStatus run(CryptoDevRsa *rsa, CryptoDevOpType type,
                           CryptoDevOperand src, CryptoDevOperand signature,
                           uint8_t result[CRYPTODEV_AKCIPHER_RESULT_MAX],
                           size_t *len)
{
    const struct iovec src_iov = as_iov(src);
    const struct iovec signature_iov = as_iov(signature);
    const struct iovec dst_iov = {
        .iov_base = result, .iov_len = CRYPTODEV_AKCIPHER_RESULT_MAX,
    };
    CryptoDevOp op = { .type = type };
    CryptoDevStatus status;

    cryptodev_buf_init(&op.src, &src_iov, 1, 0, src.len);
    cryptodev_buf_init(&op.signature, &signature_iov, 1, 0, signature.len);
    cryptodev_buf_init(&op.dst, &dst_iov, 1, 0, dst_iov.iov_len);
    status = cryptodev_rsa_run(rsa, &op);
    *len = op.result_len;
    return status;
}

/* Make @bytes a result, and wipe them. */
static CryptoDevStatus move_bytes(CryptoDevComputation *computation,
                                  uint8_t *bytes, size_t len)
{
    uint8_t *result = cryptodev_computation_add(computation, len);

    if (result) {
        memcpy(result, bytes, len);
    }
    cryptodev_wipe(bytes, len);
    return result ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

static CryptoDevStatus encrypt(CryptoDevRsa *rsa,
                               CryptoDevComputation *computation)
{
    CryptoDevOperand message = computation->operands[0];
    uint8_t bytes[CRYPTODEV_AKCIPHER_RESULT_MAX];
    CryptoDevStatus status;
    size_t len;

    if (rsa->padding == CRYPTODEV_RSA_RAW && !message.len) {
        return CRYPTODEV_ERR;
    }
    status = run(rsa, CRYPTODEV_OP_ENCRYPT, message, (CryptoDevOperand) { },
                 bytes, &len);
    return status == CRYPTODEV_OK ? move_bytes(computation, bytes, len)
                                  : status;
}

/* Whether the signature becomes the message: RFC 8017, section 5.2.2 */
static CryptoDevStatus verify_raw(CryptoDevRsa *rsa,
                                  CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    uint8_t n[CRYPTODEV_RSA_SIZE_MAX];
    uint8_t bytes[CRYPTODEV_AKCIPHER_RESULT_MAX];
    size_t len;

    if (!rsa->primitives->rsa->get(rsa->state, RSA_N, n, rsa->size)) {
        return CRYPTODEV_ERR;
    }
    if (cryptodev_operand_cmp(operands[1],
                              (CryptoDevOperand) { n, rsa->size }) >= 0) {
        return cryptodev_computation_add_bool(computation, false);
    }
    if (run(rsa, CRYPTODEV_OP_ENCRYPT, operands[1], (CryptoDevOperand) { },
            bytes, &len) != CRYPTODEV_OK) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_computation_add_bool(
               computation,
               !cryptodev_operand_cmp((CryptoDevOperand) { bytes, len },
                                      operands[0]));
}

static CryptoDevStatus verify_pkcs1(CryptoDevRsa *rsa,
                                    CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    uint8_t bytes[CRYPTODEV_AKCIPHER_RESULT_MAX];
    size_t len;

    return cryptodev_computation_add_verdict(
               computation, run(rsa, CRYPTODEV_OP_VERIFY, operands[0],
                                operands[1], bytes, &len));
}

/* e is as long as it needs, and what follows d is half as long as n. */
static CryptoDevStatus add_key(CryptoDevComputation *computation,
                               const CryptoDevRsaPrimitives *primitives,
                               const CryptoDevRsaState *state, uint32_t bits)
{
    size_t e_len = cryptodev_operand_trim(computation->operands[0]).len;

    for (int i = 0; i < RSA_INTEGERS; i++) {
        size_t len = i == RSA_E ? e_len : i < RSA_P ? bits / 8 : bits / 16;
        uint8_t *result = cryptodev_computation_add(computation, len);

        if (!result || !primitives->get(state, i, result, len)) {
            return CRYPTODEV_ERR;
        }
    }
    return CRYPTODEV_OK;
}

static CryptoDevStatus generate(CryptoDevBackend *backend,
                                CryptoDevComputation *computation)
{
    const CryptoDevRsaPrimitives *primitives =
        cryptodev_primitives(backend)->rsa;
    uint32_t e = cryptodev_operand_number(computation->operands[0]);
    uint32_t bits = cryptodev_operand_number(computation->operands[1]);
    CryptoDevRsaState *state;
    CryptoDevStatus status;

    if (e % 2 == 0 || bits % GENERATE_STEP) {
        return CRYPTODEV_ERR;
    }
    state = primitives->generate(backend, e, bits);
    status = state ? add_key(computation, primitives, state, bits)
                   : CRYPTODEV_ERR;
    primitives->close(state);
    return status;
}

static CryptoDevRsa *find_rsa(const CryptoDevComputation *computation)
{
    return &container_of(computation->session, RsaServiceSession, parent)->rsa;
}

/* All that does not take a private key */
static CryptoDevStatus compute_public(CryptoDevBackend *backend,
                                      CryptoDevComputation *computation)
{
    CryptoDevRsa *rsa;

    if (computation->operation == CRYPTODEV_RSA_GENERATE) {
        return generate(backend, computation);
    }
    rsa = find_rsa(computation);
    if (computation->operation == CRYPTODEV_RSA_ENCRYPT) {
        return encrypt(rsa, computation);
    }
    return rsa->padding == CRYPTODEV_RSA_RAW
           ? verify_raw(rsa, computation) : verify_pkcs1(rsa, computation);
}

/* Raw padding has no signatures of its own. */
static CryptoDevOpType private_type(const CryptoDevComputation *computation)
{
    return computation->operation == CRYPTODEV_RSA_DECRYPT ||
           find_rsa(computation)->padding == CRYPTODEV_RSA_RAW
           ? CRYPTODEV_OP_DECRYPT : CRYPTODEV_OP_SIGN;
}

/**
 * PrivateOp:
 * @op: the operation
 * @src: what it reads
 * @dst: where its result goes: @bytes
 * @bytes: the result
 *
 * The operation that a computation with a private key is.
 */
typedef struct PrivateOp {
    CryptoDevOp op;
    struct iovec src;
    struct iovec dst;
    uint8_t bytes[CRYPTODEV_AKCIPHER_RESULT_MAX];
} PrivateOp;

static void make_private(PrivateOp *private,
                         const CryptoDevComputation *computation)
{
    private->src = as_iov(computation->operands[0]);
    private->dst = (struct iovec) { private->bytes, sizeof(private->bytes) };
    private->op = (CryptoDevOp) { .type = private_type(computation) };
    cryptodev_buf_init(&private->op.src, &private->src, 1, 0,
                       private->src.iov_len);
    cryptodev_buf_init(&private->op.dst, &private->dst, 1, 0,
                       private->dst.iov_len);
}

/* Computations with private keys: one, or several of a kind */
static void compute_private(CryptoDevComputation **computations, size_t n)
{
    PrivateOp privates[CRYPTODEV_TOGETHER_MAX];
    CryptoDevRsa *rsas[CRYPTODEV_TOGETHER_MAX] = { };
    CryptoDevOp *ops[CRYPTODEV_TOGETHER_MAX] = { };

    for (size_t i = 0; i < n; i++) {
        make_private(&privates[i], computations[i]);
        rsas[i] = find_rsa(computations[i]);
        ops[i] = &privates[i].op;
    }
    cryptodev_rsa_run_batch(rsas, ops, n);
    for (size_t i = 0; i < n; i++) {
        computations[i]->status = ops[i]->status;
        if (ops[i]->status == CRYPTODEV_OK) {
            computations[i]->status = move_bytes(computations[i],
                                                 privates[i].bytes,
                                                 ops[i]->result_len);
        }
    }
}

static void rsa_compute_batch(CryptoDevBackend *backend,
                              CryptoDevComputation **computations, size_t n)
{
    if (is_private(computations[0]->operation)) {
        compute_private(computations, n);
    } else {
        computations[0]->status = compute_public(backend, computations[0]);
    }
}

static uint32_t rsa_kind(const CryptoDevOp *op,
                         const CryptoDevComputation *computation)
{
    return is_private(computation->operation)
           ? cryptodev_rsa_kind(find_rsa(computation),
                                private_type(computation))
           : 0;
}

static CryptoDevRoute rsa_route(CryptoDevBackend *backend,
                                const CryptoDevOp *op,
                                const CryptoDevComputation *computation)
{
    if (computation->operation == CRYPTODEV_RSA_GENERATE) {
        return CRYPTODEV_ROUTE_POOL;
    }
    return cryptodev_rsa_route(
        find_rsa(computation),
        is_private(computation->operation) ? CRYPTODEV_OP_DECRYPT
                                           : CRYPTODEV_OP_ENCRYPT);
}

const CryptoDevDriver cryptodev_common_rsa_service = {
    .service = CRYPTODEV_SERVICE_RSA,
    .has = rsa_has,
    .create = rsa_create,
    .destroy = rsa_destroy,
    .route = rsa_route,
    .compute_batch = rsa_compute_batch,
    .kind = rsa_kind,
};
