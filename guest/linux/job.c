// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A program's requests.  Their data are copied: what the device works on stays
 * until it has answered, whatever becomes of the program.
 */
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/freezer.h>
#include <linux/pid.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "file.h"

#define BATCH_MAX	4096	/* elements of an array */

/**
 * struct vc_job - a request
 * @link: in the file's list of those to reap
 * @memory: what it is in
 * @file: a reference of the file
 * @session: a reference of the session, or NULL
 * @params: what it is for
 * @plan: its lengths
 * @in: what the device reads
 * @out: what it writes
 * @cookie: the program's
 * @dst: where the result goes
 * @process: in whose memory, with a reference
 * @exec_id: tells its program from a later one
 * @charged: bytes that count for the file
 * @waited: a thread waits for it
 * @abandoned: no thread does any more
 * @over: it is complete
 * @done: wakes the thread
 * @err: its outcome
 * @iv: vector
 */
struct vc_job {
	struct vc_req req;
	struct list_head link;
	void *memory;
	struct vc_file *file;
	struct vc_session *session;
	struct vc_params params;
	struct vc_plan plan;
	struct vc_pieces in;
	struct vc_pieces out;
	u64 cookie;
	u64 dst;
	struct pid *process;
	u64 exec_id;
	u64 charged;
	bool waited;
	bool abandoned;
	bool over;
	struct completion done;
	int err;
	u8 iv[VC_IV_MAX];
};

static bool is_rfc(const struct vc_file *file)
{
	return file->dev->wire->protocol == VCRYPTO_PROTOCOL_RFC_V1;
}

static bool has_other_order(const struct vc_file *file)
{
	return file->dev->little_endian != virtio_legacy_is_little_endian();
}

/* Whether there is room for one more */
static bool charge(struct vc_file *file, u64 bytes)
{
	bool room;

	spin_lock_bh(&file->lock);
	room = file->count < READ_ONCE(vc_max_requests) &&
	       file->bytes + bytes <= READ_ONCE(vc_max_bytes);
	if (room) {
		file->count++;
		file->bytes += bytes;
	}
	spin_unlock_bh(&file->lock);
	return room;
}

/* Free a job that is in no list and not the device's, also in a softirq. */
static void free_job(struct vc_job *job)
{
	struct vc_file *file = job->file;

	vc_pieces_free(&job->in);
	vc_pieces_free(&job->out);
	vc_session_put(job->session);
	put_pid(job->process);
	spin_lock_bh(&file->lock);
	file->count--;
	file->bytes -= job->charged;
	spin_unlock_bh(&file->lock);
	kfree_sensitive(job->memory);
	wake_up_interruptible(&file->wait);
	vc_file_put(file);
}

static struct vc_job *new_job(struct vc_file *file, const struct vc_plan *plan)
{
	size_t size = sizeof(struct vc_job) + ARCH_DMA_MINALIGN;
	u64 charged = size + plan->readable + plan->writable;
	struct vc_job *job;
	void *memory;

	if (!charge(file, charged))
		return ERR_PTR(-EAGAIN);
	memory = kzalloc(size, GFP_KERNEL_ACCOUNT);
	if (!memory) {
		spin_lock_bh(&file->lock);
		file->count--;
		file->bytes -= charged;
		spin_unlock_bh(&file->lock);
		return ERR_PTR(-ENOMEM);
	}
	job = PTR_ALIGN(memory, ARCH_DMA_MINALIGN);
	job->memory = memory;
	job->charged = charged;
	job->plan = *plan;
	job->process = get_pid(task_tgid(current));
	job->exec_id = current->self_exec_id;
	kref_get(&file->refs);
	job->file = file;
	init_completion(&job->done);
	return job;
}

/* Get the data: operands must be a list. */
static int fill(struct vc_job *job, const struct vcrypto_request *from)
{
	const struct vc_plan *plan = &job->plan;
	u32 aad_at = plan->aad_last ? plan->src_len : 0;
	u32 src_at = plan->aad_last ? 0 : plan->aad_len;
	int err;

	err = vc_pieces_alloc(&job->in, plan->readable);
	if (!err)
		err = vc_pieces_alloc(&job->out, plan->writable);
	if (!err)
		err = vc_pieces_fill(&job->in, aad_at, from->aad,
				     plan->aad_len);
	if (!err)
		err = vc_pieces_fill(&job->in, src_at, from->src,
				     plan->src_len);
	if (!err && copy_from_user(job->iv, u64_to_user_ptr(from->iv),
				   plan->iv_len))
		err = -EFAULT;
	if (!err && plan->list)
		err = min(0, vc_convert_list(&job->in, plan->readable,
					     has_other_order(job->file),
					     false));
	return err;
}

/* Make the device's request of it. */
static int lay_out(struct vc_job *job)
{
	const struct vc_plan *plan = &job->plan;
	struct vc_req *req = &job->req;
	struct vc_data data = {
		.params = &job->params,
		.iv = job->iv,
		.iv_len = plan->iv_len,
		.aad_len = plan->aad_len,
		.src_len = plan->src_len,
		.dst_len = plan->dst_len,
		.plan = plan,
	};
	u32 at;

	if (!job->session)
		vc_req_begin_bare(job->file->dev, req, &data);
	else if (!vc_req_begin(job->session, req, &data))
		return vc_node_error(job->file->dev);
	for (at = 0; at < plan->readable; at += VC_PIECE)
		vc_req_read_bytes(req, job->in.piece[at / VC_PIECE],
				  min(plan->readable - at, VC_PIECE));
	for (at = 0; at < plan->writable; at += VC_PIECE)
		vc_req_write_bytes(req, job->out.piece[at / VC_PIECE],
				   min(plan->writable - at, VC_PIECE));
	vc_req_finish(req, 0);
	/* The status alone */
	if (!plan->exact)
		req->wanted = 1;
	return 0;
}

/* Decode a request that is a copy of the program's. */
static struct vc_job *decode(struct vc_file *file,
			     const struct vcrypto_request *from)
{
	struct vc_session *session = NULL;
	struct vc_params params;
	struct vc_plan plan;
	struct vc_job *job;
	int err;

	if (from->session) {
		session = vc_file_session(file, from->session);
		if (!session)
			return ERR_PTR(-ENOENT);
	}
	err = vc_decode_request(from, is_rfc(file),
				session ? &session->params : NULL, &params,
				&plan);
	job = err ? ERR_PTR(err) : new_job(file, &plan);
	if (IS_ERR(job)) {
		vc_session_put(session);
		return job;
	}
	job->session = session;
	job->params = params;
	job->cookie = from->cookie;
	job->dst = from->dst;
	err = fill(job, from);
	if (!err)
		err = lay_out(job);
	if (err) {
		free_job(job);
		return ERR_PTR(err);
	}
	return job;
}

/* Whether nobody is going to look at a job that is complete */
static bool pass_on(struct vc_job *job)
{
	struct vc_file *file = job->file;

	job->over = true;
	if (job->abandoned)
		return true;
	if (job->waited) {
		complete(&job->done);
		return false;
	}
	if (file->closed)
		return true;
	list_add_tail(&job->link, &file->done);
	return false;
}

static void end(struct vc_req *req, int err)
{
	struct vc_job *job = req->owner;
	struct vc_file *file = job->file;
	bool lost;

	if (err == -EINPROGRESS)
		return;
	job->err = err;
	/* The job may be gone when others have seen that it is over. */
	kref_get(&file->refs);
	spin_lock_bh(&file->lock);
	lost = pass_on(job);
	spin_unlock_bh(&file->lock);
	if (lost)
		free_job(job);
	else
		wake_up_interruptible(&file->wait);
	vc_file_put(file);
}

/* Give it to the device.  After an error it is the caller's again. */
static int start(struct vc_job *job, bool waited)
{
	struct vc_file *file = job->file;
	int err = vc_node_ready(file->dev);

	if (err)
		return err;
	job->req.program = true;
	job->req.owner = job;
	job->req.end = end;
	job->waited = waited;
	spin_lock_bh(&file->lock);
	file->running += !waited;
	spin_unlock_bh(&file->lock);
	err = vc_queue_submit(file->dev, &job->req, true);
	if (err == -EINPROGRESS || err == -EBUSY)
		return 0;
	spin_lock_bh(&file->lock);
	file->running -= !waited;
	spin_unlock_bh(&file->lock);
	return err == -ENODEV ? vc_node_error(file->dev) : err;
}

/* Processes can share the file, but not the memory that a request refers to. */
static bool is_own(const struct vc_job *job)
{
	return job->process == task_tgid(current) &&
	       job->exec_id == current->self_exec_id;
}

/* The bytes of the result.  Its list must be one. */
static int take_result(struct vc_job *job, u32 *len)
{
	u32 got = min(job->req.used - 1, job->plan.writable);

	*len = 0;
	if (!job->err && job->plan.list &&
	    vc_convert_list(&job->out, got, has_other_order(job->file),
			    true) < 0)
		job->err = -EIO;
	/* Should this happen again, the byte order is right. */
	job->plan.list = false;
	if (job->err)
		return job->err;
	if (got && (!is_own(job) || vc_pieces_copy(&job->out, job->dst, got)))
		return -EFAULT;
	*len = got;
	return 0;
}

/* Wait for it; a signal that ends the program leaves it to the device. */
static bool wait_for(struct vc_job *job)
{
	struct vc_file *file = job->file;
	bool over;

	if (!wait_for_completion_state(&job->done,
				       TASK_KILLABLE | TASK_FREEZABLE))
		return true;
	spin_lock_bh(&file->lock);
	over = job->over;
	job->abandoned = !over;
	spin_unlock_bh(&file->lock);
	return over;
}

int vc_jobs_run(struct vc_file *file, void __user *arg)
{
	struct vcrypto_request __user *user = arg;
	struct vcrypto_request from;
	struct vc_job *job;
	size_t size;
	u32 len;
	int err = vc_copy_struct(&from, sizeof(from), arg, &size);

	if (!err && size < sizeof(from))
		err = -EINVAL;
	if (err)
		return err;
	job = decode(file, &from);
	if (IS_ERR(job))
		return PTR_ERR(job);
	err = start(job, true);
	if (!err && !wait_for(job))
		return -EINTR;
	if (!err)
		err = take_result(job, &len);
	free_job(job);
	if (!err && put_user(len, &user->result_len))
		err = -EFAULT;
	return err;
}

static int submit_one(struct vc_file *file, const void __user *arg, u32 stride)
{
	struct vcrypto_request from;
	struct vc_job *job;
	int err = copy_struct_from_user(&from, sizeof(from), arg, stride);

	if (err)
		return err;
	if (from.size != stride)
		return -EINVAL;
	job = decode(file, &from);
	if (IS_ERR(job))
		return PTR_ERR(job);
	err = start(job, false);
	if (err)
		free_job(job);
	return err;
}

long vc_jobs_submit(struct vc_file *file, void __user *arg)
{
	struct vcrypto_submit from;
	size_t size;
	int i;
	int err = vc_copy_struct(&from, sizeof(from), arg, &size);

	if (err)
		return err;
	if (size < sizeof(from) || from.reserved || from.count > BATCH_MAX ||
	    from.stride < sizeof(struct vcrypto_request) ||
	    from.stride > PAGE_SIZE)
		return -EINVAL;
	for (i = 0; i < from.count && !fatal_signal_pending(current); i++) {
		err = submit_one(file, u64_to_user_ptr(from.requests +
						       (u64)i * from.stride),
				 from.stride);
		if (err)
			break;
		cond_resched();
	}
	return i || !err ? i : err;
}

static struct vc_job *take_done(struct vc_file *file)
{
	struct vc_job *job;

	spin_lock_bh(&file->lock);
	job = list_first_entry_or_null(&file->done, struct vc_job, link);
	if (job)
		list_del(&job->link);
	spin_unlock_bh(&file->lock);
	return job;
}

static void put_back(struct vc_job *job)
{
	spin_lock_bh(&job->file->lock);
	list_add(&job->link, &job->file->done);
	spin_unlock_bh(&job->file->lock);
	wake_up_interruptible(&job->file->wait);
}

static bool is_running(struct vc_file *file)
{
	bool running;

	spin_lock_bh(&file->lock);
	running = file->running;
	spin_unlock_bh(&file->lock);
	return running;
}

/* Whether a thread that waits has to look */
static bool is_due(struct vc_file *file)
{
	bool due;

	spin_lock_bh(&file->lock);
	due = !list_empty(&file->done) || !file->running;
	spin_unlock_bh(&file->lock);
	return due;
}

/*
 * Take one that is complete, or wait for it.  Another thread may take it first,
 * and may put it back.  NULL: there is none in time, or none to wait for.
 */
static struct vc_job *wait_for_done(struct vc_file *file, long left)
{
	struct vc_job *job;

	while (!(job = take_done(file)) && left && is_running(file)) {
		left = wait_event_freezable_timeout(file->wait, is_due(file),
						    left);
		if (left < 0)
			return ERR_PTR(-EINTR);
	}
	return job;
}

/* Tell of one; the result is in place before. */
static int tell_done(struct vc_job *job, void __user *to)
{
	struct vc_file *file = job->file;
	struct vcrypto_completion completion = { .cookie = job->cookie };

	completion.error = -take_result(job, &completion.result_len);
	if (copy_to_user(to, &completion, sizeof(completion))) {
		put_back(job);
		return -EFAULT;
	}
	spin_lock_bh(&file->lock);
	file->running--;
	spin_unlock_bh(&file->lock);
	free_job(job);
	return 0;
}

static long to_jiffies(s32 timeout)
{
	return timeout < 0 ? MAX_SCHEDULE_TIMEOUT
			   : msecs_to_jiffies(timeout);
}

long vc_jobs_reap(struct vc_file *file, void __user *arg)
{
	struct vcrypto_reap from;
	struct vc_job *job;
	size_t size;
	int i;
	int err = vc_copy_struct(&from, sizeof(from), arg, &size);

	if (err)
		return err;
	if (size < sizeof(from) || from.count > BATCH_MAX ||
	    from.timeout < -1 || from.stride > PAGE_SIZE ||
	    from.stride < sizeof(struct vcrypto_completion))
		return -EINVAL;
	for (i = 0; i < from.count; i++) {
		job = wait_for_done(file, i ? 0 : to_jiffies(from.timeout));
		err = PTR_ERR_OR_ZERO(job);
		if (job && !err)
			err = tell_done(job, u64_to_user_ptr(from.completions +
							     (u64)i *
							     from.stride));
		if (!job || err)
			break;
		cond_resched();
	}
	return i || !err ? i : err;
}

/* The file is closed: forget what is complete, and let the rest end. */
void vc_jobs_close(struct vc_file *file)
{
	struct vc_job *job;

	spin_lock_bh(&file->lock);
	file->closed = true;
	spin_unlock_bh(&file->lock);
	while ((job = take_done(file)))
		free_job(job);
}
