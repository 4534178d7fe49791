/*
 * A cryptography backend of two algorithms, as an example
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_TOY_BACKEND_H
#define TESTS_CRYPTODEV_TOY_BACKEND_H

#define TYPE_CRYPTODEV_BACKEND_TOY "cryptodev-backend-toy"

#endif
