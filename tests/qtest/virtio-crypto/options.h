/*
 * Command line options of single virtio-crypto tests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_OPTIONS_H
#define TESTS_VIRTIO_CRYPTO_OPTIONS_H

#include "libqos/qgraph.h"

typedef struct CryptoOptions {
    /* For the backend, "queues=4" */
    const char *backend;
    /* Whether the backend is the one for tests; see test-backend.h */
    bool test_backend;
    /* For the device on any transport, "max-sessions=8" */
    const char *device;
    /* The device's iothread-vq-mapping, in JSON */
    const char *mapping;
    /* More of the command line, with a space before it */
    const char *more;
    /* For tests with many requests; see libqos/shared-ram.h */
    bool shared_ram;
} CryptoOptions;

/* For tests that have another argument, as QOSGraphTestOptions.before */
void *add_shared_ram(GString *cmd_line, void *arg);
/* Nothing but shared_ram */
extern const CryptoOptions shared_ram;

/* Adds a test that needs @options (which must live on), or none if NULL */
void add_crypto_test(const char *name, const char *interface,
                     QOSTestFunc function, const CryptoOptions *options);

/*
 * The same for a device of any transport, and with "rfc-" before its name for
 * one that speaks RFC v1
 */
void add_crypto_test_both(const char *name, QOSTestFunc function,
                          const CryptoOptions *options);

#endif
