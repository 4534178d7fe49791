/*
 * Cryptography backends: a backend that stands on another one
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_BASE_H
#define BACKENDS_CRYPTODEV_BASE_H

#include "system/cryptodev.h"

/**
 * cryptodev_base_take:
 * @backend: a backend after its class's @init
 * @errp: where errors go
 *
 * Find or make the base of a backend, if its class has one and the backend does
 * not stand alone.
 *
 * Returns: false, with an error, if the one that the user named cannot be it.
 */
bool cryptodev_base_take(CryptoDevBackend *backend, Error **errp);

/**
 * cryptodev_base_release:
 * @backend: a backend that has a base, or not
 *
 * Let others have the base, or let it go with the backend.
 */
void cryptodev_base_release(CryptoDevBackend *backend);

#endif /* BACKENDS_CRYPTODEV_BASE_H */
