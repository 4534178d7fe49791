/*
 * The virtio crypto device: sessions and requests in a migration stream
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/virtio/virtio-crypto.h"
#include "migration/qemu-file-types.h"
#include "trace.h"
#include "control-queue.h"
#include "data-queue.h"
#include "migrated-requests.h"
#include "migration.h"
#include "sessions.h"

/*
 * Forget what the device did before, or what an earlier stream brought that
 * came to no good end.  Mostly nothing is in flight, and this runs in a
 * coroutine, which had better not wait for a queue.  Operations that
 * were disowned may use sessions yet, so those of the stream get a table of
 * their own.
 */
static void clear(VirtIOCrypto *s)
{
    for (unsigned int i = 0; i < s->cryptodev->queues; i++) {
        VirtIOCryptoDataQueue *data = &s->data_queues[i];

        if (!QTAILQ_EMPTY(&data->in_flight->tasks)) {
            virtio_crypto_queue_stop(&data->queue);
        }
        virtio_crypto_migrated_clear(data);
    }
    virtio_crypto_sessions_clear(s->sessions);
    virtio_crypto_sessions_unref(s->sessions);
    s->sessions = virtio_crypto_sessions_new(s->cryptodev, s->max_sessions);
}

static int pre_load(void *opaque)
{
    clear(opaque);
    return 0;
}

static uint32_t count_requests(const VirtIOCrypto *s)
{
    uint32_t n = 0;

    for (unsigned int i = 0; i < s->cryptodev->queues; i++) {
        n += virtio_crypto_migrated_count(&s->data_queues[i]);
    }
    return n;
}

static int put_sessions(QEMUFile *f, void *pv, size_t size,
                        const VMStateField *field, JSONWriter *vmdesc)
{
    VirtIOCrypto *s = pv;

    virtio_crypto_sessions_put_all(s->sessions, f);
    return 0;
}

static int get_sessions(QEMUFile *f, void *pv, size_t size,
                        const VMStateField *field)
{
    VirtIOCrypto *s = pv;

    if (!virtio_crypto_sessions_get_all(s->sessions, f)) {
        clear(s);
        return -EINVAL;
    }
    return 0;
}

/* The data queue with that index; NULL if it is the control queue's. */
static VirtIOCryptoDataQueue *data_queue_at(const VirtIOCrypto *s,
                                            unsigned int index)
{
    VirtIOCryptoQueue *queue = s->queues[index];

    return queue == &s->control_queue->queue
           ? NULL : container_of(queue, VirtIOCryptoDataQueue, queue);
}

/* The control queue answers its requests at once, and has none. */
static bool put_queue(VirtIOCryptoDataQueue *data, QEMUFile *f)
{
    if (data) {
        return virtio_crypto_migrated_put(data, f);
    }
    qemu_put_be32(f, 0);
    return true;
}

static bool get_queue(VirtIOCryptoDataQueue *data, QEMUFile *f)
{
    return data ? virtio_crypto_migrated_get(data, f) : qemu_get_be32(f) == 0;
}

static int put_requests(QEMUFile *f, void *pv, size_t size,
                        const VMStateField *field, JSONWriter *vmdesc)
{
    VirtIOCrypto *s = pv;

    for (unsigned int i = 0; i < virtio_crypto_num_queues(s); i++) {
        if (!put_queue(data_queue_at(s, i), f)) {
            return -EBUSY;
        }
    }
    trace_virtio_crypto_save(s, virtio_crypto_sessions_count(s->sessions),
                             count_requests(s));
    return 0;
}

static int get_requests(QEMUFile *f, void *pv, size_t size,
                        const VMStateField *field)
{
    VirtIOCrypto *s = pv;

    for (unsigned int i = 0; i < virtio_crypto_num_queues(s); i++) {
        if (!get_queue(data_queue_at(s, i), f)) {
            clear(s);
            return -EINVAL;
        }
    }
    trace_virtio_crypto_load(s, virtio_crypto_sessions_count(s->sessions),
                             count_requests(s));
    return 0;
}

static const VMStateInfo sessions_info = {
    .name = "virtio-crypto sessions",
    .get = get_sessions,
    .put = put_sessions,
};

static const VMStateInfo requests_info = {
    .name = "virtio-crypto requests",
    .get = get_requests,
    .put = put_requests,
};

const VMStateDescription virtio_crypto_vmstate = {
    .name = "virtio-crypto-state",
    .version_id = 1,
    .minimum_version_id = 1,
    .pre_load = pre_load,
    .fields = (const VMStateField[]) {
        {
            .name = "sessions",
            .info = &sessions_info,
            .flags = VMS_SINGLE,
        },
        {
            .name = "requests",
            .info = &requests_info,
            .flags = VMS_SINGLE,
        },
        VMSTATE_END_OF_LIST()
    },
};
