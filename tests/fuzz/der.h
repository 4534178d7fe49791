/*
 * Fuzz target: the readers of DER
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef FUZZ_DER_H
#define FUZZ_DER_H

#include "backends/cryptodev/common/der.h"
#include "input.h"

/* Whether a part, if there is one, lies within the whole */
static inline bool fuzz_der_within(CryptoDevDer part, CryptoDevDer whole)
{
    size_t offset = (uintptr_t)part.data - (uintptr_t)whole.data;

    return !part.data || (offset <= whole.len &&
                          part.len <= whole.len - offset);
}

/* Each reads one kind of input, and aborts if the result is wrong. */
void fuzz_der_elements(FuzzInput program, CryptoDevDer der);
void fuzz_der_rsa(CryptoDevDer der, bool is_private);
void fuzz_der_dsa(CryptoDevDer der, bool is_private);
void fuzz_der_ecdsa(CryptoDevDer der);
void fuzz_der_signature(CryptoDevDer der);

#endif /* FUZZ_DER_H */
