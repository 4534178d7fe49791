/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A program's open file of a device, and its requests
 */
#ifndef VCRYPTO_FILE_H
#define VCRYPTO_FILE_H

#include <linux/xarray.h>

#include "vcrypto.h"

/**
 * struct vc_file - an open file
 * @refs: of the program, and of each request and session
 * @dev: the device, of which there is a reference
 * @sessions: the sessions by their ids
 * @next_id: where to look for an id
 * @session_count: how many the device has, or is about to have
 * @lock: for all that follows
 * @closed: nobody reaps any more
 * @done: requests to reap
 * @count: requests in flight and in @done
 * @bytes: what these have of memory
 * @running: those submitted that no thread has reaped yet
 * @wait: who waits for any of this
 */
struct vc_file {
	struct kref refs;
	struct vc_dev *dev;
	struct xarray sessions;
	u32 next_id;
	atomic_t session_count;
	spinlock_t lock;
	bool closed;
	struct list_head done;
	unsigned int count;
	u64 bytes;
	unsigned int running;
	wait_queue_head_t wait;
};

extern const struct file_operations vc_file_operations;
extern unsigned int vc_max_sessions;
extern unsigned int vc_max_requests;
extern unsigned long vc_max_bytes;

/* file.c */
void vc_file_put(struct vc_file *file);
struct vc_session *vc_file_session(struct vc_file *file, u32 id);
int vc_copy_struct(void *to, size_t size, const void __user *from,
		   size_t *user_size);

/* job.c */
int vc_jobs_run(struct vc_file *file, void __user *arg);
long vc_jobs_submit(struct vc_file *file, void __user *arg);
long vc_jobs_reap(struct vc_file *file, void __user *arg);
void vc_jobs_close(struct vc_file *file);

/* Memory of a program's data, which is wiped when it is freed */
int vc_pieces_alloc(struct vc_pieces *pieces, u32 len);
void vc_pieces_free(struct vc_pieces *pieces);
int vc_pieces_fill(struct vc_pieces *pieces, u32 at, u64 from, u32 len);
int vc_pieces_copy(const struct vc_pieces *pieces, u64 to, u32 len);

#endif
