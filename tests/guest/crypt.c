/* Encrypt or decrypt with a cipher that the Linux kernel has. */
/* SPDX-License-Identifier: GPL-2.0-or-later */

#include <err.h>
#include <linux/if_alg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define KEY_MAX 64
#define IV_MAX 16
#define BLOCK 16

/* Fits into one recv() from the kernel with any alignment. */
#define CHUNK 32768

/* A comparison reports its progress after this many chunks. */
#define REPORT 32

static size_t parse_hex(const char *text, unsigned char *bytes, size_t max)
{
    size_t n = strlen(text) / 2;

    if (n > max || strlen(text) % 2) {
        errx(1, "bad key or iv: %s", text);
    }
    for (size_t i = 0; i < n; i++) {
        if (sscanf(text + 2 * i, "%2hhx", &bytes[i]) != 1) {
            errx(1, "bad key or iv: %s", text);
        }
    }
    return n;
}

/* Return a socket on which @driver is keyed with @key. */
static int open_cipher(const char *driver, const char *key)
{
    struct sockaddr_alg address = {
        .salg_family = AF_ALG,
        .salg_type = "skcipher",
    };
    unsigned char bytes[KEY_MAX];
    size_t n = parse_hex(key, bytes, sizeof(bytes));
    int listener = socket(AF_ALG, SOCK_SEQPACKET, 0);
    int cipher;

    strncpy((char *)address.salg_name, driver, sizeof(address.salg_name) - 1);
    if (listener < 0 ||
        bind(listener, (struct sockaddr *)&address, sizeof(address)) < 0) {
        err(1, "%s", driver);
    }
    if (setsockopt(listener, SOL_ALG, ALG_SET_KEY, bytes, n) < 0) {
        err(1, "%s: key", driver);
    }
    cipher = accept(listener, NULL, 0);
    if (cipher < 0) {
        err(1, "%s: accept", driver);
    }
    close(listener);
    return cipher;
}

static void put_control(struct msghdr *message, struct cmsghdr **place,
                        int type, const void *data, size_t n)
{
    struct cmsghdr *control = *place;

    control->cmsg_level = SOL_ALG;
    control->cmsg_type = type;
    control->cmsg_len = CMSG_LEN(n);
    memcpy(CMSG_DATA(control), data, n);
    *place = CMSG_NXTHDR(message, control);
}

/* Say the direction and the iv; the kernel chains the iv from here on. */
static void start(int cipher, __u32 operation, const char *iv)
{
    struct {
        struct af_alg_iv head;
        unsigned char bytes[IV_MAX];
    } vector = { };
    char controls[CMSG_SPACE(sizeof(operation)) +
                  CMSG_SPACE(sizeof(vector))] = { };
    struct msghdr message = {
        .msg_control = controls,
        .msg_controllen = sizeof(controls),
    };
    struct cmsghdr *place = CMSG_FIRSTHDR(&message);

    vector.head.ivlen = parse_hex(iv, vector.bytes, sizeof(vector.bytes));
    put_control(&message, &place, ALG_SET_OP, &operation, sizeof(operation));
    put_control(&message, &place, ALG_SET_IV, &vector, sizeof(vector));
    if (sendmsg(cipher, &message, MSG_MORE) < 0) {
        err(1, "sendmsg");
    }
}

/*
 * Read a result in two parts.  The kernel makes a request of each.  The source
 * of the other part becomes descriptors of zero length.
 */
static void receive(int cipher, unsigned char *bytes, size_t n)
{
    size_t half = n / 2 - n / 2 % BLOCK;

    if ((half && recv(cipher, bytes, half, 0) != (ssize_t)half) ||
        recv(cipher, bytes + half, n - half, 0) != (ssize_t)(n - half)) {
        err(1, "recv");
    }
}

static void crypt_chunk(int cipher, unsigned char *chunk, size_t n)
{
    if (send(cipher, chunk, n, MSG_MORE) != (ssize_t)n) {
        err(1, "send");
    }
    receive(cipher, chunk, n);
}

static void crypt_stream(int cipher)
{
    static unsigned char chunk[CHUNK] __attribute__((aligned(4096)));
    size_t n;

    while ((n = fread(chunk, 1, sizeof(chunk), stdin)) > 0) {
        crypt_chunk(cipher, chunk, n);
        if (fwrite(chunk, 1, n, stdout) != n) {
            err(1, "write");
        }
    }
    if (ferror(stdin) || fflush(stdout)) {
        err(1, "input or output");
    }
}

/* Encrypt chunks, each one the last one's result, with two ciphers alike. */
static void compare(int one, int other, unsigned long n)
{
    static unsigned char chunks[2][CHUNK] __attribute__((aligned(4096)));

    for (unsigned long i = 1; i <= n; i++) {
        crypt_chunk(one, chunks[0], CHUNK);
        crypt_chunk(other, chunks[1], CHUNK);
        if (memcmp(chunks[0], chunks[1], CHUNK)) {
            errx(1, "chunk %lu differs", i);
        }
        if (i % REPORT == 0) {
            printf("compared %lu\n", i);
            fflush(stdout);
        }
    }
}

static int compare_main(char **argv)
{
    int one = open_cipher(argv[2], argv[4]);
    int other = open_cipher(argv[3], argv[4]);
    unsigned long n;

    if (sscanf(argv[6], "%lu", &n) != 1) {
        errx(1, "bad number of chunks: %s", argv[6]);
    }
    start(one, ALG_OP_ENCRYPT, argv[5]);
    start(other, ALG_OP_ENCRYPT, argv[5]);
    compare(one, other, n);
    return 0;
}

int main(int argc, char **argv)
{
    int cipher;

    if (argc == 7 && !strcmp(argv[1], "compare")) {
        return compare_main(argv);
    }
    if (argc != 5 || (strcmp(argv[1], "encrypt") &&
                      strcmp(argv[1], "decrypt"))) {
        errx(1, "usage: crypt encrypt|decrypt DRIVER KEY IV < IN > OUT\n"
             "       crypt compare DRIVER OTHER-DRIVER KEY IV CHUNKS");
    }
    cipher = open_cipher(argv[2], argv[3]);
    start(cipher, strcmp(argv[1], "encrypt") ? ALG_OP_DECRYPT : ALG_OP_ENCRYPT,
          argv[4]);
    crypt_stream(cipher);
    return 0;
}
