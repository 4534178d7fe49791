// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * RFC v1's lists of operands, each of which has its length before it
 */
#include <linux/string.h>

#include "vcrypto.h"

static void append(struct vc_list *list, const void *bytes, size_t len)
{
	if (len > list->room - list->len) {
		list->full = true;
		return;
	}
	memcpy(list->bytes + list->len, bytes, len);
	list->len += len;
}

/* Append the length of an operand, which may be elsewhere. */
void vc_list_add_len(struct vc_list *list, u32 len)
{
	__virtio32 field = __cpu_to_virtio32(list->little_endian, len);

	append(list, &field, sizeof(field));
}

void vc_list_add(struct vc_list *list, const void *bytes, u32 len)
{
	vc_list_add_len(list, len);
	append(list, bytes, len);
}

/* A number below 256: a padding, a curve, a flag */
void vc_list_add_number(struct vc_list *list, u8 number)
{
	vc_list_add(list, &number, sizeof(number));
}

/* Whether a result has the length that it must have */
bool vc_list_has_len(const struct vc_dev *dev, const u8 *field, u32 len)
{
	__virtio32 value;

	memcpy(&value, field, sizeof(value));
	return __virtio32_to_cpu(dev->little_endian, value) == len;
}
