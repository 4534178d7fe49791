/*
 * Test the driver's file and the library against OpenSSL
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Usage: device-file NODE TEST.  A test prints what it has compared; anything
 * wrong is printed as well, and ends the program with status 1.
 */

#include <errno.h>
#include <openssl/rand.h>
#include <poll.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "program.h"

#define HELD 32
#define MANY 1024           /* the default quota of a file */

void fail(const char *format, ...)
{
    int err = errno;
    va_list args;

    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fprintf(stderr, " (%s)\n", strerror(err));
    exit(1);
}

unsigned char *random_bytes(size_t len)
{
    unsigned char *bytes = malloc(len + 1);

    CHECK(bytes);
    CHECK(!len || RAND_bytes(bytes, len) == 1);
    return bytes;
}

size_t random_up_to(size_t max)
{
    uint32_t number;

    CHECK(RAND_bytes((unsigned char *)&number, sizeof(number)) == 1);
    return number % (max + 1);
}

uint32_t must(int64_t session, const char *name)
{
    if (session < 0) {
        fail("%s: no session", name);
    }
    return session;
}

struct vcrypto_request make_request(uint32_t session, const void *src,
                                    size_t src_len, void *dst, size_t dst_len)
{
    struct vcrypto_request request = {
        .session = session,
        .src = vcrypto_pointer(src),
        .src_len = src_len,
        .dst = vcrypto_pointer(dst),
        .dst_len = dst_len,
    };

    return request;
}

void expect(struct vcrypto *crypto, const char *name,
            struct vcrypto_request *request, const void *expected, size_t len)
{
    ssize_t got = vcrypto_run_request(crypto, request);

    if (got < 0) {
        fail("%s of %u bytes", name, request->src_len);
    }
    errno = 0;
    if ((size_t)got != len ||
        memcmp((void *)(uintptr_t)request->dst, expected, len)) {
        fail("%s of %u bytes: the result differs", name, request->src_len);
    }
}

size_t openssl_cipher(const char *name, bool encrypt, const void *key,
                      const void *iv, const void *in, size_t len, void *out)
{
    EVP_CIPHER_CTX *context = EVP_CIPHER_CTX_new();
    int first = 0, last = 0;

    CHECK(EVP_CipherInit_ex(context, EVP_get_cipherbyname(name), NULL, key, iv,
                            encrypt) == 1);
    EVP_CIPHER_CTX_set_padding(context, 0);
    CHECK(EVP_CipherUpdate(context, out, &first, in, len) == 1);
    CHECK(EVP_CipherFinal_ex(context, (unsigned char *)out + first,
                             &last) == 1);
    EVP_CIPHER_CTX_free(context);
    return first + last;
}

/* Submit requests that take long, or that the host holds back. */
static void hold(struct vcrypto *crypto)
{
    static unsigned char data[HELD][64];
    const unsigned char key[16] = { 1 };
    struct vcrypto_request requests[HELD];
    uint32_t session = must(vcrypto_new_cipher(crypto, 2, VCRYPTO_ENCRYPT, key,
                                               sizeof(key)), "aes-ecb");

    for (int i = 0; i < HELD; i++) {
        requests[i] = make_request(session, data[i], sizeof(data[i]), data[i],
                                   sizeof(data[i]));
    }
    CHECK(vcrypto_submit_requests(crypto, requests, HELD) == HELD);
    puts("held");
    fflush(stdout);
}

/* Wait for a request that the host holds back. */
static void wait_for_one(struct vcrypto *crypto)
{
    unsigned char data[64] = { 0 };
    uint32_t session = must(vcrypto_new_hash(crypto, 2, 20), "sha1");
    struct vcrypto_request request = make_request(session, data, sizeof(data),
                                                  data, 20);

    puts("waiting");
    fflush(stdout);
    CHECK(vcrypto_run_request(crypto, &request) == 20);
}

/* The device goes while the file is open and requests are in flight. */
static void wait_for_end(struct vcrypto *crypto)
{
    struct vcrypto_completion completions[HELD];
    struct pollfd poller = { .fd = vcrypto_fd(crypto), .events = 0 };
    struct vcrypto_request request = make_request(0, NULL, 0, NULL, 0);
    int gone = 0, count, total = 0;

    hold(crypto);
    CHECK(poll(&poller, 1, -1) == 1);
    CHECK(poller.revents & POLLHUP && poller.revents & POLLERR);
    while ((count = vcrypto_reap_requests(crypto, completions, HELD,
                                          -1)) > 0) {
        for (int i = 0; i < count; i++) {
            gone += completions[i].error == ENODEV;
        }
        total += count;
    }
    CHECK(!count && total == HELD);
    CHECK(vcrypto_new_hash(crypto, 1, 16) == -1 && errno == ENODEV);
    request.operation = VCRYPTO_OPERATION(9, 1);
    CHECK(vcrypto_run_request(crypto, &request) == -1);
    printf("gone %d\n", gone);
}

/*
 * The machine sleeps while more requests are in flight than a queue has room
 * for.  What sleep ends can be repeated, when the device is back.
 */
static void sleep_with_many(struct vcrypto *crypto)
{
    static struct vcrypto_request requests[MANY];
    static unsigned char data[64];
    struct vcrypto_completion completion;
    const unsigned char key[16] = { 1 };
    uint32_t session = must(vcrypto_new_cipher(crypto, 2, VCRYPTO_ENCRYPT, key,
                                               sizeof(key)), "aes-ecb");
    int ended = 0, count;

    for (int i = 0; i < MANY; i++) {
        requests[i] = make_request(session, data, sizeof(data), data,
                                   sizeof(data));
    }
    CHECK(vcrypto_submit_requests(crypto, requests, MANY) == MANY);
    puts("held");
    fflush(stdout);
    while ((count = vcrypto_reap_requests(crypto, &completion, 1, -1)) > 0) {
        CHECK(!completion.error || completion.error == EBUSY);
        ended += completion.error == EBUSY;
    }
    CHECK(!count);
    while (vcrypto_run_request(crypto, requests) < 0) {
        CHECK(errno == EBUSY);
        usleep(10000);
    }
    printf("slept %d\n", ended);
}

int main(int argc, char **argv)
{
    const char *test = argc == 3 ? argv[2] : "";
    struct vcrypto *crypto;

    if (argc != 3) {
        fprintf(stderr, "usage: device-file NODE TEST\n");
        return 2;
    }
    crypto = vcrypto_open(argv[1]);
    if (!crypto) {
        fail("%s", argv[1]);
    }
    if (!strcmp(test, "symmetric")) {
        test_symmetric(crypto);
    } else if (!strcmp(test, "akcipher")) {
        test_akcipher(crypto);
    } else if (!strcmp(test, "computations")) {
        test_computations(crypto);
    } else if (!strcmp(test, "script")) {
        test_script(crypto);
    } else if (!strcmp(test, "threads")) {
        test_threads(argv[1]);
    } else if (!strcmp(test, "errors")) {
        test_errors(argv[1]);
    } else if (!strcmp(test, "hammer")) {
        test_hammer(argv[1]);
    } else if (!strcmp(test, "hold")) {
        hold(crypto);
    } else if (!strcmp(test, "wait")) {
        wait_for_one(crypto);
    } else if (!strcmp(test, "sleep")) {
        sleep_with_many(crypto);
    } else if (!strcmp(test, "gone")) {
        wait_for_end(crypto);
    } else {
        fail("%s is no test", test);
    }
    vcrypto_close(crypto);
    return 0;
}
