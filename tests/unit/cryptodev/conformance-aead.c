/*
 * Conformance of backends: authenticated encryption
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "conformance.h"
#include "conformance-subject.h"

/* More than any backend handles at once */
#define LONG_LEN (200 * 1024)

static const size_t lens[] = {
    0, 1, 15, 16, 17, 63, 64, 65, 255, 1000, 4096, 5003,
};

/* SP 800-38C, appendix A.2.2: CCM encodes those from 65280 on in another way */
static const size_t aad_lens[] = {
    0, 1, 12, 13, 14, 15, 16, 17, 300, 4097, 65279, 65280, 70000,
};

static Subject *aead_new(CryptoDevBackend *backend,
                         const CryptoDevCapability *capability, bool encrypt,
                         size_t key_len, size_t tag_len, GRand *rand)
{
    g_autoptr(GByteArray) key = random_bytes(rand, key_len);
    const CryptoDevSessionParams params = {
        .service = CRYPTODEV_SERVICE_AEAD,
        .algo = capability->algo,
        .key = key->data,
        .key_len = key_len,
        .aead.encrypt = encrypt,
        .aead.tag_len = tag_len,
    };

    return subject_new(backend, &params);
}

/* A session in one direction with the longest key and tag */
static Subject *strongest(CryptoDevBackend *backend,
                          const CryptoDevCapability *capability, bool encrypt,
                          GRand *rand)
{
    return aead_new(backend, capability, encrypt, capability->key_max,
                    31 - clz32(capability->tag_lens), rand);
}

static void check_ivs(const Subject *subject, GRand *rand)
{
    for (uint32_t ivs = subject->capability->iv_lens; ivs; ivs &= ivs - 1) {
        size_t iv_len = ctz32(ivs);

        for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
            g_autoptr(Trial) trial =
                aead_trial(subject, lens[i], iv_len,
                           random_len(rand, 0, 40), rand);

            trial_run(subject->backend, trial, shape_random(rand));
            trial_run(subject->backend, trial, shape_random(rand));
        }
    }
}

/* Every length of key, tag and initialization vector with one another */
static void test_sizes(CryptoDevBackend *backend,
                       const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);

    for (uint32_t key_len = capability->key_min;
         key_len <= capability->key_max; key_len += capability->key_step) {
        for (uint32_t tags = capability->tag_lens; tags; tags &= tags - 1) {
            for (int encrypt = 0; encrypt < 2; encrypt++) {
                g_autoptr(Subject) subject =
                    aead_new(backend, capability, encrypt, key_len,
                             ctz32(tags), rand);

                check_ivs(subject, rand);
            }
        }
    }
}

static void test_shapes(CryptoDevBackend *backend,
                        const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);

    for (int encrypt = 0; encrypt < 2; encrypt++) {
        g_autoptr(Subject) subject =
            strongest(backend, capability, encrypt, rand);

        for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
            g_autoptr(Trial) trial = subject_trial(subject, lens[i], rand);

            trial_run_all(backend, trial);
        }
    }
}

static void test_aad(CryptoDevBackend *backend,
                     const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);

    for (size_t i = 0; i < ARRAY_SIZE(aad_lens); i++) {
        g_autoptr(Subject) subject = subject_random(backend, capability, rand);
        g_autoptr(Trial) trial =
            aead_trial(subject, 33, random_bit(capability->iv_lens, rand),
                       aad_lens[i], rand);

        trial_run(backend, trial, &shapes[0]);
        trial_run(backend, trial, &shapes[4]);
        trial_run(backend, trial, &shapes[12]);
    }
}

/* SP 800-38C, appendix A.1: a nonce leaves so many bytes to the length. */
static size_t longest_text(const CryptoDevCapability *capability,
                           size_t iv_len)
{
    return capability->algo == CRYPTODEV_AEAD_AES_CCM && iv_len >= 13
           ? UINT16_MAX : SIZE_MAX;
}

static void test_long(CryptoDevBackend *backend,
                      const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);

    for (int encrypt = 0; encrypt < 2; encrypt++) {
        g_autoptr(Subject) subject =
            strongest(backend, capability, encrypt, rand);

        for (uint32_t ivs = capability->iv_lens; ivs; ivs &= ivs - 1) {
            size_t longest = longest_text(capability, ctz32(ivs));
            g_autoptr(Trial) trial =
                aead_trial(subject, MIN(LONG_LEN + 7, longest), ctz32(ivs), 20,
                           rand);

            trial_run_all(backend, trial);
            if (longest < LONG_LEN) {
                g_byte_array_set_size(trial->src, trial->src->len + 1);
                trial->src->data[trial->src->len - 1] = 0;
                trial->dst_room++;
                trial->status = CRYPTODEV_ERR;
                trial_run(backend, trial, &shapes[0]);
            }
        }
    }
}

/* A bit is not what it was: no byte of the destination is written. */
static void check_forgery(const Subject *subject, GByteArray *bytes,
                          size_t at, const Trial *trial)
{
    bytes->data[at] ^= 1 << at % 8;
    trial_run_all(subject->backend, trial);
    bytes->data[at] ^= 1 << at % 8;
}

static void check_forgeries(const Subject *subject, size_t len, GRand *rand)
{
    size_t tag_len = subject->params.aead.tag_len;
    size_t iv_len = random_bit(subject->capability->iv_lens, rand);
    g_autoptr(Trial) trial = aead_trial(subject, len, iv_len, 21, rand);

    trial_run_all(subject->backend, trial);
    trial->status = CRYPTODEV_BADMSG;
    for (size_t i = 0; i < trial->src->len; i += i < len ? 37 : 1) {
        check_forgery(subject, trial->src, MIN(i, len + tag_len - 1), trial);
    }
    check_forgery(subject, trial->src, trial->src->len - 1, trial);
    check_forgery(subject, trial->iv, iv_len - 1, trial);
    check_forgery(subject, trial->aad, 0, trial);
    check_forgery(subject, trial->aad, 20, trial);
    g_byte_array_set_size(trial->aad, 20);
    trial_run_all(subject->backend, trial);
    trial_run_all(subject->backend, trial);
}

static void test_forgeries(CryptoDevBackend *backend,
                           const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);
    g_autoptr(Subject) subject = strongest(backend, capability, false, rand);

    check_forgeries(subject, 0, rand);
    check_forgeries(subject, 16, rand);
    check_forgeries(subject, 100, rand);
    check_forgeries(subject, 3000, rand);
    /* After all of these the session still knows what is genuine. */
    for (int i = 0; i < 3; i++) {
        g_autoptr(Trial) trial = subject_trial(subject, 50, rand);

        trial_run_all(backend, trial);
    }
}

/* No room for the tag, and a source that is shorter than one */
static void test_room(CryptoDevBackend *backend,
                      const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);

    for (int encrypt = 0; encrypt < 2; encrypt++) {
        g_autoptr(Subject) subject =
            strongest(backend, capability, encrypt, rand);
        g_autoptr(Trial) trial = subject_trial(subject, 40, rand);

        trial->dst_room += 30;
        trial_run_all(backend, trial);
        trial->status = CRYPTODEV_ERR;
        trial->dst_room = trial->dst->len - 1;
        trial_run_all(backend, trial);
        trial->dst_room = 0;
        trial_run_all(backend, trial);
        if (!encrypt) {
            trial->dst_room = 40;
            g_byte_array_set_size(trial->src, subject->params.aead.tag_len - 1);
            trial_run_all(backend, trial);
            g_byte_array_set_size(trial->src, 0);
            trial_run_all(backend, trial);
        }
    }
}

static void test_bad_sizes(CryptoDevBackend *backend,
                           const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);
    g_autoptr(GByteArray) key = random_bytes(rand, capability->key_max + 9);
    CryptoDevSessionParams params = {
        .service = CRYPTODEV_SERVICE_AEAD,
        .algo = capability->algo,
        .key = key->data,
        .aead.encrypt = true,
        .aead.tag_len = ctz32(capability->tag_lens),
    };

    for (size_t len = 0; len <= key->len; len++) {
        params.key_len = len;
        if (len < capability->key_min || len > capability->key_max ||
            (len - capability->key_min) % capability->key_step) {
            subject_refused(backend, &params, CRYPTODEV_NOTSUPP);
        }
    }
    params.key_len = capability->key_max;
    for (uint32_t len = 0; len <= 40; len++) {
        params.aead.tag_len = len;
        if (len > 31 || !(capability->tag_lens & BIT(len))) {
            subject_refused(backend, &params, CRYPTODEV_NOTSUPP);
        }
    }
    params.aead.tag_len = UINT32_MAX;
    subject_refused(backend, &params, CRYPTODEV_NOTSUPP);
}

static void test_bad_ivs(CryptoDevBackend *backend,
                         const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);

    for (size_t len = 0; len <= CRYPTODEV_IV_MAX; len++) {
        g_autoptr(Subject) subject = subject_random(backend, capability, rand);
        g_autoptr(Trial) trial = subject_trial(subject, 40, rand);

        if (!(capability->iv_lens & BIT(len))) {
            g_byte_array_set_size(trial->iv, len);
            trial->status = CRYPTODEV_ERR;
            trial_run(backend, trial, shape_random(rand));
        }
    }
}

void add_conformance_aead(const Conformance *conformance)
{
    const struct {
        const char *name;
        ConformanceTest *run;
    } tests[] = {
        { "aead/sizes", test_sizes },
        { "aead/shapes", test_shapes },
        { "aead/aad", test_aad },
        { "aead/long", test_long },
        { "aead/forgeries", test_forgeries },
        { "aead/room", test_room },
        { "aead/bad-sizes", test_bad_sizes },
        { "aead/bad-vectors", test_bad_ivs },
    };

    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        conformance_add_each(conformance, CRYPTODEV_SERVICE_AEAD,
                             tests[i].name, tests[i].run);
    }
}
