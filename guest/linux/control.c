// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The control queue: one command at a time, whose caller sleeps
 */
#include <linux/slab.h>
#include <linux/string.h>

#include "vcrypto.h"

#define TIMEOUT		(30 * HZ)	/* the host may be very busy */

/**
 * struct vc_command - a command
 * @done: it was answered, or is not to be waited for
 * @answered: it was answered
 * @abandoned: nobody waits, so whoever gets it frees it
 * @used: bytes that the device wrote
 * @answer: what it wrote, and has a cache line of its own
 * @readable: what it reads
 */
struct vc_command {
	struct completion done;
	bool answered;
	bool abandoned;
	unsigned int used;
	unsigned int readable_len;
	u8 *readable;
	struct vc_answer answer;
};

static void free_command(struct vc_command *command)
{
	kfree_sensitive(command->readable);
	kfree_sensitive(command);
}

static struct vc_command *new_command(const u8 *head, unsigned int head_len,
				      const u8 *key, unsigned int key_len)
{
	struct vc_command *command = kzalloc(sizeof(*command), GFP_KERNEL);

	if (!command)
		return NULL;
	command->readable = kmalloc(head_len + key_len, GFP_KERNEL);
	if (!command->readable) {
		kfree(command);
		return NULL;
	}
	init_completion(&command->done);
	memcpy(command->readable, head, head_len);
	memcpy(command->readable + head_len, key, key_len);
	command->readable_len = head_len + key_len;
	memset(&command->answer, VC_STATUS_UNSET, sizeof(command->answer));
	return command;
}

/* A command of another generation has a session that is another's now. */
static int send(struct vc_dev *dev, u32 generation,
		struct vc_command *command, unsigned int answer_len)
{
	struct vc_control *control = &dev->control;
	struct scatterlist out, in, *sgs[2] = { &out, &in };
	unsigned long flags;
	int err = -ENODEV;

	sg_init_one(&out, command->readable, command->readable_len);
	sg_init_one(&in, command->answer.bytes, answer_len);
	spin_lock_irqsave(&control->lock, flags);
	if (control->silent)
		err = -ETIMEDOUT;
	else if (control->vq && !control->stopped &&
		 generation == READ_ONCE(dev->generation))
		err = virtqueue_add_sgs(control->vq, sgs, 1, 1, command,
					GFP_ATOMIC);
	if (!err) {
		control->command = command;
		virtqueue_kick(control->vq);
	}
	spin_unlock_irqrestore(&control->lock, flags);
	return err;
}

/*
 * Wait for the answer.  A command that has none belongs to the device, which
 * is not asked again: that would cost its users as much time for each key.
 */
static int wait_for_answer(struct vc_dev *dev, struct vc_command *command)
{
	struct vc_control *control = &dev->control;
	unsigned long flags;
	bool answered, stopped;

	wait_for_completion_timeout(&command->done, TIMEOUT);
	spin_lock_irqsave(&control->lock, flags);
	control->command = NULL;
	answered = command->answered;
	command->abandoned = !answered;
	stopped = control->stopped;
	if (!answered && !stopped) {
		WRITE_ONCE(control->silent, true);
		schedule_work(&dev->watch);
	}
	spin_unlock_irqrestore(&control->lock, flags);
	return answered ? 0 : stopped ? -ENODEV : -ETIMEDOUT;
}

static int run_locked(struct vc_dev *dev, u32 generation,
		      struct vc_command *command, u8 *answer,
		      unsigned int answer_len)
{
	int err = send(dev, generation, command, answer_len);

	if (err) {
		free_command(command);
		return err;
	}
	err = wait_for_answer(dev, command);
	if (err)
		return err;
	err = min(command->used, answer_len);
	memcpy(answer, command->answer.bytes, answer_len);
	free_command(command);
	return err;
}

/**
 * vc_control_run - run a command, and sleep meanwhile
 * @generation: of the device, for which the command is
 *
 * Return: bytes of the answer, or an error
 */
int vc_control_run(struct vc_dev *dev, u32 generation, const u8 *head,
		   unsigned int head_len, const u8 *key, unsigned int key_len,
		   u8 *answer, unsigned int answer_len)
{
	struct vc_command *command =
		new_command(head, head_len, key, key_len);
	int err;

	if (!command)
		return -ENOMEM;
	mutex_lock(&dev->control.mutex);
	err = run_locked(dev, generation, command, answer, answer_len);
	mutex_unlock(&dev->control.mutex);
	return err;
}

/* The virtqueue's callback */
void vc_control_answered(struct virtqueue *vq)
{
	struct vc_dev *dev = vq->vdev->priv;
	struct vc_control *control = &dev->control;
	struct vc_command *command;
	unsigned long flags;
	unsigned int used;

	spin_lock_irqsave(&control->lock, flags);
	while (control->vq && (command = virtqueue_get_buf(vq, &used))) {
		if (command->abandoned) {
			free_command(command);
			continue;
		}
		command->used = used;
		command->answered = true;
		complete(&command->done);
	}
	if (!control->stopped && virtqueue_is_broken(vq))
		schedule_work(&dev->watch);
	spin_unlock_irqrestore(&control->lock, flags);
}

void vc_control_init(struct vc_control *control)
{
	mutex_init(&control->mutex);
	spin_lock_init(&control->lock);
	control->stopped = true;
}

void vc_control_start(struct vc_control *control, struct virtqueue *vq)
{
	unsigned long flags;

	spin_lock_irqsave(&control->lock, flags);
	control->vq = vq;
	control->stopped = false;
	control->silent = false;
	spin_unlock_irqrestore(&control->lock, flags);
}

/* End what waits, and let nobody begin. */
void vc_control_stop(struct vc_control *control)
{
	unsigned long flags;

	spin_lock_irqsave(&control->lock, flags);
	control->stopped = true;
	if (control->command)
		complete(&control->command->done);
	spin_unlock_irqrestore(&control->lock, flags);
	/* Whoever waited has gone when this has been locked. */
	mutex_lock(&control->mutex);
	mutex_unlock(&control->mutex);
}

/* Free what the device still has, after its reset. */
void vc_control_clear(struct vc_control *control)
{
	struct vc_command *command;
	unsigned long flags;

	spin_lock_irqsave(&control->lock, flags);
	while (control->vq &&
	       (command = virtqueue_detach_unused_buf(control->vq)))
		free_command(command);
	control->vq = NULL;
	spin_unlock_irqrestore(&control->lock, flags);
}
