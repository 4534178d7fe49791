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

/*
 * Some texts at once: registers have 4, 8 or 16 lanes.  Chains of two sizes of
 * AES keys fill those of both, and then those of HMAC.
 */
static const size_t counts[] = { 1, 2, 4, 5, 8, 9, 16, 17 };
static const size_t chain_counts[] = { 1, 2, 9, 33 };
#define TEXTS 33

/*
 * Lanes end at different times.  Of hashes, the padding begins a block of its
 * own from 56 or 112 bytes behind the last whole one.  Only large batches have
 * the long text, which all of them would take as long as.  Further texts are
 * the same again, of the same session since their number is even.
 */
static const size_t lens[] = {
    16, 55, 56, 63, 64, 111, 112, 119, CRYPTODEV_MB_TEST_LEN, 128, 65, 240, 1,
    300, 129, 500,
};
#define DISTINCT ARRAY_SIZE(lens)

QEMU_BUILD_BUG_ON(DISTINCT % 2 || DISTINCT > TEXTS);

/* Of AEAD: CCM has nonces of 7 to 13 bytes, the others of 12. */
static const size_t aad_lens[] = { 0, CRYPTODEV_MB_TEST_AAD, 20, 1, 14 };
static const size_t ccm_nonces[] = { 7, 13, 12 };
#define NONCE 12

/* What is not a result */
#define FILL 0xa5

/*
 * Another session's key is some bytes further on.  A key of HMAC that is longer
 * than a block is hashed first; the library has no MD5 to do so.
 */
static const uint8_t key[] =
    "a key for the self-test, 32 bytes at least, which goes on for so long that"
    " it has more bytes than there are in a block of SHA-512, from the first to"
    " the last of its characters: these are 200.............................";
#define OTHER_KEY 1
#define HMAC_KEY_LEN 20
#define HMAC_LONG_KEY_LEN 150
#define HMAC_MD5_KEY_MAX 64

QEMU_BUILD_BUG_ON(sizeof(key) < OTHER_KEY + HMAC_LONG_KEY_LEN);

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

#define AEAD(_algo, _key_len, _encrypt)                                   \
    {                                                                     \
        .service = CRYPTODEV_SERVICE_AEAD,                                \
        .algo = CRYPTODEV_AEAD_ ## _algo,                                 \
        .key = key, .key_len = _key_len,                                  \
        .aead = { .encrypt = _encrypt, .tag_len = 16 },                   \
    }

/* Sessions for all kinds of jobs but chains */
static const CryptoDevSessionParams tests[] = {
    CIPHER(CBC, 16, true), CIPHER(CBC, 24, true), CIPHER(CBC, 32, true),
    CIPHER(CBC, 16, false), CIPHER(CBC, 24, false), CIPHER(CBC, 32, false),
    CIPHER(CTR, 16, true), CIPHER(CTR, 24, true), CIPHER(CTR, 32, true),
    HASH(SHA1, 20), HASH(SHA224, 28), HASH(SHA256, 32), HASH(SHA384, 48),
    HASH(SHA512, 64),
    MAC(HMAC_MD5, HMAC_KEY_LEN, 16), MAC(HMAC_SHA1, HMAC_KEY_LEN, 20),
    MAC(HMAC_SHA224, HMAC_KEY_LEN, 28), MAC(HMAC_SHA256, HMAC_KEY_LEN, 32),
    MAC(HMAC_SHA384, HMAC_KEY_LEN, 48), MAC(HMAC_SHA512, HMAC_KEY_LEN, 64),
    MAC(CMAC_AES, 16, 16), MAC(CMAC_AES, 32, 16),
    AEAD(AES_CCM, 16, true), AEAD(AES_CCM, 16, false),
    AEAD(AES_CCM, 32, true), AEAD(AES_CCM, 32, false),
    AEAD(CHACHA20_POLY1305, 32, true), AEAD(CHACHA20_POLY1305, 32, false),
};

static const CryptoDevSessionParams gcm_tests[] = {
    AEAD(AES_GCM, 16, true), AEAD(AES_GCM, 16, false),
    AEAD(AES_GCM, 24, true), AEAD(AES_GCM, 24, false),
    AEAD(AES_GCM, 32, true), AEAD(AES_GCM, 32, false),
};

/* Bytes of the digests of HMAC, in the order of CryptoDevMacAlgo */
static const size_t hmac_lens[] = { 16, 20, 28, 32, 48, 64 };

/* Neighbours share the lanes of HMAC, but not those of AES. */
static const struct {
    size_t key_len;
    bool cipher_first;
} chains[] = {
    { 16, true }, { 24, false }, { 32, true },
    { 16, false }, { 24, true }, { 32, false },
};

/* Two sessions of one kind, whose texts alternate */
typedef struct Pair {
    CryptoDevSessionParams params[2];
    CryptoDevMbSession *sessions[2];
} Pair;

typedef struct SelfTest {
    IMB_MGR *manager;
    const CryptoDevPrimitives *reference;
    CryptoDevMbFindings *findings;
    CryptoDevMbText texts[TEXTS];
} SelfTest;

typedef enum Outcome {
    RIGHT,
    WRONG,
    UNKNOWN,
} Outcome;

static size_t long_key_len(CryptoDevMacAlgo algo)
{
    return algo == CRYPTODEV_MAC_HMAC_MD5 ? HMAC_MD5_KEY_MAX
                                          : HMAC_LONG_KEY_LEN;
}

static bool is_chain(const CryptoDevSessionParams *params)
{
    return params->service == CRYPTODEV_SERVICE_CIPHER &&
           params->cipher.chain.mode != CRYPTODEV_HASH_MODE_NONE;
}

static bool is_cbc(const CryptoDevSessionParams *params)
{
    return params->service == CRYPTODEV_SERVICE_CIPHER &&
           params->algo == CRYPTODEV_CIPHER_AES_CBC;
}

static bool is_ccm(const CryptoDevSessionParams *params)
{
    return params->service == CRYPTODEV_SERVICE_AEAD &&
           params->algo == CRYPTODEV_AEAD_AES_CCM;
}

static void make_text(CryptoDevMbText *text,
                      const CryptoDevSessionParams *params, size_t i)
{
    text->len = is_cbc(params) ? ROUND_UP(lens[i], BLOCK) : lens[i];
    text->iv_len = is_ccm(params) ? ccm_nonces[i % ARRAY_SIZE(ccm_nonces)]
                                  : NONCE;
    text->aad_len = aad_lens[i % ARRAY_SIZE(aad_lens)];
    for (size_t j = 0; j < text->len; j++) {
        text->src[j] = i * j + (j >> 3);
    }
    memset(text->iv, i, sizeof(text->iv));
    memset(text->aad, i + 1, sizeof(text->aad));
    memset(&text->right, FILL, sizeof(text->right));
}

static bool set_session(CryptoDevMbSession *session, const IMB_MGR *manager,
                        const CryptoDevSessionParams *params)
{
    switch (params->service) {
    case CRYPTODEV_SERVICE_CIPHER:
        if (is_chain(params)) {
            return cryptodev_mb_auth_set_chain(session, manager, params);
        }
        cryptodev_mb_session_set_cipher(session, manager, params);
        return true;
    case CRYPTODEV_SERVICE_HASH:
        return cryptodev_mb_auth_set_hash(session, params->algo);
    case CRYPTODEV_SERVICE_MAC:
        return cryptodev_mb_auth_set_mac(session, manager, params->algo,
                                         params->key, params->key_len);
    default:
        cryptodev_mb_session_set_aead(session, manager, params);
        return true;
    }
}

/* Returns where the text is, or its place for the result. */
static const uint8_t *place_text(CryptoDevMbText *text, bool in_place)
{
    memset(&text->result, FILL, sizeof(text->result));
    if (in_place) {
        memcpy(text->result.text, text->src, text->len);
    }
    return in_place ? text->result.text : text->src;
}

/* The hash of a result begins where that is, as an offset from the source. */
static void set_job(IMB_JOB *job, const CryptoDevMbSession *session,
                    CryptoDevMbText *text, bool in_place)
{
    *job = session->job;
    job->user_data = text;
    job->src = place_text(text, in_place &&
                                job->cipher_mode != IMB_CIPHER_NULL);
    job->dst = text->result.text;
    job->iv = text->iv;
    job->msg_len_to_cipher_in_bytes = text->len;
    job->msg_len_to_hash_in_bytes = text->len;
    job->auth_tag_output = text->result.tag;
    if (job->cipher_mode == IMB_CIPHER_CCM ||
        job->cipher_mode == IMB_CIPHER_CHACHA20_POLY1305) {
        job->iv_len_in_bytes = text->iv_len;
        cryptodev_mb_session_set_aad(job, text->aad, text->aad_len);
    } else if (job->cipher_mode == IMB_CIPHER_CBC &&
               job->chain_order == IMB_ORDER_CIPHER_HASH) {
        job->hash_start_src_offset_in_bytes = job->dst - job->src;
    }
}

static void take_job(const IMB_JOB *job)
{
    CryptoDevMbText *text = job->user_data;

    text->ended = job->status == IMB_STATUS_COMPLETED;
}

/* A job that has ended is not returned before those that began earlier. */
static bool has_completed(IMB_JOB *const *jobs, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (jobs[i]->status == IMB_STATUS_COMPLETED) {
            return true;
        }
    }
    return false;
}

/* Returns how many texts were in lanes when the first of them ended. */
static size_t submit_texts(SelfTest *test, const Pair *pair, size_t n,
                           bool in_place)
{
    IMB_JOB *jobs[TEXTS];
    size_t lanes = 0;

    for (size_t i = 0; i < n; i++) {
        IMB_JOB *job = IMB_GET_NEXT_JOB(test->manager);

        jobs[i] = job;
        test->texts[i].ended = false;
        set_job(job, pair->sessions[i % 2], &test->texts[i],
                in_place ^ (i / 2 % 2));
        job = IMB_SUBMIT_JOB(test->manager);
        if (!lanes && has_completed(jobs, i + 1)) {
            lanes = i + 1;
        }
        for (; job; job = IMB_GET_COMPLETED_JOB(test->manager)) {
            take_job(job);
        }
    }
    return lanes ?: n;
}

static bool check_texts(SelfTest *test, const Pair *pair, size_t n,
                        bool in_place)
{
    size_t lanes = submit_texts(test, pair, n, in_place);
    const IMB_JOB *job;
    bool ok = true;

    while ((job = IMB_FLUSH_JOB(test->manager))) {
        take_job(job);
    }
    for (size_t i = 0; i < n; i++) {
        const CryptoDevMbText *text = &test->texts[i];

        ok = ok && text->ended &&
             !memcmp(&text->result, &text->right, sizeof(text->right));
    }
    test->findings->lanes[pair->sessions[0]->kind] = lanes;
    return ok;
}

/* Returns false if the other library cannot tell what is right. */
static bool make_texts(SelfTest *test, const Pair *pair)
{
    CryptoDevMbText *texts = test->texts;

    for (size_t i = 0; i < DISTINCT; i++) {
        const CryptoDevSessionParams *params = &pair->params[i % 2];

        make_text(&texts[i], params, i);
        if (!cryptodev_mb_reference(test->reference, params, &texts[i])) {
            return false;
        }
    }
    for (size_t i = DISTINCT; i < TEXTS; i++) {
        texts[i] = texts[i - DISTINCT];
    }
    return true;
}

/* The last count is the one that shows how many lanes there are. */
static Outcome check_jobs(SelfTest *test, const Pair *pair)
{
    bool chained = is_chain(&pair->params[0]);
    const size_t *n = chained ? chain_counts : counts;
    size_t n_counts = chained ? ARRAY_SIZE(chain_counts) : ARRAY_SIZE(counts);

    if (!make_texts(test, pair)) {
        return UNKNOWN;
    }
    for (size_t i = 0; i < n_counts; i++) {
        if (!check_texts(test, pair, n[i], i % 2)) {
            return WRONG;
        }
    }
    return RIGHT;
}

static void leave_out(SelfTest *test, CryptoDevMbKind kind, Outcome outcome)
{
    if (outcome == RIGHT || !(test->findings->sound & BIT_ULL(kind))) {
        return;
    }
    test->findings->sound &= ~BIT_ULL(kind);
    if (outcome == WRONG) {
        warn_report("ipsec-mb %s fails its self-test of %s, which the base of"
                    " cryptodev-backend-ipsec-mb computes",
                    imb_get_version_str(), cryptodev_mb_kind_name(kind));
    } else {
        warn_report("ipsec-mb %s is not tested in %s, for lack of another"
                    " library's result: the base of"
                    " cryptodev-backend-ipsec-mb computes it",
                    imb_get_version_str(), cryptodev_mb_kind_name(kind));
    }
}

static void test_pair(SelfTest *test, Pair *pair)
{
    Outcome outcome = RIGHT;

    for (int i = 0; i < 2; i++) {
        pair->sessions[i] = cryptodev_mb_session_new();
        if (!set_session(pair->sessions[i], test->manager, &pair->params[i])) {
            outcome = WRONG;
        }
    }
    if (outcome == RIGHT) {
        outcome = check_jobs(test, pair);
    }
    leave_out(test, pair->sessions[0]->kind, outcome);
    for (int i = 0; i < 2; i++) {
        cryptodev_mb_session_free(&pair->sessions[i]->parent);
    }
}

static void test_kind(SelfTest *test, const CryptoDevSessionParams *params)
{
    Pair pair = { { *params, *params } };
    CryptoDevSessionParams *other = &pair.params[1];

    if (other->key) {
        other->key += OTHER_KEY;
    }
    if (other->service == CRYPTODEV_SERVICE_MAC &&
        other->algo <= CRYPTODEV_MAC_HMAC_SHA512) {
        other->key_len = long_key_len(other->algo);
    }
    test_pair(test, &pair);
}

static void set_chain(CryptoDevSessionParams *params, CryptoDevMacAlgo algo,
                      bool encrypt, size_t i)
{
    bool other = i % 2;

    *params = (CryptoDevSessionParams) {
        .service = CRYPTODEV_SERVICE_CIPHER,
        .algo = CRYPTODEV_CIPHER_AES_CBC,
        .key = key + (other ? OTHER_KEY : 0),
        .key_len = chains[i].key_len,
        .cipher.encrypt = encrypt,
        .cipher.chain = {
            .mode = CRYPTODEV_HASH_MODE_AUTH,
            .cipher_first = chains[i].cipher_first,
            .algo = algo,
            .key = key,
            .key_len = other ? long_key_len(algo) : HMAC_KEY_LEN,
            .digest_len = hmac_lens[algo],
        },
    };
}

/*
 * A job of a chain is in lanes of AES, and then in those of HMAC, of which
 * there are no more.
 */
static void test_chains(SelfTest *test, CryptoDevMacAlgo algo)
{
    uint8_t *lanes = test->findings->lanes;
    uint8_t last = lanes[CRYPTODEV_MB_HMAC_MD5 + algo];

    for (size_t i = 0; i < ARRAY_SIZE(chains); i += 2) {
        for (int encrypt = 0; encrypt < 2; encrypt++) {
            Pair pair;

            set_chain(&pair.params[0], algo, encrypt, i);
            set_chain(&pair.params[1], algo, encrypt, i + 1);
            test_pair(test, &pair);
        }
    }
    lanes[CRYPTODEV_MB_ENCRYPT_MD5 + algo] = last;
    lanes[CRYPTODEV_MB_DECRYPT_MD5 + algo] = last;
}

static Outcome check_gcm(SelfTest *test, const CryptoDevSessionParams *params)
{
    CryptoDevMbGcmKey gcm;
    Outcome outcome = RIGHT;

    cryptodev_mb_gcm_key_init(&gcm, test->manager, params);
    for (size_t i = 0; i < DISTINCT && outcome == RIGHT; i++) {
        CryptoDevMbText *text = &test->texts[i];

        make_text(text, params, i);
        if (!cryptodev_mb_reference(test->reference, params, text)) {
            outcome = UNKNOWN;
            break;
        }
        cryptodev_mb_gcm_crypt(&gcm, test->manager, text->iv, text->aad,
                               text->aad_len, text->result.text,
                               place_text(text, i / 2 % 2), text->len,
                               text->result.tag);
        if (memcmp(&text->result, &text->right, sizeof(text->right))) {
            outcome = WRONG;
        }
    }
    return outcome;
}

void cryptodev_mb_self_test(IMB_MGR *manager,
                            const CryptoDevPrimitives *reference,
                            CryptoDevMbFindings *findings)
{
    g_autofree SelfTest *test = g_new(SelfTest, 1);

    findings->sound = MAKE_64BIT_MASK(0, CRYPTODEV_MB_KINDS);
    memset(findings->lanes, 1, sizeof(findings->lanes));
    test->manager = manager;
    test->reference = reference;
    test->findings = findings;
    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        test_kind(test, &tests[i]);
    }
    for (size_t algo = 0; algo < ARRAY_SIZE(hmac_lens); algo++) {
        test_chains(test, algo);
    }
    for (size_t i = 0; i < ARRAY_SIZE(gcm_tests); i++) {
        leave_out(test, CRYPTODEV_MB_GCM, check_gcm(test, &gcm_tests[i]));
    }
}
