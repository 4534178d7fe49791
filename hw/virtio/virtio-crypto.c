/*
 * The virtio crypto device: its life, and its properties
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "exec/address-spaces.h"
#include "hw/qdev-properties.h"
#include "hw/qdev-properties-system.h"
#include "hw/virtio/iothread-vq-mapping.h"
#include "hw/virtio/virtio-crypto.h"
#include "hw/virtio/virtio-ram.h"
#include "migration/vmstate.h"
#include "qapi/error.h"
#include "qemu/main-loop.h"
#include "qemu/units.h"
#include "system/xen.h"
#include "crypto/trace.h"
#include "crypto/capability-state.h"
#include "crypto/control-queue.h"
#include "crypto/data-queue.h"
#include "crypto/in-flight.h"
#include "crypto/migration.h"
#include "crypto/notifiers.h"
#include "crypto/pool.h"
#include "crypto/protocol.h"
#include "crypto/readiness.h"
#include "crypto/sessions.h"
#include "crypto/user.h"
#include "crypto/wire.h"

#define QUEUE_SIZE VIRTQUEUE_MAX_SIZE

#define REQUEST_SIZE_MIN (4 * KiB)
#define REQUEST_SIZE_MAX (64 * MiB)

/*
 * The most operations in the pool, and the most threads that run them, which
 * are fewer unless the user asks for them
 */
#define POOL_OPERATIONS_MAX 4096
#define POOL_THREADS_MAX 64
#define POOL_THREADS_DEFAULT_MAX 8

static void handle_output(VirtIODevice *vdev, VirtQueue *vq)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(vdev);

    virtio_crypto_queue_kick(s->queues[virtio_get_queue_index(vq)]);
}

/*
 * An IOMMU may map a buffer to MMIO, which threads must not touch: accesses
 * need the big QEMU lock.  Under Xen, QEMU can access the guest's RAM only
 * while it is mapped, and maps each piece when it needs it.
 */
static bool can_have_threads(VirtIOCrypto *s)
{
    return !xen_enabled() &&
           !virtio_host_has_feature(VIRTIO_DEVICE(s), VIRTIO_F_IOMMU_PLATFORM);
}

static void delete_threads(VirtIOCrypto *s)
{
    for (unsigned int i = 0; s->threads && i < s->cryptodev->queues; i++) {
        if (s->threads[i]) {
            iothread_destroy(s->threads[i]);
        }
    }
    g_clear_pointer(&s->threads, g_free);
    if (s->iothread_vq_mapping) {
        iothread_vq_mapping_cleanup(s->iothread_vq_mapping);
    }
}

/* Name threads after the backend: no other device has the same one. */
static bool create_threads(VirtIOCrypto *s, AioContext **contexts,
                           Error **errp)
{
    const char *id =
        object_get_canonical_path_component(OBJECT(s->cryptodev));

    s->threads = g_new0(IOThread *, s->cryptodev->queues);
    for (unsigned int i = 0; i < s->cryptodev->queues; i++) {
        g_autofree char *name = g_strdup_printf("%s-queue%u", id, i);

        s->threads[i] = iothread_create(name, errp);
        if (!s->threads[i]) {
            delete_threads(s);
            return false;
        }
        contexts[i] = iothread_get_aio_context(s->threads[i]);
    }
    return true;
}

/* Fill in the context that serves each data queue. */
static bool choose_contexts(VirtIOCrypto *s, AioContext **contexts,
                            Error **errp)
{
    if (s->iothread_vq_mapping && !can_have_threads(s)) {
        error_setg(errp, "'iothread-vq-mapping' cannot be used with %s",
                   xen_enabled() ? "Xen" : "'iommu_platform=on'");
        return false;
    }
    if (s->iothread_vq_mapping) {
        return iothread_vq_mapping_apply(s->iothread_vq_mapping, contexts,
                                         s->cryptodev->queues, errp);
    }
    if (can_have_threads(s)) {
        return create_threads(s, contexts, errp);
    }
    for (unsigned int i = 0; i < s->cryptodev->queues; i++) {
        contexts[i] = qemu_get_aio_context();
    }
    return true;
}

static VirtQueue *add_virtqueue(VirtIOCrypto *s)
{
    return virtio_add_queue(VIRTIO_DEVICE(s), QUEUE_SIZE, handle_output);
}

static VirtIOCryptoQueue *add_control_queue(VirtIOCrypto *s)
{
    s->control_queue = virtio_crypto_control_queue_new(s, add_virtqueue(s));
    return &s->control_queue->queue;
}

static VirtIOCryptoQueue *add_data_queue(VirtIOCrypto *s, unsigned int i,
                                         AioContext *context)
{
    virtio_crypto_data_queue_init(&s->data_queues[i], s, add_virtqueue(s),
                                  context);
    return &s->data_queues[i].queue;
}

static void add_queues(VirtIOCrypto *s, AioContext **contexts)
{
    unsigned int n = virtio_crypto_num_queues(s);
    unsigned int ctrl = s->wire->ctrl_queue_first ? 0 : n - 1;
    unsigned int added = 0;

    s->data_queues = g_new0(VirtIOCryptoDataQueue, n - 1);
    s->queues = g_new0(VirtIOCryptoQueue *, n);
    for (unsigned int i = 0; i < n; i++) {
        if (i == ctrl) {
            s->queues[i] = add_control_queue(s);
        } else {
            s->queues[i] = add_data_queue(s, added, contexts[added]);
            added++;
        }
    }
}

/* Tell all queues to finish first, so that their batches end in parallel. */
static void await_queues(VirtIOCrypto *s)
{
    for (unsigned int i = 0; i < virtio_crypto_num_queues(s); i++) {
        virtio_crypto_queue_await(s->queues[i]);
    }
}

static void stop_queues(VirtIOCrypto *s)
{
    await_queues(s);
    for (unsigned int i = 0; i < virtio_crypto_num_queues(s); i++) {
        virtio_crypto_queue_stop(s->queues[i]);
    }
}

static bool should_run(const VirtIODevice *vdev, uint8_t status)
{
    return vdev->vm_running && (status & VIRTIO_CONFIG_S_DRIVER_OK);
}

/*
 * Whether the queues can be used.  While the device is unplugged, other devices
 * may still write its registers.
 */
static bool has_queues(const VirtIOCrypto *s)
{
    return s->ready_bh;
}

/*
 * Pause the queues, and start them again if they are to run.  Returns false if
 * an interrupt has unplugged the device.
 */
static bool restart_queues(VirtIOCrypto *s, bool run)
{
    unsigned int n = virtio_crypto_num_queues(s);

    await_queues(s);
    for (unsigned int i = 0; i < n; i++) {
        virtio_crypto_queue_pause(s->queues[i]);
        if (!has_queues(s)) {
            return false;
        }
        if (run) {
            virtio_crypto_queue_start(s->queues[i], s->ioeventfd);
        }
    }
    return true;
}

static void delete_queues(VirtIOCrypto *s)
{
    for (unsigned int i = 0; i < s->cryptodev->queues; i++) {
        virtio_crypto_data_queue_leave(&s->data_queues[i]);
        cryptodev_stats_add(&s->cryptodev->stats, &s->data_queues[i].stats);
    }
    for (unsigned int i = 0; i < virtio_crypto_num_queues(s); i++) {
        virtio_crypto_queue_destroy(s->queues[i]);
    }
}

static int count_pool_threads(const VirtIOCrypto *s)
{
    return s->pool_threads ?: MIN(g_get_num_processors(),
                                  POOL_THREADS_DEFAULT_MAX);
}

/*
 * Free what a caller further up the stack may need while it serves a queue.
 * The device's link to its backend may be gone.  The table of sessions keeps
 * the backend, so it goes after the data queues, whose states need it.
 */
static void free_memory(VirtIOCrypto *s)
{
    VirtIODevice *vdev = VIRTIO_DEVICE(s);

    if (s->queues) {
        int n = virtio_get_num_queues(vdev);

        for (int i = 0; i < n - 1; i++) {
            virtio_crypto_data_queue_clear(&s->data_queues[i]);
        }
        while (n-- > 0) {
            virtio_del_queue(vdev, n);
        }
    }
    g_clear_pointer(&s->sessions, virtio_crypto_sessions_unref);
    g_clear_pointer(&s->queues, g_free);
    g_clear_pointer(&s->data_queues, g_free);
    g_clear_pointer(&s->control_queue, virtio_crypto_control_queue_free);
}

static bool check_properties(const VirtIOCrypto *s, Error **errp)
{
    if (!s->cryptodev) {
        error_setg(errp, "'cryptodev' must be the id of a cryptodev-backend-*"
                   " object");
        return false;
    }
    if (s->max_sessions < 1 || s->max_sessions > VIRTIO_CRYPTO_SESSIONS_MAX) {
        error_setg(errp, "'max-sessions' must be between 1 and %d",
                   VIRTIO_CRYPTO_SESSIONS_MAX);
        return false;
    }
    if (s->max_request_size < REQUEST_SIZE_MIN ||
        s->max_request_size > REQUEST_SIZE_MAX) {
        error_setg(errp, "'max-request-size' must be between %" PRId64
                   " and %" PRId64 " bytes", (int64_t)REQUEST_SIZE_MIN,
                   (int64_t)REQUEST_SIZE_MAX);
        return false;
    }
    if (s->max_pool_operations < s->cryptodev->queues ||
        s->max_pool_operations > POOL_OPERATIONS_MAX) {
        error_setg(errp, "'max-pool-operations' must be between %u, the number"
                   " of data queues, and %d", s->cryptodev->queues,
                   POOL_OPERATIONS_MAX);
        return false;
    }
    if (s->pool_threads > POOL_THREADS_MAX) {
        error_setg(errp, "'pool-threads' must be between 1 and %d, or 0 for the"
                   " default", POOL_THREADS_MAX);
        return false;
    }
    return true;
}

static void virtio_crypto_realize(DeviceState *dev, Error **errp)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(dev);
    g_autofree AioContext **contexts = NULL;

    if (!check_properties(s, errp) ||
        !cryptodev_backend_claim(s->cryptodev, s->services,
                                 &virtio_crypto_user_ops, s, errp)) {
        return;
    }
    contexts = g_new0(AioContext *, s->cryptodev->queues);
    if (!choose_contexts(s, contexts, errp)) {
        cryptodev_backend_release(s->cryptodev);
        return;
    }
    free_memory(s);
    s->pool = virtio_crypto_pool_new(s->cryptodev, count_pool_threads(s),
                                     virtio_crypto_in_flight_begun);
    s->wire = virtio_crypto_find_wire(s->protocol);
    s->sessions = virtio_crypto_sessions_new(s->cryptodev, s->max_sessions);
    virtio_init(VIRTIO_DEVICE(s), s->wire->device_id, s->wire->config_len);
    VIRTIO_DEVICE(s)->takes_empty_buffers = true;
    if (can_have_threads(s)) {
        VIRTIO_DEVICE(s)->ram = virtio_ram_new(&address_space_memory);
    }
    add_queues(s, contexts);
    virtio_crypto_readiness_init(s);
    virtio_crypto_capabilities_register(s);
}

/*
 * A guest can cause this from within a batch: a result that goes to another
 * device's registers may unplug this one.  The code that serves the queue sees
 * afterwards that the device is disabled.
 */
static void virtio_crypto_unrealize(DeviceState *dev)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(dev);
    VirtIODevice *vdev = VIRTIO_DEVICE(s);

    virtio_crypto_capabilities_unregister(s);
    stop_queues(s);
    virtio_set_disabled(vdev, true);
    virtio_crypto_readiness_cleanup(s);
    delete_queues(s);
    virtio_crypto_pool_close(s->pool);
    delete_threads(s);
    g_clear_pointer(&vdev->ram, virtio_ram_free);
    virtio_crypto_sessions_clear(s->sessions);
    virtio_cleanup(vdev);
    cryptodev_backend_release(s->cryptodev);
}

static void virtio_crypto_instance_finalize(Object *obj)
{
    free_memory(VIRTIO_CRYPTO(obj));
}

static void virtio_crypto_reset(VirtIODevice *vdev)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(vdev);

    if (!has_queues(s)) {
        return;
    }
    trace_virtio_crypto_reset(s);
    stop_queues(s);
    virtio_crypto_sessions_clear(s->sessions);
    virtio_crypto_readiness_reset(s);
}

/* The guest chooses the index, so the queue may not exist. */
static void virtio_crypto_queue_reset(VirtIODevice *vdev, uint32_t index)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(vdev);

    if (!has_queues(s)) {
        return;
    }
    trace_virtio_crypto_queue_reset(s, index);
    if (index < virtio_crypto_num_queues(s)) {
        virtio_crypto_queue_stop(s->queues[index]);
    }
}

static void virtio_crypto_queue_enable(VirtIODevice *vdev, uint32_t index)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(vdev);

    if (has_queues(s) && index < virtio_crypto_num_queues(s) &&
        should_run(vdev, vdev->status)) {
        virtio_crypto_queue_pause(s->queues[index]);
        virtio_crypto_queue_start(s->queues[index], s->ioeventfd);
    }
}

static void virtio_crypto_set_status(VirtIODevice *vdev, uint8_t status)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(vdev);

    if (has_queues(s) && restart_queues(s, should_run(vdev, status))) {
        virtio_crypto_readiness_tell(s);
    }
}

/* Let the threads receive kicks and raise interrupts without the main loop. */
static int virtio_crypto_start_ioeventfd(VirtIODevice *vdev)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(vdev);
    int ret;

    if (s->ioeventfd || !has_queues(s)) {
        return 0;
    }
    ret = virtio_crypto_set_notifiers(s);
    if (ret == 0) {
        s->ioeventfd = true;
        restart_queues(s, should_run(vdev, vdev->status));
    }
    return ret;
}

static void virtio_crypto_stop_ioeventfd(VirtIODevice *vdev)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(vdev);

    if (s->ioeventfd) {
        if (!restart_queues(s, false)) {
            return;
        }
        s->ioeventfd = false;
        virtio_crypto_clear_notifiers(s);
        restart_queues(s, should_run(vdev, vdev->status));
    }
}

static uint64_t virtio_crypto_get_features(VirtIODevice *vdev,
                                           uint64_t features, Error **errp)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(vdev);

    features |= s->wire->get_features(s->cryptodev);
    if (!s->revision_1) {
        features &= ~s->wire->revision_1_features;
    }
    if (!s->stateless) {
        features &= ~s->wire->stateless_features;
    }
    return features;
}

static int virtio_crypto_validate_features(VirtIODevice *vdev)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(vdev);

    return s->wire->check_features(vdev->guest_features) ? 0 : -EINVAL;
}

static void virtio_crypto_get_config(VirtIODevice *vdev, uint8_t *config)
{
    VirtIOCrypto *s = VIRTIO_CRYPTO(vdev);

    s->wire->get_config(s->cryptodev,
                        cryptodev_backend_is_ready(s->cryptodev),
                        s->max_request_size, virtio_is_big_endian(vdev),
                        config);
}

static const VMStateDescription vmstate_virtio_crypto = {
    .name = "virtio-crypto",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        VMSTATE_VIRTIO_DEVICE,
        VMSTATE_END_OF_LIST()
    },
};

#define DEFINE_PROP_SERVICE(_name, _service)            \
    DEFINE_PROP_BIT(_name, VirtIOCrypto, services,      \
                    CRYPTODEV_SERVICE_ ## _service, true)

static const Property virtio_crypto_properties[] = {
    DEFINE_PROP_LINK("cryptodev", VirtIOCrypto, cryptodev,
                     TYPE_CRYPTODEV_BACKEND, CryptoDevBackend *),
    DEFINE_PROP_IOTHREAD_VQ_MAPPING_LIST("iothread-vq-mapping", VirtIOCrypto,
                                         iothread_vq_mapping),
    DEFINE_PROP_UINT32("max-sessions", VirtIOCrypto, max_sessions, 4096),
    DEFINE_PROP_SIZE32("max-request-size", VirtIOCrypto, max_request_size,
                       4 * MiB),
    DEFINE_PROP_UINT32("max-pool-operations", VirtIOCrypto,
                       max_pool_operations, 64),
    DEFINE_PROP_UINT32("pool-threads", VirtIOCrypto, pool_threads, 0),
    DEFINE_PROP("protocol", VirtIOCrypto, protocol,
                virtio_crypto_prop_protocol, VirtioCryptoProtocol),
    DEFINE_PROP_BOOL("revision-1", VirtIOCrypto, revision_1, true),
    DEFINE_PROP_BOOL("stateless", VirtIOCrypto, stateless, true),
    DEFINE_PROP_SERVICE("cipher", CIPHER),
    DEFINE_PROP_SERVICE("hash", HASH),
    DEFINE_PROP_SERVICE("mac", MAC),
    DEFINE_PROP_SERVICE("aead", AEAD),
    DEFINE_PROP_SERVICE("akcipher", AKCIPHER),
    DEFINE_PROP_SERVICE("dh", DH),
    DEFINE_PROP_SERVICE("dsa", DSA),
    DEFINE_PROP_SERVICE("rsa", RSA),
    DEFINE_PROP_SERVICE("ec", EC),
    DEFINE_PROP_SERVICE("ecdh", ECDH),
    DEFINE_PROP_SERVICE("ecdsa", ECDSA),
    DEFINE_PROP_SERVICE("key", KEY),
    DEFINE_PROP_SERVICE("ln", LN),
    DEFINE_PROP_SERVICE("prime", PRIME),
    DEFINE_PROP_SERVICE("drbg", DRBG),
    DEFINE_PROP_SERVICE("nrbg", NRBG),
    DEFINE_PROP_SERVICE("rand", RAND),
};

static void describe_services(ObjectClass *class)
{
    for (int i = 0; i < CRYPTODEV_SERVICE__MAX; i++) {
        const char *name = CryptodevService_str(i);
        g_autofree char *description =
            g_strdup_printf("Offer the service %s, if the wire protocol has it",
                            name);

        object_class_property_set_description(class, name, description);
    }
}

static void describe_properties(ObjectClass *class)
{
    object_class_property_set_description(class, "cryptodev",
        "Id of the cryptodev-backend-* object that runs the cryptography");
    object_class_property_set_description(class, "iothread-vq-mapping",
        "IOThreads that serve the data queues [default: one of the device's"
        " own for each queue]");
    object_class_property_set_description(class, "max-sessions",
        "Sessions that the guest may have at once, 1 to "
        stringify(VIRTIO_CRYPTO_SESSIONS_MAX));
    object_class_property_set_description(class, "max-request-size",
        "Most bytes of IV, source, destination and the like in a request,"
        " 4 KiB to 64 MiB");
    object_class_property_set_description(class, "max-pool-operations",
        "Long operations in flight, for all data queues together, up to "
        stringify(POOL_OPERATIONS_MAX));
    object_class_property_set_description(class, "pool-threads",
        "Threads for long operations, up to "
        stringify(POOL_THREADS_MAX) " [default: one for each host processor,"
        " up to " stringify(POOL_THREADS_DEFAULT_MAX) "]");
    object_class_property_set_description(class, "protocol",
        "Wire protocol, virtio or rfc-v1 (default: virtio)");
    object_class_property_set_description(class, "revision-1",
        "Offer VIRTIO_CRYPTO_F_REVISION_1, which stateless mode needs");
    object_class_property_set_description(class, "stateless",
        "Offer stateless mode");
    describe_services(class);
}

static void virtio_crypto_class_init(ObjectClass *class, void *data)
{
    DeviceClass *dc = DEVICE_CLASS(class);
    VirtioDeviceClass *vdc = VIRTIO_DEVICE_CLASS(class);

    device_class_set_props(dc, virtio_crypto_properties);
    describe_properties(class);
    dc->vmsd = &vmstate_virtio_crypto;
    set_bit(DEVICE_CATEGORY_MISC, dc->categories);
    vdc->vmsd = &virtio_crypto_vmstate;
    vdc->realize = virtio_crypto_realize;
    vdc->unrealize = virtio_crypto_unrealize;
    vdc->reset = virtio_crypto_reset;
    vdc->set_status = virtio_crypto_set_status;
    vdc->get_features = virtio_crypto_get_features;
    vdc->validate_features = virtio_crypto_validate_features;
    vdc->get_config = virtio_crypto_get_config;
    vdc->queue_reset = virtio_crypto_queue_reset;
    vdc->queue_enable = virtio_crypto_queue_enable;
    vdc->start_ioeventfd = virtio_crypto_start_ioeventfd;
    vdc->stop_ioeventfd = virtio_crypto_stop_ioeventfd;
}

static const TypeInfo virtio_crypto_types[] = {
    {
        .name = TYPE_VIRTIO_CRYPTO,
        .parent = TYPE_VIRTIO_DEVICE,
        .instance_size = sizeof(VirtIOCrypto),
        .instance_finalize = virtio_crypto_instance_finalize,
        .class_init = virtio_crypto_class_init,
    },
};

DEFINE_TYPES(virtio_crypto_types)
