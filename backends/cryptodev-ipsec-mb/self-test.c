/*
 * The ipsec-mb backend: known answers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "qemu/error-report.h"
#include "auth.h"
#include "gcm-key.h"
#include "self-test-reference.h"
#include "self-test.h"

#define BLOCK 16

/* Some texts at once: registers have 4, 8 or 16 lanes. */
static const size_t counts[] = { 1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33 };
#define TEXTS 33

/* What is not a result */
#define FILL 0xa5

static const uint8_t key[] = "a key for the self-test, 32 bytes";

#define CIPHER(_algo, _key_len, _encrypt)                                 \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_CIPHER,                              \
        .algo = CRYPTODEV_CIPHER_AES_ ## _algo,                           \
        .key = key, .key_len = _key_len, .cipher.encrypt = _encrypt,      \
    }

#define HASH(_algo, _len)                                                 \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_HASH,                                \
        .algo = CRYPTODEV_HASH_ ## _algo, .digest.len = _len,             \
    }

#define MAC(_algo, _key_len, _len)                                        \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_MAC,                                 \
        .algo = CRYPTODEV_MAC_ ## _algo,                                  \
        .key = key, .key_len = _key_len, .digest.len = _len,              \
    }

#define CHAIN(_algo, _len)                                                \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_CIPHER,                              \
        .algo = CRYPTODEV_CIPHER_AES_CBC,                                 \
        .key = key, .key_len = _len % 3 ? 16 : 32,                        \
        .cipher.chain = {                                                 \
            .mode = CRYPTODEV_HASH_MODE_AUTH,                             \
            .algo = CRYPTODEV_MAC_HMAC_ ## _algo,                         \
            .key = key, .key_len = 20, .digest_len = _len,                \
        },                                                                \
    }

#define AEAD(_algo, _key_len, _encrypt)                                   \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_AEAD,                                \
        .algo = CRYPTODEV_AEAD_ ## _algo,                                 \
        .key = key, .key_len = _key_len,                                  \
        .aead = { .encrypt = _encrypt, .tag_len = 16 },                   \
    }

/* Sessions for all kinds of jobs */
static const CryptoDevSessionParams tests[] = {
    CIPHER(CBC, 16, true), CIPHER(CBC, 24, true), CIPHER(CBC, 32, true),
    CIPHER(CBC, 16, false), CIPHER(CBC, 24, false), CIPHER(CBC, 32, false),
    CIPHER(CTR, 16, true), CIPHER(CTR, 24, true), CIPHER(CTR, 32, true),
    HASH(SHA1, 20), HASH(SHA224, 28), HASH(SHA256, 32), HASH(SHA384, 48),
    HASH(SHA512, 64),
    MAC(HMAC_MD5, 20, 16), MAC(HMAC_SHA1, 20, 20), MAC(HMAC_SHA224, 20, 28),
    MAC(HMAC_SHA256, 20, 32), MAC(HMAC_SHA384, 20, 48),
    MAC(HMAC_SHA512, 20, 64),
    MAC(CMAC_AES, 16, 16), MAC(CMAC_AES, 32, 16),
    AEAD(AES_CCM, 16, true), AEAD(AES_CCM, 16, false),
    AEAD(AES_CCM, 32, true), AEAD(AES_CCM, 32, false),
    AEAD(CHACHA20_POLY1305, 32, true), AEAD(CHACHA20_POLY1305, 32, false),
};

/* The same in both directions and orders */
static const CryptoDevSessionParams chain_tests[] = {
    CHAIN(MD5, 16), CHAIN(SHA1, 20), CHAIN(SHA224, 28), CHAIN(SHA256, 32),
    CHAIN(SHA384, 48), CHAIN(SHA512, 64),
};

static const CryptoDevSessionParams gcm_tests[] = {
    AEAD(AES_GCM, 16, true), AEAD(AES_GCM, 16, false),
    AEAD(AES_GCM, 24, true), AEAD(AES_GCM, 24, false),
    AEAD(AES_GCM, 32, true), AEAD(AES_GCM, 32, false),
};

/* Texts of mixed lengths: lanes end at different times. */
static void make_texts(CryptoDevMbText *texts)
{
    for (size_t i = 0; i < TEXTS; i++) {
        CryptoDevMbText *text = &texts[i];

        text->len = (1 + i * 11 % (CRYPTODEV_MB_TEST_LEN / BLOCK)) * BLOCK;
        for (size_t j = 0; j < sizeof(text->src); j++) {
            text->src[j] = i * j + (j >> 3);
        }
        memset(text->iv, i, sizeof(text->iv));
        memset(text->aad, i + 1, sizeof(text->aad));
        memset(&text->right, FILL, sizeof(text->right));
    }
}

static void set_session(CryptoDevMbSession *session, const IMB_MGR *manager,
                        const CryptoDevSessionParams *params)
{
    const CryptoDevChainParams *chain = &params->cipher.chain;

    switch (params->service) {
    case CRYPTODEV_SERVICE_CIPHER:
        cryptodev_mb_session_set_cipher(session, manager, params);
        if (chain->mode == CRYPTODEV_HASH_MODE_AUTH) {
            session->job.chain_order = chain->cipher_first
                                       ? IMB_ORDER_CIPHER_HASH
                                       : IMB_ORDER_HASH_CIPHER;
            cryptodev_mb_auth_set_mac(session, manager, chain->algo,
                                      chain->key, chain->key_len);
        }
        break;
    case CRYPTODEV_SERVICE_HASH:
        cryptodev_mb_auth_set_hash(session, params->algo);
        break;
    case CRYPTODEV_SERVICE_MAC:
        cryptodev_mb_auth_set_mac(session, manager, params->algo, params->key,
                                  params->key_len);
        break;
    default:
        cryptodev_mb_session_set_aead(session, manager, params);
        session->job.iv_len_in_bytes = CRYPTODEV_MB_TEST_NONCE;
        break;
    }
}

static void take_job(const IMB_JOB *job)
{
    if (job->status == IMB_STATUS_COMPLETED) {
        CryptoDevMbText *text = job->user_data;

        text->ended = true;
    }
}

/* The hash of a result begins where that is, as an offset from the source. */
static void submit(IMB_MGR *manager, const CryptoDevMbSession *session,
                   CryptoDevMbText *text)
{
    IMB_JOB *job = IMB_GET_NEXT_JOB(manager);

    text->ended = false;
    memset(&text->result, FILL, sizeof(text->result));
    *job = session->job;
    job->user_data = text;
    job->src = text->src;
    job->dst = text->result.text;
    job->iv = text->iv;
    job->msg_len_to_cipher_in_bytes = text->len;
    job->msg_len_to_hash_in_bytes = text->len;
    job->auth_tag_output = text->result.tag;
    if (job->iv_len_in_bytes == CRYPTODEV_MB_TEST_NONCE) {
        cryptodev_mb_session_set_aad(job, text->aad, sizeof(text->aad));
    } else if (job->cipher_mode == IMB_CIPHER_CBC &&
               job->chain_order == IMB_ORDER_CIPHER_HASH) {
        job->hash_start_src_offset_in_bytes = job->dst - job->src;
    }
    for (job = IMB_SUBMIT_JOB(manager); job;
         job = IMB_GET_COMPLETED_JOB(manager)) {
        take_job(job);
    }
}

static bool check_texts(IMB_MGR *manager, const CryptoDevMbSession *session,
                        CryptoDevMbText *texts, size_t n)
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
             !memcmp(&texts[i].result, &texts[i].right,
                     sizeof(texts[i].result));
    }
    return ok;
}

static bool check_gcm(const IMB_MGR *manager,
                      const CryptoDevPrimitives *reference,
                      const CryptoDevSessionParams *params)
{
    g_autofree CryptoDevMbText *texts = g_new(CryptoDevMbText, TEXTS);
    CryptoDevMbGcmKey gcm;
    bool ok = true;

    make_texts(texts);
    cryptodev_mb_gcm_key_init(&gcm, manager, params);
    for (size_t i = 0; i < TEXTS; i++) {
        CryptoDevMbText *text = &texts[i];

        ok = ok && cryptodev_mb_reference(reference, params, text);
        memset(&text->result, FILL, sizeof(text->result));
        cryptodev_mb_gcm_crypt(&gcm, manager, text->iv, text->aad,
                               sizeof(text->aad), text->result.text,
                               text->src, text->len, text->result.tag);
        ok = ok && !memcmp(&text->result, &text->right, sizeof(text->right));
    }
    return ok;
}

static bool check(IMB_MGR *manager, const CryptoDevPrimitives *reference,
                  const CryptoDevSessionParams *params,
                  const CryptoDevMbSession *session)
{
    g_autofree CryptoDevMbText *texts = g_new(CryptoDevMbText, TEXTS);
    bool ok = true;

    make_texts(texts);
    for (size_t i = 0; i < TEXTS; i++) {
        ok = ok && cryptodev_mb_reference(reference, params, &texts[i]);
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

static void test_jobs(IMB_MGR *manager, const CryptoDevPrimitives *reference,
                      const CryptoDevSessionParams *params, uint64_t *sound)
{
    CryptoDevMbSession *session = cryptodev_mb_session_new();

    set_session(session, manager, params);
    if (!check(manager, reference, params, session)) {
        leave_out(sound, session->kind);
    }
    cryptodev_mb_session_free(&session->parent);
}

static void test_chain(IMB_MGR *manager, const CryptoDevPrimitives *reference,
                       CryptoDevSessionParams params, uint64_t *sound)
{
    for (int i = 0; i < 4; i++) {
        params.cipher.encrypt = i & 1;
        params.cipher.chain.cipher_first = i & 2;
        test_jobs(manager, reference, &params, sound);
    }
}

uint64_t cryptodev_mb_self_test(IMB_MGR *manager,
                                const CryptoDevPrimitives *reference)
{
    uint64_t sound = MAKE_64BIT_MASK(0, CRYPTODEV_MB_KINDS);

    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        test_jobs(manager, reference, &tests[i], &sound);
    }
    for (size_t i = 0; i < ARRAY_SIZE(chain_tests); i++) {
        test_chain(manager, reference, chain_tests[i], &sound);
    }
    for (size_t i = 0; i < ARRAY_SIZE(gcm_tests); i++) {
        if (!check_gcm(manager, reference, &gcm_tests[i])) {
            leave_out(&sound, CRYPTODEV_MB_GCM);
        }
    }
    return sound;
}
