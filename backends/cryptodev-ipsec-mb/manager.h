/*
 * The ipsec-mb backend: job managers of the library
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_MANAGER_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_MANAGER_H

/* Leave out names such as CBC, which the library has for old programs. */
#define NO_COMPAT_IMB_API_053
#include <intel-ipsec-mb.h>

/* What the library's structures are aligned to */
#define CRYPTODEV_MB_ALIGN 64

/**
 * cryptodev_mb_manager_new:
 *
 * Make a manager, which has no jobs.  One thread at a time may use it; any
 * number of them may call its functions that only look at their arguments.
 *
 * Returns: the manager, for cryptodev_mb_manager_free(); NULL if the library
 * cannot work on this processor.
 */
IMB_MGR *cryptodev_mb_manager_new(void);

/**
 * cryptodev_mb_manager_free:
 * @manager: a manager that has no jobs, or NULL
 *
 * Wipe a manager, which may hold pieces of keys and data, and free it.
 */
void cryptodev_mb_manager_free(IMB_MGR *manager);

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_MANAGER_H */
