/*
 * Conformance of backends: many operations at once
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "conformance.h"
#include "conformance-subject.h"

#define BATCH 64
#define ROUNDS 30
/* More than any backend has at once, which it must cut */
#define LONG_BATCH 200
#define LEN_MAX 3000

/* Two sessions of each symmetric algorithm */
static GPtrArray *make_subjects(CryptoDevBackend *backend, GRand *rand)
{
    GPtrArray *subjects =
        g_ptr_array_new_with_free_func((GDestroyNotify)subject_free);
    const CryptoDevCapability *capability;
    guint i = 0;

    while ((capability = cryptodev_backend_next(backend, &i))) {
        switch (capability->service) {
        case CRYPTODEV_SERVICE_CIPHER:
        case CRYPTODEV_SERVICE_HASH:
        case CRYPTODEV_SERVICE_MAC:
        case CRYPTODEV_SERVICE_AEAD:
            g_ptr_array_add(subjects,
                            subject_random(backend, capability, rand));
            g_ptr_array_add(subjects,
                            subject_random(backend, capability, rand));
            break;
        default:
            break;
        }
    }
    return subjects;
}

/* Make a trial one that must fail, without touching what it points to. */
static void spoil(Trial *trial, GRand *rand)
{
    trial->status = CRYPTODEV_ERR;
    switch (g_rand_int_range(rand, 0, 3)) {
    case 0:
        trial->type = CRYPTODEV_OP_SIGN;
        break;
    case 1:
        g_byte_array_set_size(trial->iv, 0);
        g_byte_array_append(trial->iv, (const uint8_t *)"", 1);
        break;
    default:
        trial->type = CRYPTODEV_OP_DIGEST + 1;
        break;
    }
}

/* Flip a bit of what is to be authentic. */
static void forge(const Subject *subject, Trial *trial)
{
    if (subject->capability->service == CRYPTODEV_SERVICE_AEAD &&
        !subject->params.aead.encrypt) {
        trial->src->data[trial->src->len - 1] ^= 1;
        trial->status = CRYPTODEV_BADMSG;
    }
}

static Trial *make_trial(GPtrArray *subjects, GRand *rand)
{
    const Subject *subject =
        subjects->pdata[g_rand_int_range(rand, 0, subjects->len)];
    size_t max = g_rand_int_range(rand, 0, 4) ? 100 : LEN_MAX;
    Trial *trial = subject_trial(subject, random_len(rand, 0, max), rand);

    switch (g_rand_int_range(rand, 0, 8)) {
    case 0:
        spoil(trial, rand);
        break;
    case 1:
        forge(subject, trial);
        break;
    default:
        break;
    }
    return trial;
}

/* Run trials at once: each is as if it were alone. */
static void check_batch(CryptoDevBackend *backend, GPtrArray *subjects,
                        size_t n, GRand *rand)
{
    g_autoptr(GPtrArray) trials =
        g_ptr_array_new_with_free_func((GDestroyNotify)trial_free);
    g_autofree CryptoDevOp *ops = g_new(CryptoDevOp, n);
    g_autofree Attempt **attempts = g_new(Attempt *, n);

    for (size_t i = 0; i < n; i++) {
        Trial *trial = make_trial(subjects, rand);

        g_ptr_array_add(trials, trial);
        attempts[i] = attempt_new(trial, shape_random(rand), &ops[i]);
    }
    run_ops(backend, ops, n);
    for (size_t i = 0; i < n; i++) {
        attempt_finish(attempts[i], &ops[i]);
    }
}

static void test_mixed(CryptoDevBackend *backend,
                       const CryptoDevCapability *none)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(64);
    g_autoptr(GPtrArray) subjects = make_subjects(backend, rand);

    for (int i = 0; i < ROUNDS && !g_test_failed(); i++) {
        check_batch(backend, subjects, BATCH, rand);
    }
}

static void test_sizes(CryptoDevBackend *backend,
                       const CryptoDevCapability *none)
{
    static const size_t sizes[] = { 0, 1, 2, 63, 65, 128, LONG_BATCH };
    g_autoptr(GRand) rand = g_rand_new_with_seed(65);
    g_autoptr(GPtrArray) subjects = make_subjects(backend, rand);

    for (size_t i = 0; i < ARRAY_SIZE(sizes); i++) {
        check_batch(backend, subjects, sizes[i], rand);
    }
}

/* A whole batch of one session */
static void test_same(CryptoDevBackend *backend,
                      const CryptoDevCapability *none)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(66);
    g_autoptr(GPtrArray) subjects = make_subjects(backend, rand);

    for (guint i = 0; i < subjects->len; i++) {
        g_autoptr(GPtrArray) one = g_ptr_array_new();

        g_ptr_array_add(one, subjects->pdata[i]);
        check_batch(backend, one, BATCH, rand);
    }
}

void add_conformance_batches(const Conformance *conformance)
{
    conformance_add(conformance, NULL, "batches/mixed", test_mixed);
    conformance_add(conformance, NULL, "batches/sizes", test_sizes);
    conformance_add(conformance, NULL, "batches/same", test_same);
}
