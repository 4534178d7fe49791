/*
 * Reader of NIST response files (.rsp), the form of most test vectors
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * A file is a row of records parted by empty lines; a record has lines of
 * "name = value".  Lines "[ENCRYPT]" or "[mod = 1024]" begin a section.
 */

#ifndef TESTS_VIRTIO_CRYPTO_RSP_H
#define TESTS_VIRTIO_CRYPTO_RSP_H

typedef struct RspRecord {
    char *section;
    GHashTable *fields;
} RspRecord;

/* Reads a file into an array of RspRecord; a missing file is an error */
GPtrArray *rsp_read(const char *path);
/* NULL if the record has no such field */
const char *rsp_text(const RspRecord *record, const char *name);
/* The field in binary; NULL if the record has no such field */
GByteArray *rsp_hex(const RspRecord *record, const char *name);
/* Bytes of hexadecimal text, which may contain white space */
GByteArray *hex_to_bytes(const char *hex);

/*
 * A file's vectors: all are to be run, or a sample of them where not all are
 * worth their time again.  The environment's VIRTIO_CRYPTO_SAMPLE=N makes it
 * one in N, the first one among them, so that it is the same in each run.
 */
typedef struct VectorCount {
    unsigned int seen;
    unsigned int taken;
} VectorCount;

/* Counts one more vector; returns whether it is to be run */
bool vectors_take(VectorCount *count);

/* How many of @n random cases are to be run: all, or a sample, at least one */
unsigned int sample_size(unsigned int n);

/* Of cases with numbers, those that are multiples of this are to be run */
unsigned int sample_step(void);

/*
 * Where the vectors are, as a path to @name below it; it is an error if the
 * environment does not say so.
 */
char *vectors_path(const char *name);

#endif
