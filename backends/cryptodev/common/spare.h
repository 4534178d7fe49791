/*
 * Cryptography backends: a state that is kept for the next operation
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_SPARE_H
#define BACKENDS_CRYPTODEV_SPARE_H

#include "qemu/atomic.h"

/**
 * CryptoDevSpare:
 * @state: a state with the key that no operation uses, or NULL
 *
 * Whoever takes the state owns it, so that operations on one key, on several
 * threads, need no lock.  Who finds none opens another.
 */
typedef struct CryptoDevSpare {
    void *state;
} CryptoDevSpare;

/**
 * cryptodev_spare_take:
 * @spare: where states are kept
 *
 * Any thread may call this.
 *
 * Returns: the state, which the caller owns, or NULL.
 */
static inline void *cryptodev_spare_take(CryptoDevSpare *spare)
{
    return qatomic_xchg(&spare->state, NULL);
}

/**
 * cryptodev_spare_give:
 * @spare: where states are kept
 * @state: one that the caller owns
 *
 * Keep a state, unless one is kept already.  Any thread may call this.
 *
 * Returns: false if the caller has to close @state, and true if it was taken.
 */
static inline bool cryptodev_spare_give(CryptoDevSpare *spare, void *state)
{
    return !qatomic_cmpxchg(&spare->state, NULL, state);
}

/**
 * cryptodev_spares_take:
 * @spares: where states are kept, for as many threads at once
 * @n: how many there may be
 *
 * Any thread may call this.
 *
 * Returns: a state, which the caller owns, or NULL.
 */
static inline void *cryptodev_spares_take(CryptoDevSpare *spares, size_t n)
{
    void *state = NULL;

    for (size_t i = 0; i < n && !state; i++) {
        state = cryptodev_spare_take(&spares[i]);
    }
    return state;
}

/**
 * cryptodev_spares_give:
 * @spares: where states are kept
 * @n: how many there may be
 * @state: one that the caller owns
 *
 * Keep a state, unless there are enough.  Any thread may call this.
 *
 * Returns: false if the caller has to close @state, and true if it was taken.
 */
static inline bool cryptodev_spares_give(CryptoDevSpare *spares, size_t n,
                                         void *state)
{
    for (size_t i = 0; i < n; i++) {
        if (cryptodev_spare_give(&spares[i], state)) {
            return true;
        }
    }
    return false;
}

#endif /* BACKENDS_CRYPTODEV_SPARE_H */
