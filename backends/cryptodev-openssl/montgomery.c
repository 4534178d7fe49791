/*
 * The OpenSSL backend: the functions X25519 and X448, RFC 7748
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <openssl/err.h>
#include "integer.h"
#include "montgomery.h"

/**
 * CryptoDevOpensslMontgomeryCurve:
 * @name: OpenSSL's name of the function
 * @len: bytes in a scalar and in a coordinate
 * @quick: whether it takes a tenth of a millisecond at most
 */
struct CryptoDevOpensslMontgomeryCurve {
    const char *name;
    size_t len;
    bool quick;
};

static const CryptoDevOpensslMontgomeryCurve curves[] = {
    [CRYPTODEV_CURVE_X25519] = { "X25519", 32, true },
    [CRYPTODEV_CURVE_X448] = { "X448", CRYPTODEV_MONTGOMERY_MAX },
};

bool cryptodev_openssl_is_montgomery(CryptoDevCurve id)
{
    return id < ARRAY_SIZE(curves) && curves[id].name;
}

/*
 * Store a big-endian number as a little-endian one.  It may have more leading
 * zeros than there is room for.
 */
static bool reverse(CryptoDevOperand number, uint8_t *bytes, size_t len)
{
    if (number.len > len) {
        number = cryptodev_operand_trim(number);
    }
    if (number.len > len) {
        return false;
    }
    memset(bytes, 0, len);
    for (size_t i = 0; i < number.len; i++) {
        bytes[i] = number.data[number.len - 1 - i];
    }
    return true;
}

static bool has_function(OSSL_LIB_CTX *context, const char *name)
{
    EVP_KEYEXCH *function = EVP_KEYEXCH_fetch(context, name, NULL);
    bool has = function;

    EVP_KEYEXCH_free(function);
    ERR_clear_error();
    return has;
}

bool cryptodev_openssl_has_montgomery(OSSL_LIB_CTX *context)
{
    return has_function(context, curves[CRYPTODEV_CURVE_X25519].name) ||
           has_function(context, curves[CRYPTODEV_CURVE_X448].name);
}

CryptoDevStatus
cryptodev_openssl_montgomery_init(CryptoDevOpensslMontgomery *function,
                                  OSSL_LIB_CTX *context, CryptoDevCurve id,
                                  CryptoDevOperand scalar)
{
    function->context = context;
    function->curve = &curves[id];
    cryptodev_late_check_init(&function->late);
    if (!has_function(context, function->curve->name)) {
        return CRYPTODEV_NOTSUPP;
    }
    return reverse(scalar, function->scalar, function->curve->len)
           ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

void
cryptodev_openssl_montgomery_destroy(CryptoDevOpensslMontgomery *function)
{
    cryptodev_openssl_contexts_destroy(&function->derivers);
    EVP_PKEY_free(function->key);
    cryptodev_late_check_destroy(&function->late);
    cryptodev_wipe(function->scalar, sizeof(function->scalar));
}

static bool init_deriver(EVP_PKEY_CTX *deriver)
{
    return EVP_PKEY_derive_init(deriver) == 1;
}

/* This computes the public key, so it takes as long as an operation. */
static bool make_key(void *opaque)
{
    CryptoDevOpensslMontgomery *function = opaque;
    const CryptoDevOpensslMontgomeryCurve *curve = function->curve;
    bool ok;

    function->key =
        EVP_PKEY_new_raw_private_key_ex(function->context, curve->name, NULL,
                                        function->scalar, curve->len);
    cryptodev_openssl_wipe_stack();
    function->derivers.libctx = function->context;
    function->derivers.pkey = function->key;
    function->derivers.init = init_deriver;
    ok = function->key && cryptodev_openssl_contexts_init(&function->derivers);
    ERR_clear_error();
    return ok;
}

/* OpenSSL refuses a result of 0: RFC 7748, sections 6.1 and 6.2. */
static bool multiply(const CryptoDevOpensslMontgomery *function,
                     EVP_PKEY_CTX *deriver, const uint8_t *u, uint8_t *product)
{
    const CryptoDevOpensslMontgomeryCurve *curve = function->curve;
    size_t len = curve->len;
    EVP_PKEY *peer =
        EVP_PKEY_new_raw_public_key_ex(function->context, curve->name, NULL, u,
                                       len);
    bool ok = peer && EVP_PKEY_derive_set_peer_ex(deriver, peer, 0) == 1 &&
              EVP_PKEY_derive(deriver, product, &len) == 1 &&
              len == curve->len;

    EVP_PKEY_free(peer);
    return ok;
}

static bool multiply_spared(CryptoDevOpensslMontgomery *function,
                            const uint8_t *u, uint8_t *product)
{
    EVP_PKEY_CTX *deriver =
        cryptodev_openssl_contexts_take(&function->derivers);
    bool ok = deriver && multiply(function, deriver, u, product);

    cryptodev_openssl_contexts_give(&function->derivers, deriver);
    cryptodev_openssl_wipe_stack();
    ERR_clear_error();
    return ok;
}

bool cryptodev_openssl_montgomery_is_quick(
    const CryptoDevOpensslMontgomery *function)
{
    return function->curve->quick && cryptodev_late_check_made(&function->late);
}

CryptoDevStatus
cryptodev_openssl_montgomery_add(CryptoDevOpensslMontgomery *function,
                                 CryptoDevComputation *computation,
                                 CryptoDevOperand u)
{
    uint8_t u_bytes[CRYPTODEV_MONTGOMERY_MAX];
    uint8_t product[CRYPTODEV_MONTGOMERY_MAX];
    size_t len = function->curve->len;
    uint8_t *result = NULL;

    if (reverse(u, u_bytes, len) &&
        cryptodev_late_check(&function->late, make_key, function) &&
        multiply_spared(function, u_bytes, product)) {
        result = cryptodev_computation_add(computation, len);
    }
    if (result) {
        reverse((CryptoDevOperand) { product, len }, result, len);
    }
    cryptodev_wipe(product, sizeof(product));
    return result ? CRYPTODEV_OK : CRYPTODEV_ERR;
}
