/*
 * The virtio crypto device: sessions and requests in a migration stream
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/virtio/virtio-crypto.h"
#include "migration/qemu-file-types.h"
#include "trace.h"
#include "migrated-requests.h"
#include "migration.h"
#include "sessions.h"

/*
 * Forget what the device did before, or what an earlier stream brought that
 * came to no good end.  Mostly the pool has nothing, and this runs in a
 * coroutine, where it is no good custom to wait for a queue.  Operations that
 * were disowned may use sessions yet, so those of the stream get a table of
 * their own.
 */
static void clear(VirtIOCrypto *s)
{
    for (unsigned int i = 0; i < virtio_crypto_num_queues(s); i++) {
        if (!QTAILQ_EMPTY(&s->queues[i].jobs)) {
            virtio_crypto_queue_stop(&s->queues[i]);
        }
        virtio_crypto_saved_clear(&s->queues[i]);
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

    for (unsigned int i = 0; i < virtio_crypto_num_queues(s); i++) {
        n += virtio_crypto_saved_count(&s->queues[i]);
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

static int put_requests(QEMUFile *f, void *pv, size_t size,
                        const VMStateField *field, JSONWriter *vmdesc)
{
    VirtIOCrypto *s = pv;

    for (unsigned int i = 0; i < virtio_crypto_num_queues(s); i++) {
        if (!virtio_crypto_saved_put(&s->queues[i], f)) {
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
        if (!virtio_crypto_saved_get(&s->queues[i], f)) {
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
