/*
 * The ipsec-mb backend: algorithms of mobile networks
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_RADIO_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_RADIO_H

#include "cost.h"
#include "manager.h"

/* Bytes of a key of all of them */
#define CRYPTODEV_MB_RADIO_KEY 16

/* Bytes of the initialization vectors; KASUMI's are shorter */
#define CRYPTODEV_MB_RADIO_VECTOR 16

/* Bytes of a MAC */
#define CRYPTODEV_MB_RADIO_TAG 4

/* The most texts at once: the library sorts no more of them */
#define CRYPTODEV_MB_RADIO_TEXTS 16

/**
 * CryptoDevMbRadioKey:
 * @snow3g: a key of SNOW 3G
 * @zuc: a key of ZUC
 * @kasumi: a key of KASUMI
 *
 * What the library makes of a key.
 */
typedef union CryptoDevMbRadioKey {
    snow3g_key_schedule_t snow3g;
    uint8_t zuc[CRYPTODEV_MB_RADIO_KEY];
    kasumi_key_sched_t kasumi;
} CryptoDevMbRadioKey;

/**
 * CryptoDevMbRadioTexts:
 * @n: how many there are
 * @keys: their keys, CryptoDevMbRadioKey
 * @vectors: their initialization vectors; KASUMI F9 has none
 * @srcs: their bytes
 * @dsts: where the results go, of ciphers each the same as the source or apart
 *        from it; MACs are aligned to 4 bytes
 * @lens: of ciphers the bytes, of MACs the bits in each, at least one, and no
 *        more than the algorithm allows
 *
 * Texts of one kind, each in one piece, as the library wants them.
 */
typedef struct CryptoDevMbRadioTexts {
    size_t n;
    const void *keys[CRYPTODEV_MB_RADIO_TEXTS];
    const void *vectors[CRYPTODEV_MB_RADIO_TEXTS];
    const void *srcs[CRYPTODEV_MB_RADIO_TEXTS];
    void *dsts[CRYPTODEV_MB_RADIO_TEXTS];
    uint32_t lens[CRYPTODEV_MB_RADIO_TEXTS];
} CryptoDevMbRadioTexts;

/**
 * cryptodev_mb_radio_key_init:
 * @key: the key to set; wiped by the caller
 * @manager: any manager
 * @kind: one of the kinds of this header
 * @bytes: the key's CRYPTODEV_MB_RADIO_KEY bytes
 *
 * Any thread may call this, with the same manager, too.
 */
void cryptodev_mb_radio_key_init(CryptoDevMbRadioKey *key,
                                 const IMB_MGR *manager, CryptoDevMbKind kind,
                                 const uint8_t *bytes);

/**
 * cryptodev_mb_radio_run:
 * @manager: any manager
 * @kind: what all of @texts are
 * @texts: the texts
 *
 * Encipher texts, or decipher them: it is the same; or compute their MACs.  Any
 * thread may call this, with the same manager, too.
 */
void cryptodev_mb_radio_run(const IMB_MGR *manager, CryptoDevMbKind kind,
                            const CryptoDevMbRadioTexts *texts);

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_RADIO_H */
