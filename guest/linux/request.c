// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A data request: the descriptors that the device reads and writes
 */
#include <linux/string.h>

#include "vcrypto.h"

/* Append one descriptor.  The last one of either part is marked as such. */
static void append(struct vc_req *req, struct page *page, unsigned int len,
		   unsigned int offset)
{
	struct scatterlist *sg = &req->sg[req->total];

	if (req->total == VC_SG_MAX) {
		req->broken = true;
		return;
	}
	if (req->total > 0 && req->total != req->readable)
		sg_unmark_end(sg - 1);
	sg_init_table(sg, 1);
	sg_set_page(sg, page, len, offset);
	req->longest = max(req->longest, len);
	req->total++;
}

static void append_bytes(struct vc_req *req, void *bytes, unsigned int len)
{
	append(req, virt_to_page(bytes), len, offset_in_page(bytes));
}

/* Append a range of the kernel's list, which may go on behind it. */
static void append_range(struct vc_req *req, struct scatterlist *sg,
			 unsigned int skip, unsigned int len)
{
	unsigned int part;

	for (; sg && len && !req->broken; sg = sg_next(sg)) {
		if (skip >= sg->length) {
			skip -= sg->length;
			continue;
		}
		part = min(sg->length - skip, len);
		append(req, sg_page(sg), part, sg->offset + skip);
		skip = 0;
		len -= part;
	}
	if (len)
		req->broken = true;
}

/*
 * Begin a request without a session, with the header and the vector.  What is
 * to be read comes next.
 */
void vc_req_begin_bare(const struct vc_dev *dev, struct vc_req *req,
		       const struct vc_data *data)
{
	unsigned int len;

	req->dev = dev;
	req->generation = READ_ONCE(dev->generation);
	req->redo = NULL;
	req->told_busy = false;
	req->broken = false;
	req->program = false;
	req->slow = data->params->service == VC_RSA ||
		    data->params->service == VC_COMPUTE ||
		    data->params->service == VC_AKCIPHER;
	req->readable = VC_SG_MAX + 1;
	req->total = 0;
	req->longest = 0;
	len = dev->wire->data(dev, data, req->head.bytes);
	req->bytes = dev->wire->counts_all ? len : 0;
	if (data->iv_len)
		memcpy(req->head.bytes + len, data->iv, data->iv_len);
	req->bytes += data->iv_len;
	req->wanted = 0;
	req->head_used = len + data->iv_len;
	append_bytes(req, req->head.bytes, req->head_used);
}

/*
 * Begin one with a session, whose parameters are the request's if it has none.
 * Fails if the device does not have the session now.
 */
bool vc_req_begin(const struct vc_session *session, struct vc_req *req,
		  struct vc_data *data)
{
	u32 generation;

	if (!session)
		return false;
	generation = READ_ONCE(session->dev->generation);
	/* The device stops in the other order. */
	smp_rmb();
	if (!vc_session_ready(session))
		return false;
	data->session = session;
	if (!data->params)
		data->params = &session->params;
	vc_req_begin_bare(session->dev, req, data);
	req->generation = generation;
	return true;
}

/* Append a few bytes, copied into the request: to the header, or behind. */
void vc_req_read_copy(struct vc_req *req, const void *bytes, unsigned int len)
{
	u8 *to = req->head.bytes + req->head_used;

	if (WARN_ON(len > VC_HEAD_MAX - req->head_used)) {
		req->broken = true;
		return;
	}
	memcpy(to, bytes, len);
	if (req->total == 1)
		req->sg[0].length += len;
	else
		append_bytes(req, to, len);
	req->head_used += len;
	req->bytes += len;
}

void vc_req_read(struct vc_req *req, struct scatterlist *sg,
		 unsigned int skip, unsigned int len)
{
	append_range(req, sg, skip, len);
	req->bytes += len;
}

/* Memory must be from kmalloc(), and not share its lines with other users. */
void vc_req_read_bytes(struct vc_req *req, void *bytes, unsigned int len)
{
	append_bytes(req, bytes, len);
	req->bytes += len;
}

/* From now on the device is to write. */
static void begin_writable(struct vc_req *req)
{
	if (req->readable > VC_SG_MAX)
		req->readable = req->total;
}

void vc_req_write(struct vc_req *req, struct scatterlist *sg,
		  unsigned int skip, unsigned int len)
{
	begin_writable(req);
	append_range(req, sg, skip, len);
	req->bytes += len;
	req->wanted += len;
}

void vc_req_write_bytes(struct vc_req *req, void *bytes, unsigned int len)
{
	begin_writable(req);
	append_bytes(req, bytes, len);
	req->bytes += len;
	req->wanted += len;
}

/* Have a result's length written. */
void vc_req_write_field(struct vc_req *req, unsigned int index)
{
	u8 *field = req->answer.fields[index];

	memset(field, VC_STATUS_UNSET, sizeof(req->answer.fields[0]));
	vc_req_write_bytes(req, field, sizeof(req->answer.fields[0]));
}

/* End with @extra bytes of result in the answer, and the status. */
void vc_req_finish(struct vc_req *req, unsigned int extra)
{
	begin_writable(req);
	req->answer_len = extra + 1;
	memset(req->answer.bytes, VC_STATUS_UNSET, req->answer_len);
	append_bytes(req, req->answer.bytes, req->answer_len);
	req->bytes += extra;
	req->wanted += req->answer_len;
}

/* Whether the device takes it.  RFC v1 counts the status, too. */
bool vc_req_fits(const struct vc_dev *dev, const struct vc_req *req)
{
	u64 bytes = req->bytes + dev->wire->counts_all;

	return !req->broken && req->longest <= dev->segment_max &&
	       (!dev->size_max || bytes <= dev->size_max);
}

/*
 * The outcome of a request that the device answered.  The status counts only
 * if the device wrote it, and success only if it wrote the result as well.
 */
int vc_req_result(const struct vc_dev *dev, const struct vc_req *req)
{
	u8 status = req->answer.bytes[req->answer_len - 1];

	if (!req->used || status == VC_STATUS_UNSET)
		return -EIO;
	if (!status && req->used < req->wanted)
		return -EIO;
	return dev->wire->error(status);
}

/* The only way in which a request ends that vc_queue_submit() has taken */
void vc_req_end(struct vc_req *req, int err)
{
	if (req->told_busy) {
		req->told_busy = false;
		req->end(req, -EINPROGRESS);
	}
	req->end(req, err);
}

/* Forget tags and vectors. */
void vc_req_wipe(struct vc_req *req)
{
	memzero_explicit(&req->answer, sizeof(req->answer));
	memzero_explicit(req->head.bytes, sizeof(req->head.bytes));
	memzero_explicit(req->iv, sizeof(req->iv));
}
