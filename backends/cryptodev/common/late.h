/*
 * Cryptography backends: what a session's first operation checks
 *
 * The main loop creates sessions, so this must be quick: there is time to check
 * the form and the sizes of the numbers, but not to compute with them.  The
 * session's first operation that needs it does so, in another thread.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_LATE_H
#define BACKENDS_CRYPTODEV_LATE_H

#include "qemu/thread.h"

typedef enum CryptoDevLateState {
    CRYPTODEV_LATE_OPEN,
    CRYPTODEV_LATE_PASSED,
    CRYPTODEV_LATE_FAILED,
} CryptoDevLateState;

/**
 * CryptoDevLateCheck:
 * @lock: held while the check is made
 * @state: whether it was made, and its outcome; read without the lock
 */
typedef struct CryptoDevLateCheck {
    QemuMutex lock;
    CryptoDevLateState state;
} CryptoDevLateCheck;

/**
 * cryptodev_late_check_init:
 * @check: the check to set up, which is not made yet
 */
void cryptodev_late_check_init(CryptoDevLateCheck *check);

/**
 * cryptodev_late_check_destroy:
 * @check: a check that is not in use
 */
void cryptodev_late_check_destroy(CryptoDevLateCheck *check);

/**
 * cryptodev_late_check_made:
 * @check: a check
 *
 * Any thread may call this.
 *
 * Returns: whether it was made, so that cryptodev_late_check() takes no time.
 */
bool cryptodev_late_check_made(const CryptoDevLateCheck *check);

/**
 * cryptodev_late_check_passed:
 * @check: a check
 *
 * Any thread may call this.
 *
 * Returns: whether it was made, and cryptodev_late_check() returns true.
 */
bool cryptodev_late_check_passed(const CryptoDevLateCheck *check);

/**
 * cryptodev_late_check:
 * @check: a check
 * @make: makes it, and may complete what it checks; called once, by one thread
 * @opaque: for @make
 *
 * Make the check unless it was made before.  Many threads can call this at
 * once: all of them return after the check.
 *
 * Returns: what @make returned.
 */
bool cryptodev_late_check(CryptoDevLateCheck *check,
                          bool (*make)(void *opaque), void *opaque);

/**
 * cryptodev_late_try:
 * @check: a check
 * @make: makes it; called by one thread at a time, until it has returned true
 * @opaque: for @make
 *
 * As cryptodev_late_check(), for what fails only where the library does: that
 * may pass, so a failure is no outcome.
 *
 * Returns: whether @make has returned true.
 */
bool cryptodev_late_try(CryptoDevLateCheck *check,
                        bool (*make)(void *opaque), void *opaque);

#endif /* BACKENDS_CRYPTODEV_LATE_H */
