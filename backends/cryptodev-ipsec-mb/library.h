/*
 * The ipsec-mb backend: the library on this processor
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_LIBRARY_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_LIBRARY_H

#include "self-test.h"

/**
 * CryptoDevMbLibrary:
 * @manager: has no jobs but those of the self-test; NULL if the library is not
 *           used, since it cannot work on this processor, or must not
 * @findings: of the self-test
 */
typedef struct CryptoDevMbLibrary {
    IMB_MGR *manager;
    CryptoDevMbFindings findings;
} CryptoDevMbLibrary;

/**
 * cryptodev_mb_library:
 *
 * Any thread may call this.  The first call tests the library, and warns of
 * what is wrong.
 *
 * Returns: the library, which does not change.
 */
const CryptoDevMbLibrary *cryptodev_mb_library(void);

/**
 * cryptodev_mb_keys_manager:
 *
 * As cryptodev_mb_library().
 *
 * Returns: a manager for functions that only look at their arguments; NULL if
 * the library is not used.
 */
const IMB_MGR *cryptodev_mb_keys_manager(void);

/**
 * cryptodev_mb_is_sound:
 * @kind: a kind of jobs
 *
 * As cryptodev_mb_library().
 *
 * Returns: whether the library is used, and has passed the self-test of that
 * kind.
 */
bool cryptodev_mb_is_sound(CryptoDevMbKind kind);

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_LIBRARY_H */
