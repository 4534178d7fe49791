/*
 * Cryptography backends: limits to what is done in a second
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qemu/lockable.h"
#include "system/cryptodev.h"

static const struct {
    const char *name;
    const char *description;
} limits[CRYPTODEV_LIMITS] = {
    [CRYPTODEV_LIMIT_OPS] = {
        "throttle-ops", "Most operations per second (default: 0, no limit)",
    },
    [CRYPTODEV_LIMIT_BYTES] = {
        "throttle-bps", "Most bytes per second (default: 0, no limit)",
    },
};

void cryptodev_throttle_init(CryptoDevThrottle *throttle)
{
    qemu_mutex_init(&throttle->lock);
}

void cryptodev_throttle_destroy(CryptoDevThrottle *throttle)
{
    qemu_mutex_destroy(&throttle->lock);
}

static void leak(CryptoDevThrottle *throttle)
{
    int64_t now = qemu_clock_get_ns(QEMU_CLOCK_REALTIME);

    for (int i = 0; i < CRYPTODEV_LIMITS; i++) {
        throttle_leak_bucket(&throttle->buckets[i], now - throttle->leaked);
    }
    throttle->leaked = now;
}

int64_t cryptodev_throttle_wait(CryptoDevThrottle *throttle)
{
    int64_t longest = 0;

    QEMU_LOCK_GUARD(&throttle->lock);
    leak(throttle);
    for (int i = 0; i < CRYPTODEV_LIMITS; i++) {
        longest = MAX(longest, throttle_compute_wait(&throttle->buckets[i]));
    }
    return longest;
}

void cryptodev_throttle_account(CryptoDevThrottle *throttle, uint64_t bytes)
{
    QEMU_LOCK_GUARD(&throttle->lock);
    throttle->buckets[CRYPTODEV_LIMIT_OPS].level += 1;
    throttle->buckets[CRYPTODEV_LIMIT_BYTES].level += bytes;
}

/* What was done under the limit before does not count for the new one. */
static void set_limit(CryptoDevThrottle *throttle, CryptoDevLimit limit,
                      uint64_t value)
{
    bool on = false;

    QEMU_LOCK_GUARD(&throttle->lock);
    leak(throttle);
    throttle->buckets[limit] = (LeakyBucket) { .avg = value };
    for (int i = 0; i < CRYPTODEV_LIMITS; i++) {
        on |= throttle->buckets[i].avg > 0;
    }
    qatomic_set(&throttle->on, on);
}

static CryptoDevLimit find_limit(const char *name)
{
    CryptoDevLimit limit = 0;

    while (!g_str_equal(limits[limit].name, name)) {
        limit++;
        g_assert(limit < CRYPTODEV_LIMITS);
    }
    return limit;
}

static void get_property(Object *obj, Visitor *v, const char *name,
                         void *opaque, Error **errp)
{
    CryptoDevThrottle *throttle = &CRYPTODEV_BACKEND(obj)->throttle;

    /* The main thread alone sets it. */
    visit_type_uint64(v, name, &throttle->buckets[find_limit(name)].avg, errp);
}

static void set_property(Object *obj, Visitor *v, const char *name,
                         void *opaque, Error **errp)
{
    CryptoDevBackend *backend = CRYPTODEV_BACKEND(obj);
    uint64_t value;

    if (!visit_type_uint64(v, name, &value, errp)) {
        return;
    }
    if (value > THROTTLE_VALUE_MAX) {
        error_setg(errp, "'%s' must be between 0 and %lld", name,
                   THROTTLE_VALUE_MAX);
        return;
    }
    set_limit(&backend->throttle, find_limit(name), value);
    if (backend->user_ops) {
        backend->user_ops->limits_changed(backend->user);
    }
}

void cryptodev_throttle_add_properties(ObjectClass *class)
{
    for (int i = 0; i < CRYPTODEV_LIMITS; i++) {
        object_class_property_add(class, limits[i].name, "uint64",
                                  get_property, set_property, NULL, NULL);
        object_class_property_set_description(class, limits[i].name,
                                              limits[i].description);
    }
}
