// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The life of a device: it comes, sleeps, wakes up, breaks and goes
 */
#include <linux/cpumask.h>
#include <linux/idr.h>
#include <linux/module.h>
#include <linux/slab.h>
#include <linux/virtio_config.h>
#include <linux/virtio_ids.h>

#include "vcrypto.h"

#define DATAQS_LIMIT	1024	/* more is nonsense, and costs memory */
#define DRAIN_JIFFIES	(5 * HZ)

static DEFINE_IDA(indexes);

void vc_dev_get(struct vc_dev *dev)
{
	kref_get(&dev->refs);
}

/* Names have gone: another device can have them. */
static void free_index(struct vc_dev *dev)
{
	if (dev->index >= 0)
		ida_free(&indexes, dev->index);
	dev->index = -1;
}

/* This may be in a softirq. */
static void free_dev(struct kref *refs)
{
	struct vc_dev *dev = container_of(refs, struct vc_dev, refs);

	free_index(dev);
	kfree(dev->queues);
	kfree(dev);
}

void vc_dev_put(struct vc_dev *dev)
{
	kref_put(&dev->refs, free_dev);
}

static void name_queues(struct vc_dev *dev, vq_callback_t **callbacks,
			const char **names)
{
	unsigned int base = dev->wire->data_index(dev);
	unsigned int i;

	for (i = 0; i < dev->dataq_count; i++) {
		bool used = i < dev->queue_count;

		names[base + i] = used ? dev->queues[i].name : "unused";
		callbacks[base + i] = used ? vc_queue_used : NULL;
	}
	names[dev->wire->control_index(dev)] = "controlq";
	callbacks[dev->wire->control_index(dev)] = vc_control_answered;
}

static void start_queues(struct vc_dev *dev, struct virtqueue **vqs)
{
	unsigned int base = dev->wire->data_index(dev);
	unsigned int i;

	for (i = 0; i < dev->queue_count; i++) {
		vc_queue_start(&dev->queues[i], vqs[base + i]);
		/* A processor's requests go to the queue of its number. */
		if (cpu_online(i))
			virtqueue_set_affinity(vqs[base + i], cpumask_of(i));
	}
	vc_control_start(&dev->control, vqs[dev->wire->control_index(dev)]);
}

/* Get the virtqueues.  Linux cannot leave out those that nobody uses. */
static int find_queues(struct vc_dev *dev)
{
	unsigned int count = dev->dataq_count + 1;
	struct virtqueue **vqs = kcalloc(count, sizeof(*vqs), GFP_KERNEL);
	vq_callback_t **callbacks =
		kcalloc(count, sizeof(*callbacks), GFP_KERNEL);
	const char **names = kcalloc(count, sizeof(*names), GFP_KERNEL);
	int err = -ENOMEM;

	if (vqs && callbacks && names) {
		name_queues(dev, callbacks, names);
		err = vc_find_vqs(dev->vdev, count, vqs, callbacks, names);
	}
	if (!err)
		start_queues(dev, vqs);
	kfree(names);
	kfree(callbacks);
	kfree(vqs);
	return err;
}

static int start(struct vc_dev *dev)
{
	int err;

	lockdep_assert_held(&dev->life);
	err = find_queues(dev);
	if (err)
		return err;
	virtio_device_ready(dev->vdev);
	vc_sessions_start(dev);
	dev->started = true;
	return 0;
}

/* What is being found out about the device does not count then. */
static void close_queues(struct vc_dev *dev)
{
	unsigned int i;

	WRITE_ONCE(dev->steady, false);
	for (i = 0; i < dev->queue_count; i++)
		vc_queue_close(&dev->queues[i]);
}

static void open_queues(struct vc_dev *dev)
{
	unsigned int i;

	WRITE_ONCE(dev->steady, true);
	for (i = 0; i < dev->queue_count; i++)
		vc_queue_open(&dev->queues[i]);
}

/* End sessions, commands and requests.  Users get it when it is explored. */
static void stop(struct vc_dev *dev, int err)
{
	unsigned int i;

	lockdep_assert_held(&dev->life);
	if (!dev->started)
		return;
	dev->started = false;
	WRITE_ONCE(dev->explored, false);
	vc_registry_unlink(dev);
	close_queues(dev);
	vc_control_stop(&dev->control);
	vc_sessions_stop(dev);
	virtio_reset_device(dev->vdev);
	for (i = 0; i < dev->queue_count; i++)
		vc_queue_clear(&dev->queues[i], err);
	vc_control_clear(&dev->control);
	dev->vdev->config->del_vqs(dev->vdev);
}

/* The device is of no use any more. */
static void fail(struct vc_dev *dev, const char *why)
{
	dev_err(&dev->vdev->dev, "the device %s\n", why);
	WRITE_ONCE(dev->failed, true);
	stop(dev, -ENODEV);
	vc_node_tell(dev);
}

/* Whether the device says so, or the kernel of one of its virtqueues */
static bool is_broken(struct vc_dev *dev)
{
	struct virtio_device *vdev = dev->vdev;
	unsigned int i;

	for (i = 0; i < dev->queue_count; i++) {
		if (virtqueue_is_broken(dev->queues[i].vq))
			return true;
	}
	return virtqueue_is_broken(dev->control.vq) ||
	       vdev->config->get_status(vdev) & VIRTIO_CONFIG_S_NEEDS_RESET;
}

/*
 * The device has come, woken up or changed.  Nothing here waits for an answer
 * of any device, because this is what ends such waits.
 */
static void watch(struct work_struct *work)
{
	struct vc_dev *dev = container_of(work, struct vc_dev, watch);

	mutex_lock(&dev->life);
	if (dev->started && is_broken(dev))
		fail(dev, "is broken");
	else if (dev->started && READ_ONCE(dev->control.silent))
		fail(dev, "does not answer");
	if (dev->started) {
		if (dev->wire->ready(dev)) {
			schedule_work(&dev->refresh);
		} else {
			vc_registry_unlink(dev);
			close_queues(dev);
		}
	}
	mutex_unlock(&dev->life);
}

/* Have it take requests.  Whether it does, and has to be explored. */
static bool begin(struct vc_dev *dev, bool *explore)
{
	bool ready;

	mutex_lock(&dev->life);
	ready = dev->started && dev->wire->ready(dev);
	if (ready)
		open_queues(dev);
	*explore = !dev->explored;
	mutex_unlock(&dev->life);
	return ready;
}

/* Note what has been found out, unless something came in between. */
static bool accept(struct vc_dev *dev, bool good)
{
	bool steady;

	mutex_lock(&dev->life);
	steady = dev->started && dev->steady;
	if (steady && !good)
		fail(dev, "computes something else than before");
	else if (steady)
		vc_registry_accept(dev);
	steady = steady && good;
	WRITE_ONCE(dev->explored, steady);
	mutex_unlock(&dev->life);
	return steady;
}

/* Give it to users, if it is still there. */
static void offer(struct vc_dev *dev)
{
	bool new;

	mutex_lock(&dev->life);
	new = dev->explored && dev->steady && vc_registry_link(dev);
	if (new)
		dev_info(&dev->vdev->dev,
			 "%u algorithms, %u of %u data queues\n",
			 bitmap_weight(dev->served, VC_ALGS_MAX),
			 dev->queue_count, dev->dataq_count);
	mutex_unlock(&dev->life);
	if (new)
		vc_registry_update();
}

/* Whether nothing has come in between since it was explored */
bool vc_dev_is_steady(struct vc_dev *dev)
{
	bool steady;

	mutex_lock(&dev->life);
	steady = dev->started && dev->steady && dev->explored;
	mutex_unlock(&dev->life);
	return steady;
}

/*
 * Find out what the device can do, each time that it was reset, and give it to
 * users.  This waits for its answers, and nobody waits for this before the
 * device is stopped.
 */
static void refresh(struct work_struct *work)
{
	struct vc_dev *dev = container_of(work, struct vc_dev, refresh);
	bool explore;

	if (!begin(dev, &explore) ||
	    (explore && !accept(dev, vc_registry_explore(dev))))
		return;
	vc_sessions_restore(dev);
	offer(dev);
	vc_hwrng_start(dev);
	vc_node_start(dev);
}

static void config_changed(struct virtio_device *vdev)
{
	struct vc_dev *dev = vdev->priv;

	schedule_work(&dev->watch);
}

static int make_queues(struct vc_dev *dev)
{
	unsigned int i;

	dev->queue_count = min3(dev->dataq_count, num_possible_cpus(),
				(unsigned int)VC_DATAQS_MAX);
	dev->queues = kcalloc(dev->queue_count, sizeof(*dev->queues),
			      GFP_KERNEL);
	if (!dev->queues)
		return -ENOMEM;
	for (i = 0; i < dev->queue_count; i++)
		vc_queue_init(&dev->queues[i], dev, i);
	return 0;
}

/* Read what the device is like. */
static int set_up(struct vc_dev *dev)
{
	int err = dev->wire->setup(dev);

	if (err)
		return err;
	if (!dev->dataq_count || dev->dataq_count > DATAQS_LIMIT) {
		dev_err(&dev->vdev->dev, "%u data queues are not supported\n",
			dev->dataq_count);
		return -EINVAL;
	}
	dev->segment_max = virtio_max_dma_size(dev->vdev);
	return make_queues(dev);
}

static struct vc_dev *new_dev(struct virtio_device *vdev,
			      const struct vc_wire *wire)
{
	struct vc_dev *dev = kzalloc(sizeof(*dev), GFP_KERNEL);

	if (!dev)
		return NULL;
	dev->index = ida_alloc(&indexes, GFP_KERNEL);
	if (dev->index < 0) {
		kfree(dev);
		return NULL;
	}
	kref_init(&dev->refs);
	dev->vdev = vdev;
	dev->wire = wire;
	dev->generation = 1;
	spin_lock_init(&dev->lock);
	mutex_init(&dev->life);
	vc_sessions_init(dev);
	vc_control_init(&dev->control);
	INIT_WORK(&dev->watch, watch);
	INIT_WORK(&dev->refresh, refresh);
	vc_node_init(dev);
	return dev;
}

static int probe(struct virtio_device *vdev, const struct vc_wire *wire)
{
	struct vc_dev *dev;
	int err;

	if (!vdev->config->get)
		return -EINVAL;
	dev = new_dev(vdev, wire);
	if (!dev)
		return -ENOMEM;
	vdev->priv = dev;
	err = set_up(dev);
	mutex_lock(&dev->life);
	if (!err)
		err = start(dev);
	mutex_unlock(&dev->life);
	if (err) {
		vdev->priv = NULL;
		vc_dev_put(dev);
		return err;
	}
	schedule_work(&dev->watch);
	return 0;
}

static int probe_virtio(struct virtio_device *vdev)
{
	return probe(vdev, &vc_wire_virtio);
}

static int probe_rfc(struct virtio_device *vdev)
{
	return probe(vdev, &vc_wire_rfc);
}

/*
 * Nothing here waits for somebody who waits for the device: what it has is
 * ended first.
 */
static void remove(struct virtio_device *vdev)
{
	struct vc_dev *dev = vdev->priv;

	vc_registry_unlink(dev);
	/* What ends now is to end with the right error. */
	WRITE_ONCE(dev->node.gone, true);
	mutex_lock(&dev->life);
	stop(dev, -ENODEV);
	/* One that has not started again after sleep is not reset yet. */
	virtio_reset_device(vdev);
	mutex_unlock(&dev->life);
	cancel_work_sync(&dev->watch);
	cancel_work_sync(&dev->refresh);
	vc_registry_unlink(dev);
	vc_hwrng_stop(dev);
	vc_node_stop(dev);
	free_index(dev);
	vc_registry_clean();
	vdev->priv = NULL;
	vc_dev_put(dev);
}

#ifdef CONFIG_PM_SLEEP
/*
 * Finish what the kernel has in flight, within some time.  Software takes what
 * comes.  Programs cannot keep the machine awake: their requests just end.
 */
static bool drain(struct vc_dev *dev)
{
	unsigned long end = jiffies + DRAIN_JIFFIES;
	bool idle = true;
	unsigned int i;

	close_queues(dev);
	for (i = 0; i < dev->queue_count; i++)
		vc_queue_end_programs(&dev->queues[i]);
	for (i = 0; i < dev->queue_count; i++)
		idle &= vc_queue_drain(&dev->queues[i],
				       time_before(jiffies, end)
				       ? end - jiffies : 0);
	return idle;
}

/*
 * Sleep fails rather than requests that the kernel has in flight: a disk would
 * lose what it was to write.
 */
static int freeze(struct virtio_device *vdev)
{
	struct vc_dev *dev = vdev->priv;
	int err = 0;

	mutex_lock(&dev->life);
	if (dev->started) {
		if (!drain(dev) && dev->explored)
			err = -EBUSY;
		else
			stop(dev, -EIO);
	}
	mutex_unlock(&dev->life);
	if (err)
		schedule_work(&dev->watch);
	return err;
}

static int restore(struct virtio_device *vdev)
{
	struct vc_dev *dev = vdev->priv;
	int err = -ENODEV;

	mutex_lock(&dev->life);
	if (!dev->failed) {
		err = start(dev);
		if (err)
			fail(dev, "does not start again");
	}
	mutex_unlock(&dev->life);
	if (!err)
		schedule_work(&dev->watch);
	return err;
}
#endif

/* The standard's first bit is REVISION_1.  Stateless mode has no user here. */
static const unsigned int virtio_features[] = { 0 };
static const unsigned int rfc_features[] = {
	VC_RFC_SIZE_MAX, VC_RFC_SYM, VC_RFC_DH, VC_RFC_DSA, VC_RFC_RSA,
	VC_RFC_EC, VC_RFC_ECDH, VC_RFC_ECDSA, VC_RFC_KEY, VC_RFC_LN,
	VC_RFC_PRIME, VC_RFC_DRBG, VC_RFC_NRBG, VC_RFC_RAND,
};

static const struct virtio_device_id virtio_ids[] = {
	{ VIRTIO_ID_CRYPTO, VIRTIO_DEV_ANY_ID },
	{ }
};

static const struct virtio_device_id rfc_ids[] = {
	{ VC_ID_RFC, VIRTIO_DEV_ANY_ID },
	{ }
};

#ifdef CONFIG_PM_SLEEP
#define SLEEP	.freeze = freeze, .restore = restore,
#else
#define SLEEP
#endif

#define DRIVER(_name, _kind) {						\
	.driver = {							\
		.name = _name,						\
		.owner = THIS_MODULE,					\
	},								\
	.id_table = _kind ## _ids,					\
	.feature_table = _kind ## _features,				\
	.feature_table_size = ARRAY_SIZE(_kind ## _features),		\
	.probe = probe_ ## _kind,					\
	.remove = remove,						\
	.config_changed = config_changed,				\
	SLEEP								\
}

static struct virtio_driver drivers[] = {
	DRIVER("vcrypto", virtio),
	DRIVER("vcrypto-rfc", rfc),
};

int vc_device_init(void)
{
	int err = register_virtio_driver(&drivers[0]);

	if (err)
		return err;
	err = register_virtio_driver(&drivers[1]);
	if (err)
		unregister_virtio_driver(&drivers[0]);
	return err;
}

void vc_device_exit(void)
{
	unregister_virtio_driver(&drivers[1]);
	unregister_virtio_driver(&drivers[0]);
}

