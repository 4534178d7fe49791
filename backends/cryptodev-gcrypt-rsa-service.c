/*
 * The libgcrypt backend: the operations of RSA, RFC 8017
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/lockable.h"
#include "cryptodev-gcrypt.h"
#include "cryptodev-gcrypt-digest.h"
#include "cryptodev-gcrypt-rsa.h"
#include "cryptodev-gcrypt-rsa-private.h"
#include "cryptodev-gcrypt-signature.h"

/* The size of a generated modulus is a multiple of this many bits. */
#define GENERATE_STEP 16

/* The longest number of a key */
#define NUMBER_MAX 1024

/* A number that waits to become part of a key */
typedef struct LateNumber {
    size_t len;
    uint8_t bytes[NUMBER_MAX];
} LateNumber;

/**
 * RsaServiceSession:
 * @lock: for what is below
 * @late: whether there are @n and @d, and no key yet.  To find their e takes as
 *        long as an operation, and whoever creates a session does not wait for
 *        it; the first operation does.
 * @n: the modulus
 * @d: the private exponent
 */
typedef struct RsaServiceSession {
    CryptoDevSession parent;
    CryptoDevRsa rsa;
    QemuMutex lock;
    bool late;
    LateNumber n;
    LateNumber d;
} RsaServiceSession;

static void rsa_add_capabilities(GArray *capabilities)
{
    if (!gcry_pk_test_algo(GCRY_PK_RSA)) {
        cryptodev_add_operations(capabilities, CRYPTODEV_SERVICE_RSA,
                                 CRYPTODEV_OPERATIONS_ALL);
    }
}

static void rsa_destroy(CryptoDevSession *parent)
{
    RsaServiceSession *session =
        container_of(parent, RsaServiceSession, parent);

    cryptodev_rsa_key_destroy(&session->rsa.key);
    cryptodev_wipe(&session->d, sizeof(session->d));
    qemu_mutex_destroy(&session->lock);
    g_free(session);
}

/* Leading zeros do not count. */
static bool keep_number(LateNumber *number, CryptoDevOperand operand)
{
    while (operand.len && !operand.data[0]) {
        operand.data++;
        operand.len--;
    }
    if (!operand.len || operand.len > sizeof(number->bytes)) {
        return false;
    }
    number->len = operand.len;
    memcpy(number->bytes, operand.data, operand.len);
    return true;
}

static CryptoDevOperand late_operand(const LateNumber *number)
{
    return (CryptoDevOperand) { .data = number->bytes, .len = number->len };
}

static bool read_late(RsaServiceSession *session,
                      const CryptoDevOperand *operands)
{
    session->late = keep_number(&session->n, operands[RSA_N]) &&
                    keep_number(&session->d, operands[RSA_D]) &&
                    session->n.bytes[session->n.len - 1] % 2;
    return session->late;
}

static bool read_private(RsaServiceSession *session,
                         const CryptoDevOperand *operands)
{
    return cryptodev_rsa_private_lacks_e(operands)
           ? read_late(session, operands)
           : cryptodev_rsa_private_read(&session->rsa.key, operands);
}

/* The key, or NULL if it turns out to be none */
static const CryptoDevRsa *settle(RsaServiceSession *session)
{
    CryptoDevOperand operands[RSA_INTEGERS] = {
        [RSA_N] = late_operand(&session->n),
        [RSA_D] = late_operand(&session->d),
    };

    QEMU_LOCK_GUARD(&session->lock);
    if (session->late) {
        if (!cryptodev_rsa_private_read(&session->rsa.key, operands)) {
            cryptodev_rsa_key_destroy(&session->rsa.key);
            session->rsa.key = (CryptoDevRsaKey) { };
            return NULL;
        }
        session->late = false;
        cryptodev_wipe(&session->d, sizeof(session->d));
    }
    return &session->rsa;
}

static bool read_public(CryptoDevRsaKey *key, const CryptoDevOperand *operands)
{
    g_auto(gcry_mpi_t) n = cryptodev_integer_read(operands[0], false);
    g_auto(gcry_mpi_t) e = cryptodev_integer_read(operands[1], false);
    gcry_mpi_t const integers[RSA_INTEGERS] = {
        [RSA_N] = n, [RSA_E] = e,
    };

    return n && e && cryptodev_rsa_key_from_integers(key, false, integers);
}

/* A hash goes with the padding of PKCS #1 alone. */
static bool read_use(CryptoDevRsa *rsa, const CryptoDevSessionParams *params)
{
    const CryptoDevOperand *operands = params->compute.operands;
    CryptoDevHashAlgo hash = CRYPTODEV_HASH_NONE;

    rsa->padding = cryptodev_operand_number(operands[0]);
    if (params->algo == CRYPTODEV_RSA_SIGN ||
        params->algo == CRYPTODEV_RSA_VERIFY) {
        hash = cryptodev_operand_number(operands[1]);
    }
    rsa->hash = cryptodev_gcrypt_hash_number(hash);
    return rsa->padding == CRYPTODEV_RSA_PKCS1 || hash == CRYPTODEV_HASH_NONE;
}

static bool read_key(RsaServiceSession *session,
                     const CryptoDevSessionParams *params)
{
    const CryptoDevOperand *operands = params->compute.operands;

    switch (params->algo) {
    case CRYPTODEV_RSA_ENCRYPT:
        return read_public(&session->rsa.key, operands + 1);
    case CRYPTODEV_RSA_DECRYPT:
        return read_private(session, operands + 1);
    case CRYPTODEV_RSA_SIGN:
        return read_private(session, operands + 2);
    default:
        return read_public(&session->rsa.key, operands + 2);
    }
}

/* The size of a modulus that is late was checked with the operands. */
static CryptoDevStatus check(const RsaServiceSession *session)
{
    if (session->late) {
        return session->rsa.hash == GCRY_MD_NONE ||
               !gcry_md_test_algo(session->rsa.hash)
               ? CRYPTODEV_OK : CRYPTODEV_NOTSUPP;
    }
    return cryptodev_rsa_check(&session->rsa);
}

static CryptoDevStatus rsa_create(const CryptoDevSessionParams *params,
                                  CryptoDevSession **parent)
{
    RsaServiceSession *session = g_new0(RsaServiceSession, 1);
    CryptoDevStatus status = CRYPTODEV_ERR;

    qemu_mutex_init(&session->lock);
    if (read_use(&session->rsa, params) && read_key(session, params)) {
        status = check(session);
    }
    if (status != CRYPTODEV_OK) {
        rsa_destroy(&session->parent);
        return status;
    }
    *parent = &session->parent;
    return CRYPTODEV_OK;
}

/* Where an operand is, for what works on a guest's memory */
static struct iovec as_iov(CryptoDevOperand operand)
{
    return (struct iovec) {
        .iov_base = (void *)operand.data, .iov_len = operand.len,
    };
}

/* Run an operation, whose result goes to @result and has @len bytes then. */
static CryptoDevStatus run(const CryptoDevRsa *rsa, CryptoDevOpType type,
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

static CryptoDevStatus add_run(const CryptoDevRsa *rsa,
                               CryptoDevComputation *computation,
                               CryptoDevOpType type)
{
    uint8_t bytes[CRYPTODEV_AKCIPHER_RESULT_MAX];
    size_t len;
    CryptoDevStatus status = run(rsa, type, computation->operands[0],
                                 (CryptoDevOperand) { }, bytes, &len);

    if (status == CRYPTODEV_OK) {
        uint8_t *result = cryptodev_computation_add(computation, len);

        if (result) {
            memcpy(result, bytes, len);
        } else {
            status = CRYPTODEV_ERR;
        }
        cryptodev_wipe(bytes, len);
    }
    return status;
}

/* Whether the signature becomes the message: RFC 8017, section 5.2.2 */
static CryptoDevStatus verify_raw(const CryptoDevRsa *rsa,
                                  CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    g_auto(gcry_mpi_t) message = cryptodev_integer_read(operands[0], false);
    g_auto(gcry_mpi_t) signature = cryptodev_integer_read(operands[1], false);
    g_auto(gcry_mpi_t) power = NULL;
    uint8_t bytes[CRYPTODEV_AKCIPHER_RESULT_MAX];
    size_t len;

    if (!message || !signature) {
        return CRYPTODEV_ERR;
    }
    if (gcry_mpi_cmp(signature, rsa->key.n) >= 0) {
        return cryptodev_computation_add_bool(computation, false);
    }
    if (run(rsa, CRYPTODEV_OP_ENCRYPT, operands[1], (CryptoDevOperand) { },
            bytes, &len) != CRYPTODEV_OK) {
        return CRYPTODEV_ERR;
    }
    power = cryptodev_integer_read((CryptoDevOperand) { bytes, len }, false);
    return power ? cryptodev_computation_add_bool(
                       computation, gcry_mpi_cmp(power, message) == 0)
                 : CRYPTODEV_ERR;
}

static CryptoDevStatus verify_pkcs1(const CryptoDevRsa *rsa,
                                    CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    uint8_t bytes[CRYPTODEV_AKCIPHER_RESULT_MAX];
    size_t len;

    return cryptodev_signature_add_verdict(
               computation, run(rsa, CRYPTODEV_OP_VERIFY, operands[0],
                                operands[1], bytes, &len));
}

static CryptoDevStatus generate(CryptoDevComputation *computation)
{
    uint32_t e = cryptodev_operand_number(computation->operands[0]);
    uint32_t bits = cryptodev_operand_number(computation->operands[1]);

    return e % 2 && bits % GENERATE_STEP == 0
           ? cryptodev_rsa_private_generate(computation, e, bits)
           : CRYPTODEV_ERR;
}

static CryptoDevStatus rsa_compute(CryptoDevComputation *computation)
{
    const CryptoDevRsa *rsa;

    if (computation->operation == CRYPTODEV_RSA_GENERATE) {
        return generate(computation);
    }
    rsa = settle(container_of(computation->session, RsaServiceSession,
                              parent));
    if (!rsa) {
        return CRYPTODEV_ERR;
    }
    switch (computation->operation) {
    case CRYPTODEV_RSA_ENCRYPT:
        return add_run(rsa, computation, CRYPTODEV_OP_ENCRYPT);
    case CRYPTODEV_RSA_DECRYPT:
        return add_run(rsa, computation, CRYPTODEV_OP_DECRYPT);
    case CRYPTODEV_RSA_SIGN:
        return add_run(rsa, computation, rsa->padding == CRYPTODEV_RSA_RAW
                                         ? CRYPTODEV_OP_DECRYPT
                                         : CRYPTODEV_OP_SIGN);
    default:
        return rsa->padding == CRYPTODEV_RSA_RAW
               ? verify_raw(rsa, computation)
               : verify_pkcs1(rsa, computation);
    }
}

const CryptoDevGcryptDriver cryptodev_gcrypt_rsa_service = {
    .takes_secure_memory = true,
    .add_capabilities = rsa_add_capabilities,
    .create = rsa_create,
    .destroy = rsa_destroy,
    .compute = rsa_compute,
};
