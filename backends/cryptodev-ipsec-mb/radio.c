/*
 * The ipsec-mb backend: algorithms of mobile networks
 *
 * They go to the functions of the library that need no jobs.  With version 1.3
 * a job of SNOW 3G that is alone in its lanes takes 25 times as long as the
 * function for one text; lanes that are full are quicker than the function for
 * several texts, but not by half.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "radio.h"

void cryptodev_mb_radio_key_init(CryptoDevMbRadioKey *key,
                                 const IMB_MGR *manager, CryptoDevMbKind kind,
                                 const uint8_t *bytes)
{
    switch (kind) {
    case CRYPTODEV_MB_SNOW3G_UEA2:
    case CRYPTODEV_MB_SNOW3G_UIA2:
        IMB_SNOW3G_INIT_KEY_SCHED(manager, bytes, &key->snow3g);
        break;
    case CRYPTODEV_MB_KASUMI_F8:
        IMB_KASUMI_INIT_F8_KEY_SCHED(manager, bytes, &key->kasumi);
        break;
    case CRYPTODEV_MB_KASUMI_F9:
        IMB_KASUMI_INIT_F9_KEY_SCHED(manager, bytes, &key->kasumi);
        break;
    case CRYPTODEV_MB_ZUC_EEA3:
    case CRYPTODEV_MB_ZUC_EIA3:
        memcpy(key->zuc, bytes, sizeof(key->zuc));
        break;
    default:
        g_assert_not_reached();
    }
}

static void crypt_snow3g(const IMB_MGR *manager,
                         const CryptoDevMbRadioTexts *texts)
{
    const snow3g_key_schedule_t *keys[CRYPTODEV_MB_RADIO_TEXTS];

    if (texts->n == 1) {
        IMB_SNOW3G_F8_1_BUFFER(manager, texts->keys[0], texts->vectors[0],
                               texts->srcs[0], texts->dsts[0],
                               texts->lens[0]);
        return;
    }
    for (size_t i = 0; i < texts->n; i++) {
        keys[i] = texts->keys[i];
    }
    IMB_SNOW3G_F8_N_BUFFER_MULTIKEY(manager, keys, texts->vectors, texts->srcs,
                                    (void **)texts->dsts, texts->lens,
                                    texts->n);
}

/*
 * How many texts to pass at once.  The library works on 16, 8 or 4 of them, and
 * on the rest one after the other; of version 1.3, the function for 4 reads
 * behind the source, where there may be no memory.
 */
static size_t zuc_group(size_t left)
{
    if (left >= 8) {
        return left >= 16 ? 16 : 8;
    }
    return MIN(left, 3);
}

static void crypt_zuc(const IMB_MGR *manager,
                      const CryptoDevMbRadioTexts *texts)
{
    size_t n;

    for (size_t i = 0; i < texts->n; i += n) {
        n = zuc_group(texts->n - i);
        IMB_ZUC_EEA3_N_BUFFER(manager, texts->keys + i, texts->vectors + i,
                              texts->srcs + i, (void **)texts->dsts + i,
                              texts->lens + i, n);
    }
}

/* The library gains nothing from several texts. */
static void crypt_kasumi(const IMB_MGR *manager,
                         const CryptoDevMbRadioTexts *texts)
{
    for (size_t i = 0; i < texts->n; i++) {
        uint64_t vector;

        memcpy(&vector, texts->vectors[i], sizeof(vector));
        IMB_KASUMI_F8_1_BUFFER(manager, texts->keys[i], vector, texts->srcs[i],
                               texts->dsts[i], texts->lens[i]);
    }
}

static void authenticate_snow3g(const IMB_MGR *manager,
                                const CryptoDevMbRadioTexts *texts)
{
    for (size_t i = 0; i < texts->n; i++) {
        IMB_SNOW3G_F9_1_BUFFER(manager, texts->keys[i], texts->vectors[i],
                               texts->srcs[i], texts->lens[i],
                               texts->dsts[i]);
    }
}

/*
 * Of 16 texts with lengths that differ, versions 1.3 and 2.0 compute some MACs
 * wrong, so pass 8.
 */
static void authenticate_zuc(const IMB_MGR *manager,
                             const CryptoDevMbRadioTexts *texts)
{
    uint32_t *tags[CRYPTODEV_MB_RADIO_TEXTS];
    size_t n;

    for (size_t i = 0; i < texts->n; i++) {
        tags[i] = texts->dsts[i];
    }
    for (size_t i = 0; i < texts->n; i += n) {
        n = MIN(texts->n - i, 8);
        IMB_ZUC_EIA3_N_BUFFER(manager, texts->keys + i, texts->vectors + i,
                              texts->srcs + i, texts->lens + i, tags + i, n);
    }
}

static void authenticate_kasumi(const IMB_MGR *manager,
                                const CryptoDevMbRadioTexts *texts)
{
    for (size_t i = 0; i < texts->n; i++) {
        IMB_KASUMI_F9_1_BUFFER(manager, texts->keys[i], texts->srcs[i],
                               texts->lens[i] / 8, texts->dsts[i]);
    }
}

void cryptodev_mb_radio_run(const IMB_MGR *manager, CryptoDevMbKind kind,
                            const CryptoDevMbRadioTexts *texts)
{
    switch (kind) {
    case CRYPTODEV_MB_SNOW3G_UEA2:
        crypt_snow3g(manager, texts);
        break;
    case CRYPTODEV_MB_KASUMI_F8:
        crypt_kasumi(manager, texts);
        break;
    case CRYPTODEV_MB_SNOW3G_UIA2:
        authenticate_snow3g(manager, texts);
        break;
    case CRYPTODEV_MB_ZUC_EIA3:
        authenticate_zuc(manager, texts);
        break;
    case CRYPTODEV_MB_KASUMI_F9:
        authenticate_kasumi(manager, texts);
        break;
    case CRYPTODEV_MB_ZUC_EEA3:
        crypt_zuc(manager, texts);
        break;
    default:
        g_assert_not_reached();
    }
}
