/*
 * The libgcrypt backend: HMAC over parts
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hmac.h"

gcry_md_hd_t cryptodev_hash_open(int hash, unsigned int flags)
{
    gcry_md_hd_t md;

    if (!gcry_fips_mode_active()) {
        flags |= GCRY_MD_FLAG_SECURE;
    }
    return gcry_md_open(&md, hash, flags) ? NULL : md;
}

gcry_md_hd_t cryptodev_hmac_open(int hash, CryptoDevOperand key)
{
    gcry_md_hd_t hmac = cryptodev_hash_open(hash, GCRY_MD_FLAG_HMAC);

    if (!hmac) {
        return NULL;
    }
    if (gcry_md_setkey(hmac, key.len ? key.data : (const uint8_t *)"",
                       key.len)) {
        gcry_md_close(hmac);
        return NULL;
    }
    return hmac;
}

void cryptodev_hmac_digest(gcry_md_hd_t hmac, const CryptoDevOperand *parts,
                           size_t n, uint8_t *digest)
{
    gcry_md_reset(hmac);
    for (size_t i = 0; i < n; i++) {
        gcry_md_write(hmac, parts[i].data, parts[i].len);
    }
    memcpy(digest, gcry_md_read(hmac, 0),
           gcry_md_get_algo_dlen(gcry_md_get_algo(hmac)));
}
