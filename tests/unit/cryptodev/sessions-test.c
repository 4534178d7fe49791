/*
 * The device's table of sessions: references that are taken ahead
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "block/aio.h"
#include "qemu/main-loop.h"
#include "compute-run.h"
#include "hw/virtio/crypto/sessions.h"
#include "made-up-backend.h"

/* More than are taken ahead at a time, and twice */
#define ROW_MAX (2 * VIRTIO_CRYPTO_REFS_AHEAD + 5)

typedef struct SessionsTest {
    CryptoDevBackend *backend;
    VirtIOCryptoSessions *sessions;
    VirtIOCryptoSessionRefs refs;
} SessionsTest;

static SessionsTest *begin(uint32_t size)
{
    SessionsTest *test = g_new0(SessionsTest, 1);

    test->backend = made_up_new(TYPE_CRYPTODEV_BACKEND_MADE_UP, NULL);
    test->sessions = virtio_crypto_sessions_new(test->backend, size);
    test->refs.sessions = test->sessions;
    return test;
}

static int count(const SessionsTest *test)
{
    return CRYPTODEV_BACKEND_MADE_UP(test->backend)->sessions;
}

static void end(SessionsTest *test)
{
    virtio_crypto_session_refs_end(&test->refs);
    virtio_crypto_sessions_clear(test->sessions);
    g_assert_true(virtio_crypto_sessions_purge(test->sessions, INT64_MAX));
    g_assert_cmpint(count(test), ==, 0);
    virtio_crypto_sessions_unref(test->sessions);
    while (qatomic_read(&OBJECT(test->backend)->ref) > 1) {
        aio_poll(qemu_get_aio_context(), false);
    }
    made_up_free(test->backend);
    g_free(test);
}

/* Add a session; returns its id. */
static uint64_t add(SessionsTest *test)
{
    const CryptoDevSessionParams params = {
        .service = CRYPTODEV_SERVICE_HASH, .algo = CRYPTODEV_HASH_SHA1,
    };
    CryptoDevSession *session;

    g_assert_false(virtio_crypto_sessions_full(test->sessions));
    g_assert_cmpint(cryptodev_backend_create_session(test->backend, &params,
                                                     &session), ==,
                    CRYPTODEV_OK);
    return virtio_crypto_sessions_add(test->sessions, session,
                                      virtio_crypto_params_copy(&params));
}

static void use(SessionsTest *test, uint64_t id, unsigned int n)
{
    for (unsigned int i = 0; i < n; i++) {
        g_assert_nonnull(virtio_crypto_session_refs_get(&test->refs, id));
    }
}

static void use_end(SessionsTest *test, uint64_t id, unsigned int n)
{
    const VirtIOCryptoSessionUse use = {
        .sessions = test->sessions, .id = id,
    };

    virtio_crypto_session_use_end(&use, n);
}

/* However many requests there are in a row, none leaves a reference behind. */
static void test_row(void)
{
    SessionsTest *test = begin(1);

    for (unsigned int n = 1; n <= ROW_MAX; n++) {
        uint64_t id = add(test);

        use(test, id, n);
        virtio_crypto_session_refs_end(&test->refs);
        use_end(test, id, n - 1);
        virtio_crypto_sessions_remove(test->sessions, id);
        g_assert_cmpint(count(test), ==, 1);
        g_assert_true(virtio_crypto_sessions_full(test->sessions));
        use_end(test, id, 1);
        g_assert_cmpint(count(test), ==, 0);
    }
    end(test);
}

/* A session that is removed within a row is not found for the rest of it. */
static void test_removed(void)
{
    SessionsTest *test = begin(1);

    for (unsigned int n = 1; n <= ROW_MAX; n++) {
        uint64_t id = add(test);

        use(test, id, n);
        virtio_crypto_sessions_remove(test->sessions, id);
        for (int i = 0; i < 5; i++) {
            g_assert_null(virtio_crypto_session_refs_get(&test->refs, id));
        }
        virtio_crypto_session_refs_end(&test->refs);
        g_assert_cmpint(count(test), ==, 1);
        use_end(test, id, n);
        g_assert_cmpint(count(test), ==, 0);
    }
    end(test);
}

/* Likewise one that is cleared, which has its place until it is purged. */
static void test_cleared(void)
{
    SessionsTest *test = begin(1);
    uint64_t id = add(test);

    use(test, id, 3);
    virtio_crypto_sessions_clear(test->sessions);
    g_assert_null(virtio_crypto_session_refs_get(&test->refs, id));
    virtio_crypto_session_refs_end(&test->refs);
    use_end(test, id, 3);
    g_assert_cmpint(count(test), ==, 1);
    end(test);
}

/* Another session ends a row; the second one of a pair takes nothing ahead. */
static void test_pairs(void)
{
    SessionsTest *test = begin(2);
    uint64_t ids[] = { add(test), add(test) };

    for (int i = 0; i < 10; i++) {
        use(test, ids[i % 2], 2);
        use_end(test, ids[i % 2], 2);
    }
    virtio_crypto_sessions_remove(test->sessions, ids[1]);
    g_assert_cmpint(count(test), ==, 1);
    use(test, ids[0], 5);
    use_end(test, ids[0], 5);
    /* What was taken ahead keeps it, until another id is asked for. */
    virtio_crypto_sessions_remove(test->sessions, ids[0]);
    g_assert_cmpint(count(test), ==, 1);
    g_assert_null(virtio_crypto_session_refs_get(&test->refs, ids[1]));
    g_assert_cmpint(count(test), ==, 0);
    end(test);
}

/* Ids that no session has, again and again */
static void test_unknown(void)
{
    SessionsTest *test = begin(1);
    uint64_t id = add(test);
    const uint64_t others[] = { 0, id + 1, id + 0x10000, UINT64_MAX };

    for (size_t i = 0; i < ARRAY_SIZE(others); i++) {
        use(test, id, 4);
        for (int k = 0; k < 5; k++) {
            g_assert_null(virtio_crypto_session_refs_get(&test->refs,
                                                         others[i]));
        }
        use(test, id, 4);
        use_end(test, id, 8);
    }
    virtio_crypto_session_refs_end(&test->refs);
    virtio_crypto_sessions_remove(test->sessions, id);
    g_assert_cmpint(count(test), ==, 0);
    end(test);
}

void add_sessions_tests(void)
{
    g_test_add_func("/cryptodev/sessions/row", test_row);
    g_test_add_func("/cryptodev/sessions/removed", test_removed);
    g_test_add_func("/cryptodev/sessions/cleared", test_cleared);
    g_test_add_func("/cryptodev/sessions/pairs", test_pairs);
    g_test_add_func("/cryptodev/sessions/unknown", test_unknown);
}
