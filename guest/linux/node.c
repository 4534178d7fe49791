// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The node /dev/vcryptoN of a device, and what the device has for programs
 */
#include <linux/err.h>

#include "file.h"

#define TRIAL_KEY	48

/* Bytes in a key that a cipher of RFC v1 takes; 0: no such cipher */
static const u8 cipher_keys[] = {
	0, 16, 16, 16, 16, 8, 8, 24, 24, 24, 16, 16, 32, 32, 16,
};
static const u8 hashes[] = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 };
static const u8 macs[] = {
	1, 2, 3, 4, 5, 6, 25, 26, 27, 28, 41, 42, 49, 50, 53, 54,
};
static const u8 aeads[] = { 1, 2, 3 };

#define MAC_3DES		25
#define AEAD_CHACHA20		3

/* Whether the device makes such a session */
static u64 try_session(struct vc_dev *dev, const struct vc_params *params)
{
	u8 key[TRIAL_KEY];
	struct vc_session *session;
	unsigned int i;
	bool good;

	for (i = 0; i < sizeof(key); i++)
		key[i] = 37 * i + 1;
	session = vc_session_new(dev, params, key, key);
	good = !IS_ERR(session) && vc_session_ready(session);
	vc_session_put(session);
	return good ? BIT_ULL(params->algo) : 0;
}

/* A device of RFC v1 does not list its algorithms. */
static void try_algorithms(struct vc_dev *dev, struct vcrypto_info *info)
{
	struct vc_params params = { .service = VC_CIPHER };
	unsigned int i;

	for (i = 1; i < ARRAY_SIZE(cipher_keys); i++) {
		params.algo = i;
		params.key_len = cipher_keys[i];
		info->ciphers |= try_session(dev, &params);
	}
	params.service = VC_AEAD;
	params.tag_len = VC_TAG_LEN;
	for (i = 0; i < ARRAY_SIZE(aeads); i++) {
		params.algo = aeads[i];
		params.key_len = aeads[i] == AEAD_CHACHA20 ? 32 : 16;
		info->aeads |= try_session(dev, &params);
	}
	params.key_len = 0;
	params.service = VC_HASH;
	params.hash_mode = VC_HASH_PLAIN;
	for (i = 0; i < ARRAY_SIZE(hashes); i++) {
		params.algo = hashes[i];
		info->hashes |= try_session(dev, &params);
	}
	params.service = VC_MAC;
	params.hash_mode = VC_HASH_MAC;
	for (i = 0; i < ARRAY_SIZE(macs); i++) {
		params.algo = macs[i];
		params.auth_len = macs[i] == MAC_3DES ? 24 : 16;
		info->macs |= try_session(dev, &params);
	}
	info->services |= (info->ciphers ? BIT(VCRYPTO_CIPHER) : 0) |
			  (info->hashes ? BIT(VCRYPTO_HASH) : 0) |
			  (info->macs ? BIT(VCRYPTO_MAC) : 0) |
			  (info->aeads ? BIT(VCRYPTO_AEAD) : 0);
}

static void explore(struct vc_dev *dev)
{
	struct vcrypto_info *info = &dev->node.info;

	memset(info, 0, sizeof(*info));
	info->size = sizeof(*info);
	info->version = VCRYPTO_VERSION;
	info->protocol = dev->wire->protocol;
	info->max_data = VC_DATA_MAX;
	info->max_request = dev->size_max;
	if (!dev->wire->list_algorithms(dev, info))
		try_algorithms(dev, info);
}

/* The error of a device that takes no requests */
int vc_node_error(struct vc_dev *dev)
{
	return READ_ONCE(dev->node.gone) || READ_ONCE(dev->failed) ? -ENODEV
								   : -EBUSY;
}

/*
 * Whether programs' sessions and requests may go to the device: an error, or 0.
 * While it is being explored, they would be in the way.  For a request this is
 * read after the generation that it is for: stopping writes in the other order.
 */
int vc_node_ready(struct vc_dev *dev)
{
	smp_rmb();
	return READ_ONCE(dev->explored) && READ_ONCE(dev->steady)
	       ? 0 : vc_node_error(dev);
}

/* Tell programs that poll that the device is gone, or broken. */
void vc_node_tell(struct vc_dev *dev)
{
	wake_up_all(&dev->node.wait);
}

void vc_node_init(struct vc_dev *dev)
{
	init_waitqueue_head(&dev->node.wait);
}

/* The device serves requests: show it to programs. */
void vc_node_start(struct vc_dev *dev)
{
	struct vc_node *node = &dev->node;
	int err;

	if (node->registered || READ_ONCE(node->gone))
		return;
	explore(dev);
	/* If not, the device may have more: the next refresh looks again. */
	if (!vc_dev_is_steady(dev))
		return;
	snprintf(node->name, sizeof(node->name), "vcrypto%d", dev->index);
	node->misc.minor = MISC_DYNAMIC_MINOR;
	node->misc.name = node->name;
	node->misc.fops = &vc_file_operations;
	node->misc.parent = &dev->vdev->dev;
	node->misc.mode = 0600;
	err = misc_register(&node->misc);
	if (err)
		dev_warn(&dev->vdev->dev, "there is no /dev/%s: %d\n",
			 node->name, err);
	node->registered = !err;
}

/* It has gone.  Open files stay, and are of no use. */
void vc_node_stop(struct vc_dev *dev)
{
	struct vc_node *node = &dev->node;

	if (node->registered)
		misc_deregister(&node->misc);
	node->registered = false;
	vc_node_tell(dev);
}
