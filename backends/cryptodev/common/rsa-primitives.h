/*
 * Cryptography backends: what a library does for RSA, RFC 8017
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The files of this folder read keys, check the shapes of their numbers, pad,
 * and compare.  The library computes.
 */

#ifndef BACKENDS_CRYPTODEV_RSA_PRIMITIVES_H
#define BACKENDS_CRYPTODEV_RSA_PRIMITIVES_H

#include "system/cryptodev-task.h"

/* The longest modulus, in bytes */
#define CRYPTODEV_RSA_SIZE_MAX 1024

/* The integers of RFC 8017's RSAPrivateKey in their order, but the version */
enum {
    RSA_N,
    RSA_E,
    RSA_D,
    RSA_P,
    RSA_Q,
    RSA_DP,
    RSA_DQ,
    RSA_QINV,
    RSA_INTEGERS,
};

/**
 * CryptoDevRsaKey:
 * @integers: the key's numbers, big-endian, without leading zeros; @data is
 *            NULL for each that is not there.  The bytes are those of the
 *            encoding that was read, whose owner owns and wipes them.
 */
typedef struct CryptoDevRsaKey {
    CryptoDevOperand integers[RSA_INTEGERS];
} CryptoDevRsaKey;

/* How many public exponents to try for a private key that comes without one */
#define CRYPTODEV_RSA_EXPONENTS 5

/* These are in use; the most usual one comes first. */
extern const unsigned int cryptodev_rsa_exponents[CRYPTODEV_RSA_EXPONENTS];

/* Each backend defines what its library makes of a key. */
typedef struct CryptoDevRsaState CryptoDevRsaState;

/**
 * CryptoDevRsaPrimitives:
 * @has: whether a backend, whose options are settled, has RSA; always the same
 *       from then on
 * @open: make a state of a key that cryptodev_rsa_key_check() has found good.
 *        This must be quick, and computes nothing with the numbers; the main
 *        loop may be waiting.  It copies what it needs of the key, whose
 *        numbers, from d on, are secrets.  NULL if memory is short, or the
 *        library does not take the key.
 * @settle: called once, before the first @private and any @get, and by one
 *          thread, for a state that was opened with a private key; this may
 *          take as long as an operation or two.  The key is n, d; n, e, d; p,
 *          q, dp, dq, qinv; or all of them.  Make those of n, e and d that are
 *          not there: without p, e is one of cryptodev_rsa_exponents, for which
 *          (2^d)^e is 2 modulo n; with p, e is the inverse of dp modulo p - 1,
 *          and d that of e modulo (p - 1)(q - 1), or another one that does the
 *          same.  With p, false unless n is p q, e is 3 at least, e dp and e d
 *          are 1 modulo p - 1, e dq and e d are 1 modulo q - 1, and q qinv is 1
 *          modulo p.  Without p, false if no e is found; d is not checked.
 * @is_quick: whether @public, or if @private, @private takes so little time (a
 *            quarter of a millisecond at most) that it is not worth while to
 *            hand it over to another thread.  @settle has returned before,
 *            whatever it was, if it is a private key.
 * @public: RSAEP and RSAVP1: replace @block, an integer as long as n, with its
 *          power.  No copies of the integers stay in memory.  False, with
 *          @block unchanged, if the integer is not less than n, or on an error
 *          of the library.
 * @private: RSADP and RSASP1, likewise, of a state that was settled.  It blinds
 *           the integer, so that neither time nor access to memory tells
 *           anything about the key or the power, and stores that in constant
 *           time.  False, too, if e does not undo what it did: because d is not
 *           that of n and e, or because of a fault of the machine, whose result
 *           would reveal p and q (Boneh, DeMillo and Lipton, "On the Importance
 *           of Checking Cryptographic Protocols for Faults").
 * @get: store a number in @len bytes, big-endian: n of a public key; n or d of
 *       a private key that was settled; any of a key that was generated.  False
 *       if it needs more bytes or is not there.
 * @generate: make a new key of @bits bits, a multiple of 16, with a public
 *            exponent that is odd and 3 at least.  It has all numbers; p and q
 *            have half as many bits.  This may take minutes.  NULL on an error
 *            of the library.
 * @close: wipe and free a state that is not in use, or do nothing with NULL
 * @private_kind: which keys the library can compute with together, faster than
 *                one by one: a number that these have in common, or 0; of a
 *                state that was settled.  NULL if there are none.
 * @private_together: @private for @n states of such a kind, at most
 *                    CRYPTODEV_TOGETHER_MAX, each with its own block; each
 *                    place of @ok is set to what @private returns.  A state may
 *                    be there more than once.  NULL without @private_kind.
 *
 * RSA of one library.  Many threads may use one state at once.  What they
 * compute with is kept in memory as keys are.
 */
typedef struct CryptoDevRsaPrimitives {
    bool (*has)(CryptoDevBackend *backend);
    CryptoDevRsaState *(*open)(CryptoDevBackend *backend,
                               const CryptoDevRsaKey *key);
    bool (*settle)(CryptoDevRsaState *state);
    bool (*is_quick)(const CryptoDevRsaState *state, bool private);
    bool (*public)(CryptoDevRsaState *state, uint8_t *block);
    bool (*private)(CryptoDevRsaState *state, uint8_t *block);
    bool (*get)(const CryptoDevRsaState *state, int place, uint8_t *data,
                size_t len);
    CryptoDevRsaState *(*generate)(CryptoDevBackend *backend, uint32_t e,
                                   uint32_t bits);
    void (*close)(CryptoDevRsaState *state);
    uint32_t (*private_kind)(const CryptoDevRsaState *state);
    void (*private_together)(CryptoDevRsaState *const *states,
                             uint8_t *const *blocks, bool *ok, size_t n);
} CryptoDevRsaPrimitives;

#endif /* BACKENDS_CRYPTODEV_RSA_PRIMITIVES_H */
