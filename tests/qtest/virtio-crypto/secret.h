/*
 * Secrets, looked for in the memory of QEMU
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_SECRET_H
#define TESTS_VIRTIO_CRYPTO_SECRET_H

#include "libqos/shared-ram.h"

/* Something that must not stay in memory */
typedef struct Secret {
    char *name;
    GByteArray *bytes;
    /* How many pieces of it the last search has found */
    unsigned int found;
} Secret;

/* An array of secrets, to be freed by g_ptr_array_unref() */
GPtrArray *secrets_new(void);
/* Copies random bytes, or the numbers of a key: 8 at least */
void secrets_add(GPtrArray *secrets, const char *name, const void *bytes,
                 size_t len);

/*
 * Both look for all secrets in all memory that QEMU can write to, but the
 * guest's, which must be SHARED_RAM.  They find each run of 16 bytes of one
 * and most of 8, in either order: numbers may have their least significant
 * byte first.
 */

/* All secrets must be there */
void secrets_check_found(GPtrArray *secrets, QTestState *qts);
/* Of no secret must there be more than @stray pieces */
void secrets_check_gone(GPtrArray *secrets, QTestState *qts,
                        unsigned int stray);

#endif
