/*
 * Cryptography backends: what a session's first operation checks
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/atomic.h"
#include "qemu/lockable.h"
#include "late.h"

void cryptodev_late_check_init(CryptoDevLateCheck *check)
{
    qemu_mutex_init(&check->lock);
    check->state = CRYPTODEV_LATE_OPEN;
}

void cryptodev_late_check_destroy(CryptoDevLateCheck *check)
{
    qemu_mutex_destroy(&check->lock);
}

bool cryptodev_late_check_made(const CryptoDevLateCheck *check)
{
    return qatomic_load_acquire(&check->state) != CRYPTODEV_LATE_OPEN;
}

bool cryptodev_late_check_passed(const CryptoDevLateCheck *check)
{
    return qatomic_load_acquire(&check->state) == CRYPTODEV_LATE_PASSED;
}

static bool run(CryptoDevLateCheck *check, bool (*make)(void *opaque),
                void *opaque, CryptoDevLateState failed)
{
    if (qatomic_load_acquire(&check->state) == CRYPTODEV_LATE_OPEN) {
        QEMU_LOCK_GUARD(&check->lock);
        if (check->state == CRYPTODEV_LATE_OPEN) {
            qatomic_store_release(&check->state,
                                  make(opaque) ? CRYPTODEV_LATE_PASSED
                                               : failed);
        }
    }
    return qatomic_load_acquire(&check->state) == CRYPTODEV_LATE_PASSED;
}

bool cryptodev_late_check(CryptoDevLateCheck *check,
                          bool (*make)(void *opaque), void *opaque)
{
    return run(check, make, opaque, CRYPTODEV_LATE_FAILED);
}

bool cryptodev_late_try(CryptoDevLateCheck *check,
                        bool (*make)(void *opaque), void *opaque)
{
    return run(check, make, opaque, CRYPTODEV_LATE_OPEN);
}
