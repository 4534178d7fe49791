// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What programs ask for: sessions, requests and lists of operands.  Everything
 * that the device could misunderstand is refused here; whether lengths suit an
 * algorithm is the device's to tell.
 */
#ifdef __KERNEL__
#include <linux/errno.h>
#include <linux/string.h>
#else
#include <errno.h>
#include <string.h>
#endif

#include "decode.h"

#define NUMBERS		64u	/* of algorithms: bits of a mask */
#define TAG_MAX		16u
#define RFC_TAG		16u
#define DRBG		11u
#define SERVICE_FIRST	2u
#define SERVICE_LAST	13u
#define LENGTH_FIELD	4u

static bool is_number(u32 number)
{
	return number && number < NUMBERS;
}

static bool is_direction(u32 direction)
{
	return direction == VCRYPTO_ENCRYPT || direction == VCRYPTO_DECRYPT;
}

static u32 service_of(u32 operation)
{
	return operation >> 24;
}

static bool is_operation(u32 operation)
{
	u32 service = service_of(operation);

	return service >= SERVICE_FIRST && service <= SERVICE_LAST &&
	       operation & 0xff && !(operation & 0xffff00);
}

/* Bytes in the second key, which depend on the hash's mode */
static bool is_auth_key(u32 mode, u32 len)
{
	switch (mode) {
	case VCRYPTO_PLAIN:
		return !len;
	case VCRYPTO_MAC_MODE:
		return len <= VC_AUTH_KEY_MAX;
	case VCRYPTO_NESTED:
		return len <= 2 * VC_AUTH_KEY_MAX && !(len & 1);
	default:
		return false;
	}
}

static int decode_cipher(const struct vcrypto_session *from, bool rfc,
			 struct vc_params *params)
{
	if (!is_direction(from->direction) || from->padding || from->curve)
		return -EINVAL;
	if (from->order) {
		if (from->order > VCRYPTO_CIPHER_FIRST ||
		    !is_number(from->hash) || !from->tag_len ||
		    !is_auth_key(from->hash_mode, from->auth_key_len))
			return -EINVAL;
		params->service = VC_CHAIN;
	} else {
		if (from->hash_mode || from->hash || from->tag_len ||
		    from->auth_key_len)
			return -EINVAL;
		params->service = VC_CIPHER;
	}
	params->mac = from->hash;
	params->order = from->order;
	params->hash_mode = from->hash_mode;
	return 0;
}

static int decode_hash(const struct vcrypto_session *from, bool rfc,
		       struct vc_params *params)
{
	if (from->direction || from->order || from->hash || from->padding ||
	    from->curve || from->key_len || !from->tag_len ||
	    from->hash_mode == VCRYPTO_MAC_MODE ||
	    !is_auth_key(from->hash_mode, from->auth_key_len))
		return -EINVAL;
	if (from->hash_mode == VCRYPTO_NESTED && !rfc)
		return -EOPNOTSUPP;
	params->service = VC_HASH;
	params->hash_mode = from->hash_mode;
	return 0;
}

/* The protocols call a MAC's key an authentication key. */
static int decode_mac(const struct vcrypto_session *from, bool rfc,
		      struct vc_params *params)
{
	if (from->direction || from->order || from->hash_mode || from->hash ||
	    from->padding || from->curve || from->auth_key_len ||
	    from->key_len > VC_AUTH_KEY_MAX || !from->tag_len)
		return -EINVAL;
	params->service = VC_MAC;
	params->hash_mode = VC_HASH_MAC;
	params->auth_len = from->key_len;
	params->key_len = 0;
	return 0;
}

static int decode_aead(const struct vcrypto_session *from, bool rfc,
		       struct vc_params *params)
{
	if (!is_direction(from->direction) || from->order || from->hash_mode ||
	    from->hash || from->padding || from->curve || from->auth_key_len ||
	    !from->tag_len || from->tag_len > TAG_MAX)
		return -EINVAL;
	if (rfc && from->tag_len != RFC_TAG)
		return -EOPNOTSUPP;
	params->service = VC_AEAD;
	return 0;
}

static int decode_akcipher(const struct vcrypto_session *from, bool rfc,
			   struct vc_params *params)
{
	if (!is_direction(from->direction) || from->order || from->hash_mode ||
	    from->tag_len || from->auth_key_len)
		return -EINVAL;
	if (rfc)
		return -EOPNOTSUPP;
	/* The protocol has padding and curve in one place. */
	if (from->curve && (from->padding || from->hash))
		return -EINVAL;
	params->service = VC_AKCIPHER;
	params->padding = from->padding;
	params->hash = from->hash;
	params->curve = from->curve;
	return 0;
}

static int decode_compute(const struct vcrypto_session *from, bool rfc,
			  struct vc_params *params)
{
	if (!is_operation(from->algorithm) || from->direction || from->order ||
	    from->hash_mode || from->hash || from->tag_len || from->padding ||
	    from->curve || from->auth_key_len)
		return -EINVAL;
	params->service = VC_COMPUTE;
	return rfc ? 0 : -EOPNOTSUPP;
}

/**
 * vc_decode_session - check what a session is to be
 * @rfc: the device's protocol is RFC v1
 * @params: on success, the session's parameters
 *
 * Return: 0 or an error
 */
int vc_decode_session(const struct vcrypto_session *from, bool rfc,
		      struct vc_params *params)
{
	static int (*const decode[])(const struct vcrypto_session *from,
				     bool rfc, struct vc_params *params) = {
		[VCRYPTO_CIPHER] = decode_cipher,
		[VCRYPTO_HASH] = decode_hash,
		[VCRYPTO_MAC] = decode_mac,
		[VCRYPTO_AEAD] = decode_aead,
		[VCRYPTO_AKCIPHER] = decode_akcipher,
		[VCRYPTO_COMPUTE] = decode_compute,
	};

	if (from->flags || from->id || from->key_len > VC_KEY_MAX ||
	    from->tag_len > VC_DATA_MAX ||
	    from->service < VCRYPTO_CIPHER || from->service > VCRYPTO_COMPUTE)
		return -EINVAL;
	if (from->service != VCRYPTO_COMPUTE && !is_number(from->algorithm))
		return -EINVAL;
	memset(params, 0, sizeof(*params));
	params->algo = from->algorithm;
	params->decrypt = from->direction == VCRYPTO_DECRYPT;
	params->tag_len = from->tag_len;
	params->key_len = from->key_len;
	params->auth_len = from->auth_key_len;
	return decode[from->service](from, rfc, params);
}

static bool is_range(u32 start, u32 len, u32 src_len)
{
	return (u64)start + len <= src_len;
}

static int plan_ranges(const struct vcrypto_request *from, bool rfc,
		       const struct vc_params *params, struct vc_plan *plan)
{
	if (!(from->flags & VCRYPTO_RANGES))
		return from->cipher_start || from->cipher_len ||
		       from->hash_start || from->hash_len ? -EINVAL : 0;
	if (params->service != VC_CHAIN ||
	    !is_range(from->cipher_start, from->cipher_len, from->src_len) ||
	    !is_range(from->hash_start, from->hash_len, from->src_len))
		return -EINVAL;
	if (rfc)
		return -EOPNOTSUPP;
	plan->ranges = true;
	plan->cipher.start = from->cipher_start;
	plan->cipher.len = from->cipher_len;
	plan->hash.start = from->hash_start;
	plan->hash.len = from->hash_len;
	return 0;
}

static int plan_aead(const struct vc_params *params, bool rfc,
		     struct vc_plan *plan)
{
	if (params->decrypt && plan->src_len < params->tag_len)
		return -EINVAL;
	plan->dst_len = params->decrypt ? plan->src_len - params->tag_len
					: plan->src_len + params->tag_len;
	plan->aad_last = !rfc;
	plan->exact = true;
	return 0;
}

/* To verify, signature and digest are both read. */
static int plan_akcipher(const struct vcrypto_request *from,
			 struct vc_params *params, struct vc_plan *plan)
{
	bool verify = from->operation == VCRYPTO_VERIFY;

	if (from->operation < VCRYPTO_ENCRYPT ||
	    from->operation > VCRYPTO_VERIFY || from->iv_len ||
	    (!verify && from->aad_len))
		return -EINVAL;
	params->op = from->operation;
	plan->dst_len = verify ? 0 : from->dst_len;
	plan->aad_last = true;
	return 0;
}

/* A generator's session serves all operations of its service. */
static int plan_compute(const struct vcrypto_request *from,
			const struct vc_params *session,
			struct vc_params *params, struct vc_plan *plan)
{
	u32 operation = from->operation;

	if (!operation && session)
		operation = session->algo;
	if (!is_operation(operation) || from->iv_len || from->aad_len ||
	    from->src_len > VC_OPERANDS_BYTES)
		return -EINVAL;
	if (session && operation != session->algo &&
	    (service_of(operation) != DRBG ||
	     service_of(session->algo) != DRBG))
		return -EINVAL;
	params->service = VC_COMPUTE;
	params->algo = operation;
	plan->dst_len = from->dst_len;
	plan->list = true;
	return 0;
}

static int plan_service(const struct vcrypto_request *from, bool rfc,
			const struct vc_params *session,
			struct vc_params *params, struct vc_plan *plan)
{
	if (!session || session->service == VC_COMPUTE)
		return plan_compute(from, session, params, plan);
	if (session->service == VC_AKCIPHER)
		return plan_akcipher(from, params, plan);
	if (from->operation)
		return -EINVAL;
	switch (session->service) {
	case VC_CIPHER:
		plan->dst_len = from->src_len;
		plan->exact = true;
		return from->aad_len ? -EINVAL : 0;
	case VC_CHAIN:
		plan->dst_len = from->src_len;
		plan->digest_len = session->tag_len;
		/* The digest of RFC v1 has the length of its hash. */
		plan->exact = !rfc;
		return 0;
	case VC_HASH:
	case VC_MAC:
		plan->dst_len = from->dst_len;
		plan->exact = !rfc;
		return from->iv_len || from->aad_len || !from->dst_len
		       ? -EINVAL : 0;
	case VC_AEAD:
		return plan_aead(session, rfc, plan);
	default:
		return -EINVAL;
	}
}

/**
 * vc_decode_request - check a request
 * @rfc: the device's protocol is RFC v1
 * @session: parameters of its session; NULL: it has none
 * @params: on success, the request's
 * @plan: on success, its lengths
 *
 * Return: 0 or an error
 */
int vc_decode_request(const struct vcrypto_request *from, bool rfc,
		      const struct vc_params *session,
		      struct vc_params *params, struct vc_plan *plan)
{
	u64 readable = (u64)from->aad_len + from->src_len;
	u64 writable;
	int err;

	if (from->flags & ~VCRYPTO_RANGES || from->reserved ||
	    from->result_len || from->iv_len > VC_IV_MAX)
		return -EINVAL;
	if (readable > VC_DATA_MAX || from->dst_len > VC_DATA_MAX)
		return -EMSGSIZE;
	if (!session && !rfc)
		return -EOPNOTSUPP;
	memset(params, 0, sizeof(*params));
	memset(plan, 0, sizeof(*plan));
	if (session)
		*params = *session;
	plan->iv_len = from->iv_len;
	plan->aad_len = from->aad_len;
	plan->src_len = from->src_len;
	err = plan_service(from, rfc, session, params, plan);
	if (!err)
		err = plan_ranges(from, rfc, params, plan);
	if (err)
		return err;
	writable = (u64)plan->dst_len + plan->digest_len;
	if (writable > from->dst_len)
		return -EINVAL;
	plan->readable = readable;
	plan->writable = writable;
	return 0;
}

static u8 *byte_at(struct vc_pieces *list, u32 at)
{
	return &list->piece[at / VC_PIECE][at % VC_PIECE];
}

/* A length can lie across two pieces. */
static u32 get_length(struct vc_pieces *list, u32 at)
{
	u8 bytes[LENGTH_FIELD];
	u32 value, i;

	for (i = 0; i < LENGTH_FIELD; i++)
		bytes[i] = *byte_at(list, at + i);
	memcpy(&value, bytes, sizeof(value));
	return value;
}

static void swap_bytes(u8 *a, u8 *b)
{
	u8 saved = *a;

	*a = *b;
	*b = saved;
}

static void swap_length(struct vc_pieces *list, u32 at)
{
	swap_bytes(byte_at(list, at), byte_at(list, at + 3));
	swap_bytes(byte_at(list, at + 1), byte_at(list, at + 2));
}

/**
 * vc_convert_list - check a list, and change the byte order of its lengths
 * @len: bytes in the list
 * @swap: the device has another byte order
 * @results: the list is the device's; else it is the program's
 *
 * Return: how many elements there are, or -EINVAL
 */
int vc_convert_list(struct vc_pieces *list, u32 len, bool swap, bool results)
{
	unsigned int count = 0;
	u32 at = 0, element;

	if (len > list->len)
		return -EINVAL;
	while (at < len) {
		if (len - at < LENGTH_FIELD || count == VC_OPERANDS_MAX)
			return -EINVAL;
		if (swap && results)
			swap_length(list, at);
		element = get_length(list, at);
		if (swap && !results)
			swap_length(list, at);
		at += LENGTH_FIELD;
		if (element > len - at)
			return -EINVAL;
		at += element;
		count++;
	}
	return count;
}
