/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What programs ask for, checked: this compiles outside of the kernel, too
 */
#ifndef VCRYPTO_DECODE_H
#define VCRYPTO_DECODE_H

#include "params.h"
#include "uapi/linux/vcrypto.h"

#define VC_PIECE		65536u	/* bytes in one allocation */
#define VC_PIECES_MAX		16
#define VC_DATA_MAX		(VC_PIECES_MAX * VC_PIECE)
#define VC_KEY_MAX		8192u
#define VC_AUTH_KEY_MAX		1024u
#define VC_IV_MAX		16u
#define VC_OPERANDS_MAX		12u
#define VC_OPERANDS_BYTES	((128u << 10) + 4 * VC_OPERANDS_MAX)

/**
 * struct vc_pieces - memory for data, of which each piece but the last is full
 */
struct vc_pieces {
	u8 *piece[VC_PIECES_MAX];
	u32 len;
};

/* A part of a chain's source */
struct vc_range {
	u32 start;
	u32 len;
};

/**
 * struct vc_plan - the lengths of a request
 * @iv_len: bytes in the vector
 * @aad_len: bytes in the additional data, or in a digest to verify
 * @src_len: bytes in the source
 * @dst_len: bytes in the destination, without a chain's digest
 * @digest_len: bytes in that
 * @readable: bytes in additional data and source
 * @writable: bytes in destination and digest
 * @aad_last: the additional data follows the source
 * @exact: the result is as long as the room for it
 * @list: source and result are lists
 * @ranges: the next two count
 */
struct vc_plan {
	u32 iv_len;
	u32 aad_len;
	u32 src_len;
	u32 dst_len;
	u32 digest_len;
	u32 readable;
	u32 writable;
	bool aad_last;
	bool exact;
	bool list;
	bool ranges;
	struct vc_range cipher;
	struct vc_range hash;
};

/* The same for programs of 32 and of 64 bits */
_Static_assert(sizeof(struct vcrypto_info) == 88, "info");
_Static_assert(sizeof(struct vcrypto_session) == 72, "session");
_Static_assert(sizeof(struct vcrypto_destroy) == 8, "destroy");
_Static_assert(sizeof(struct vcrypto_request) == 96, "request");
_Static_assert(sizeof(struct vcrypto_submit) == 24, "submit");
_Static_assert(sizeof(struct vcrypto_completion) == 16, "completion");
_Static_assert(sizeof(struct vcrypto_reap) == 24, "reap");

int vc_decode_session(const struct vcrypto_session *from, bool rfc,
		      struct vc_params *params);
int vc_decode_request(const struct vcrypto_request *from, bool rfc,
		      const struct vc_params *session,
		      struct vc_params *params, struct vc_plan *plan);
int vc_convert_list(struct vc_pieces *list, u32 len, bool swap, bool results);

#endif
