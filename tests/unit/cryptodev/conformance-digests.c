/*
 * Conformance of backends: hashes and MACs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "conformance.h"
#include "conformance-subject.h"

/* How much of a digest without end is asked for at most */
#define ENDLESS 1500
/* More than any backend handles at once */
#define LONG_LEN (200 * 1024)

/* Around the blocks of MD5, SHA-2, SHA-3 and of the block ciphers, too */
static const size_t lens[] = {
    0, 1, 8, 11, 12, 13, 15, 16, 17, 28, 29, 55, 56, 63, 64, 65, 111, 112, 127,
    128, 129, 135, 136, 137, 167, 168, 169, 1000, 4099,
};

/* A hash, or a MAC with a random key of that length */
static Subject *digest_new(CryptoDevBackend *backend,
                           const CryptoDevCapability *capability,
                           size_t key_len, bool nested, GRand *rand)
{
    g_autoptr(GByteArray) key = random_bytes(rand, key_len);
    const CryptoDevSessionParams params = {
        .service = capability->service,
        .algo = capability->algo,
        .key = key->data,
        .key_len = key_len,
        .digest.nested = nested,
    };

    return subject_new(backend, &params);
}

static bool is_endless(const CryptoDevCapability *capability)
{
    return capability->digest_max == UINT32_MAX;
}

static size_t longest_digest(const CryptoDevCapability *capability)
{
    return is_endless(capability) ? ENDLESS : capability->digest_max;
}

static void check_lens(const Subject *subject, GRand *rand)
{
    size_t longest = longest_digest(subject->capability);

    for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
        g_autoptr(Trial) whole = digest_trial(subject, lens[i], longest, rand);
        g_autoptr(Trial) part = subject_trial(subject, lens[i], rand);

        trial_run_all(subject->backend, whole);
        trial_run(subject->backend, part, shape_random(rand));
    }
}

/* Every length of the key; those of the source and all shapes with some */
static void test_keys(CryptoDevBackend *backend,
                      const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);
    size_t n = (capability->key_max - capability->key_min) /
               capability->key_step + 1;

    for (size_t i = 0; i < n; i++) {
        g_autoptr(Subject) subject =
            digest_new(backend, capability,
                       capability->key_min + i * capability->key_step, false,
                       rand);
        g_autoptr(Trial) trial = subject_trial(subject, 333, rand);

        trial_run(backend, trial, shape_random(rand));
        if (i < 3 || i == n - 1) {
            check_lens(subject, rand);
        }
    }
}

/* Every length of the digest, or many of those without end */
static void test_digest_lens(CryptoDevBackend *backend,
                             const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);
    size_t longest = longest_digest(capability);
    g_autoptr(Subject) subject = subject_random(backend, capability, rand);

    for (size_t len = 1; len <= longest; len += is_endless(capability) ? 67
                                                                      : 1) {
        g_autoptr(Trial) trial = digest_trial(subject, 100, len, rand);

        trial_run_all(backend, trial);
    }
}

/* What a session may ask for, and what is more than that, or nothing */
static void check_bound(CryptoDevBackend *backend,
                        const CryptoDevCapability *capability, uint32_t bound,
                        GRand *rand)
{
    g_autoptr(GByteArray) key =
        random_bytes(rand, random_key_len(capability, rand));
    const CryptoDevSessionParams params = {
        .service = capability->service,
        .algo = capability->algo,
        .key = key->data,
        .key_len = key->len,
        .digest.len = bound,
    };
    g_autoptr(Subject) subject = subject_new(backend, &params);
    g_autoptr(Trial) trial = digest_trial(subject, 50, bound, rand);

    trial_run_all(backend, trial);
    trial->status = CRYPTODEV_ERR;
    trial->digest_room = bound + 1;
    trial_run_all(backend, trial);
    trial->digest_room = 0;
    trial_run_all(backend, trial);
}

static void test_bounds(CryptoDevBackend *backend,
                        const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);
    g_autoptr(GByteArray) key =
        random_bytes(rand, random_key_len(capability, rand));
    CryptoDevSessionParams params = {
        .service = capability->service,
        .algo = capability->algo,
        .key = key->data,
        .key_len = key->len,
    };

    check_bound(backend, capability, 1, rand);
    check_bound(backend, capability, longest_digest(capability) / 2, rand);
    check_bound(backend, capability, longest_digest(capability), rand);
    if (!is_endless(capability)) {
        params.digest.len = capability->digest_max + 1;
        subject_refused(backend, &params, CRYPTODEV_NOTSUPP);
        params.digest.len = UINT32_MAX;
        subject_refused(backend, &params, CRYPTODEV_NOTSUPP);
    }
}

static void test_long(CryptoDevBackend *backend,
                      const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);
    g_autoptr(Subject) subject = subject_random(backend, capability, rand);
    g_autoptr(Trial) trial =
        digest_trial(subject, LONG_LEN + 5, longest_digest(capability), rand);

    trial_run_all(backend, trial);
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
    g_byte_array_set_size(trial->src, capability->max_len + 1);
    trial_run_all(backend, trial);
}

static void test_short(CryptoDevBackend *backend,
                       const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);
    g_autoptr(Subject) subject = subject_random(backend, capability, rand);
    g_autoptr(Trial) trial = subject_trial(subject, 50, rand);

    trial->status = CRYPTODEV_ERR;
    for (uint32_t len = 0; len < capability->min_len; len++) {
        g_byte_array_set_size(trial->src, len);
        trial_run_all(backend, trial);
    }
}

static void test_bad_keys(CryptoDevBackend *backend,
                          const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);

    for (size_t len = 0; len <= capability->key_max + 9; len++) {
        g_autoptr(GByteArray) key = random_bytes(rand, len);
        CryptoDevSessionParams params = {
            .service = capability->service,
            .algo = capability->algo,
            .key = key->data,
            .key_len = len,
        };

        if (len < capability->key_min || len > capability->key_max ||
            (len - capability->key_min) % capability->key_step) {
            subject_refused(backend, &params, CRYPTODEV_NOTSUPP);
        }
    }
}

/* The inner digest of a nested hash has one length: there is none of SHAKE. */
static void test_nested(CryptoDevBackend *backend,
                        const CryptoDevCapability *capability)
{
    static const size_t prefix_lens[] = {
        0, 1, 63, 64, 65, 128, 136, CRYPTODEV_AUTH_KEY_MAX / 2,
    };
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);
    g_autoptr(GByteArray) key = random_bytes(rand, CRYPTODEV_AUTH_KEY_MAX + 2);
    CryptoDevSessionParams params = {
        .service = CRYPTODEV_SERVICE_HASH,
        .algo = capability->algo,
        .key = key->data,
        .key_len = key->len,
        .digest.nested = true,
    };

    subject_refused(backend, &params, CRYPTODEV_NOTSUPP);
    params.key_len = 64;
    if (is_endless(capability)) {
        subject_refused(backend, &params, CRYPTODEV_NOTSUPP);
        return;
    }
    params.key_len = 63;
    subject_refused(backend, &params, CRYPTODEV_ERR);
    for (size_t i = 0; i < ARRAY_SIZE(prefix_lens); i++) {
        g_autoptr(Subject) subject =
            digest_new(backend, capability, 2 * prefix_lens[i], true, rand);

        check_lens(subject, rand);
    }
}

void add_conformance_digests(const Conformance *conformance)
{
    const struct {
        const char *name;
        ConformanceTest *run;
    } tests[] = {
        { "keys", test_keys },
        { "digest-lengths", test_digest_lens },
        { "bounds", test_bounds },
        { "long", test_long },
        { "short", test_short },
        { "bad-keys", test_bad_keys },
    };

    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        g_autofree char *hash = g_strconcat("hashes/", tests[i].name, NULL);
        g_autofree char *mac = g_strconcat("macs/", tests[i].name, NULL);

        conformance_add_each(conformance, CRYPTODEV_SERVICE_HASH, hash,
                             tests[i].run);
        conformance_add_each(conformance, CRYPTODEV_SERVICE_MAC, mac,
                             tests[i].run);
    }
    conformance_add_those(conformance, CRYPTODEV_SERVICE_MAC, "macs/longest",
                          conformance_has_longest, test_longest);
    conformance_add_each(conformance, CRYPTODEV_SERVICE_HASH, "hashes/nested",
                         test_nested);
}
