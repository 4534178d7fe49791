/*
 * Messages of libgcrypt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_GCRYPT_MESSAGES_H
#define TESTS_CRYPTODEV_GCRYPT_MESSAGES_H

/*
 * No request of a guest may make QEMU print a message: let the test fail that
 * has libgcrypt print one.  libgcrypt must be ready.
 */
void refuse_messages(void);

#endif
