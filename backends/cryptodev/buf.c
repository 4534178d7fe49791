/*
 * Scattered buffers: a run of bytes in an iovec array
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "system/cryptodev-buf.h"

/* How many bytes are copied and wiped while two runs are compared */
#define BYTES_FOR_COMPARISON 64

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

static bool have_common_bounds(CryptoDevBuf a, CryptoDevBuf b)
{
    uintptr_t a_start, a_end, b_start, b_end;

    find_bounds(a, &a_start, &a_end);
    find_bounds(b, &b_start, &b_end);
    return a_start < b_end && b_start < a_end;
}

static size_t count_runs(CryptoDevBuf buf)
{
    size_t n = 0;

    for (uint8_t *run; buf.len; n++) {
        cryptodev_buf_advance(&buf, cryptodev_buf_run(&buf, &run));
    }
    return n;
}

/* Whether a byte of that run, which is @at in a buffer, is elsewhere in @buf */
static bool is_elsewhere(uintptr_t run, size_t len, size_t at,
                         CryptoDevBuf buf)
{
    size_t position = 0;

    while (buf.len) {
        uint8_t *other;
        size_t n = cryptodev_buf_run(&buf, &other);
        uintptr_t start = (uintptr_t)other;

        if (run < start + n && start < run + len &&
            run - at != start - position) {
            return true;
        }
        cryptodev_buf_advance(&buf, n);
        position += n;
    }
    return false;
}

/* Compare each run with each, unless there are too many */
static bool is_mixed(CryptoDevBuf dst, CryptoDevBuf src)
{
    size_t at = 0;

    if (count_runs(dst) * count_runs(src) > src.len / BYTES_FOR_COMPARISON) {
        return true;
    }
    while (dst.len) {
        uint8_t *run;
        size_t len = cryptodev_buf_run(&dst, &run);

        if (is_elsewhere((uintptr_t)run, len, at, src)) {
            return true;
        }
        cryptodev_buf_advance(&dst, len);
        at += len;
    }
    return false;
}

bool cryptodev_buf_pieces_tangled(CryptoDevBuf dst, CryptoDevBuf src)
{
    return have_common_bounds(dst, src) && !is_same_memory(dst, src) &&
           is_mixed(dst, src);
}
