/*
 * Conformance of backends: no byte beside a buffer is read or written
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_CONFORMANCE_GUARDS_H
#define TESTS_CRYPTODEV_CONFORMANCE_GUARDS_H

#include "conformance-subject.h"

/* Run texts of many lengths in buffers that guarded pages are next to. */
void guards_check(const Subject *subject, GRand *rand);

#endif
