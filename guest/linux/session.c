// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Sessions: they outlive their device, and are made again after its sleep
 */
#include <linux/slab.h>
#include <linux/string.h>

#include "vcrypto.h"

static unsigned int key_bytes(const struct vc_params *params)
{
	return params->key_len + params->auth_len;
}

/* Have the device make it. */
static int create(struct vc_session *session)
{
	struct vc_dev *dev = session->dev;
	u8 head[VC_CREATE_HEAD_MAX], answer[16];
	u32 generation = READ_ONCE(dev->generation);
	unsigned int len;
	u64 id;
	int err;

	len = dev->wire->create(dev, &session->params, head);
	err = vc_control_run(dev, generation, head, len, session->key,
			     key_bytes(&session->params), answer,
			     dev->wire->create_answer);
	if (err >= 0)
		err = dev->wire->created(dev, answer, err, &id);
	if (err < 0)
		return err;
	spin_lock_bh(&dev->lock);
	/* A reset in between has ended it. */
	if (generation == dev->generation) {
		session->generation = generation;
		session->id = id;
		smp_store_release(&session->made, true);
	}
	spin_unlock_bh(&dev->lock);
	return 0;
}

static void destroy(struct vc_session *session)
{
	struct vc_dev *dev = session->dev;
	u8 head[VC_CREATE_HEAD_MAX], answer[1];
	unsigned int len;

	if (!session->made || session->generation != READ_ONCE(dev->generation))
		return;
	len = dev->wire->destroy(dev, &session->params, session->id, head);
	vc_control_run(dev, session->generation, head, len, NULL, 0, answer,
		       sizeof(answer));
}

static void free_session(struct vc_session *session)
{
	struct vc_dev *dev = session->dev;

	if (session->file)
		vc_file_uncount_session(session->file);
	kfree_sensitive(session);
	atomic_dec(&dev->session_count);
	vc_dev_put(dev);
}

/* Whether the device has made it.  Requests must not use it otherwise. */
bool vc_session_ready(const struct vc_session *session)
{
	return session && smp_load_acquire(&session->made);
}

static struct vc_session *allocate(struct vc_dev *dev,
				   const struct vc_params *params,
				   const u8 *key, const u8 *auth_key)
{
	struct vc_session *session =
		kzalloc(struct_size(session, key, key_bytes(params)),
			GFP_KERNEL_ACCOUNT);

	if (!session)
		return NULL;
	refcount_set(&session->refs, 1);
	session->params = *params;
	memcpy(session->key, key, params->key_len);
	memcpy(session->key + params->key_len, auth_key, params->auth_len);
	vc_dev_get(dev);
	session->dev = dev;
	atomic_inc(&dev->session_count);
	spin_lock_bh(&dev->lock);
	session->generation = dev->generation;
	list_add_tail(&session->link, &dev->sessions);
	spin_unlock_bh(&dev->lock);
	return session;
}

/* Have it made when the device starts, or now if it just has. */
static void postpone(struct vc_session *session)
{
	struct vc_dev *dev = session->dev;

	spin_lock_bh(&dev->lock);
	if (!session->made) {
		session->generation = 0;
		list_move(&session->link, &dev->sessions);
		if (dev->live)
			schedule_work(&dev->refresh);
	}
	spin_unlock_bh(&dev->lock);
}

/**
 * vc_session_new - make a session
 *
 * A session that a sleeping device has not made yet is no error: it gets its id
 * when the device wakes up.
 *
 * Return: the session, or an error
 */
struct vc_session *vc_session_new(struct vc_dev *dev,
				  const struct vc_params *params,
				  const u8 *key, const u8 *auth_key)
{
	struct vc_session *session = allocate(dev, params, key, auth_key);
	int err;

	if (!session)
		return ERR_PTR(-ENOMEM);
	err = create(session);
	if (err == -ENODEV) {
		postpone(session);
	} else if (err) {
		vc_session_put(session);
		return ERR_PTR(err);
	}
	return session;
}

void vc_session_get(struct vc_session *session)
{
	refcount_inc(&session->refs);
}

/* Let go of a session, which may be in a softirq. */
void vc_session_put(struct vc_session *session)
{
	struct vc_dev *dev;
	bool live;

	if (IS_ERR_OR_NULL(session) || !refcount_dec_and_test(&session->refs))
		return;
	dev = session->dev;
	spin_lock_bh(&dev->lock);
	list_del(&session->link);
	live = dev->live;
	if (live) {
		list_add_tail(&session->link, &dev->dead);
		schedule_work(&dev->reaper);
	}
	spin_unlock_bh(&dev->lock);
	if (!live)
		free_session(session);
}

/* Those that die meanwhile have the next turn: somebody may wait for this. */
static void reap(struct work_struct *work)
{
	struct vc_dev *dev = container_of(work, struct vc_dev, reaper);
	struct vc_session *session, *next;
	LIST_HEAD(dead);

	/* The last session may be the device's last reference. */
	vc_dev_get(dev);
	spin_lock_bh(&dev->lock);
	list_splice_init(&dev->dead, &dead);
	spin_unlock_bh(&dev->lock);
	list_for_each_entry_safe(session, next, &dead, link) {
		destroy(session);
		free_session(session);
	}
	vc_dev_put(dev);
}

/* Wait until those are destroyed that nobody uses any more. */
void vc_sessions_reap(struct vc_dev *dev)
{
	flush_work(&dev->reaper);
}

void vc_sessions_init(struct vc_dev *dev)
{
	INIT_LIST_HEAD(&dev->sessions);
	INIT_LIST_HEAD(&dev->dead);
	INIT_WORK(&dev->reaper, reap);
}

/*
 * A session that a reset has ended, with a reference.  These are the first in
 * the list.  One that is about to leave it is passed over.
 */
static struct vc_session *take_ended(struct vc_dev *dev)
{
	struct vc_session *session, *found = NULL;

	spin_lock_bh(&dev->lock);
	while (!found) {
		session = list_first_entry_or_null(&dev->sessions,
						   struct vc_session, link);
		if (!session || session->generation == dev->generation)
			break;
		session->generation = dev->generation;
		list_move_tail(&session->link, &dev->sessions);
		if (refcount_inc_not_zero(&session->refs))
			found = session;
	}
	spin_unlock_bh(&dev->lock);
	return found;
}

/* From now on the device can make and destroy sessions. */
void vc_sessions_start(struct vc_dev *dev)
{
	spin_lock_bh(&dev->lock);
	dev->live = true;
	spin_unlock_bh(&dev->lock);
}

/*
 * Make the sessions again that a reset has ended; others stay with no id.
 * When the device stops or falls silent, this ends soon.
 */
void vc_sessions_restore(struct vc_dev *dev)
{
	struct vc_session *session;

	while ((session = take_ended(dev))) {
		create(session);
		vc_session_put(session);
	}
}

/* All sessions end: the device is about to be reset. */
void vc_sessions_stop(struct vc_dev *dev)
{
	struct vc_session *session;

	spin_lock_bh(&dev->lock);
	dev->live = false;
	list_for_each_entry(session, &dev->sessions, link)
		WRITE_ONCE(session->made, false);
	/* A request of the new generation sees no old session. */
	smp_wmb();
	WRITE_ONCE(dev->generation, dev->generation + 1);
	spin_unlock_bh(&dev->lock);
	flush_work(&dev->reaper);
}
