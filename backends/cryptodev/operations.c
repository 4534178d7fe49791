/*
 * Cryptography backends: the operations, and the bounds of their operands
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "operations.h"

#define INTEGER(min_bits, max_bits) \
    { CRYPTODEV_OPERAND_INTEGER, false, min_bits, max_bits, CRYPTODEV_ERR }
#define INTEGER_IF_ANY(max_bits) \
    { CRYPTODEV_OPERAND_INTEGER, true, 0, max_bits, CRYPTODEV_ERR }
/* A modulus, prime or order that a session is for */
#define SIZE(min_bits, max_bits) \
    { CRYPTODEV_OPERAND_INTEGER, false, min_bits, max_bits, CRYPTODEV_NOTSUPP }
#define SIZE_IF_ANY(min_bits, max_bits) \
    { CRYPTODEV_OPERAND_INTEGER, true, min_bits, max_bits, CRYPTODEV_NOTSUPP }
#define NUMBER(least, greatest) \
    { CRYPTODEV_OPERAND_NUMBER, false, least, greatest, CRYPTODEV_ERR }
/* The number of something that a backend may have, or not */
#define CHOICE(least, greatest) \
    { CRYPTODEV_OPERAND_NUMBER, false, least, greatest, CRYPTODEV_NOTSUPP }
#define OCTETS(fewest, most) \
    { CRYPTODEV_OPERAND_OCTETS, false, fewest, most, CRYPTODEV_ERR }
#define OCTETS_IF_ANY(most) \
    { CRYPTODEV_OPERAND_OCTETS, true, 0, most, CRYPTODEV_ERR }

#define FLAG NUMBER(0, 1)
#define LENGTH(most) NUMBER(1, most)
#define CURVE CHOICE(CRYPTODEV_CURVE_P192, CRYPTODEV_CURVE_ED448)
#define NIST_CURVE CHOICE(CRYPTODEV_CURVE_P192, CRYPTODEV_CURVE_P521)
#define HASH CHOICE(CRYPTODEV_HASH_MD5, CRYPTODEV_HASH_MD4)
#define PADDING CHOICE(CRYPTODEV_RSA_RAW, CRYPTODEV_RSA_PKCS1)
#define DIGEST OCTETS(1, 64)

#define RULES(...) { \
    .rules = (const CryptoDevOperandRule[]) { __VA_ARGS__ }, \
    .n = ARRAY_SIZE(((const CryptoDevOperandRule[]) { __VA_ARGS__ })), \
}

/* PKCS #3 */
#define DH_BITS 8192
#define DH_KEY .key_min = 768, .key_max = DH_BITS
#define DH_P SIZE(768, DH_BITS)
#define DH_VALUE INTEGER(1, DH_BITS)

static const CryptoDevOperation dh[] = {
    [CRYPTODEV_DH_PUBLIC_VALUE] = {
        "dh-public-value", DH_KEY,
        .session = CRYPTODEV_DH_PUBLIC_VALUE,
        .session_operands = RULES(DH_P, DH_VALUE),
        .operands = RULES(DH_VALUE),
    },
    [CRYPTODEV_DH_SHARED_SECRET] = {
        "dh-shared-secret", DH_KEY,
        .session = CRYPTODEV_DH_SHARED_SECRET,
        .session_operands = RULES(DH_P),
        .operands = RULES(DH_VALUE, DH_VALUE),
    },
};

/* FIPS 186-4, section 4.2 */
#define DSA_L 3072
#define DSA_N 256
#define DSA_KEY .key_min = 1024, .key_max = DSA_L
#define DSA_P SIZE(1024, DSA_L)
#define DSA_Q SIZE(160, DSA_N)
#define DSA_BELOW_P INTEGER(1, DSA_L)
#define DSA_BELOW_Q INTEGER(1, DSA_N)

static const CryptoDevOperation dsa[] = {
    [CRYPTODEV_DSA_GENERATE_P] = {
        "dsa-generate-p", DSA_KEY,
        .operands = RULES(NUMBER(1024, DSA_L), NUMBER(160, DSA_N)),
    },
    [CRYPTODEV_DSA_GENERATE_G] = {
        "dsa-generate-g", DSA_KEY,
        .operands = RULES(INTEGER(1024, DSA_L), INTEGER(160, DSA_N),
                          DSA_BELOW_P),
    },
    [CRYPTODEV_DSA_GENERATE_Y] = {
        "dsa-generate-y", DSA_KEY,
        .session = CRYPTODEV_DSA_GENERATE_Y,
        .session_operands = RULES(DSA_P, DSA_BELOW_P),
        .operands = RULES(DSA_BELOW_Q),
    },
    [CRYPTODEV_DSA_SIGN_R] = {
        "dsa-sign-r", DSA_KEY,
        .session = CRYPTODEV_DSA_SIGN_R,
        .session_operands = RULES(DSA_P, DSA_Q, DSA_BELOW_P),
        .operands = RULES(DSA_BELOW_Q),
    },
    [CRYPTODEV_DSA_SIGN_S] = {
        "dsa-sign-s", .key_min = 160, .key_max = DSA_N,
        .session = CRYPTODEV_DSA_SIGN_S,
        .session_operands = RULES(DSA_Q, DSA_BELOW_Q),
        .operands = RULES(DSA_BELOW_Q, DSA_BELOW_Q, DIGEST),
    },
    [CRYPTODEV_DSA_SIGN_RS] = {
        "dsa-sign-rs", DSA_KEY,
        .session = CRYPTODEV_DSA_SIGN_RS,
        .session_operands = RULES(DSA_P, DSA_Q, DSA_BELOW_P, DSA_BELOW_Q),
        .operands = RULES(INTEGER_IF_ANY(DSA_N), DIGEST),
    },
    [CRYPTODEV_DSA_VERIFY] = {
        "dsa-verify", DSA_KEY,
        .session = CRYPTODEV_DSA_VERIFY,
        .session_operands = RULES(DSA_P, DSA_Q, DSA_BELOW_P, DSA_BELOW_P),
        .operands = RULES(DIGEST, INTEGER(0, DSA_L), INTEGER(0, DSA_L)),
    },
};

/* RFC 8017 */
#define RSA_BITS 8192
#define RSA_GENERATE_BITS 4096
#define RSA_KEY .key_min = 512, .key_max = RSA_BITS
#define RSA_MESSAGE OCTETS(1, RSA_BITS / 8)
#define RSA_MODULUS SIZE(512, RSA_BITS)
#define RSA_EXPONENT INTEGER(2, RSA_BITS)
#define RSA_HASH CHOICE(0, CRYPTODEV_HASH_MD4)
/* The eight integers of a private key: the modulus, and the others */
#define RSA_N SIZE_IF_ANY(512, RSA_BITS)
#define RSA_I INTEGER_IF_ANY(RSA_BITS)

static const CryptoDevOperation rsa[] = {
    [CRYPTODEV_RSA_GENERATE] = {
        "rsa-generate", .key_min = 512, .key_max = RSA_GENERATE_BITS,
        .operands = RULES(NUMBER(3, UINT32_MAX),
                          NUMBER(512, RSA_GENERATE_BITS)),
    },
    [CRYPTODEV_RSA_ENCRYPT] = {
        "rsa-encrypt", RSA_KEY,
        .session = CRYPTODEV_RSA_ENCRYPT,
        .session_operands = RULES(PADDING, RSA_MODULUS, RSA_EXPONENT),
        .operands = RULES(OCTETS_IF_ANY(RSA_BITS / 8)),
    },
    [CRYPTODEV_RSA_DECRYPT] = {
        "rsa-decrypt", RSA_KEY,
        .session = CRYPTODEV_RSA_DECRYPT,
        .session_operands = RULES(PADDING, RSA_N, RSA_I, RSA_I, RSA_I, RSA_I,
                                  RSA_I, RSA_I, RSA_I),
        .operands = RULES(RSA_MESSAGE),
    },
    [CRYPTODEV_RSA_SIGN] = {
        "rsa-sign", RSA_KEY,
        .session = CRYPTODEV_RSA_SIGN,
        .session_operands = RULES(PADDING, RSA_HASH, RSA_N, RSA_I, RSA_I,
                                  RSA_I, RSA_I, RSA_I, RSA_I, RSA_I),
        .operands = RULES(RSA_MESSAGE),
    },
    [CRYPTODEV_RSA_VERIFY] = {
        "rsa-verify", RSA_KEY,
        .session = CRYPTODEV_RSA_VERIFY,
        .session_operands = RULES(PADDING, RSA_HASH, RSA_MODULUS,
                                  RSA_EXPONENT),
        .operands = RULES(RSA_MESSAGE, RSA_MESSAGE),
    },
};

/* The largest field of a curve with a name, and with parameters */
#define EC_NAMED_BITS 521
#define EC_BITS 576
#define EC_NAMED_KEY .key_min = 192, .key_max = EC_NAMED_BITS
#define EC_NAMED_VALUE INTEGER(0, EC_NAMED_BITS)
#define EC_KEY .key_min = 3, .key_max = EC_BITS
#define EC_P SIZE(3, EC_BITS)
#define EC_VALUE INTEGER(0, EC_BITS)

static const CryptoDevOperation ec[] = {
    [CRYPTODEV_EC_MULTIPLY] = {
        "ec-multiply", EC_NAMED_KEY,
        .operands = RULES(CURVE, EC_NAMED_VALUE,
                          INTEGER_IF_ANY(EC_NAMED_BITS),
                          INTEGER_IF_ANY(EC_NAMED_BITS)),
    },
    [CRYPTODEV_EC_MULTIPLY_WITH] = {
        "ec-multiply-with", EC_KEY,
        .session = CRYPTODEV_EC_MULTIPLY_WITH,
        .session_operands = RULES(EC_P, EC_VALUE, EC_VALUE,
                                  INTEGER_IF_ANY(EC_BITS)),
        .operands = RULES(INTEGER(1, EC_BITS), EC_VALUE, EC_VALUE),
    },
    [CRYPTODEV_EC_VERIFY] = {
        "ec-verify", EC_NAMED_KEY,
        .operands = RULES(CURVE, EC_NAMED_VALUE, EC_NAMED_VALUE),
    },
    [CRYPTODEV_EC_VERIFY_WITH] = {
        "ec-verify-with", EC_KEY,
        .session = CRYPTODEV_EC_VERIFY_WITH,
        .session_operands = RULES(EC_P, EC_VALUE, EC_VALUE),
        .operands = RULES(EC_VALUE, EC_VALUE),
    },
};

static const CryptoDevOperation ecdh[] = {
    [CRYPTODEV_ECDH_SHARED_POINT] = {
        "ecdh-shared-point", EC_NAMED_KEY,
        .session = CRYPTODEV_ECDH_SHARED_POINT,
        .session_operands = RULES(CHOICE(CRYPTODEV_CURVE_P192,
                                         CRYPTODEV_CURVE_X448),
                                  EC_NAMED_VALUE),
        .operands = RULES(FLAG, EC_NAMED_VALUE,
                          INTEGER_IF_ANY(EC_NAMED_BITS)),
    },
};

#define ECDSA_SCALAR INTEGER(1, EC_NAMED_BITS)

static const CryptoDevOperation ecdsa[] = {
    [CRYPTODEV_ECDSA_SIGN_R] = {
        "ecdsa-sign-r", EC_NAMED_KEY,
        .session = CRYPTODEV_ECDSA_SIGN_R,
        .session_operands = RULES(NIST_CURVE),
        .operands = RULES(ECDSA_SCALAR),
    },
    [CRYPTODEV_ECDSA_SIGN_S] = {
        "ecdsa-sign-s", EC_NAMED_KEY,
        .session = CRYPTODEV_ECDSA_SIGN_S,
        .session_operands = RULES(NIST_CURVE, ECDSA_SCALAR),
        .operands = RULES(ECDSA_SCALAR, ECDSA_SCALAR, DIGEST),
    },
    [CRYPTODEV_ECDSA_SIGN_RS] = {
        "ecdsa-sign-rs", EC_NAMED_KEY,
        .session = CRYPTODEV_ECDSA_SIGN_RS,
        .session_operands = RULES(NIST_CURVE, ECDSA_SCALAR),
        .operands = RULES(INTEGER_IF_ANY(EC_NAMED_BITS), DIGEST),
    },
    [CRYPTODEV_ECDSA_VERIFY] = {
        "ecdsa-verify", EC_NAMED_KEY,
        .session = CRYPTODEV_ECDSA_VERIFY,
        .session_operands = RULES(NIST_CURVE, EC_NAMED_VALUE, EC_NAMED_VALUE),
        .operands = RULES(DIGEST, INTEGER(0, DSA_L), INTEGER(0, DSA_L)),
    },
};

#define KEY_OCTETS 8192
#define KEY_SECRET OCTETS(1, KEY_OCTETS)
#define KEY_SEED OCTETS(1, KEY_OCTETS)
#define KEY_ANY OCTETS_IF_ANY(KEY_OCTETS)
#define KEY_LENGTH LENGTH(CRYPTODEV_OUTPUT_MAX)

/* RFC 6101, section 6.2.2: 26 rounds, as many as there are letters */
#define SSL3_ROUNDS 26
#define SSL3_LENGTH LENGTH(SSL3_ROUNDS * 16)
#define SSL3_LABELS OCTETS(1, SSL3_ROUNDS * (SSL3_ROUNDS + 1) / 2)

/* RFC 8446, section 7.1: one byte tells the length of label and context. */
#define TLS13_LABEL OCTETS_IF_ANY(249)
#define TLS13_CONTEXT OCTETS_IF_ANY(255)

static const CryptoDevOperation key[] = {
    [CRYPTODEV_KEY_SSL3_MASTER_SECRET] = {
        "ssl3-master-secret",
        .operands = RULES(KEY_SECRET, KEY_SEED),
    },
    [CRYPTODEV_KEY_SSL3_KEY_MATERIAL] = {
        "ssl3-key-material",
        .operands = RULES(KEY_SECRET, KEY_SEED, SSL3_LENGTH),
    },
    [CRYPTODEV_KEY_SSL3_LABEL] = {
        "ssl3-label",
        .operands = RULES(KEY_SECRET, KEY_SEED, SSL3_LABELS, SSL3_LENGTH),
    },
    [CRYPTODEV_KEY_TLS1_MASTER_SECRET] = {
        "tls1-master-secret",
        .operands = RULES(KEY_SECRET, KEY_SEED),
    },
    [CRYPTODEV_KEY_TLS1_KEY_MATERIAL] = {
        "tls1-key-material",
        .operands = RULES(KEY_SECRET, KEY_SEED, KEY_LENGTH),
    },
    [CRYPTODEV_KEY_TLS1_CLIENT_FINISHED] = {
        "tls1-client-finished",
        .operands = RULES(KEY_SECRET, KEY_SEED),
    },
    [CRYPTODEV_KEY_TLS1_SERVER_FINISHED] = {
        "tls1-server-finished",
        .operands = RULES(KEY_SECRET, KEY_SEED),
    },
    [CRYPTODEV_KEY_TLS1_LABEL] = {
        "tls1-label",
        .operands = RULES(KEY_SECRET, KEY_SEED, KEY_SEED, KEY_LENGTH),
    },
    [CRYPTODEV_KEY_TLS12_MASTER_SECRET] = {
        "tls12-master-secret",
        .operands = RULES(HASH, KEY_SECRET, KEY_SEED),
    },
    [CRYPTODEV_KEY_TLS12_KEY_MATERIAL] = {
        "tls12-key-material",
        .operands = RULES(HASH, KEY_SECRET, KEY_SEED, KEY_LENGTH),
    },
    [CRYPTODEV_KEY_TLS12_CLIENT_FINISHED] = {
        "tls12-client-finished",
        .operands = RULES(HASH, KEY_SECRET, KEY_SEED),
    },
    [CRYPTODEV_KEY_TLS12_SERVER_FINISHED] = {
        "tls12-server-finished",
        .operands = RULES(HASH, KEY_SECRET, KEY_SEED),
    },
    [CRYPTODEV_KEY_TLS12_LABEL] = {
        "tls12-label",
        .operands = RULES(HASH, KEY_SECRET, KEY_SEED, KEY_SEED, KEY_LENGTH),
    },
    [CRYPTODEV_KEY_HKDF_EXTRACT] = {
        "hkdf-extract",
        .operands = RULES(HASH, KEY_ANY, KEY_ANY),
    },
    [CRYPTODEV_KEY_HKDF_EXPAND] = {
        "hkdf-expand",
        .operands = RULES(HASH, KEY_SECRET, KEY_ANY, KEY_LENGTH),
    },
    [CRYPTODEV_KEY_HKDF_EXPAND_LABEL] = {
        "hkdf-expand-label",
        .operands = RULES(HASH, KEY_SECRET, TLS13_LABEL, TLS13_CONTEXT,
                          LENGTH(UINT16_MAX)),
    },
    [CRYPTODEV_KEY_MGF1] = {
        "mgf1",
        .operands = RULES(HASH, KEY_ANY, KEY_LENGTH),
    },
};

#define LN_BITS 8192

static const CryptoDevOperation ln[] = {
    [CRYPTODEV_LN_EXPONENTIATE] = {
        "ln-exponentiate", .key_min = 1, .key_max = LN_BITS,
        .operands = RULES(INTEGER(1, LN_BITS), INTEGER(0, LN_BITS),
                          INTEGER(0, LN_BITS)),
    },
    [CRYPTODEV_LN_INVERT] = {
        "ln-invert", .key_min = 2, .key_max = LN_BITS,
        .operands = RULES(INTEGER(1, LN_BITS), INTEGER(2, LN_BITS)),
    },
};

#define PRIME_BITS 4096
#define PRIME_TESTS \
    (CRYPTODEV_PRIME_GCD | CRYPTODEV_PRIME_FERMAT | CRYPTODEV_PRIME_LUCAS)

static const CryptoDevOperation prime[] = {
    [CRYPTODEV_PRIME_TEST] = {
        "prime-test", .key_min = 1, .key_max = PRIME_BITS,
        .operands = RULES(INTEGER(0, PRIME_BITS), NUMBER(0, PRIME_TESTS),
                          NUMBER(0, CRYPTODEV_PRIME_ROUNDS_MAX),
                          OCTETS_IF_ANY(CRYPTODEV_PRIME_ROUNDS_MAX *
                                        PRIME_BITS / 8)),
    },
};

/* SP 800-90A, section 8.4 */
#define DRBG_STRENGTH NUMBER(112, 256)
#define DRBG_INPUT OCTETS_IF_ANY(64 * 1024)

static const CryptoDevOperation drbg[] = {
    [CRYPTODEV_DRBG_INSTANTIATE] = {
        "drbg-instantiate",
        .session = CRYPTODEV_DRBG_INSTANTIATE,
        .session_operands = RULES(DRBG_STRENGTH, FLAG, DRBG_INPUT),
        .session_only = true,
    },
    [CRYPTODEV_DRBG_GENERATE] = {
        "drbg-generate",
        .session = CRYPTODEV_DRBG_INSTANTIATE,
        .operands = RULES(LENGTH(CRYPTODEV_OUTPUT_MAX), DRBG_STRENGTH, FLAG,
                          DRBG_INPUT),
    },
    [CRYPTODEV_DRBG_RESEED] = {
        "drbg-reseed",
        .session = CRYPTODEV_DRBG_INSTANTIATE,
        .operands = RULES(DRBG_INPUT),
    },
};

static const CryptoDevOperation nrbg[] = {
    [CRYPTODEV_NRBG_ENTROPY] = {
        "nrbg-entropy",
        .operands = RULES(LENGTH(CRYPTODEV_OUTPUT_MAX)),
    },
};

static const CryptoDevOperation rand_operations[] = {
    [CRYPTODEV_RAND_GENERATE] = {
        "rand-generate",
        .operands = RULES(LENGTH(CRYPTODEV_OUTPUT_MAX)),
    },
    [CRYPTODEV_RAND_SEED] = {
        "rand-seed",
        .operands = RULES(OCTETS(1, 64 * 1024)),
    },
};

/* Statistics have a counter for each operation of a service. */
#define TABLE(operations)                                               \
    { operations,                                                       \
      ARRAY_SIZE(operations) +                                          \
      QEMU_BUILD_BUG_ON_ZERO(ARRAY_SIZE(operations) >                   \
                             CRYPTODEV_STATS_OPERATIONS) }

static const struct {
    const CryptoDevOperation *operations;
    size_t n;
} tables[CRYPTODEV_SERVICE__MAX] = {
    [CRYPTODEV_SERVICE_DH] = TABLE(dh),
    [CRYPTODEV_SERVICE_DSA] = TABLE(dsa),
    [CRYPTODEV_SERVICE_RSA] = TABLE(rsa),
    [CRYPTODEV_SERVICE_EC] = TABLE(ec),
    [CRYPTODEV_SERVICE_ECDH] = TABLE(ecdh),
    [CRYPTODEV_SERVICE_ECDSA] = TABLE(ecdsa),
    [CRYPTODEV_SERVICE_KEY] = TABLE(key),
    [CRYPTODEV_SERVICE_LN] = TABLE(ln),
    [CRYPTODEV_SERVICE_PRIME] = TABLE(prime),
    [CRYPTODEV_SERVICE_DRBG] = TABLE(drbg),
    [CRYPTODEV_SERVICE_NRBG] = TABLE(nrbg),
    [CRYPTODEV_SERVICE_RAND] = TABLE(rand_operations),
};

const CryptoDevOperation *cryptodev_operations(CryptodevService service,
                                               size_t *n)
{
    *n = tables[service].n;
    return tables[service].operations;
}
