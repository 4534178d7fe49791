/*
 * Tests of the ipsec-mb backend: what runs where
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A manager's functions are pointers in it.  Here they count the jobs, or have
 * the library refuse one.
 */

#include "qemu/osdep.h"
#include "qemu/units.h"
#include "backends/cryptodev-ipsec-mb/jobs.h"
#include "backends/cryptodev-ipsec-mb/library.h"
#include "conformance-subject.h"
#include "ipsec-mb-test.h"

#define BATCH 64

/* Bytes of a key or text that are not there by chance */
#define SECRET_LEN 16

static const uint8_t key[] = "a key that is as long as 32 bytes";

/*
 * Which job is refused, counted from 1, or none; direct calls count as jobs.
 * All lanes are empty after a flush.
 */
static struct {
    submit_job_t submit;
    flush_job_t flush;
    get_next_job_t get_next;
    aes_gcm_enc_dec_t encrypt, decrypt;
    IMB_JOB *job;
    unsigned int jobs;
    unsigned int flushes;
    unsigned int refused;
    unsigned int suitable;
} watch;

static IMB_JOB *watch_get_next(IMB_MGR *manager)
{
    watch.job = watch.get_next(manager);
    return watch.job;
}

static IMB_JOB *watch_submit(IMB_MGR *manager)
{
    watch.jobs++;
    if (watch.jobs == watch.refused) {
        watch.job->key_len_in_bytes = 1;
    }
    return watch.submit(manager);
}

static IMB_JOB *watch_flush(IMB_MGR *manager)
{
    IMB_JOB *job = watch.flush(manager);

    watch.flushes += !job;
    return job;
}

static void watch_encrypt(const struct gcm_key_data *keys,
                          struct gcm_context_data *context, uint8_t *dst,
                          const uint8_t *src, uint64_t len, const uint8_t *iv,
                          const uint8_t *aad, uint64_t aad_len, uint8_t *tag,
                          uint64_t tag_len)
{
    watch.jobs++;
    watch.encrypt(keys, context, dst, src, len, iv, aad, aad_len, tag,
                  tag_len);
}

static void watch_decrypt(const struct gcm_key_data *keys,
                          struct gcm_context_data *context, uint8_t *dst,
                          const uint8_t *src, uint64_t len, const uint8_t *iv,
                          const uint8_t *aad, uint64_t aad_len, uint8_t *tag,
                          uint64_t tag_len)
{
    watch.jobs++;
    watch.decrypt(keys, context, dst, src, len, iv, aad, aad_len, tag,
                  tag_len);
}

static CryptoDevState *watch_state(CryptoDevBackend *backend,
                                   unsigned int refused)
{
    CryptoDevState *parent = cryptodev_state_new(backend);
    CryptoDevMbState *state = container_of(parent, CryptoDevMbState, parent);

    g_assert_nonnull(state->manager);
    /* It may have been in other use, and is wiped when it was used. */
    memset(state->scratch.bytes, 0, CRYPTODEV_MB_ROOM);
    watch.submit = state->manager->submit_job;
    watch.flush = state->manager->flush_job;
    watch.get_next = state->manager->get_next_job;
    watch.encrypt = state->manager->gcm128_enc;
    watch.decrypt = state->manager->gcm128_dec;
    watch.jobs = 0;
    watch.flushes = 0;
    watch.refused = refused;
    state->manager->submit_job = watch_submit;
    state->manager->flush_job = watch_flush;
    state->manager->get_next_job = watch_get_next;
    state->manager->gcm128_enc = watch_encrypt;
    state->manager->gcm128_dec = watch_decrypt;
    return parent;
}

static Subject *make_subject(CryptoDevBackend *backend, uint32_t algo,
                             bool encrypt)
{
    const CryptoDevSessionParams params = {
        .service = CRYPTODEV_SERVICE_CIPHER,
        .algo = algo,
        .key = key,
        .key_len = 16,
        .cipher.encrypt = encrypt,
    };

    return subject_new(backend, &params);
}

/* Whether texts that fill all lanes by themselves are worth it here */
static bool is_wide(CryptoDevMbKind kind)
{
    return cryptodev_mb_shortest(kind,
                                 cryptodev_mb_keys_manager()->features) <= 4096;
}

/* Whether an operation of a session that the library has is not the base's */
static bool suits(const CryptoDevOp *op)
{
    const CryptoDevSession *session = op->session;

    if (session->driver->leaves && session->driver->leaves(session, op)) {
        return false;
    }
    if (session->chained) {
        return !op->aad.len;
    }
    if (session->capability->service != CRYPTODEV_SERVICE_AEAD) {
        return true;
    }
    switch (session->capability->algo) {
    case CRYPTODEV_AEAD_AES_GCM:
        return op->iv_len == 12;
    default:
        return op->aad.len <= CRYPTODEV_MB_AAD_MAX;
    }
}

static void check_absent(const void *memory, size_t size, const void *bytes,
                         size_t len)
{
    g_assert_null(memmem(memory, size, bytes, len));
}

/* Between batches, a thread's state has nothing of keys and texts. */
static void check_secret_gone(const CryptoDevState *parent, const void *bytes,
                              size_t len)
{
    const CryptoDevMbState *state =
        container_of(parent, CryptoDevMbState, parent);

    check_absent(state, sizeof(*state), bytes, len);
    check_absent(state->manager, imb_get_mb_mgr_size(), bytes, len);
    check_absent(state->scratch.bytes, CRYPTODEV_MB_ROOM, bytes, len);
}

/* Both ends of a plaintext, of which one may be in a block that was padded */
static void check_text_gone(const CryptoDevState *state, const Trial *trial)
{
    const GByteArray *text = trial->type == CRYPTODEV_OP_DECRYPT ? trial->dst
                                                                 : trial->src;

    if (text->len >= 2 * SECRET_LEN) {
        check_secret_gone(state, text->data, SECRET_LEN);
        check_secret_gone(state, text->data + text->len - SECRET_LEN,
                          SECRET_LEN);
    }
}

static bool is_gcm(const CryptoDevSession *session)
{
    return session->capability->service == CRYPTODEV_SERVICE_AEAD &&
           session->capability->algo == CRYPTODEV_AEAD_AES_GCM;
}

/* Whether any operation of a session can be a job here, or GCM's like */
static bool can_pay(const CryptoDevSession *session)
{
    return is_gcm(session) || container_of(session, CryptoDevMbSession,
                                           parent)->shortest != SIZE_MAX;
}

/* What would be as quick without the library here has to be right, too. */
static void let_pay(CryptoDevSession *session)
{
    CryptoDevMbSession *own = container_of(session, CryptoDevMbSession,
                                           parent);

    if (session->capability->service != CRYPTODEV_SERVICE_AEAD) {
        own->shortest = MIN(own->shortest, 1000);
    }
}

/* Keys, and what was made of them */
static void check_gone(const CryptoDevState *state,
                       const CryptoDevSession *parent)
{
    const CryptoDevMbSession *session =
        container_of(parent, CryptoDevMbSession, parent);
    const CryptoDevMbKeys *keys = &session->keys;

    check_secret_gone(state, key, SECRET_LEN);
    if (parent->backend != state->backend || is_gcm(parent)) {
        return;
    }
    if (session->job.enc_keys == keys->encrypt) {
        for (size_t i = 4; i <= 40; i += 4) {
            check_secret_gone(state, keys->encrypt + i, SECRET_LEN);
        }
    }
    if (session->job.u.HMAC._hashed_auth_key_xor_ipad == keys->hmac.inner) {
        check_secret_gone(state, keys->hmac.inner, SECRET_LEN);
        check_secret_gone(state, keys->hmac.outer, SECRET_LEN);
    }
}

/*
 * Run texts of a session at once, all in one shape; returns how many were jobs
 */
static unsigned int run_texts(const Subject *subject, const size_t *lens,
                              size_t n, const Shape *shape)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(n);
    CryptoDevState *state = watch_state(subject->backend, 0);
    CryptoDevOp ops[BATCH];
    Trial *trials[BATCH];
    Attempt *attempts[BATCH];

    for (size_t i = 0; i < n; i++) {
        trials[i] = subject_trial(subject, lens[i], rand);
        attempts[i] = attempt_new(trials[i], shape, &ops[i]);
    }
    cryptodev_backend_run(subject->backend, state, ops, n);
    check_gone(state, subject->session);
    watch.suitable = 0;
    for (size_t i = 0; i < n; i++) {
        check_text_gone(state, trials[i]);
        watch.suitable += suits(&ops[i]);
        attempt_finish(attempts[i], &ops[i]);
        trial_free(trials[i]);
    }
    cryptodev_state_free(state);
    return watch.jobs;
}

/* The same, with texts that are all as long */
static unsigned int run_equal(const Subject *subject, size_t len, size_t n,
                              const Shape *shape)
{
    size_t lens[BATCH];

    for (size_t i = 0; i < n; i++) {
        lens[i] = len;
    }
    return run_texts(subject, lens, n, shape);
}

/* As many operations as there are lanes, in one place or scattered */
static void check_kind(CryptoDevBackend *backend,
                       const CryptoDevSessionParams *params)
{
    const Shape pieces = { 1000, 777 };
    g_autoptr(Subject) subject = subject_new(backend, params);

    g_assert(subject->session->backend == backend);
    let_pay(subject->session);
    run_equal(subject, 2000, BATCH, &shapes[0]);
    g_assert_cmpint(watch.suitable, >=,
                    can_pay(subject->session) ? BATCH / 4 : 0);
    g_assert_cmpint(watch.jobs, ==, watch.suitable);
    run_equal(subject, 2000, BATCH, &pieces);
    g_assert_cmpint(watch.jobs, ==, watch.suitable);
}

static void test_digests(CryptoDevBackend *backend,
                         const CryptoDevCapability *none)
{
    CryptoDevSessionParams params = {
        .service = CRYPTODEV_SERVICE_HASH,
    };

    for (params.algo = CRYPTODEV_HASH_SHA1;
         params.algo <= CRYPTODEV_HASH_SHA512; params.algo++) {
        check_kind(backend, &params);
    }
    params.service = CRYPTODEV_SERVICE_MAC;
    params.key = key;
    params.key_len = 32;
    for (params.algo = CRYPTODEV_MAC_HMAC_MD5;
         params.algo <= CRYPTODEV_MAC_HMAC_SHA512; params.algo++) {
        check_kind(backend, &params);
    }
    params.algo = CRYPTODEV_MAC_CMAC_AES;
    check_kind(backend, &params);
    params.key_len = 16;
    check_kind(backend, &params);
}

static void test_chains(CryptoDevBackend *backend,
                        const CryptoDevCapability *none)
{
    for (uint32_t mac = 0; mac <= CRYPTODEV_MAC_HMAC_SHA512; mac++) {
        for (int i = 0; i < 4; i++) {
            const CryptoDevSessionParams params = {
                .service = CRYPTODEV_SERVICE_CIPHER,
                .algo = CRYPTODEV_CIPHER_AES_CBC,
                .key = key,
                .key_len = 16,
                .cipher.encrypt = i & 1,
                .cipher.chain = {
                    .mode = CRYPTODEV_HASH_MODE_AUTH,
                    .cipher_first = i & 2,
                    .algo = mac,
                    .key = key,
                    .key_len = 20,
                },
            };

            check_kind(backend, &params);
        }
    }
}

static void test_aead(CryptoDevBackend *backend,
                      const CryptoDevCapability *none)
{
    static const struct {
        CryptoDevAeadAlgo algo;
        size_t key_len;
    } kinds[] = {
        { CRYPTODEV_AEAD_AES_CCM, 16 },
        { CRYPTODEV_AEAD_AES_CCM, 32 },
        { CRYPTODEV_AEAD_AES_GCM, 16 },
        { CRYPTODEV_AEAD_CHACHA20_POLY1305, 32 },
    };

    for (size_t i = 0; i < ARRAY_SIZE(kinds) * 2; i++) {
        const CryptoDevSessionParams params = {
            .service = CRYPTODEV_SERVICE_AEAD,
            .algo = kinds[i / 2].algo,
            .key = key,
            .key_len = kinds[i / 2].key_len,
            .aead = { .encrypt = i & 1, .tag_len = 16 },
        };

        check_kind(backend, &params);
    }
}

static void check_other(CryptoDevBackend *backend,
                        const CryptoDevSessionParams *params)
{
    g_autoptr(Subject) subject = subject_new(backend, params);

    g_assert(subject->session->backend != backend);
    g_assert_cmpint(run_equal(subject, 2000, BATCH, &shapes[0]), ==, 0);
}

/* What the library does not have, though it has the algorithm */
static void test_others(CryptoDevBackend *backend,
                        const CryptoDevCapability *none)
{
    const uint8_t long_key[65] = "of MD5, longer than a block";
    const CryptoDevSessionParams others[] = {
        { .service = CRYPTODEV_SERVICE_HASH, .algo = CRYPTODEV_HASH_SHA1,
          .key = key, .key_len = 16, .digest.nested = true },
        { .service = CRYPTODEV_SERVICE_MAC, .algo = CRYPTODEV_MAC_CMAC_AES,
          .key = key, .key_len = 24 },
        { .service = CRYPTODEV_SERVICE_MAC, .algo = CRYPTODEV_MAC_HMAC_MD5,
          .key = long_key, .key_len = sizeof(long_key) },
        { .service = CRYPTODEV_SERVICE_AEAD, .algo = CRYPTODEV_AEAD_AES_CCM,
          .key = key, .key_len = 24,
          .aead = { .encrypt = true, .tag_len = 16 } },
        { .service = CRYPTODEV_SERVICE_CIPHER,
          .algo = CRYPTODEV_CIPHER_AES_CTR, .key = key, .key_len = 16,
          .cipher = { true, { .mode = CRYPTODEV_HASH_MODE_AUTH,
                              .algo = CRYPTODEV_MAC_HMAC_SHA1 } } },
        { .service = CRYPTODEV_SERVICE_CIPHER,
          .algo = CRYPTODEV_CIPHER_AES_CBC, .key = key, .key_len = 16,
          .cipher = { true, { .mode = CRYPTODEV_HASH_MODE_PLAIN,
                              .algo = CRYPTODEV_HASH_SHA1 } } },
        { .service = CRYPTODEV_SERVICE_CIPHER,
          .algo = CRYPTODEV_CIPHER_AES_CBC, .key = key, .key_len = 16,
          .cipher = { true, { .mode = CRYPTODEV_HASH_MODE_AUTH,
                              .algo = CRYPTODEV_MAC_CMAC_AES, .key = key,
                              .key_len = 16 } } },
    };

    for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
        check_other(backend, &others[i]);
    }
}

/* Texts that are too long for the library, or for a copy of them */
static void test_too_long(CryptoDevBackend *backend,
                          const CryptoDevCapability *none)
{
    const CryptoDevSessionParams mac = {
        .service = CRYPTODEV_SERVICE_MAC, .algo = CRYPTODEV_MAC_HMAC_MD5,
        .key = key, .key_len = 16,
    };
    const CryptoDevSessionParams aead = {
        .service = CRYPTODEV_SERVICE_AEAD, .algo = CRYPTODEV_AEAD_AES_GCM,
        .key = key, .key_len = 16, .aead = { .tag_len = 16 },
    };
    g_autoptr(Subject) hmac = subject_new(backend, &mac);
    g_autoptr(Subject) gcm = subject_new(backend, &aead);

    run_equal(hmac, CRYPTODEV_MB_TEXT_MAX, 8, &shapes[0]);
    g_assert_cmpint(watch.jobs, ==, 8);
    g_assert_cmpint(run_equal(hmac, CRYPTODEV_MB_TEXT_MAX + 1, 8, &shapes[0]),
                    ==, 0);
    g_assert_cmpint(run_equal(gcm, 2 * MiB, 2, &shapes[0]), ==, 0);
}

/* What is too little, too long, or in too many places, is the base's. */
static void test_lanes(CryptoDevBackend *backend,
                       const CryptoDevCapability *none)
{
    const Shape *whole = &shapes[0];
    const Shape pieces = { 1000, 777 };
    const Shape tangled = { 0, 0, .tangled = true, .distance = 16 };
    static const size_t uneven[] = { 60000, 128, 128, 128, 128 };
    g_autoptr(Subject) encrypt =
        make_subject(backend, CRYPTODEV_CIPHER_AES_CBC, true);
    g_autoptr(Subject) decrypt =
        make_subject(backend, CRYPTODEV_CIPHER_AES_CBC, false);

    g_assert_cmpint(run_equal(encrypt, 1024, 8, whole), ==, 8);
    g_assert_cmpint(run_equal(encrypt, 1024, 8, &pieces), ==, 8);
    g_assert_cmpint(run_equal(encrypt, 1024, 8, &tangled), ==, 8);
    g_assert_cmpint(run_equal(encrypt, 1024, 1, whole), ==, 0);
    g_assert_cmpint(run_equal(encrypt, 16, BATCH, whole), ==, 0);
    g_assert_cmpint(run_equal(encrypt, 0, BATCH, whole), ==, 0);
    g_assert_cmpint(run_texts(encrypt, uneven, 5, whole), ==, 0);
    g_assert_cmpint(run_equal(decrypt, 32768, 1, whole), ==,
                    is_wide(CRYPTODEV_MB_CBC_DECRYPT));
    g_assert_cmpint(run_equal(decrypt, 32768, 1, &pieces), ==, 0);
    g_assert_cmpint(run_equal(decrypt, 32768, 1, &tangled), ==, 0);
    g_assert_cmpint(run_equal(decrypt, 4096, 1, whole), ==, 0);
    g_assert_cmpint(run_equal(decrypt, 16, 1, whole), ==, 0);
}

/* A text that is too long for one job is several ones. */
static void test_long(CryptoDevBackend *backend,
                      const CryptoDevCapability *none)
{
    const Shape pieces = { 4096, 1000 };
    const Shape tangled = { 0, 0, .tangled = true, .distance = 16 };
    size_t max = CRYPTODEV_MB_TEXT_MAX;
    g_autoptr(Subject) subject =
        make_subject(backend, CRYPTODEV_CIPHER_AES_CBC, true);

    g_assert_cmpint(run_equal(subject, max, 4, &shapes[0]), ==, 4);
    g_assert_cmpint(run_equal(subject, max + 16, 4, &shapes[0]), ==, 8);
    g_assert_cmpint(run_equal(subject, 3 * max, 4, &shapes[0]), ==, 12);
    g_assert_cmpint(run_equal(subject, 3 * max, 4, &pieces), ==, 12);
    g_assert_cmpint(run_equal(subject, max, 4, &tangled), ==, 4);
    g_assert_cmpint(run_equal(subject, max + 16, 4, &tangled), ==, 0);
}

/*
 * There is room for copies of what a device takes at once, in 16 texts or 64,
 * and for more when those have ended.
 */
static void test_room(CryptoDevBackend *backend,
                      const CryptoDevCapability *none)
{
    const Shape pieces = { 4096, 1000 };
    g_autoptr(Subject) subject =
        make_subject(backend, CRYPTODEV_CIPHER_AES_CBC, true);

    run_equal(subject, CRYPTODEV_MB_TEXT_MAX, 16, &pieces);
    g_assert_cmpint(watch.jobs, ==, 16);
    g_assert_cmpint(watch.flushes, ==, 1);
    run_equal(subject, 16 * KiB, BATCH, &pieces);
    g_assert_cmpint(watch.jobs, ==, BATCH);
    g_assert_cmpint(watch.flushes, ==, 1);
    run_equal(subject, 48 * KiB, BATCH, &pieces);
    g_assert_cmpint(watch.jobs, ==, BATCH);
    g_assert_cmpint(watch.flushes, ==, 4);
}

/* A short text is the base's, also among long ones that are jobs. */
static void test_short(CryptoDevBackend *backend,
                       const CryptoDevCapability *none)
{
    g_autoptr(Subject) subject = make_subject(backend,
                                              CRYPTODEV_CIPHER_AES_CTR, true);
    size_t shortest = container_of(subject->session, CryptoDevMbSession,
                                   parent)->shortest;
    CryptoDevOp op = { .session = subject->session };
    size_t lens[BATCH];

    g_assert_cmpuint(run_equal(subject, 64, BATCH, &shapes[0]), ==, 0);
    for (size_t i = 0; i < BATCH; i++) {
        lens[i] = i % 4 ? 4096 : 64;
    }
    g_assert_cmpuint(run_texts(subject, lens, BATCH, &shapes[0]), ==,
                     is_wide(CRYPTODEV_MB_CTR) ? BATCH - BATCH / 4 : 0);
    op.src.len = shortest - 1;
    g_assert_true(op.session->driver->leaves(op.session, &op));
    op.src.len = shortest;
    g_assert_false(op.session->driver->leaves(op.session, &op));
}

static bool fills(CryptoDevMbKind kind, size_t len, size_t n, size_t lanes)
{
    const CryptoDevMbLoad load = { .n = n, .total = n * len, .longest = len };

    return cryptodev_mb_fills(kind, IMB_CPUFLAGS_AVX512, &load, lanes);
}

/* A processor with fewer lanes, or without instructions */
static void test_cost(CryptoDevBackend *backend,
                      const CryptoDevCapability *none)
{
    const uint64_t avx2 = IMB_CPUFLAGS_AVX2;
    const uint64_t avx512 = IMB_CPUFLAGS_AVX512;
    const uint64_t vaes = IMB_CPUFLAGS_AVX512_T2;
    const CryptoDevMbLoad four = { .n = 4, .total = 16384, .longest = 4096 };

    g_assert_cmpuint(cryptodev_mb_shortest(CRYPTODEV_MB_CTR, avx512), ==,
                     SIZE_MAX);
    g_assert_cmpuint(cryptodev_mb_shortest(CRYPTODEV_MB_CTR, vaes), <=, 65536);
    g_assert_cmpuint(cryptodev_mb_shortest(CRYPTODEV_MB_CBC_DECRYPT, avx512),
                     ==, SIZE_MAX);
    g_assert_cmpuint(cryptodev_mb_shortest(CRYPTODEV_MB_CBC_DECRYPT, vaes), <=,
                     65536);
    g_assert_cmpuint(cryptodev_mb_shortest(CRYPTODEV_MB_CHACHA20_POLY1305,
                                           avx2), ==, SIZE_MAX);
    g_assert_cmpuint(cryptodev_mb_shortest(CRYPTODEV_MB_CHACHA20_POLY1305,
                                           avx512), <=, 65536);
    g_assert_cmpuint(cryptodev_mb_shortest(CRYPTODEV_MB_CBC_128, avx2), <=,
                     65536);
    /* Beside the SHA extensions, lanes of AVX2 are slow. */
    g_assert_cmpuint(cryptodev_mb_shortest(CRYPTODEV_MB_SHA256,
                                           avx2 & ~IMB_FEATURE_SHANI), <=,
                     65536);
    g_assert_cmpuint(cryptodev_mb_shortest(CRYPTODEV_MB_SHA256,
                                           avx2 | IMB_FEATURE_SHANI), ==,
                     SIZE_MAX);
    g_assert_cmpuint(cryptodev_mb_shortest(CRYPTODEV_MB_SHA256,
                                           avx512 | IMB_FEATURE_SHANI), <=,
                     65536);

    /* A lane of AVX2 is slower for the hash than for the cipher. */
    g_assert_true(cryptodev_mb_fills(CRYPTODEV_MB_ENCRYPT_SHA1, avx512, &four,
                                     16));
    g_assert_false(cryptodev_mb_fills(CRYPTODEV_MB_ENCRYPT_SHA1, avx2, &four,
                                      8));

    /* The ninth text is alone in the lanes, in which eight are before it. */
    g_assert_true(fills(CRYPTODEV_MB_SHA256, 4096, 8, 8));
    g_assert_false(fills(CRYPTODEV_MB_SHA256, 4096, 9, 8));
    g_assert_true(fills(CRYPTODEV_MB_SHA256, 4096, 9, 16));
    g_assert_true(fills(CRYPTODEV_MB_SHA256, 4096, 16, 8));
    g_assert_false(fills(CRYPTODEV_MB_SHA256, 4096, BATCH, 2));
    g_assert_true(fills(CRYPTODEV_MB_CTR, 4096, BATCH, 1));
    g_assert_true(fills(CRYPTODEV_MB_CBC_DECRYPT, 4096, BATCH, 1));
}

static void run_refused(const Subject *subject, size_t len,
                        unsigned int refused, size_t failing)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(len);
    CryptoDevState *state = watch_state(subject->backend, refused);
    CryptoDevOp ops[4];
    Trial *trials[4];
    Attempt *attempts[4];

    for (size_t i = 0; i < 4; i++) {
        trials[i] = subject_trial(subject, len, rand);
        attempts[i] = attempt_new(trials[i], &shapes[0], &ops[i]);
    }
    cryptodev_backend_run(subject->backend, state, ops, 4);
    for (size_t i = 0; i < 4; i++) {
        if (i == failing) {
            g_assert_cmpint(ops[i].status, ==, CRYPTODEV_ERR);
            g_assert_cmpint(ops[i].result_len, ==, 0);
        }
    }
    /* The next batch on the same state is right. */
    watch.refused = 0;
    for (size_t i = 0; i < 4; i++) {
        if (i != failing) {
            attempt_finish(attempts[i], &ops[i]);
        }
    }
    if (failing < 4) {
        cryptodev_backend_run(subject->backend, state, &ops[failing], 1);
        attempt_finish(attempts[failing], &ops[failing]);
    }
    for (size_t i = 0; i < 4; i++) {
        trial_free(trials[i]);
    }
    cryptodev_state_free(state);
}

/*
 * What the library refuses the base computes, unless a part of the text was
 * enciphered before.
 */
static void test_refused(CryptoDevBackend *backend,
                         const CryptoDevCapability *none)
{
    g_autoptr(Subject) subject =
        make_subject(backend, CRYPTODEV_CIPHER_AES_CBC, true);

    for (unsigned int refused = 1; refused <= 4; refused++) {
        run_refused(subject, 4096, refused, SIZE_MAX);
    }
    run_refused(subject, CRYPTODEV_MB_TEXT_MAX + 16, 2, SIZE_MAX);
    run_refused(subject, CRYPTODEV_MB_TEXT_MAX + 16, 7, 2);
}

/* Without a state, and with one of a processor that the library is not for */
static void test_no_manager(CryptoDevBackend *backend,
                            const CryptoDevCapability *none)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(0);
    g_autoptr(Subject) subject =
        make_subject(backend, CRYPTODEV_CIPHER_AES_CBC, true);
    g_autoptr(Trial) trial = subject_trial(subject, 4096, rand);
    CryptoDevState *parent = cryptodev_state_new(backend);
    CryptoDevMbState *state = container_of(parent, CryptoDevMbState, parent);
    CryptoDevState *states[] = { NULL, parent };

    g_clear_pointer(&state->manager, cryptodev_mb_manager_free);
    for (size_t i = 0; i < ARRAY_SIZE(states); i++) {
        CryptoDevOp ops[2];
        Attempt *attempts[2];

        for (int j = 0; j < 2; j++) {
            attempts[j] = attempt_new(trial, &shapes[0], &ops[j]);
        }
        cryptodev_backend_run(backend, states[i], ops, 2);
        for (int j = 0; j < 2; j++) {
            attempt_finish(attempts[j], &ops[j]);
        }
    }
    cryptodev_state_free(parent);
}

static void test_skipped(CryptoDevBackend *backend,
                         const CryptoDevCapability *none)
{
    g_test_skip("ipsec-mb does not work on this processor");
}

void ipsec_mb_add(const Conformance *conformance, const char *name,
                  ConformanceTest *run)
{
    conformance_add(conformance, NULL, name,
                    cryptodev_mb_keys_manager() ? run : test_skipped);
}

void add_ipsec_mb_tests(const Conformance *conformance)
{
    ipsec_mb_add(conformance, "jobs/lanes", test_lanes);
    ipsec_mb_add(conformance, "jobs/digests", test_digests);
    ipsec_mb_add(conformance, "jobs/chains", test_chains);
    ipsec_mb_add(conformance, "jobs/aead", test_aead);
    ipsec_mb_add(conformance, "jobs/others", test_others);
    ipsec_mb_add(conformance, "jobs/too-long", test_too_long);
    ipsec_mb_add(conformance, "jobs/long", test_long);
    ipsec_mb_add(conformance, "jobs/room", test_room);
    ipsec_mb_add(conformance, "jobs/short", test_short);
    ipsec_mb_add(conformance, "jobs/cost", test_cost);
    ipsec_mb_add(conformance, "jobs/refused", test_refused);
    ipsec_mb_add(conformance, "jobs/no-manager", test_no_manager);
}
