// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The module and its option
 */
#include <linux/module.h>
#include <linux/string.h>
#include <linux/virtio_ids.h>

#include "vcrypto.h"

/* Algorithms keep the priority that they were registered with. */
static char *prefer = "new";
module_param(prefer, charp, 0444);
MODULE_PARM_DESC(prefer, "what is preferred to other drivers: \"new\", what "
		 "Linux's own driver lacks (the default), or \"all\"");

bool vc_prefer_all;

static int __init init(void)
{
	int err;

	vc_prefer_all = !strcmp(prefer, "all");
	if (!vc_prefer_all && strcmp(prefer, "new")) {
		pr_err("vcrypto: prefer must be \"new\" or \"all\"\n");
		return -EINVAL;
	}
	vc_skcipher_init();
	vc_aead_init();
	vc_authenc_init();
	vc_rsa_init();
	vc_dh_init();
	vc_ecdh_init();
	err = vc_device_init();
	if (err)
		vc_registry_exit();
	return err;
}

static void __exit finish(void)
{
	vc_device_exit();
	vc_registry_exit();
}

module_init(init);
module_exit(finish);

static const struct virtio_device_id ids[] = {
	{ VIRTIO_ID_CRYPTO, VIRTIO_DEV_ANY_ID },
	{ VC_ID_RFC, VIRTIO_DEV_ANY_ID },
	{ }
};
MODULE_DEVICE_TABLE(virtio, ids);
MODULE_DESCRIPTION("Driver of virtio crypto devices");
MODULE_AUTHOR("The authors of virtio-crypto");
MODULE_VERSION("1.0");
MODULE_LICENSE("GPL");
