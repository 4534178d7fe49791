/*
 * The libgcrypt backend: derivation of keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../../cryptodev-gcrypt/drivers.h"
#include "digest.h"
#include "key-derivation.h"
#include "mgf1.h"
#include "ssl3.h"
#include "tls.h"

/* RFC 6101 and 5246, section 6.1; RFC 5246, section 7.4.9 */
#define MASTER_SECRET_LEN 48
#define FINISHED_LEN 12

#define LABEL(text) { (const uint8_t *)(text), sizeof(text) - 1 }

static const CryptoDevOperand master_secret = LABEL("master secret");
static const CryptoDevOperand key_expansion = LABEL("key expansion");
static const CryptoDevOperand client_finished = LABEL("client finished");
static const CryptoDevOperand server_finished = LABEL("server finished");
static const CryptoDevOperand letters = LABEL("");

/* SSL 3.0 and TLS before 1.2 need MD5, which is not there in FIPS mode. */
static bool key_has(CryptoDevBackend *backend, uint32_t operation)
{
    return operation > CRYPTODEV_KEY_TLS1_LABEL ||
           !gcry_md_test_algo(GCRY_MD_MD5);
}

static CryptoDevStatus ssl3(CryptoDevComputation *c, CryptoDevOperand labels,
                            size_t len)
{
    uint8_t *result = cryptodev_computation_add(c, len);

    return result && cryptodev_ssl3_derive(c->operands[0], labels,
                                           c->operands[1], result, len)
           ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

/* @seed is the number of the operand that is the seed. */
static CryptoDevStatus tls1(CryptoDevComputation *c, CryptoDevOperand label,
                            size_t seed, size_t len)
{
    uint8_t *result = cryptodev_computation_add(c, len);

    return result && cryptodev_tls1_prf(c->operands[0], label,
                                        c->operands[seed], result, len)
           ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

/*
 * Set libgcrypt's number of the hash that the first operand names.  The backend
 * may lack it, and SHAKE has no digest of a fixed length, whatever libgcrypt
 * says of it.
 */
static bool find_hash(const CryptoDevComputation *c, int *hash)
{
    CryptoDevHashAlgo algo = cryptodev_operand_number(c->operands[0]);

    *hash = cryptodev_gcrypt_hash_number(algo);
    return algo != CRYPTODEV_HASH_SHAKE128 &&
           algo != CRYPTODEV_HASH_SHAKE256 && !gcry_md_test_algo(*hash);
}

static CryptoDevStatus tls12(CryptoDevComputation *c, CryptoDevOperand label,
                             size_t seed, size_t len)
{
    uint8_t *result = cryptodev_computation_add(c, len);
    int hash;

    if (!find_hash(c, &hash)) {
        return CRYPTODEV_NOTSUPP;
    }
    return result && cryptodev_tls12_prf(hash, c->operands[1], label,
                                         c->operands[seed], result, len)
           ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

static CryptoDevStatus extract(CryptoDevComputation *c)
{
    uint8_t *result;
    int hash;

    if (!find_hash(c, &hash)) {
        return CRYPTODEV_NOTSUPP;
    }
    result = cryptodev_computation_add(c, gcry_md_get_algo_dlen(hash));
    return result && cryptodev_hkdf_extract(hash, c->operands[1],
                                            c->operands[2], result)
           ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

/* What ends in the length of its result, and begins with a hash */
static CryptoDevStatus expand(CryptoDevComputation *c)
{
    const CryptoDevOperand *operands = c->operands;
    size_t len = cryptodev_operand_number(operands[c->n_operands - 1]);
    uint8_t *result = cryptodev_computation_add(c, len);
    int hash;
    bool ok;

    if (!find_hash(c, &hash)) {
        return CRYPTODEV_NOTSUPP;
    }
    if (!result) {
        return CRYPTODEV_ERR;
    }
    switch (c->operation) {
    case CRYPTODEV_KEY_HKDF_EXPAND:
        ok = cryptodev_hkdf_expand(hash, operands[1], operands[2], result,
                                   len);
        break;
    case CRYPTODEV_KEY_HKDF_EXPAND_LABEL:
        ok = cryptodev_hkdf_expand_label(hash, operands[1], operands[2],
                                         operands[3], result, len);
        break;
    default:
        ok = cryptodev_mgf1(hash, operands[1], result, len);
        break;
    }
    return ok ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

static CryptoDevStatus key_compute(CryptoDevBackend *backend,
                                   CryptoDevComputation *c)
{
    const CryptoDevOperand *operands = c->operands;
    size_t len = cryptodev_operand_number(operands[c->n_operands - 1]);

    switch (c->operation) {
    case CRYPTODEV_KEY_SSL3_MASTER_SECRET:
        return ssl3(c, letters, MASTER_SECRET_LEN);
    case CRYPTODEV_KEY_SSL3_KEY_MATERIAL:
        return ssl3(c, letters, len);
    case CRYPTODEV_KEY_SSL3_LABEL:
        return ssl3(c, operands[2], len);
    case CRYPTODEV_KEY_TLS1_MASTER_SECRET:
        return tls1(c, master_secret, 1, MASTER_SECRET_LEN);
    case CRYPTODEV_KEY_TLS1_KEY_MATERIAL:
        return tls1(c, key_expansion, 1, len);
    case CRYPTODEV_KEY_TLS1_CLIENT_FINISHED:
        return tls1(c, client_finished, 1, FINISHED_LEN);
    case CRYPTODEV_KEY_TLS1_SERVER_FINISHED:
        return tls1(c, server_finished, 1, FINISHED_LEN);
    case CRYPTODEV_KEY_TLS1_LABEL:
        return tls1(c, operands[1], 2, len);
    case CRYPTODEV_KEY_TLS12_MASTER_SECRET:
        return tls12(c, master_secret, 2, MASTER_SECRET_LEN);
    case CRYPTODEV_KEY_TLS12_KEY_MATERIAL:
        return tls12(c, key_expansion, 2, len);
    case CRYPTODEV_KEY_TLS12_CLIENT_FINISHED:
        return tls12(c, client_finished, 2, FINISHED_LEN);
    case CRYPTODEV_KEY_TLS12_SERVER_FINISHED:
        return tls12(c, server_finished, 2, FINISHED_LEN);
    case CRYPTODEV_KEY_TLS12_LABEL:
        return tls12(c, operands[2], 3, len);
    case CRYPTODEV_KEY_HKDF_EXTRACT:
        return extract(c);
    default:
        return expand(c);
    }
}

const CryptoDevDriver cryptodev_gcrypt_key = {
    .service = CRYPTODEV_SERVICE_KEY,
    .has = key_has,
    .compute = key_compute,
};
