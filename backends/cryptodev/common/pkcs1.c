/*
 * Cryptography backends: the padding of PKCS #1 v1.5, RFC 8017
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hash.h"
#include "mask.h"
#include "pkcs1.h"

/* Two bytes before the padding, and a zero behind it */
#define OVERHEAD 3

/* RFC 8017, sections 7.2.1 and 9.2: the fewest bytes of padding */
#define PADDING_MIN 8

/* The tags of DER that a DigestInfo has */
#define DER_OCTET_STRING 0x04
#define DER_NULL 0x05
#define DER_OID 0x06
#define DER_SEQUENCE 0x30

#define OID_MAX 9

/* Two SEQUENCEs, an OID, NULL, and the header of an OCTET STRING */
#define PREFIX_MAX (2 + 2 + 2 + OID_MAX + 2 + 2)

/* NIST's hashes: 2.16.840.1.101.3.4.2 and a number */
#define NIST_OID(number) \
    { 9, { 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, number } }

/* Object identifiers: RFC 8017, appendix B.1, and RFC 2313, section 11 */
static const struct {
    uint8_t len;
    uint8_t oid[OID_MAX];
} oids[] = {
    [CRYPTODEV_HASH_MD4] = {
        8, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x04 },
    },
    [CRYPTODEV_HASH_MD5] = {
        8, { 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x02, 0x05 },
    },
    [CRYPTODEV_HASH_SHA1] = { 5, { 0x2b, 0x0e, 0x03, 0x02, 0x1a } },
    [CRYPTODEV_HASH_SHA224] = NIST_OID(4),
    [CRYPTODEV_HASH_SHA256] = NIST_OID(1),
    [CRYPTODEV_HASH_SHA384] = NIST_OID(2),
    [CRYPTODEV_HASH_SHA512] = NIST_OID(3),
    [CRYPTODEV_HASH_SHA3_224] = NIST_OID(7),
    [CRYPTODEV_HASH_SHA3_256] = NIST_OID(8),
    [CRYPTODEV_HASH_SHA3_384] = NIST_OID(9),
    [CRYPTODEV_HASH_SHA3_512] = NIST_OID(10),
};

bool cryptodev_pkcs1_has_hash(CryptoDevHashAlgo hash)
{
    return hash == CRYPTODEV_HASH_NONE ||
           (hash < ARRAY_SIZE(oids) && oids[hash].len);
}

/* Make the start of a DigestInfo, up to the digest; returns its length. */
static size_t make_prefix(CryptoDevHashAlgo hash, uint8_t prefix[PREFIX_MAX])
{
    size_t oid_len = oids[hash].len;
    size_t digest_len = cryptodev_hash_len(hash);
    uint8_t *end = prefix;

    *end++ = DER_SEQUENCE;
    *end++ = 2 + 2 + oid_len + 2 + 2 + digest_len;
    *end++ = DER_SEQUENCE;
    *end++ = 2 + oid_len + 2;
    *end++ = DER_OID;
    *end++ = oid_len;
    memcpy(end, oids[hash].oid, oid_len);
    end += oid_len;
    *end++ = DER_NULL;
    *end++ = 0;
    *end++ = DER_OCTET_STRING;
    *end++ = digest_len;
    return end - prefix;
}

/* Write 0, @type, padding and 0; return the place of the last @len bytes. */
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

bool cryptodev_pkcs1_pad_digest(uint8_t *block, size_t size,
                                CryptoDevHashAlgo hash, CryptoDevBuf digest)
{
    uint8_t prefix[PREFIX_MAX];
    size_t prefix_len = 0;
    size_t len = digest.len;
    uint8_t *info;

    if (hash != CRYPTODEV_HASH_NONE) {
        prefix_len = make_prefix(hash, prefix);
        if (len != cryptodev_hash_len(hash)) {
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

static bool fill_without_zeros(const CryptoDevPrimitives *primitives,
                               uint8_t *data, size_t len)
{
    bool ok = primitives->randomize(primitives, data, len);

    for (size_t i = 0; i < len; i++) {
        while (ok && !data[i]) {
            ok = primitives->randomize(primitives, &data[i], 1);
        }
    }
    return ok;
}

bool cryptodev_pkcs1_pad_message(const CryptoDevPrimitives *primitives,
                                 uint8_t *block, size_t size,
                                 CryptoDevBuf message)
{
    size_t len = message.len;

    if (!has_room(size, len)) {
        return false;
    }
    cryptodev_buf_read(&message, start_block(block, size, 2, len), len);
    return fill_without_zeros(primitives, block + 2, size - OVERHEAD - len);
}

/*
 * The place of the zero after the padding, @size if there is none.  Looks at
 * all bytes.
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

/* Move the bytes from @start on to the front, in steps of powers of two. */
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
