/*
 * Running computations on a cryptography backend, for tests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "../qtest/virtio-crypto-rsp.h"
#include "cryptodev-compute-run.h"

/* The most operands that a test passes, more than there may be */
#define OPERANDS 16

typedef struct List {
    CryptoDevOperand operands[OPERANDS];
    GByteArray *bytes[OPERANDS];
    size_t n;
} List;

CryptoDevBackend *backend_get(void)
{
    static CryptoDevBackend *backend;

    if (!backend) {
        backend = CRYPTODEV_BACKEND(object_new(TYPE_CRYPTODEV_BACKEND_GCRYPT));
    }
    return backend;
}

const char *number(uint32_t value)
{
    g_autofree char *hex = g_strdup_printf("%08x", value);

    return g_intern_string(hex);
}

/*
 * Each operand is memory of its own, as long as it is, so that a memory
 * checker sees what is read behind it.
 */
static void list_add(List *list, const char *hex)
{
    g_autofree char *whole =
        g_strconcat(strlen(hex) % 2 ? "0" : "", hex, NULL);
    GByteArray *bytes = hex_to_bytes(whole);

    g_assert_cmpint(list->n, <, OPERANDS);
    list->bytes[list->n] = bytes;
    list->operands[list->n].data = g_memdup2(bytes->data, bytes->len);
    list->operands[list->n].len = bytes->len;
    list->n++;
}

static List read_list(va_list ap, size_t most)
{
    List list = { };

    while (list.n < most) {
        const char *hex = va_arg(ap, const char *);

        if (!hex) {
            break;
        }
        list_add(&list, hex);
    }
    return list;
}

static void clear_list(List *list)
{
    for (size_t i = 0; i < list->n; i++) {
        g_byte_array_unref(list->bytes[i]);
        g_free((void *)list->operands[i].data);
    }
}

static CryptoDevStatus create(CryptodevService service, uint32_t operation,
                              const List *list, CryptoDevSession **session)
{
    CryptoDevSessionParams params = {
        .service = service,
        .algo = operation,
        .compute.operands = list->operands,
        .compute.n = list->n,
    };

    return cryptodev_backend_create_session(backend_get(), &params, session);
}

CryptoDevSession *session_new(CryptodevService service, uint32_t operation,
                              ...)
{
    CryptoDevSession *session = NULL;
    List list;
    va_list ap;

    va_start(ap, operation);
    list = read_list(ap, OPERANDS);
    va_end(ap);
    g_assert_cmpint(create(service, operation, &list, &session), ==,
                    CRYPTODEV_OK);
    clear_list(&list);
    return session;
}

CryptoDevStatus session_fail(CryptodevService service, uint32_t operation, ...)
{
    CryptoDevSession *session = NULL;
    CryptoDevStatus status;
    List list;
    va_list ap;

    va_start(ap, operation);
    list = read_list(ap, OPERANDS);
    va_end(ap);
    status = create(service, operation, &list, &session);
    g_assert_cmpint(status, !=, CRYPTODEV_OK);
    g_assert_null(session);
    clear_list(&list);
    return status;
}

void session_free(CryptoDevSession *session)
{
    cryptodev_backend_destroy_session(backend_get(), session);
}

static CryptoDevComputation run(CryptodevService service, uint32_t operation,
                                CryptoDevSession *session, List *list)
{
    CryptoDevComputation computation = {
        .service = service,
        .operation = operation,
        .session = session,
        .operands = list->operands,
        .n_operands = list->n,
        .status = CRYPTODEV_BADMSG,
        .n_results = 1,
    };

    cryptodev_backend_compute(backend_get(), &computation);
    clear_list(list);
    return computation;
}

static char **take_results(CryptoDevComputation *computation)
{
    char **results = g_new0(char *, computation->n_results + 1);

    g_assert_cmpint(computation->status, ==, CRYPTODEV_OK);
    for (size_t i = 0; i < computation->n_results; i++) {
        results[i] = to_hex(computation->results[i].data,
                            computation->results[i].len);
    }
    cryptodev_computation_clear(computation);
    g_assert_cmpint(computation->n_results, ==, 0);
    return results;
}

char **compute(CryptodevService service, uint32_t operation,
               CryptoDevSession *session, ...)
{
    CryptoDevComputation computation;
    List list;
    va_list ap;

    va_start(ap, session);
    list = read_list(ap, OPERANDS);
    va_end(ap);
    computation = run(service, operation, session, &list);
    return take_results(&computation);
}

CryptoDevStatus compute_fail(CryptodevService service, uint32_t operation,
                             CryptoDevSession *session, ...)
{
    CryptoDevComputation computation;
    List list;
    va_list ap;

    va_start(ap, session);
    list = read_list(ap, OPERANDS);
    va_end(ap);
    computation = run(service, operation, session, &list);
    g_assert_cmpint(computation.status, !=, CRYPTODEV_OK);
    g_assert_cmpint(computation.n_results, ==, 0);
    for (size_t i = 0; i < CRYPTODEV_RESULTS_MAX; i++) {
        g_assert_null(computation.results[i].data);
    }
    return computation.status;
}

char **compute_once(CryptodevService service, uint32_t operation,
                    size_t n_session_operands, ...)
{
    CryptoDevSession *session = NULL;
    CryptoDevComputation computation;
    List list;
    va_list ap;

    va_start(ap, n_session_operands);
    list = read_list(ap, n_session_operands);
    g_assert_cmpint(create(service, operation, &list, &session), ==,
                    CRYPTODEV_OK);
    clear_list(&list);
    list = read_list(ap, OPERANDS);
    va_end(ap);
    computation = run(service, operation, session, &list);
    session_free(session);
    return take_results(&computation);
}

static const char *skip_zeros(const char *hex)
{
    return hex + strspn(hex, "0");
}

bool same_number(const char *one, const char *other)
{
    return !g_ascii_strcasecmp(skip_zeros(one), skip_zeros(other));
}

void check_result(const char *result, const char *expected)
{
    g_autofree char *lower = g_ascii_strdown(expected, -1);

    g_assert_cmpstr(result, ==, lower);
}

void check_number(const char *result, const char *expected)
{
    g_autofree char *lower = g_ascii_strdown(expected, -1);

    g_assert_cmpstr(skip_zeros(result), ==, skip_zeros(lower));
}

bool as_bool(char **results)
{
    bool value = !g_strcmp0(results[0], "01");

    g_assert_true(value || !g_strcmp0(results[0], "00"));
    g_assert_null(results[1]);
    g_strfreev(results);
    return value;
}

char *to_hex(const uint8_t *data, size_t len)
{
    GString *hex = g_string_new("");

    for (size_t i = 0; i < len; i++) {
        g_string_append_printf(hex, "%02x", data[i]);
    }
    return g_string_free(hex, false);
}

char *random_hex(GRand *rand, size_t len)
{
    g_autofree uint8_t *bytes = g_malloc(len + 1);

    for (size_t i = 0; i < len; i++) {
        bytes[i] = g_rand_int(rand);
    }
    return to_hex(bytes, len);
}

char *pad_hex(const char *hex, size_t len)
{
    g_autofree char *zeros = g_strnfill(2 * len, '0');
    const char *digits = skip_zeros(hex);

    g_assert_cmpint(strlen(digits), <=, 2 * len);
    return g_strdup_printf("%.*s%s", (int)(2 * len - strlen(digits)), zeros,
                           digits);
}

char *reverse_hex(const char *hex)
{
    g_autoptr(GByteArray) bytes = hex_to_bytes(hex);

    for (guint i = 0; i < bytes->len / 2; i++) {
        uint8_t byte = bytes->data[i];

        bytes->data[i] = bytes->data[bytes->len - 1 - i];
        bytes->data[bytes->len - 1 - i] = byte;
    }
    return to_hex(bytes->data, bytes->len);
}

typedef struct Thread {
    GThread *thread;
    void (*run)(unsigned int number);
    unsigned int number;
} Thread;

static gpointer run_thread(gpointer opaque)
{
    Thread *thread = opaque;

    thread->run(thread->number);
    return NULL;
}

void in_threads(void (*run)(unsigned int thread))
{
    Thread threads[THREADS];

    for (unsigned int i = 0; i < THREADS; i++) {
        threads[i].run = run;
        threads[i].number = i;
        threads[i].thread = g_thread_new("test", run_thread, &threads[i]);
    }
    for (unsigned int i = 0; i < THREADS; i++) {
        g_thread_join(threads[i].thread);
    }
}
