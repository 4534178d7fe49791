/*
 * Cryptography backends: the service KEY, which derives keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "drivers.h"
#include "hash.h"
#include "key-derivation.h"

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
    const CryptoDevPrimitives *primitives = cryptodev_primitives(backend);

    return operation > CRYPTODEV_KEY_TLS1_LABEL ||
           primitives->hash.has(primitives, CRYPTODEV_HASH_MD5);
}

static CryptoDevStatus ssl3(const CryptoDevPrimitives *primitives,
                            CryptoDevComputation *c, CryptoDevOperand labels,
                            size_t len)
{
    uint8_t *result = cryptodev_computation_add(c, len);

    return result && cryptodev_ssl3_derive(primitives, c->operands[0], labels,
                                           c->operands[1], result, len)
           ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

/* @seed is the number of the operand that is the seed. */
static CryptoDevStatus tls1(const CryptoDevPrimitives *primitives,
                            CryptoDevComputation *c, CryptoDevOperand label,
                            size_t seed, size_t len)
{
    uint8_t *result = cryptodev_computation_add(c, len);

    return result && cryptodev_tls1_prf(primitives, c->operands[0], label,
                                        c->operands[seed], result, len)
           ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

/*
 * Set the hash that the first operand names.  The backend may lack it, and the
 * digests of SHAKE have no fixed length.
 */
static bool find_hash(const CryptoDevPrimitives *primitives,
                      const CryptoDevComputation *c, CryptoDevHashAlgo *hash)
{
    *hash = cryptodev_operand_number(c->operands[0]);
    return cryptodev_hash_len(*hash) && primitives->hash.has(primitives, *hash);
}

static CryptoDevStatus tls12(const CryptoDevPrimitives *primitives,
                             CryptoDevComputation *c, CryptoDevOperand label,
                             size_t seed, size_t len)
{
    uint8_t *result = cryptodev_computation_add(c, len);
    CryptoDevHashAlgo hash;

    if (!find_hash(primitives, c, &hash)) {
        return CRYPTODEV_NOTSUPP;
    }
    return result && cryptodev_tls12_prf(primitives, hash, c->operands[1],
                                         label, c->operands[seed], result, len)
           ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

static CryptoDevStatus extract(const CryptoDevPrimitives *primitives,
                               CryptoDevComputation *c)
{
    CryptoDevHashAlgo hash;
    uint8_t *result;

    if (!find_hash(primitives, c, &hash)) {
        return CRYPTODEV_NOTSUPP;
    }
    result = cryptodev_computation_add(c, cryptodev_hash_len(hash));
    return result && cryptodev_hkdf_extract(primitives, hash, c->operands[1],
                                            c->operands[2], result)
           ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

/* Run an operation whose first operand is a hash and whose last is a length. */
static CryptoDevStatus expand(const CryptoDevPrimitives *primitives,
                              CryptoDevComputation *c)
{
    const CryptoDevOperand *operands = c->operands;
    size_t len = cryptodev_operand_number(operands[c->n_operands - 1]);
    uint8_t *result = cryptodev_computation_add(c, len);
    CryptoDevHashAlgo hash;
    bool ok;

    if (!find_hash(primitives, c, &hash)) {
        return CRYPTODEV_NOTSUPP;
    }
    if (!result) {
        return CRYPTODEV_ERR;
    }
    switch (c->operation) {
    case CRYPTODEV_KEY_HKDF_EXPAND:
        ok = cryptodev_hkdf_expand(primitives, hash, operands[1], operands[2],
                                   result, len);
        break;
    case CRYPTODEV_KEY_HKDF_EXPAND_LABEL:
        ok = cryptodev_hkdf_expand_label(primitives, hash, operands[1],
                                         operands[2], operands[3], result,
                                         len);
        break;
    default:
        ok = cryptodev_mgf1(primitives, hash, operands[1], result, len);
        break;
    }
    return ok ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

static CryptoDevStatus key_compute(CryptoDevBackend *backend,
                                   CryptoDevComputation *c)
{
    const CryptoDevPrimitives *primitives = cryptodev_primitives(backend);
    const CryptoDevOperand *operands = c->operands;
    size_t len = cryptodev_operand_number(operands[c->n_operands - 1]);

    switch (c->operation) {
    case CRYPTODEV_KEY_SSL3_MASTER_SECRET:
        return ssl3(primitives, c, letters, MASTER_SECRET_LEN);
    case CRYPTODEV_KEY_SSL3_KEY_MATERIAL:
        return ssl3(primitives, c, letters, len);
    case CRYPTODEV_KEY_SSL3_LABEL:
        return ssl3(primitives, c, operands[2], len);
    case CRYPTODEV_KEY_TLS1_MASTER_SECRET:
        return tls1(primitives, c, master_secret, 1, MASTER_SECRET_LEN);
    case CRYPTODEV_KEY_TLS1_KEY_MATERIAL:
        return tls1(primitives, c, key_expansion, 1, len);
    case CRYPTODEV_KEY_TLS1_CLIENT_FINISHED:
        return tls1(primitives, c, client_finished, 1, FINISHED_LEN);
    case CRYPTODEV_KEY_TLS1_SERVER_FINISHED:
        return tls1(primitives, c, server_finished, 1, FINISHED_LEN);
    case CRYPTODEV_KEY_TLS1_LABEL:
        return tls1(primitives, c, operands[1], 2, len);
    case CRYPTODEV_KEY_TLS12_MASTER_SECRET:
        return tls12(primitives, c, master_secret, 2, MASTER_SECRET_LEN);
    case CRYPTODEV_KEY_TLS12_KEY_MATERIAL:
        return tls12(primitives, c, key_expansion, 2, len);
    case CRYPTODEV_KEY_TLS12_CLIENT_FINISHED:
        return tls12(primitives, c, client_finished, 2, FINISHED_LEN);
    case CRYPTODEV_KEY_TLS12_SERVER_FINISHED:
        return tls12(primitives, c, server_finished, 2, FINISHED_LEN);
    case CRYPTODEV_KEY_TLS12_LABEL:
        return tls12(primitives, c, operands[2], 3, len);
    case CRYPTODEV_KEY_HKDF_EXTRACT:
        return extract(primitives, c);
    default:
        return expand(primitives, c);
    }
}

const CryptoDevDriver cryptodev_common_key = {
    .service = CRYPTODEV_SERVICE_KEY,
    .has = key_has,
    .compute = key_compute,
};
