/*
 * The backend for tests, which they control through QOM properties
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qobject/qdict.h"
#include "test-backend.h"

#define PATIENCE_US (60 * G_USEC_PER_SEC)
#define POLL_US     1000

static char *path_of(const char *id)
{
    return g_strconcat("/objects/", id, NULL);
}

static void set_bool(QTestState *qts, const char *id, const char *property,
                     bool value)
{
    g_autofree char *path = path_of(id);

    qtest_qmp_assert_success(qts,
        "{ 'execute': 'qom-set', 'arguments': {"
        "  'path': %s, 'property': %s, 'value': %i } }",
        path, property, value);
}

void test_backend_set_mode(QTestState *qts, const char *id, const char *mode)
{
    g_autofree char *path = path_of(id);

    qtest_qmp_assert_success(qts,
        "{ 'execute': 'qom-set', 'arguments': {"
        "  'path': %s, 'property': 'mode', 'value': %s } }", path, mode);
}

void test_backend_set_ready(QTestState *qts, const char *id, bool ready)
{
    set_bool(qts, id, "ready", ready);
}

void test_backend_set_cancels(QTestState *qts, const char *id, bool cancels)
{
    set_bool(qts, id, "cancels", cancels);
}

void test_backend_release(QTestState *qts, const char *id, int n)
{
    g_autofree char *path = path_of(id);

    qtest_qmp_assert_success(qts,
        "{ 'execute': 'qom-set', 'arguments': {"
        "  'path': %s, 'property': 'release', 'value': %d } }", path, n);
}

unsigned int test_backend_count(QTestState *qts, const char *id,
                                const char *counter)
{
    g_autofree char *path = path_of(id);
    QDict *answer = qtest_qmp(qts,
        "{ 'execute': 'qom-get', 'arguments': {"
        "  'path': %s, 'property': %s } }", path, counter);
    unsigned int n = qdict_get_int(answer, "return");

    qobject_unref(answer);
    return n;
}

void test_backend_await(QTestState *qts, const char *id, const char *counter,
                        unsigned int n)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;

    while (test_backend_count(qts, id, counter) != n) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        g_usleep(POLL_US);
    }
}
