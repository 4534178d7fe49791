// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The kernel's algorithms, and the devices that serve them
 *
 * An algorithm stays registered when its last device goes: somebody may use it,
 * and its software twin serves it until the module is removed.
 */
#include <linux/err.h>

#include "vcrypto.h"

#define POLL_JIFFIES	HZ

static struct vc_alg *algs[VC_ALGS_MAX];
static unsigned int alg_count;

static DEFINE_SPINLOCK(devices_lock);
static LIST_HEAD(devices);

void vc_registry_add(struct vc_alg *alg)
{
	if (WARN_ON(alg_count == VC_ALGS_MAX))
		return;
	alg->index = alg_count;
	algs[alg_count++] = alg;
}

static enum vc_outcome try(struct vc_alg *alg, struct vc_dev *dev)
{
	if (!dev->wire->offers(dev, &alg->params))
		return VC_UNKNOWN;
	return alg->type->try ? alg->type->try(alg, dev) : VC_RIGHT;
}

/**
 * vc_registry_explore - find out what a device can do
 *
 * The kernel tests an algorithm once, with whatever device it gets.  So each
 * device has to show first that it computes as software does.
 *
 * Return: whether nothing is wrong that was right before
 */
bool vc_registry_explore(struct vc_dev *dev)
{
	bool good = true;
	unsigned int i;

	bitmap_copy(dev->found, dev->served, VC_ALGS_MAX);
	for (i = 0; i < alg_count; i++) {
		switch (try(algs[i], dev)) {
		case VC_RIGHT:
			__set_bit(i, dev->found);
			break;
		case VC_WRONG:
			good &= !test_bit(i, dev->found);
			break;
		case VC_UNKNOWN:
			break;
		}
	}
	return good;
}

/* What was found out is so. */
void vc_registry_accept(struct vc_dev *dev)
{
	spin_lock_bh(&devices_lock);
	bitmap_copy(dev->served, dev->found, VC_ALGS_MAX);
	spin_unlock_bh(&devices_lock);
}

/* From now on keys can get sessions of the device.  Whether it is new. */
bool vc_registry_link(struct vc_dev *dev)
{
	bool new;

	spin_lock_bh(&devices_lock);
	new = !dev->linked;
	if (new)
		list_add_tail(&dev->link, &devices);
	dev->linked = true;
	spin_unlock_bh(&devices_lock);
	return new;
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

static struct vc_dev *pick(const struct vc_alg *alg,
			   const struct vc_dev *except)
{
	struct vc_dev *dev, *best = NULL;

	spin_lock_bh(&devices_lock);
	list_for_each_entry(dev, &devices, link) {
		if (dev != except && test_bit(alg->index, dev->served) &&
		    (!best || atomic_read(&dev->session_count) <
			      atomic_read(&best->session_count)))
			best = dev;
	}
	if (best)
		vc_dev_get(best);
	spin_unlock_bh(&devices_lock);
	return best;
}

/**
 * vc_registry_pick - choose the device with the fewest sessions
 *
 * Return: a device, with a reference, or NULL
 */
struct vc_dev *vc_registry_pick(const struct vc_alg *alg)
{
	return pick(alg, NULL);
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

	alg->wanted = false;
	base->cra_flags = VC_FLAGS;
	err = alg->type->add(alg);
	if (err)
		pr_warn("vcrypto: cannot register %s: %d\n",
			base->cra_driver_name, err);
	alg->registered = !err;
}

/*
 * Register what is wanted, and take back what failed its test, as it does when
 * the device goes that ran it: it would be in the way of a later device's.
 * Returns whether that has to wait, for a test, or for somebody who has listed
 * an algorithm and still holds it.
 */
static bool update(struct vc_alg *alg)
{
	if (alg->registered && !is_tested(alg)) {
		if (is_used(alg))
			return true;
		take_back(alg);
	}
	if (alg->wanted && !alg->registered) {
		if (refcount_read(&alg->type->base(alg)->cra_refcnt) > 1)
			return true;
		give(alg);
	}
	return alg->registered && !is_tested(alg) && is_used(alg);
}

/*
 * To register means to wait for tests, and so for devices.  No device waits
 * for this: one that is silent must not be in the way of others.
 */
static void update_all(struct work_struct *work)
{
	bool again = false;
	unsigned int i;

	for (i = 0; i < alg_count; i++)
		again |= update(algs[i]);
	if (again)
		queue_delayed_work(system_long_wq, to_delayed_work(work),
				   POLL_JIFFIES);
}

static DECLARE_DELAYED_WORK(registration, update_all);

/* Have what a new device serves registered, soon. */
void vc_registry_update(void)
{
	unsigned int i;

	for (i = 0; i < alg_count; i++) {
		if (is_served(i))
			WRITE_ONCE(algs[i]->wanted, true);
	}
	vc_registry_clean();
}

/* A device has gone: have what failed taken back, soon. */
void vc_registry_clean(void)
{
	mod_delayed_work(system_long_wq, &registration, 0);
}

/* There is no device any more, and nobody has a reference. */
void vc_registry_exit(void)
{
	unsigned int i;

	cancel_delayed_work_sync(&registration);
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

/**
 * vc_pair_make - make a key's sessions on a device
 *
 * Return: whether it has made both
 */
bool vc_pair_make(struct vc_pair *pair, struct vc_dev *dev,
		  const struct vc_params *params, const u8 *key,
		  const u8 *auth_key)
{
	unsigned int way;

	if (!has_tag(dev, params))
		return false;
	for (way = 0; way < ARRAY_SIZE(pair->way); way++) {
		pair->way[way] = new_session(dev, *params, way, key,
					     auth_key);
		if (!pair->way[way])
			return false;
	}
	return true;
}

/*
 * Make a key's sessions.  A device that cannot, as it has too many, has fewer
 * than others and would be preferred for ever: another one has a try.  Without
 * sessions the twin serves the key.
 */
void vc_pair_set(struct vc_pair *pair, const struct vc_alg *alg,
		 const struct vc_params *params, const u8 *key,
		 const u8 *auth_key)
{
	struct vc_dev *dev = pick(alg, NULL), *other;

	vc_pair_clear(pair);
	if (!dev)
		return;
	if (!vc_pair_make(pair, dev, params, key, auth_key)) {
		other = pick(alg, dev);
		vc_dev_put(dev);
		dev = other;
		if (!dev)
			return;
		vc_pair_clear(pair);
		vc_pair_make(pair, dev, params, key, auth_key);
	}
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
