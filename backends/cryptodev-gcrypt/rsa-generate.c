/*
 * The libgcrypt backend: new RSA keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "rsa-generate.h"

static bool skip(CryptoDevOperand *text, const char *part)
{
    size_t len = strlen(part);

    if (text->len < len || memcmp(text->data, part, len)) {
        return false;
    }
    text->data += len;
    text->len -= len;
    return true;
}

/* The number of bytes in decimal, a colon, the bytes and the list's end */
static bool take_integer(CryptoDevOperand *text, gcry_mpi_t *integer)
{
    char *end;
    size_t len = g_ascii_strtoull((const char *)text->data, &end, 10);

    text->len -= (uint8_t *)end - text->data;
    text->data = (uint8_t *)end;
    if (!skip(text, ":") || text->len < len) {
        return false;
    }
    gcry_mpi_release(*integer);
    *integer = cryptodev_integer_read((CryptoDevOperand) { text->data, len },
                                      true);
    text->data += len;
    text->len -= len;
    return *integer && skip(text, ")");
}

/*
 * libgcrypt's u is the inverse of its p modulo its q, so its p and q are RFC
 * 8017's q and p.
 */
static bool read_text(CryptoDevOperand text, CryptoDevGcryptRsaKey *key)
{
    static const struct {
        const char *before;
        int place;
    } parts[] = {
        { "(8:key-data(10:public-key(3:rsa(1:n", RSA_N }, { "(1:e", RSA_E },
        { "))(11:private-key(3:rsa(1:n", RSA_N }, { "(1:e", RSA_E },
        { "(1:d", RSA_D }, { "(1:p", RSA_Q }, { "(1:q", RSA_P },
        { "(1:u", RSA_QINV },
    };

    for (size_t i = 0; i < ARRAY_SIZE(parts); i++) {
        if (!skip(&text, parts[i].before) ||
            !take_integer(&text, &key->integers[parts[i].place])) {
            return false;
        }
    }
    return true;
}

/*
 * libgcrypt's functions that search an S-expression copy its contents to memory
 * that they do not wipe.  So read the key from its canonical text, in secure
 * memory.
 */
static bool read_key(gcry_sexp_t sexp, CryptoDevGcryptRsaKey *key)
{
    size_t size = gcry_sexp_sprint(sexp, GCRYSEXP_FMT_CANON, NULL, 0);
    uint8_t *text = gcry_malloc_secure(size);
    bool ok = false;

    if (text) {
        size_t len = gcry_sexp_sprint(sexp, GCRYSEXP_FMT_CANON, text, size);

        ok = read_text((CryptoDevOperand) { text, len }, key);
    }
    gcry_free(text);
    return ok;
}

/* d modulo prime - 1 */
static gcry_mpi_t reduce(gcry_mpi_t d, gcry_mpi_t prime)
{
    gcry_mpi_t exponent = gcry_mpi_snew(0);

    gcry_mpi_sub_ui(exponent, prime, 1);
    gcry_mpi_mod(exponent, d, exponent);
    return exponent;
}

bool cryptodev_rsa_generate(CryptoDevGcryptRsaKey *key, uint32_t e,
                            uint32_t bits)
{
    g_auto(gcry_sexp_t) parameters = NULL;
    g_auto(gcry_sexp_t) sexp = NULL;

    if (gcry_sexp_build(&parameters, NULL,
                        "(genkey (rsa (nbits %u) (rsa-use-e %u)))", bits, e) ||
        gcry_pk_genkey(&sexp, parameters) || !read_key(sexp, key)) {
        return false;
    }
    key->integers[RSA_DP] = reduce(key->integers[RSA_D], key->integers[RSA_P]);
    key->integers[RSA_DQ] = reduce(key->integers[RSA_D], key->integers[RSA_Q]);
    return true;
}
