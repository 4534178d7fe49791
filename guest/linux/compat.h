/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What differs between Linux 6.1 and later versions
 */
#ifndef VCRYPTO_COMPAT_H
#define VCRYPTO_COMPAT_H

#include <linux/cache.h>
#include <linux/slab.h>
#include <linux/timer.h>
#include <linux/version.h>
#include <linux/virtio_config.h>

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 12, 0)
#include <linux/unaligned.h>
#else
#include <asm/unaligned.h>
#endif

/* Only architectures where DMA is not coherent had it. */
#ifndef ARCH_DMA_MINALIGN
#define ARCH_DMA_MINALIGN __alignof__(unsigned long long)
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 2, 0)
#define timer_delete_sync(timer) del_timer_sync(timer)
#endif

#if LINUX_VERSION_CODE < KERNEL_VERSION(6, 16, 0)
#define timer_container_of(var, timer, field) from_timer(var, timer, field)
#endif

/* Find the virtqueues, whose names and callbacks are in arrays of their own. */
static inline int vc_find_vqs(struct virtio_device *vdev, unsigned int count,
			      struct virtqueue **vqs,
			      vq_callback_t **callbacks, const char **names)
{
#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 11, 0)
	struct virtqueue_info *infos;
	unsigned int i;
	int err;

	infos = kcalloc(count, sizeof(*infos), GFP_KERNEL);
	if (!infos)
		return -ENOMEM;
	for (i = 0; i < count; i++) {
		infos[i].name = names[i];
		infos[i].callback = callbacks[i];
	}
	err = virtio_find_vqs(vdev, count, vqs, infos, NULL);
	kfree(infos);
	return err;
#else
	return virtio_find_vqs(vdev, count, vqs, callbacks, names, NULL);
#endif
}

#endif
