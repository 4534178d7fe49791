/*
 * Cryptography backends: what a library does for the algorithms written here
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The files of this folder call no library.  Each function that needs one gets
 * a table of primitives from the backend that calls it, directly or in what was
 * made with that table.
 *
 * A state belongs to one thread at a time, any thread, and holds a copy of its
 * key.  Who opened it closes it, which wipes all that it held.  Data are read
 * and written where they are: guest memory, too, which may change meanwhile.
 */

#ifndef BACKENDS_CRYPTODEV_PRIMITIVES_H
#define BACKENDS_CRYPTODEV_PRIMITIVES_H

#include "rsa-primitives.h"

/* A block of AES; those of all other ciphers are shorter. */
#define CRYPTODEV_BLOCK_MAX 16

/* The longest digest of a fixed length: SHA-512's */
#define CRYPTODEV_DIGEST_MAX 64

typedef enum CryptoDevBlockAlgo {
    CRYPTODEV_BLOCK_AES,
    CRYPTODEV_BLOCK_3DES,
} CryptoDevBlockAlgo;

/* Each backend casts these to what its library works with. */
typedef struct CryptoDevCipherState CryptoDevCipherState;
typedef struct CryptoDevBlockState CryptoDevBlockState;
typedef struct CryptoDevHashState CryptoDevHashState;
typedef struct CryptoDevMacState CryptoDevMacState;
typedef struct CryptoDevAeadState CryptoDevAeadState;

/**
 * CryptoDevAead:
 * @algo: the algorithm
 * @encrypt: whether it encrypts or decrypts
 * @tag_len: bytes in the tag, a legal length
 * @key: the key; it is the owner's, and lives as long
 * @key_len: bytes in @key, a legal length
 *
 * What a state of AEAD is for.
 */
typedef struct CryptoDevAead {
    CryptoDevAeadAlgo algo;
    bool encrypt;
    size_t tag_len;
    const uint8_t *key;
    size_t key_len;
} CryptoDevAead;

/**
 * CryptoDevPrimitives:
 * @cipher.has: whether the library has a cipher and its mode.  AES-F8 it need
 *              not have: it is made of @block.
 * @cipher.open: make a state of a cipher and its mode, to encrypt or to decrypt
 *               with a key of a legal length: 3DES has two keys or three, XTS
 *               two keys one behind the other; weak keys are keys like all
 *               others.  NULL if the library does not take the key.
 * @cipher.prefetch: bring a state into the processor's cache, which another
 *                   thread may be using or closing: nothing but addresses may
 *                   be computed of it; NULL where that does not pay
 * @cipher.start: begin an operation; @algo is that of the state, and @iv what
 *                goes with it: initialization vector, counter, tweak or none
 * @cipher.crypt: encrypt or decrypt, the same as for @cipher.open, the next
 *                @len bytes.  These are a multiple of CRYPTODEV_BLOCK_MAX, or
 *                the operation's last; of XTS they are all.  @dst may be @src,
 *                but does not overlap it otherwise.
 * @cipher.close: free a state, or do nothing with NULL
 * @block.has: whether the library has a block cipher
 * @block.open: make a state of a block cipher with its key, of a legal length;
 *              3DES and weak keys as in @cipher.open.  NULL if the library does
 *              not take the key.
 * @block.start: let the last result be a block of zeros
 * @block.chain: for each block of @data, @len bytes in whole blocks, at least
 *               one: encrypt the sum (XOR) of it and of the last result, which
 *               is the next result.  @result is set to the last of them; it may
 *               be @data if that is one block.
 * @block.close: free a state, or do nothing with NULL
 * @hash.has: whether the library has a hash; it has not CRYPTODEV_HASH_NONE
 * @hash.open: make a state of a hash; if @secret, it is kept in memory as keys
 *             are.  NULL if there is no such hash or no memory for it.
 * @hash.open_hmac: make a state that computes HMAC, RFC 2104, with a hash whose
 *                  digest has a fixed length, and a key of any length; it is
 *                  kept in memory as keys are.  NULL as for @hash.open, or if
 *                  the library does not take the key.
 * @hash.set_key: give a state of HMAC another key, of at least one byte.
 *                False if that fails in the library: the state has no key.
 * @hash.start: begin a digest
 * @hash.update: take the next bytes, or none
 * @hash.finish: set @digest to the first @len bytes of the digest.  With SHAKE
 *               alone it can be called again, and goes on behind these.  False,
 *               with zeros in @digest, if this or anything since @hash.start
 *               has failed in the library.
 * @hash.close: free a state, or do nothing with NULL
 * @mac.has: whether the library has a MAC.  Those that chain the blocks of a
 *           cipher it need not have, but for CRYPTODEV_MAC_CMAC_AES: common/
 *           has them over @block.
 * @mac.open: make a state of a MAC with its key, of a legal length; NULL if the
 *            library does not take the key
 * @mac.start: begin a MAC; of GMAC alone, with its nonce of 12 bytes
 * @mac.update: take the next bytes, or none
 * @mac.finish: set @tag to the MAC, of which all CRYPTODEV_DIGEST_MAX bytes may
 *              be overwritten
 * @mac.close: free a state, or do nothing with NULL
 * @aead.has: whether the library has an algorithm
 * @aead.one_piece: whether it takes no more than one @add and one @encrypt for
 *                  a text; NULL if it takes any number of them with all
 *                  algorithms
 * @aead.open: make a state; NULL if the library does not take the key
 * @aead.start: begin a text of @len bytes, without the tag, which has @aad_len
 *              bytes of additional data.  @aead is that of the state, @iv_len a
 *              legal length.  In GCM one of 16 bytes is nothing special: the
 *              vector is hashed.  In CCM the nonce leaves room for @len.
 * @aead.add: take the next bytes of the additional data, at least one; all of
 *            them come before @encrypt and @decrypt
 * @aead.encrypt: encrypt the next bytes, at least one; pieces have any length.
 *                @dst may be @src, but does not overlap it otherwise.
 * @aead.finish: set @tag, once all is encrypted, to the @tag_len bytes that
 *               @aead has
 * @aead.decrypt: decrypt all of the text in place, which may be empty, and
 *                compare the tag in constant time.  Both are in memory that
 *                nobody else writes.  Returns CRYPTODEV_OK, CRYPTODEV_BADMSG if
 *                it is another tag, or CRYPTODEV_ERR on an error; @text is of
 *                no use then.
 * @aead.reset: make a state ready for @start again, after any of these has
 *              failed, or in the middle of a text
 * @aead.close: free a state, or do nothing with NULL
 * @rsa: RSA; NULL if the backend has neither of its drivers
 * @randomize: fill @data with random bytes that nobody can foretell
 *
 * What does not say what else it returns returns false on an error of the
 * library, from which the next start recovers; destinations are then of no use.
 * Any thread may call any function.  A table is constant, and lives as long as
 * the program.
 *
 * Functions that make something, and those that say whether that is possible,
 * get the table that they are in as @primitives: a backend may have a table of
 * its own, in a structure that tells them more.
 */
typedef struct CryptoDevPrimitives CryptoDevPrimitives;
struct CryptoDevPrimitives {
    struct {
        bool (*has)(const CryptoDevPrimitives *primitives,
                    CryptoDevCipherAlgo algo);
        CryptoDevCipherState *(*open)(const CryptoDevPrimitives *primitives,
                                      CryptoDevCipherAlgo algo, bool encrypt,
                                      const uint8_t *key, size_t key_len);
        void (*prefetch)(const CryptoDevCipherState *state);
        bool (*start)(CryptoDevCipherState *state, CryptoDevCipherAlgo algo,
                      const uint8_t *iv, size_t iv_len);
        bool (*crypt)(CryptoDevCipherState *state, bool encrypt, uint8_t *dst,
                      const uint8_t *src, size_t len);
        void (*close)(CryptoDevCipherState *state);
    } cipher;
    struct {
        bool (*has)(const CryptoDevPrimitives *primitives,
                    CryptoDevBlockAlgo algo);
        CryptoDevBlockState *(*open)(const CryptoDevPrimitives *primitives,
                                     CryptoDevBlockAlgo algo,
                                     const uint8_t *key, size_t key_len);
        bool (*start)(CryptoDevBlockState *state);
        bool (*chain)(CryptoDevBlockState *state,
                      uint8_t result[CRYPTODEV_BLOCK_MAX],
                      const uint8_t *data, size_t len);
        void (*close)(CryptoDevBlockState *state);
    } block;
    struct {
        bool (*has)(const CryptoDevPrimitives *primitives,
                    CryptoDevHashAlgo algo);
        CryptoDevHashState *(*open)(const CryptoDevPrimitives *primitives,
                                    CryptoDevHashAlgo algo, bool secret);
        CryptoDevHashState *(*open_hmac)(const CryptoDevPrimitives *primitives,
                                         CryptoDevHashAlgo algo,
                                         const uint8_t *key, size_t key_len);
        bool (*set_key)(CryptoDevHashState *state, const uint8_t *key,
                        size_t key_len);
        void (*start)(CryptoDevHashState *state);
        void (*update)(CryptoDevHashState *state, const uint8_t *data,
                       size_t len);
        bool (*finish)(CryptoDevHashState *state, uint8_t *digest, size_t len);
        void (*close)(CryptoDevHashState *state);
    } hash;
    struct {
        bool (*has)(const CryptoDevPrimitives *primitives,
                    CryptoDevMacAlgo algo);
        CryptoDevMacState *(*open)(const CryptoDevPrimitives *primitives,
                                   CryptoDevMacAlgo algo, const uint8_t *key,
                                   size_t key_len);
        bool (*start)(CryptoDevMacState *state, const uint8_t *nonce,
                      size_t nonce_len);
        bool (*update)(CryptoDevMacState *state, const uint8_t *data,
                       size_t len);
        bool (*finish)(CryptoDevMacState *state,
                       uint8_t tag[CRYPTODEV_DIGEST_MAX]);
        void (*close)(CryptoDevMacState *state);
    } mac;
    struct {
        bool (*has)(const CryptoDevPrimitives *primitives,
                    CryptoDevAeadAlgo algo);
        bool (*one_piece)(CryptoDevAeadAlgo algo);
        CryptoDevAeadState *(*open)(const CryptoDevPrimitives *primitives,
                                    const CryptoDevAead *aead);
        bool (*start)(CryptoDevAeadState *state, const CryptoDevAead *aead,
                      const uint8_t *iv, size_t iv_len, size_t aad_len,
                      size_t len);
        bool (*add)(CryptoDevAeadState *state, const uint8_t *data,
                    size_t len);
        bool (*encrypt)(CryptoDevAeadState *state, uint8_t *dst,
                        const uint8_t *src, size_t len);
        bool (*finish)(CryptoDevAeadState *state, const CryptoDevAead *aead,
                       uint8_t *tag);
        CryptoDevStatus (*decrypt)(CryptoDevAeadState *state,
                                   const CryptoDevAead *aead, uint8_t *text,
                                   size_t len, const uint8_t *tag);
        void (*reset)(CryptoDevAeadState *state);
        void (*close)(CryptoDevAeadState *state);
    } aead;
    const CryptoDevRsaPrimitives *rsa;
    bool (*randomize)(const CryptoDevPrimitives *primitives, uint8_t *data,
                      size_t len);
};

/**
 * cryptodev_primitives:
 * @backend: a backend that has a driver of this folder
 *
 * Returns: its own table, or else that of its class.
 */
static inline const CryptoDevPrimitives *
cryptodev_primitives(CryptoDevBackend *backend)
{
    return backend->primitives
           ?: CRYPTODEV_BACKEND_GET_CLASS(backend)->primitives;
}

#endif /* BACKENDS_CRYPTODEV_PRIMITIVES_H */
