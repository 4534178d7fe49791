/*
 * The OpenSSL backend: signatures of DSA and ECDSA in operations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/ecdsa.h>
#include <openssl/err.h>
#include "signature.h"

bool cryptodev_openssl_has_digest(const CryptoDevOp *op)
{
    return op->src.len && op->src.len <= CRYPTODEV_DIGEST_MAX;
}

CryptoDevOperand
cryptodev_openssl_read_digest(const CryptoDevOp *op,
                              uint8_t bytes[CRYPTODEV_DIGEST_MAX])
{
    CryptoDevBuf src = op->src;
    size_t len = src.len;

    cryptodev_buf_read(&src, bytes, len);
    return (CryptoDevOperand) { bytes, len };
}

size_t cryptodev_openssl_encode(const BIGNUM *r, const BIGNUM *s,
                                uint8_t der[CRYPTODEV_SIGNATURE_MAX])
{
    ECDSA_SIG *signature = ECDSA_SIG_new();
    BIGNUM *own_r = BN_dup(r);
    BIGNUM *own_s = BN_dup(s);
    int len = 0;

    if (!signature || !own_r || !own_s ||
        !ECDSA_SIG_set0(signature, own_r, own_s)) {
        BN_free(own_r);
        BN_free(own_s);
    } else if (i2d_ECDSA_SIG(signature, NULL) <= CRYPTODEV_SIGNATURE_MAX) {
        len = MAX(i2d_ECDSA_SIG(signature, &der), 0);
    }
    ECDSA_SIG_free(signature);
    return len;
}

/* DSA's encoding is the same.  What OpenSSL takes need not be strict DER. */
bool cryptodev_openssl_decode(CryptoDevBuf signature, BIGNUM **r, BIGNUM **s)
{
    uint8_t bytes[CRYPTODEV_SIGNATURE_MAX], again[CRYPTODEV_SIGNATURE_MAX];
    const uint8_t *der = bytes;
    size_t len = signature.len;
    ECDSA_SIG *read;

    *r = *s = NULL;
    if (len > sizeof(bytes)) {
        return false;
    }
    cryptodev_buf_read(&signature, bytes, len);
    read = d2i_ECDSA_SIG(NULL, &der, len);
    if (read) {
        *r = BN_dup(ECDSA_SIG_get0_r(read));
        *s = BN_dup(ECDSA_SIG_get0_s(read));
    }
    ECDSA_SIG_free(read);
    ERR_clear_error();
    return *r && *s && cryptodev_openssl_encode(*r, *s, again) == len &&
           !memcmp(bytes, again, len);
}

CryptoDevStatus cryptodev_openssl_write_signature(CryptoDevOp *op,
                                                  const BIGNUM *r,
                                                  const BIGNUM *s)
{
    uint8_t der[CRYPTODEV_SIGNATURE_MAX];
    CryptoDevBuf dst = op->dst;
    size_t len = cryptodev_openssl_encode(r, s, der);

    if (!len || len > dst.len) {
        return CRYPTODEV_ERR;
    }
    cryptodev_buf_write(&dst, der, len);
    op->result_len = len;
    return CRYPTODEV_OK;
}
