/*
 * The OpenSSL backend: keys of ECDSA
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/params.h>
#include "ecdsa-key.h"

void cryptodev_openssl_ecdsa_init(CryptoDevOpensslEcdsaKey *key,
                                  const CryptoDevOpensslCurve *curve)
{
    key->curve = curve;
    cryptodev_late_check_init(&key->late);
}

void cryptodev_openssl_ecdsa_destroy(CryptoDevOpensslEcdsaKey *key)
{
    cryptodev_openssl_contexts_destroy(&key->verifiers);
    EVP_PKEY_free(key->public);
    BN_clear_free(key->private);
    cryptodev_late_check_destroy(&key->late);
}

bool cryptodev_openssl_ecdsa_set_point(CryptoDevOpensslEcdsaKey *key,
                                       CryptoDevOperand point)
{
    size_t size = key->curve->size;
    g_autoptr(EC_POINT) read = NULL;

    if (point.len != 1 + 2 * size ||
        point.data[0] != CRYPTODEV_EC_UNCOMPRESSED) {
        return false;
    }
    if (cryptodev_openssl_read_point(
            key->curve, (CryptoDevOperand) { point.data + 1, size },
            (CryptoDevOperand) { point.data + 1 + size, size },
            &read) != CRYPTODEV_OK) {
        return false;
    }
    memcpy(key->point, point.data, point.len);
    key->point_len = point.len;
    return true;
}

/* Compute the point of the private key. */
static bool make_point(const CryptoDevOpensslEcdsaKey *key, uint8_t *point)
{
    size_t size = key->curve->size;
    g_autoptr(BIGNUM) x = BN_new();
    g_autoptr(BIGNUM) y = BN_new();

    point[0] = CRYPTODEV_EC_UNCOMPRESSED;
    return x && y &&
           cryptodev_openssl_multiply(key->curve, key->private, NULL, x, y) &&
           BN_bn2binpad(x, point + 1, size) >= 0 &&
           BN_bn2binpad(y, point + 1 + size, size) >= 0;
}

static EVP_PKEY *make_public(const CryptoDevOpensslEcdsaKey *key)
{
    OSSL_PARAM params[] = {
        OSSL_PARAM_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME,
                               (char *)key->curve->name,
                               strlen(key->curve->name)),
        OSSL_PARAM_octet_string(OSSL_PKEY_PARAM_PUB_KEY, (void *)key->point,
                                key->point_len),
        OSSL_PARAM_END
    };
    EVP_PKEY_CTX *maker =
        EVP_PKEY_CTX_new_from_name(key->curve->order.context, "EC", NULL);
    EVP_PKEY *public = NULL;

    if (!maker || EVP_PKEY_fromdata_init(maker) != 1 ||
        EVP_PKEY_fromdata(maker, &public, EVP_PKEY_PUBLIC_KEY, params) != 1) {
        public = NULL;
    }
    EVP_PKEY_CTX_free(maker);
    return public;
}

static bool init_verifier(EVP_PKEY_CTX *verifier)
{
    return EVP_PKEY_verify_init(verifier) == 1;
}

static bool make_verifiers(CryptoDevOpensslEcdsaKey *key)
{
    bool ok;

    key->public = make_public(key);
    key->verifiers.libctx = key->curve->order.context;
    key->verifiers.pkey = key->public;
    key->verifiers.init = init_verifier;
    ok = key->public && cryptodev_openssl_contexts_init(&key->verifiers);
    ERR_clear_error();
    return ok;
}

static bool complete(void *opaque)
{
    CryptoDevOpensslEcdsaKey *key = opaque;
    uint8_t point[CRYPTODEV_EC_POINT_MAX];
    size_t len = 1 + 2 * key->curve->size;

    if (key->private) {
        if (!make_point(key, point) ||
            (key->point_len && memcmp(point, key->point, len))) {
            return false;
        }
        memcpy(key->point, point, len);
        key->point_len = len;
    }
    return make_verifiers(key);
}

bool cryptodev_openssl_ecdsa_ready(CryptoDevOpensslEcdsaKey *key)
{
    return cryptodev_late_check(&key->late, complete, key);
}

CryptoDevStatus cryptodev_openssl_ecdsa_verify(CryptoDevOpensslEcdsaKey *key,
                                               CryptoDevOperand digest,
                                               CryptoDevOperand signature)
{
    EVP_PKEY_CTX *verifier = cryptodev_openssl_contexts_take(&key->verifiers);
    bool ok = verifier &&
              EVP_PKEY_verify(verifier, signature.data, signature.len,
                              digest.data, digest.len) == 1;
    CryptoDevStatus failed = verifier ? CRYPTODEV_KEY_REJECTED : CRYPTODEV_ERR;

    cryptodev_openssl_contexts_give(&key->verifiers, verifier);
    ERR_clear_error();
    return ok ? CRYPTODEV_OK : failed;
}
