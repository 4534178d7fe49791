/*
 * The ipsec-mb backend: known answers of algorithms of mobile networks
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_RADIO_SELF_TEST_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_RADIO_SELF_TEST_H

#include "manager.h"

/**
 * cryptodev_mb_radio_self_test:
 * @manager: a manager
 *
 * Compare what the library computes, one text alone and several at once, with
 * published answers, and warn of what is wrong.
 *
 * Returns: bit n for each CryptoDevMbKind n that has not failed, be it of
 * mobile networks or not.
 */
uint64_t cryptodev_mb_radio_self_test(const IMB_MGR *manager);

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_RADIO_SELF_TEST_H */
