// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * An open file: its sessions, and what a program can tell it to do
 */
#include <linux/fs.h>
#include <linux/module.h>
#include <linux/poll.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "file.h"

unsigned int vc_max_sessions = 256;
module_param_named(max_sessions, vc_max_sessions, uint, 0644);
MODULE_PARM_DESC(max_sessions, "sessions of an open file");

unsigned int vc_max_requests = 1024;
module_param_named(max_requests, vc_max_requests, uint, 0644);
MODULE_PARM_DESC(max_requests, "requests of an open file in flight");

unsigned long vc_max_bytes = 32 << 20;
module_param_named(max_bytes, vc_max_bytes, ulong, 0644);
MODULE_PARM_DESC(max_bytes, "bytes of memory that these have");

/* The last request can end in a softirq. */
static void free_file(struct kref *refs)
{
	struct vc_file *file = container_of(refs, struct vc_file, refs);

	vc_dev_put(file->dev);
	kfree(file);
}

void vc_file_put(struct vc_file *file)
{
	kref_put(&file->refs, free_file);
}

/**
 * vc_copy_struct - copy a structure that begins with its size
 * @user_size: the program's size of it
 *
 * Return: 0 or an error
 */
int vc_copy_struct(void *to, size_t size, const void __user *from,
		   size_t *user_size)
{
	u32 told;
	int err;

	if (get_user(told, (const u32 __user *)from))
		return -EFAULT;
	if (told < sizeof(told))
		return -EINVAL;
	if (told > PAGE_SIZE)
		return -E2BIG;
	err = copy_struct_from_user(to, size, from, told);
	if (err)
		return err;
	/* It may have changed in between. */
	*(u32 *)to = told;
	*user_size = told;
	return 0;
}

static int tell_info(struct vc_file *file, void __user *arg)
{
	struct vcrypto_info info;
	size_t size;
	int err = vc_copy_struct(&info, sizeof(info), arg, &size);

	if (err)
		return err;
	info = file->dev->node.info;
	info.max_sessions = READ_ONCE(vc_max_sessions);
	info.max_requests = READ_ONCE(vc_max_requests);
	info.max_bytes = READ_ONCE(vc_max_bytes);
	size = min(size, sizeof(info));
	return copy_to_user(arg, &info, size) ? -EFAULT : 0;
}

/* The session, with a reference, or NULL */
struct vc_session *vc_file_session(struct vc_file *file, u32 id)
{
	struct vc_session *session;

	xa_lock(&file->sessions);
	session = xa_load(&file->sessions, id);
	if (session)
		vc_session_get(session);
	xa_unlock(&file->sessions);
	return session;
}

/* A key or a list of operands, which go to the device as they are */
static int get_keys(struct vc_file *file, const struct vcrypto_session *from,
		    const struct vc_params *params, u8 *keys)
{
	struct vc_pieces list = { .piece = { keys }, .len = from->key_len };
	bool swap = file->dev->little_endian !=
		    virtio_legacy_is_little_endian();
	int count;

	if (copy_from_user(keys, u64_to_user_ptr(from->key), from->key_len) ||
	    copy_from_user(keys + from->key_len,
			   u64_to_user_ptr(from->auth_key),
			   from->auth_key_len))
		return -EFAULT;
	if (params->service != VC_COMPUTE)
		return 0;
	count = vc_convert_list(&list, from->key_len, swap, false);
	return min(count, 0);
}

static struct vc_session *make_session(struct vc_file *file,
				       const struct vcrypto_session *from,
				       const struct vc_params *params)
{
	u32 len = from->key_len + from->auth_key_len;
	struct vc_session *session;
	u8 *keys;
	int err;

	keys = kzalloc(len + 1, GFP_KERNEL_ACCOUNT);
	if (!keys)
		return ERR_PTR(-ENOMEM);
	err = get_keys(file, from, params, keys);
	if (!err)
		err = vc_node_ready(file->dev);
	session = err ? ERR_PTR(err)
		      : vc_session_new(file->dev, params, keys,
				       keys + params->key_len);
	kfree_sensitive(keys);
	/* A device that sleeps or has just gone has not made it. */
	if (!IS_ERR(session) && !vc_session_ready(session)) {
		vc_session_put(session);
		session = ERR_PTR(vc_node_error(file->dev));
	}
	return session;
}

/* Make it known by a number, which is not given again soon. */
static int add_session(struct vc_file *file, struct vc_session *session,
		       u32 __user *id)
{
	u32 number;
	int err = xa_alloc_cyclic(&file->sessions, &number, session,
				  XA_LIMIT(1, INT_MAX), &file->next_id,
				  GFP_KERNEL_ACCOUNT);

	if (err < 0)
		return err;
	if (!put_user(number, id))
		return 0;
	/* Another thread may have destroyed it, having guessed the number. */
	return xa_cmpxchg(&file->sessions, number, session, NULL, 0) == session
	       ? -EFAULT : 1;
}

/* Whether there is room for one more */
static bool count_session(struct vc_file *file)
{
	unsigned int max = READ_ONCE(vc_max_sessions);

	if (atomic_inc_return(&file->session_count) <= max)
		return true;
	atomic_dec(&file->session_count);
	return false;
}

/* A session that the file had is no more, perhaps in a softirq. */
void vc_file_uncount_session(struct vc_file *file)
{
	atomic_dec(&file->session_count);
	vc_file_put(file);
}

/*
 * Make a session that counts until the device has destroyed it.  That may be
 * about to happen to some.
 */
static struct vc_session *make_counted(struct vc_file *file,
				       const struct vcrypto_session *from,
				       const struct vc_params *params)
{
	struct vc_session *session;

	if (!count_session(file)) {
		vc_sessions_reap(file->dev);
		if (!count_session(file))
			return ERR_PTR(-EDQUOT);
	}
	session = make_session(file, from, params);
	if (IS_ERR(session)) {
		atomic_dec(&file->session_count);
	} else {
		kref_get(&file->refs);
		session->file = file;
	}
	return session;
}

static int create_session(struct vc_file *file, void __user *arg)
{
	struct vcrypto_session __user *user = arg;
	struct vcrypto_session from;
	struct vc_session *session;
	struct vc_params params;
	size_t size;
	int err = vc_copy_struct(&from, sizeof(from), arg, &size);

	if (err)
		return err;
	if (size < offsetofend(struct vcrypto_session, auth_key))
		return -EINVAL;
	err = vc_decode_session(&from, file->dev->wire->protocol ==
				VCRYPTO_PROTOCOL_RFC_V1, &params);
	if (err)
		return err;
	session = make_counted(file, &from, &params);
	if (IS_ERR(session))
		return PTR_ERR(session);
	err = add_session(file, session, &user->id);
	if (err < 0)
		vc_session_put(session);
	return min(err, 0);
}

static int destroy_session(struct vc_file *file, void __user *arg)
{
	struct vcrypto_destroy from;
	struct vc_session *session;
	size_t size;
	int err = vc_copy_struct(&from, sizeof(from), arg, &size);

	if (err)
		return err;
	session = xa_erase(&file->sessions, from.id);
	if (!session)
		return -ENOENT;
	vc_session_put(session);
	return 0;
}

static long control(struct file *f, unsigned int command, unsigned long arg)
{
	struct vc_file *file = f->private_data;
	void __user *user = (void __user *)arg;

	switch (command) {
	case VCRYPTO_INFO:
		return tell_info(file, user);
	case VCRYPTO_CREATE:
		return create_session(file, user);
	case VCRYPTO_DESTROY:
		return destroy_session(file, user);
	case VCRYPTO_RUN:
		return vc_jobs_run(file, user);
	case VCRYPTO_SUBMIT:
		return vc_jobs_submit(file, user);
	case VCRYPTO_REAP:
		return vc_jobs_reap(file, user);
	default:
		return -ENOTTY;
	}
}

static __poll_t poll_file(struct file *f, poll_table *table)
{
	struct vc_file *file = f->private_data;
	__poll_t events = 0;

	poll_wait(f, &file->wait, table);
	poll_wait(f, &file->dev->node.wait, table);
	spin_lock_bh(&file->lock);
	if (!list_empty(&file->done))
		events |= EPOLLIN | EPOLLRDNORM;
	if (file->count < READ_ONCE(vc_max_requests) &&
	    file->bytes < READ_ONCE(vc_max_bytes))
		events |= EPOLLOUT | EPOLLWRNORM;
	spin_unlock_bh(&file->lock);
	if (vc_node_error(file->dev) == -ENODEV)
		events |= EPOLLHUP | EPOLLERR;
	return events;
}

/* The device cannot go before this has a reference of it. */
static int open_file(struct inode *inode, struct file *f)
{
	struct vc_dev *dev = container_of(f->private_data, struct vc_dev,
					  node.misc);
	struct vc_file *file;

	if (vc_node_error(dev) == -ENODEV)
		return -ENODEV;
	file = kzalloc(sizeof(*file), GFP_KERNEL_ACCOUNT);
	if (!file)
		return -ENOMEM;
	kref_init(&file->refs);
	vc_dev_get(dev);
	file->dev = dev;
	xa_init_flags(&file->sessions, XA_FLAGS_ALLOC1);
	spin_lock_init(&file->lock);
	INIT_LIST_HEAD(&file->done);
	init_waitqueue_head(&file->wait);
	f->private_data = file;
	return stream_open(inode, f);
}

/* Nobody uses the file; its requests in flight end by themselves. */
static int release_file(struct inode *inode, struct file *f)
{
	struct vc_file *file = f->private_data;
	struct vc_session *session;
	unsigned long id;

	xa_for_each(&file->sessions, id, session)
		vc_session_put(session);
	xa_destroy(&file->sessions);
	vc_jobs_close(file);
	vc_file_put(file);
	return 0;
}

const struct file_operations vc_file_operations = {
	.owner = THIS_MODULE,
	.open = open_file,
	.release = release_file,
	.unlocked_ioctl = control,
	.compat_ioctl = compat_ptr_ioctl,
	.poll = poll_file,
};
