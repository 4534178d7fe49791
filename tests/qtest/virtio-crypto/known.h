/*
 * One published answer for each cipher and key size of virtio-crypto
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_KNOWN_H
#define TESTS_VIRTIO_CRYPTO_KNOWN_H

typedef struct KnownAnswer {
    const char *name;
    uint32_t algo;
    /* Hexadecimal; the initialization vector is empty if the mode has none */
    const char *key;
    const char *iv;
    const char *plain;
    const char *cipher;
} KnownAnswer;

/* Both end with an entry without name */
extern const KnownAnswer known_answers[];
/* The ciphers of mobile networks, which not every backend has */
extern const KnownAnswer radio_answers[];

/* One of a MAC of mobile networks, whose message may end within a byte */
typedef struct KnownMac {
    uint32_t algo;
    size_t bits;
    const char *key;
    const char *vector;     /* empty if there is none */
    const char *message;
    const char *mac;
} KnownMac;

/* Ends with an entry without key */
extern const KnownMac radio_mac_answers[];

/* A known answer in binary */
typedef struct KnownBytes {
    const KnownAnswer *answer;
    GByteArray *key, *iv, *plain, *cipher;
} KnownBytes;

KnownBytes *known_decode(const KnownAnswer *answer);
/* That of @known_answers with the name, which must exist */
KnownBytes *known_bytes(const char *name);
void known_bytes_free(KnownBytes *known);

#endif
