/*
 * Cryptography backends: what a crypto device and its backend agree on
 *
 * A backend knows algorithms, and neither virtqueues nor guest addresses nor
 * the numbers of a wire protocol.  A device creates sessions on a backend and
 * runs operations on them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef SYSTEM_CRYPTODEV_H
#define SYSTEM_CRYPTODEV_H

#include "qapi/qapi-types-cryptodev.h"
#include "qemu/bitops.h"
#include "qom/object.h"
#include "system/cryptodev-buf.h"
#include "system/cryptodev-stats.h"
#include "system/cryptodev-throttle.h"

#define TYPE_CRYPTODEV_BACKEND "cryptodev-backend"
OBJECT_DECLARE_TYPE(CryptoDevBackend, CryptoDevBackendClass, CRYPTODEV_BACKEND)

#define TYPE_CRYPTODEV_BACKEND_GCRYPT "cryptodev-backend-gcrypt"
#define TYPE_CRYPTODEV_BACKEND_BUILTIN "cryptodev-backend-builtin"
#define TYPE_CRYPTODEV_BACKEND_OPENSSL "cryptodev-backend-openssl"
#define TYPE_CRYPTODEV_BACKEND_IPSEC_MB "cryptodev-backend-ipsec-mb"

/* The bits of all services, by their CryptodevService */
#define CRYPTODEV_SERVICES_ALL MAKE_64BIT_MASK(0, CRYPTODEV_SERVICE__MAX)

/* The most data queues that a device can have */
#define CRYPTODEV_QUEUES_MAX 64

/* The longest initialization vector or counter of any algorithm, in bytes */
#define CRYPTODEV_IV_MAX 16

/* The longest key of any algorithm, in bytes; public-key ones come in DER */
#define CRYPTODEV_KEY_MAX 8192

/* The longest source, and result, of a public-key operation, in bytes */
#define CRYPTODEV_AKCIPHER_RESULT_MAX 1024

/* The longest key of a MAC, and the longest prefixes of a nested hash */
#define CRYPTODEV_AUTH_KEY_MAX 1024

/**
 * CryptoDevStatus:
 * @CRYPTODEV_OK: it is done
 * @CRYPTODEV_ERR: any failure that has no status of its own
 * @CRYPTODEV_BADMSG: AEAD: the tag is not that of the ciphertext
 * @CRYPTODEV_NOTSUPP: the service, algorithm or size is one that the backend
 *     does not have
 * @CRYPTODEV_INVSESS: there is no such session
 * @CRYPTODEV_NOSPC: there is no room for another session
 * @CRYPTODEV_KEY_REJECTED: a signature does not verify
 *
 * The outcome of an operation, or of the creation of a session.  The names are
 * those of virtio 1.4, section "Operation Status".  Backends set neither
 * CRYPTODEV_INVSESS nor CRYPTODEV_NOSPC.
 */
typedef enum CryptoDevStatus {
    CRYPTODEV_OK,
    CRYPTODEV_ERR,
    CRYPTODEV_BADMSG,
    CRYPTODEV_NOTSUPP,
    CRYPTODEV_INVSESS,
    CRYPTODEV_NOSPC,
    CRYPTODEV_KEY_REJECTED,
} CryptoDevStatus;

/**
 * CryptoDevCipherAlgo:
 * @CRYPTODEV_CIPHER_ARC4: the stream cipher RC4.  Each operation begins the key
 *     stream anew: nothing is left of the one before, and nothing is dropped.
 * @CRYPTODEV_CIPHER_AES_ECB: FIPS 197 in a mode of SP 800-38A
 * @CRYPTODEV_CIPHER_AES_CBC: likewise
 * @CRYPTODEV_CIPHER_AES_CTR: likewise; the counter is all of the vector, a
 *     big-endian number that wraps around, and each operation begins with a
 *     new block of the key stream
 * @CRYPTODEV_CIPHER_AES_XTS: IEEE 1619.  The key is Key1, which is for the
 *     data, and then Key2, for the tweak, of equal length; they may be the
 *     same, unless the host is in FIPS mode and refuses that (CRYPTODEV_ERR).
 *     The vector is the tweak before Key2 enciphers it, and the source one data
 *     unit.  A length that is not a multiple of 16 makes for ciphertext
 *     stealing.
 * @CRYPTODEV_CIPHER_AES_F8: RFC 3711, section 4.1.2.  The key is k_e and then,
 *     of equal length, the mask m, which is exclusive-ored with k_e to encipher
 *     the vector.  Encryption and decryption are the same.
 * @CRYPTODEV_CIPHER_DES_ECB: FIPS 46-3 in a mode of SP 800-38A
 * @CRYPTODEV_CIPHER_DES_CBC: likewise
 * @CRYPTODEV_CIPHER_3DES_ECB: SP 800-67 in a mode of SP 800-38A.  A key is K1,
 *     K2, K3, or K1, K2 alone, which is keying option 2: K3 is K1 then.
 * @CRYPTODEV_CIPHER_3DES_CBC: likewise
 * @CRYPTODEV_CIPHER_3DES_CTR: likewise; the counter has 64 bits
 * @CRYPTODEV_CIPHER_SNOW3G_UEA2: 3GPP TS 35.215, section 3, with whole bytes.
 *     The vector is IV3, IV2, IV1 and IV0 of section 3.4: COUNT-C, BEARER and
 *     DIRECTION, and the same again.
 * @CRYPTODEV_CIPHER_ZUC_EEA3: 128-EEA3 of 3GPP TS 35.221, section 3, likewise.
 *     The vector is the IV of section 3.3.
 * @CRYPTODEV_CIPHER_KASUMI_F8: UEA1, or f8 of 3GPP TS 35.201, section 3,
 *     likewise.  The vector is what A begins with in section 3.4: COUNT,
 *     BEARER, DIRECTION and zeros.
 *
 * The parity bits of keys of DES are ignored.  Weak and semi-weak keys, and
 * keys of 3DES that are equal, are keys like any other.
 *
 * No mode pads: sources of ECB and CBC are whole blocks, those of the other
 * ones, but of XTS, have any length.  An empty source is CRYPTODEV_OK, with an
 * empty result.  The result is as long as the source.
 *
 * Migration streams have these numbers: none may change.
 */
typedef enum CryptoDevCipherAlgo {
    CRYPTODEV_CIPHER_ARC4 = 0,
    CRYPTODEV_CIPHER_AES_ECB = 1,
    CRYPTODEV_CIPHER_AES_CBC = 2,
    CRYPTODEV_CIPHER_AES_CTR = 3,
    CRYPTODEV_CIPHER_AES_XTS = 4,
    CRYPTODEV_CIPHER_AES_F8 = 5,
    CRYPTODEV_CIPHER_DES_ECB = 6,
    CRYPTODEV_CIPHER_DES_CBC = 7,
    CRYPTODEV_CIPHER_3DES_ECB = 8,
    CRYPTODEV_CIPHER_3DES_CBC = 9,
    CRYPTODEV_CIPHER_3DES_CTR = 10,
    CRYPTODEV_CIPHER_SNOW3G_UEA2 = 11,
    CRYPTODEV_CIPHER_ZUC_EEA3 = 12,
    CRYPTODEV_CIPHER_KASUMI_F8 = 13,
} CryptoDevCipherAlgo;

/**
 * CryptoDevHashAlgo:
 * @CRYPTODEV_HASH_NONE: no hash
 * @CRYPTODEV_HASH_MD5: RFC 1321
 * @CRYPTODEV_HASH_SHA1: FIPS 180-4, like those that follow
 * @CRYPTODEV_HASH_SHA224:
 * @CRYPTODEV_HASH_SHA256:
 * @CRYPTODEV_HASH_SHA384:
 * @CRYPTODEV_HASH_SHA512:
 * @CRYPTODEV_HASH_SHA3_224: FIPS 202, like those that follow
 * @CRYPTODEV_HASH_SHA3_256:
 * @CRYPTODEV_HASH_SHA3_384:
 * @CRYPTODEV_HASH_SHA3_512:
 * @CRYPTODEV_HASH_SHAKE128: an operation has as many bytes of output as it has
 *     room for in @digest, without a limit.  There are no nested hashes of it
 *     (CRYPTODEV_NOTSUPP).
 * @CRYPTODEV_HASH_SHAKE256: likewise
 * @CRYPTODEV_HASH_MD4: RFC 1320; only for signatures of RSA, whose digests
 *     others have made: no backend has it as an algorithm of HASH
 *
 * A digest that is asked to be shorter is the beginning of the whole one.  The
 * source may be empty.
 *
 * Operands, and migration streams, have these numbers: none may change.
 */
typedef enum CryptoDevHashAlgo {
    CRYPTODEV_HASH_NONE = 0,
    CRYPTODEV_HASH_MD5 = 1,
    CRYPTODEV_HASH_SHA1 = 2,
    CRYPTODEV_HASH_SHA224 = 3,
    CRYPTODEV_HASH_SHA256 = 4,
    CRYPTODEV_HASH_SHA384 = 5,
    CRYPTODEV_HASH_SHA512 = 6,
    CRYPTODEV_HASH_SHA3_224 = 7,
    CRYPTODEV_HASH_SHA3_256 = 8,
    CRYPTODEV_HASH_SHA3_384 = 9,
    CRYPTODEV_HASH_SHA3_512 = 10,
    CRYPTODEV_HASH_SHAKE128 = 11,
    CRYPTODEV_HASH_SHAKE256 = 12,
    CRYPTODEV_HASH_MD4 = 13,
} CryptoDevHashAlgo;

/**
 * CryptoDevMacAlgo:
 * @CRYPTODEV_MAC_HMAC_MD5: RFC 2104, like those that follow, with keys of any
 *     length, an empty one too.  In FIPS mode a host may refuse short ones
 *     (CRYPTODEV_ERR).
 * @CRYPTODEV_MAC_HMAC_SHA1:
 * @CRYPTODEV_MAC_HMAC_SHA224:
 * @CRYPTODEV_MAC_HMAC_SHA256:
 * @CRYPTODEV_MAC_HMAC_SHA384:
 * @CRYPTODEV_MAC_HMAC_SHA512:
 * @CRYPTODEV_MAC_CMAC_3DES: SP 800-38B; keys are those of
 *     CRYPTODEV_CIPHER_3DES_ECB
 * @CRYPTODEV_MAC_CMAC_AES: SP 800-38B
 * @CRYPTODEV_MAC_GMAC_AES: SP 800-38D: the tag of GCM with an empty plaintext.
 *     The first 12 bytes of the source are the vector, what follows is the data
 *     to authenticate.  In a chain the source is the additional data and then
 *     the hash range.
 * @CRYPTODEV_MAC_GMAC_TWOFISH: the same with Twofish in place of AES
 * @CRYPTODEV_MAC_CBCMAC_AES: the last block of AES in CBC mode with a vector of
 *     zeros.  A last block that is short is filled up with zeros; one that is
 *     whole gets no other behind it.  There is no MAC of an empty source.
 * @CRYPTODEV_MAC_XCBC_AES: RFC 3566, up to all 16 bytes of the MAC
 * @CRYPTODEV_MAC_KASUMI_F9: UIA1, or f9 of 3GPP TS 35.201, section 4.  The
 *     source is the padded string PS of section 4.5: COUNT, FRESH, the message,
 *     DIRECTION, a bit 1 and zeros.  Bytes of zeros at its end may be left out.
 * @CRYPTODEV_MAC_SNOW3G_UIA2: 3GPP TS 35.215, section 4, with whole bytes.  The
 *     first 16 bytes of the source are the vector, IV3, IV2, IV1 and IV0 of
 *     section 4.4, what follows is the message, of at least one byte.
 * @CRYPTODEV_MAC_ZUC_EIA3: 128-EIA3 of 3GPP TS 35.221, section 4, likewise.
 *     The vector is the IV of section 4.3.
 *
 * A MAC that is asked to be shorter is the beginning of the whole one.  Where
 * nothing else is said, the source may be empty.
 *
 * Migration streams have these numbers: none may change.
 */
typedef enum CryptoDevMacAlgo {
    CRYPTODEV_MAC_HMAC_MD5 = 0,
    CRYPTODEV_MAC_HMAC_SHA1 = 1,
    CRYPTODEV_MAC_HMAC_SHA224 = 2,
    CRYPTODEV_MAC_HMAC_SHA256 = 3,
    CRYPTODEV_MAC_HMAC_SHA384 = 4,
    CRYPTODEV_MAC_HMAC_SHA512 = 5,
    CRYPTODEV_MAC_CMAC_3DES = 6,
    CRYPTODEV_MAC_CMAC_AES = 7,
    CRYPTODEV_MAC_GMAC_AES = 8,
    CRYPTODEV_MAC_GMAC_TWOFISH = 9,
    CRYPTODEV_MAC_CBCMAC_AES = 10,
    CRYPTODEV_MAC_XCBC_AES = 11,
    CRYPTODEV_MAC_KASUMI_F9 = 12,
    CRYPTODEV_MAC_SNOW3G_UIA2 = 13,
    CRYPTODEV_MAC_ZUC_EIA3 = 14,
} CryptoDevMacAlgo;

/**
 * CryptoDevAeadAlgo:
 * @CRYPTODEV_AEAD_AES_GCM: SP 800-38D.  A vector of 12 bytes is the usual one.
 *     One of 16 bytes is the pre-counter block J0 of section 7.1 itself, and is
 *     not hashed: the first block of the text is enciphered with inc32(J0), the
 *     tag with J0, and the last 4 bytes wrap around alone.
 * @CRYPTODEV_AEAD_AES_CCM: SP 800-38C.  A nonce of n bytes leaves 15 - n bytes
 *     for the length of the plaintext: one that has 2^(8 (15 - n)) bytes, or
 *     more, is CRYPTODEV_ERR.
 * @CRYPTODEV_AEAD_CHACHA20_POLY1305: RFC 8439
 *
 * The text, the additional data or both may be empty.  The tag follows the
 * ciphertext; one that is shorter is the beginning of the whole one, but in
 * CCM, where its length goes into it.  A text that is too long for the
 * algorithm is CRYPTODEV_ERR.
 *
 * Decryption writes nothing to @dst before it has verified the tag, and it
 * decrypts exactly the bytes that it has authenticated, even if the guest
 * writes to @src meanwhile.  With CRYPTODEV_BADMSG, or any other failure, @dst
 * is unchanged.  Tags are compared in constant time.
 *
 * Migration streams have these numbers: none may change.
 */
typedef enum CryptoDevAeadAlgo {
    CRYPTODEV_AEAD_AES_GCM = 0,
    CRYPTODEV_AEAD_AES_CCM = 1,
    CRYPTODEV_AEAD_CHACHA20_POLY1305 = 2,
} CryptoDevAeadAlgo;

/**
 * CryptoDevAkcipherAlgo:
 * @CRYPTODEV_AKCIPHER_RSA: RFC 8017, with all types of operations but
 *     CRYPTODEV_OP_DIGEST
 * @CRYPTODEV_AKCIPHER_DSA: FIPS 186-4; it signs and verifies
 * @CRYPTODEV_AKCIPHER_ECDSA: FIPS 186-5 on the Weierstrass curves of
 *     CryptoDevCurve; it signs and verifies
 *
 * An operation that needs a private key is CRYPTODEV_ERR with a public one; a
 * private key can do everything that a public one can.  A type of operation
 * that the algorithm lacks is CRYPTODEV_NOTSUPP.  A result that is longer than
 * @dst is CRYPTODEV_ERR.
 *
 * DSA and ECDSA: @src is a digest of 1 to 64 bytes, of which as many leftmost
 * bits count as the group's order has.  The secret number of a signature is
 * made as RFC 6979 tells, with the SHA-1 or SHA-2 whose digest is as long as
 * @src, or else SHA-512: the same digest gets the same signature.  Signatures
 * are the DER encoding of a sequence of r and s, RFC 3279, sections 2.2.2 and
 * 2.2.3: to verify, what is not exactly that encoding is
 * CRYPTODEV_KEY_REJECTED, like numbers out of bounds and a signature that is
 * not right.
 *
 * Migration streams have these numbers: none may change.
 */
typedef enum CryptoDevAkcipherAlgo {
    CRYPTODEV_AKCIPHER_RSA = 0,
    CRYPTODEV_AKCIPHER_DSA = 1,
    CRYPTODEV_AKCIPHER_ECDSA = 2,
} CryptoDevAkcipherAlgo;

/**
 * CryptoDevRsaPadding:
 * @CRYPTODEV_RSA_RAW: RFC 8017, section 5: the bare primitives.  @src is an
 *     integer below the modulus, without leading zeros or with some, but no
 *     longer than the modulus (CRYPTODEV_ERR).  The result has leading zeros up
 *     to the length of the modulus.  It encrypts and decrypts; to sign and to
 *     verify is CRYPTODEV_NOTSUPP.
 * @CRYPTODEV_RSA_PKCS1: version 1.5 of section 7.2 and 8.2.
 *     To encrypt, @src may be empty, and is at least 11 bytes shorter than the
 *     modulus.  To decrypt, it is as long as the modulus, and the result is the
 *     message alone.  If the padding is not right in any way, the status is
 *     CRYPTODEV_ERR; nothing reveals which way, not even the time.
 *     To sign and to verify, @src is a digest of the session's hash, exactly as
 *     long, which goes behind the hash's DigestInfo; without a hash, it is at
 *     least one byte, which is padded as it is, and at least 11 bytes shorter
 *     than the modulus.  A signature that has another length than the modulus
 *     is CRYPTODEV_KEY_REJECTED like any other that is not right.
 *
 * Results of private operations are checked by the public exponent, and are
 * CRYPTODEV_ERR if they are wrong: an error in a computation can give a key
 * away.
 *
 * Operands, and migration streams, have these numbers: none may change.
 */
typedef enum CryptoDevRsaPadding {
    CRYPTODEV_RSA_RAW = 0,
    CRYPTODEV_RSA_PKCS1 = 1,
} CryptoDevRsaPadding;

/**
 * CryptoDevCurve:
 * @CRYPTODEV_CURVE_P192: FIPS 186-4, appendix D.1.2.1
 * @CRYPTODEV_CURVE_P224: a Weierstrass curve of SP 800-186, section 3.2.1, like
 *     those that follow
 * @CRYPTODEV_CURVE_P256:
 * @CRYPTODEV_CURVE_P384:
 * @CRYPTODEV_CURVE_P521:
 * @CRYPTODEV_CURVE_X25519: a function of RFC 7748
 * @CRYPTODEV_CURVE_X448: likewise
 * @CRYPTODEV_CURVE_ED25519: a curve of RFC 8032
 * @CRYPTODEV_CURVE_ED448: likewise
 *
 * Operands of computations, and migration streams, have these numbers: none may
 * change.
 */
typedef enum CryptoDevCurve {
    CRYPTODEV_CURVE_P192 = 1,
    CRYPTODEV_CURVE_P224 = 2,
    CRYPTODEV_CURVE_P256 = 3,
    CRYPTODEV_CURVE_P384 = 4,
    CRYPTODEV_CURVE_P521 = 5,
    CRYPTODEV_CURVE_X25519 = 6,
    CRYPTODEV_CURVE_X448 = 7,
    CRYPTODEV_CURVE_ED25519 = 8,
    CRYPTODEV_CURVE_ED448 = 9,
} CryptoDevCurve;

/**
 * CryptoDevHashMode:
 * @CRYPTODEV_HASH_MODE_NONE: not a chain
 * @CRYPTODEV_HASH_MODE_PLAIN: a hash
 * @CRYPTODEV_HASH_MODE_AUTH: a MAC
 * @CRYPTODEV_HASH_MODE_NESTED: a hash of the outer prefix, and then of the
 *     whole digest of the inner prefix and the data: H(outer, H(inner, data)).
 *     The prefixes may be empty.
 *
 * Migration streams have these numbers: none may change.
 */
typedef enum CryptoDevHashMode {
    CRYPTODEV_HASH_MODE_NONE = 0,
    CRYPTODEV_HASH_MODE_PLAIN = 1,
    CRYPTODEV_HASH_MODE_AUTH = 2,
    CRYPTODEV_HASH_MODE_NESTED = 3,
} CryptoDevHashMode;

/**
 * CryptoDevOpType:
 * @CRYPTODEV_OP_ENCRYPT: CIPHER, AEAD and AKCIPHER
 * @CRYPTODEV_OP_DECRYPT: likewise
 * @CRYPTODEV_OP_SIGN: AKCIPHER
 * @CRYPTODEV_OP_VERIFY: AKCIPHER; the outcome is the status alone
 * @CRYPTODEV_OP_DIGEST: HASH and MAC: compute it
 *
 * The kinds of operations.  A chain encrypts or decrypts, and always computes a
 * digest.
 */
typedef enum CryptoDevOpType {
    CRYPTODEV_OP_ENCRYPT,
    CRYPTODEV_OP_DECRYPT,
    CRYPTODEV_OP_SIGN,
    CRYPTODEV_OP_VERIFY,
    CRYPTODEV_OP_DIGEST,
} CryptoDevOpType;

/**
 * CryptoDevCapability:
 * @service: the service that @algo belongs to
 * @algo: the algorithm, of the enumeration that goes with @service
 * @name: the algorithm's name, as users and documents write it
 * @key_min: the smallest key
 * @key_max: the largest key; 0 where there is none
 * @key_step: how far apart key sizes are: @key_min, @key_min + @key_step, ...
 * @iv_lens: legal lengths of the initialization vector, counter or nonce: bit
 *           n stands for n bytes; bit 0 where there is none
 * @tag_lens: AEAD: legal lengths of the tag, bit n for n bytes
 * @digest_max: HASH and MAC: the longest digest, in bytes; UINT32_MAX for a
 *              function with output of any length
 * @block_len: CIPHER: the source must be a multiple of this many bytes, a power
 *             of two
 * @min_len: CIPHER, HASH and MAC: the shortest source, in bytes
 * @max_len: CIPHER and MAC: the longest source, in bytes; 0 where it has no
 *           limit
 * @cost: CIPHER and MAC: how many bytes AES-CBC enciphers while this one does
 *        one; 0 for one, or for more that nobody counts
 *
 * One algorithm or operation, the same for all backends that have it.  Keys are
 * measured in bytes, those of AKCIPHER, and of the services that have
 * operations, in bits of the modulus, of the prime or of the curve.
 */
typedef struct CryptoDevCapability {
    CryptodevService service;
    uint32_t algo;
    const char *name;
    uint32_t key_min;
    uint32_t key_max;
    uint32_t key_step;
    uint32_t iv_lens;
    uint32_t tag_lens;
    uint32_t digest_max;
    uint32_t block_len;
    uint32_t min_len;
    uint32_t max_len;
    uint32_t cost;
} CryptoDevCapability;

/**
 * CryptoDevChainParams:
 * @mode: CRYPTODEV_HASH_MODE_NONE where there is no chain
 * @cipher_first: whether the hash is that of the cipher's result, and not that
 *                of the source
 * @algo: a CryptoDevMacAlgo for CRYPTODEV_HASH_MODE_AUTH, else a
 *        CryptoDevHashAlgo
 * @key: the MAC's key, or the inner and then the outer prefix of a nested hash,
 *       of equal length; owned by the caller
 * @key_len: bytes in @key, at most CRYPTODEV_AUTH_KEY_MAX
 * @digest_len: the longest digest that an operation may ask for, in bytes; 0
 *              for the longest that @algo has
 *
 * The hash or MAC that is chained to a cipher.
 */
typedef struct CryptoDevChainParams {
    CryptoDevHashMode mode;
    bool cipher_first;
    uint32_t algo;
    const uint8_t *key;
    size_t key_len;
    uint32_t digest_len;
} CryptoDevChainParams;

/**
 * CryptoDevOperand:
 * @data: its bytes
 * @len: how many there are
 *
 * An operand of an operation, or of a session for it.
 */
typedef struct CryptoDevOperand {
    const uint8_t *data;
    size_t len;
} CryptoDevOperand;

/**
 * CryptoDevSessionParams:
 * @service: the service that the session is for
 * @algo: the algorithm or operation, of the enumeration that goes with @service
 * @key: the key, owned by the caller.  For RSA it is the DER encoding of RFC
 *       8017's RSAPublicKey or RSAPrivateKey, which may lack what follows d;
 *       for ECDSA an uncompressed point of SEC 1, section 2.3.3, or the DER
 *       encoding of RFC 5915's ECPrivateKey, which may lack the curve and the
 *       public key; for DSA the DER encoding of RFC 3279's
 *       SubjectPublicKeyInfo, or the sequence of the integers 0, p, q, g, y, x.
 * @key_len: bytes in @key, at most CRYPTODEV_KEY_MAX
 * @cipher.encrypt: whether the session encrypts or decrypts
 * @cipher.chain: the hash that goes with it
 * @digest.len: HASH and MAC: the longest digest that an operation may ask for,
 *              in bytes; 0 for the longest that @algo has
 * @digest.nested: HASH: whether @key is the prefixes of a nested hash, as in
 *                 CryptoDevChainParams
 * @aead.encrypt: whether the session encrypts or decrypts
 * @aead.tag_len: bytes in the tag
 * @akcipher.private_key: whether @key is a private key
 * @akcipher.padding: RSA: how data becomes an integer
 * @akcipher.hash: RSA: the hash that made the digests to sign and verify
 * @akcipher.curve: ECDSA: the curve
 * @compute.operands: services that have operations: the session's operands,
 *                    owned by the caller; there is no @key then
 * @compute.n: how many there are
 */
typedef struct CryptoDevSessionParams {
    CryptodevService service;
    uint32_t algo;
    const uint8_t *key;
    size_t key_len;
    union {
        struct {
            bool encrypt;
            CryptoDevChainParams chain;
        } cipher;
        struct {
            uint32_t len;
            bool nested;
        } digest;
        struct {
            bool encrypt;
            uint32_t tag_len;
        } aead;
        struct {
            bool private_key;
            CryptoDevRsaPadding padding;
            CryptoDevHashAlgo hash;
            CryptoDevCurve curve;
        } akcipher;
        struct {
            const CryptoDevOperand *operands;
            size_t n;
        } compute;
    };
} CryptoDevSessionParams;

/* See backends/cryptodev/driver.h */
typedef struct CryptoDevDriver CryptoDevDriver;

/**
 * CryptoDevSession:
 * @capability: the algorithm
 * @chained: the hash or MAC of a chain, or NULL
 * @encrypt: CIPHER and AEAD: whether it encrypts or decrypts
 * @digest_len: HASH, MAC and chains: the longest digest to ask for, in bytes
 * @tag_len: AEAD: bytes in the tag
 * @backend: the backend that made it: the one that was asked to, or one that
 *           that stands on
 * @driver: runs its operations
 * @base: the same session on the base of @backend, for operations that @driver
 *        leaves to that; NULL for a driver that does not
 *
 * The part of a session that every backend has, and that
 * cryptodev_backend_create_session() fills in.  It does not change while the
 * session lives.
 */
typedef struct CryptoDevSession {
    const CryptoDevCapability *capability;
    const CryptoDevCapability *chained;
    bool encrypt;
    uint32_t digest_len;
    uint32_t tag_len;
    CryptoDevBackend *backend;
    const CryptoDevDriver *driver;
    struct CryptoDevSession *base;
} CryptoDevSession;

/**
 * CryptoDevRange:
 * @offset: bytes of the source before the range
 * @len: bytes in the range
 */
typedef struct CryptoDevRange {
    uint64_t offset;
    uint64_t len;
} CryptoDevRange;

/**
 * CryptoDevOp:
 * @session: the session to run on; the caller keeps it alive
 * @type: what to do
 * @iv: initialization vector, counter, tweak or nonce
 * @iv_len: bytes in @iv, one of the capability's @iv_lens
 * @aad: AEAD: additional authenticated data; chains: what is hashed before the
 *       range
 * @src: plaintext or ciphertext, what is to be hashed, or the digest to sign or
 *       verify.  To decrypt AEAD, ciphertext and tag.  AKCIPHER: at most
 *       CRYPTODEV_AKCIPHER_RESULT_MAX bytes.
 * @dst: destination, as long as the result or longer.  To encrypt AEAD,
 *       ciphertext and tag.
 * @digest: HASH, MAC and chains: where the digest goes, as long as it is to be
 * @signature: what to verify
 * @cipher_range: chains: what is enciphered.  @dst has the layout of @src, and
 *                the bytes around the range are copied; it may end before @src,
 *                but not before the range does.
 * @hash_range: chains: what is hashed, behind @aad.  Where the cipher is first,
 *              it is the cipher's result inside of @cipher_range, and @src
 *              elsewhere, also behind the end of @dst.
 * @status: set by the backend
 * @result_len: bytes written to @dst and @digest together, set by the backend;
 *              0 unless @status is CRYPTODEV_OK
 *
 * An operation that is to run, and its outcome.
 *
 * The buffers can be guest memory, in pieces of any length, even empty ones.
 * The guest can change it at any time, so a backend must not read bytes again
 * after checking them.  @dst can be the same memory as @src, or overlap it in
 * any way: the result is as if it did not.  If other buffers overlap, the
 * result is undefined, except that a chain's digest is written last.  Bytes of
 * @dst after the result are not written.
 *
 * If the status is not CRYPTODEV_OK, @dst can contain part of a result, except
 * that a failed AEAD decryption does not change it, and @digest is unchanged.
 */
typedef struct CryptoDevOp {
    CryptoDevSession *session;
    CryptoDevOpType type;
    uint8_t iv[CRYPTODEV_IV_MAX];
    size_t iv_len;
    CryptoDevBuf aad;
    CryptoDevBuf src;
    CryptoDevBuf dst;
    CryptoDevBuf digest;
    CryptoDevBuf signature;
    CryptoDevRange cipher_range;
    CryptoDevRange hash_range;
    CryptoDevStatus status;
    size_t result_len;
} CryptoDevOp;

/**
 * CryptoDevState:
 * @backend: the backend that it is for
 * @base: the state for the base of @backend, or NULL
 *
 * What one thread keeps from batch to batch.  Backends may have it begin a
 * structure of their own; cryptodev_state_new() fills it in.
 */
typedef struct CryptoDevState {
    CryptoDevBackend *backend;
    struct CryptoDevState *base;
} CryptoDevState;

/* See system/cryptodev-compute.h */
typedef struct CryptoDevComputation CryptoDevComputation;

/**
 * CryptoDevUserOps:
 * @describe: returns what query-cryptodev shows of the device, which the caller
 *            frees
 * @offers: returns whether the device's driver can use an algorithm, if the
 *          backend has it
 * @add_stats: adds to @sum what the device's queues have counted
 * @limits_changed: lets what waits for the backend's limits look at them again
 * @ready_changed: told that cryptodev_backend_is_ready() may return something
 *                 else than before; may be NULL
 *
 * What a backend asks of the device that claimed it, in the main thread.
 */
typedef struct CryptoDevUserOps {
    CryptodevDevice *(*describe)(void *user);
    bool (*offers)(void *user, CryptodevService service, uint32_t algo);
    void (*add_stats)(void *user, CryptoDevStats *sum);
    void (*limits_changed)(void *user);
    void (*ready_changed)(void *user);
} CryptoDevUserOps;

/**
 * CryptoDevBackend:
 * @disabled: the names of those that the user does not want
 * @capabilities: the algorithms that it has, of CryptoDevCapability; constant
 *                from when the object is complete
 * @drivers: which driver has each of @capabilities; NULL if @base has it
 * @base_id: the option "base", or NULL
 * @stands_alone: whether it must have no base, and only what its own drivers
 *                have, and be no base, so that nothing else computes instead;
 *                set by the class's @init
 * @base: the backend that this one stands on, or NULL; constant from when the
 *        object is complete
 * @above: the backend that stands on this one, or NULL
 * @services: the services that the device wants, or all: bit n for the
 *            CryptodevService n.  Operations that a previous device has left
 *            behind may read it.
 * @queues: data queues that a device on this backend has, 1 to
 *          CRYPTODEV_QUEUES_MAX
 * @user_ops: what to ask of the device that has claimed this backend; NULL if
 *            there is none
 * @user: the device
 * @stats: the counts of previous devices; main thread only
 * @throttle: limits on operations and bytes per second
 * @primitives: what its drivers compute with instead of what the class's table
 *              has; NULL for no such thing; set by the class's @init
 * @rsa_implicit_rejection: whether RSA answers a wrong padding with a message
 *                          that looks random, draft-irtf-cfrg-rsa-guidance;
 *                          sessions have what it was when they were created
 * @complete: whether the object is complete, so that its options are final
 * @ready: whether it is ready, apart from its base
 */
struct CryptoDevBackend {
    Object parent_obj;

    strList *disabled;
    GPtrArray *capabilities;
    GPtrArray *drivers;
    char *base_id;
    bool stands_alone;
    CryptoDevBackend *base;
    CryptoDevBackend *above;
    uint32_t services;
    uint32_t queues;
    const CryptoDevUserOps *user_ops;
    void *user;
    CryptoDevStats stats;
    CryptoDevThrottle throttle;
    const struct CryptoDevPrimitives *primitives;
    bool rsa_implicit_rejection;
    bool complete;
    bool ready;
};

/**
 * CryptoDevBackendClass:
 * @type: the kind of the class's backends, as QMP names it
 * @drivers: the drivers of the class's backends.  If several have an algorithm,
 *           the first one serves it.
 * @n_drivers: how many there are
 * @primitives: what those of @drivers compute with that are the same for all
 *              libraries; NULL if there are none of them, or if each backend
 *              has a table of its own
 * @stands_on_base: whether backends of the class stand on another one; set by
 *                  cryptodev_backend_add_base_property()
 * @init: make a backend able to work whose options are settled, or return
 *        false and an error, which ends its creation.  Called once, in the main
 *        thread, before the backend gets its base and before any @has of a
 *        driver.  What it makes, instance_finalize frees, also after an error.
 *        NULL if nothing is to be done.
 * @new_state: make what a thread keeps from batch to batch, for @free_state;
 *             NULL for a class that needs no such state
 * @free_state: free it; NULL for g_free()
 */
struct CryptoDevBackendClass {
    ObjectClass parent_class;

    CryptodevType type;
    const CryptoDevDriver *const *drivers;
    size_t n_drivers;
    const struct CryptoDevPrimitives *primitives;
    bool stands_on_base;
    bool (*init)(CryptoDevBackend *backend, Error **errp);
    CryptoDevState *(*new_state)(CryptoDevBackend *backend);
    void (*free_state)(CryptoDevState *state);
};

/**
 * cryptodev_backend_claim:
 * @backend: a backend
 * @services: the services that the caller wants of it: bit n for the
 *            CryptodevService n.  To the caller the backend has no others.
 * @ops: what the backend may ask of the caller
 * @user: the caller, for @ops
 * @errp: where errors go
 *
 * Take a backend for the caller's exclusive use, until
 * cryptodev_backend_release().  It cannot be deleted meanwhile.  Main thread
 * only.
 *
 * Returns: false, with an error, if another device has it, or another backend
 * stands on it.
 */
bool cryptodev_backend_claim(CryptoDevBackend *backend, uint32_t services,
                             const CryptoDevUserOps *ops, void *user,
                             Error **errp);

/**
 * cryptodev_backend_release:
 * @backend: a backend that the caller claimed
 *
 * Let others claim it.  Operations that the caller does not wait for may go on,
 * and their sessions be destroyed later, for as long as the caller has a
 * reference to the object.  Main thread only.
 */
void cryptodev_backend_release(CryptoDevBackend *backend);

/**
 * cryptodev_backend_next:
 * @backend: a backend
 * @i: where to look, 0 for the first time; moved on
 *
 * Any thread may call this, and cryptodev_backend_find().
 *
 * Returns: the next capability of the services that the backend's device wants;
 * NULL behind the last one.
 */
static inline const CryptoDevCapability *
cryptodev_backend_next(const CryptoDevBackend *backend, guint *i)
{
    uint32_t services = qatomic_read(&backend->services);

    while (*i < backend->capabilities->len) {
        const CryptoDevCapability *capability =
            g_ptr_array_index(backend->capabilities, *i);

        (*i)++;
        if (services & BIT(capability->service)) {
            return capability;
        }
    }
    return NULL;
}

/**
 * cryptodev_backend_find:
 * @backend: a backend
 * @service: a service
 * @algo: an algorithm of that service
 *
 * Returns: the capability, or NULL if the backend does not have it.
 */
const CryptoDevCapability *cryptodev_backend_find(CryptoDevBackend *backend,
                                                  CryptodevService service,
                                                  uint32_t algo);

/**
 * cryptodev_backend_create_session:
 * @backend: a backend that the caller claimed
 * @params: what the session is to be; not needed after the call
 * @session: set to the new session, which the caller owns and gives back by
 *           cryptodev_backend_destroy_session()
 *
 * Any thread may call this.
 *
 * Checks of a key that take long wait for the session's first operation: if
 * they fail, all operations on the session are CRYPTODEV_ERR.
 *
 * A backend that is not ready creates sessions, too: those of a migration
 * stream, and of requests that were taken while it still was.  If it needs its
 * peer for that, it catches up when it is ready.
 *
 * Returns: CRYPTODEV_OK; CRYPTODEV_NOTSUPP if the backend lacks the algorithm,
 * padding, or size of key, digest or tag; CRYPTODEV_ERR if the key is no such
 * key.
 */
CryptoDevStatus
cryptodev_backend_create_session(CryptoDevBackend *backend,
                                 const CryptoDevSessionParams *params,
                                 CryptoDevSession **session);

/**
 * cryptodev_backend_destroy_session:
 * @backend: the backend that made the session
 * @session: a session that no operation uses
 *
 * Wipe the keys of a session and free it.  Any thread may call this.
 */
void cryptodev_backend_destroy_session(CryptoDevBackend *backend,
                                       CryptoDevSession *session);

/**
 * cryptodev_state_new:
 * @backend: a backend that is complete
 *
 * Make what a thread keeps from one cryptodev_backend_run() to the next.  Any
 * thread may call this.
 *
 * Returns: the state, for cryptodev_state_free(); NULL if neither the backend
 * nor one that it stands on needs any.
 */
CryptoDevState *cryptodev_state_new(CryptoDevBackend *backend);

/**
 * cryptodev_state_free:
 * @state: a state that no call uses, or NULL; its backend is still there
 *
 * Any thread may call this.
 */
void cryptodev_state_free(CryptoDevState *state);

/**
 * cryptodev_backend_run:
 * @backend: the backend that made the operations' sessions
 * @state: a state of @backend that no other call uses meanwhile, or NULL, which
 *         is slower with some backends
 * @ops: the operations
 * @n: how many there are
 *
 * Run operations.  All are complete, each with its own status, when this
 * returns; that of a @type or of lengths that the session does not have is
 * CRYPTODEV_ERR.  Any thread may call this, and many may do so at once.
 */
void cryptodev_backend_run(CryptoDevBackend *backend, CryptoDevState *state,
                           CryptoDevOp *ops, size_t n);

/**
 * cryptodev_backend_is_ready:
 * @backend: a backend
 *
 * A backend that is not ready cannot work for the time being: its peer is gone,
 * for example.  Requests wait in their virtqueues meanwhile, and the driver can
 * create no session.  What it has begun, it completes, and so it does with the
 * operations of requests that were taken before, which may still come.  A
 * backend that would rather have requests fail stays ready, and completes them
 * with CRYPTODEV_ERR.  Any thread may call this.
 *
 * Returns: whether the backend, and those that it stands on, are ready.
 */
bool cryptodev_backend_is_ready(CryptoDevBackend *backend);

/**
 * cryptodev_backend_set_ready:
 * @backend: a backend
 * @ready: whether it is ready; every backend is when it is created
 *
 * For backends.  Main thread only.
 */
void cryptodev_backend_set_ready(CryptoDevBackend *backend, bool ready);

/**
 * cryptodev_backend_add_base_property:
 * @class: a class of backends, in its class_init
 *
 * For backends.  Have the backends of the class stand on another one: that has
 * what they lack, and what their drivers leave to it.  The user names it by the
 * option "base"; without that, each backend makes one of
 * TYPE_CRYPTODEV_BACKEND_GCRYPT for itself.  The base lives as long as what
 * stands on it; no device can claim it, nor a second backend stand on it.
 */
void cryptodev_backend_add_base_property(ObjectClass *class);

/**
 * cryptodev_backend_takes_option:
 * @backend: a backend
 * @name: an option that is final once the backend is complete
 * @errp: where errors go
 *
 * For backends.  What an option's setter asks first.  Main thread only.
 *
 * Returns: false, with an error, if the backend is complete.
 */
bool cryptodev_backend_takes_option(const CryptoDevBackend *backend,
                                    const char *name, Error **errp);

/**
 * cryptodev_wipe:
 * @data: secret bytes; it may be NULL if there are none
 * @len: how many there are
 *
 * Overwrite bytes, even if the compiler sees that they are not read again.
 */
static inline void cryptodev_wipe(void *data, size_t len)
{
    if (len) {
        memset(data, 0, len);
        asm volatile("" : : "r"(data) : "memory");
    }
}

#endif /* SYSTEM_CRYPTODEV_H */
