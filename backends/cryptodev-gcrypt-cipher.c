/*
 * The libgcrypt backend: symmetric ciphers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/atomic.h"
#include "cryptodev-gcrypt.h"
#include "cryptodev-gcrypt-f8.h"

#define AES_BLOCK 16
#define DES_BLOCK 8
#define BLOCK_MAX 16

/* Keying option 2 of SP 800-67: the third key is the first one. */
#define DES3_TWO_KEYS 16
#define DES3_THREE_KEYS 24

typedef struct GcryptCipher {
    CryptoDevCapability capability;
    int algo;       /* for AES the one with the shortest key */
    int mode;
} GcryptCipher;

#define CIPHER(_algo, _name, _min, _max, _step, _iv, _block, _shortest)   \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_CIPHER,                              \
        .algo = CRYPTODEV_CIPHER_ ## _algo,                               \
        .name = _name,                                                    \
        .key_min = _min, .key_max = _max, .key_step = _step,              \
        .iv_len = _iv, .block_len = _block, .min_len = _shortest,         \
    }

static const GcryptCipher ciphers[] = {
    { CIPHER(ARC4, "arc4", 5, 256, 1, 0, 1, 0),
      GCRY_CIPHER_ARCFOUR, GCRY_CIPHER_MODE_STREAM },
    { CIPHER(AES_ECB, "aes-ecb", 16, 32, 8, 0, AES_BLOCK, 0),
      GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_ECB },
    { CIPHER(AES_CBC, "aes-cbc", 16, 32, 8, AES_BLOCK, AES_BLOCK, 0),
      GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_CBC },
    { CIPHER(AES_CTR, "aes-ctr", 16, 32, 8, AES_BLOCK, 1, 0),
      GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_CTR },
    { CIPHER(AES_XTS, "aes-xts", 32, 64, 32, AES_BLOCK, 1, AES_BLOCK),
      GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_XTS },
    { CIPHER(AES_F8, "aes-f8", 32, 64, 16, AES_BLOCK, 1, 0),
      GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_ECB },
    { CIPHER(DES_ECB, "des-ecb", 8, 8, 1, 0, DES_BLOCK, 0),
      GCRY_CIPHER_DES, GCRY_CIPHER_MODE_ECB },
    { CIPHER(DES_CBC, "des-cbc", 8, 8, 1, DES_BLOCK, DES_BLOCK, 0),
      GCRY_CIPHER_DES, GCRY_CIPHER_MODE_CBC },
    { CIPHER(3DES_ECB, "3des-ecb", 16, 24, 8, 0, DES_BLOCK, 0),
      GCRY_CIPHER_3DES, GCRY_CIPHER_MODE_ECB },
    { CIPHER(3DES_CBC, "3des-cbc", 16, 24, 8, DES_BLOCK, DES_BLOCK, 0),
      GCRY_CIPHER_3DES, GCRY_CIPHER_MODE_CBC },
    { CIPHER(3DES_CTR, "3des-ctr", 16, 24, 8, DES_BLOCK, 1, 0),
      GCRY_CIPHER_3DES, GCRY_CIPHER_MODE_CTR },
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

/**
 * CipherSession:
 * @spare: a state that no operation uses, or NULL.  Whoever takes it owns it,
 *         so that operations on several threads need no lock; one that finds
 *         none makes a new state from the key.
 */
typedef struct CipherSession {
    CryptoDevSession parent;
    const GcryptCipher *cipher;
    bool encrypt;
    CipherState *spare;
    size_t key_len;
    uint8_t key[];
} CipherSession;

static void cipher_add_capabilities(GArray *capabilities)
{
    for (size_t i = 0; i < ARRAY_SIZE(ciphers); i++) {
        if (!gcry_cipher_test_algo(ciphers[i].algo)) {
            g_array_append_val(capabilities, ciphers[i].capability);
        }
    }
}

static const GcryptCipher *find_cipher(CryptoDevCipherAlgo algo)
{
    for (size_t i = 0; i < ARRAY_SIZE(ciphers); i++) {
        if (ciphers[i].capability.algo == algo) {
            return &ciphers[i];
        }
    }
    g_assert_not_reached();
}

static bool is_f8(const CipherSession *session)
{
    return session->cipher->capability.algo == CRYPTODEV_CIPHER_AES_F8;
}

/* F8 and XTS have two keys of the same length in one. */
static size_t block_key_len(const CipherSession *session)
{
    bool two = is_f8(session) ||
               session->cipher->mode == GCRY_CIPHER_MODE_XTS;

    return two ? session->key_len / 2 : session->key_len;
}

static int gcrypt_algo(const CipherSession *session)
{
    if (session->cipher->algo != GCRY_CIPHER_AES128) {
        return session->cipher->algo;
    }
    switch (block_key_len(session)) {
    case 16:
        return GCRY_CIPHER_AES128;
    case 24:
        return GCRY_CIPHER_AES192;
    default:
        return GCRY_CIPHER_AES256;
    }
}

static gcry_error_t set_key(gcry_cipher_hd_t hd, const CipherSession *session)
{
    if (session->cipher->algo == GCRY_CIPHER_3DES &&
        session->key_len == DES3_TWO_KEYS) {
        uint8_t key[DES3_THREE_KEYS];
        gcry_error_t err;

        memcpy(key, session->key, DES3_TWO_KEYS);
        memcpy(key + DES3_TWO_KEYS, session->key, DES_BLOCK);
        err = gcry_cipher_setkey(hd, key, sizeof(key));
        cryptodev_wipe(key, sizeof(key));
        return err;
    }
    return gcry_cipher_setkey(hd, session->key,
                              is_f8(session) ? block_key_len(session)
                                             : session->key_len);
}

static void free_state(CipherState *state)
{
    gcry_cipher_close(state->hd);
    g_free(state);
}

static CipherState *new_state(const CipherSession *session)
{
    CipherState *state = g_new0(CipherState, 1);

    if (gcry_cipher_open(&state->hd, gcrypt_algo(session),
                         session->cipher->mode, 0)) {
        g_free(state);
        return NULL;
    }

    /* It is the guest's choice: the standard forbids no key. */
    gcry_cipher_ctl(state->hd, GCRYCTL_SET_ALLOW_WEAK_KEY, NULL, 1);
    switch (gcry_err_code(set_key(state->hd, session))) {
    case GPG_ERR_NO_ERROR:
    case GPG_ERR_WEAK_KEY:
        return state;
    default:
        free_state(state);
        return NULL;
    }
}

static CipherState *take_state(CipherSession *session)
{
    CipherState *state = qatomic_xchg(&session->spare, NULL);

    return state ?: new_state(session);
}

static void give_state(CipherSession *session, CipherState *state)
{
    if (qatomic_cmpxchg(&session->spare, NULL, state)) {
        free_state(state);
    }
}

static gcry_error_t cipher_start(CipherState *state,
                                 const CipherSession *session,
                                 const uint8_t *iv, size_t iv_len)
{
    if (is_f8(session)) {
        size_t key_len = block_key_len(session);

        return cryptodev_f8_start(&state->f8, state->hd, session->key,
                                  session->key + key_len, key_len, iv);
    }
    gcry_cipher_reset(state->hd);
    switch (session->cipher->mode) {
    case GCRY_CIPHER_MODE_CBC:
    case GCRY_CIPHER_MODE_XTS:
        return gcry_cipher_setiv(state->hd, iv, iv_len);
    case GCRY_CIPHER_MODE_CTR:
        return gcry_cipher_setctr(state->hd, iv, iv_len);
    default:
        return 0;
    }
}

static gcry_error_t transform(CipherState *state, const CipherSession *session,
                              uint8_t *dst, const uint8_t *src, size_t len)
{
    if (is_f8(session)) {
        return cryptodev_f8_crypt(&state->f8, state->hd, dst, src, len);
    }
    if (session->encrypt) {
        return gcry_cipher_encrypt(state->hd, dst, len, src, len);
    }
    return gcry_cipher_decrypt(state->hd, dst, len, src, len);
}

/*
 * Where source and destination are both contiguous for a block or more, work
 * on them in place.  A block that is cut goes through the stack.
 */
static gcry_error_t crypt_pieces(CipherState *state,
                                 const CipherSession *session,
                                 CryptoDevBuf src, CryptoDevBuf dst)
{
    size_t block = session->cipher->capability.block_len;
    gcry_error_t err = 0;

    while (src.len && !err) {
        uint8_t *in;
        uint8_t *out;
        size_t len = MIN(cryptodev_buf_run(&src, &in),
                         cryptodev_buf_run(&dst, &out));

        len -= len % block;
        if (len) {
            err = transform(state, session, out, in, len);
            cryptodev_buf_advance(&src, len);
            cryptodev_buf_advance(&dst, len);
        } else {
            uint8_t piece[BLOCK_MAX];

            cryptodev_buf_read(&src, piece, block);
            err = transform(state, session, piece, piece, block);
            cryptodev_buf_write(&dst, piece, block);
        }
    }
    return err;
}

/* A data unit of XTS cannot be cut: libgcrypt takes each call for one. */
static gcry_error_t crypt_whole(CipherState *state,
                                const CipherSession *session,
                                CryptoDevBuf src, CryptoDevBuf dst)
{
    g_autofree uint8_t *unit = NULL;
    size_t len = src.len;
    uint8_t *in;
    uint8_t *out;
    gcry_error_t err;

    if (cryptodev_buf_run(&src, &in) == len &&
        cryptodev_buf_run(&dst, &out) == len) {
        return transform(state, session, out, in, len);
    }

    unit = g_try_malloc(len);
    if (!unit) {
        return gcry_error(GPG_ERR_ENOMEM);
    }
    cryptodev_buf_read(&src, unit, len);
    err = transform(state, session, unit, unit, len);
    if (!err) {
        cryptodev_buf_write(&dst, unit, len);
    }
    return err;
}

static void cipher_run(CryptoDevOp *op)
{
    CipherSession *session =
        container_of(op->session, CipherSession, parent);
    size_t len = op->src.len;
    CryptoDevBuf dst = op->dst;
    CipherState *state;
    gcry_error_t err;

    op->status = CRYPTODEV_ERR;
    if (op->type != (session->encrypt ? CRYPTODEV_OP_ENCRYPT
                                      : CRYPTODEV_OP_DECRYPT) ||
        dst.len < len) {
        return;
    }
    dst.len = len;

    state = take_state(session);
    if (!state) {
        return;
    }
    err = cipher_start(state, session, op->iv, op->iv_len);
    if (!err) {
        err = session->cipher->mode == GCRY_CIPHER_MODE_XTS
              ? crypt_whole(state, session, op->src, dst)
              : crypt_pieces(state, session, op->src, dst);
    }
    give_state(session, state);
    if (!err) {
        op->status = CRYPTODEV_OK;
        op->result_len = len;
    }
}

static void cipher_destroy(CryptoDevSession *parent)
{
    CipherSession *session = container_of(parent, CipherSession, parent);

    if (session->spare) {
        free_state(session->spare);
    }
    cryptodev_wipe(session->key, session->key_len);
    g_free(session);
}

static CryptoDevStatus cipher_create(const CryptoDevCapability *capability,
                                     const CryptoDevSessionParams *params,
                                     CryptoDevSession **parent)
{
    CipherSession *session =
        g_malloc0(sizeof(*session) + params->key_len);

    session->parent.capability = capability;
    session->cipher = find_cipher(params->algo);
    session->encrypt = params->cipher.encrypt;
    session->key_len = params->key_len;
    memcpy(session->key, params->key, params->key_len);
    session->spare = new_state(session);
    if (!session->spare) {
        cipher_destroy(&session->parent);
        return CRYPTODEV_ERR;
    }
    *parent = &session->parent;
    return CRYPTODEV_OK;
}

const CryptoDevGcryptDriver cryptodev_gcrypt_cipher = {
    .add_capabilities = cipher_add_capabilities,
    .create = cipher_create,
    .destroy = cipher_destroy,
    .run = cipher_run,
};
