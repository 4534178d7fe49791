// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Memory for a program's data: zeroed, accounted to it, and wiped in the end
 */
#include <linux/slab.h>
#include <linux/uaccess.h>

#include "file.h"

int vc_pieces_alloc(struct vc_pieces *pieces, u32 len)
{
	u32 at;

	pieces->len = len;
	for (at = 0; at < len; at += VC_PIECE) {
		u8 *piece = kzalloc(min(len - at, VC_PIECE),
				    GFP_KERNEL_ACCOUNT | __GFP_NOWARN);

		pieces->piece[at / VC_PIECE] = piece;
		if (!piece)
			return -ENOMEM;
	}
	return 0;
}

void vc_pieces_free(struct vc_pieces *pieces)
{
	unsigned int i;

	for (i = 0; i < VC_PIECES_MAX; i++) {
		kfree_sensitive(pieces->piece[i]);
		pieces->piece[i] = NULL;
	}
}

/* Copy a program's bytes into the range at @at. */
int vc_pieces_fill(struct vc_pieces *pieces, u32 at, u64 from, u32 len)
{
	while (len) {
		u32 skip = at % VC_PIECE;
		u32 part = min(len, VC_PIECE - skip);

		if (copy_from_user(pieces->piece[at / VC_PIECE] + skip,
				   u64_to_user_ptr(from), part))
			return -EFAULT;
		at += part;
		from += part;
		len -= part;
	}
	return 0;
}

/* Copy the first bytes to a program. */
int vc_pieces_copy(const struct vc_pieces *pieces, u64 to, u32 len)
{
	u32 at;

	for (at = 0; at < len; at += VC_PIECE) {
		if (copy_to_user(u64_to_user_ptr(to + at),
				 pieces->piece[at / VC_PIECE],
				 min(len - at, VC_PIECE)))
			return -EFAULT;
	}
	return 0;
}
