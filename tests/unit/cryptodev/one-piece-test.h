/*
 * Tests of AEAD over primitives that take a text in one piece, and that fail
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_CRYPTODEV_ONE_PIECE_TEST_H
#define TESTS_CRYPTODEV_ONE_PIECE_TEST_H

#include "conformance.h"

/* A backend whose primitives are libgcrypt's, but take AEAD in one piece */
#define TYPE_CRYPTODEV_BACKEND_ONE_PIECE "cryptodev-backend-one-piece"

/* Tests of that backend's AEAD; it must be no other backend. */
void add_one_piece_tests(const Conformance *conformance);

#endif
