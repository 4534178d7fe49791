/*
 * A made-up cryptography backend, which shows what it was asked to do
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * It has SHA-1, which takes batches; HMAC with SHA-256, which takes one
 * operation at a time; RSA and random numbers, which complete when the test
 * says so; and entropy, which takes batches.  What takes batches is of a kind
 * by its length.  Digests and results are all MADE_UP_BYTE.
 */

#ifndef TESTS_CRYPTODEV_MADE_UP_BACKEND_H
#define TESTS_CRYPTODEV_MADE_UP_BACKEND_H

#include "backends/cryptodev/driver.h"

#define TYPE_CRYPTODEV_BACKEND_MADE_UP "cryptodev-backend-made-up"
/* The same with a base, to which SHA-1 leaves sources that are too long */
#define TYPE_CRYPTODEV_BACKEND_MADE_UP_ABOVE "cryptodev-backend-made-up-above"

OBJECT_DECLARE_SIMPLE_TYPE(MadeUpBackend, CRYPTODEV_BACKEND_MADE_UP)

#define MADE_UP_BYTE 0xa5

/* The longest source of SHA-1 that is not left to the base */
#define MADE_UP_LONGEST 64

/* The one above leaves shorter sources to its base whatever else there is */
#define MADE_UP_SHORTEST 8

/* A length of digests of SHA-1 that it makes no sessions for */
#define MADE_UP_OTHER_LEN 19

/* Another one that only the backend with a base makes sessions for */
#define MADE_UP_ABOVE_LEN 18

/* A length of entropy that fails */
#define MADE_UP_WRONG_LEN 13

typedef struct MadeUpState {
    CryptoDevState parent;
    unsigned int batches;
} MadeUpState;

/**
 * MadeUpBackend:
 * @fails: whether it cannot be created
 * @batches: how many operations each batch of digests or of entropy had
 * @single: how many operations of HMAC there were, one at a time
 * @prefetched: how many sessions of HMAC were prefetched
 * @states: how many states there are
 * @sessions: how many sessions there are
 * @tasks: what was submitted, and has not ended
 * @submits: how many calls submitted tasks
 */
struct MadeUpBackend {
    CryptoDevBackend parent_obj;

    bool fails;
    GArray *batches;
    unsigned int single;
    unsigned int prefetched;
    int states;
    int sessions;
    QTAILQ_HEAD(, CryptoDevTask) tasks;
    unsigned int submits;
};

/* A new backend that is complete, under an ID if that is not NULL */
CryptoDevBackend *made_up_new(const char *type, const char *id);
void made_up_free(CryptoDevBackend *backend);

/* Complete the task that has waited longest. */
void made_up_complete_one(MadeUpBackend *made_up, CryptoDevStatus status);

#endif
