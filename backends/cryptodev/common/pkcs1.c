/*
 * The libgcrypt backend: the padding of PKCS #1 v1.5, RFC 8017
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "mask.h"
#include "pkcs1.h"

/* Two bytes before the padding, and a zero behind it */
#define OVERHEAD 3

/* RFC 8017, sections 7.2.1 and 9.2: the fewest bytes of padding */
#define PADDING_MIN 8

/* The longest start of a DigestInfo is that of SHA-2 and SHA-3, 19 bytes. */
#define PREFIX_MAX 32

/* The start of a DigestInfo, up to the digest; 0 if there is none */
static size_t get_prefix(int hash, uint8_t prefix[PREFIX_MAX])
{
    size_t len = PREFIX_MAX;

    return gcry_md_get_algo_dlen(hash) &&
           !gcry_md_algo_info(hash, GCRYCTL_GET_ASNOID, prefix, &len)
           ? len : 0;
}

bool cryptodev_pkcs1_has_hash(int hash)
{
    uint8_t prefix[PREFIX_MAX];

    return hash == GCRY_MD_NONE ||
           (!gcry_md_test_algo(hash) && get_prefix(hash, prefix));
}

/* Make 0, @type, padding up to what has @len bytes, and 0; returns that. */
static uint8_t *start_block(uint8_t *block, size_t size, uint8_t type,
                            size_t len)
{
    block[0] = 0;
    block[1] = type;
    block[size - len - 1] = 0;
    return block + size - len;
}

static bool has_room(size_t size, size_t len)
{
    return len <= size - OVERHEAD - PADDING_MIN;
}

bool cryptodev_pkcs1_pad_digest(uint8_t *block, size_t size, int hash,
                                CryptoDevBuf digest)
{
    uint8_t prefix[PREFIX_MAX];
    size_t prefix_len = 0;
    size_t len = digest.len;
    uint8_t *info;

    if (hash != GCRY_MD_NONE) {
        prefix_len = get_prefix(hash, prefix);
        if (len != gcry_md_get_algo_dlen(hash)) {
            return false;
        }
    }
    if (!len || !has_room(size, prefix_len + len)) {
        return false;
    }
    info = start_block(block, size, 1, prefix_len + len);
    memset(block + 2, 0xff, size - OVERHEAD - prefix_len - len);
    memcpy(info, prefix, prefix_len);
    cryptodev_buf_read(&digest, info + prefix_len, len);
    return true;
}

static void fill_without_zeros(uint8_t *data, size_t len)
{
    gcry_randomize(data, len, GCRY_STRONG_RANDOM);
    for (size_t i = 0; i < len; i++) {
        while (!data[i]) {
            gcry_randomize(&data[i], 1, GCRY_STRONG_RANDOM);
        }
    }
}

bool cryptodev_pkcs1_pad_message(uint8_t *block, size_t size,
                                 CryptoDevBuf message)
{
    size_t len = message.len;

    if (!has_room(size, len)) {
        return false;
    }
    cryptodev_buf_read(&message, start_block(block, size, 2, len), len);
    fill_without_zeros(block + 2, size - OVERHEAD - len);
    return true;
}

/*
 * The place of the zero behind the padding, @size if there is none.  All bytes
 * are looked at.
 */
static uint32_t find_separator(const uint8_t *block, size_t size)
{
    uint32_t place = size;

    for (uint32_t i = size - 1; i >= 2; i--) {
        place = cryptodev_mask_choose(cryptodev_mask_zero(block[i]), i,
                                      place);
    }
    return place;
}

/* Move what begins at @start to the front: by each power of two, or by none. */
static void move_to_front(uint8_t *block, size_t size, uint32_t start)
{
    for (uint32_t step = 1; step <= size; step *= 2) {
        uint32_t mask = ~cryptodev_mask_zero(start & step);

        for (size_t i = 0; i + step < size; i++) {
            block[i] = cryptodev_mask_choose(mask, block[i + step],
                                             block[i]);
        }
    }
}

/* Section 7.2.2, step 3, as a mask */
static uint32_t is_good(const uint8_t *block, size_t size, uint32_t separator)
{
    return cryptodev_mask_zero(block[0]) & cryptodev_mask_zero(block[1] ^ 2) &
           ~cryptodev_mask_less(separator, 2 + PADDING_MIN) &
           cryptodev_mask_less(separator, size);
}

bool cryptodev_pkcs1_take_message(uint8_t *block, size_t size, size_t *len)
{
    uint32_t separator = find_separator(block, size);
    uint32_t good = is_good(block, size, separator);

    move_to_front(block, size, separator + 1);
    *len = size - separator - 1;
    return good;
}

size_t cryptodev_pkcs1_take_message_or(uint8_t *block, size_t size,
                                       const uint8_t *other,
                                       uint32_t other_len)
{
    uint32_t separator = find_separator(block, size);
    uint32_t good = is_good(block, size, separator);
    uint32_t start = cryptodev_mask_choose(good, separator + 1,
                                           size - other_len);

    for (size_t i = 0; i < size; i++) {
        block[i] = cryptodev_mask_choose(good, block[i], other[i]);
    }
    move_to_front(block, size, start);
    return size - start;
}
