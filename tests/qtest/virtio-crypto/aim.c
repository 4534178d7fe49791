/*
 * Requests of virtio-crypto whose results go where the test wants
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "aim.h"
#include "cipher-reference.h"

#define CIPHER_NAME "aes-ctr"
#define KEY         "0123456789abcdef"
#define IV          "fedcba9876543210"
#define KEY_LEN     16

/* A request, and the result that it is to have if that stays in memory */
typedef struct Aimed {
    QVirtioCryptoRequest *req;
    uint32_t queue;
    GByteArray *expected;
} Aimed;

static void create_session(Aim *aim)
{
    const CipherAlgo *algo = cipher_find_algo(CIPHER_NAME);
    QVirtioCryptoSession session =
        qvirtio_crypto_cipher(algo->number, true, KEY, KEY_LEN);

    aim->session = qvirtio_crypto_create(aim->d, &session);
}

Aim *aim_new(QVirtioCryptoDriver *d)
{
    Aim *aim = g_new0(Aim, 1);

    aim->d = d;
    aim->reqs = g_ptr_array_new();
    create_session(aim);
    return aim;
}

static void free_aimed(Aimed *aimed)
{
    if (aimed->expected) {
        g_byte_array_unref(aimed->expected);
    }
    g_free(aimed);
}

/* Those that are done are ours; the driver frees the others */
void aim_forget(Aim *aim)
{
    for (guint i = 0; i < aim->reqs->len; i++) {
        Aimed *aimed = g_ptr_array_index(aim->reqs, i);

        if (aimed->req->done) {
            qvirtio_crypto_request_free(aimed->req, aim->d->alloc);
        }
        free_aimed(aimed);
    }
    g_ptr_array_set_size(aim->reqs, 0);
}

void aim_free(Aim *aim)
{
    aim_forget(aim);
    g_ptr_array_unref(aim->reqs);
    g_free(aim);
}

void aim_restart(Aim *aim)
{
    aim_forget(aim);
    qvirtio_crypto_restart(aim->d);
    create_session(aim);
}

/* The source that gives a result: encryption and decryption are the same */
static GByteArray *source_of(const void *result, size_t len)
{
    const CipherAlgo *algo = cipher_find_algo(CIPHER_NAME);
    g_autoptr(GByteArray) key = g_byte_array_new();
    g_autoptr(GByteArray) iv = g_byte_array_new();

    g_byte_array_append(key, (const uint8_t *)KEY, KEY_LEN);
    g_byte_array_append(iv, (const uint8_t *)IV, algo->iv_len);
    return reference_cipher(algo, false, key, iv, result, len);
}

static QVirtioCryptoRequest *add(Aim *aim, uint32_t queue, const void *result,
                                 size_t len, bool in_memory)
{
    g_autoptr(GByteArray) src = source_of(result, len);
    const CipherAlgo *algo = cipher_find_algo(CIPHER_NAME);
    QVirtioCryptoOp op =
        qvirtio_crypto_cipher_op(aim->session, true, IV, algo->iv_len,
                                 src->data, src->len);
    Aimed *aimed = g_new0(Aimed, 1);

    aimed->req = qvirtio_crypto_op_request(aim->d, &op);
    aimed->queue = queue;
    if (in_memory) {
        aimed->expected = g_byte_array_new();
        g_byte_array_append(aimed->expected, result, len);
    }
    g_ptr_array_add(aim->reqs, aimed);
    return aimed->req;
}

static QVirtDesc *place(QVirtioCryptoDriver *d, uint32_t queue,
                        QVirtioCryptoRequest *req, size_t *n)
{
    const QVirtioCryptoShape shape = { };

    qvirtio_crypto_request_place(req, &d->memory, d->alloc, d->rand, &shape,
                                 d->rings[queue]->ops);
    return qvirtio_crypto_request_descs(req, n);
}

static void add_to_ring(QVirtioCryptoDriver *d, uint32_t queue,
                        QVirtioCryptoRequest *req, const QVirtDesc *descs,
                        size_t n)
{
    uint16_t id = qvirtring_add(d->rings[queue], descs, n);

    g_assert_null(d->pending[queue][id]);
    d->pending[queue][id] = req;
}

/* The status comes behind the result, and stays in memory */
static void enqueue(Aim *aim, uint32_t queue, uint64_t addr,
                    const void *result, size_t len)
{
    QVirtioCryptoRequest *req = add(aim, queue, result, len, false);
    g_autofree QVirtDesc *descs = NULL;
    size_t n;

    descs = place(aim->d, queue, req, &n);
    g_assert_cmpint(descs[n - 2].len, ==, len);
    descs[n - 2].addr = addr;
    add_to_ring(aim->d, queue, req, descs, n);
}

void aim_enqueue(Aim *aim, uint32_t queue, uint64_t addr, uint16_t result)
{
    result = cpu_to_le16(result);
    enqueue(aim, queue, addr, &result, sizeof(result));
}

void aim_enqueue_byte(Aim *aim, uint32_t queue, uint64_t addr, uint8_t result)
{
    enqueue(aim, queue, addr, &result, sizeof(result));
}

void aim_enqueue_many(Aim *aim, uint32_t queue, unsigned int n)
{
    const QVirtioCryptoShape shape = { };

    for (unsigned int i = 0; i < n; i++) {
        uint32_t result[4] = { i + 1, ~i, i * i, i };

        qvirtio_crypto_enqueue(aim->d, queue,
                               add(aim, queue, result, sizeof(result), true),
                               &shape);
    }
}

static void check(Aim *aim, const Aimed *aimed)
{
    const GByteArray *expected = aimed->expected;

    g_assert_cmpint(aimed->req->status, ==, VIRTIO_CRYPTO_OK);
    if (expected) {
        g_assert_cmpmem(aimed->req->written->data, aimed->req->written->len,
                        expected->data, expected->len);
    }
}

void aim_wait(Aim *aim)
{
    for (guint i = 0; i < aim->reqs->len; i++) {
        Aimed *aimed = g_ptr_array_index(aim->reqs, i);

        qvirtio_crypto_wait(aim->d, aimed->queue, aimed->req);
        check(aim, aimed);
    }
    aim_forget(aim);
    /* There is no second answer. */
    for (uint32_t queue = 0; queue < aim->d->n_data; queue++) {
        g_assert_false(qvirtio_crypto_poll(aim->d, queue));
    }
}

void aim_enqueue_request(QVirtioCryptoDriver *d, uint32_t queue,
                         QVirtioCryptoRequest *req, uint64_t addr,
                         uint32_t len)
{
    g_autofree QVirtDesc *descs = NULL;
    QVirtDesc *last;
    size_t n;

    descs = place(d, queue, req, &n);
    last = &descs[n - 1];
    g_assert_cmpint(last->len, >=, len);
    if (last->len > len) {
        descs = g_renew(QVirtDesc, descs, n + 1);
        last = &descs[n - 1];
        descs[n++] = (QVirtDesc) { last->addr + len, last->len - len, true };
    }
    last->addr = addr;
    last->len = len;
    add_to_ring(d, queue, req, descs, n);
}

uint64_t aim_doorbell(QVirtQueue *vq)
{
    QVirtioPCIDevice *pci = container_of(vq->vdev, QVirtioPCIDevice, vdev);

    return pci->bar.addr + container_of(vq, QVirtQueuePCI, vq)->notify_offset;
}

uint64_t aim_common(QVirtioPCIDevice *pci, uint32_t offset)
{
    return pci->bar.addr + pci->common_cfg_offset + offset;
}
