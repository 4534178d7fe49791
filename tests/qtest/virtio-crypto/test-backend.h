/*
 * The backend for tests, which they control through QOM properties
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_TEST_BACKEND_H
#define TESTS_VIRTIO_CRYPTO_TEST_BACKEND_H

#include "libqtest.h"

#define TEST_BACKEND "cryptodev-backend-test"

/*
 * Set one of its properties: @mode is "run", "submit", "thread" or "hold", as
 * in qapi/qom.json
 */
void test_backend_set_mode(QTestState *qts, const char *id, const char *mode);
void test_backend_set_ready(QTestState *qts, const char *id, bool ready);
/* Whether tasks that are held can be cancelled, or seem to run */
void test_backend_set_cancels(QTestState *qts, const char *id, bool cancels);

/* Completes @n of the tasks that are held, or the last ones if @n < 0 */
void test_backend_release(QTestState *qts, const char *id, int n);

/*
 * One of its counters: "submitted", "cancelled", "done", "run", "states" or
 * "sessions"
 */
unsigned int test_backend_count(QTestState *qts, const char *id,
                                const char *counter);
/* Waits until a counter is @n */
void test_backend_await(QTestState *qts, const char *id, const char *counter,
                        unsigned int n);

#endif
