/*
 * Fuzz targets: takes the fuzzer's input apart
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef FUZZ_INPUT_H
#define FUZZ_INPUT_H

#include "qemu/bswap.h"

/* libFuzzer calls these for each input, and once before the first one. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len);
int LLVMFuzzerInitialize(int *argc, char ***argv);

/**
 * FuzzInput:
 * @data: the rest of the input
 * @len: bytes in @data
 */
typedef struct FuzzInput {
    const uint8_t *data;
    size_t len;
} FuzzInput;

/**
 * fuzz_take:
 * @input: the rest of the input; moved on
 * @data: where the next bytes go, zero beyond the end of the input
 * @len: bytes in @data
 */
static inline void fuzz_take(FuzzInput *input, void *data, size_t len)
{
    size_t now = MIN(len, input->len);

    memset(data, 0, len);
    if (now) {
        memcpy(data, input->data, now);
        input->data += now;
        input->len -= now;
    }
}

static inline uint8_t fuzz_take_byte(FuzzInput *input)
{
    uint8_t byte;

    fuzz_take(input, &byte, sizeof(byte));
    return byte;
}

/* Numbers are little-endian in the input. */
static inline uint32_t fuzz_take_u32(FuzzInput *input)
{
    uint32_t number;

    fuzz_take(input, &number, sizeof(number));
    return le32_to_cpu(number);
}

static inline uint64_t fuzz_take_u64(FuzzInput *input)
{
    uint64_t number;

    fuzz_take(input, &number, sizeof(number));
    return le64_to_cpu(number);
}

/**
 * fuzz_take_span:
 * @input: the rest of the input; moved on
 * @len: how many bytes to take; fewer if the input ends earlier
 *
 * Returns: these bytes, within the input.
 */
static inline FuzzInput fuzz_take_span(FuzzInput *input, size_t len)
{
    FuzzInput span = { input->data, MIN(len, input->len) };

    input->data += span.len;
    input->len -= span.len;
    return span;
}

#endif /* FUZZ_INPUT_H */
