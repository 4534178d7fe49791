// SPDX-License-Identifier: LGPL-2.1-or-later
/*
 * Lists of operands, which may be secret, and of results
 */
#include <stdlib.h>
#include <string.h>

#include "vcrypto.h"

#define API		__attribute__((visibility("default")))
#define ROOM_MIN	256

/* Make room; the old memory, unless it is the same, is wiped. */
static bool grow(struct vcrypto_list *list, size_t more)
{
	size_t room = list->room ? list->room : ROOM_MIN;
	unsigned char *bytes;

	while (room - list->len < more && room <= SIZE_MAX / 2)
		room *= 2;
	if (room - list->len < more)
		return false;
	if (room == list->room)
		return true;
	bytes = malloc(room);
	if (!bytes)
		return false;
	if (list->bytes) {
		memcpy(bytes, list->bytes, list->len);
		explicit_bzero(list->bytes, list->len);
		free(list->bytes);
	}
	list->bytes = bytes;
	list->room = room;
	return true;
}

API void vcrypto_list_add(struct vcrypto_list *list, const void *bytes,
			  size_t len)
{
	uint32_t field = len;
	size_t at = (uintptr_t)bytes - (uintptr_t)list->bytes;
	/* What is in the list itself moves with it. */
	bool own = list->bytes && at < list->len;

	if (list->failed || field != len ||
	    len > SIZE_MAX - sizeof(field) ||
	    !grow(list, sizeof(field) + len)) {
		list->failed = true;
		return;
	}
	memcpy(list->bytes + list->len, &field, sizeof(field));
	list->len += sizeof(field);
	if (len)
		memcpy(list->bytes + list->len, own ? list->bytes + at : bytes,
		       len);
	list->len += len;
}

API void vcrypto_list_add_number(struct vcrypto_list *list, uint32_t number)
{
	const unsigned char bytes[] = {
		number >> 24, number >> 16, number >> 8, number,
	};

	vcrypto_list_add(list, bytes, sizeof(bytes));
}

API void vcrypto_list_clear(struct vcrypto_list *list)
{
	if (list->bytes)
		explicit_bzero(list->bytes, list->len);
	free(list->bytes);
	memset(list, 0, sizeof(*list));
}

API bool vcrypto_list_next(const void *list, size_t len, size_t *at,
			   const unsigned char **bytes, size_t *bytes_len)
{
	uint32_t field;

	if (*at > len || len - *at < sizeof(field))
		return false;
	memcpy(&field, (const unsigned char *)list + *at, sizeof(field));
	if (field > len - *at - sizeof(field))
		return false;
	*bytes = (const unsigned char *)list + *at + sizeof(field);
	*bytes_len = field;
	*at += sizeof(field) + field;
	return true;
}
