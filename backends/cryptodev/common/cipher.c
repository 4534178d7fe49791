/*
 * Cryptography backends: symmetric ciphers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "cipher.h"
#include "drivers.h"
#include "f8.h"

typedef struct CipherSession {
    CryptoDevSession parent;
    CryptoDevCipher cipher;
} CipherSession;

static bool is_f8(const CryptoDevCipher *cipher)
{
    return cipher->algo == CRYPTODEV_CIPHER_AES_F8;
}

static void *open_state(const CryptoDevCipher *cipher)
{
    if (is_f8(cipher)) {
        return cryptodev_f8_new(cipher->primitives, cipher->key,
                                cipher->key_len);
    }
    return cipher->primitives->cipher.open(cipher->primitives, cipher->algo,
                                           cipher->encrypt, cipher->key,
                                           cipher->key_len);
}

static void close_state(const CryptoDevCipher *cipher, void *state)
{
    if (is_f8(cipher)) {
        cryptodev_f8_free(state);
    } else {
        cipher->primitives->cipher.close(state);
    }
}

static bool start(const CryptoDevCipher *cipher, void *state,
                  const uint8_t *iv, size_t iv_len)
{
    if (is_f8(cipher)) {
        return cryptodev_f8_start(state, iv);
    }
    return cipher->primitives->cipher.start(state, cipher->algo, iv, iv_len);
}

static bool crypt_bytes(const CryptoDevCipher *cipher, void *state,
                        uint8_t *dst, const uint8_t *src, size_t len)
{
    if (is_f8(cipher)) {
        return cryptodev_f8_crypt(state, dst, src, len);
    }
    return cipher->primitives->cipher.crypt(state, cipher->encrypt, dst, src,
                                            len);
}

/* The next block, or the rest if that is less, goes through the stack. */
static bool crypt_cut_block(const CryptoDevCipher *cipher, void *state,
                            CryptoDevBuf *src, CryptoDevBuf *dst)
{
    uint8_t block[CRYPTODEV_BLOCK_MAX];
    size_t len = MIN(sizeof(block), src->len);
    bool ok;

    cryptodev_buf_read(src, block, len);
    ok = crypt_bytes(cipher, state, block, block, len);
    cryptodev_buf_write(dst, block, len);
    cryptodev_wipe(block, sizeof(block));
    return ok;
}

/*
 * Where source and destination are both contiguous for a block or more, work
 * on them in place.
 */
static bool crypt_pieces(const CryptoDevCipher *cipher, void *state,
                         CryptoDevBuf src, CryptoDevBuf dst)
{
    bool ok = true;

    while (src.len && ok) {
        uint8_t *in;
        uint8_t *out;
        size_t len = MIN(cryptodev_buf_run(&src, &in),
                         cryptodev_buf_run(&dst, &out));

        if (len < src.len) {
            len -= len % CRYPTODEV_BLOCK_MAX;
        }
        if (len) {
            ok = crypt_bytes(cipher, state, out, in, len);
            cryptodev_buf_advance(&src, len);
            cryptodev_buf_advance(&dst, len);
        } else {
            ok = crypt_cut_block(cipher, state, &src, &dst);
        }
    }
    return ok;
}

/* Work on a private copy of the source. */
static bool crypt_copy(const CryptoDevCipher *cipher, void *state,
                       CryptoDevBuf src, CryptoDevBuf dst)
{
    size_t len = src.len;
    uint8_t *copy = g_try_malloc(len);
    bool ok;

    if (!copy) {
        return false;
    }
    cryptodev_buf_read(&src, copy, len);
    ok = crypt_bytes(cipher, state, copy, copy, len);
    if (ok) {
        cryptodev_buf_write(&dst, copy, len);
    }
    cryptodev_wipe(copy, len);
    g_free(copy);
    return ok;
}

/* A data unit of XTS cannot be cut. */
static bool needs_copy(const CryptoDevCipher *cipher, CryptoDevBuf src,
                       CryptoDevBuf dst)
{
    return (cipher->algo == CRYPTODEV_CIPHER_AES_XTS &&
            !(cryptodev_buf_is_contiguous(src) &&
              cryptodev_buf_is_contiguous(dst))) ||
           cryptodev_buf_tangled(dst, src);
}

bool cryptodev_cipher_run(CryptoDevCipher *cipher, const uint8_t *iv,
                          size_t iv_len, CryptoDevBuf src, CryptoDevBuf dst)
{
    void *state = cryptodev_spare_take(&cipher->spare) ?: open_state(cipher);
    bool ok;

    dst.len = src.len;
    if (!state) {
        return false;
    }
    ok = start(cipher, state, iv, iv_len) &&
         (needs_copy(cipher, src, dst)
          ? crypt_copy(cipher, state, src, dst)
          : crypt_pieces(cipher, state, src, dst));
    if (!cryptodev_spare_give(&cipher->spare, state)) {
        close_state(cipher, state);
    }
    return ok;
}

bool cryptodev_cipher_init(CryptoDevCipher *cipher,
                           const CryptoDevPrimitives *primitives,
                           const CryptoDevSessionParams *params)
{
    *cipher = (CryptoDevCipher) {
        .primitives = primitives,
        .algo = params->algo,
        .encrypt = params->cipher.encrypt,
        .key = g_memdup2(params->key, params->key_len),
        .key_len = params->key_len,
    };
    cipher->spare.state = open_state(cipher);
    return cipher->spare.state;
}

void cryptodev_cipher_destroy(CryptoDevCipher *cipher)
{
    if (cipher->spare.state) {
        close_state(cipher, cipher->spare.state);
    }
    cryptodev_wipe(cipher->key, cipher->key_len);
    g_free(cipher->key);
}

void cryptodev_cipher_prefetch(const CryptoDevCipher *cipher)
{
    const void *state = qatomic_read(&cipher->spare.state);

    if (!is_f8(cipher) && cipher->primitives->cipher.prefetch) {
        cipher->primitives->cipher.prefetch(state);
    }
}

static bool cipher_has(CryptoDevBackend *backend, uint32_t algo)
{
    const CryptoDevPrimitives *primitives = cryptodev_primitives(backend);

    return algo == CRYPTODEV_CIPHER_AES_F8
           ? primitives->block.has(primitives, CRYPTODEV_BLOCK_AES)
           : primitives->cipher.has(primitives, algo);
}

static void cipher_destroy(CryptoDevSession *parent)
{
    CipherSession *session = container_of(parent, CipherSession, parent);

    cryptodev_cipher_destroy(&session->cipher);
    g_free(session);
}

static CryptoDevStatus cipher_create(CryptoDevBackend *backend,
                                     const CryptoDevSessionParams *params,
                                     CryptoDevSession **parent)
{
    CipherSession *session = g_new0(CipherSession, 1);

    *parent = &session->parent;
    return cryptodev_cipher_init(&session->cipher,
                                 cryptodev_primitives(backend), params)
           ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

static void cipher_prefetch(const CryptoDevSession *parent)
{
    const CipherSession *session =
        container_of(parent, CipherSession, parent);

    cryptodev_cipher_prefetch(&session->cipher);
}

static void cipher_run(CryptoDevSession *parent, CryptoDevOp *op)
{
    CipherSession *session = container_of(parent, CipherSession, parent);
    size_t len = op->src.len;

    if (cryptodev_cipher_run(&session->cipher, op->iv, op->iv_len, op->src,
                             op->dst)) {
        op->result_len = len;
    } else {
        op->status = CRYPTODEV_ERR;
    }
}

const CryptoDevDriver cryptodev_common_cipher = {
    .service = CRYPTODEV_SERVICE_CIPHER,
    .has = cipher_has,
    .create = cipher_create,
    .destroy = cipher_destroy,
    .prefetch = cipher_prefetch,
    .run = cipher_run,
};
