/*
 * Cryptography backends: authenticated encryption with associated data
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/memalign.h"
#include "qemu/units.h"
#include "drivers.h"
#include "j0.h"
#include "late.h"
#include "spare.h"

#define TAG_MAX 16

/* The size of a thread's scratch buffer for copies of texts */
#define SCRATCH_LEN (64 * KiB + TAG_MAX)
#define SCRATCH_ALIGN 64

/* Bytes of CCM's nonce and of its length field together */
#define CCM_NONCE_AND_LENGTH 15

/**
 * AeadSession:
 * @primitives: what encrypts and decrypts
 * @aead: what states are opened for
 * @one_piece: whether @primitives take data in one piece
 * @late: made with the first initialization vector of GCM that is J0
 * @inverse: what makes an initialization vector of J0, once @late is made
 * @spare: a CryptoDevAeadState
 * @key: the key that @aead points to
 */
typedef struct AeadSession {
    CryptoDevSession parent;
    const CryptoDevPrimitives *primitives;
    CryptoDevAead aead;
    bool one_piece;
    CryptoDevLateCheck late;
    CryptoDevGcmElement inverse;
    CryptoDevSpare spare;
    uint8_t key[];
} AeadSession;

static GPrivate scratch = G_PRIVATE_INIT(qemu_vfree);

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

/* Wipe what take_scratch() returned for @len, and give it back. */
static void give_scratch(uint8_t *bytes, size_t len)
{
    cryptodev_wipe(bytes, len);
    if (len > SCRATCH_LEN) {
        g_free(bytes);
    }
}

static bool make_inverse(void *opaque)
{
    AeadSession *session = opaque;

    return cryptodev_j0_init(&session->inverse, session->primitives,
                             session->aead.key, session->aead.key_len);
}

/* The vector that gives J0 reveals the hash subkey. */
static bool start_at_j0(AeadSession *session, CryptoDevAeadState *state,
                        const CryptoDevOp *op, size_t len)
{
    uint8_t iv[CRYPTODEV_GCM_BLOCK];
    bool ok;

    if (!cryptodev_late_try(&session->late, make_inverse, session)) {
        return false;
    }
    cryptodev_j0_to_iv(&session->inverse, op->iv, iv);
    ok = session->primitives->aead.start(state, &session->aead, iv,
                                         sizeof(iv), op->aad.len, len);
    cryptodev_wipe(iv, sizeof(iv));
    return ok;
}

/* CCM hashes the length first; libraries may cut one that is too large. */
static bool fits_in_ccm(size_t nonce_len, uint64_t len)
{
    size_t length_bits = 8 * (CCM_NONCE_AND_LENGTH - nonce_len);

    return length_bits >= 64 || !(len >> length_bits);
}

static bool start_text(AeadSession *session, CryptoDevAeadState *state,
                       const CryptoDevOp *op, size_t len)
{
    const CryptoDevAead *aead = &session->aead;

    if (aead->algo == CRYPTODEV_AEAD_AES_GCM &&
        op->iv_len == CRYPTODEV_GCM_BLOCK) {
        return start_at_j0(session, state, op, len);
    }
    if (aead->algo == CRYPTODEV_AEAD_AES_CCM &&
        !fits_in_ccm(op->iv_len, len)) {
        return false;
    }
    return session->primitives->aead.start(state, aead, op->iv, op->iv_len,
                                           op->aad.len, len);
}

static bool add_pieces(AeadSession *session, CryptoDevAeadState *state,
                       CryptoDevBuf aad)
{
    bool ok = true;

    while (aad.len && ok) {
        uint8_t *run;
        size_t len = cryptodev_buf_run(&aad, &run);

        ok = session->primitives->aead.add(state, run, len);
        cryptodev_buf_advance(&aad, len);
    }
    return ok;
}

static bool add_copy(AeadSession *session, CryptoDevAeadState *state,
                     CryptoDevBuf aad)
{
    size_t len = aad.len;
    g_autofree uint8_t *copy = g_try_malloc(len);

    if (!copy) {
        return false;
    }
    cryptodev_buf_read(&aad, copy, len);
    return session->primitives->aead.add(state, copy, len);
}

/* Set up for a text of @len bytes, without the tag: IV, lengths, AAD. */
static bool start(AeadSession *session, CryptoDevAeadState *state,
                  const CryptoDevOp *op, size_t len)
{
    bool copy = session->one_piece && !cryptodev_buf_is_contiguous(op->aad);

    return start_text(session, state, op, len) &&
           (copy ? add_copy : add_pieces)(session, state, op->aad);
}

/* Encrypt into @dst, which is consumed. */
static bool encrypt_pieces(AeadSession *session, CryptoDevAeadState *state,
                           const CryptoDevOp *op, CryptoDevBuf *dst)
{
    CryptoDevBuf src = op->src;
    bool ok = start(session, state, op, src.len);

    while (src.len && ok) {
        uint8_t *in;
        uint8_t *out;
        size_t len = MIN(cryptodev_buf_run(&src, &in),
                         cryptodev_buf_run(dst, &out));

        ok = session->primitives->aead.encrypt(state, out, in, len);
        cryptodev_buf_advance(&src, len);
        cryptodev_buf_advance(dst, len);
    }
    return ok;
}

/* The same by way of a copy */
static bool encrypt_copy(AeadSession *session, CryptoDevAeadState *state,
                         const CryptoDevOp *op, CryptoDevBuf *dst)
{
    size_t len = op->src.len;
    uint8_t *copy = take_scratch(len);
    CryptoDevBuf src = op->src;
    bool ok;

    if (!copy) {
        return false;
    }
    cryptodev_buf_read(&src, copy, len);
    ok = start(session, state, op, len) &&
         session->primitives->aead.encrypt(state, copy, copy, len);
    if (ok) {
        cryptodev_buf_write(dst, copy, len);
    }
    give_scratch(copy, len);
    return ok;
}

static bool needs_copy(const AeadSession *session, const CryptoDevOp *op)
{
    CryptoDevBuf dst = cryptodev_buf_slice(op->dst, 0, op->src.len);

    return (session->one_piece &&
            !(cryptodev_buf_is_contiguous(op->src) &&
              cryptodev_buf_is_contiguous(dst))) ||
           cryptodev_buf_tangled(dst, op->src);
}

/*
 * If the guest changes its memory meanwhile, the tag does not fit: libraries
 * read the source twice, or hash the ciphertext that they have stored.
 */
static CryptoDevStatus encrypt(AeadSession *session, CryptoDevAeadState *state,
                               CryptoDevOp *op)
{
    CryptoDevBuf dst = op->dst;
    uint8_t tag[TAG_MAX];

    if (!(needs_copy(session, op) ? encrypt_copy(session, state, op, &dst)
                                  : encrypt_pieces(session, state, op, &dst)) ||
        !session->primitives->aead.finish(state, &session->aead, tag)) {
        return CRYPTODEV_ERR;
    }
    cryptodev_buf_write(&dst, tag, session->aead.tag_len);
    op->result_len = op->src.len + session->aead.tag_len;
    return CRYPTODEV_OK;
}

/* @copy has the source, and then, if it is authentic, the result. */
static CryptoDevStatus decrypt_copy(AeadSession *session,
                                    CryptoDevAeadState *state, CryptoDevOp *op,
                                    uint8_t *copy)
{
    size_t len = op->src.len - session->aead.tag_len;
    CryptoDevBuf dst = op->dst;
    CryptoDevStatus status;

    if (!start(session, state, op, len)) {
        return CRYPTODEV_ERR;
    }
    status = session->primitives->aead.decrypt(state, &session->aead, copy,
                                               len, copy + len);
    if (status == CRYPTODEV_OK) {
        cryptodev_buf_write(&dst, copy, len);
        op->result_len = len;
    }
    return status;
}

/*
 * Work on a copy: the guest can neither change the ciphertext after it was
 * authenticated, nor see plaintext before.
 */
static CryptoDevStatus decrypt(AeadSession *session, CryptoDevAeadState *state,
                               CryptoDevOp *op)
{
    size_t len = op->src.len;
    uint8_t *copy = take_scratch(len);
    CryptoDevBuf src = op->src;
    CryptoDevStatus status;

    if (!copy) {
        return CRYPTODEV_ERR;
    }
    cryptodev_buf_read(&src, copy, len);
    status = decrypt_copy(session, state, op, copy);
    give_scratch(copy, len);
    return status;
}

static void aead_run(CryptoDevSession *parent, CryptoDevOp *op)
{
    AeadSession *session = container_of(parent, AeadSession, parent);
    const CryptoDevPrimitives *primitives = session->primitives;
    CryptoDevAeadState *state = cryptodev_spare_take(&session->spare) ?:
                                primitives->aead.open(primitives,
                                                      &session->aead);

    if (!state) {
        op->status = CRYPTODEV_ERR;
        return;
    }
    op->status = session->aead.encrypt ? encrypt(session, state, op)
                                       : decrypt(session, state, op);
    if (op->status != CRYPTODEV_OK) {
        primitives->aead.reset(state);
    }
    if (!cryptodev_spare_give(&session->spare, state)) {
        primitives->aead.close(state);
    }
}

static bool aead_has(CryptoDevBackend *backend, uint32_t algo)
{
    const CryptoDevPrimitives *primitives = cryptodev_primitives(backend);

    return primitives->aead.has(primitives, algo);
}

static void aead_destroy(CryptoDevSession *parent)
{
    AeadSession *session = container_of(parent, AeadSession, parent);

    session->primitives->aead.close(session->spare.state);
    cryptodev_late_check_destroy(&session->late);
    cryptodev_wipe(session, sizeof(*session) + session->aead.key_len);
    g_free(session);
}

static CryptoDevStatus aead_create(CryptoDevBackend *backend,
                                   const CryptoDevSessionParams *params,
                                   CryptoDevSession **parent)
{
    const CryptoDevPrimitives *primitives = cryptodev_primitives(backend);
    AeadSession *session = g_malloc0(sizeof(*session) + params->key_len);

    *parent = &session->parent;
    memcpy(session->key, params->key, params->key_len);
    session->primitives = primitives;
    session->aead = (CryptoDevAead) {
        .algo = params->algo,
        .encrypt = params->aead.encrypt,
        .tag_len = params->aead.tag_len,
        .key = session->key,
        .key_len = params->key_len,
    };
    session->one_piece = primitives->aead.one_piece &&
                         primitives->aead.one_piece(params->algo);
    cryptodev_late_check_init(&session->late);
    session->spare.state = primitives->aead.open(primitives, &session->aead);
    return session->spare.state ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

const CryptoDevDriver cryptodev_common_aead = {
    .service = CRYPTODEV_SERVICE_AEAD,
    .has = aead_has,
    .create = aead_create,
    .destroy = aead_destroy,
    .run = aead_run,
};
