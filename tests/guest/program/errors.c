/*
 * What a device's file refuses
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include "program.h"

#define BAD ((void *)16)
#define SESSIONS 256            /* the module's default quotas */
#define REQUESTS 1024
#define DATA_MAX (1 << 20)

static unsigned int count;

#define EXPECT(error, call) \
    do { \
        errno = 0; \
        count++; \
        if ((call) != -1 || errno != (error)) { \
            fail("%s:%d: no " #error, __FILE__, __LINE__); \
        } \
    } while (0)

static int fd;
static uint32_t cipher;
static unsigned char data[64];

static struct vcrypto_session good_session(void)
{
    struct vcrypto_session session = {
        .size = sizeof(session),
        .service = VCRYPTO_CIPHER,
        .algorithm = 3,
        .direction = VCRYPTO_ENCRYPT,
        .key = vcrypto_pointer(data),
        .key_len = 16,
    };

    return session;
}

static struct vcrypto_request good_request(void)
{
    struct vcrypto_request request = make_request(cipher, data, 32, data, 32);

    request.size = sizeof(request);
    request.iv = vcrypto_pointer(data);
    request.iv_len = 16;
    return request;
}

/* A good session of which one field has a bad value */
#define BAD_SESSION(error, field, value) \
    do { \
        struct vcrypto_session session = good_session(); \
        session.field = (value); \
        EXPECT(error, ioctl(fd, VCRYPTO_CREATE, &session)); \
    } while (0)

#define BAD_REQUEST(error, field, value) \
    do { \
        struct vcrypto_request request = good_request(); \
        request.field = (value); \
        EXPECT(error, ioctl(fd, VCRYPTO_RUN, &request)); \
    } while (0)

static void test_sessions(void)
{
    EXPECT(EFAULT, ioctl(fd, VCRYPTO_CREATE, BAD));
    EXPECT(EFAULT, ioctl(fd, VCRYPTO_DESTROY, NULL));
    BAD_SESSION(EINVAL, size, 0);
    BAD_SESSION(EINVAL, size, 3);
    BAD_SESSION(EINVAL, size, sizeof(struct vcrypto_session) - 8);
    BAD_SESSION(E2BIG, size, 1 << 20);
    BAD_SESSION(E2BIG, size, UINT32_MAX);
    BAD_SESSION(EINVAL, flags, 1);
    BAD_SESSION(EINVAL, id, 1);
    BAD_SESSION(EINVAL, service, 0);
    BAD_SESSION(EINVAL, service, 7);
    BAD_SESSION(EINVAL, service, UINT32_MAX);
    BAD_SESSION(EINVAL, algorithm, 0);
    BAD_SESSION(EINVAL, algorithm, 64);
    BAD_SESSION(EOPNOTSUPP, algorithm, 63);
    BAD_SESSION(EINVAL, direction, 0);
    BAD_SESSION(EINVAL, direction, 3);
    BAD_SESSION(EINVAL, order, 3);
    BAD_SESSION(EINVAL, order, 1);
    BAD_SESSION(EINVAL, hash_mode, 1);
    BAD_SESSION(EINVAL, hash, 1);
    BAD_SESSION(EINVAL, tag_len, 16);
    BAD_SESSION(EINVAL, padding, 1);
    BAD_SESSION(EINVAL, curve, 1);
    BAD_SESSION(EINVAL, key_len, 8193);
    BAD_SESSION(EINVAL, key_len, UINT32_MAX);
    BAD_SESSION(EINVAL, auth_key_len, 1);
    BAD_SESSION(EFAULT, key, 16);
    BAD_SESSION(EFAULT, key, UINT64_MAX - 7);
}

/* A structure that is longer than the kernel's */
static void test_growth(void)
{
    struct {
        struct vcrypto_session session;
        uint32_t more[2];
    } longer = { good_session(), { 0, 0 } };

    longer.session.size = sizeof(longer);
    CHECK(!ioctl(fd, VCRYPTO_CREATE, &longer));
    cipher = longer.session.id;
    CHECK(cipher);
    longer.session.id = 0;
    longer.more[1] = 1;
    EXPECT(E2BIG, ioctl(fd, VCRYPTO_CREATE, &longer));
}

static void test_requests(void)
{
    EXPECT(EFAULT, ioctl(fd, VCRYPTO_RUN, BAD));
    EXPECT(ENOTTY, ioctl(fd, _IO(VCRYPTO_IOC, 6), data));
    EXPECT(ENOTTY, ioctl(fd, TIOCGWINSZ, data));
    BAD_REQUEST(EINVAL, size, 8);
    BAD_REQUEST(EINVAL, flags, 2);
    BAD_REQUEST(EINVAL, flags, VCRYPTO_RANGES);
    BAD_REQUEST(ENOENT, session, cipher + 1);
    BAD_REQUEST(ENOENT, session, UINT32_MAX);
    BAD_REQUEST(EINVAL, operation, 1);
    BAD_REQUEST(EFAULT, iv, 16);
    BAD_REQUEST(EFAULT, src, 16);
    BAD_REQUEST(EFAULT, src, UINT64_MAX - 15);
    BAD_REQUEST(EFAULT, dst, 16);
    BAD_REQUEST(EINVAL, iv_len, 17);
    BAD_REQUEST(EINVAL, iv_len, UINT32_MAX);
    BAD_REQUEST(EIO, iv_len, 15);
    BAD_REQUEST(EINVAL, aad_len, 1);
    BAD_REQUEST(EMSGSIZE, aad_len, UINT32_MAX);
    BAD_REQUEST(EMSGSIZE, src_len, DATA_MAX + 1);
    BAD_REQUEST(EMSGSIZE, src_len, UINT32_MAX);
    BAD_REQUEST(EMSGSIZE, dst_len, DATA_MAX + 1);
    BAD_REQUEST(EINVAL, dst_len, 31);
    BAD_REQUEST(EIO, src_len, 31);
    BAD_REQUEST(EINVAL, cipher_start, 1);
    BAD_REQUEST(EINVAL, hash_len, 1);
    BAD_REQUEST(EINVAL, result_len, 1);
    BAD_REQUEST(EINVAL, reserved, 1);
    BAD_REQUEST(EOPNOTSUPP, session, 0);
}

/* Arrays: what comes before a bad one is in flight. */
static void test_arrays(void)
{
    struct vcrypto_request requests[3] = {
        good_request(), good_request(), good_request(),
    };
    struct vcrypto_submit submit = {
        .size = sizeof(submit),
        .count = 3,
        .requests = vcrypto_pointer(requests),
        .stride = sizeof(requests[0]),
    };
    struct vcrypto_completion completions[4];
    struct vcrypto_reap reap = {
        .size = sizeof(reap),
        .count = 4,
        .completions = vcrypto_pointer(completions),
        .timeout = -1,
        .stride = sizeof(completions[0]),
    };
    int got, total = 0;

    CHECK(!ioctl(fd, VCRYPTO_REAP, &reap));
    requests[2].size++;
    CHECK(ioctl(fd, VCRYPTO_SUBMIT, &submit) == 2);
    reap.completions = 16;
    EXPECT(EFAULT, ioctl(fd, VCRYPTO_REAP, &reap));
    reap.completions = vcrypto_pointer(completions);
    while ((got = ioctl(fd, VCRYPTO_REAP, &reap)) > 0) {
        CHECK(!completions[0].error && completions[0].result_len == 32);
        total += got;
    }
    CHECK(!got && total == 2);
    submit.requests += 2 * sizeof(requests[0]);
    submit.count = 1;
    EXPECT(EINVAL, ioctl(fd, VCRYPTO_SUBMIT, &submit));
    submit.requests = 16;
    EXPECT(EFAULT, ioctl(fd, VCRYPTO_SUBMIT, &submit));
    submit.stride = 8;
    EXPECT(EINVAL, ioctl(fd, VCRYPTO_SUBMIT, &submit));
    submit.stride = UINT32_MAX;
    EXPECT(EINVAL, ioctl(fd, VCRYPTO_SUBMIT, &submit));
    submit.stride = sizeof(requests[0]);
    submit.count = UINT32_MAX;
    EXPECT(EINVAL, ioctl(fd, VCRYPTO_SUBMIT, &submit));
    reap.timeout = -2;
    EXPECT(EINVAL, ioctl(fd, VCRYPTO_REAP, &reap));
    /* The result has no place to go: the completion tells. */
    requests[0].dst = 16;
    submit.requests = vcrypto_pointer(requests);
    submit.count = 1;
    CHECK(ioctl(fd, VCRYPTO_SUBMIT, &submit) == 1);
    reap.timeout = -1;
    CHECK(ioctl(fd, VCRYPTO_REAP, &reap) == 1);
    CHECK(completions[0].error == EFAULT && !completions[0].result_len);
}

/* Quotas, of the module's defaults */
static void test_quotas(struct vcrypto *crypto)
{
    struct vcrypto_request *requests = calloc(REQUESTS + 1, sizeof(*requests));
    struct vcrypto_completion *completions =
        calloc(REQUESTS, sizeof(*completions));
    struct pollfd poller = { .fd = vcrypto_fd(crypto), .events = POLLOUT };
    unsigned int made = 0, left = REQUESTS;
    struct vcrypto_session session = good_session();
    int64_t id, last = 0;

    while ((id = vcrypto_new_session(crypto, &session)) >= 0) {
        last = id;
        made++;
    }
    CHECK(made == SESSIONS && errno == EDQUOT);
    cipher = last;
    for (int i = 0; i <= REQUESTS; i++) {
        requests[i] = good_request();
    }
    CHECK(vcrypto_submit_requests(crypto, requests, REQUESTS + 1) == REQUESTS);
    EXPECT(EAGAIN, vcrypto_submit_requests(crypto, requests, 1));
    EXPECT(EAGAIN, vcrypto_run_request(crypto, requests));
    CHECK(poll(&poller, 1, 0) == 0);
    while (left) {
        int got = vcrypto_reap_requests(crypto, completions, left, 1000);

        CHECK(got > 0);
        left -= got;
    }
    CHECK(poll(&poller, 1, 0) == 1 && poller.revents == POLLOUT);
    CHECK(!vcrypto_free_session(crypto, last));
    EXPECT(ENOENT, vcrypto_free_session(crypto, last));
    /* The device destroys it later; a new one waits for that. */
    for (int i = 0; i < SESSIONS; i++) {
        last = vcrypto_new_session(crypto, &session);
        CHECK(last > 0);
        EXPECT(EDQUOT, vcrypto_new_session(crypto, &session));
        CHECK(!vcrypto_free_session(crypto, last));
    }
    free(requests);
    free(completions);
}

/* An element that is a copy of another one, for which the list has to grow */
static void test_copies(void)
{
    struct vcrypto_list list = VCRYPTO_LIST_EMPTY;
    const unsigned char *element;
    unsigned char *first = random_bytes(100);
    size_t at = 0, len;

    vcrypto_list_add(&list, first, 100);
    for (int i = 0; i < 9; i++) {
        vcrypto_list_add(&list, list.bytes + 4, 100);
    }
    for (int i = 0; i < 10; i++) {
        CHECK(vcrypto_list_next(list.bytes, list.len, &at, &element, &len) &&
              len == 100 && !memcmp(element, first, 100));
        count++;
    }
    vcrypto_list_clear(&list);
    free(first);
}

/* A list of operands that is none, and a result that has no room */
static void test_lists(struct vcrypto *crypto)
{
    static const struct {
        unsigned char bytes[12];
        size_t len;
    } bad[] = {
        { { 1, 0, 0, 0 }, 4 },
        { { 1, 0, 0 }, 3 },
        { { 0xff, 0xff, 0xff, 0xff, 1 }, 5 },
        { { 1, 0, 0, 0, 9, 1 }, 6 },
    };
    static unsigned char plenty[2 * DATA_MAX];
    unsigned char many[13 * 4] = { 0 }, results[16];
    struct vcrypto_list list = VCRYPTO_LIST_EMPTY;
    uint32_t operation = VCRYPTO_OPERATION(9, 1);

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        list.bytes = (unsigned char *)bad[i].bytes;
        list.len = bad[i].len;
        EXPECT(EINVAL, vcrypto_compute(crypto, 0, operation, &list, results,
                                       sizeof(results)));
        EXPECT(EINVAL, vcrypto_new_computation(
            crypto, VCRYPTO_OPERATION(2, 1), &list));
    }
    list.bytes = many;
    list.len = sizeof(many);
    EXPECT(EINVAL, vcrypto_compute(crypto, 0, operation, &list, results,
                                   sizeof(results)));
    list.len = 4;
    EXPECT(EIO, vcrypto_compute(crypto, 0, operation, &list, results,
                                sizeof(results)));
    EXPECT(EINVAL, vcrypto_compute(crypto, 0, VCRYPTO_OPERATION(14, 1), &list,
                                   results, sizeof(results)));
    EXPECT(EINVAL, vcrypto_compute(crypto, 0, 0, &list, results,
                                   sizeof(results)));
    EXPECT(EOPNOTSUPP, vcrypto_compute(crypto, 0, VCRYPTO_OPERATION(9, 200),
                                       &list, results, sizeof(results)));
    list = (struct vcrypto_list)VCRYPTO_LIST_EMPTY;
    vcrypto_list_add_number(&list, 5);
    vcrypto_list_add_number(&list, 2);
    vcrypto_list_add_number(&list, 2);
    CHECK(vcrypto_compute(crypto, 0, operation, &list, results, 5) == 5);
    CHECK(vcrypto_compute(crypto, 0, operation, &list, plenty,
                          sizeof(plenty)) == 5);
    EXPECT(EIO, vcrypto_compute(crypto, 0, operation, &list, results, 4));
    vcrypto_list_clear(&list);
}

/*
 * A child shares the file.  Its parent can reap what it submits, but gets no
 * result: the address is the child's.
 */
static void test_fork(struct vcrypto *crypto)
{
    struct vcrypto_request request = good_request();
    struct vcrypto_completion completion;
    unsigned char before[sizeof(data)];
    int status;
    pid_t child;

    request.session = must(vcrypto_new_cipher(crypto, 3, VCRYPTO_ENCRYPT, data,
                                              16), "aes-cbc");
    request.cookie = 77;
    memcpy(before, data, sizeof(data));
    fflush(stdout);
    child = fork();
    if (!child) {
        _exit(vcrypto_submit_requests(crypto, &request, 1) != 1);
    }
    CHECK(waitpid(child, &status, 0) == child && !status);
    CHECK(vcrypto_reap_requests(crypto, &completion, 1, -1) == 1);
    CHECK(completion.cookie == 77 && completion.error == EFAULT &&
          !completion.result_len && !memcmp(data, before, sizeof(data)));
    count++;
}

/* The test's machine has room for fewer sessions than these files. */
static void test_full(const char *path)
{
    struct vcrypto *files[8];
    struct vcrypto_session session = good_session();
    unsigned int made = 0, i;

    for (i = 0; i < 8; i++) {
        files[i] = vcrypto_open(path);
        CHECK(files[i]);
        while (vcrypto_new_session(files[i], &session) >= 0) {
            made++;
        }
        if (errno != EDQUOT) {
            break;
        }
    }
    CHECK(i < 8 && errno == ENOSPC && made > SESSIONS);
    count++;
    for (; i < 8; i--) {
        vcrypto_close(files[i]);
    }
}

void test_errors(const char *path)
{
    struct vcrypto *crypto = vcrypto_open(path);

    CHECK(crypto);
    fd = vcrypto_fd(crypto);
    test_sessions();
    test_growth();
    /* In virtio a request needs a session; in RFC v1 an operation. */
    if (vcrypto_get_info(crypto)->protocol == VCRYPTO_PROTOCOL_RFC_V1) {
        struct vcrypto_session session = good_session();

        session.service = VCRYPTO_AKCIPHER;
        session.algorithm = 1;
        EXPECT(EOPNOTSUPP, ioctl(fd, VCRYPTO_CREATE, &session));
        test_lists(crypto);
        test_copies();
    } else {
        struct vcrypto_session session = {
            .size = sizeof(session),
            .service = VCRYPTO_COMPUTE,
            .algorithm = VCRYPTO_OPERATION(2, 1),
        };

        EXPECT(EOPNOTSUPP, ioctl(fd, VCRYPTO_CREATE, &session));
        test_requests();
        test_arrays();
    }
    vcrypto_close(crypto);
    crypto = vcrypto_open(path);
    CHECK(crypto);
    fd = vcrypto_fd(crypto);
    test_quotas(crypto);
    vcrypto_close(crypto);
    crypto = vcrypto_open(path);
    CHECK(crypto);
    test_fork(crypto);
    if (vcrypto_get_info(crypto)->protocol == VCRYPTO_PROTOCOL_VIRTIO) {
        test_full(path);
    }
    vcrypto_close(crypto);
    printf("%u\n", count);
}
