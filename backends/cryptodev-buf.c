/*
 * Scattered buffers: a run of bytes in an iovec array
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "system/cryptodev-buf.h"

bool cryptodev_buf_init(CryptoDevBuf *buf, const struct iovec *iov,
                        unsigned int niov, uint64_t offset, uint64_t len)
{
    uint64_t reach;

    *buf = (CryptoDevBuf) { .iov = iov };
    while (niov && offset >= iov->iov_len) {
        offset -= iov->iov_len;
        iov++;
        niov--;
    }
    if (!niov) {
        return offset == 0 && len == 0;
    }
    reach = iov[0].iov_len - offset;
    for (unsigned int i = 1; reach < len; i++) {
        if (i == niov) {
            return false;
        }
        reach += iov[i].iov_len;
    }
    *buf = (CryptoDevBuf) { .iov = iov, .skip = offset, .len = len };
    return true;
}

void cryptodev_buf_read(CryptoDevBuf *buf, uint8_t *data, size_t len)
{
    assert(len <= buf->len);
    while (len) {
        uint8_t *run;
        size_t n = MIN(cryptodev_buf_run(buf, &run), len);

        memcpy(data, run, n);
        cryptodev_buf_advance(buf, n);
        data += n;
        len -= n;
    }
}

void cryptodev_buf_write(CryptoDevBuf *buf, const uint8_t *data, size_t len)
{
    assert(len <= buf->len);
    while (len) {
        uint8_t *run;
        size_t n = MIN(cryptodev_buf_run(buf, &run), len);

        memcpy(run, data, n);
        cryptodev_buf_advance(buf, n);
        data += n;
        len -= n;
    }
}

void cryptodev_buf_copy(CryptoDevBuf dst, CryptoDevBuf src)
{
    assert(src.len <= dst.len);
    while (src.len) {
        uint8_t *to;
        uint8_t *from;
        size_t n = MIN(cryptodev_buf_run(&dst, &to),
                       cryptodev_buf_run(&src, &from));

        /* Whatever overlaps here does so against the rules: it must not harm */
        if (to != from) {
            memmove(to, from, n);
        }
        cryptodev_buf_advance(&dst, n);
        cryptodev_buf_advance(&src, n);
    }
}

/* The smallest span of memory with all bytes of @buf, which has some */
static void find_bounds(CryptoDevBuf buf, uintptr_t *start, uintptr_t *end)
{
    *start = UINTPTR_MAX;
    *end = 0;
    while (buf.len) {
        uint8_t *run;
        size_t n = cryptodev_buf_run(&buf, &run);

        *start = MIN(*start, (uintptr_t)run);
        *end = MAX(*end, (uintptr_t)run + n);
        cryptodev_buf_advance(&buf, n);
    }
}

/* Whether each byte of one is that of the other, until one of them ends */
static bool is_same_memory(CryptoDevBuf a, CryptoDevBuf b)
{
    while (a.len && b.len) {
        uint8_t *a_run;
        uint8_t *b_run;
        size_t n = MIN(cryptodev_buf_run(&a, &a_run),
                       cryptodev_buf_run(&b, &b_run));

        if (a_run != b_run) {
            return false;
        }
        cryptodev_buf_advance(&a, n);
        cryptodev_buf_advance(&b, n);
    }
    return true;
}

bool cryptodev_buf_tangled(CryptoDevBuf dst, CryptoDevBuf src)
{
    uintptr_t dst_start, dst_end, src_start, src_end;

    if (!dst.len || !src.len) {
        return false;
    }
    find_bounds(dst, &dst_start, &dst_end);
    find_bounds(src, &src_start, &src_end);
    return dst_start < src_end && src_start < dst_end &&
           !is_same_memory(dst, src);
}
