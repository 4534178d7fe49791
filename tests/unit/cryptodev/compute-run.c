/*
 * Running computations on a cryptography backend, for tests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qom/object_interfaces.h"
#include "compute-run.h"

/* The most operands that a test passes, more than there may be */
#define OPERANDS 16

typedef struct List {
    CryptoDevOperand operands[OPERANDS];
    size_t n;
} List;

/* A test's own backend, used instead of the usual one */
static CryptoDevBackend *other_backend;

/* Which operations of each service have succeeded: bit n for n */
static uint32_t computed[CRYPTODEV_SERVICE__MAX];

CryptoDevBackend *backend_get(void)
{
    static CryptoDevBackend *backend;

    if (other_backend) {
        return other_backend;
    }
    if (!backend) {
        backend = CRYPTODEV_BACKEND(object_new(TYPE_CRYPTODEV_BACKEND_GCRYPT));
        user_creatable_complete(USER_CREATABLE(backend), &error_abort);
    }
    return backend;
}

void backend_use(CryptoDevBackend *other)
{
    if (other != other_backend) {
        other_backend = other;
        memset(computed, 0, sizeof(computed));
    }
}

bool backend_has_computed(CryptodevService service, uint32_t operation)
{
    return qatomic_read(&computed[service]) & BIT(operation);
}

/*
 * Each operand has memory of the exact size, so that a memory checker detects
 * reads behind it.
 */
static List read_list(va_list *ap, size_t most)
{
    g_autoptr(GPtrArray) operands = read_operands(ap, most);
    List list = { };

    g_assert_cmpint(operands->len, <=, OPERANDS);
    for (; list.n < operands->len; list.n++) {
        const GByteArray *bytes = operands->pdata[list.n];

        list.operands[list.n].data = g_memdup2(bytes->data, bytes->len);
        list.operands[list.n].len = bytes->len;
    }
    return list;
}

static void clear_list(List *list)
{
    for (size_t i = 0; i < list->n; i++) {
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
    list = read_list(&ap, OPERANDS);
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
    list = read_list(&ap, OPERANDS);
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
    qatomic_or(&computed[computation->service], BIT(computation->operation));
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
    list = read_list(&ap, OPERANDS);
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
    list = read_list(&ap, OPERANDS);
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
    list = read_list(&ap, n_session_operands);
    g_assert_cmpint(create(service, operation, &list, &session), ==,
                    CRYPTODEV_OK);
    clear_list(&list);
    list = read_list(&ap, OPERANDS);
    va_end(ap);
    computation = run(service, operation, session, &list);
    session_free(session);
    return take_results(&computation);
}
