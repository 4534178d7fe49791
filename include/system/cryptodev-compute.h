/*
 * Cryptography backends: computations, operations on lists of operands
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef SYSTEM_CRYPTODEV_COMPUTE_H
#define SYSTEM_CRYPTODEV_COMPUTE_H

#include "system/cryptodev.h"

/*
 * What every operation has in common
 * ----------------------------------
 *
 * An operation takes a list of operands and gives a list of results.  Each has
 * a length of its own, and is one of
 *
 * - an integer: big-endian, without a sign.  An operand may have leading zeros,
 *   and has one byte at least; a result is as long as what it is reduced by (a
 *   modulus, an order, a field), or as its comment tells.
 * - a number: an integer that fits 32 bits: a length, a flag, a curve (of
 *   CryptoDevCurve), a hash (of CryptoDevHashAlgo) or a padding (of
 *   CryptoDevRsaPadding).
 * - octets: bytes as they are.
 *
 * [x] is an operand that may be left out: then it is empty, but keeps its place
 * in the list.  A result "bool" is one byte, 0 or 1.
 *
 * "Session: a, b" are the operands of the session that the operation runs on,
 * which repeat from request to request; those behind them come with each
 * computation.  A session serves the one operation that it was made for, unless
 * the comment tells otherwise.  Without such a line there is no session.
 *
 * Errors: CRYPTODEV_NOTSUPP for an operation, curve, hash or padding that the
 * backend does not have, and for a session whose modulus, prime or order has a
 * size that it does not have; CRYPTODEV_ERR for any other operand that is
 * malformed, out of bounds or not what it should be, and if anything fails.
 * All bounds are checked before work starts.  An operation that fails has no
 * results.
 */

/* The most operands of an operation, or of a session */
#define CRYPTODEV_OPERANDS_MAX 12

/* The most bytes that the operands of one list have together */
#define CRYPTODEV_OPERANDS_LEN_MAX (128 * 1024)

/* The most results of an operation */
#define CRYPTODEV_RESULTS_MAX 8

/* The most bytes that an operation derives or draws */
#define CRYPTODEV_OUTPUT_MAX (64 * 1024)

/* The most rounds of the Miller-Rabin test */
#define CRYPTODEV_PRIME_ROUNDS_MAX 50

/**
 * CryptoDevDhOperation:
 * @CRYPTODEV_DH_PUBLIC_VALUE: g^x mod p.
 *     Session: p, g.  Operands: x.  Results: the public value.
 *     PKCS #3, section 7.1.  p is odd and has 768 to 8192 bits, g is from 2 to
 *     p - 2, x from 1 to p - 2.
 * @CRYPTODEV_DH_SHARED_SECRET: what both sides know.
 *     Session: p.  Operands: the peer's public value, x.  Results: the secret,
 *     as long as p.
 *     PKCS #3, section 8.1.  The peer's value is from 2 to p - 2 (SP 800-56A,
 *     section 5.6.2.3.2), and so is the secret: 1 and p - 1 are errors.
 *
 * Whether p is a prime is not checked: who sends it needs it to be one.
 */
typedef enum CryptoDevDhOperation {
    CRYPTODEV_DH_PUBLIC_VALUE = 1,
    CRYPTODEV_DH_SHARED_SECRET,
} CryptoDevDhOperation;

/**
 * CryptoDevDsaOperation:
 * @CRYPTODEV_DSA_GENERATE_P: domain parameters.
 *     Operands: number of bits in P, number of bits in Q.  Results: P, Q.
 *     FIPS 186-4, appendix A.1.1.2, with the sizes (1024, 160), (2048, 224),
 *     (2048, 256) and (3072, 256); the first one by FIPS 186-2, appendix 2.2.
 * @CRYPTODEV_DSA_GENERATE_G: a generator.
 *     Operands: P, Q, H.  Results: G = H^((P-1)/Q) mod P.
 *     FIPS 186-4, appendix A.2.1.  H is from 2 to P - 2; a G of 1 is an error.
 * @CRYPTODEV_DSA_GENERATE_Y: a public key.
 *     Session: P, G.  Operands: X.  Results: Y = G^X mod P.
 * @CRYPTODEV_DSA_SIGN_R: the first part of a signature.
 *     Session: P, Q, G.  Operands: K.  Results: R.
 * @CRYPTODEV_DSA_SIGN_S: the second part of a signature.
 *     Session: Q, X.  Operands: K, R, Z.  Results: S.
 * @CRYPTODEV_DSA_SIGN_RS: a signature.
 *     Session: P, Q, G, X.  Operands: [K], Z.  Results: R, S.
 * @CRYPTODEV_DSA_VERIFY: whether a signature is that of Z.
 *     Session: P, Q, G, Y.  Operands: Z, R, S.  Results: bool.
 *
 * FIPS 186-4, section 4.  P has 1024 to 3072 bits, Q 160 to 256; Q divides
 * P - 1 and G has the order Q where a session or an operation has these.  X and
 * K are from 1 to Q - 1.  Z is a digest, 1 to 64 octets, whose leftmost bits
 * are used if it has more of them than Q.  Without K one is made as RFC 6979
 * tells, with the SHA that has a digest as long as Z, or else SHA-512.
 */
typedef enum CryptoDevDsaOperation {
    CRYPTODEV_DSA_GENERATE_P = 1,
    CRYPTODEV_DSA_GENERATE_G,
    CRYPTODEV_DSA_GENERATE_Y,
    CRYPTODEV_DSA_SIGN_R,
    CRYPTODEV_DSA_SIGN_S,
    CRYPTODEV_DSA_SIGN_RS,
    CRYPTODEV_DSA_VERIFY,
} CryptoDevDsaOperation;

/**
 * CryptoDevRsaOperation:
 * @CRYPTODEV_RSA_GENERATE: a key.
 *     Operands: e, number of bits in n.  Results: n, e, d, p, q, dp, dq, qinv.
 *     e is odd and from 3 to 2^32 - 1, n has 512 to 4096 bits, a multiple of
 *     16: larger keys would take minutes.  d is as long as n, and the numbers
 *     behind it are half as long; e is as long as it needs.
 * @CRYPTODEV_RSA_ENCRYPT: RSAEP, or RSAES-PKCS1-V1_5-ENCRYPT.
 *     Session: padding, n, e.  Operands: message.  Results: as long as n.
 * @CRYPTODEV_RSA_DECRYPT: RSADP, or RSAES-PKCS1-V1_5-DECRYPT.
 *     Session: padding, KEY.  Operands: ciphertext.  Results: as long as n, or
 *     the message alone.
 * @CRYPTODEV_RSA_SIGN: RSASP1, or RSASSA-PKCS1-V1_5.
 *     Session: padding, hash, KEY.  Operands: digest.  Results: as long as n.
 * @CRYPTODEV_RSA_VERIFY: RSAVP1 and a comparison, or RSASSA-PKCS1-V1_5.
 *     Session: padding, hash, n, e.  Operands: digest, signature.
 *     Results: bool.
 *
 * RFC 8017.  n has 512 to 8192 bits.  Messages, ciphertexts, digests and
 * signatures are octets, one at least and at most as many as n has.  With raw
 * padding they stand for integers below n, and hash is 0.  With PKCS #1 padding
 * messages may be empty, and are at least 11 octets shorter than n; ciphertexts
 * are as long as n.  With hash 0 the digest is padded as it is, without the
 * name of a hash, and is as long as a message, but not empty.
 *
 * KEY is n, [e], d or n, e, d, p, q, dp, dq, qinv or p, q, dp, dq, qinv, each
 * with the others left out: it has eight places, [n], [e], [d], [p], [q], [dp],
 * [dq], [qinv].  An e that is left out beside n and d is looked for among 3, 5,
 * 17, 257 and 65537, since blinding needs it.  That is done by the first
 * operation, and so is whatever else is to be computed to know that the numbers
 * fit together; where they do not, all operations are CRYPTODEV_ERR.
 */
typedef enum CryptoDevRsaOperation {
    CRYPTODEV_RSA_GENERATE = 1,
    CRYPTODEV_RSA_ENCRYPT,
    CRYPTODEV_RSA_DECRYPT,
    CRYPTODEV_RSA_SIGN,
    CRYPTODEV_RSA_VERIFY,
} CryptoDevRsaOperation;

/**
 * CryptoDevEcOperation:
 * @CRYPTODEV_EC_MULTIPLY: a multiple of a point of a curve that has a name.
 *     Operands: curve, k, [x], [y].  Results: x, y of k (x, y).
 *     Without x and y it is the curve's base point.  On X25519 and X448 it is
 *     the function of RFC 7748, section 5: x is the coordinate u, y is left
 *     out, and the only result is x.
 * @CRYPTODEV_EC_MULTIPLY_WITH: the same on any Weierstrass curve.
 *     Session: p, a, b, [h].  Operands: k, x, y.  Results: x, y of h k (x, y).
 *     The curve is y^2 = x^3 + a x + b over a field of p elements.
 * @CRYPTODEV_EC_VERIFY: whether a point is on a curve that has a name.
 *     Operands: curve, x, y.  Results: bool.
 * @CRYPTODEV_EC_VERIFY_WITH: the same on any Weierstrass curve.
 *     Session: p, a, b.  Operands: x, y.  Results: bool.
 *
 * k is from 1 to n - 1, where n is the order of a Weierstrass curve; below
 * 2^255 and 2^448 on Ed25519 and Ed448, and a string of 256 and 448 bits on
 * X25519 and X448.  On a curve by parameters, p is a prime of 3 to 576 bits, a
 * and b are below p, 4 a^3 + 27 b^2 is not zero, and k and h have at most 576
 * bits.
 *
 * A point that is not on its curve is an error, as is one of the points whose
 * order divides the cofactor of Ed25519 and Ed448, and a result that is the
 * point at infinity, the neutral point, or the u of 0.
 */
typedef enum CryptoDevEcOperation {
    CRYPTODEV_EC_MULTIPLY = 1,
    CRYPTODEV_EC_MULTIPLY_WITH,
    CRYPTODEV_EC_VERIFY,
    CRYPTODEV_EC_VERIFY_WITH,
} CryptoDevEcOperation;

/**
 * CryptoDevEcdhOperation:
 * @CRYPTODEV_ECDH_SHARED_POINT: what both sides know.
 *     Session: curve, k.  Operands: verify flag, x, [y].  Results: x, [y].
 *     SP 800-56A, section 5.7.1.2, on the Weierstrass curves; RFC 7748, section
 *     6, on X25519 and X448, which have no y.  The peer's point must be on the
 *     curve; with a verify flag of 1 its order is checked too.
 */
typedef enum CryptoDevEcdhOperation {
    CRYPTODEV_ECDH_SHARED_POINT = 1,
} CryptoDevEcdhOperation;

/**
 * CryptoDevEcdsaOperation:
 * @CRYPTODEV_ECDSA_SIGN_R: the first part of a signature.
 *     Session: curve.  Operands: k.  Results: r.
 * @CRYPTODEV_ECDSA_SIGN_S: the second part of a signature.
 *     Session: curve, d.  Operands: k, r, m.  Results: s.
 * @CRYPTODEV_ECDSA_SIGN_RS: a signature.
 *     Session: curve, d.  Operands: [k], m.  Results: r, s.
 * @CRYPTODEV_ECDSA_VERIFY: whether a signature is that of m.
 *     Session: curve, x, y.  Operands: m, r, s.  Results: bool.
 *
 * FIPS 186-5, section 6, on the Weierstrass curves.  m is a digest, 1 to 64
 * octets; k is made as in DSA if it is left out.
 */
typedef enum CryptoDevEcdsaOperation {
    CRYPTODEV_ECDSA_SIGN_R = 1,
    CRYPTODEV_ECDSA_SIGN_S,
    CRYPTODEV_ECDSA_SIGN_RS,
    CRYPTODEV_ECDSA_VERIFY,
} CryptoDevEcdsaOperation;

/**
 * CryptoDevKeyOperation:
 * @CRYPTODEV_KEY_SSL3_MASTER_SECRET: RFC 6101, section 6.1.
 *     Operands: secret, seed.  Results: 48 octets.
 * @CRYPTODEV_KEY_SSL3_KEY_MATERIAL: RFC 6101, section 6.2.2.
 *     Operands: secret, seed, length.  Results: at most 416 octets.
 * @CRYPTODEV_KEY_SSL3_LABEL: the same with other labels than "A", "BB", ...
 *     Operands: secret, seed, labels, length.  Results: at most 416 octets.
 *     The labels, of 1, 2, 3, ... octets, follow one another, one for each 16
 *     octets of the result.
 * @CRYPTODEV_KEY_TLS1_MASTER_SECRET: TLS 1.0 and 1.1: RFC 4346, section 8.1.
 *     Operands: secret, seed.  Results: 48 octets.
 * @CRYPTODEV_KEY_TLS1_KEY_MATERIAL: RFC 4346, section 6.3.
 *     Operands: secret, seed, length.  Results: octets.
 * @CRYPTODEV_KEY_TLS1_CLIENT_FINISHED: RFC 4346, section 7.4.9.
 *     Operands: secret, seed.  Results: 12 octets.
 * @CRYPTODEV_KEY_TLS1_SERVER_FINISHED: the same for the server.
 * @CRYPTODEV_KEY_TLS1_LABEL: RFC 4346, section 5: the PRF itself.
 *     Operands: secret, label, seed, length.  Results: octets.
 * @CRYPTODEV_KEY_TLS12_MASTER_SECRET: TLS 1.2: RFC 5246, section 8.1.
 *     Operands: hash, secret, seed.  Results: 48 octets.
 * @CRYPTODEV_KEY_TLS12_KEY_MATERIAL: RFC 5246, section 6.3.
 *     Operands: hash, secret, seed, length.  Results: octets.
 * @CRYPTODEV_KEY_TLS12_CLIENT_FINISHED: RFC 5246, section 7.4.9.
 *     Operands: hash, secret, seed.  Results: 12 octets.
 * @CRYPTODEV_KEY_TLS12_SERVER_FINISHED: the same for the server.
 * @CRYPTODEV_KEY_TLS12_LABEL: RFC 5246, section 5: the PRF itself.
 *     Operands: hash, secret, label, seed, length.  Results: octets.
 * @CRYPTODEV_KEY_HKDF_EXTRACT: RFC 5869, section 2.2.
 *     Operands: hash, [salt], [input keying material].  Results: as long as a
 *     digest.
 * @CRYPTODEV_KEY_HKDF_EXPAND: RFC 5869, section 2.3.
 *     Operands: hash, pseudorandom key, [info], length.  Results: octets, at
 *     most 255 digests.
 * @CRYPTODEV_KEY_HKDF_EXPAND_LABEL: RFC 8446, section 7.1.
 *     Operands: hash, secret, [label], [context], length.  Results: octets.
 *     The label comes without its "tls13 " and has at most 249 octets, the
 *     context at most 255.
 * @CRYPTODEV_KEY_MGF1: RFC 8017, appendix B.2.1.
 *     Operands: hash, [seed], length.  Results: octets.
 *
 * The hash is any with a digest of a fixed length.  A seed is the randoms of
 * client and server in the order that the standard has for the operation, or
 * the hash of the handshake's messages.  Secrets have 1 to 8192 octets, seeds
 * and all others at most 8192; results 1 to 65536.
 */
typedef enum CryptoDevKeyOperation {
    CRYPTODEV_KEY_SSL3_MASTER_SECRET = 1,
    CRYPTODEV_KEY_SSL3_KEY_MATERIAL,
    CRYPTODEV_KEY_SSL3_LABEL,
    CRYPTODEV_KEY_TLS1_MASTER_SECRET,
    CRYPTODEV_KEY_TLS1_KEY_MATERIAL,
    CRYPTODEV_KEY_TLS1_CLIENT_FINISHED,
    CRYPTODEV_KEY_TLS1_SERVER_FINISHED,
    CRYPTODEV_KEY_TLS1_LABEL,
    CRYPTODEV_KEY_TLS12_MASTER_SECRET,
    CRYPTODEV_KEY_TLS12_KEY_MATERIAL,
    CRYPTODEV_KEY_TLS12_CLIENT_FINISHED,
    CRYPTODEV_KEY_TLS12_SERVER_FINISHED,
    CRYPTODEV_KEY_TLS12_LABEL,
    CRYPTODEV_KEY_HKDF_EXTRACT,
    CRYPTODEV_KEY_HKDF_EXPAND,
    CRYPTODEV_KEY_HKDF_EXPAND_LABEL,
    CRYPTODEV_KEY_MGF1,
} CryptoDevKeyOperation;

/**
 * CryptoDevLnOperation:
 * @CRYPTODEV_LN_EXPONENTIATE: base^exponent mod modulus.
 *     Operands: modulus, base, exponent.  Results: as long as the modulus.
 *     The modulus is odd.
 * @CRYPTODEV_LN_INVERT: the inverse of a modulo m.
 *     Operands: a, m.  Results: as long as m.
 *     m is at least 2 and has no divisor in common with a.
 *
 * The operands have at most 8192 bits.
 */
typedef enum CryptoDevLnOperation {
    CRYPTODEV_LN_EXPONENTIATE = 1,
    CRYPTODEV_LN_INVERT,
} CryptoDevLnOperation;

/**
 * CryptoDevPrimeOperation:
 * @CRYPTODEV_PRIME_TEST: whether a number passes tests of primality.
 *     Operands: candidate, tests, rounds, [bases].  Results: bool.
 *     The candidate has at most 4096 bits.  The tests are a sum of
 *     CRYPTODEV_PRIME_GCD, CRYPTODEV_PRIME_FERMAT and CRYPTODEV_PRIME_LUCAS.
 *     There are 0 to 50 rounds of the Miller-Rabin test, FIPS 186-4, appendix
 *     C.3.1.  The bases, one for each round, are integers from 2 to the
 *     candidate - 2; each is as long as the candidate without its leading
 *     zeros, and they follow one another.  Bases that are left out are random.
 *     At least one test or round is asked for.
 *
 * 0, 1 and even numbers but 2 pass none.
 */
typedef enum CryptoDevPrimeOperation {
    CRYPTODEV_PRIME_TEST = 1,
} CryptoDevPrimeOperation;

/**
 * CryptoDevPrimeTests:
 * @CRYPTODEV_PRIME_GCD: no prime below 1000 divides it, unless it is that prime
 * @CRYPTODEV_PRIME_FERMAT: Fermat's test to the base 2
 * @CRYPTODEV_PRIME_LUCAS: FIPS 186-4, appendix C.3.3
 */
typedef enum CryptoDevPrimeTests {
    CRYPTODEV_PRIME_GCD = 1,
    CRYPTODEV_PRIME_FERMAT = 2,
    CRYPTODEV_PRIME_LUCAS = 4,
} CryptoDevPrimeTests;

/**
 * CryptoDevDrbgOperation:
 * @CRYPTODEV_DRBG_INSTANTIATE: this makes the session that the others run on,
 *     and is no operation for computations.
 *     Session: security strength, prediction resistance flag,
 *     [personalization string].
 * @CRYPTODEV_DRBG_GENERATE: pseudorandom bits.
 *     Operands: number of octets, security strength, prediction resistance
 *     flag, [additional input].  Results: octets.
 *     The strength is at most that of the session; prediction resistance can
 *     only be asked for where the session has it.
 * @CRYPTODEV_DRBG_RESEED: new entropy.
 *     Operands: [additional input].  Results: none.
 *
 * HMAC_DRBG of SP 800-90A with SHA-512, and entropy of the host.  A strength is
 * from 112 to 256 bits and rounded up to 112, 128, 192 or 256.  Strings have at
 * most 65536 octets, and so has what is generated at once.  To destroy the
 * session is to uninstantiate.
 */
typedef enum CryptoDevDrbgOperation {
    CRYPTODEV_DRBG_INSTANTIATE = 1,
    CRYPTODEV_DRBG_GENERATE,
    CRYPTODEV_DRBG_RESEED,
} CryptoDevDrbgOperation;

/**
 * CryptoDevNrbgOperation:
 * @CRYPTODEV_NRBG_ENTROPY: octets straight from the host's source.
 *     Operands: number of octets, 1 to 65536.  Results: octets.
 */
typedef enum CryptoDevNrbgOperation {
    CRYPTODEV_NRBG_ENTROPY = 1,
} CryptoDevNrbgOperation;

/**
 * CryptoDevRandOperation:
 * @CRYPTODEV_RAND_GENERATE: random octets of the library's generator.
 *     Operands: number of octets, 1 to 65536.  Results: octets.
 * @CRYPTODEV_RAND_SEED: mix octets into that generator's pool.
 *     Operands: 1 to 65536 octets.  Results: none.
 *     They count for no entropy: nobody can make the generator worse.
 */
typedef enum CryptoDevRandOperation {
    CRYPTODEV_RAND_GENERATE = 1,
    CRYPTODEV_RAND_SEED,
} CryptoDevRandOperation;

/**
 * CryptoDevResult:
 * @data: its bytes
 * @len: how many there are
 */
typedef struct CryptoDevResult {
    uint8_t *data;
    size_t len;
} CryptoDevResult;

/**
 * CryptoDevComputation:
 * @service: a service that has operations
 * @operation: the operation, of the enumeration that goes with @service
 * @session: the session that it runs on, or NULL where it needs none; the
 *           caller keeps it alive
 * @operands: the operands, owned by the caller; they must not change
 * @n_operands: how many there are
 * @status: set by the backend
 * @results: set by the backend; cryptodev_computation_clear() frees them
 * @n_results: how many there are, set by the backend; 0 unless @status is
 *             CRYPTODEV_OK
 *
 * A computation that is to run, and its outcome.
 */
struct CryptoDevComputation {
    CryptodevService service;
    uint32_t operation;
    CryptoDevSession *session;
    const CryptoDevOperand *operands;
    size_t n_operands;
    CryptoDevStatus status;
    CryptoDevResult results[CRYPTODEV_RESULTS_MAX];
    size_t n_results;
};

/**
 * cryptodev_backend_compute:
 * @backend: a backend, which made the session if there is one
 * @computation: the computation; its @status and @results need not be set
 *
 * Run a computation in the calling thread.  It may take seconds.  Many threads
 * may call this at once, with the same session too.
 */
void cryptodev_backend_compute(CryptoDevBackend *backend,
                               CryptoDevComputation *computation);

/**
 * cryptodev_computation_clear:
 * @computation: a computation that has run
 *
 * Wipe and free its results.
 */
void cryptodev_computation_clear(CryptoDevComputation *computation);

/**
 * cryptodev_computation_add:
 * @computation: a computation that runs
 * @len: bytes in the result
 *
 * For backends.
 *
 * Returns: the next result, all zero, for the caller to fill in; NULL if memory
 * is short.
 */
uint8_t *cryptodev_computation_add(CryptoDevComputation *computation,
                                   size_t len);

/**
 * cryptodev_computation_add_bool:
 * @computation: a computation that runs
 * @value: its next result
 *
 * For backends.
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_ERR if memory is short.
 */
CryptoDevStatus
cryptodev_computation_add_bool(CryptoDevComputation *computation, bool value);

/**
 * cryptodev_computation_add_verdict:
 * @computation: a computation that runs; its next result says whether a
 *               signature verifies
 * @status: the status of its verification
 *
 * For backends.
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_ERR if @status is an error, or memory is
 * short.
 */
CryptoDevStatus
cryptodev_computation_add_verdict(CryptoDevComputation *computation,
                                  CryptoDevStatus status);

/**
 * cryptodev_has_operations:
 * @service: a service
 *
 * Returns: whether it has operations, and so computations and not ops.
 */
bool cryptodev_has_operations(CryptodevService service);

/**
 * cryptodev_computation_name:
 * @service: a service that has operations
 * @operation: any number
 *
 * Returns: the operation's name; NULL if it is none, or one that makes sessions
 * and is nothing else.
 */
const char *cryptodev_computation_name(CryptodevService service,
                                       uint32_t operation);

/**
 * cryptodev_check_session_operands:
 * @params: a session for a service that has operations
 *
 * Returns: CRYPTODEV_OK if its operands are as many and as long as they must
 * be, and its numbers within bounds; else the status to answer with.
 */
CryptoDevStatus
cryptodev_check_session_operands(const CryptoDevSessionParams *params);

/**
 * cryptodev_check_computation:
 * @computation: a computation whose operation there is
 *
 * Returns: as cryptodev_check_session_operands(), for a computation's operands,
 * and that it has the session that it needs.
 */
CryptoDevStatus
cryptodev_check_computation(const CryptoDevComputation *computation);

/**
 * cryptodev_operand_number:
 * @operand: a number that was checked
 *
 * For backends.
 *
 * Returns: the number.
 */
uint32_t cryptodev_operand_number(CryptoDevOperand operand);

/**
 * cryptodev_operand_trim:
 * @operand: an integer, big-endian; it may have no bytes, and is 0 then
 *
 * For backends.
 *
 * Returns: the same integer without leading zeros.
 */
CryptoDevOperand cryptodev_operand_trim(CryptoDevOperand operand);

/**
 * cryptodev_operand_bits:
 * @operand: an integer, as for cryptodev_operand_trim()
 *
 * For backends.
 *
 * Returns: how many bits it has; none if it is 0.
 */
uint64_t cryptodev_operand_bits(CryptoDevOperand operand);

/**
 * cryptodev_operand_cmp:
 * @a: an integer, as for cryptodev_operand_trim()
 * @b: another one
 *
 * For backends.  The time depends on how many leading bytes are equal.
 *
 * Returns: a number less than 0, 0 or greater than 0, if @a is less than @b,
 * the same or greater.
 */
int cryptodev_operand_cmp(CryptoDevOperand a, CryptoDevOperand b);

#endif /* SYSTEM_CRYPTODEV_COMPUTE_H */
