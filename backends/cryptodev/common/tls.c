/*
 * The libgcrypt backend: the pseudorandom functions of TLS 1.0 to 1.2
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hmac.h"
#include "tls.h"

/*
 * Add the bytes of P_hash to @output, bit by bit without a carry: RFC 4346,
 * section 5.  The parts are A(i), label and seed.
 */
static bool add_p_hash(int hash, CryptoDevOperand secret,
                       CryptoDevOperand label, CryptoDevOperand seed,
                       uint8_t *output, size_t len)
{
    size_t digest_len = gcry_md_get_algo_dlen(hash);
    uint8_t a[CRYPTODEV_DIGEST_MAX], block[CRYPTODEV_DIGEST_MAX];
    CryptoDevOperand parts[] = { { a, digest_len }, label, seed };
    g_auto(gcry_md_hd_t) hmac = cryptodev_hmac_open(hash, secret);

    if (!hmac) {
        return false;
    }
    cryptodev_hmac_digest(hmac, &parts[1], 2, a);
    while (len) {
        size_t now = MIN(len, digest_len);

        cryptodev_hmac_digest(hmac, parts, ARRAY_SIZE(parts), block);
        for (size_t i = 0; i < now; i++) {
            output[i] ^= block[i];
        }
        cryptodev_hmac_digest(hmac, parts, 1, a);
        output += now;
        len -= now;
    }
    cryptodev_wipe(a, sizeof(a));
    cryptodev_wipe(block, sizeof(block));
    return true;
}

bool cryptodev_tls12_prf(int hash, CryptoDevOperand secret,
                         CryptoDevOperand label, CryptoDevOperand seed,
                         uint8_t *output, size_t len)
{
    memset(output, 0, len);
    return add_p_hash(hash, secret, label, seed, output, len);
}

bool cryptodev_tls1_prf(CryptoDevOperand secret, CryptoDevOperand label,
                        CryptoDevOperand seed, uint8_t *output, size_t len)
{
    /* Halves of the secret, which have a byte in common if it is odd */
    size_t half = DIV_ROUND_UP(secret.len, 2);
    CryptoDevOperand s1 = { secret.data, half };
    CryptoDevOperand s2 = { secret.data + secret.len - half, half };

    memset(output, 0, len);
    return add_p_hash(GCRY_MD_MD5, s1, label, seed, output, len) &&
           add_p_hash(GCRY_MD_SHA1, s2, label, seed, output, len);
}
