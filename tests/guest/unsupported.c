/*
 * A preloaded library that corrects an error code of DPDK
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * DPDK's driver does not support sessions that only authenticate.  Before 25.03
 * it fails to open them, but not with ENOTSUP.  dpdk-test expects ENOTSUP: it
 * goes on without a session, and crashes.
 */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stddef.h>
#include <stdint.h>

#define CREATE "rte_cryptodev_sym_session_create"
#define ERROR "per_lcore__rte_errno"
#define AUTHENTICATE 1

/* The beginning of struct rte_crypto_sym_xform */
typedef struct Transform {
    struct Transform *next;
    int type;
} Transform;

typedef void *Create(uint8_t device, Transform *transform, void *pool);

Create rte_cryptodev_sym_session_create;

void *rte_cryptodev_sym_session_create(uint8_t device, Transform *transform,
                                       void *pool)
{
    Create *create = dlsym(RTLD_NEXT, CREATE);
    void *session = create(device, transform, pool);

    if (!session && transform->type == AUTHENTICATE && !transform->next) {
        *(int *)dlsym(RTLD_DEFAULT, ERROR) = ENOTSUP;
    }
    return session;
}
