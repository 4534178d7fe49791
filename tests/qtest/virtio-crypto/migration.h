/*
 * Migration from one QEMU to another one, for tests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_VIRTIO_CRYPTO_MIGRATION_H
#define TESTS_VIRTIO_CRYPTO_MIGRATION_H

#include "libqos/virtio-crypto-driver.h"

/* How another QEMU differs from the one that runs; NULL: it does not */
typedef struct MigrationTarget {
    /* Another type of backend, "cryptodev-backend-openssl" */
    const char *type;
    /* More for the backend, "queues=2" */
    const char *backend;
    /* More for the device on any transport, "max-sessions=8" */
    const char *device;
    /* Goes before the command: "NAME=value" */
    const char *environment;
} MigrationTarget;

/* A new folder for streams and messages; removed with all that is in it */
char *migration_dir_new(void);
void migration_dir_free(char *dir);

/*
 * Starts a QEMU with the options of @qts that waits for a stream.  Its messages
 * go to the file @messages, if that is not NULL.
 */
QTestState *migration_target(QTestState *qts, const MigrationTarget *target,
                             const char *messages);

/* Sets a parameter or a capability of migration */
void migration_set_bandwidth(QTestState *qts, int64_t bytes_per_second);
void migration_set_capability(QTestState *qts, const char *name);

/* Starts to send to, or to receive from, a URI */
void migration_send(QTestState *qts, const char *uri);
void migration_receive(QTestState *qts, const char *uri);

/* "active", "completed", "failed", "cancelled", ...; "none" before it starts */
char *migration_status(QTestState *qts);
/* Waits for the end of the migration; returns its status */
char *migration_wait_end(QTestState *qts);
/* Waits for the end, which must be @status */
void migration_wait(QTestState *qts, const char *status);
/* Waits until the machine runs */
void migration_wait_running(QTestState *qts);

/* Makes an image for snapshots, saves one there, and goes back to it */
void migration_add_image(QTestState *qts, const char *dir);
void migration_save_snapshot(QTestState *qts);
void migration_load_snapshot(QTestState *qts);

/*
 * Migrates to a new QEMU by a socket, ends the old one and goes on with the new
 * one: driver, device and global_qtest
 */
void migration_move(QVirtioCryptoDriver *d);
/* The same with other options */
void migration_move_to(QVirtioCryptoDriver *d, const MigrationTarget *options);
/* The same by a file, which is read when the old one has written it */
void migration_move_by_file(QVirtioCryptoDriver *d);
/* The latter half, for a @target that runs */
void migration_adopt(QVirtioCryptoDriver *d, QTestState *target);

#endif
