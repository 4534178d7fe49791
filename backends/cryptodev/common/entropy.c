/*
 * Cryptography backends: entropy of the host
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "entropy.h"

/* The most bytes that getentropy() gives at once */
#define AT_ONCE 256

bool cryptodev_entropy_read(uint8_t *data, size_t len)
{
    while (len) {
        size_t now = MIN(len, AT_ONCE);

        if (getentropy(data, now) < 0) {
            return false;
        }
        data += now;
        len -= now;
    }
    return true;
}
