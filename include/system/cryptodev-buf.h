/*
 * Scattered buffers: a run of bytes in an iovec array
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef SYSTEM_CRYPTODEV_BUF_H
#define SYSTEM_CRYPTODEV_BUF_H

#include "qemu/iov.h"

/**
 * CryptoDevBuf:
 * @iov: the element that holds the first byte, or the one after the last
 *       byte that was consumed
 * @skip: bytes of @iov[0] that lie before the buffer
 * @len: bytes in the buffer
 *
 * A run of bytes, which may be guest memory, in one or more elements of an
 * iovec array.  It is a value: copy it to keep a position, and consume it from
 * the front as a cursor.  The array belongs to whoever made the buffer and
 * holds at least @skip + @len bytes for as long as the buffer lives.
 *
 * The bytes may change at any moment under the reader, who must not read the
 * same byte twice and expect the same value.
 */
typedef struct CryptoDevBuf {
    const struct iovec *iov;
    size_t skip;
    size_t len;
} CryptoDevBuf;

/**
 * cryptodev_buf_init:
 * @buf: the buffer to set
 * @iov: iovec array
 * @niov: elements in @iov
 * @offset: bytes of the array before the buffer
 * @len: bytes in the buffer
 *
 * Make @buf the @len bytes that begin @offset bytes into @iov.
 *
 * Returns: false, and an empty @buf, if the array ends before that.
 */
bool cryptodev_buf_init(CryptoDevBuf *buf, const struct iovec *iov,
                        unsigned int niov, uint64_t offset, uint64_t len);

/**
 * cryptodev_buf_run:
 * @buf: a buffer with @len > 0
 * @run: set to the first byte of @buf
 *
 * Returns: how many bytes from *@run on are contiguous in memory; at least
 * one, at most @buf->len.
 */
static inline size_t cryptodev_buf_run(CryptoDevBuf *buf, uint8_t **run)
{
    while (buf->skip >= buf->iov->iov_len) {
        buf->skip -= buf->iov->iov_len;
        buf->iov++;
    }
    *run = (uint8_t *)buf->iov->iov_base + buf->skip;
    return MIN(buf->iov->iov_len - buf->skip, buf->len);
}

/**
 * cryptodev_buf_is_contiguous:
 * @buf: a buffer, not changed
 *
 * Returns: whether all its bytes are contiguous in memory, as no bytes are.
 */
static inline bool cryptodev_buf_is_contiguous(CryptoDevBuf buf)
{
    uint8_t *run;

    return !buf.len || cryptodev_buf_run(&buf, &run) == buf.len;
}

/**
 * cryptodev_buf_advance:
 * @buf: a buffer
 * @len: bytes to consume, at most @buf->len
 */
static inline void cryptodev_buf_advance(CryptoDevBuf *buf, size_t len)
{
    buf->skip += len;
    buf->len -= len;
}

/**
 * cryptodev_buf_read:
 * @buf: a buffer, consumed by @len bytes
 * @data: where the bytes go
 * @len: bytes to copy out of @buf, at most @buf->len
 */
void cryptodev_buf_read(CryptoDevBuf *buf, uint8_t *data, size_t len);

/**
 * cryptodev_buf_write:
 * @buf: a buffer, consumed by @len bytes
 * @data: the bytes to store
 * @len: bytes to copy into @buf, at most @buf->len
 */
void cryptodev_buf_write(CryptoDevBuf *buf, const uint8_t *data, size_t len);

/**
 * cryptodev_buf_slice:
 * @buf: a buffer, not changed
 * @offset: bytes of @buf before the slice
 * @len: bytes in the slice; @offset + @len is at most @buf->len
 *
 * Returns: that part of @buf.
 */
static inline CryptoDevBuf cryptodev_buf_slice(CryptoDevBuf buf,
                                               size_t offset, size_t len)
{
    cryptodev_buf_advance(&buf, offset);
    buf.len = len;
    return buf;
}

/**
 * cryptodev_buf_copy:
 * @dst: where the bytes go, at least as long as @src
 * @src: what is copied; both may be the same memory, but must not overlap in
 *       any other way
 */
void cryptodev_buf_copy(CryptoDevBuf dst, CryptoDevBuf src);

/* The part of cryptodev_buf_tangled() for buffers that are in pieces */
bool cryptodev_buf_pieces_tangled(CryptoDevBuf dst, CryptoDevBuf src);

/**
 * cryptodev_buf_tangled:
 * @dst: a buffer that is to be written
 * @src: a buffer that is read meanwhile
 *
 * Two buffers that have no byte in common are not tangled, nor are two that
 * are the same memory from the start to the end of the shorter one, nor a
 * mixture of both.  Where so many pieces lie among each other that a copy of
 * @src is sooner made than the answer found, the answer is yes.
 *
 * Returns: whether a write to @dst may change bytes of @src that belong to
 * another place.
 */
static inline bool cryptodev_buf_tangled(CryptoDevBuf dst, CryptoDevBuf src)
{
    uint8_t *to;
    uint8_t *from;

    if (!dst.len || !src.len) {
        return false;
    }
    if (cryptodev_buf_run(&dst, &to) < dst.len ||
        cryptodev_buf_run(&src, &from) < src.len) {
        return cryptodev_buf_pieces_tangled(dst, src);
    }
    return to != from && (uintptr_t)to < (uintptr_t)from + src.len &&
           (uintptr_t)from < (uintptr_t)to + dst.len;
}

#endif /* SYSTEM_CRYPTODEV_BUF_H */
