/*
 * Running computations on a device that speaks RFC v1, for tests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "libqos/virtio-crypto-rfc.h"
#include "rfc-computation.h"
#include "rfc-compute-run.h"

#define ROOM    16384

/* The session behind the pointer to an opaque CryptoDevSession */
typedef struct Session {
    uint64_t id;
} Session;

static QVirtioCryptoDriver *driver;
static unsigned int n_requests;

void compute_on(QVirtioCryptoDriver *d)
{
    driver = d;
    n_requests = 0;
}

unsigned int compute_count(void)
{
    return n_requests;
}

static uint32_t number_of(CryptodevService service, uint32_t operation)
{
    return QVIRTIO_CRYPTO_RFC_ALG(service - CRYPTODEV_SERVICE_DH +
                                  VIRTIO_CRYPTO_RFC_F_DH, 0, operation);
}

static GByteArray *read_list(va_list *ap, size_t most)
{
    g_autoptr(GPtrArray) operands = read_operands(ap, most);
    GByteArray *list = g_byte_array_new();

    for (guint i = 0; i < operands->len; i++) {
        computation_append(list, operands->pdata[i]);
    }
    return list;
}

static CryptoDevStatus create(CryptodevService service, uint32_t operation,
                              GByteArray *list, uint64_t *id)
{
    n_requests++;
    return computation_create(driver, number_of(service, operation), list, id);
}

static void destroy(uint64_t id)
{
    QVirtioCryptoRequest *req = qvirtio_crypto_rfc_destroy_request(id);

    n_requests++;
    g_assert_cmpint(computation_run(driver, driver->n_data, req, NULL), ==,
                    VIRTIO_CRYPTO_OK);
}

CryptoDevSession *session_new(CryptodevService service, uint32_t operation,
                              ...)
{
    Session *session = g_new0(Session, 1);
    GByteArray *list;
    va_list ap;

    va_start(ap, operation);
    list = read_list(&ap, SIZE_MAX);
    va_end(ap);
    g_assert_cmpint(create(service, operation, list, &session->id), ==,
                    CRYPTODEV_OK);
    return (CryptoDevSession *)session;
}

CryptoDevStatus session_fail(CryptodevService service, uint32_t operation, ...)
{
    CryptoDevStatus status;
    GByteArray *list;
    uint64_t id;
    va_list ap;

    va_start(ap, operation);
    list = read_list(&ap, SIZE_MAX);
    va_end(ap);
    status = create(service, operation, list, &id);
    g_assert_cmpint(status, !=, CRYPTODEV_OK);
    return status;
}

void session_free(CryptoDevSession *session)
{
    destroy(((Session *)session)->id);
    g_free(session);
}

static CryptoDevStatus run(CryptodevService service, uint32_t operation,
                           uint64_t id, GByteArray *list, GByteArray **results)
{
    uint32_t mode = number_of(service, operation);

    n_requests++;
    return computation_run(driver, 0,
                           computation_request(mode, id, ROOM, list), results);
}

/* The results of a list as text, up to NULL */
static char **split_results(const GByteArray *list)
{
    g_autoptr(GPtrArray) results = g_ptr_array_new();
    size_t at = 0;

    while (at < list->len) {
        uint32_t len;

        g_assert_cmpint(list->len - at, >=, sizeof(len));
        len = ldl_le_p(list->data + at);
        at += sizeof(len);
        g_assert_cmpint(list->len - at, >=, len);
        g_ptr_array_add(results, to_hex(list->data + at, len));
        at += len;
    }
    g_ptr_array_add(results, NULL);
    return (char **)g_ptr_array_steal(results, NULL);
}

static char **must_run(CryptodevService service, uint32_t operation,
                       uint64_t id, GByteArray *list)
{
    g_autoptr(GByteArray) results = NULL;

    g_assert_cmpint(run(service, operation, id, list, &results), ==,
                    CRYPTODEV_OK);
    return split_results(results);
}

static uint64_t id_of(const CryptoDevSession *session)
{
    return session ? ((const Session *)session)->id : 0;
}

char **compute(CryptodevService service, uint32_t operation,
               CryptoDevSession *session, ...)
{
    GByteArray *list;
    va_list ap;

    va_start(ap, session);
    list = read_list(&ap, SIZE_MAX);
    va_end(ap);
    return must_run(service, operation, id_of(session), list);
}

CryptoDevStatus compute_fail(CryptodevService service, uint32_t operation,
                             CryptoDevSession *session, ...)
{
    CryptoDevStatus status;
    GByteArray *list;
    va_list ap;

    va_start(ap, session);
    list = read_list(&ap, SIZE_MAX);
    va_end(ap);
    status = run(service, operation, id_of(session), list, NULL);
    g_assert_cmpint(status, !=, CRYPTODEV_OK);
    return status;
}

char **compute_once(CryptodevService service, uint32_t operation,
                    size_t n_session_operands, ...)
{
    GByteArray *list;
    char **results;
    uint64_t id;
    va_list ap;

    va_start(ap, n_session_operands);
    list = read_list(&ap, n_session_operands);
    g_assert_cmpint(create(service, operation, list, &id), ==, CRYPTODEV_OK);
    list = read_list(&ap, SIZE_MAX);
    va_end(ap);
    results = must_run(service, operation, id, list);
    destroy(id);
    return results;
}
