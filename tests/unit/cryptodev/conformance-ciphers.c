/*
 * Conformance of backends: ciphers
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../../qtest/virtio-crypto/known.h"
#include "conformance.h"
#include "conformance-reference.h"
#include "conformance-subject.h"

/* Keys of so many lengths run in all shapes, and of the others in one. */
#define WHOLE_KEYS 4

static const size_t lens[] = {
    0, 1, 7, 8, 9, 15, 16, 17, 31, 32, 33, 48, 255, 1000, 4096, 5003,
};

/* More than any backend handles at once */
#define LONG_LEN (200 * 1024)

static Subject *cipher_new(CryptoDevBackend *backend,
                           const CryptoDevCapability *capability,
                           bool encrypt, const GByteArray *key)
{
    const CryptoDevSessionParams params = {
        .service = CRYPTODEV_SERVICE_CIPHER,
        .algo = capability->algo,
        .key = key->data,
        .key_len = key->len,
        .cipher.encrypt = encrypt,
    };

    return subject_new(backend, &params);
}

static void check_known(CryptoDevBackend *backend,
                        const CryptoDevCapability *capability,
                        const KnownBytes *known, bool encrypt)
{
    g_autoptr(Subject) subject =
        cipher_new(backend, capability, encrypt, known->key);
    g_autoptr(Trial) trial =
        trial_new(known->answer->name, subject->session,
                  encrypt ? CRYPTODEV_OP_ENCRYPT : CRYPTODEV_OP_DECRYPT);
    const GByteArray *src = encrypt ? known->plain : known->cipher;
    const GByteArray *dst = encrypt ? known->cipher : known->plain;

    g_byte_array_append(trial->iv, known->iv->data, known->iv->len);
    g_byte_array_append(trial->src, src->data, src->len);
    g_byte_array_append(trial->dst, dst->data, dst->len);
    trial->dst_room = dst->len;
    trial_run_all(backend, trial);
}

static void check_all_known(CryptoDevBackend *backend,
                            const CryptoDevCapability *capability,
                            const KnownAnswer *answer)
{
    for (; answer->name; answer++) {
        if (g_str_has_prefix(answer->name, capability->name)) {
            KnownBytes *known = known_decode(answer);

            check_known(backend, capability, known, true);
            check_known(backend, capability, known, false);
            known_bytes_free(known);
        }
    }
}

/* What others have published */
static void test_known(CryptoDevBackend *backend,
                       const CryptoDevCapability *capability)
{
    check_all_known(backend, capability, known_answers);
    check_all_known(backend, capability, radio_answers);
}

static void check_lens(const Subject *subject, GRand *rand)
{
    for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
        g_autoptr(Trial) trial = subject_trial(subject, lens[i], rand);

        trial_run_all(subject->backend, trial);
    }
}

/* Every length of the key, in both directions */
static void test_keys(CryptoDevBackend *backend,
                      const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);
    size_t n = (capability->key_max - capability->key_min) /
               capability->key_step + 1;

    for (size_t i = 0; i < n; i++) {
        g_autoptr(GByteArray) key =
            random_bytes(rand, capability->key_min + i * capability->key_step);

        for (int encrypt = 0; encrypt < 2; encrypt++) {
            g_autoptr(Subject) subject =
                cipher_new(backend, capability, encrypt, key);
            g_autoptr(Trial) trial = subject_trial(subject, 777, rand);

            trial_run(backend, trial, shape_random(rand));
            if (i < WHOLE_KEYS || i == n - 1) {
                check_lens(subject, rand);
            }
        }
    }
}

static void test_long(CryptoDevBackend *backend,
                      const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);

    for (int i = 0; i < 4; i++) {
        g_autoptr(Subject) subject = subject_random(backend, capability, rand);
        g_autoptr(Trial) trial = subject_trial(subject, LONG_LEN + i, rand);

        trial_run_all(backend, trial);
    }
}

/* A counter that has so many blocks until it wraps around */
static void set_counter(Trial *trial, size_t bytes, uint8_t blocks)
{
    memset(trial->iv->data + trial->iv->len - bytes, 0xff, bytes);
    trial->iv->data[trial->iv->len - 1] -= blocks - 1;
}

/* Counters that wrap around in their last bytes, or as a whole */
static void test_counters(CryptoDevBackend *backend,
                          const CryptoDevCapability *capability)
{
    static const size_t counter_lens[] = { 33, 2048, 4000 };
    static const size_t wrapping[] = { 4, 8, CRYPTODEV_IV_MAX };
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);
    g_autoptr(Subject) subject = subject_random(backend, capability, rand);

    for (size_t i = 0; i < ARRAY_SIZE(counter_lens); i++) {
        for (size_t j = 0; j < ARRAY_SIZE(wrapping) * 4; j++) {
            g_autoptr(Trial) trial =
                subject_trial(subject, counter_lens[i], rand);
            size_t blocks = trial->src->len / MAX(trial->iv->len, 1);

            if (trial->iv->len < wrapping[j / 4]) {
                continue;
            }
            set_counter(trial, wrapping[j / 4], blocks - 1 + j % 4);
            g_byte_array_unref(trial->dst);
            trial->dst = reference_encipher(capability,
                                            subject->params.cipher.encrypt,
                                            subject->key, trial->iv,
                                            trial->src->data,
                                            trial->src->len);
            trial_run(backend, trial, &shapes[0]);
        }
    }
}

/* Room for more than the result stays as it is. */
static void test_room(CryptoDevBackend *backend,
                      const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);
    g_autoptr(Subject) subject = subject_random(backend, capability, rand);
    g_autoptr(Trial) trial = subject_trial(subject, 320, rand);

    trial->dst_room += 50;
    trial_run_all(backend, trial);
    trial->dst_room = trial->src->len - 1;
    trial->status = CRYPTODEV_ERR;
    trial_run_all(backend, trial);
    trial->dst_room = 0;
    trial_run_all(backend, trial);
}

static void test_bad_keys(CryptoDevBackend *backend,
                          const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);

    for (size_t len = 0; len <= capability->key_max + 9; len++) {
        g_autoptr(GByteArray) key = random_bytes(rand, len);
        CryptoDevSessionParams params = {
            .service = CRYPTODEV_SERVICE_CIPHER,
            .algo = capability->algo,
            .key = key->data,
            .key_len = len,
            .cipher.encrypt = true,
        };

        if (len < capability->key_min || len > capability->key_max ||
            (len - capability->key_min) % capability->key_step) {
            subject_refused(backend, &params, CRYPTODEV_NOTSUPP);
        }
    }
}

/* The longest source, and one that is longer */
static void test_longest(CryptoDevBackend *backend,
                         const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);
    g_autoptr(Subject) subject = subject_random(backend, capability, rand);
    g_autoptr(Trial) trial = subject_trial(subject, capability->max_len, rand);

    trial_run_all(backend, trial);
    trial->status = CRYPTODEV_ERR;
    trial->dst_room += 1;
    g_byte_array_set_size(trial->src, capability->max_len + 1);
    trial_run_all(backend, trial);
}

static void test_bad_lens(CryptoDevBackend *backend,
                          const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);
    g_autoptr(Subject) subject = subject_random(backend, capability, rand);

    for (size_t len = 0; len < 70; len++) {
        g_autoptr(Trial) trial = subject_trial(subject, 96, rand);

        if (len % capability->block_len || len < capability->min_len) {
            g_byte_array_set_size(trial->src, len);
            trial->status = CRYPTODEV_ERR;
            trial_run_all(backend, trial);
        }
    }
    for (size_t len = 0; len <= CRYPTODEV_IV_MAX; len++) {
        g_autoptr(Trial) trial = subject_trial(subject, 96, rand);

        if (!(capability->iv_lens & BIT(len))) {
            g_byte_array_set_size(trial->iv, len);
            trial->status = CRYPTODEV_ERR;
            trial_run(backend, trial, shape_random(rand));
        }
    }
}

void add_conformance_ciphers(const Conformance *conformance)
{
    const struct {
        const char *name;
        ConformanceTest *run;
    } tests[] = {
        { "ciphers/known", test_known },
        { "ciphers/keys", test_keys },
        { "ciphers/long", test_long },
        { "ciphers/counters", test_counters },
        { "ciphers/room", test_room },
        { "ciphers/bad-keys", test_bad_keys },
        { "ciphers/bad-lengths", test_bad_lens },
    };

    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        conformance_add_each(conformance, CRYPTODEV_SERVICE_CIPHER,
                             tests[i].name, tests[i].run);
    }
    conformance_add_those(conformance, CRYPTODEV_SERVICE_CIPHER,
                          "ciphers/longest", conformance_has_longest,
                          test_longest);
}
