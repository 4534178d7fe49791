// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A data queue: requests are added where they come from, and completed in a
 * softirq.  Requests that find no room wait in a backlog.  Programs have one of
 * their own and a part of the ring, so that they do not starve the kernel.
 */
#include <linux/jiffies.h>
#include <linux/smp.h>
#include <linux/virtio_config.h>
#include <linux/virtio_ring.h>

#include "vcrypto.h"

/* Requests that complete before other softirqs have a turn */
#define BUDGET		64
#define RETRY_JIFFIES	1

/*
 * Give a request to the device.  The tables of indirect descriptors are
 * allocated only if that needs no wait; without, descriptors of the ring serve.
 */
static int add(struct vc_queue *queue, struct vc_req *req)
{
	struct scatterlist *sgs[2] = { req->sg, req->sg + req->readable };
	int err = virtqueue_add_sgs(queue->vq, sgs, 1, 1, req,
				    GFP_NOWAIT | __GFP_NOWARN);

	if (err)
		return err;
	queue->added = true;
	queue->in_flight++;
	queue->programs += req->program;
	queue->quick += !req->slow;
	return 0;
}

static bool is_waiting(const struct vc_queue *queue)
{
	return !list_empty(&queue->backlog) ||
	       !list_empty(&queue->program_backlog);
}

/* Whether it has nothing of the kernel's */
static bool is_kernel_done(const struct vc_queue *queue)
{
	return queue->in_flight == queue->programs &&
	       list_empty(&queue->backlog);
}

/* With nothing in flight, no completion will try again. */
static void plan_retry(struct vc_queue *queue)
{
	if (is_waiting(queue) && !queue->in_flight)
		mod_timer(&queue->retry, jiffies + RETRY_JIFFIES);
}

static void kick(struct vc_queue *queue)
{
	/* Under the lock: the queue does not go away meanwhile. */
	if (queue->vq && queue->added && virtqueue_kick_prepare(queue->vq))
		virtqueue_notify(queue->vq);
	queue->added = false;
}

/*
 * Kick for a request, unless others make sure that this happens soon: the
 * queue is being served, or a quick request is in flight.  As long as it is,
 * the device looks at the ring without a kick, and then it will be served.
 */
static void kick_for(struct vc_queue *queue, const struct vc_req *req)
{
	if (!queue->serving && queue->quick <= !req->slow)
		kick(queue);
}

/* Whether it is a request's turn to be added, as far as others go */
static bool may_add(const struct vc_queue *queue, const struct vc_req *req)
{
	if (!req->program)
		return list_empty(&queue->backlog);
	return !is_waiting(queue) && queue->programs < queue->programs_max;
}

static int submit_locked(struct vc_queue *queue, struct vc_req *req,
			 bool may_wait)
{
	if (!queue->open ||
	    req->generation != READ_ONCE(queue->dev->generation))
		return -ENODEV;
	if (req->total > virtqueue_get_vring_size(queue->vq))
		return -EMSGSIZE;
	if (may_add(queue, req) && !add(queue, req))
		return -EINPROGRESS;
	if (virtqueue_is_broken(queue->vq))
		return -ENODEV;
	if (!may_wait)
		return -ENOSPC;
	req->told_busy = true;
	list_add_tail(&req->link, req->program ? &queue->program_backlog
					       : &queue->backlog);
	plan_retry(queue);
	return -EBUSY;
}

/*
 * Submit a request to this processor's queue.  After -EINPROGRESS and -EBUSY
 * the request ends by its function; other errors leave it to the caller, and a
 * twin can take it.
 */
int vc_queue_submit(struct vc_dev *dev, struct vc_req *req, bool may_wait)
{
	struct vc_queue *queue =
		&dev->queues[raw_smp_processor_id() % dev->queue_count];
	int err;

	if (!vc_req_fits(dev, req))
		return -EMSGSIZE;
	spin_lock_bh(&queue->lock);
	err = submit_locked(queue, req, may_wait);
	if (err == -EINPROGRESS)
		kick_for(queue, req);
	spin_unlock_bh(&queue->lock);
	return err;
}

/* Take what the device has answered.  Whether there may be more. */
static bool take_used(struct vc_queue *queue, struct list_head *used)
{
	unsigned int count = 0;
	struct vc_req *req;
	unsigned int len;

	do {
		virtqueue_disable_cb(queue->vq);
		while (count < BUDGET &&
		       (req = virtqueue_get_buf(queue->vq, &len))) {
			req->used = len;
			queue->in_flight--;
			queue->programs -= req->program;
			queue->quick -= !req->slow;
			list_add_tail(&req->link, used);
			count++;
		}
		if (count == BUDGET)
			return true;
	} while (!virtqueue_enable_cb(queue->vq) &&
		 !virtqueue_is_broken(queue->vq));
	return false;
}

/* Who comes next from the backlogs, if anybody may */
static struct vc_req *first_waiting(struct vc_queue *queue)
{
	if (!list_empty(&queue->backlog))
		return list_first_entry(&queue->backlog, struct vc_req, link);
	if (queue->programs == queue->programs_max)
		return NULL;
	return list_first_entry_or_null(&queue->program_backlog,
					struct vc_req, link);
}

/* Let the backlogs in, as far as there is room; owners are to be told. */
static void take_backlog(struct vc_queue *queue, struct list_head *begun)
{
	unsigned int count = 0;
	struct vc_req *req;

	while (count < BUDGET && (req = first_waiting(queue)) &&
	       !add(queue, req)) {
		list_move_tail(&req->link, begun);
		count++;
	}
	plan_retry(queue);
}

/*
 * Tell that requests have left the backlog.  None of them can complete before:
 * this tasklet does that, and never twice at once.
 */
static void tell_begun(struct list_head *begun)
{
	struct vc_req *req, *next;

	list_for_each_entry_safe(req, next, begun, link) {
		req->told_busy = false;
		req->end(req, -EINPROGRESS);
	}
}

static void end_used(struct vc_dev *dev, struct list_head *used)
{
	struct vc_req *req, *next;

	list_for_each_entry_safe(req, next, used, link)
		vc_req_end(req, vc_req_result(dev, req));
}

static bool begin_serving(struct vc_queue *queue, struct list_head *used,
			  struct list_head *begun)
{
	bool more = false;

	spin_lock_bh(&queue->lock);
	if (queue->vq) {
		queue->serving = true;
		more = take_used(queue, used);
		take_backlog(queue, begun);
		/* Nothing more will come: what waits is to be ended. */
		if (virtqueue_is_broken(queue->vq))
			schedule_work(&queue->dev->watch);
	}
	spin_unlock_bh(&queue->lock);
	return more;
}

/* One kick for the backlog, and for all that the completions submitted */
static void end_serving(struct vc_queue *queue)
{
	spin_lock_bh(&queue->lock);
	queue->serving = false;
	kick(queue);
	if (is_kernel_done(queue))
		wake_up_all(&queue->idle);
	spin_unlock_bh(&queue->lock);
}

static void serve(struct tasklet_struct *tasklet)
{
	struct vc_queue *queue =
		container_of(tasklet, struct vc_queue, tasklet);
	LIST_HEAD(begun);
	LIST_HEAD(used);
	bool more = begin_serving(queue, &used, &begun);

	tell_begun(&begun);
	end_used(queue->dev, &used);
	end_serving(queue);
	if (more)
		tasklet_schedule(&queue->tasklet);
}

static void retry(struct timer_list *timer)
{
	struct vc_queue *queue = timer_container_of(queue, timer, retry);

	tasklet_schedule(&queue->tasklet);
}

/* The virtqueue's callback */
void vc_queue_used(struct virtqueue *vq)
{
	struct vc_dev *dev = vq->vdev->priv;
	unsigned int index = vq->index - dev->wire->data_index(dev);

	virtqueue_disable_cb(vq);
	tasklet_schedule(&dev->queues[index].tasklet);
}

void vc_queue_init(struct vc_queue *queue, struct vc_dev *dev,
		   unsigned int index)
{
	queue->dev = dev;
	spin_lock_init(&queue->lock);
	INIT_LIST_HEAD(&queue->backlog);
	INIT_LIST_HEAD(&queue->program_backlog);
	tasklet_setup(&queue->tasklet, serve);
	timer_setup(&queue->retry, retry, 0);
	init_waitqueue_head(&queue->idle);
	snprintf(queue->name, sizeof(queue->name), "dataq.%u", index);
}

/*
 * Half of the ring, in requests: these have one descriptor of it if the device
 * takes indirect ones.
 */
static unsigned int programs_max(struct virtqueue *vq)
{
	unsigned int half = virtqueue_get_vring_size(vq) / 2;

	if (!virtio_has_feature(vq->vdev, VIRTIO_RING_F_INDIRECT_DESC))
		half /= VC_SG_MAX;
	return max(half, 1U);
}

void vc_queue_start(struct vc_queue *queue, struct virtqueue *vq)
{
	spin_lock_bh(&queue->lock);
	queue->vq = vq;
	queue->in_flight = 0;
	queue->programs = 0;
	queue->programs_max = programs_max(vq);
	queue->quick = 0;
	queue->serving = false;
	queue->added = false;
	spin_unlock_bh(&queue->lock);
}

void vc_queue_open(struct vc_queue *queue)
{
	spin_lock_bh(&queue->lock);
	queue->open = queue->vq;
	spin_unlock_bh(&queue->lock);
}

/* Take no more requests. */
void vc_queue_close(struct vc_queue *queue)
{
	spin_lock_bh(&queue->lock);
	queue->open = false;
	spin_unlock_bh(&queue->lock);
}

static bool is_idle(struct vc_queue *queue)
{
	bool idle;

	spin_lock_bh(&queue->lock);
	idle = !queue->vq || virtqueue_is_broken(queue->vq) ||
	       is_kernel_done(queue);
	spin_unlock_bh(&queue->lock);
	return idle;
}

/* Let a closed queue do what the kernel has, for some time.  Whether it has. */
bool vc_queue_drain(struct vc_queue *queue, unsigned long timeout)
{
	/* Should anything have kept the device from seeing a request. */
	spin_lock_bh(&queue->lock);
	kick(queue);
	spin_unlock_bh(&queue->lock);
	tasklet_schedule(&queue->tasklet);
	return wait_event_timeout(queue->idle, is_idle(queue), timeout);
}

/* Programs can ask again if only the device does not go. */
static int fit_error(const struct vc_req *req, int err)
{
	return req->program && err != -ENODEV ? -EBUSY : err;
}

static void end_all(struct list_head *reqs, int err)
{
	struct vc_req *req, *next;

	local_bh_disable();
	list_for_each_entry_safe(req, next, reqs, link)
		vc_req_end(req, fit_error(req, err));
	local_bh_enable();
}

/* End what programs have in a closed queue, but for what the device has. */
void vc_queue_end_programs(struct vc_queue *queue)
{
	LIST_HEAD(reqs);

	spin_lock_bh(&queue->lock);
	list_splice_init(&queue->program_backlog, &reqs);
	spin_unlock_bh(&queue->lock);
	end_all(&reqs, -EBUSY);
}

/* Software can do what the device has not seen. */
static void redo_all(struct list_head *reqs, int err)
{
	void (*redo)(struct vc_req *req);
	struct vc_req *req, *next;

	list_for_each_entry_safe(req, next, reqs, link) {
		local_bh_disable();
		req->told_busy = false;
		req->end(req, -EINPROGRESS);
		redo = req->redo;
		if (!redo)
			req->end(req, err);
		local_bh_enable();
		if (redo)
			redo(req);
	}
}

/*
 * End what a closed queue still has.  The device was reset: there are no more
 * interrupts, and it touches no memory.
 */
void vc_queue_clear(struct vc_queue *queue, int err)
{
	struct virtqueue *vq;
	struct vc_req *req;
	unsigned int len;
	LIST_HEAD(used);
	LIST_HEAD(left);
	LIST_HEAD(backlog);
	LIST_HEAD(program_backlog);

	/* Without a virtqueue the tasklet plans neither itself nor the timer. */
	spin_lock_bh(&queue->lock);
	vq = queue->vq;
	queue->vq = NULL;
	spin_unlock_bh(&queue->lock);
	timer_delete_sync(&queue->retry);
	tasklet_kill(&queue->tasklet);

	while (vq && (req = virtqueue_get_buf(vq, &len))) {
		req->used = len;
		list_add_tail(&req->link, &used);
	}
	while (vq && (req = virtqueue_detach_unused_buf(vq)))
		list_add_tail(&req->link, &left);
	list_splice_init(&queue->backlog, &backlog);
	list_splice_init(&queue->program_backlog, &program_backlog);
	queue->in_flight = 0;
	queue->programs = 0;
	local_bh_disable();
	end_used(queue->dev, &used);
	local_bh_enable();
	end_all(&left, err);
	redo_all(&backlog, err);
	end_all(&program_backlog, err);
	wake_up_all(&queue->idle);
}
