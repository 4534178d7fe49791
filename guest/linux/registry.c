// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The kernel's algorithms, and the devices that serve them
 *
 * An algorithm stays registered when its last device goes: somebody may use it,
 * and its software twin serves it until the module is removed.
 */
#include <linux/delay.h>
#include <linux/err.h>

#include "vcrypto.h"

#define TEST_WAIT_MS	10000	/* a test with a device that left ends soon */
#define TEST_POLL_MS	10

static struct vc_alg *algs[VC_ALGS_MAX];
static unsigned int alg_count;

static DEFINE_SPINLOCK(devices_lock);
static LIST_HEAD(devices);

/* For registration, which waits for tests.  No device waits for it. */
static DEFINE_MUTEX(registration);

void vc_registry_add(struct vc_alg *alg)
{
	if (WARN_ON(alg_count == VC_ALGS_MAX))
		return;
	alg->index = alg_count;
	algs[alg_count++] = alg;
}

/* Some key that no algorithm is known to dislike */
static void make_trial_key(u8 *key, unsigned int len)
{
	unsigned int i;

	for (i = 0; i < len; i++)
		key[i] = 37 * i + 1;
}

/* Whether the device makes a session of an algorithm */
static bool try_session(struct vc_dev *dev, const struct vc_params *params)
{
	u8 key[VC_TRIAL_KEY_MAX];
	struct vc_session *session;
	bool good;

	make_trial_key(key, sizeof(key));
	session = vc_session_new(dev, params, key, key);
	good = !IS_ERR(session) && vc_session_ready(session);
	vc_session_put(session);
	return good;
}

/* Whether a session with any key tells something */
static bool has_trial(const struct vc_params *params)
{
	return params->service != VC_RSA && params->service != VC_COMPUTE;
}

/* Find out what a device can do. */
void vc_registry_explore(struct vc_dev *dev)
{
	unsigned int i;

	for (i = 0; i < alg_count; i++) {
		const struct vc_params *params = &algs[i]->params;

		if (dev->wire->offers(dev, params) &&
		    (!has_trial(params) || try_session(dev, params)))
			set_bit(i, dev->served);
	}
}

/* From now on keys can get sessions of the device. */
void vc_registry_link(struct vc_dev *dev)
{
	spin_lock_bh(&devices_lock);
	if (!dev->linked)
		list_add_tail(&dev->link, &devices);
	dev->linked = true;
	spin_unlock_bh(&devices_lock);
}

void vc_registry_unlink(struct vc_dev *dev)
{
	spin_lock_bh(&devices_lock);
	if (dev->linked)
		list_del(&dev->link);
	dev->linked = false;
	spin_unlock_bh(&devices_lock);
}

static bool is_served(unsigned int index)
{
	struct vc_dev *dev;
	bool served = false;

	spin_lock_bh(&devices_lock);
	list_for_each_entry(dev, &devices, link)
		served |= test_bit(index, dev->served);
	spin_unlock_bh(&devices_lock);
	return served;
}

/**
 * vc_registry_pick - choose the device with the fewest sessions
 *
 * Return: a device, with a reference, or NULL
 */
struct vc_dev *vc_registry_pick(const struct vc_alg *alg)
{
	struct vc_dev *dev, *best = NULL;

	spin_lock_bh(&devices_lock);
	list_for_each_entry(dev, &devices, link) {
		if (test_bit(alg->index, dev->served) &&
		    (!best || atomic_read(&dev->session_count) <
			      atomic_read(&best->session_count)))
			best = dev;
	}
	if (best)
		vc_dev_get(best);
	spin_unlock_bh(&devices_lock);
	return best;
}

/* Whether the kernel accepts it */
static bool is_tested(struct vc_alg *alg)
{
	return READ_ONCE(alg->type->base(alg)->cra_flags) &
	       CRYPTO_ALG_TESTED;
}

/* Whether anything but the kernel's list refers to it, such as a test */
static bool is_used(struct vc_alg *alg)
{
	return refcount_read(&alg->type->base(alg)->cra_refcnt) > 1;
}

static void take_back(struct vc_alg *alg)
{
	alg->type->del(alg);
	alg->registered = false;
}

static void give(struct vc_alg *alg)
{
	struct crypto_alg *base = alg->type->base(alg);
	int err;

	base->cra_flags = VC_FLAGS;
	err = alg->type->add(alg);
	if (err)
		pr_warn("vcrypto: cannot register %s: %d\n",
			base->cra_driver_name, err);
	alg->registered = !err;
}

/* Register what a device serves, once more if it failed its test. */
void vc_registry_update(void)
{
	unsigned int i;

	mutex_lock(&registration);
	for (i = 0; i < alg_count; i++) {
		struct vc_alg *alg = algs[i];

		if (!is_served(i))
			continue;
		if (alg->registered && !is_tested(alg) && !is_used(alg))
			take_back(alg);
		if (!alg->registered)
			give(alg);
	}
	mutex_unlock(&registration);
}

/*
 * Take back the algorithms whose test failed, as it does when a device goes
 * that ran it: they would be in the way of a later device's.
 */
void vc_registry_clean(void)
{
	unsigned int i, waited = 0;

	mutex_lock(&registration);
	for (i = 0; i < alg_count; i++) {
		struct vc_alg *alg = algs[i];

		while (alg->registered && !is_tested(alg) && is_used(alg) &&
		       waited < TEST_WAIT_MS) {
			msleep(TEST_POLL_MS);
			waited += TEST_POLL_MS;
		}
		if (alg->registered && !is_tested(alg) && !is_used(alg))
			take_back(alg);
	}
	mutex_unlock(&registration);
}

/* Nobody has a reference when the module goes. */
void vc_registry_exit(void)
{
	unsigned int i;

	for (i = 0; i < alg_count; i++) {
		if (algs[i]->registered)
			take_back(algs[i]);
	}
}

static struct vc_session *new_session(struct vc_dev *dev,
				      struct vc_params params, bool decrypt,
				      const u8 *key, const u8 *auth_key)
{
	struct vc_session *session;

	params.decrypt = decrypt;
	session = vc_session_new(dev, &params, key, auth_key);
	return IS_ERR(session) ? NULL : session;
}

static bool has_tag(const struct vc_dev *dev, const struct vc_params *params)
{
	return params->service != VC_AEAD || dev->wire->any_tag ||
	       params->tag_len == VC_TAG_LEN;
}

/* Make a key's sessions.  Without them the twin serves it. */
void vc_pair_set(struct vc_pair *pair, const struct vc_alg *alg,
		 const struct vc_params *params, const u8 *key,
		 const u8 *auth_key)
{
	struct vc_dev *dev = vc_registry_pick(alg);
	unsigned int way;

	vc_pair_clear(pair);
	if (!dev)
		return;
	for (way = 0; way < ARRAY_SIZE(pair->way) && has_tag(dev, params);
	     way++)
		pair->way[way] = new_session(dev, *params, way, key,
					     auth_key);
	vc_dev_put(dev);
}

void vc_pair_clear(struct vc_pair *pair)
{
	unsigned int way;

	for (way = 0; way < ARRAY_SIZE(pair->way); way++) {
		vc_session_put(pair->way[way]);
		pair->way[way] = NULL;
	}
}
