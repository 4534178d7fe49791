// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Trials: whether a device computes as software does
 */
#include <linux/slab.h>
#include <linux/string.h>

#include "vcrypto.h"

#define CCM_LENGTH	3	/* a CCM vector's first byte; others take any */

enum { ENCRYPT = 0, DECRYPT = 1 };
enum { SOFTWARE = 0, DEVICE = 1 };

/* What is computed, and with some key that no algorithm is known to dislike */
void vc_trial_fill(u8 *bytes, unsigned int len)
{
	unsigned int i;

	for (i = 0; i < len; i++)
		bytes[i] = 37 * i + 1;
}

void vc_trial_fill_iv(u8 *iv)
{
	vc_trial_fill(iv, VC_BLOCK_MAX);
	iv[0] = CCM_LENGTH;
	memset(iv + VC_BLOCK_MAX - 1 - CCM_LENGTH, 0, CCM_LENGTH + 1);
}

/* Encryption has the one right result, and decryption undoes it. */
static bool is_right(struct vc_trial *trial, const u8 *want, u8 *got,
		     u8 *plain)
{
	if (trial->run(trial, got, ENCRYPT, DEVICE) ||
	    memcmp(got, want, VC_TRIAL_LEN + trial->tag_len))
		return false;
	vc_trial_fill(plain, VC_TRIAL_LEN);
	return !trial->run(trial, got, DECRYPT, DEVICE) &&
	       !memcmp(got, plain, VC_TRIAL_LEN);
}

/* It must find that a tag is wrong. */
static bool refuses(struct vc_trial *trial, u8 *want)
{
	want[VC_TRIAL_LEN + trial->tag_len - 1] ^= 1;
	return trial->run(trial, want, DECRYPT, DEVICE) == -EBADMSG;
}

/* The buffers are from kmalloc(), for DMA. */
enum vc_outcome vc_trial(struct vc_trial *trial)
{
	unsigned int size = VC_TRIAL_LEN + VC_DIGEST_MAX;
	u8 *want = kzalloc(size, GFP_KERNEL);
	u8 *got = kzalloc(size, GFP_KERNEL);
	u8 *plain = kzalloc(size, GFP_KERNEL);
	enum vc_outcome outcome = VC_UNKNOWN;

	crypto_init_wait(&trial->wait);
	if (want && got && plain) {
		vc_trial_fill(want, VC_TRIAL_LEN);
		vc_trial_fill(got, VC_TRIAL_LEN);
		if (!trial->run(trial, want, ENCRYPT, SOFTWARE))
			outcome = is_right(trial, want, got, plain) &&
				  (!trial->tag_len || refuses(trial, want))
				  ? VC_RIGHT : VC_WRONG;
	}
	kfree(plain);
	kfree(got);
	kfree(want);
	return outcome;
}
