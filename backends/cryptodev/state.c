/*
 * Cryptography backends: what a thread keeps from batch to batch
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "system/cryptodev.h"

CryptoDevState *cryptodev_state_new(CryptoDevBackend *backend)
{
    CryptoDevBackendClass *class = CRYPTODEV_BACKEND_GET_CLASS(backend);
    CryptoDevState *base =
        backend->base ? cryptodev_state_new(backend->base) : NULL;
    CryptoDevState *state;

    if (!base && !class->new_state) {
        return NULL;
    }
    state = class->new_state ? class->new_state(backend)
                             : g_new(CryptoDevState, 1);
    *state = (CryptoDevState) { .backend = backend, .base = base };
    return state;
}

void cryptodev_state_free(CryptoDevState *state)
{
    CryptoDevBackendClass *class;

    if (!state) {
        return;
    }
    class = CRYPTODEV_BACKEND_GET_CLASS(state->backend);
    cryptodev_state_free(state->base);
    if (class->free_state) {
        class->free_state(state);
    } else {
        g_free(state);
    }
}
