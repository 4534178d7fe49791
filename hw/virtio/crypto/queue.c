/*
 * The virtio crypto device: a virtqueue, and how it is served
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "block/aio-wait.h"
#include "hw/virtio/virtio-ram.h"
#include "qemu/iov.h"
#include "qemu/main-loop.h"
#include "qemu/rcu.h"
#include "system/dma.h"
#include "system/runstate.h"
#include "queue.h"

static void listen_for_kicks(VirtIOCryptoQueue *queue, bool listen)
{
    if (!queue->ioeventfd || queue->listening == listen) {
        return;
    }
    queue->listening = listen;
    if (listen) {
        virtio_queue_aio_attach_host_notifier(queue->vq, queue->context);
    } else {
        virtio_queue_aio_detach_host_notifier(queue->vq, queue->context);
    }
}

/*
 * While the context polls the ring, the AioContext has told the driver not to
 * kick, and will take that back itself.
 */
static void suppress_kicks(VirtIOCryptoQueue *queue)
{
    if (virtio_queue_get_notification(queue->vq)) {
        virtio_queue_set_notification(queue->vq, 0);
        queue->suppressing = true;
    }
}

static void allow_kicks(VirtIOCryptoQueue *queue)
{
    if (queue->suppressing) {
        queue->suppressing = false;
        virtio_queue_set_notification(queue->vq, 1);
        /* A request may have come before the driver saw that. */
        if (!virtio_queue_empty(queue->vq)) {
            qemu_bh_schedule(queue->bh);
        }
    }
}

static VirtIOCryptoServed run_turn(VirtIOCryptoQueue *queue)
{
    RCU_READ_LOCK_GUARD();
    return queue->ops->serve(queue);
}

/* Serve a turn, and see to it that what is left is served. */
static void serve_turn(VirtIOCryptoQueue *queue)
{
    VirtIOCryptoServed served;

    suppress_kicks(queue);
    served = run_turn(queue);
    /* Writing results may have stopped the queue or unplugged the device. */
    if (!queue->running) {
        return;
    }
    switch (served) {
    case VIRTIO_CRYPTO_SERVED_TURN:
        qemu_bh_schedule(queue->bh);
        break;
    case VIRTIO_CRYPTO_SERVED_ALL:
        listen_for_kicks(queue, true);
        allow_kicks(queue);
        break;
    case VIRTIO_CRYPTO_SERVED_BLOCKED:
        listen_for_kicks(queue, false);
        break;
    }
}

static void serve(VirtIOCryptoQueue *queue)
{
    if (queue->serving) {
        queue->again = true;
        return;
    }
    queue->serving = true;
    if (queue->running) {
        serve_turn(queue);
    }
    queue->serving = false;
    if (queue->again && queue->running) {
        qemu_bh_schedule(queue->bh);
    }
    queue->again = false;
}

/*
 * In the main loop, a buffer or an interrupt may be a write to MMIO.  The guard
 * makes the device's own registers ignore it.  A write to other registers can
 * unplug the device, so hold references.
 */
static void run_held(VirtIOCryptoQueue *queue,
                     void (*func)(VirtIOCryptoQueue *queue))
{
    DeviceState *dev = DEVICE(queue->dev);
    DeviceState *transport = qdev_get_parent_bus(dev)->parent;
    bool engaged = transport->mem_reentrancy_guard.engaged_in_io;

    object_ref(OBJECT(transport));
    object_ref(OBJECT(dev));
    transport->mem_reentrancy_guard.engaged_in_io = true;
    func(queue);
    transport->mem_reentrancy_guard.engaged_in_io = engaged;
    object_unref(OBJECT(dev));
    object_unref(OBJECT(transport));
}

/*
 * While the machine stops, other devices may wait for their threads, and run
 * this bottom half meanwhile.  Their registers must not be written any more.
 */
static void serve_bh(void *opaque)
{
    VirtIOCryptoQueue *queue = opaque;

    if (virtio_crypto_queue_in_main_loop(queue)) {
        if (runstate_is_live(runstate_get())) {
            run_held(queue, serve);
        }
    } else {
        serve(queue);
    }
}

/* In the main loop, defer: the caller may hold no reference to the device. */
void virtio_crypto_queue_kick(VirtIOCryptoQueue *queue)
{
    if (qemu_get_current_aio_context() == queue->context &&
        !virtio_crypto_queue_in_main_loop(queue)) {
        serve(queue);
    } else {
        qemu_bh_schedule(queue->bh);
    }
}

void virtio_crypto_queue_wake(VirtIOCryptoQueue *queue)
{
    qemu_bh_schedule(queue->bh);
}

static void wake(void *opaque)
{
    virtio_crypto_queue_wake(opaque);
}

void virtio_crypto_queue_wake_in(VirtIOCryptoQueue *queue, int64_t ns)
{
    timer_mod(queue->timer, qemu_clock_get_ns(QEMU_CLOCK_REALTIME) + ns);
}

static void notify_late(VirtIOCryptoQueue *queue)
{
    if (qatomic_xchg(&queue->notify, false)) {
        virtio_notify(queue->vdev, queue->vq);
    }
}

static void notify_bh(void *opaque)
{
    run_held(opaque, notify_late);
}

static void unref(void *object)
{
    object_unref(object);
}

void virtio_crypto_queue_notify(VirtIOCryptoQueue *queue)
{
    VirtIODevice *vdev = queue->vdev;

    /* Writing results may have stopped the queue or unplugged the device. */
    if (!queue->running) {
        return;
    }
    if (virtio_crypto_queue_in_main_loop(queue)) {
        virtio_notify(vdev, queue->vq);
    } else if (queue->ioeventfd) {
        virtio_notify_irqfd(vdev, queue->vq);
    } else {
        qatomic_set(&queue->notify, true);
        qemu_bh_schedule(queue->notify_bh);
    }
}

void virtio_crypto_queue_init(VirtIOCryptoQueue *queue, VirtIOCrypto *dev,
                              VirtQueue *vq, AioContext *context,
                              const VirtIOCryptoQueueOps *ops)
{
    queue->dev = dev;
    queue->vdev = VIRTIO_DEVICE(dev);
    queue->vq = vq;
    queue->context = context;
    queue->ops = ops;
    queue->bh = aio_bh_new(context, serve_bh, queue);
    queue->notify_bh = aio_bh_new(qemu_get_aio_context(), notify_bh, queue);
    queue->timer = aio_timer_new(context, QEMU_CLOCK_REALTIME, SCALE_NS,
                                 wake, queue);
}

/* Let the queue's context do something, and wait until it has. */
static void run_in_context(VirtIOCryptoQueue *queue, QEMUBHFunc *func)
{
    if (qemu_get_current_aio_context() == queue->context) {
        func(queue);
    } else {
        aio_wait_bh_oneshot(queue->context, func, queue);
    }
}

static void delete_events(void *opaque)
{
    VirtIOCryptoQueue *queue = opaque;

    timer_free(queue->timer);
    qemu_bh_delete(queue->bh);
}

void virtio_crypto_queue_destroy(VirtIOCryptoQueue *queue)
{
    run_in_context(queue, delete_events);
    qemu_bh_delete(queue->notify_bh);
}

static void start_bh(void *opaque)
{
    VirtIOCryptoQueue *queue = opaque;

    /* The first turn tells whether to listen for kicks. */
    queue->running = true;
    qemu_bh_schedule(queue->bh);
}

void virtio_crypto_queue_start(VirtIOCryptoQueue *queue, bool ioeventfd)
{
    queue->ioeventfd = ioeventfd;
    run_in_context(queue, start_bh);
}

void virtio_crypto_queue_await(VirtIOCryptoQueue *queue)
{
    qatomic_set(&queue->awaited, true);
}

static void pause_bh(void *opaque)
{
    VirtIOCryptoQueue *queue = opaque;

    listen_for_kicks(queue, false);
    timer_del(queue->timer);
    queue->running = false;
    qatomic_set(&queue->awaited, false);
}

/*
 * The interrupt may be a write to registers that unplugs this device, and the
 * callers go on to use it.  So the main loop drops the references.
 */
static void notify_now(VirtIOCryptoQueue *queue)
{
    DeviceState *dev = DEVICE(queue->dev);
    Object *transport = OBJECT(qdev_get_parent_bus(dev)->parent);
    AioContext *context = qemu_get_aio_context();

    aio_bh_schedule_oneshot(context, unref, object_ref(OBJECT(dev)));
    aio_bh_schedule_oneshot(context, unref, object_ref(transport));
    notify_bh(queue);
}

/*
 * Deliver an interrupt before the machine's state is saved.  While the machine
 * runs, the bottom half does that.
 */
void virtio_crypto_queue_pause(VirtIOCryptoQueue *queue)
{
    virtio_crypto_queue_await(queue);
    run_in_context(queue, pause_bh);
    if (!queue->vdev->vm_running &&
        qatomic_read(&queue->notify)) {
        notify_now(queue);
    }
}

static void stop_bh(void *opaque)
{
    VirtIOCryptoQueue *queue = opaque;

    pause_bh(queue);
    queue->suppressing = false;
    if (queue->ops->give_up) {
        queue->ops->give_up(queue);
    }
}

void virtio_crypto_queue_stop(VirtIOCryptoQueue *queue)
{
    virtio_crypto_queue_await(queue);
    run_in_context(queue, stop_bh);
    qatomic_set(&queue->notify, false);
}

VirtIOCryptoChain virtio_crypto_queue_describe(VirtIOCryptoQueue *queue,
                                               const VirtQueueElement *elem,
                                               uint8_t *head, size_t head_max)
{
    VirtIODevice *vdev = queue->vdev;
    uint64_t readable = 0;
    size_t head_len = 0;

    for (unsigned int i = 0; i < elem->out_num; i++) {
        const struct iovec *iov = &elem->out_sg[i];

        if (head_len < head_max) {
            size_t n = MIN(iov->iov_len, head_max - head_len);

            memcpy(head + head_len, iov->iov_base, n);
            head_len += n;
        }
        readable += iov->iov_len;
    }
    return (VirtIOCryptoChain) {
        .head = head,
        .head_len = head_len,
        .readable = readable,
        .writable = iov_size(elem->in_sg, elem->in_num),
        .features = vdev->guest_features,
        .big_endian = virtio_is_big_endian(vdev),
        .max_size = queue->dev->max_request_size,
    };
}

/*
 * The used length ends with the result.  So a status byte after a gap needs a
 * transfer of its own, for dirty memory tracking.
 */
void virtio_crypto_queue_write_status(VirtIOCryptoQueue *queue,
                                      const VirtQueueElement *elem,
                                      uint8_t status, bool behind_gap)
{
    VirtIODevice *vdev = queue->vdev;
    unsigned int last = elem->in_num - 1;
    size_t offset = elem->in_sg[last].iov_len - sizeof(status);

    *((uint8_t *)elem->in_sg[last].iov_base + offset) = status;
    if (!behind_gap) {
        return;
    }
    if (vdev->ram) {
        virtio_ram_set_dirty(vdev->ram, elem->in_addr[last] + offset,
                             sizeof(status));
    } else {
        dma_memory_write(vdev->dma_as, elem->in_addr[last] + offset, &status,
                         sizeof(status), MEMTXATTRS_UNSPECIFIED);
    }
}

void virtio_crypto_queue_reject(VirtIOCryptoQueue *queue,
                                const VirtQueueElement *elem)
{
    virtio_error(queue->vdev,
                 "virtio-crypto: a request has no complete header or no"
                 " status byte");
    virtqueue_detach_element(queue->vq, elem, 0);
}
