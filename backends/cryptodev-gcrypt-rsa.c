/*
 * The libgcrypt backend: RSA, RFC 8017
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "cryptodev-gcrypt.h"
#include "cryptodev-gcrypt-digest.h"
#include "cryptodev-gcrypt-rsa.h"

#define MODULUS_MIN_BITS 512
#define MODULUS_MAX_BITS 8192
#define MODULUS_MAX (MODULUS_MAX_BITS / 8)

/* RFC 8017, section 7.2.1: what the padding of a message takes at least */
#define PKCS1_ENCRYPT_OVERHEAD 11

/*
 * The public operation squares and multiplies as often as the exponent has
 * bits.  With these it takes a tenth of a millisecond at most, and with 65537,
 * the usual exponent, and 2048 bits, less than to hand it over to a thread.
 */
#define QUICK_EXPONENT_BITS 17
#define QUICK_MODULUS_BITS 4096

typedef struct RsaSession {
    CryptoDevSession parent;
    CryptoDevRsa rsa;
} RsaSession;

static const CryptoDevCapability rsa_capability = {
    .service = CRYPTODEV_SERVICE_AKCIPHER,
    .algo = CRYPTODEV_AKCIPHER_RSA,
    .name = "rsa",
    .key_min = MODULUS_MIN_BITS,
    .key_max = MODULUS_MAX_BITS,
    .key_step = 1,
    .iv_lens = BIT(0),
};

static void rsa_add_capabilities(GArray *capabilities)
{
    if (!gcry_pk_test_algo(GCRY_PK_RSA)) {
        g_array_append_val(capabilities, rsa_capability);
    }
}

/* Take the whole of a buffer, which is no longer than the modulus. */
static bool read_integer(const CryptoDevRsa *rsa, CryptoDevBuf buf,
                         gcry_mpi_t *integer)
{
    uint8_t data[MODULUS_MAX];
    size_t len = buf.len;
    bool ok;

    if (len > rsa->key.size) {
        return false;
    }
    cryptodev_buf_read(&buf, data, len);
    ok = !gcry_mpi_scan(integer, GCRYMPI_FMT_USG, data, len, NULL);
    cryptodev_wipe(data, len);
    return ok;
}

/* Store an integer as wide as the modulus: RFC 8017's I2OSP. */
static CryptoDevStatus write_integer(const CryptoDevRsa *rsa,
                                     CryptoDevOp *op, gcry_mpi_t integer)
{
    size_t size = rsa->key.size;
    uint8_t data[MODULUS_MAX] = { };
    CryptoDevBuf dst = op->dst;
    size_t len = DIV_ROUND_UP(gcry_mpi_get_nbits(integer), 8);

    if (len > size || dst.len < size ||
        gcry_mpi_print(GCRYMPI_FMT_USG, data + size - len, len, NULL,
                       integer)) {
        return CRYPTODEV_ERR;
    }
    cryptodev_buf_write(&dst, data, size);
    cryptodev_wipe(data, size);
    op->result_len = size;
    return CRYPTODEV_OK;
}

/* Store the integer that @result has under the name @token. */
static CryptoDevStatus write_token(const CryptoDevRsa *rsa, CryptoDevOp *op,
                                   gcry_sexp_t result, const char *token)
{
    CryptoDevStatus status = CRYPTODEV_ERR;
    gcry_sexp_t list = gcry_sexp_find_token(result, token, 0);
    gcry_mpi_t integer =
        list ? gcry_sexp_nth_mpi(list, 1, GCRYMPI_FMT_USG) : NULL;

    if (integer) {
        status = write_integer(rsa, op, integer);
    }
    gcry_mpi_release(integer);
    gcry_sexp_release(list);
    return status;
}

/* Store the byte string that @result has under the name "value". */
static CryptoDevStatus write_value(CryptoDevOp *op, gcry_sexp_t result)
{
    CryptoDevStatus status = CRYPTODEV_ERR;
    gcry_sexp_t list = gcry_sexp_find_token(result, "value", 0);
    CryptoDevBuf dst = op->dst;
    size_t len = 0;
    const char *value = list ? gcry_sexp_nth_data(list, 1, &len) : NULL;

    if (list && len <= dst.len) {
        cryptodev_buf_write(&dst, (const uint8_t *)value, len);
        op->result_len = len;
        status = CRYPTODEV_OK;
    }
    gcry_sexp_release(list);
    return status;
}

static CryptoDevStatus rsa_encrypt(const CryptoDevRsa *rsa, CryptoDevOp *op)
{
    bool raw = rsa->padding == CRYPTODEV_RSA_RAW;
    CryptoDevStatus status = CRYPTODEV_ERR;
    uint8_t message[MODULUS_MAX];
    CryptoDevBuf src = op->src;
    gcry_mpi_t integer = NULL;
    gcry_sexp_t data = NULL;
    gcry_sexp_t result = NULL;

    if (raw) {
        if (read_integer(rsa, src, &integer) &&
            gcry_mpi_cmp(integer, rsa->key.n) < 0) {
            gcry_sexp_build(&data, NULL, "(data (flags raw) (value %m))",
                            integer);
        }
    } else if (src.len <= rsa->key.size - PKCS1_ENCRYPT_OVERHEAD) {
        size_t len = src.len;

        cryptodev_buf_read(&src, message, len);
        gcry_sexp_build(&data, NULL, "(data (flags pkcs1) (value %b))",
                        (int)len, message);
        cryptodev_wipe(message, len);
    }
    if (data && !gcry_pk_encrypt(&result, data, rsa->key.public)) {
        status = write_token(rsa, op, result, "a");
    }
    gcry_sexp_release(result);
    gcry_sexp_release(data);
    gcry_mpi_release(integer);
    return status;
}

static CryptoDevStatus rsa_decrypt(const CryptoDevRsa *rsa, CryptoDevOp *op)
{
    bool raw = rsa->padding == CRYPTODEV_RSA_RAW;
    CryptoDevStatus status = CRYPTODEV_ERR;
    gcry_mpi_t integer = NULL;
    gcry_sexp_t data = NULL;
    gcry_sexp_t result = NULL;

    if (rsa->key.private && read_integer(rsa, op->src, &integer) &&
        gcry_mpi_cmp(integer, rsa->key.n) < 0 &&
        !gcry_sexp_build(&data, NULL,
                         raw ? "(enc-val (flags raw) (rsa (a %m)))"
                             : "(enc-val (flags pkcs1) (rsa (a %m)))",
                         integer) &&
        !gcry_pk_decrypt(&result, data, rsa->key.private)) {
        status = raw ? write_token(rsa, op, result, "value")
                     : write_value(op, result);
    }
    gcry_sexp_release(result);
    gcry_sexp_release(data);
    gcry_mpi_release(integer);
    return status;
}

/* Make libgcrypt's form of the digest to sign or verify. */
static bool build_digest(const CryptoDevRsa *rsa, CryptoDevBuf src,
                         gcry_sexp_t *data)
{
    uint8_t digest[MODULUS_MAX];
    size_t len = src.len;

    if (rsa->hash == GCRY_MD_NONE) {
        if (len > rsa->key.size) {
            return false;
        }
        cryptodev_buf_read(&src, digest, len);
        return !gcry_sexp_build(data, NULL,
                                "(data (flags pkcs1-raw) (value %b))",
                                (int)len, digest);
    }
    if (len != gcry_md_get_algo_dlen(rsa->hash)) {
        return false;
    }
    cryptodev_buf_read(&src, digest, len);
    return !gcry_sexp_build(data, NULL, "(data (flags pkcs1) (hash %s %b))",
                            gcry_md_algo_name(rsa->hash), (int)len,
                            digest);
}

static CryptoDevStatus rsa_sign(const CryptoDevRsa *rsa, CryptoDevOp *op)
{
    CryptoDevStatus status = CRYPTODEV_ERR;
    gcry_sexp_t data = NULL;
    gcry_sexp_t result = NULL;

    if (rsa->key.private && build_digest(rsa, op->src, &data) &&
        !gcry_pk_sign(&result, data, rsa->key.private)) {
        status = write_token(rsa, op, result, "s");
    }
    gcry_sexp_release(result);
    gcry_sexp_release(data);
    return status;
}

static CryptoDevStatus rsa_verify(const CryptoDevRsa *rsa, CryptoDevOp *op)
{
    CryptoDevStatus status = CRYPTODEV_ERR;
    gcry_mpi_t integer = NULL;
    gcry_sexp_t signature = NULL;
    gcry_sexp_t data = NULL;

    if (!build_digest(rsa, op->src, &data)) {
        goto out;
    }
    /* RFC 8017, section 8.2.2, step 1, and section 5.2.2 */
    if (op->signature.len != rsa->key.size ||
        !read_integer(rsa, op->signature, &integer) ||
        gcry_mpi_cmp(integer, rsa->key.n) >= 0) {
        status = CRYPTODEV_KEY_REJECTED;
        goto out;
    }
    if (gcry_sexp_build(&signature, NULL, "(sig-val (rsa (s %m)))", integer)) {
        goto out;
    }
    switch (gcry_err_code(gcry_pk_verify(signature, data,
                                         rsa->key.public))) {
    case GPG_ERR_NO_ERROR:
        status = CRYPTODEV_OK;
        break;
    case GPG_ERR_BAD_SIGNATURE:
        status = CRYPTODEV_KEY_REJECTED;
        break;
    default:
        break;
    }
out:
    gcry_sexp_release(signature);
    gcry_sexp_release(data);
    gcry_mpi_release(integer);
    return status;
}

CryptoDevStatus cryptodev_rsa_run(const CryptoDevRsa *rsa, CryptoDevOp *op)
{
    bool signs = op->type == CRYPTODEV_OP_SIGN ||
                 op->type == CRYPTODEV_OP_VERIFY;

    if (signs && rsa->padding == CRYPTODEV_RSA_RAW) {
        return CRYPTODEV_NOTSUPP;
    }
    switch (op->type) {
    case CRYPTODEV_OP_ENCRYPT:
        return rsa_encrypt(rsa, op);
    case CRYPTODEV_OP_DECRYPT:
        return rsa_decrypt(rsa, op);
    case CRYPTODEV_OP_SIGN:
        return rsa_sign(rsa, op);
    case CRYPTODEV_OP_VERIFY:
        return rsa_verify(rsa, op);
    default:
        g_assert_not_reached();
    }
}

CryptoDevStatus cryptodev_rsa_check(const CryptoDevRsa *rsa)
{
    unsigned int bits = gcry_mpi_get_nbits(rsa->key.n);

    if (bits < MODULUS_MIN_BITS || bits > MODULUS_MAX_BITS) {
        return CRYPTODEV_NOTSUPP;
    }
    if (rsa->padding == CRYPTODEV_RSA_PKCS1 && rsa->hash != GCRY_MD_NONE &&
        gcry_md_test_algo(rsa->hash)) {
        return CRYPTODEV_NOTSUPP;
    }
    return CRYPTODEV_OK;
}

static bool rsa_takes_long(const CryptoDevOp *op)
{
    const RsaSession *session = container_of(op->session, RsaSession, parent);
    const CryptoDevRsaKey *key = &session->rsa.key;
    bool is_public = op->type == CRYPTODEV_OP_ENCRYPT ||
                     op->type == CRYPTODEV_OP_VERIFY;

    return !is_public || key->exponent_bits > QUICK_EXPONENT_BITS ||
           key->size > QUICK_MODULUS_BITS / 8;
}

static void rsa_run(CryptoDevOp *op)
{
    const RsaSession *session = container_of(op->session, RsaSession, parent);

    op->status = cryptodev_rsa_run(&session->rsa, op);
}

static void rsa_destroy(CryptoDevSession *parent)
{
    RsaSession *session = container_of(parent, RsaSession, parent);

    cryptodev_rsa_key_destroy(&session->rsa.key);
    g_free(session);
}

static CryptoDevStatus rsa_create(const CryptoDevSessionParams *params,
                                  CryptoDevSession **parent)
{
    RsaSession *session = g_new0(RsaSession, 1);
    CryptoDevRsa *rsa = &session->rsa;
    CryptoDevStatus status = CRYPTODEV_ERR;

    rsa->padding = params->akcipher.padding;
    rsa->hash = cryptodev_gcrypt_hash_number(params->akcipher.hash);
    if (cryptodev_rsa_key_init(&rsa->key, params->key, params->key_len,
                               params->akcipher.private_key)) {
        status = cryptodev_rsa_check(rsa);
    }
    if (status != CRYPTODEV_OK) {
        rsa_destroy(&session->parent);
        return status;
    }
    *parent = &session->parent;
    return CRYPTODEV_OK;
}

const CryptoDevGcryptDriver cryptodev_gcrypt_rsa = {
    .takes_secure_memory = true,
    .add_capabilities = rsa_add_capabilities,
    .create = rsa_create,
    .destroy = rsa_destroy,
    .takes_long = rsa_takes_long,
    .run = rsa_run,
};
