/*
 * The libgcrypt backend: authenticated encryption with associated data
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/memalign.h"
#include "qemu/units.h"
#include "../cryptodev/common/j0.h"
#include "../cryptodev/common/late.h"
#include "drivers.h"
#include "handle.h"
#include "primitives.h"

#define TAG_MAX 16

/* The size of a thread's scratch buffer for unauthenticated data */
#define SCRATCH_LEN (64 * KiB + TAG_MAX)
#define SCRATCH_ALIGN 64

/* Bytes of CCM's nonce and of its length field together */
#define CCM_NONCE_AND_LENGTH 15

/* Arguments of cryptodev_gcrypt_open() for an algorithm */
typedef struct GcryptAead {
    int algo;
    int mode;
} GcryptAead;

static const GcryptAead aeads[] = {
    [CRYPTODEV_AEAD_AES_GCM] = { GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_GCM },
    [CRYPTODEV_AEAD_AES_CCM] = { GCRY_CIPHER_AES128, GCRY_CIPHER_MODE_CCM },
    [CRYPTODEV_AEAD_CHACHA20_POLY1305] = {
        GCRY_CIPHER_CHACHA20, GCRY_CIPHER_MODE_POLY1305
    },
};

/**
 * AeadSession:
 * @aead: the algorithm
 * @late: made with the first initialization vector of GCM that is J0
 * @inverse: what makes an initialization vector of J0, once @late is made
 * @spare: handles with the key
 */
typedef struct AeadSession {
    CryptoDevSession parent;
    const GcryptAead *aead;
    CryptoDevLateCheck late;
    CryptoDevGcmElement inverse;
    CryptoDevGcryptSpare spare;
    size_t key_len;
    uint8_t key[];
} AeadSession;

static GPrivate scratch = G_PRIVATE_INIT(qemu_vfree);

/*
 * In FIPS mode GCM does not encrypt with an initialization vector that is given
 * to libgcrypt.
 */
static bool aead_has(CryptoDevBackend *backend, uint32_t algo)
{
    const GcryptAead *aead = &aeads[algo];

    return !gcry_cipher_test_algo(aead->algo) &&
           (aead->mode != GCRY_CIPHER_MODE_GCM || !gcry_fips_mode_active());
}

static bool make_inverse(void *opaque)
{
    AeadSession *session = opaque;

    return cryptodev_j0_init(&session->inverse, &cryptodev_gcrypt_primitives,
                             session->key, session->key_len);
}

/* The vector that gives J0 reveals the hash subkey. */
static gcry_error_t set_j0(gcry_cipher_hd_t hd, AeadSession *session,
                           const uint8_t j0[CRYPTODEV_GCM_BLOCK])
{
    uint8_t equivalent[CRYPTODEV_GCM_BLOCK];
    gcry_error_t err;

    if (!cryptodev_late_check(&session->late, make_inverse, session)) {
        return gcry_error(GPG_ERR_INV_STATE);
    }
    cryptodev_j0_to_iv(&session->inverse, j0, equivalent);
    err = gcry_cipher_setiv(hd, equivalent, sizeof(equivalent));
    cryptodev_wipe(equivalent, sizeof(equivalent));
    return err;
}

/* A nonce begins a new operation, unless the one before was broken off. */
static gcry_error_t set_nonce(gcry_cipher_hd_t hd, AeadSession *session,
                              const uint8_t *iv, size_t iv_len)
{
    if (session->aead->mode == GCRY_CIPHER_MODE_GCM &&
        iv_len == CRYPTODEV_GCM_BLOCK) {
        return set_j0(hd, session, iv);
    }
    return gcry_cipher_setiv(hd, iv, iv_len);
}

/* CCM hashes the lengths first.  Libgcrypt would cut one that is too large. */
static gcry_error_t set_ccm_lengths(gcry_cipher_hd_t hd, size_t nonce_len,
                                    uint64_t len, uint64_t aad_len,
                                    uint64_t tag_len)
{
    uint64_t lengths[] = { len, aad_len, tag_len };
    size_t length_bits = 8 * (CCM_NONCE_AND_LENGTH - nonce_len);

    if (length_bits < 64 && len >> length_bits) {
        return gcry_error(GPG_ERR_INV_LENGTH);
    }
    return gcry_cipher_ctl(hd, GCRYCTL_SET_CCM_LENGTHS, lengths,
                           sizeof(lengths));
}

static gcry_error_t authenticate(gcry_cipher_hd_t hd, CryptoDevBuf aad)
{
    gcry_error_t err = 0;

    while (aad.len && !err) {
        uint8_t *run;
        size_t len = cryptodev_buf_run(&aad, &run);

        err = gcry_cipher_authenticate(hd, run, len);
        cryptodev_buf_advance(&aad, len);
    }
    return err;
}

/* Set up for a text of @len bytes, without the tag: IV, lengths, AAD. */
static gcry_error_t start(gcry_cipher_hd_t hd, const CryptoDevOp *op,
                          size_t len)
{
    AeadSession *session = container_of(op->session, AeadSession, parent);
    gcry_error_t err = set_nonce(hd, session, op->iv, op->iv_len);

    if (!err && session->aead->mode == GCRY_CIPHER_MODE_CCM) {
        err = set_ccm_lengths(hd, op->iv_len, len, op->aad.len,
                              session->parent.tag_len);
    }
    return err ?: authenticate(hd, op->aad);
}

/* These modes take pieces of any length. */
static gcry_error_t encrypt_pieces(gcry_cipher_hd_t hd, CryptoDevBuf dst,
                                   CryptoDevBuf src)
{
    gcry_error_t err = 0;

    while (src.len && !err) {
        uint8_t *in;
        uint8_t *out;
        size_t len = MIN(cryptodev_buf_run(&src, &in),
                         cryptodev_buf_run(&dst, &out));

        err = gcry_cipher_encrypt(hd, out, len, in, len);
        cryptodev_buf_advance(&src, len);
        cryptodev_buf_advance(&dst, len);
    }
    return err;
}

static gcry_error_t encrypt_copy(gcry_cipher_hd_t hd, CryptoDevBuf dst,
                                 CryptoDevBuf src)
{
    size_t len = src.len;
    g_autofree uint8_t *copy = g_try_malloc(len);
    gcry_error_t err;

    if (!copy) {
        return gcry_error(GPG_ERR_ENOMEM);
    }
    cryptodev_buf_read(&src, copy, len);
    err = gcry_cipher_encrypt(hd, copy, len, NULL, 0);
    if (!err) {
        cryptodev_buf_write(&dst, copy, len);
    }
    cryptodev_wipe(copy, len);
    return err;
}

/*
 * If the guest changes its memory meanwhile, the tag does not fit: libgcrypt
 * reads the source twice, or hashes the ciphertext that it has stored.
 */
static gcry_error_t encrypt(gcry_cipher_hd_t hd, CryptoDevOp *op)
{
    size_t len = op->src.len;
    size_t tag_len = op->session->tag_len;
    CryptoDevBuf dst = cryptodev_buf_slice(op->dst, 0, len);
    uint8_t tag[TAG_MAX];
    gcry_error_t err = start(hd, op, len);

    if (!err) {
        err = cryptodev_buf_tangled(dst, op->src)
              ? encrypt_copy(hd, dst, op->src)
              : encrypt_pieces(hd, dst, op->src);
    }
    if (!err) {
        err = gcry_cipher_gettag(hd, tag, tag_len);
    }
    if (!err) {
        CryptoDevBuf end = cryptodev_buf_slice(op->dst, len, tag_len);

        cryptodev_buf_write(&end, tag, tag_len);
        op->result_len = len + tag_len;
    }
    return err;
}

/* Room for @len bytes that no other thread reads or writes, or NULL */
static uint8_t *take_scratch(size_t len)
{
    uint8_t *bytes;

    if (len > SCRATCH_LEN) {
        return g_try_malloc(len);
    }
    bytes = g_private_get(&scratch);
    if (!bytes) {
        bytes = qemu_try_memalign(SCRATCH_ALIGN, SCRATCH_LEN);
        g_private_set(&scratch, bytes);
    }
    return bytes;
}

/* Give back what take_scratch() returned for @len, wiped. */
static void give_scratch(uint8_t *bytes, size_t len)
{
    if (len > SCRATCH_LEN) {
        g_free(bytes);
    }
}

/* @copy has the source, and then, if it is authentic, the result. */
static gcry_error_t decrypt_copy(gcry_cipher_hd_t hd, CryptoDevOp *op,
                                 uint8_t *copy)
{
    size_t tag_len = op->session->tag_len;
    size_t len = op->src.len - tag_len;
    CryptoDevBuf dst = op->dst;
    gcry_error_t err = start(hd, op, len);

    if (!err && len) {
        err = gcry_cipher_decrypt(hd, copy, len, NULL, 0);
    }
    if (!err) {
        err = gcry_cipher_checktag(hd, copy + len, tag_len);
    }
    if (!err) {
        cryptodev_buf_write(&dst, copy, len);
        op->result_len = len;
    }
    return err;
}

/*
 * Work on a copy: the guest can neither change the ciphertext after it was
 * authenticated, nor see plaintext before.
 */
static gcry_error_t decrypt(gcry_cipher_hd_t hd, CryptoDevOp *op)
{
    size_t len = op->src.len;
    uint8_t *copy = take_scratch(len);
    CryptoDevBuf src = op->src;
    gcry_error_t err;

    if (!copy) {
        return gcry_error(GPG_ERR_ENOMEM);
    }
    cryptodev_buf_read(&src, copy, len);
    err = decrypt_copy(hd, op, copy);
    cryptodev_wipe(copy, len);
    give_scratch(copy, len);
    return err;
}

static void aead_run(CryptoDevOp *op)
{
    AeadSession *session = container_of(op->session, AeadSession, parent);
    gcry_cipher_hd_t hd = cryptodev_gcrypt_spare_take(&session->spare);
    gcry_error_t err;

    if (!hd) {
        op->status = CRYPTODEV_ERR;
        return;
    }
    err = op->session->encrypt ? encrypt(hd, op) : decrypt(hd, op);
    if (err) {
        gcry_cipher_reset(hd);
    }
    cryptodev_gcrypt_spare_give(&session->spare, hd);
    switch (gcry_err_code(err)) {
    case GPG_ERR_NO_ERROR:
        break;
    case GPG_ERR_CHECKSUM:
        op->status = CRYPTODEV_BADMSG;
        break;
    default:
        op->status = CRYPTODEV_ERR;
        break;
    }
}

static void aead_destroy(CryptoDevSession *parent)
{
    AeadSession *session = container_of(parent, AeadSession, parent);

    cryptodev_gcrypt_spare_destroy(&session->spare);
    cryptodev_late_check_destroy(&session->late);
    cryptodev_wipe(session, sizeof(*session) + session->key_len);
    g_free(session);
}

static CryptoDevStatus aead_create(CryptoDevBackend *backend,
                                   const CryptoDevSessionParams *params,
                                   CryptoDevSession **parent)
{
    AeadSession *session = g_malloc0(sizeof(*session) + params->key_len);

    session->aead = &aeads[params->algo];
    session->key_len = params->key_len;
    memcpy(session->key, params->key, params->key_len);
    session->spare = (CryptoDevGcryptSpare) {
        .algo = session->aead->algo,
        .mode = session->aead->mode,
        .key = session->key,
        .key_len = session->key_len,
    };
    cryptodev_late_check_init(&session->late);
    if (!cryptodev_gcrypt_spare_init(&session->spare)) {
        aead_destroy(&session->parent);
        return CRYPTODEV_ERR;
    }
    *parent = &session->parent;
    return CRYPTODEV_OK;
}

const CryptoDevDriver cryptodev_gcrypt_aead = {
    .service = CRYPTODEV_SERVICE_AEAD,
    .has = aead_has,
    .create = aead_create,
    .destroy = aead_destroy,
    .run = aead_run,
};
