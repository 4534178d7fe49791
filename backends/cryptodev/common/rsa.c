/*
 * The libgcrypt backend: RSA, RFC 8017
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "pkcs1.h"
#include "rejection.h"
#include "../../cryptodev-gcrypt/drivers.h"
#include "../../cryptodev-gcrypt/primitives.h"
#include "rsa.h"
#include "../../cryptodev-gcrypt/rsa-primitive.h"

/*
 * The public operation squares and multiplies as often as the exponent has
 * bits.  With these it takes a quarter of a millisecond at most, and with the
 * usual exponent, 65537, and 2048 bits, less than to hand it over to a thread.
 */
#define QUICK_EXPONENT_BITS 17
#define QUICK_MODULUS_BITS 4096

typedef struct RsaSession {
    CryptoDevSession parent;
    CryptoDevRsa rsa;
} RsaSession;

static bool rsa_has(CryptoDevBackend *backend, uint32_t algo)
{
    return algo == CRYPTODEV_AKCIPHER_RSA &&
           cryptodev_gcrypt_has_secure_memory(backend, algo) &&
           !gcry_pk_test_algo(GCRY_PK_RSA);
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
              : cryptodev_pkcs1_pad_message(&cryptodev_gcrypt_primitives, block,
                                            size, op->src);

    return ok && cryptodev_rsa_public(&rsa->key, block)
           ? write_result(op, block, size) : CRYPTODEV_ERR;
}

/*
 * The answer shows whether there is a message, and its length: code after this
 * function may depend on them.
 */
static bool decrypt_pkcs1(CryptoDevRsa *rsa, uint8_t *block, size_t size,
                          size_t *len)
{
    return cryptodev_rsa_private(&rsa->key, &rsa->blinding, block) &&
           cryptodev_pkcs1_take_message(block, size, len);
}

/* Make the message of a ciphertext whose padding is wrong. */
static bool make_other(const CryptoDevRsa *rsa, uint8_t *block, size_t size,
                       uint32_t *len)
{
    uint8_t d[CRYPTODEV_RSA_SIZE_MAX];
    bool ok = cryptodev_integer_write(rsa->key.integers[RSA_D], d, size) &&
              cryptodev_rejection_make(&cryptodev_gcrypt_primitives, d, block,
                                       size, len);

    cryptodev_wipe(d, size);
    return ok;
}

static bool decrypt_or_reject(CryptoDevRsa *rsa, uint8_t *block,
                              size_t size, size_t *len)
{
    uint8_t other[CRYPTODEV_RSA_SIZE_MAX];
    uint32_t other_len;
    bool ok;

    memcpy(other, block, size);
    ok = make_other(rsa, other, size, &other_len) &&
         cryptodev_rsa_private(&rsa->key, &rsa->blinding, block);
    if (ok) {
        *len = cryptodev_pkcs1_take_message_or(block, size, other, other_len);
    }
    cryptodev_wipe(other, size);
    return ok;
}

static CryptoDevStatus rsa_decrypt(CryptoDevRsa *rsa, CryptoDevOp *op,
                                   uint8_t *block, size_t size)
{
    size_t len = size;
    bool ok = read_integer(op->src, block, size);

    if (rsa->padding == CRYPTODEV_RSA_RAW) {
        ok = ok && cryptodev_rsa_private(&rsa->key, &rsa->blinding, block);
    } else {
        /* RFC 8017, section 7.2.2, step 1 */
        ok = ok && op->src.len == size &&
             (rsa->rejects_implicitly
              ? decrypt_or_reject(rsa, block, size, &len)
              : decrypt_pkcs1(rsa, block, size, &len));
    }
    return ok ? write_result(op, block, len) : CRYPTODEV_ERR;
}

static CryptoDevStatus rsa_sign(CryptoDevRsa *rsa, CryptoDevOp *op,
                                uint8_t *block, size_t size)
{
    return cryptodev_pkcs1_pad_digest(block, size, rsa->hash, op->src) &&
           cryptodev_rsa_private(&rsa->key, &rsa->blinding, block)
           ? write_result(op, block, size) : CRYPTODEV_ERR;
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
           cryptodev_rsa_public(&rsa->key, block) &&
           !memcmp(block, expected, size)
           ? CRYPTODEV_OK : CRYPTODEV_KEY_REJECTED;
}

static CryptoDevStatus run_checked(CryptoDevRsa *rsa, CryptoDevOp *op)
{
    size_t size = cryptodev_rsa_key_size(&rsa->key);
    uint8_t block[CRYPTODEV_RSA_SIZE_MAX];
    CryptoDevStatus status;

    switch (op->type) {
    case CRYPTODEV_OP_ENCRYPT:
        status = rsa_encrypt(rsa, op, block, size);
        break;
    case CRYPTODEV_OP_DECRYPT:
        status = rsa_decrypt(rsa, op, block, size);
        break;
    case CRYPTODEV_OP_SIGN:
        status = rsa_sign(rsa, op, block, size);
        break;
    default:
        status = rsa_verify(rsa, op, block, size);
        break;
    }
    cryptodev_wipe(block, size);
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

static bool settle_key(void *opaque)
{
    return cryptodev_rsa_key_settle(opaque);
}

CryptoDevStatus cryptodev_rsa_run(CryptoDevRsa *rsa, CryptoDevOp *op)
{
    bool is_private = cryptodev_rsa_key_is_private(&rsa->key);

    if (!has_type(rsa, op->type)) {
        return CRYPTODEV_NOTSUPP;
    }
    if (!is_private && !is_public(op->type)) {
        return CRYPTODEV_ERR;
    }
    if (is_private &&
        !cryptodev_late_check(&rsa->late, settle_key, &rsa->key)) {
        return CRYPTODEV_ERR;
    }
    return run_checked(rsa, op);
}

void cryptodev_rsa_init(CryptoDevRsa *rsa, CryptoDevRsaPadding padding,
                        CryptoDevHashAlgo hash)
{
    rsa->padding = padding;
    rsa->hash = hash;
    cryptodev_rsa_blinding_init(&rsa->blinding);
    cryptodev_late_check_init(&rsa->late);
}

void cryptodev_rsa_destroy(CryptoDevRsa *rsa)
{
    cryptodev_late_check_destroy(&rsa->late);
    cryptodev_rsa_blinding_destroy(&rsa->blinding);
    cryptodev_rsa_key_destroy(&rsa->key);
}

CryptoDevStatus cryptodev_rsa_check(const CryptoDevRsa *rsa, bool is_private)
{
    CryptoDevStatus status = cryptodev_rsa_key_check(&rsa->key, is_private);

    return status == CRYPTODEV_OK && !cryptodev_pkcs1_has_hash(rsa->hash)
           ? CRYPTODEV_NOTSUPP : status;
}

/* To check a private key takes its time, too. */
static bool takes_long(const CryptoDevOp *op)
{
    const RsaSession *session = container_of(op->session, RsaSession, parent);
    const CryptoDevRsaKey *key = &session->rsa.key;

    return !is_public(op->type) ||
           gcry_mpi_get_nbits(key->integers[RSA_E]) > QUICK_EXPONENT_BITS ||
           cryptodev_rsa_key_size(key) > QUICK_MODULUS_BITS / 8 ||
           (cryptodev_rsa_key_is_private(key) &&
            !cryptodev_late_check_made(&session->rsa.late));
}

static CryptoDevRoute rsa_route(CryptoDevBackend *backend,
                                const CryptoDevOp *op,
                                const CryptoDevComputation *computation)
{
    return takes_long(op) ? CRYPTODEV_ROUTE_POOL : CRYPTODEV_ROUTE_RUN;
}

static void rsa_run(CryptoDevOp *op)
{
    RsaSession *session = container_of(op->session, RsaSession, parent);

    op->status = cryptodev_rsa_run(&session->rsa, op);
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

    *parent = &session->parent;
    cryptodev_rsa_init(rsa, params->akcipher.padding, params->akcipher.hash);
    rsa->rejects_implicitly =
        CRYPTODEV_BACKEND_GCRYPT(backend)->rsa_implicit_rejection;
    return cryptodev_rsa_key_read_der(&rsa->key, params->key, params->key_len,
                                      is_private)
           ? cryptodev_rsa_check(rsa, is_private) : CRYPTODEV_ERR;
}

const CryptoDevDriver cryptodev_gcrypt_rsa = {
    .service = CRYPTODEV_SERVICE_AKCIPHER,
    .has = rsa_has,
    .create = rsa_create,
    .destroy = rsa_destroy,
    .route = rsa_route,
    .run = rsa_run,
};
