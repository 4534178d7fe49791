/*
 * Threads that ask a device's file for whatever comes to mind
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>

#include "program.h"

#define THREADS 8
#define SECONDS 3
#define MEMORY (256 << 10)
#define COMMANDS 7

union command {
    uint32_t words[64];
    struct vcrypto_info info;
    struct vcrypto_session session;
    struct vcrypto_destroy destroy;
    struct vcrypto_request request;
    struct vcrypto_submit submit;
    struct vcrypto_reap reap;
};

struct hammer {
    pthread_t id;
    struct vcrypto *crypto;
    unsigned int seed;
    unsigned int done;
    unsigned int good;
};

/* All threads write there, also while the kernel reads. */
static unsigned char memory[MEMORY];

static uint32_t pick(struct hammer *hammer, uint32_t limit)
{
    return rand_r(&hammer->seed) % limit;
}

static uint64_t pick_pointer(struct hammer *hammer)
{
    return vcrypto_pointer(memory + pick(hammer, MEMORY / 2));
}

static void make_session(struct hammer *hammer,
                         struct vcrypto_session *session)
{
    bool chain = !pick(hammer, 4);

    *session = (struct vcrypto_session) {
        .size = sizeof(*session),
        .service = 1 + pick(hammer, 6),
        .algorithm = 1 + pick(hammer, 14),
        .direction = pick(hammer, 3),
        .order = chain ? 1 + pick(hammer, 2) : 0,
        .hash_mode = pick(hammer, 4),
        .hash = chain ? 1 + pick(hammer, 12) : 0,
        .tag_len = pick(hammer, 3) * 16,
        .key_len = 8 * pick(hammer, 9),
        .auth_key_len = chain ? 20 : 0,
        .key = pick_pointer(hammer),
        .auth_key = pick_pointer(hammer),
    };
    if (pick(hammer, 3)) {
        session->service = VCRYPTO_CIPHER;
        session->algorithm = 2 + pick(hammer, 3);
        session->direction = 1 + pick(hammer, 2);
        session->order = session->hash_mode = session->hash = 0;
        session->tag_len = session->auth_key_len = 0;
        session->key_len = 16;
    }
}

static void make_hammer_request(struct hammer *hammer,
                                struct vcrypto_request *request)
{
    uint32_t len = 16 * pick(hammer, pick(hammer, 8) ? 100 : 5000);

    *request = (struct vcrypto_request) {
        .size = sizeof(*request),
        .session = 1 + pick(hammer, 300),
        .cookie = pick(hammer, 1000),
        .iv = pick_pointer(hammer),
        .src = pick_pointer(hammer),
        .dst = pick_pointer(hammer),
        .iv_len = 16 * pick(hammer, 2),
        .src_len = len,
        .dst_len = len + 16 * pick(hammer, 5),
    };
}

static void make_command(struct hammer *hammer, uint32_t number,
                         union command *command)
{
    static const uint32_t values[] = {
        0, 1, 2, 4, 15, 16, 17, 64, 4096, 65535, 65536, 1 << 20,
        (1 << 20) + 1, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff,
    };
    struct vcrypto_request *requests = (void *)memory;

    memset(command, 0, sizeof(*command));
    command->words[0] = sizeof(*command);
    switch (number) {
    case 1:
        make_session(hammer, &command->session);
        break;
    case 2:
        command->destroy.size = sizeof(command->destroy);
        command->destroy.id = pick(hammer, 300);
        break;
    case 3:
        make_hammer_request(hammer, &command->request);
        break;
    case 4:
        for (uint32_t i = 0; i < 8; i++) {
            make_hammer_request(hammer, &requests[i]);
        }
        command->submit.size = sizeof(command->submit);
        command->submit.count = pick(hammer, 9);
        command->submit.requests = vcrypto_pointer(memory);
        command->submit.stride = sizeof(requests[0]);
        break;
    case 5:
        command->reap.size = sizeof(command->reap);
        command->reap.count = pick(hammer, 50);
        command->reap.completions = pick_pointer(hammer);
        command->reap.timeout = pick(hammer, 3);
        command->reap.stride = sizeof(struct vcrypto_completion);
        break;
    }
    while (!pick(hammer, 3)) {
        command->words[pick(hammer, 24)] =
            values[pick(hammer, sizeof(values) / sizeof(values[0]))];
    }
}

static void *run_hammer(void *opaque)
{
    struct hammer *hammer = opaque;
    time_t end = time(NULL) + SECONDS;

    while (time(NULL) < end) {
        uint32_t number = pick(hammer, COMMANDS);
        union command command;

        make_command(hammer, number, &command);
        hammer->good += ioctl(vcrypto_fd(hammer->crypto),
                              _IO(VCRYPTO_IOC, number), &command) >= 0;
        hammer->done++;
    }
    return NULL;
}

void test_hammer(const char *path)
{
    struct hammer hammers[THREADS];
    struct vcrypto *shared = vcrypto_open(path);
    unsigned int done = 0, good = 0;

    CHECK(shared);
    for (unsigned int i = 0; i < THREADS; i++) {
        hammers[i] = (struct hammer) {
            .crypto = i % 2 ? shared : vcrypto_open(path),
            .seed = time(NULL) + i,
        };
        CHECK(hammers[i].crypto);
        CHECK(!pthread_create(&hammers[i].id, NULL, run_hammer, &hammers[i]));
    }
    puts("hammering");
    fflush(stdout);
    for (unsigned int i = 0; i < THREADS; i++) {
        CHECK(!pthread_join(hammers[i].id, NULL));
        done += hammers[i].done;
        good += hammers[i].good;
    }
    CHECK(good);
    printf("%u %u\n", done, good);
}
