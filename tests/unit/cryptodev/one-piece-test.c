/*
 * Tests of AEAD over primitives that take a text in one piece, and that fail
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "backends/cryptodev-gcrypt/primitives.h"
#include "conformance-subject.h"
#include "one-piece-test.h"

typedef enum Step {
    STEP_NONE,
    STEP_START,
    STEP_ADD,
    STEP_ENCRYPT,
    STEP_FINISH,
    STEP_DECRYPT,
    STEPS,
} Step;

static CryptoDevPrimitives primitives;

/* What is to fail once; only tests of a single thread set it. */
static Step failing;

/* What has come of the thread's text */
static __thread struct {
    bool added, encrypted;
} text;

static bool fails(Step step)
{
    if (failing != step) {
        return false;
    }
    failing = STEP_NONE;
    return true;
}

static bool one_piece(CryptoDevAeadAlgo algo)
{
    return true;
}

static bool one_piece_start(CryptoDevAeadState *state,
                            const CryptoDevAead *aead, const uint8_t *iv,
                            size_t iv_len, size_t aad_len, size_t len)
{
    text.added = text.encrypted = false;
    return !fails(STEP_START) &&
           cryptodev_gcrypt_primitives.aead.start(state, aead, iv, iv_len,
                                                  aad_len, len);
}

static bool one_piece_add(CryptoDevAeadState *state, const uint8_t *data,
                          size_t len)
{
    g_assert_cmpint(len, >, 0);
    g_assert_false(text.added);
    text.added = true;
    return !fails(STEP_ADD) &&
           cryptodev_gcrypt_primitives.aead.add(state, data, len);
}

static bool one_piece_encrypt(CryptoDevAeadState *state, uint8_t *dst,
                              const uint8_t *src, size_t len)
{
    g_assert_cmpint(len, >, 0);
    g_assert_false(text.encrypted);
    text.encrypted = true;
    return !fails(STEP_ENCRYPT) &&
           cryptodev_gcrypt_primitives.aead.encrypt(state, dst, src, len);
}

static bool one_piece_finish(CryptoDevAeadState *state,
                             const CryptoDevAead *aead, uint8_t *tag)
{
    return !fails(STEP_FINISH) &&
           cryptodev_gcrypt_primitives.aead.finish(state, aead, tag);
}

static CryptoDevStatus one_piece_decrypt(CryptoDevAeadState *state,
                                         const CryptoDevAead *aead,
                                         uint8_t *bytes, size_t len,
                                         const uint8_t *tag)
{
    return fails(STEP_DECRYPT)
           ? CRYPTODEV_ERR
           : cryptodev_gcrypt_primitives.aead.decrypt(state, aead, bytes, len,
                                                      tag);
}

/*
 * A text that fails writes nothing: here the destination is in pieces, so that
 * it is written at the end.  Only before the tag does it have its ciphertext.
 */
static void check_failure(const Subject *subject, Step step, GRand *rand)
{
    size_t len = step == STEP_FINISH ? 0 : 77;
    size_t iv_len = random_bit(subject->capability->iv_lens, rand);
    g_autoptr(Trial) trial = aead_trial(subject, len, iv_len, 21, rand);
    const Shape pieces = { 10, 10 };

    failing = step;
    trial->status = CRYPTODEV_ERR;
    trial_run(subject->backend, trial, &pieces);
    g_assert_cmpint(failing, ==, STEP_NONE);
    trial->status = CRYPTODEV_OK;
    trial_run(subject->backend, trial, &pieces);
}

/* After each step that fails, the session's next operation is right. */
static void test_failures(CryptoDevBackend *backend,
                          const CryptoDevCapability *capability)
{
    g_autoptr(GRand) rand = g_rand_new_with_seed(capability->algo);
    bool has[2][STEPS] = {
        [false] = {
            [STEP_START] = true, [STEP_ADD] = true, [STEP_DECRYPT] = true,
        },
        [true] = {
            [STEP_START] = true, [STEP_ADD] = true, [STEP_ENCRYPT] = true,
            [STEP_FINISH] = true,
        },
    };

    for (int i = 0; i < 20; i++) {
        g_autoptr(Subject) subject = subject_random(backend, capability, rand);

        for (Step step = STEP_START; step < STEPS; step++) {
            if (has[subject->params.aead.encrypt][step]) {
                check_failure(subject, step, rand);
            }
        }
    }
}

void add_one_piece_tests(const Conformance *conformance)
{
    add_conformance_aead(conformance);
    conformance_add_each(conformance, CRYPTODEV_SERVICE_AEAD, "aead/failures",
                         test_failures);
}

static void one_piece_class_init(ObjectClass *class, void *data)
{
    primitives = cryptodev_gcrypt_primitives;
    primitives.aead.one_piece = one_piece;
    primitives.aead.start = one_piece_start;
    primitives.aead.add = one_piece_add;
    primitives.aead.encrypt = one_piece_encrypt;
    primitives.aead.finish = one_piece_finish;
    primitives.aead.decrypt = one_piece_decrypt;
    CRYPTODEV_BACKEND_CLASS(class)->primitives = &primitives;
}

static const TypeInfo one_piece_types[] = { {
    .name = TYPE_CRYPTODEV_BACKEND_ONE_PIECE,
    .parent = TYPE_CRYPTODEV_BACKEND_GCRYPT,
    .class_init = one_piece_class_init,
} };

DEFINE_TYPES(one_piece_types)
