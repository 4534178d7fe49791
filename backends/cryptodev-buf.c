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
