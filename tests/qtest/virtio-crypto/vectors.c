/*
 * Published test vectors through the queues of virtio-crypto: common parts
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The files are those of Debian's python3-cryptography-vectors; there are no
 * Monte Carlo files (MCT) among them.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "crypto/init.h"
#include "qapi/error.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto.h"
#include "options.h"
#include "rsp.h"
#include "vectors.h"

#define INDIRECT    (1ull << VIRTIO_RING_F_INDIRECT_DESC)
/* A request in random pieces has some hundred descriptors at most */
#define MAX_PIECES  100

static const QVirtioCryptoShape shapes[] = {
    { .joined = true },
    { .indirect = true, .in_place = true },
    { .indirect = true, .in_place = true, .overlap = 5 },
    { .indirect = true, .piece = 13 },
    { .indirect = true, .piece = 5, .joined = true, .in_place = true,
      .surplus_readable = 3, .surplus_writable = 7 },
};

struct VectorRun {
    QVirtioCryptoRequest *reqs[ARRAY_SIZE(shapes)];
};

VectorRun *vectors_enqueue(QVirtioCryptoDriver *d, const QVirtioCryptoOp *op)
{
    VectorRun *run = g_new0(VectorRun, 1);

    for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
        QVirtioCryptoShape shape = shapes[i];

        if (shape.piece) {
            shape.piece = MAX(shape.piece,
                              (op->src_bytes + op->aad_bytes) / MAX_PIECES);
        }
        run->reqs[i] = qvirtio_crypto_op_request(d, op);
        if (run->reqs[i]->fills_room) {
            shape.surplus_writable = 0;
        }
        qvirtio_crypto_enqueue(d, 0, run->reqs[i], &shape);
    }
    return run;
}

/*
 * Whether a request ended in the only way that is right.  An array that is
 * empty may have no data.
 */
static bool is_right(const QVirtioCryptoRequest *req, uint8_t status,
                     const GByteArray *expected)
{
    return req->status == status &&
           req->written->len == expected->len &&
           (!expected->len ||
            !memcmp(req->written->data, expected->data, expected->len));
}

void vectors_finish(QVirtioCryptoDriver *d, VectorRun *run, uint8_t status,
                    const GByteArray *expected, const char *path)
{
    for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
        QVirtioCryptoRequest *req = run->reqs[i];

        qvirtio_crypto_wait(d, 0, req);
        if (!is_right(req, status, expected)) {
            g_error("%s: wrong result in shape %zu: status %u for %u, "
                    "%u bytes for %u", path, i, req->status, status,
                    req->written->len, expected->len);
        }
        qvirtio_crypto_request_free(req, d->alloc);
    }
    g_free(run);
}

void vectors_check(QVirtioCryptoDriver *d, const QVirtioCryptoOp *op,
                   const GByteArray *expected, const char *path)
{
    VectorRun *run = vectors_enqueue(d, op);

    qvirtring_kick(d->rings[0]);
    vectors_finish(d, run, VIRTIO_CRYPTO_OK, expected, path);
}

void vectors_check_status(QVirtioCryptoDriver *d, const QVirtioCryptoOp *op,
                          uint8_t status, const char *path)
{
    g_autoptr(GByteArray) nothing = g_byte_array_new();
    VectorRun *run = vectors_enqueue(d, op);

    qvirtring_kick(d->rings[0]);
    vectors_finish(d, run, status, nothing, path);
}

GByteArray *vectors_digest(QCryptoHashAlgo algo, const GByteArray *message)
{
    g_autofree uint8_t *bytes = NULL;
    GByteArray *result = g_byte_array_new();
    size_t len = 0;

    qcrypto_hash_bytes(algo, (const char *)message->data, message->len,
                       &bytes, &len, &error_abort);
    g_byte_array_append(result, bytes, len);
    return result;
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Paths of the group's files, in order */
static GPtrArray *find_files(const VectorGroup *group)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *path = vectors_path(group->dir);
    GDir *dir = g_dir_open(path, 0, NULL);
    const char *name;

    if (!dir) {
        g_error("%s: no such folder of test vectors", path);
    }
    while ((name = g_dir_read_name(dir))) {
        if (g_pattern_match_simple(group->files, name) &&
            !(group->but_not &&
              g_pattern_match_simple(group->but_not, name))) {
            g_ptr_array_add(paths, g_build_filename(path, name, NULL));
        }
    }
    g_dir_close(dir);
    g_ptr_array_sort(paths, compare_names);
    return paths;
}

static void report(const VectorGroup *group, const VectorCount *count)
{
    if (count->taken == count->seen) {
        g_test_message("%u vectors from %s/%s", count->taken, group->dir,
                       group->files);
    } else {
        g_test_message("%u of %u vectors from %s/%s", count->taken,
                       count->seen, group->dir, group->files);
    }
}

static void test_group(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    const VectorGroup *group = data;
    QVirtioCryptoDriver *d;
    g_autoptr(GPtrArray) paths = find_files(group);
    VectorCount total = { };

    qcrypto_init(&error_abort);
    d = qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, INDIRECT);
    for (guint i = 0; i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);
        VectorCount count = { };

        group->run(d, group, path, &count);
        if (!count.taken) {
            g_error("%s: no vectors in this file", path);
        }
        total.seen += count.seen;
        total.taken += count.taken;
    }
    qvirtio_crypto_stop(d);
    if (!total.taken) {
        g_error("%s/%s: no vectors", group->dir, group->files);
    }
    report(group, &total);
}

static void register_groups(const VectorGroup *groups, size_t n,
                            const char *prefix, const char *interface)
{
    for (size_t i = 0; i < n; i++) {
        g_autofree char *name = g_strconcat(prefix, groups[i].name, NULL);
        QOSGraphTestOptions opts = {
            .before = add_shared_ram,
            .arg = (void *)&groups[i],
        };

        qos_add_test(name, interface, test_group, &opts);
    }
}

void vectors_register(const VectorGroup *groups, size_t n)
{
    register_groups(groups, n, "vectors/", "virtio-crypto");
}

void vectors_register_both(const VectorGroup *groups, size_t n)
{
    vectors_register(groups, n);
    register_groups(groups, n, "rfc-vectors/", "virtio-crypto-rfc");
}
