/*
 * Threads that use a device at once, synchronously and asynchronously
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "program.h"

#define THREADS 16
#define ROUNDS 15
#define DEPTH 24
#define REAPERS 4      /* which share these requests evenly */
#define SIZE 5000
#define SLOW 4          /* one request of so many takes longer */

/* A thread of those that share a file, or have one of their own */
struct thread {
    pthread_t id;
    int number;
    const char *path;
    struct vcrypto *shared;
};

/* A request in flight, and its result by OpenSSL */
struct flight {
    struct vcrypto_request request;
    unsigned char plain[SIZE];
    unsigned char expected[SIZE + 32];
    unsigned char got[SIZE];
    unsigned char iv[16];
    size_t expected_len;
};

static const unsigned char key[32] = "all the threads have this key.";

static void check_flight(const struct flight *flight, size_t len)
{
    errno = 0;
    CHECK(len == flight->expected_len);
    CHECK(!memcmp(flight->got, flight->expected, len));
}

/* A cipher or a hash, which takes another time */
static void prepare(struct flight *flight, const uint32_t *sessions)
{
    size_t len = 1 + random_up_to(SIZE - 1);
    unsigned char *bytes = random_bytes(len + 16);
    bool hash = !random_up_to(SLOW);

    memcpy(flight->plain, bytes, len);
    memcpy(flight->iv, bytes + len, 16);
    free(bytes);
    flight->request = make_request(sessions[hash], flight->plain, len,
                                   flight->got, hash ? 64 : len);
    if (hash) {
        flight->expected_len = 64;
        CHECK(EVP_Digest(flight->plain, len, flight->expected, NULL,
                         EVP_sha512(), NULL) == 1);
    } else {
        flight->request.iv = vcrypto_pointer(flight->iv);
        flight->request.iv_len = 16;
        flight->expected_len = openssl_cipher(
            "aes-256-ctr", true, key, flight->iv, flight->plain, len,
            flight->expected);
    }
    flight->request.cookie = vcrypto_pointer(flight);
}

static void open_sessions(struct vcrypto *crypto, uint32_t *sessions)
{
    sessions[0] = must(vcrypto_new_cipher(crypto, 4, VCRYPTO_ENCRYPT, key,
                                          sizeof(key)), "aes-ctr");
    sessions[1] = must(vcrypto_new_hash(crypto, 6, 64), "sha512");
}

static void run_synchronous(struct vcrypto *crypto)
{
    struct flight *flight = calloc(1, sizeof(*flight));
    uint32_t sessions[2];

    CHECK(flight);
    open_sessions(crypto, sessions);
    for (int i = 0; i < ROUNDS * DEPTH / 4; i++) {
        ssize_t got;

        prepare(flight, sessions);
        got = vcrypto_run_request(crypto, &flight->request);
        CHECK(got >= 0);
        check_flight(flight, got);
    }
    CHECK(!vcrypto_free_session(crypto, sessions[0]));
    CHECK(!vcrypto_free_session(crypto, sessions[1]));
    free(flight);
}

static void reap(struct vcrypto *crypto, unsigned int wanted)
{
    struct vcrypto_completion completions[DEPTH];
    struct pollfd poller = { .fd = vcrypto_fd(crypto), .events = POLLIN };

    while (wanted) {
        int count;

        CHECK(poll(&poller, 1, 60000) == 1);
        count = vcrypto_reap_requests(crypto, completions, DEPTH, 0);
        CHECK(count >= 0);
        for (int i = 0; i < count; i++) {
            CHECK(!completions[i].error);
            check_flight((void *)(uintptr_t)completions[i].cookie,
                         completions[i].result_len);
        }
        wanted -= count;
    }
}

/* Sessions go before their requests are complete. */
static void run_asynchronous(const char *path)
{
    struct vcrypto *crypto = vcrypto_open(path);
    struct flight *flights = calloc(DEPTH, sizeof(*flights));

    CHECK(crypto && flights);
    for (int round = 0; round < ROUNDS; round++) {
        struct vcrypto_request requests[DEPTH];
        uint32_t sessions[2];

        open_sessions(crypto, sessions);
        for (int i = 0; i < DEPTH; i++) {
            prepare(&flights[i], sessions);
            requests[i] = flights[i].request;
        }
        CHECK(vcrypto_submit_requests(crypto, requests, DEPTH) == DEPTH);
        CHECK(!vcrypto_free_session(crypto, sessions[0]));
        CHECK(!vcrypto_free_session(crypto, sessions[1]));
        reap(crypto, DEPTH);
    }
    vcrypto_close(crypto);
    free(flights);
}

static void *run_thread(void *opaque)
{
    struct thread *thread = opaque;
    cpu_set_t set;

    CPU_ZERO(&set);
    CPU_SET(thread->number / 2 % 2, &set);
    sched_setaffinity(0, sizeof(set), &set);
    if (thread->number % 2) {
        run_asynchronous(thread->path);
    } else {
        run_synchronous(thread->shared);
    }
    return NULL;
}

/* As long as requests are in flight, who waits for one gets one. */
static void *run_reaper(void *opaque)
{
    struct vcrypto_completion completion;
    struct thread *thread = opaque;

    for (int i = 0; i < DEPTH / REAPERS; i++) {
        CHECK(vcrypto_reap_requests(thread->shared, &completion, 1, -1) == 1);
        CHECK(!completion.error);
    }
    return NULL;
}

static void test_reapers(const char *path)
{
    struct vcrypto *crypto = vcrypto_open(path);
    struct flight *flights = calloc(DEPTH, sizeof(*flights));
    struct vcrypto_request requests[DEPTH];
    struct thread threads[REAPERS];
    uint32_t sessions[2];

    CHECK(crypto && flights);
    open_sessions(crypto, sessions);
    for (int i = 0; i < DEPTH; i++) {
        prepare(&flights[i], sessions);
        requests[i] = flights[i].request;
    }
    CHECK(vcrypto_submit_requests(crypto, requests, DEPTH) == DEPTH);
    for (int i = 0; i < REAPERS; i++) {
        threads[i].shared = crypto;
        CHECK(!pthread_create(&threads[i].id, NULL, run_reaper, &threads[i]));
    }
    for (int i = 0; i < REAPERS; i++) {
        CHECK(!pthread_join(threads[i].id, NULL));
    }
    for (int i = 0; i < DEPTH; i++) {
        check_flight(&flights[i], flights[i].expected_len);
    }
    vcrypto_close(crypto);
    free(flights);
}

void test_threads(const char *path)
{
    struct thread threads[THREADS];
    struct vcrypto *shared = vcrypto_open(path);

    CHECK(shared);
    for (int i = 0; i < THREADS; i++) {
        threads[i] = (struct thread) {
            .number = i, .path = path, .shared = shared,
        };
        CHECK(!pthread_create(&threads[i].id, NULL, run_thread, &threads[i]));
    }
    for (int i = 0; i < THREADS; i++) {
        CHECK(!pthread_join(threads[i].id, NULL));
    }
    vcrypto_close(shared);
    test_reapers(path);
    printf("%u\n", THREADS / 2 * ROUNDS * DEPTH * 5 / 4);
}
