/*
 * Tests of virtio-crypto: migration of what a backend has not completed
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "libqos/virtio-crypto.h"
#include "held-requests.h"
#include "migration.h"
#include "options.h"
#include "readiness.h"
#include "test-backend.h"

static HeldRequests *start(void *obj, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    HeldRequests *h = held_requests_new(crypto->vdev, alloc, 0, "c0");

    held_requests_create_sessions(h);
    return h;
}

static void pass(QTestState *qts, const char *command)
{
    qtest_qmp_assert_success(qts, "{ 'execute': %s }", command);
}

static void set_ready(HeldRequests *h, bool ready)
{
    test_backend_set_ready(h->d->qts, h->backend, ready);
}

/* Migrates a machine that is stopped, and goes on with the new one. */
static void move(HeldRequests *h, const MigrationTarget *target)
{
    char *dir = migration_dir_new();
    g_autofree char *uri = g_strdup_printf("unix:%s/stream", dir);
    QTestState *qts = migration_target(h->d->qts, target, NULL);

    migration_receive(qts, uri);
    migration_send(h->d->qts, uri);
    migration_wait(h->d->qts, "completed");
    migration_wait(qts, "completed");
    pass(qts, "cont");
    migration_adopt(h->d, qts);
    migration_dir_free(dir);
}

static void check_submitted(HeldRequests *h)
{
    test_backend_await(h->d->qts, h->backend, "submitted", N_HELD);
    g_assert_cmpint(held_requests_count(h), ==, N_HELD);
    test_backend_release(h->d->qts, h->backend, N_HELD);
    held_requests_wait(h);
    g_assert_cmpint(test_backend_count(h->d->qts, h->backend, "sessions"), ==,
                    h->n_sessions);
}

/* The destination runs them all once more, whatever has become of them here. */
static void test_requests(void *obj, void *data, QGuestAllocator *alloc)
{
    HeldRequests *h = start(obj, alloc);

    held_requests_submit(h);
    pass(h->d->qts, "stop");
    move(h, NULL);
    check_submitted(h);

    held_requests_submit(h);
    test_backend_set_cancels(h->d->qts, "c0", false);
    pass(h->d->qts, "stop");
    move(h, NULL);
    check_submitted(h);

    held_requests_submit(h);
    pass(h->d->qts, "stop");
    test_backend_release(h->d->qts, "c0", N_HELD);
    test_backend_await(h->d->qts, "c0", "done", 2 * N_HELD);
    move(h, NULL);
    check_submitted(h);
    held_requests_free(h);
}

/* The source goes on, because nobody has taken the stream. */
static void test_source(void *obj, void *data, QGuestAllocator *alloc)
{
    HeldRequests *h = start(obj, alloc);
    char *dir = migration_dir_new();
    g_autofree char *uri = g_strdup_printf("file:%s/stream", dir);

    held_requests_submit(h);
    pass(h->d->qts, "stop");
    migration_send(h->d->qts, uri);
    migration_wait(h->d->qts, "completed");
    pass(h->d->qts, "cont");
    check_submitted(h);
    held_requests_free(h);
    migration_dir_free(dir);
}

static const MigrationTarget not_ready = { .backend = "ready=off" };

/* Requests and sessions wait for the destination's backend, and go further. */
static void test_not_ready(void *obj, void *data, QGuestAllocator *alloc)
{
    HeldRequests *h = start(obj, alloc);

    held_requests_submit(h);
    pass(h->d->qts, "stop");
    move(h, &not_ready);
    readiness_check_told(h->d, false);
    g_assert_cmpint(test_backend_count(h->d->qts, "c0", "submitted"), ==, 0);
    g_assert_cmpint(held_requests_count(h), ==, N_HELD);

    pass(h->d->qts, "stop");
    move(h, NULL);
    readiness_check_silent(h->d, false);
    g_assert_cmpint(test_backend_count(h->d->qts, "c0", "submitted"), ==, 0);
    set_ready(h, true);
    readiness_check_told(h->d, true);
    check_submitted(h);
    held_requests_free(h);
}

/* The driver is told where the destination is ready and the source was not. */
static void test_ready(void *obj, void *data, QGuestAllocator *alloc)
{
    HeldRequests *h = start(obj, alloc);

    pass(h->d->qts, "stop");
    move(h, NULL);
    readiness_check_silent(h->d, true);

    set_ready(h, false);
    readiness_check_told(h->d, false);
    held_requests_enqueue(h);
    pass(h->d->qts, "stop");
    move(h, NULL);
    readiness_check_told(h->d, true);
    check_submitted(h);

    /* It was not told of this. */
    pass(h->d->qts, "stop");
    set_ready(h, false);
    move(h, NULL);
    readiness_check_silent(h->d, true);
    held_requests_free(h);
}

static const CryptoOptions holding = {
    .backend = "mode=hold", .test_backend = true,
};

static void register_tests(void)
{
    add_crypto_test_both("backend/migration", test_requests, &holding);
    add_crypto_test_both("backend/migration-source", test_source, &holding);
    add_crypto_test_both("ready/migration-not-ready", test_not_ready,
                         &holding);
    add_crypto_test_both("ready/migration-ready", test_ready, &holding);
}

libqos_init(register_tests);
