/*
 * Cryptography backends: the table of their capabilities
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_CAPABILITIES_H
#define BACKENDS_CRYPTODEV_CAPABILITIES_H

#include "system/cryptodev.h"

/**
 * cryptodev_find_driver:
 * @backend: a backend that is complete
 * @service: a service
 * @algo: an algorithm of that service
 *
 * Any thread may call this.
 *
 * Returns: the driver that has the algorithm; NULL if the backend lacks it, or
 * leaves it to its base.
 */
const CryptoDevDriver *cryptodev_find_driver(CryptoDevBackend *backend,
                                             CryptodevService service,
                                             uint32_t algo);

/**
 * cryptodev_find_chain_driver:
 * @backend: a backend
 *
 * Any thread may call this.
 *
 * Returns: the driver that has chains; NULL if the backend has none.
 */
const CryptoDevDriver *cryptodev_find_chain_driver(CryptoDevBackend *backend);

/**
 * cryptodev_capabilities_settle:
 * @backend: a backend whose options are settled
 *
 * Make the backend's table of what the host has and the user has not disabled.
 */
void cryptodev_capabilities_settle(CryptoDevBackend *backend);

/**
 * cryptodev_capabilities_add_property:
 * @class: the class of backends
 *
 * Let the user disable algorithms.
 */
void cryptodev_capabilities_add_property(ObjectClass *class);

#endif /* BACKENDS_CRYPTODEV_CAPABILITIES_H */
