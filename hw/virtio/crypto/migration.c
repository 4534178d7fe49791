/*
 * The virtio crypto device: sessions and requests in a migration stream
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/virtio/virtio-crypto.h"
#include "trace.h"
#include "migration.h"
#include "readiness.h"
#include "request-state.h"
#include "session-state.h"
#include "state.h"

/*
 * Forget the device's former state, or that of an earlier stream that failed.
 * Usually nothing is in flight; this runs in a coroutine, which should not wait
 * for a queue.  Disowned operations may still use sessions, so the stream's
 * sessions get a new table.
 */
static void clear(VirtIOCrypto *s)
{
    for (unsigned int i = 0; i < s->cryptodev->queues; i++) {
        VirtIOCryptoDataQueue *data = &s->data_queues[i];

        if (!QTAILQ_EMPTY(&data->in_flight->tasks)) {
            virtio_crypto_queue_stop(&data->queue);
        }
        virtio_crypto_migrated_clear(&data->migrated);
    }
    virtio_crypto_sessions_clear(s->sessions);
    virtio_crypto_sessions_unref(s->sessions);
    s->sessions = virtio_crypto_sessions_new(s->cryptodev, s->max_sessions);
}

static int pre_load(void *opaque)
{
    VirtIOCrypto *s = opaque;

    clear(s);
    s->told_ready = true;
    s->tell_ready = false;
    return 0;
}

static int post_load(void *opaque, int version_id)
{
    virtio_crypto_readiness_loaded(opaque);
    return 0;
}

static uint32_t count_requests(const VirtIOCrypto *s)
{
    uint32_t n = 0;

    for (unsigned int i = 0; i < s->cryptodev->queues; i++) {
        n += virtio_crypto_requests_count(&s->data_queues[i]);
    }
    return n;
}

static int put_sessions(QEMUFile *f, void *pv, size_t size,
                        const VMStateField *field, JSONWriter *vmdesc)
{
    VirtIOCrypto *s = pv;

    return virtio_crypto_sessions_save(s->sessions, f, vmdesc);
}

static int get_sessions(QEMUFile *f, void *pv, size_t size,
                        const VMStateField *field)
{
    VirtIOCrypto *s = pv;
    int ret = virtio_crypto_sessions_load(s->sessions, s->wire, f);

    if (ret) {
        clear(s);
    }
    return ret;
}

static int put_requests(QEMUFile *f, void *pv, size_t size,
                        const VMStateField *field, JSONWriter *vmdesc)
{
    VirtIOCrypto *s = pv;
    int ret = virtio_crypto_requests_save(s, f, vmdesc);

    if (!ret) {
        trace_virtio_crypto_save(s, virtio_crypto_sessions_count(s->sessions),
                                 count_requests(s));
    }
    return ret;
}

static int get_requests(QEMUFile *f, void *pv, size_t size,
                        const VMStateField *field)
{
    VirtIOCrypto *s = pv;
    int ret = virtio_crypto_requests_load(s, f);

    if (ret) {
        clear(s);
    } else {
        trace_virtio_crypto_load(s, virtio_crypto_sessions_count(s->sessions),
                                 count_requests(s));
    }
    return ret;
}

static const VMStateInfo sessions_info = {
    .name = "struct",
    .get = get_sessions,
    .put = put_sessions,
};

static const VMStateInfo requests_info = {
    .name = "struct",
    .get = get_requests,
    .put = put_requests,
};

const VMStateDescription virtio_crypto_vmstate = {
    .name = "virtio-crypto-state",
    .version_id = 1,
    .minimum_version_id = 1,
    .pre_load = pre_load,
    .post_load = post_load,
    .fields = (const VMStateField[]) {
        VMSTATE_CRYPTO_STATE("sessions", sessions_info),
        VMSTATE_CRYPTO_STATE("requests", requests_info),
        VMSTATE_END_OF_LIST()
    },
    .subsections = (const VMStateDescription * const []) {
        &virtio_crypto_readiness_vmstate,
        NULL
    },
};
