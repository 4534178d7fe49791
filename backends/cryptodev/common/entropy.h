/*
 * Cryptography backends: entropy of the host
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_ENTROPY_H
#define BACKENDS_CRYPTODEV_ENTROPY_H

/**
 * cryptodev_entropy_read:
 * @data: where entropy goes
 * @len: bytes in @data
 *
 * Read straight from the operating system's source.  Any thread may call this.
 *
 * Returns: false if there is none.
 */
bool cryptodev_entropy_read(uint8_t *data, size_t len);

#endif /* BACKENDS_CRYPTODEV_ENTROPY_H */
