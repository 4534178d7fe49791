// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Entropy of the host, RFC v1's service NRBG, as a hardware generator
 */
#include <linux/slab.h>
#include <linux/string.h>

#include "vcrypto.h"

#define CHUNK	512	/* bytes of a request */

/* A request for entropy, which sleeps until it is answered */
struct entropy {
	struct vc_req req;
	struct completion done;
	int err;
	u8 octets[CHUNK] __aligned(ARCH_DMA_MINALIGN);
} __aligned(ARCH_DMA_MINALIGN);

static void end(struct vc_req *req, int err)
{
	struct entropy *entropy = req->owner;

	if (err == -EINPROGRESS)
		return;
	entropy->err = err;
	complete(&entropy->done);
}

/* The one operand is a length, a big-endian integer. */
static void lay_out(struct vc_dev *dev, struct entropy *entropy, u32 len)
{
	static const struct vc_params params = {
		.service = VC_COMPUTE,
		.algo = VC_OPERATION(VC_RFC_NRBG, 1),
	};
	u8 bytes[VC_LIST_FIELD + sizeof(__be32)];
	struct vc_list list = {
		.bytes = bytes,
		.room = sizeof(bytes),
		.little_endian = dev->little_endian,
	};
	struct vc_data data = {
		.params = &params,
		.src_len = sizeof(bytes),
	};
	__be32 operand = cpu_to_be32(len);
	struct vc_req *req = &entropy->req;

	vc_list_add(&list, &operand, sizeof(operand));
	vc_req_begin_bare(dev, req, &data);
	vc_req_read_copy(req, bytes, list.len);
	vc_req_write_field(req, 0);
	vc_req_write_bytes(req, entropy->octets, len);
	vc_req_finish(req, 0);
	req->owner = entropy;
	req->end = end;
}

/* The list of one result, of the length that was asked for */
static int take(struct vc_dev *dev, const struct entropy *entropy, void *to,
		u32 len)
{
	if (entropy->err)
		return entropy->err;
	if (!vc_list_has_len(dev, entropy->req.answer.fields[0], len))
		return -EIO;
	memcpy(to, entropy->octets, len);
	return len;
}

static int get_entropy(struct vc_dev *dev, struct entropy *entropy, void *to,
		       u32 len)
{
	int err;

	memset(entropy, 0, sizeof(*entropy));
	init_completion(&entropy->done);
	lay_out(dev, entropy, len);
	err = vc_queue_submit(dev, &entropy->req, true);
	if (err != -EINPROGRESS && err != -EBUSY)
		return err;
	/* It ends even if the device goes away. */
	wait_for_completion(&entropy->done);
	return take(dev, entropy, to, len);
}

static int read(struct hwrng *rng, void *to, size_t max, bool wait)
{
	struct vc_dev *dev = container_of(rng, struct vc_dev, hwrng);
	struct entropy *entropy;
	int got;

	if (!wait)
		return 0;
	entropy = kmalloc(sizeof(*entropy) + ARCH_DMA_MINALIGN, GFP_KERNEL);
	if (!entropy)
		return -ENOMEM;
	got = get_entropy(dev, PTR_ALIGN(entropy, ARCH_DMA_MINALIGN), to,
			  min_t(size_t, max, CHUNK));
	kfree_sensitive(entropy);
	return got;
}

void vc_hwrng_start(struct vc_dev *dev)
{
	if (!(dev->features & BIT(VC_RFC_NRBG)) || dev->hwrng_registered)
		return;
	snprintf(dev->hwrng_name, sizeof(dev->hwrng_name), "vcrypto.%d",
		 dev->index);
	dev->hwrng.name = dev->hwrng_name;
	dev->hwrng.read = read;
	dev->hwrng.quality = 1000;
	dev->hwrng_registered = !hwrng_register(&dev->hwrng);
}

void vc_hwrng_stop(struct vc_dev *dev)
{
	if (dev->hwrng_registered)
		hwrng_unregister(&dev->hwrng);
	dev->hwrng_registered = false;
}
