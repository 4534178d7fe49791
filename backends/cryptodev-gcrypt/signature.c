/*
 * The libgcrypt backend: signatures of DSA and ECDSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../cryptodev/common/der.h"
#include "../cryptodev/common/primitives.h"
#include "integer.h"
#include "signature.h"

/* The content of an INTEGER below the largest order, that of P-521 */
#define INTEGER_MAX 66

/* The header of the SEQUENCE, and two INTEGERs with theirs */
#define SIGNATURE_MAX (3 + 2 * (2 + INTEGER_MAX))

void cryptodev_signature_key_destroy(CryptoDevSignatureKey *key)
{
    gcry_sexp_release(key->public);
    gcry_mpi_release(key->private);
    gcry_mpi_release(key->order);
}

/* Read a digest; NULL if it has no legal length. */
static gcry_mpi_t read_digest(const CryptoDevSignatureKey *key,
                              CryptoDevBuf src)
{
    uint8_t digest[CRYPTODEV_DIGEST_MAX];
    size_t len = src.len;

    if (!len || len > CRYPTODEV_DIGEST_MAX) {
        return NULL;
    }
    cryptodev_buf_read(&src, digest, len);
    return cryptodev_sign_digest(key->order,
                                 (CryptoDevOperand) { digest, len });
}

/* Make libgcrypt's form of the digest: a number, which it does not cut. */
static bool build_digest(gcry_mpi_t digest, gcry_sexp_t *data)
{
    return !gcry_sexp_build(data, NULL, "(data (flags raw) (value %m))",
                            digest);
}

/* Returns the length of the encoding, or 0 if a number is too large. */
static size_t encode(gcry_mpi_t r, gcry_mpi_t s, uint8_t der[SIGNATURE_MAX])
{
    uint8_t r_bytes[INTEGER_MAX], s_bytes[INTEGER_MAX];
    QCryptoEncodeContext *context;
    size_t r_len, s_len, len;

    if (gcry_mpi_print(GCRYMPI_FMT_STD, r_bytes, sizeof(r_bytes), &r_len, r) ||
        gcry_mpi_print(GCRYMPI_FMT_STD, s_bytes, sizeof(s_bytes), &s_len, s)) {
        return 0;
    }
    context = qcrypto_der_encode_ctx_new();
    qcrypto_der_encode_seq_begin(context);
    qcrypto_der_encode_int(context, r_bytes, r_len);
    qcrypto_der_encode_int(context, s_bytes, s_len);
    qcrypto_der_encode_seq_end(context);
    len = qcrypto_der_encode_ctx_buffer_len(context);
    qcrypto_der_encode_ctx_flush_and_free(context, der);
    return len;
}

/* FIPS 186-5, section 6.4.2, step 1 */
static bool in_range(const CryptoDevSignatureKey *key, gcry_mpi_t integer)
{
    return gcry_mpi_cmp_ui(integer, 0) > 0 &&
           gcry_mpi_cmp(integer, key->order) < 0;
}

/*
 * A q of DSA need not be the prime that it should be.  libgcrypt aborts where
 * both exponents are zero, which an s without an inverse makes them.
 */
static bool has_inverse(const CryptoDevSignatureKey *key, gcry_mpi_t integer)
{
    gcry_mpi_t divisor = gcry_mpi_new(0);
    bool ok = gcry_mpi_gcd(divisor, integer, key->order);

    gcry_mpi_release(divisor);
    return ok;
}

/* Encode the numbers again, to find encodings that are not strict DER. */
static bool decode(CryptoDevBuf signature, gcry_mpi_t *r, gcry_mpi_t *s)
{
    uint8_t bytes[SIGNATURE_MAX], again[SIGNATURE_MAX];
    size_t len = signature.len;
    CryptoDevDer der = { .data = bytes, .len = len };
    CryptoDevDer content;

    if (len > sizeof(bytes)) {
        return false;
    }
    cryptodev_buf_read(&signature, bytes, len);
    return cryptodev_der_take(&der, qcrypto_der_decode_seq, &content) &&
           cryptodev_integer_take(&content, GCRYMPI_FMT_STD, false, r) &&
           cryptodev_integer_take(&content, GCRYMPI_FMT_STD, false, s) &&
           encode(*r, *s, again) == len && !memcmp(bytes, again, len);
}

static CryptoDevStatus write_signature(CryptoDevOp *op, gcry_mpi_t r,
                                       gcry_mpi_t s)
{
    CryptoDevBuf dst = op->dst;
    uint8_t der[SIGNATURE_MAX];
    size_t len = encode(r, s, der);

    if (!len || len > dst.len) {
        return CRYPTODEV_ERR;
    }
    cryptodev_buf_write(&dst, der, len);
    op->result_len = len;
    return CRYPTODEV_OK;
}

static CryptoDevStatus sign(const CryptoDevSignatureKey *key,
                            const CryptoDevSignGroup *group, CryptoDevOp *op)
{
    g_auto(gcry_mpi_t) digest = read_digest(key, op->src);
    g_auto(gcry_mpi_t) r = gcry_mpi_snew(0);
    g_auto(gcry_mpi_t) s = gcry_mpi_snew(0);

    return key->private && digest &&
           cryptodev_sign(group, key->private, digest, op->src.len, r, s)
           ? write_signature(op, r, s) : CRYPTODEV_ERR;
}

/* Neither r nor s is negative. */
static CryptoDevStatus verify_numbers(const CryptoDevSignatureKey *key,
                                      gcry_mpi_t digest, gcry_mpi_t r,
                                      gcry_mpi_t s)
{
    g_auto(gcry_sexp_t) data = NULL;
    g_auto(gcry_sexp_t) signature = NULL;

    if (!in_range(key, r) || !in_range(key, s) || !has_inverse(key, s)) {
        return CRYPTODEV_KEY_REJECTED;
    }
    if (!build_digest(digest, &data) ||
        gcry_sexp_build(&signature, NULL, "(sig-val (%s (r %m) (s %m)))",
                        key->name, r, s)) {
        return CRYPTODEV_ERR;
    }
    switch (gcry_err_code(gcry_pk_verify(signature, data, key->public))) {
    case GPG_ERR_NO_ERROR:
        return CRYPTODEV_OK;
    case GPG_ERR_BAD_SIGNATURE:
        return CRYPTODEV_KEY_REJECTED;
    default:
        return CRYPTODEV_ERR;
    }
}

static CryptoDevStatus verify(const CryptoDevSignatureKey *key,
                              const CryptoDevOp *op)
{
    g_auto(gcry_mpi_t) digest = read_digest(key, op->src);
    g_auto(gcry_mpi_t) r = NULL;
    g_auto(gcry_mpi_t) s = NULL;

    if (!digest) {
        return CRYPTODEV_ERR;
    }
    return decode(op->signature, &r, &s)
           ? verify_numbers(key, digest, r, s)
           : CRYPTODEV_KEY_REJECTED;
}

CryptoDevStatus
cryptodev_signature_compute_verdict(const CryptoDevSignatureKey *key,
                                    CryptoDevComputation *computation)
{
    const CryptoDevOperand *operands = computation->operands;
    g_auto(gcry_mpi_t) digest =
        cryptodev_sign_digest(key->order, operands[0]);
    g_auto(gcry_mpi_t) r = cryptodev_integer_read(operands[1], false);
    g_auto(gcry_mpi_t) s = cryptodev_integer_read(operands[2], false);

    return digest && r && s
           ? cryptodev_computation_add_verdict(
                 computation, verify_numbers(key, digest, r, s))
           : CRYPTODEV_ERR;
}

void cryptodev_signature_run(const CryptoDevSignatureKey *key,
                             const CryptoDevSignGroup *group, CryptoDevOp *op)
{
    switch (op->type) {
    case CRYPTODEV_OP_SIGN:
        op->status = sign(key, group, op);
        break;
    case CRYPTODEV_OP_VERIFY:
        op->status = verify(key, op);
        break;
    default:
        op->status = CRYPTODEV_NOTSUPP;
        break;
    }
}
