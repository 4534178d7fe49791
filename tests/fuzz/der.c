/*
 * Fuzz target: the readers of DER
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Byte 0 selects the reader of the rest.  Keys are so short that libgcrypt
 * takes little time with them, which makes no difference to the parsers.
 */

#include "qemu/osdep.h"
#include "der.h"

/* The first bytes in the input of the reader of single elements */
#define PROGRAM_LEN 8

static void read_as(uint8_t what, FuzzInput program, CryptoDevDer der)
{
    switch (what) {
    case 0:
        return fuzz_der_elements(program, der);
    case 1:
        return fuzz_der_rsa(der, false);
    case 2:
        return fuzz_der_rsa(der, true);
    case 3:
        return fuzz_der_dsa(der, false);
    case 4:
        return fuzz_der_dsa(der, true);
    case 5:
        return fuzz_der_ecdsa(der);
    case 6:
        return fuzz_der_signature(der);
    default:
        return;
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    FuzzInput input = { data, len };
    uint8_t what = fuzz_take_byte(&input);
    FuzzInput program = fuzz_take_span(&input, what ? 0 : PROGRAM_LEN);
    /* A copy of the exact size, so that a sanitizer detects reads behind it */
    g_autofree uint8_t *copy = g_memdup2(input.data, input.len);

    read_as(what, program, (CryptoDevDer) { copy, input.len });
    return 0;
}
