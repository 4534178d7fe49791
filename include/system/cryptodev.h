/*
 * Cryptography backends: what a crypto device and its backend agree on
 *
 * A backend knows algorithms, and neither virtqueues nor guest memory nor the
 * numbers of a wire protocol.  A device creates sessions on a backend and runs
 * operations on them.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef SYSTEM_CRYPTODEV_H
#define SYSTEM_CRYPTODEV_H

#include "qapi/qapi-types-cryptodev.h"
#include "qom/object.h"
#include "system/cryptodev-buf.h"

#define TYPE_CRYPTODEV_BACKEND "cryptodev-backend"
OBJECT_DECLARE_TYPE(CryptoDevBackend, CryptoDevBackendClass, CRYPTODEV_BACKEND)

#define TYPE_CRYPTODEV_BACKEND_GCRYPT "cryptodev-backend-gcrypt"
#define TYPE_CRYPTODEV_BACKEND_BUILTIN "cryptodev-backend-builtin"

/* The most data queues that a device can have */
#define CRYPTODEV_QUEUES_MAX 64

/* The longest initialization vector or counter of any algorithm, in bytes */
#define CRYPTODEV_IV_MAX 16

/* The longest key of any algorithm, in bytes; RSA keys come in DER */
#define CRYPTODEV_KEY_MAX 8192

/*
 * The outcome of an operation, or of the creation of a session.  The names are
 * those of virtio 1.4, section "Operation Status".
 */
typedef enum CryptoDevStatus {
    CRYPTODEV_OK,
    CRYPTODEV_ERR,          /* any failure that has no status of its own */
    CRYPTODEV_BADMSG,       /* authentication failed */
    CRYPTODEV_NOTSUPP,      /* the service, algorithm or size is unknown */
    CRYPTODEV_INVSESS,      /* there is no such session */
    CRYPTODEV_NOSPC,        /* there is no room for another session */
    CRYPTODEV_KEY_REJECTED, /* a signature does not verify */
} CryptoDevStatus;

typedef enum CryptoDevCipherAlgo {
    CRYPTODEV_CIPHER_ARC4,
    CRYPTODEV_CIPHER_AES_ECB,
    CRYPTODEV_CIPHER_AES_CBC,
    CRYPTODEV_CIPHER_AES_CTR,
    CRYPTODEV_CIPHER_AES_XTS,
    CRYPTODEV_CIPHER_AES_F8,
    CRYPTODEV_CIPHER_DES_ECB,
    CRYPTODEV_CIPHER_DES_CBC,
    CRYPTODEV_CIPHER_3DES_ECB,
    CRYPTODEV_CIPHER_3DES_CBC,
    CRYPTODEV_CIPHER_3DES_CTR,
} CryptoDevCipherAlgo;

typedef enum CryptoDevAkcipherAlgo {
    CRYPTODEV_AKCIPHER_RSA,
} CryptoDevAkcipherAlgo;

typedef enum CryptoDevHashAlgo {
    CRYPTODEV_HASH_NONE,
    CRYPTODEV_HASH_MD4,
    CRYPTODEV_HASH_MD5,
    CRYPTODEV_HASH_SHA1,
    CRYPTODEV_HASH_SHA224,
    CRYPTODEV_HASH_SHA256,
    CRYPTODEV_HASH_SHA384,
    CRYPTODEV_HASH_SHA512,
} CryptoDevHashAlgo;

typedef enum CryptoDevRsaPadding {
    CRYPTODEV_RSA_RAW,      /* RFC 8017, section 5.1: the bare primitives */
    CRYPTODEV_RSA_PKCS1,    /* RFC 8017, sections 7.2 and 8.2: version 1.5 */
} CryptoDevRsaPadding;

typedef enum CryptoDevOpType {
    CRYPTODEV_OP_ENCRYPT,
    CRYPTODEV_OP_DECRYPT,
    CRYPTODEV_OP_SIGN,
    CRYPTODEV_OP_VERIFY,
} CryptoDevOpType;

/**
 * CryptoDevCapability:
 * @service: the service that @algo belongs to
 * @algo: a CryptoDevCipherAlgo or CryptoDevAkcipherAlgo
 * @name: the algorithm's name, as users and documents write it
 * @key_min: the smallest key
 * @key_max: the largest key
 * @key_step: how far apart key sizes are: @key_min, @key_min + @key_step, ...
 * @iv_len: bytes of initialization vector or counter, 0 for none
 * @block_len: the source must be a multiple of this many bytes
 * @min_len: the shortest source, in bytes
 *
 * One algorithm of a backend.  Keys are measured in bytes, an RSA key in bits
 * of its modulus.
 */
typedef struct CryptoDevCapability {
    CryptodevService service;
    uint32_t algo;
    const char *name;
    uint32_t key_min;
    uint32_t key_max;
    uint32_t key_step;
    uint32_t iv_len;
    uint32_t block_len;
    uint32_t min_len;
} CryptoDevCapability;

/**
 * CryptoDevSessionParams:
 * @service: the service that the session is for
 * @algo: a CryptoDevCipherAlgo or CryptoDevAkcipherAlgo
 * @key: the key, owned by the caller; for RSA the DER encoding of RFC 8017's
 *       RSAPublicKey or RSAPrivateKey
 * @key_len: bytes in @key, at most CRYPTODEV_KEY_MAX
 * @cipher.encrypt: whether the session encrypts or decrypts
 * @akcipher.private_key: whether @key is a private key
 * @akcipher.padding: how data becomes an integer
 * @akcipher.hash: the hash that made the digests to sign and verify
 */
typedef struct CryptoDevSessionParams {
    CryptodevService service;
    uint32_t algo;
    const uint8_t *key;
    size_t key_len;
    union {
        struct {
            bool encrypt;
        } cipher;
        struct {
            bool private_key;
            CryptoDevRsaPadding padding;
            CryptoDevHashAlgo hash;
        } akcipher;
    };
} CryptoDevSessionParams;

/**
 * CryptoDevSession:
 * @capability: the algorithm; it belongs to the backend
 *
 * The part of a session that every backend has.  It does not change while the
 * session lives.
 */
typedef struct CryptoDevSession {
    const CryptoDevCapability *capability;
} CryptoDevSession;

/**
 * CryptoDevOp:
 * @session: the session to run on; the caller keeps it alive
 * @service: what kind of session the request was made for
 * @type: what to do
 * @iv: initialization vector, counter or tweak
 * @iv_len: bytes in @iv
 * @src: source: plaintext or ciphertext, or the digest to sign or verify
 * @dst: destination; it may be the same memory as @src
 * @signature: what to verify
 * @status: set by the backend
 * @result_len: bytes written to the start of @dst, set by the backend; 0 unless
 *              @status is CRYPTODEV_OK
 *
 * An operation that is to run, and its outcome.
 */
typedef struct CryptoDevOp {
    CryptoDevSession *session;
    CryptodevService service;
    CryptoDevOpType type;
    const uint8_t *iv;
    size_t iv_len;
    CryptoDevBuf src;
    CryptoDevBuf dst;
    CryptoDevBuf signature;
    CryptoDevStatus status;
    size_t result_len;
} CryptoDevOp;

/**
 * CryptoDevBackend:
 * @capabilities: the algorithms of this backend, made when it is created and
 *                constant from then on
 * @queues: data queues that a device on this backend has, 1 to
 *          CRYPTODEV_QUEUES_MAX
 * @used: whether a device has claimed this backend
 * @complete: whether the object was created, and its options are settled
 */
struct CryptoDevBackend {
    Object parent_obj;

    GArray *capabilities;
    uint32_t queues;
    bool used;
    bool complete;
};

/**
 * CryptoDevBackendClass:
 * @create_session: make a session for a supported algorithm and key size; sets
 *                  *session and returns CRYPTODEV_OK, or returns why not
 * @destroy_session: free a session and wipe its key; nothing runs on it
 * @run: complete @n operations, in any order, in the calling thread.  Many
 *       threads may run operations at once, on the same session too.
 */
struct CryptoDevBackendClass {
    ObjectClass parent_class;

    CryptoDevStatus (*create_session)(CryptoDevBackend *backend,
                                      const CryptoDevCapability *capability,
                                      const CryptoDevSessionParams *params,
                                      CryptoDevSession **session);
    void (*destroy_session)(CryptoDevBackend *backend,
                            CryptoDevSession *session);
    void (*run)(CryptoDevBackend *backend, CryptoDevOp *ops, size_t n);
};

/**
 * cryptodev_backend_claim:
 * @backend: a backend
 * @errp: where errors go
 *
 * Take a backend for the caller alone, until cryptodev_backend_release().
 * Nothing can delete it meanwhile.  Main thread only.
 *
 * Returns: false, with an error, if another device has it.
 */
bool cryptodev_backend_claim(CryptoDevBackend *backend, Error **errp);

/**
 * cryptodev_backend_release:
 * @backend: a backend that the caller claimed and has no session on any more
 */
void cryptodev_backend_release(CryptoDevBackend *backend);

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
 * Returns: CRYPTODEV_OK; CRYPTODEV_NOTSUPP if the backend lacks the algorithm,
 * key size or padding; CRYPTODEV_ERR if the key is no such key.
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
 * cryptodev_backend_run:
 * @backend: a backend that the caller claimed
 * @ops: the operations
 * @n: how many there are
 *
 * Run operations.  All are complete, each with its own status, when this
 * returns.  Any thread may call this, and many may do so at once.
 */
void cryptodev_backend_run(CryptoDevBackend *backend, CryptoDevOp *ops,
                           size_t n);

/**
 * cryptodev_wipe:
 * @data: secret bytes
 * @len: how many there are
 *
 * Overwrite bytes, even where the compiler sees that nobody reads them again.
 */
static inline void cryptodev_wipe(void *data, size_t len)
{
    memset(data, 0, len);
    asm volatile("" : : "r"(data) : "memory");
}

#endif /* SYSTEM_CRYPTODEV_H */
