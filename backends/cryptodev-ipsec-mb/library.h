/*
 * The ipsec-mb backend: the library on this processor
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_LIBRARY_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_LIBRARY_H

#include "cost.h"
#include "manager.h"

/**
 * cryptodev_mb_keys_manager:
 *
 * Any thread may call this.
 *
 * Returns: a manager for functions that only look at their arguments; NULL if
 * the library cannot work on this processor.
 */
const IMB_MGR *cryptodev_mb_keys_manager(void);

/**
 * cryptodev_mb_is_sound:
 * @kind: a kind of jobs
 *
 * Any thread may call this.  The first call tests the library, and warns of
 * what is wrong.
 *
 * Returns: whether the library works, and has passed the self-test of that
 * kind.
 */
bool cryptodev_mb_is_sound(CryptoDevMbKind kind);

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_LIBRARY_H */
