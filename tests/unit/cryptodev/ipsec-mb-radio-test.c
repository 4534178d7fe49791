/*
 * Tests of the ipsec-mb backend: the algorithms of mobile networks
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/units.h"
#include "standard-headers/linux/virtio_crypto.h"
#include "../../qtest/virtio-crypto/known.h"
#include "../../qtest/virtio-crypto/radio-reference.h"
#include "../../qtest/virtio-crypto/rsp.h"
#include "backends/cryptodev-ipsec-mb/cost.h"
#include "backends/cryptodev-ipsec-mb/radio-self-test.h"
#include "conformance-subject.h"
#include "ipsec-mb-radio-test.h"
#include "ipsec-mb-test.h"

/* Where each operation has other pieces, all of them are copied. */
static const Shape pieces = { 4096, 1000 };

static Subject *make_subject(CryptoDevBackend *backend,
                             CryptodevService service, uint32_t algo)
{
    static const uint8_t key[16] = "a key of sixteen";
    CryptoDevSessionParams params = {
        .service = service,
        .algo = algo,
        .key = key,
        .key_len = sizeof(key),
    };

    if (service == CRYPTODEV_SERVICE_CIPHER) {
        params.cipher.encrypt = true;
    }
    return subject_new(backend, &params);
}

static void run_lens(const Subject *subject, const size_t *lens, size_t n,
                     const Shape *shape)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(n);
    g_autofree CryptoDevOp *ops = g_new(CryptoDevOp, n);
    g_autofree Trial **trials = g_new(Trial *, n);
    g_autofree Attempt **attempts = g_new(Attempt *, n);

    for (size_t i = 0; i < n; i++) {
        trials[i] = subject_trial(subject, lens[i], rand);
        attempts[i] = attempt_new(trials[i], shape, &ops[i]);
    }
    run_ops(subject->backend, ops, n);
    for (size_t i = 0; i < n; i++) {
        attempt_finish(attempts[i], &ops[i]);
        trial_free(trials[i]);
    }
}

/* Copies that have no room together, and some that have none at all */
static void test_room(CryptoDevBackend *backend,
                      const CryptoDevCapability *none)
{
    static const size_t lens[][6] = {
        { 400 * KiB, 400 * KiB, 400 * KiB, 400 * KiB, 400 * KiB, 400 * KiB },
        { 1000, 2 * MiB, 1000, 1500 * KiB, 1500 * KiB, 0 },
    };
    g_autoptr(Subject) cipher =
        make_subject(backend, CRYPTODEV_SERVICE_CIPHER,
                     CRYPTODEV_CIPHER_SNOW3G_UEA2);
    g_autoptr(Subject) mac =
        make_subject(backend, CRYPTODEV_SERVICE_MAC,
                     CRYPTODEV_MAC_SNOW3G_UIA2);

    for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
        run_lens(cipher, lens[i], ARRAY_SIZE(lens[i]), &pieces);
        run_lens(cipher, lens[i], 1, &pieces);
        run_lens(mac, lens[i], ARRAY_SIZE(lens[i]), &pieces);
        run_lens(mac, lens[i], 1, &pieces);
    }
}

/* Any number of texts at once, the longest ones among them */
static void test_counts(CryptoDevBackend *backend,
                        const CryptoDevCapability *none)
{
    static const struct {
        CryptodevService service;
        uint32_t algo;
    } algos[] = {
        { CRYPTODEV_SERVICE_CIPHER, CRYPTODEV_CIPHER_SNOW3G_UEA2 },
        { CRYPTODEV_SERVICE_CIPHER, CRYPTODEV_CIPHER_ZUC_EEA3 },
        { CRYPTODEV_SERVICE_CIPHER, CRYPTODEV_CIPHER_KASUMI_F8 },
        { CRYPTODEV_SERVICE_MAC, CRYPTODEV_MAC_SNOW3G_UIA2 },
        { CRYPTODEV_SERVICE_MAC, CRYPTODEV_MAC_ZUC_EIA3 },
        { CRYPTODEV_SERVICE_MAC, CRYPTODEV_MAC_KASUMI_F9 },
    };
    size_t lens[64];

    for (size_t i = 0; i < ARRAY_SIZE(lens); i++) {
        lens[i] = i % 5 ? i * 131 % 400 : 8188;
    }
    for (size_t i = 0; i < ARRAY_SIZE(algos); i++) {
        g_autoptr(Subject) subject =
            make_subject(backend, algos[i].service, algos[i].algo);

        for (size_t n = 1; n <= ARRAY_SIZE(lens); n += n < 20 ? 1 : 11) {
            run_lens(subject, lens, n, &shapes[0]);
            run_lens(subject, lens, n, &pieces);
        }
    }
}

/* The reference by itself: the backend has no messages that end in a byte. */
static void test_known_macs(CryptoDevBackend *backend,
                            const CryptoDevCapability *none)
{
    const KnownMac *known = radio_mac_answers;

    for (; known->key; known++) {
        g_autoptr(GByteArray) key = hex_to_bytes(known->key);
        g_autoptr(GByteArray) vector = hex_to_bytes(known->vector);
        g_autoptr(GByteArray) message = hex_to_bytes(known->message);
        g_autoptr(GByteArray) right = hex_to_bytes(known->mac);
        uint8_t mac[4];

        if (known->algo == VIRTIO_CRYPTO_MAC_KASUMI_F9) {
            kasumi_f9(key->data, message->len, mac, message->data);
        } else {
            (known->algo == VIRTIO_CRYPTO_MAC_SNOW3G_UIA2 ? snow3g_uia2
                                                          : zuc_eia3)
                (key->data, vector->data, known->bits, mac, message->data);
        }
        g_assert_cmpmem(mac, sizeof(mac), right->data, right->len);
    }
}

static snow3g_f8_n_buffer_multikey_t right_snow3g;
static zuc_eea3_n_buffer_t right_zuc;
static kasumi_f8_1_buffer_t right_kasumi;

static void wrong_snow3g(const snow3g_key_schedule_t *const keys[],
                         const void *const vectors[],
                         const void *const srcs[], void *dsts[],
                         const uint32_t lens[], const uint32_t n)
{
    right_snow3g(keys, vectors, srcs, dsts, lens, n);
    ((uint8_t *)dsts[n - 1])[0] ^= n == 16;
}

/* Behind the text is a byte that must not change. */
static void wrong_zuc(const void *const *keys, const void *const *vectors,
                      const void *const *srcs, void **dsts,
                      const uint32_t *lens, const uint32_t n)
{
    right_zuc(keys, vectors, srcs, dsts, lens, n);
    ((uint8_t *)dsts[0])[lens[0]] ^= 1;
}

static void wrong_kasumi(const kasumi_key_sched_t *key, const uint64_t vector,
                         const void *src, void *dst, const uint32_t len)
{
    right_kasumi(key, vector ^ 1, src, dst, len);
}

static zuc_eia3_n_buffer_t right_eia3;

static void wrong_eia3(const void *const *keys, const void *const *vectors,
                       const void *const *srcs, const uint32_t *bits,
                       uint32_t **tags, const uint32_t n)
{
    right_eia3(keys, vectors, srcs, bits, tags, n);
    *tags[n / 2] ^= n == 7;
}

/* A MAC that is more than there is room for */
static void wrong_uia2(const snow3g_key_schedule_t *key, const void *vector,
                       const void *src, const uint64_t bits, void *mac)
{
    memset(mac, 0, 5);
}

static void wrong_f9(const kasumi_key_sched_t *key, const void *src,
                     const uint32_t len, void *mac)
{
}

static void test_mac_faults(CryptoDevBackend *backend,
                            const CryptoDevCapability *none)
{
    IMB_MGR *manager = cryptodev_mb_manager_new();
    uint64_t sound = MAKE_64BIT_MASK(0, CRYPTODEV_MB_KINDS);

    right_eia3 = manager->eia3_n_buffer;
    manager->eia3_n_buffer = wrong_eia3;
    sound &= ~BIT_ULL(CRYPTODEV_MB_ZUC_EIA3);
    g_assert_cmphex(cryptodev_mb_radio_self_test(manager), ==, sound);
    manager->snow3g_f9_1_buffer = wrong_uia2;
    manager->f9_1_buffer = wrong_f9;
    sound &= ~BIT_ULL(CRYPTODEV_MB_SNOW3G_UIA2);
    sound &= ~BIT_ULL(CRYPTODEV_MB_KASUMI_F9);
    g_assert_cmphex(cryptodev_mb_radio_self_test(manager), ==, sound);
    cryptodev_mb_manager_free(manager);
}

static void test_cipher_faults(CryptoDevBackend *backend,
                               const CryptoDevCapability *none)
{
    IMB_MGR *manager = cryptodev_mb_manager_new();
    uint64_t all = MAKE_64BIT_MASK(0, CRYPTODEV_MB_KINDS);
    uint64_t sound = all;

    g_assert_cmphex(cryptodev_mb_radio_self_test(manager), ==, all);
    right_snow3g = manager->snow3g_f8_n_buffer_multikey;
    manager->snow3g_f8_n_buffer_multikey = wrong_snow3g;
    sound &= ~BIT_ULL(CRYPTODEV_MB_SNOW3G_UEA2);
    g_assert_cmphex(cryptodev_mb_radio_self_test(manager), ==, sound);
    right_zuc = manager->eea3_n_buffer;
    manager->eea3_n_buffer = wrong_zuc;
    sound &= ~BIT_ULL(CRYPTODEV_MB_ZUC_EEA3);
    g_assert_cmphex(cryptodev_mb_radio_self_test(manager), ==, sound);
    right_kasumi = manager->f8_1_buffer;
    manager->f8_1_buffer = wrong_kasumi;
    sound &= ~BIT_ULL(CRYPTODEV_MB_KASUMI_F8);
    g_assert_cmphex(cryptodev_mb_radio_self_test(manager), ==, sound);
    cryptodev_mb_manager_free(manager);
}

void add_ipsec_mb_radio_tests(const Conformance *conformance)
{
    ipsec_mb_add(conformance, "radio/cipher-faults", test_cipher_faults);
    ipsec_mb_add(conformance, "radio/mac-faults", test_mac_faults);
    ipsec_mb_add(conformance, "radio/known-macs", test_known_macs);
    ipsec_mb_add(conformance, "radio/room", test_room);
    ipsec_mb_add(conformance, "radio/counts", test_counts);
}
