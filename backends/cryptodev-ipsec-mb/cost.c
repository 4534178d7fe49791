/*
 * The ipsec-mb backend: kinds of jobs, and when they pay
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "cost.h"
#include "manager.h"

/* A text fills all lanes by itself: fewer than these are no gain. */
#define AVX512 IMB_FEATURE_AVX512_SKX
#define WIDE_AES (AVX512 | IMB_FEATURE_VAES)
#define SHANI IMB_FEATURE_SHANI

/**
 * Cost:
 * @name: the name of the kind
 * @shortest: bytes from which on a text can be quicker in a lane
 * @batch: how many bytes the other library computes while a batch of jobs
 *         starts and ends
 * @texts: in tenths, how many texts it computes while the library computes one,
 *         or as many as there are lanes
 * @needs: the processor's features without which the other library is as quick
 * @rival: the features that it is so quick with; 0 if it needs none
 * @narrow: as @texts with lanes of AVX2; 0 if it is the same number
 *
 * Measured on a processor with AVX-512 and VAES, against libgcrypt 1.10.  With
 * AVX2 alone, a lane is taken to be as quick, and there are fewer.  Beside the
 * SHA extensions, that was measured, too: with lanes of AVX2, SHA-1 has 0.85 of
 * the other library's speed, SHA-256 0.38, and SHA-512 1.09 if all are full.
 */
typedef struct Cost {
    const char *name;
    size_t shortest;
    size_t batch;
    size_t texts;
    uint64_t needs;
    uint64_t rival;
    size_t narrow;
} Cost;

static const Cost costs[CRYPTODEV_MB_KINDS] = {
    [CRYPTODEV_MB_CBC_128] = { "AES-128-CBC encryption", 128, 700, 12 },
    [CRYPTODEV_MB_CBC_192] = { "AES-192-CBC encryption", 128, 700, 12 },
    [CRYPTODEV_MB_CBC_256] = { "AES-256-CBC encryption", 128, 700, 12 },
    [CRYPTODEV_MB_CBC_DECRYPT] = { "AES-CBC decryption", 2048, 8000, 5,
                                   WIDE_AES },
    [CRYPTODEV_MB_CTR] = { "AES-CTR", 2048, 4096, 0, WIDE_AES },
    [CRYPTODEV_MB_HMAC_MD5] = { "HMAC-MD5", 16, 150, 25 },
    [CRYPTODEV_MB_HMAC_SHA1] = { "HMAC-SHA1", 16, 450, 27, AVX512, SHANI },
    [CRYPTODEV_MB_HMAC_SHA224] = { "HMAC-SHA224", 16, 1000, 51, AVX512, SHANI },
    [CRYPTODEV_MB_HMAC_SHA256] = { "HMAC-SHA256", 16, 1000, 51, AVX512, SHANI },
    [CRYPTODEV_MB_HMAC_SHA384] = { "HMAC-SHA384", 16, 60, 18, AVX512 },
    [CRYPTODEV_MB_HMAC_SHA512] = { "HMAC-SHA512", 16, 60, 18, AVX512 },
    [CRYPTODEV_MB_CMAC_128] = { "AES-128-CMAC", 128, 500, 12 },
    [CRYPTODEV_MB_CMAC_256] = { "AES-256-CMAC", 128, 500, 12 },
    [CRYPTODEV_MB_SHA1] = { "SHA1", 64, 600, 27, AVX512, SHANI },
    [CRYPTODEV_MB_SHA224] = { "SHA224", 128, 1300, 51, AVX512, SHANI },
    [CRYPTODEV_MB_SHA256] = { "SHA256", 128, 1300, 51, AVX512, SHANI },
    [CRYPTODEV_MB_SHA384] = { "SHA384", 16, 150, 19, AVX512 },
    [CRYPTODEV_MB_SHA512] = { "SHA512", 16, 150, 19, AVX512 },
    [CRYPTODEV_MB_ENCRYPT_MD5] = { "AES-CBC with HMAC-MD5", 16, 60, 21 },
    [CRYPTODEV_MB_ENCRYPT_SHA1] = { "AES-CBC with HMAC-SHA1", 16, 200, 20,
                                    .narrow = 51 },
    [CRYPTODEV_MB_ENCRYPT_SHA224] = { "AES-CBC with HMAC-SHA224", 16, 500, 30,
                                      AVX512, SHANI },
    [CRYPTODEV_MB_ENCRYPT_SHA256] = { "AES-CBC with HMAC-SHA256", 16, 500, 30,
                                      AVX512, SHANI },
    [CRYPTODEV_MB_ENCRYPT_SHA384] = { "AES-CBC with HMAC-SHA384", 16, 40, 17,
                                      .narrow = 30 },
    [CRYPTODEV_MB_ENCRYPT_SHA512] = { "AES-CBC with HMAC-SHA512", 16, 40, 17,
                                      .narrow = 30 },
    [CRYPTODEV_MB_DECRYPT_MD5] = { "HMAC-MD5 and AES-CBC", 16, 30, 25 },
    [CRYPTODEV_MB_DECRYPT_SHA1] = { "HMAC-SHA1 and AES-CBC", 16, 120, 27,
                                    AVX512, SHANI },
    [CRYPTODEV_MB_DECRYPT_SHA224] = { "HMAC-SHA224 and AES-CBC", 16, 450, 50,
                                      AVX512, SHANI },
    [CRYPTODEV_MB_DECRYPT_SHA256] = { "HMAC-SHA256 and AES-CBC", 16, 450, 50,
                                      AVX512, SHANI },
    [CRYPTODEV_MB_DECRYPT_SHA384] = { "HMAC-SHA384 and AES-CBC", 16, 10, 17,
                                      AVX512 },
    [CRYPTODEV_MB_DECRYPT_SHA512] = { "HMAC-SHA512 and AES-CBC", 16, 10, 17,
                                      AVX512 },
    [CRYPTODEV_MB_CCM_128] = { "AES-128-CCM", 256, 900, 11 },
    [CRYPTODEV_MB_CCM_256] = { "AES-256-CCM", 256, 900, 11 },
    [CRYPTODEV_MB_CHACHA20_POLY1305] = { "ChaCha20-Poly1305", 16, 0, 0,
                                         AVX512 },
    [CRYPTODEV_MB_GCM] = { "AES-GCM" },
    [CRYPTODEV_MB_SNOW3G_UEA2] = { "SNOW 3G UEA2" },
    [CRYPTODEV_MB_ZUC_EEA3] = { "ZUC EEA3" },
    [CRYPTODEV_MB_KASUMI_F8] = { "KASUMI F8" },
    [CRYPTODEV_MB_SNOW3G_UIA2] = { "SNOW 3G UIA2" },
    [CRYPTODEV_MB_ZUC_EIA3] = { "ZUC EIA3" },
    [CRYPTODEV_MB_KASUMI_F9] = { "KASUMI F9" },
};

const char *cryptodev_mb_kind_name(CryptoDevMbKind kind)
{
    return costs[kind].name;
}

size_t cryptodev_mb_shortest(CryptoDevMbKind kind, uint64_t features)
{
    const Cost *cost = &costs[kind];

    return cost->needs & ~features && !(cost->rival & ~features)
           ? SIZE_MAX : cost->shortest;
}

/*
 * How many bytes the busiest lane has.  Lanes run until the longest text in
 * them ends, and where there are more texts than lanes, it may be the last one
 * to begin.  A text that fills all lanes by itself waits for no other.
 */
static size_t busiest(const CryptoDevMbLoad *load, size_t lanes)
{
    if (lanes == 1 || load->n <= lanes) {
        return load->longest;
    }
    return load->longest + (load->total - load->longest) / lanes;
}

bool cryptodev_mb_fills(CryptoDevMbKind kind, uint64_t features,
                        const CryptoDevMbLoad *load, size_t lanes)
{
    const Cost *cost = &costs[kind];
    size_t texts = cost->narrow && (AVX512 & ~features) ? cost->narrow
                                                        : cost->texts;

    return load->total >= cost->batch + busiest(load, lanes) * texts / 10;
}
