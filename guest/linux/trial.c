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

/* Whether an error says nothing about how the device computes */
static bool is_unrelated(int err)
{
	return err == -ENOSPC || err == -ENODEV || err == -ENOMEM ||
	       err == -EBUSY;
}

/* Have the device compute: it ends with @expected, or the trial has failed. */
static enum vc_outcome run_device(struct vc_trial *trial, u8 *bytes,
				  bool decrypt, int expected)
{
	int err = trial->run(trial, bytes, decrypt, DEVICE);

	if (err == expected)
		return VC_RIGHT;
	return is_unrelated(err) ? VC_UNKNOWN : VC_WRONG;
}

/* Encryption has the one right result, and decryption undoes it. */
static enum vc_outcome compare(struct vc_trial *trial, const u8 *want,
			       u8 *got, u8 *plain)
{
	enum vc_outcome outcome = run_device(trial, got, ENCRYPT, 0);

	if (outcome != VC_RIGHT)
		return outcome;
	if (memcmp(got, want, VC_TRIAL_LEN + trial->tag_len))
		return VC_WRONG;
	vc_trial_fill(plain, VC_TRIAL_LEN);
	outcome = run_device(trial, got, DECRYPT, 0);
	if (outcome == VC_RIGHT && memcmp(got, plain, VC_TRIAL_LEN))
		outcome = VC_WRONG;
	return outcome;
}

/* It must find that a tag is wrong. */
static enum vc_outcome refuse(struct vc_trial *trial, u8 *want)
{
	want[VC_TRIAL_LEN + trial->tag_len - 1] ^= 1;
	return run_device(trial, want, DECRYPT, -EBADMSG);
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
			outcome = compare(trial, want, got, plain);
		if (outcome == VC_RIGHT && trial->tag_len)
			outcome = refuse(trial, want);
	}
	kfree(plain);
	kfree(got);
	kfree(want);
	return outcome;
}
