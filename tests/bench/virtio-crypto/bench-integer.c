/*
 * Integers of libgcrypt as bytes
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "bench-integer.h"

gcry_mpi_t bench_integer_read(const uint8_t *bytes, size_t len)
{
    gcry_mpi_t integer;

    g_assert_false(gcry_mpi_scan(&integer, GCRYMPI_FMT_USG, bytes, len, NULL));
    return integer;
}

void bench_integer_write(gcry_mpi_t integer, uint8_t *bytes, size_t len)
{
    size_t written = DIV_ROUND_UP(gcry_mpi_get_nbits(integer), 8);

    g_assert_cmpint(written, <=, len);
    memset(bytes, 0, len);
    g_assert_false(gcry_mpi_print(GCRYMPI_FMT_USG, bytes + len - written,
                                  written, NULL, integer));
}
