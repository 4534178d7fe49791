/*
 * The libgcrypt backend: the mask generation function MGF1
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "hmac.h"
#include "mgf1.h"

bool cryptodev_mgf1(int hash, CryptoDevOperand seed, uint8_t *output,
                    size_t len)
{
    size_t digest_len = gcry_md_get_algo_dlen(hash);
    g_auto(gcry_md_hd_t) md = cryptodev_hash_open(hash, 0);

    if (!md) {
        return false;
    }
    for (uint32_t i = 0; len; i++) {
        size_t now = MIN(len, digest_len);
        uint32_t counter = cpu_to_be32(i);

        gcry_md_reset(md);
        gcry_md_write(md, seed.data, seed.len);
        gcry_md_write(md, &counter, sizeof(counter));
        memcpy(output, gcry_md_read(md, 0), now);
        output += now;
        len -= now;
    }
    return true;
}
