/*
 * Running computations, for tests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Operands and results are hexadecimal text; operands may lack a leading zero.
 * Lists of operands end in NULL; "" is an operand that is left out.
 *
 * In the unit tests they run on a backend, in the tests of the device they go
 * through its queues; there a session is nothing to look into.
 */

#ifndef TESTS_CRYPTODEV_COMPUTE_RUN_H
#define TESTS_CRYPTODEV_COMPUTE_RUN_H

#include "system/cryptodev-compute.h"

/* The most threads that a test has at once */
#define THREADS 8

/* The backend of unit tests, and another one for a while; NULL ends that */
CryptoDevBackend *backend_get(void);
void backend_use(CryptoDevBackend *other);
/* Whether a computation has succeeded since another backend was in use */
bool backend_has_computed(CryptodevService service, uint32_t operation);

/* A number as an operand; it lives as long as the program */
const char *number(uint32_t value);

/* Creates a session, which must succeed */
CryptoDevSession *session_new(CryptodevService service, uint32_t operation,
                              ...) G_GNUC_NULL_TERMINATED;
/* Tries to create a session, which must fail; returns the status */
CryptoDevStatus session_fail(CryptodevService service, uint32_t operation,
                             ...) G_GNUC_NULL_TERMINATED;
void session_free(CryptoDevSession *session);

/* The results, which there must be */
char **compute(CryptodevService service, uint32_t operation,
               CryptoDevSession *session, ...) G_GNUC_NULL_TERMINATED;
/* Computes, which must fail without results; returns the status */
CryptoDevStatus compute_fail(CryptodevService service, uint32_t operation,
                             CryptoDevSession *session, ...)
    G_GNUC_NULL_TERMINATED;
/* The results without a session's being kept: all operands in one list */
char **compute_once(CryptodevService service, uint32_t operation,
                    size_t n_session_operands, ...) G_GNUC_NULL_TERMINATED;

/* Takes operands up to NULL, or as many as @most; GByteArray of the bytes */
GPtrArray *read_operands(va_list *ap, size_t most);

/* Whether two numbers are equal, ignoring leading zeros and case */
bool same_number(const char *one, const char *other);
/* Compare a result with the expected one, byte by byte */
void check_result(const char *result, const char *expected);
/* The same for numbers */
void check_number(const char *result, const char *expected);
/* A result that is a bool */
bool as_bool(char **results);

/* Text to hexadecimal text */
char *to_hex(const uint8_t *data, size_t len);
/* Random text of that many bytes */
char *random_hex(GRand *rand, size_t len);
/* Zeros in front */
char *pad_hex(const char *hex, size_t len);
/* The bytes in reverse order */
char *reverse_hex(const char *hex);

/* Call a function in many threads at once */
void in_threads(void (*run)(unsigned int thread));
/* Processor time that the calling thread has had, in nanoseconds */
int64_t thread_ns(void);

/*
 * Those tests with vectors that others made, and some more, which need nothing
 * of a backend but computations
 */
void run_dh_vectors(void);
void run_dsa_vectors(void);
void run_ec_vectors(void);
void run_ecdsa_vectors(void);
void run_key_vectors(void);
void run_montgomery_vectors(void);
void run_rsa_vectors(void);

/* A test of any backend, which backend_get() returns; its path is relative */
typedef struct ComputeTest {
    const char *path;
    void (*run)(void);
} ComputeTest;

/* Each ends with an entry without path. */
extern const ComputeTest dh_tests[];
extern const ComputeTest dsa_tests[];
extern const ComputeTest ec_tests[];
extern const ComputeTest ecdsa_tests[];
extern const ComputeTest edwards_tests[];
extern const ComputeTest generator_tests[];
extern const ComputeTest key_tests[];
extern const ComputeTest ln_tests[];
extern const ComputeTest montgomery_tests[];
extern const ComputeTest prime_tests[];
extern const ComputeTest random_tests[];
extern const ComputeTest rsa_tests[];

/* The groups of tests of one backend */
void add_akcipher_tests(void);
void add_backend_tests(void);
void add_blinding_tests(void);
void add_drbg_tests(void);
void add_inverse_tests(void);
void add_pool_tests(void);
void add_list_tests(void);
void add_op_tests(void);
void add_rejection_tests(void);
void add_sessions_tests(void);
void add_time_tests(void);

#endif
