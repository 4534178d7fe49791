/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * libvcrypto: a virtio crypto device for programs.  See vcrypto(3).
 *
 * The structures are the kernel's, in <linux/vcrypto.h>.  Functions that can
 * fail return -1 or NULL, and set errno.
 */
#ifndef VCRYPTO_LIB_H
#define VCRYPTO_LIB_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include <linux/vcrypto.h>

#ifdef __cplusplus
extern "C" {
#endif

/* An open device, which threads can share */
struct vcrypto;

struct vcrypto *vcrypto_open(const char *path);
void vcrypto_close(struct vcrypto *crypto);
int vcrypto_fd(const struct vcrypto *crypto);
const struct vcrypto_info *vcrypto_get_info(const struct vcrypto *crypto);

/* Sessions; functions that make one return its number. */
int64_t vcrypto_new_session(struct vcrypto *crypto,
			    const struct vcrypto_session *session);
int64_t vcrypto_new_cipher(struct vcrypto *crypto, uint32_t algorithm,
			   uint32_t direction, const void *key,
			   uint32_t key_len);
int64_t vcrypto_new_aead(struct vcrypto *crypto, uint32_t algorithm,
			 uint32_t direction, uint32_t tag_len, const void *key,
			 uint32_t key_len);
int64_t vcrypto_new_hash(struct vcrypto *crypto, uint32_t algorithm,
			 uint32_t digest_len);
int64_t vcrypto_new_mac(struct vcrypto *crypto, uint32_t algorithm,
			uint32_t digest_len, const void *key,
			uint32_t key_len);
int vcrypto_free_session(struct vcrypto *crypto, uint32_t id);

/* Requests, of which the library sets the sizes */
ssize_t vcrypto_run_request(struct vcrypto *crypto,
			    struct vcrypto_request *request);
int vcrypto_submit_requests(struct vcrypto *crypto,
			    struct vcrypto_request *requests,
			    unsigned int count);
int vcrypto_reap_requests(struct vcrypto *crypto,
			  struct vcrypto_completion *completions,
			  unsigned int count, int timeout);

/* Fields of structures that hold pointers */
static inline uint64_t vcrypto_pointer(const void *pointer)
{
	return (uint64_t)(uintptr_t)pointer;
}

/**
 * struct vcrypto_list - operands of a computation
 * @bytes: the list, for a key or a source
 * @len: its length
 * @room: bytes that are allocated
 * @failed: there was no memory, or an operand was too long
 */
struct vcrypto_list {
	unsigned char *bytes;
	size_t len;
	size_t room;
	bool failed;
};

#define VCRYPTO_LIST_EMPTY	{ NULL, 0, 0, false }

void vcrypto_list_add(struct vcrypto_list *list, const void *bytes,
		      size_t len);
void vcrypto_list_add_number(struct vcrypto_list *list, uint32_t number);
void vcrypto_list_clear(struct vcrypto_list *list);
bool vcrypto_list_next(const void *list, size_t len, size_t *at,
		       const unsigned char **bytes, size_t *bytes_len);

int64_t vcrypto_new_computation(struct vcrypto *crypto, uint32_t operation,
				const struct vcrypto_list *operands);
ssize_t vcrypto_compute(struct vcrypto *crypto, uint32_t session,
			uint32_t operation,
			const struct vcrypto_list *operands, void *results,
			size_t room);

#ifdef __cplusplus
}
#endif

#endif
