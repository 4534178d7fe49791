/*
 * The libgcrypt backend: symmetric ciphers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/atomic.h"
#include "../../cryptodev-gcrypt/drivers.h"
#include "cipher.h"
#include "f8.h"

#define AES_BLOCK 16
#define DES_BLOCK 8
#define BLOCK_MAX 16

/* What an operation may use of a handle, about, and what comes in one piece */
#define HANDLE_SIZE 1536
#define CACHE_LINE 64

/**
 * CipherAlgo:
 * @algo: as cryptodev_gcrypt_open() takes it
 * @mode: likewise
 * @block: what is not the end of a source comes in multiples of so many bytes
 */
typedef struct CipherAlgo {
    int algo;
    int mode;
    size_t block;
} CipherAlgo;

static const CipherAlgo algos[] = {
    [CRYPTODEV_CIPHER_ARC4] = {
        GCRY_CIPHER_ARCFOUR, GCRY_CIPHER_MODE_STREAM, 1
    },
    [CRYPTODEV_CIPHER_AES_ECB] = {
        GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_ECB, AES_BLOCK
    },
    [CRYPTODEV_CIPHER_AES_CBC] = {
        GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_CBC, AES_BLOCK
    },
    [CRYPTODEV_CIPHER_AES_CTR] = {
        GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_CTR, 1
    },
    [CRYPTODEV_CIPHER_AES_XTS] = {
        GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_XTS, 1
    },
    [CRYPTODEV_CIPHER_AES_F8] = {
        GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_ECB, 1
    },
    [CRYPTODEV_CIPHER_DES_ECB] = {
        GCRY_CIPHER_DES, GCRY_CIPHER_MODE_ECB, DES_BLOCK
    },
    [CRYPTODEV_CIPHER_DES_CBC] = {
        GCRY_CIPHER_DES, GCRY_CIPHER_MODE_CBC, DES_BLOCK
    },
    [CRYPTODEV_CIPHER_3DES_ECB] = {
        GCRY_CIPHER_3DES, GCRY_CIPHER_MODE_ECB, DES_BLOCK
    },
    [CRYPTODEV_CIPHER_3DES_CBC] = {
        GCRY_CIPHER_3DES, GCRY_CIPHER_MODE_CBC, DES_BLOCK
    },
    [CRYPTODEV_CIPHER_3DES_CTR] = {
        GCRY_CIPHER_3DES, GCRY_CIPHER_MODE_CTR, 1
    },
};

/**
 * CipherState:
 * @hd: the cipher, keyed
 * @f8: the rest of an AES-F8 operation
 *
 * What one operation needs for itself.
 */
typedef struct CipherState {
    gcry_cipher_hd_t hd;
    CryptoDevF8 f8;
} CipherState;

typedef struct CipherSession {
    CryptoDevSession parent;
    CryptoDevGcryptCipher cipher;
} CipherSession;

static bool is_f8(const CryptoDevGcryptCipher *cipher)
{
    return cipher->algo == &algos[CRYPTODEV_CIPHER_AES_F8];
}

static bool is_xts(const CryptoDevGcryptCipher *cipher)
{
    return cipher->algo->mode == GCRY_CIPHER_MODE_XTS;
}

/* The key of F8 is a key of AES and, of the same length, a mask. */
static size_t f8_key_len(const CryptoDevGcryptCipher *cipher)
{
    return cipher->key_len / 2;
}

static gcry_error_t start(CipherState *state,
                          const CryptoDevGcryptCipher *cipher,
                          const uint8_t *iv, size_t iv_len)
{
    if (is_f8(cipher)) {
        size_t key_len = f8_key_len(cipher);

        return cryptodev_f8_start(&state->f8, state->hd, cipher->key,
                                  cipher->key + key_len, key_len, iv);
    }
    /*
     * A vector begins a new operation.  A reset would too, but it copies the
     * key's schedules, which are in no cache if there are many sessions.
     */
    switch (cipher->algo->mode) {
    case GCRY_CIPHER_MODE_CBC:
    case GCRY_CIPHER_MODE_XTS:
        return gcry_cipher_setiv(state->hd, iv, iv_len);
    case GCRY_CIPHER_MODE_CTR:
        return gcry_cipher_setctr(state->hd, iv, iv_len);
    case GCRY_CIPHER_MODE_STREAM:
        return gcry_cipher_reset(state->hd);
    default:
        return 0;
    }
}

static gcry_error_t transform(CipherState *state,
                              const CryptoDevGcryptCipher *cipher,
                              uint8_t *dst, const uint8_t *src, size_t len)
{
    if (is_f8(cipher)) {
        return cryptodev_f8_crypt(&state->f8, state->hd, dst, src, len);
    }
    if (cipher->encrypt) {
        return gcry_cipher_encrypt(state->hd, dst, len, src, len);
    }
    return gcry_cipher_decrypt(state->hd, dst, len, src, len);
}

/*
 * Where source and destination are both contiguous for a block or more, work
 * on them in place.  A block that is cut goes through the stack.
 */
static gcry_error_t crypt_pieces(CipherState *state,
                                 const CryptoDevGcryptCipher *cipher,
                                 CryptoDevBuf src, CryptoDevBuf dst)
{
    size_t block = cipher->algo->block;
    uint8_t piece[BLOCK_MAX];
    gcry_error_t err = 0;

    while (src.len && !err) {
        uint8_t *in;
        uint8_t *out;
        size_t len = MIN(cryptodev_buf_run(&src, &in),
                         cryptodev_buf_run(&dst, &out));

        len -= len % block;
        if (len) {
            err = transform(state, cipher, out, in, len);
            cryptodev_buf_advance(&src, len);
            cryptodev_buf_advance(&dst, len);
        } else {
            cryptodev_buf_read(&src, piece, block);
            err = transform(state, cipher, piece, piece, block);
            cryptodev_buf_write(&dst, piece, block);
        }
    }
    cryptodev_wipe(piece, sizeof(piece));
    return err;
}

/* Work on a copy of the source, which nobody else writes. */
static gcry_error_t crypt_copy(CipherState *state,
                               const CryptoDevGcryptCipher *cipher,
                               CryptoDevBuf src, CryptoDevBuf dst)
{
    size_t len = src.len;
    uint8_t *copy = g_try_malloc(len);
    gcry_error_t err;

    if (!copy) {
        return gcry_error(GPG_ERR_ENOMEM);
    }
    cryptodev_buf_read(&src, copy, len);
    err = transform(state, cipher, copy, copy, len);
    if (!err) {
        cryptodev_buf_write(&dst, copy, len);
    }
    cryptodev_wipe(copy, len);
    g_free(copy);
    return err;
}

static bool is_contiguous(CryptoDevBuf buf)
{
    uint8_t *run;

    return cryptodev_buf_run(&buf, &run) == buf.len;
}

/* A data unit of XTS cannot be cut: libgcrypt takes each call for one. */
static bool needs_copy(const CryptoDevGcryptCipher *cipher, CryptoDevBuf src,
                       CryptoDevBuf dst)
{
    return (is_xts(cipher) && !(is_contiguous(src) && is_contiguous(dst))) ||
           cryptodev_buf_tangled(dst, src);
}

bool cryptodev_gcrypt_cipher_run(CryptoDevGcryptCipher *cipher,
                                 const uint8_t *iv, size_t iv_len,
                                 CryptoDevBuf src, CryptoDevBuf dst)
{
    CipherState state = {
        .hd = cryptodev_gcrypt_spare_take(&cipher->spare),
    };
    gcry_error_t err;

    if (!state.hd) {
        return false;
    }
    err = start(&state, cipher, iv, iv_len);
    if (!err) {
        err = needs_copy(cipher, src, dst)
              ? crypt_copy(&state, cipher, src, dst)
              : crypt_pieces(&state, cipher, src, dst);
    }
    cryptodev_gcrypt_spare_give(&cipher->spare, state.hd);
    cryptodev_wipe(&state, sizeof(state));
    return !err;
}

void cryptodev_gcrypt_cipher_destroy(CryptoDevGcryptCipher *cipher)
{
    cryptodev_gcrypt_spare_destroy(&cipher->spare);
    cryptodev_wipe(cipher->key, cipher->key_len);
    g_free(cipher->key);
}

bool cryptodev_gcrypt_cipher_init(CryptoDevGcryptCipher *cipher,
                                  CryptoDevCipherAlgo algo,
                                  const uint8_t *key, size_t key_len,
                                  bool encrypt)
{
    *cipher = (CryptoDevGcryptCipher) {
        .algo = &algos[algo],
        .encrypt = encrypt,
        .key = g_memdup2(key, key_len),
        .key_len = key_len,
    };
    cipher->spare = (CryptoDevGcryptSpare) {
        .algo = cipher->algo->algo,
        .mode = cipher->algo->mode,
        .key = cipher->key,
        .key_len = is_f8(cipher) ? f8_key_len(cipher) : key_len,
    };
    return cryptodev_gcrypt_spare_init(&cipher->spare);
}

void cryptodev_gcrypt_cipher_prefetch(const CryptoDevGcryptCipher *cipher)
{
    const char *handle = (const char *)qatomic_read(&cipher->spare.hd);

    for (size_t offset = 0; offset < HANDLE_SIZE; offset += CACHE_LINE) {
        __builtin_prefetch(handle + offset, 1);
    }
}

static bool cipher_has(CryptoDevBackend *backend, uint32_t algo)
{
    return !gcry_cipher_test_algo(algos[algo].algo);
}

static void cipher_destroy(CryptoDevSession *parent)
{
    CipherSession *session = container_of(parent, CipherSession, parent);

    cryptodev_gcrypt_cipher_destroy(&session->cipher);
    g_free(session);
}

static CryptoDevStatus cipher_create(CryptoDevBackend *backend,
                                     const CryptoDevSessionParams *params,
                                     CryptoDevSession **parent)
{
    CipherSession *session = g_new0(CipherSession, 1);

    if (!cryptodev_gcrypt_cipher_init(&session->cipher, params->algo,
                                      params->key, params->key_len,
                                      params->cipher.encrypt)) {
        cipher_destroy(&session->parent);
        return CRYPTODEV_ERR;
    }
    *parent = &session->parent;
    return CRYPTODEV_OK;
}

static void cipher_prefetch(const CryptoDevSession *parent)
{
    const CipherSession *session =
        container_of(parent, CipherSession, parent);

    cryptodev_gcrypt_cipher_prefetch(&session->cipher);
}

static void cipher_run(CryptoDevOp *op)
{
    CipherSession *session =
        container_of(op->session, CipherSession, parent);
    size_t len = op->src.len;

    if (cryptodev_gcrypt_cipher_run(&session->cipher, op->iv, op->iv_len,
                                    op->src,
                                    cryptodev_buf_slice(op->dst, 0, len))) {
        op->result_len = len;
    } else {
        op->status = CRYPTODEV_ERR;
    }
}

const CryptoDevDriver cryptodev_gcrypt_cipher = {
    .service = CRYPTODEV_SERVICE_CIPHER,
    .has = cipher_has,
    .create = cipher_create,
    .destroy = cipher_destroy,
    .prefetch = cipher_prefetch,
    .run = cipher_run,
};
