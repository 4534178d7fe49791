/*
 * Cryptography backends: reading DER
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_DER_H
#define BACKENDS_CRYPTODEV_DER_H

#include "crypto/der.h"

/**
 * CryptoDevDer:
 * @data: the first byte; the encoding's owner owns the bytes
 * @len: how many bytes there are
 *
 * The content of an element, or the rest of it.
 */
typedef struct CryptoDevDer {
    const uint8_t *data;
    size_t len;
} CryptoDevDer;

/* One of QEMU's functions that read an element of one type */
typedef int CryptoDevDerDecode(const uint8_t **data, size_t *len,
                               QCryptoDERDecodeCb cb, void *opaque,
                               Error **errp);

/**
 * cryptodev_der_take:
 * @der: where the element is, consumed by it
 * @decode: reads an element of the expected type
 * @content: set to the content of the element
 *
 * Lengths need not have their shortest form.
 *
 * Returns: false, with @der unchanged, if it does not begin with such an
 * element.
 */
bool cryptodev_der_take(CryptoDevDer *der, CryptoDevDerDecode *decode,
                        CryptoDevDer *content);

/**
 * cryptodev_der_take_tagged:
 * @der: where the element is, consumed by it
 * @tag: the number of its context-specific tag
 * @content: set to the content of the element, which for an explicit tag is
 *           another element
 *
 * Returns: false, with @der unchanged, if it does not begin with such an
 * element.
 */
bool cryptodev_der_take_tagged(CryptoDevDer *der, int tag,
                               CryptoDevDer *content);

/**
 * cryptodev_der_take_version:
 * @der: where the INTEGER is, consumed by it
 * @version: the number that it must be
 *
 * Returns: whether @der began with that number.
 */
bool cryptodev_der_take_version(CryptoDevDer *der, unsigned int version);

/**
 * cryptodev_der_take_bits:
 * @der: where the BIT STRING is, consumed by it
 * @content: set to its bytes
 *
 * Returns: false if @der does not begin with a BIT STRING of whole bytes.
 */
bool cryptodev_der_take_bits(CryptoDevDer *der, CryptoDevDer *content);

#endif /* BACKENDS_CRYPTODEV_DER_H */
