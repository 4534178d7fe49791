// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Devices, sessions and requests
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "vcrypto.h"

#define DEVICES_MAX	128

/* What is not hidden */
#define API		__attribute__((visibility("default")))

struct vcrypto {
	int fd;
	struct vcrypto_info info;
};

static struct vcrypto *open_path(const char *path)
{
	struct vcrypto *crypto = calloc(1, sizeof(*crypto));

	if (!crypto)
		return NULL;
	crypto->info.size = sizeof(crypto->info);
	crypto->fd = open(path, O_RDWR | O_CLOEXEC);
	if (crypto->fd >= 0 &&
	    !ioctl(crypto->fd, VCRYPTO_INFO, &crypto->info))
		return crypto;
	vcrypto_close(crypto);
	return NULL;
}

/* The error of a node that is there but cannot be opened counts more. */
static struct vcrypto *open_any(void)
{
	struct vcrypto *crypto;
	int err = ENOENT;
	char path[32];
	int i;

	for (i = 0; i < DEVICES_MAX; i++) {
		snprintf(path, sizeof(path), "/dev/vcrypto%d", i);
		crypto = open_path(path);
		if (crypto)
			return crypto;
		if (errno != ENOENT)
			err = errno;
	}
	errno = err;
	return NULL;
}

API struct vcrypto *vcrypto_open(const char *path)
{
	return path ? open_path(path) : open_any();
}

API void vcrypto_close(struct vcrypto *crypto)
{
	int saved = errno;

	if (!crypto)
		return;
	if (crypto->fd >= 0)
		close(crypto->fd);
	free(crypto);
	errno = saved;
}

API int vcrypto_fd(const struct vcrypto *crypto)
{
	return crypto->fd;
}

API const struct vcrypto_info *vcrypto_get_info(const struct vcrypto *crypto)
{
	return &crypto->info;
}

API int64_t vcrypto_new_session(struct vcrypto *crypto,
				const struct vcrypto_session *session)
{
	struct vcrypto_session own = *session;

	own.size = sizeof(own);
	own.id = 0;
	return ioctl(crypto->fd, VCRYPTO_CREATE, &own) ? -1 : (int64_t)own.id;
}

API int64_t vcrypto_new_cipher(struct vcrypto *crypto, uint32_t algorithm,
			       uint32_t direction, const void *key,
			       uint32_t key_len)
{
	struct vcrypto_session session = {
		.service = VCRYPTO_CIPHER,
		.algorithm = algorithm,
		.direction = direction,
		.key = vcrypto_pointer(key),
		.key_len = key_len,
	};

	return vcrypto_new_session(crypto, &session);
}

API int64_t vcrypto_new_aead(struct vcrypto *crypto, uint32_t algorithm,
			     uint32_t direction, uint32_t tag_len,
			     const void *key, uint32_t key_len)
{
	struct vcrypto_session session = {
		.service = VCRYPTO_AEAD,
		.algorithm = algorithm,
		.direction = direction,
		.tag_len = tag_len,
		.key = vcrypto_pointer(key),
		.key_len = key_len,
	};

	return vcrypto_new_session(crypto, &session);
}

API int64_t vcrypto_new_hash(struct vcrypto *crypto, uint32_t algorithm,
			     uint32_t digest_len)
{
	struct vcrypto_session session = {
		.service = VCRYPTO_HASH,
		.algorithm = algorithm,
		.hash_mode = VCRYPTO_PLAIN,
		.tag_len = digest_len,
	};

	return vcrypto_new_session(crypto, &session);
}

API int64_t vcrypto_new_mac(struct vcrypto *crypto, uint32_t algorithm,
			    uint32_t digest_len, const void *key,
			    uint32_t key_len)
{
	struct vcrypto_session session = {
		.service = VCRYPTO_MAC,
		.algorithm = algorithm,
		.tag_len = digest_len,
		.key = vcrypto_pointer(key),
		.key_len = key_len,
	};

	return vcrypto_new_session(crypto, &session);
}

API int vcrypto_free_session(struct vcrypto *crypto, uint32_t id)
{
	struct vcrypto_destroy destroy = {
		.size = sizeof(destroy),
		.id = id,
	};

	return ioctl(crypto->fd, VCRYPTO_DESTROY, &destroy);
}

API ssize_t vcrypto_run_request(struct vcrypto *crypto,
				struct vcrypto_request *request)
{
	request->size = sizeof(*request);
	request->result_len = 0;
	return ioctl(crypto->fd, VCRYPTO_RUN, request)
	       ? -1 : (ssize_t)request->result_len;
}

API int vcrypto_submit_requests(struct vcrypto *crypto,
				struct vcrypto_request *requests,
				unsigned int count)
{
	struct vcrypto_submit submit = {
		.size = sizeof(submit),
		.count = count,
		.requests = vcrypto_pointer(requests),
		.stride = sizeof(*requests),
	};
	unsigned int i;

	for (i = 0; i < count; i++) {
		requests[i].size = sizeof(*requests);
		requests[i].result_len = 0;
	}
	return ioctl(crypto->fd, VCRYPTO_SUBMIT, &submit);
}

API int vcrypto_reap_requests(struct vcrypto *crypto,
			      struct vcrypto_completion *completions,
			      unsigned int count, int timeout)
{
	struct vcrypto_reap reap = {
		.size = sizeof(reap),
		.count = count,
		.completions = vcrypto_pointer(completions),
		.timeout = timeout,
		.stride = sizeof(*completions),
	};

	return ioctl(crypto->fd, VCRYPTO_REAP, &reap);
}

API int64_t vcrypto_new_computation(struct vcrypto *crypto,
				    uint32_t operation,
				    const struct vcrypto_list *operands)
{
	struct vcrypto_session session = {
		.service = VCRYPTO_COMPUTE,
		.algorithm = operation,
		.key = vcrypto_pointer(operands->bytes),
		.key_len = operands->len,
	};

	if (operands->failed || operands->len > UINT32_MAX) {
		errno = ENOMEM;
		return -1;
	}
	return vcrypto_new_session(crypto, &session);
}

API ssize_t vcrypto_compute(struct vcrypto *crypto, uint32_t session,
			    uint32_t operation,
			    const struct vcrypto_list *operands, void *results,
			    size_t room)
{
	struct vcrypto_request request = {
		.session = session,
		.operation = operation,
		.src = vcrypto_pointer(operands->bytes),
		.src_len = operands->len,
		.dst = vcrypto_pointer(results),
		/* More room than the most bytes of a result is no error. */
		.dst_len = room > crypto->info.max_data
			   ? crypto->info.max_data : room,
	};

	if (operands->failed || operands->len > UINT32_MAX) {
		errno = ENOMEM;
		return -1;
	}
	return vcrypto_run_request(crypto, &request);
}
