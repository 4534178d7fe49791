/*
 * The ipsec-mb backend: known answers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "qemu/error-report.h"
#include "self-test.h"
#include "session.h"

#define BLOCK 16

/* Some texts at once: registers have 4, 8 or 16 lanes. */
static const size_t counts[] = { 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33 };
#define TEXTS 33

#define LEN_MAX 512
/* Bytes behind a result that must stay as they are */
#define BEHIND 16

/* What is not a result */
#define FILL 0xa5

/**
 * Text:
 * @len: bytes of @src, and of the result
 * @dst: where the result goes, with FILL behind it
 * @right: the same by the other library
 * @ended: whether its job has ended
 */
typedef struct Text {
    size_t len;
    uint8_t iv[CRYPTODEV_IV_MAX];
    uint8_t src[LEN_MAX];
    uint8_t dst[LEN_MAX + BEHIND];
    uint8_t right[LEN_MAX + BEHIND];
    bool ended;
} Text;

static const uint8_t key[] = "a key for the self-test, 32 bytes";

#define AES_CIPHER(_algo, _key_len, _encrypt)                             \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_CIPHER,                              \
        .algo = CRYPTODEV_CIPHER_AES_ ## _algo,                           \
        .key = key, .key_len = _key_len, .cipher.encrypt = _encrypt,      \
    }

/* What sessions are tested, with all kinds of jobs */
static const CryptoDevSessionParams tests[] = {
    AES_CIPHER(CBC, 16, true),
    AES_CIPHER(CBC, 24, true),
    AES_CIPHER(CBC, 32, true),
    AES_CIPHER(CBC, 16, false),
    AES_CIPHER(CBC, 24, false),
    AES_CIPHER(CBC, 32, false),
    AES_CIPHER(CTR, 16, true),
    AES_CIPHER(CTR, 24, true),
    AES_CIPHER(CTR, 32, true),
};

/* Texts of mixed lengths: lanes end at different times. */
static void make_texts(Text *texts)
{
    for (size_t i = 0; i < TEXTS; i++) {
        Text *text = &texts[i];

        text->len = (1 + i * 11 % (LEN_MAX / BLOCK)) * BLOCK;
        for (size_t j = 0; j < LEN_MAX; j++) {
            text->src[j] = i * j + (j >> 3);
        }
        memset(text->iv, i, sizeof(text->iv));
        memset(text->right, FILL, sizeof(text->right));
    }
}

static bool compute_right(const CryptoDevPrimitives *reference,
                          const CryptoDevSessionParams *params, Text *text)
{
    bool encrypt = params->cipher.encrypt;
    CryptoDevCipherState *state =
        reference->cipher.open(reference, params->algo, encrypt, params->key,
                               params->key_len);
    bool ok = state &&
              reference->cipher.start(state, params->algo, text->iv,
                                      sizeof(text->iv)) &&
              reference->cipher.crypt(state, encrypt, text->right, text->src,
                                      text->len);

    reference->cipher.close(state);
    return ok;
}

static void take_job(const IMB_JOB *job)
{
    if (job->status == IMB_STATUS_COMPLETED) {
        Text *text = job->user_data;

        text->ended = true;
    }
}

static void submit(IMB_MGR *manager, const CryptoDevMbSession *session,
                   Text *text)
{
    IMB_JOB *job = IMB_GET_NEXT_JOB(manager);

    text->ended = false;
    memset(text->dst, FILL, sizeof(text->dst));
    *job = session->job;
    job->user_data = text;
    job->src = text->src;
    job->dst = text->dst;
    job->iv = text->iv;
    job->msg_len_to_cipher_in_bytes = text->len;
    for (job = IMB_SUBMIT_JOB(manager); job;
         job = IMB_GET_COMPLETED_JOB(manager)) {
        take_job(job);
    }
}

static bool check_texts(IMB_MGR *manager, const CryptoDevMbSession *session,
                        Text *texts, size_t n)
{
    const IMB_JOB *job;
    bool ok = true;

    for (size_t i = 0; i < n; i++) {
        submit(manager, session, &texts[i]);
    }
    while ((job = IMB_FLUSH_JOB(manager))) {
        take_job(job);
    }
    for (size_t i = 0; i < n; i++) {
        ok = ok && texts[i].ended &&
             !memcmp(texts[i].dst, texts[i].right, sizeof(texts[i].dst));
    }
    return ok;
}

static bool check(IMB_MGR *manager, const CryptoDevPrimitives *reference,
                  const CryptoDevSessionParams *params,
                  const CryptoDevMbSession *session)
{
    g_autofree Text *texts = g_new(Text, TEXTS);
    bool ok = true;

    make_texts(texts);
    for (size_t i = 0; i < TEXTS; i++) {
        ok = ok && compute_right(reference, params, &texts[i]);
    }
    for (size_t i = 0; i < ARRAY_SIZE(counts); i++) {
        ok = ok && check_texts(manager, session, texts, counts[i]);
    }
    return ok;
}

static void leave_out(uint64_t *sound, CryptoDevMbKind kind)
{
    if (*sound & BIT_ULL(kind)) {
        warn_report("ipsec-mb %s fails its self-test of %s, which the base of"
                    " cryptodev-backend-ipsec-mb computes",
                    imb_get_version_str(), cryptodev_mb_kind_name(kind));
        *sound &= ~BIT_ULL(kind);
    }
}

uint64_t cryptodev_mb_self_test(IMB_MGR *manager,
                                const CryptoDevPrimitives *reference)
{
    uint64_t sound = MAKE_64BIT_MASK(0, CRYPTODEV_MB_KINDS);

    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        CryptoDevMbSession *session = cryptodev_mb_session_new();

        cryptodev_mb_session_set_cipher(session, manager, &tests[i]);
        if (!check(manager, reference, &tests[i], session)) {
            leave_out(&sound, session->kind);
        }
        cryptodev_mb_session_free(&session->parent);
    }
    return sound;
}
