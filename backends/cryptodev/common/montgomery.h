/*
 * Cryptography backends: the Montgomery curves of RFC 7748
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_COMMON_MONTGOMERY_H
#define BACKENDS_CRYPTODEV_COMMON_MONTGOMERY_H

/* The coordinates u of the base points: sections 4.1 and 4.2 */
#define CRYPTODEV_X25519_BASE 9
#define CRYPTODEV_X448_BASE   5

#endif /* BACKENDS_CRYPTODEV_COMMON_MONTGOMERY_H */
