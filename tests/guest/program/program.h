/*
 * Parts of the program that tests the driver's file and the library
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_GUEST_PROGRAM_H
#define TESTS_GUEST_PROGRAM_H

#include <openssl/evp.h>
#include <vcrypto.h>

/* Print a line on standard error, with errno's text, and exit. */
void fail(const char *format, ...) __attribute__((format(printf, 1, 2)))
    __attribute__((noreturn));

#define CHECK(condition) \
    ((condition) ? (void)0 \
                 : fail("%s:%d: %s", __FILE__, __LINE__, #condition))

/* Memory of random bytes; NULL bytes is no error if there are none */
unsigned char *random_bytes(size_t len);
size_t random_up_to(size_t max);

/* A request on memory */
struct vcrypto_request make_request(uint32_t session, const void *src,
                                    size_t src_len, void *dst,
                                    size_t dst_len);

/* Have the device do it, and compare the result. */
void expect(struct vcrypto *crypto, const char *name,
            struct vcrypto_request *request, const void *expected,
            size_t len);

/* A session that must be there */
uint32_t must(int64_t session, const char *name);

/* A cipher by OpenSSL; @out has room for one block more */
size_t openssl_cipher(const char *name, bool encrypt, const void *key,
                      const void *iv, const void *in, size_t len, void *out);

/* What the program can do */
void test_symmetric(struct vcrypto *crypto);
void test_akcipher(struct vcrypto *crypto);
void test_computations(struct vcrypto *crypto);
void test_script(struct vcrypto *crypto);
void test_threads(const char *path);
void test_errors(const char *path);
void test_hammer(const char *path);

#endif
