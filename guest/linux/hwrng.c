// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Entropy of the host, RFC v1's service NRBG, as a hardware generator
 */
#include <linux/slab.h>
#include <linux/string.h>

#include "vcrypto.h"

#define CHUNK	512	/* bytes of a request */
#define TIMEOUT	(30 * HZ)

/**
 * struct entropy - a request for entropy
 * @memory: what it is in
 * @refs: of who waits, and of who answers
 */
struct entropy {
	struct vc_req req;
	void *memory;
	refcount_t refs;
	struct completion done;
	int err;
	u8 octets[CHUNK] __aligned(ARCH_DMA_MINALIGN);
} __aligned(ARCH_DMA_MINALIGN);

static struct entropy *allocate(void)
{
	void *memory = kzalloc(sizeof(struct entropy) + ARCH_DMA_MINALIGN,
			       GFP_KERNEL);
	struct entropy *entropy;

	if (!memory)
		return NULL;
	entropy = PTR_ALIGN((struct entropy *)memory, ARCH_DMA_MINALIGN);
	entropy->memory = memory;
	refcount_set(&entropy->refs, 1);
	init_completion(&entropy->done);
	return entropy;
}

static void put(struct entropy *entropy)
{
	if (refcount_dec_and_test(&entropy->refs))
		kfree_sensitive(entropy->memory);
}

static void end(struct vc_req *req, int err)
{
	struct entropy *entropy = req->owner;

	entropy->err = err;
	complete(&entropy->done);
	put(entropy);
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

/*
 * A device that does not answer keeps the request until its reset.  It is full
 * at some time, as nothing waits for room.
 */
static int get_entropy(struct vc_dev *dev, struct entropy *entropy, void *to,
		       u32 len)
{
	long left;
	int err;

	lay_out(dev, entropy, len);
	refcount_inc(&entropy->refs);
	err = vc_queue_submit(dev, &entropy->req, false);
	if (err != -EINPROGRESS) {
		put(entropy);
		return err;
	}
	left = wait_for_completion_killable_timeout(&entropy->done, TIMEOUT);
	if (left <= 0)
		return left ? left : -ETIMEDOUT;
	return take(dev, entropy, to, len);
}

static int read(struct hwrng *rng, void *to, size_t max, bool wait)
{
	struct vc_dev *dev = container_of(rng, struct vc_dev, hwrng);
	struct entropy *entropy;
	int got;

	if (!wait)
		return 0;
	entropy = allocate();
	if (!entropy)
		return -ENOMEM;
	got = get_entropy(dev, entropy, to, min_t(size_t, max, CHUNK));
	put(entropy);
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
