/*
 * The ipsec-mb backend: operations as jobs
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef BACKENDS_CRYPTODEV_IPSEC_MB_JOBS_H
#define BACKENDS_CRYPTODEV_IPSEC_MB_JOBS_H

#include "../cryptodev/driver.h"
#include "scratch.h"
#include "session.h"

/* The longest text that the library takes in lanes, in whole blocks of AES */
#define CRYPTODEV_MB_TEXT_MAX 65520

/* The most additional data of a job; it is CCM that takes no more. */
#define CRYPTODEV_MB_AAD_MAX 46

/* Bytes of the longest digest */
#define CRYPTODEV_MB_TAG_MAX 64

/**
 * CryptoDevMbTask:
 * @op: the operation
 * @outcome: whether it has ended
 * @done: how many bytes of the text are done
 * @len: how many bytes of it the job has
 * @copy: where the job works on a copy of them; NULL if it works in place
 * @iv: the job's initialization vector
 * @aad: additional data of AEAD
 * @tag: what the job has computed
 *
 * An operation that runs as a job, or as several ones after another.
 */
typedef struct CryptoDevMbTask {
    CryptoDevOp *op;
    enum {
        CRYPTODEV_MB_WAITS,
        CRYPTODEV_MB_DONE,
        CRYPTODEV_MB_REFUSED,
    } outcome;
    size_t done;
    size_t len;
    uint8_t *copy;
    uint8_t iv[CRYPTODEV_IV_MAX];
    uint8_t aad[CRYPTODEV_MB_AAD_MAX];
    uint8_t tag[CRYPTODEV_MB_TAG_MAX];
} CryptoDevMbTask;

/**
 * CryptoDevMbState:
 * @manager: the thread's manager, which has no jobs between batches; NULL if
 *           all operations are the base's
 * @scratch: room for copies, of which none is taken then; there is none without
 *           a manager
 * @tasks: the operations of a batch
 *
 * What a thread keeps.
 */
typedef struct CryptoDevMbState {
    CryptoDevState parent;
    IMB_MGR *manager;
    CryptoDevMbScratch scratch;
    CryptoDevMbTask tasks[CRYPTODEV_DRIVER_BATCH];
} CryptoDevMbState;

/**
 * CryptoDevMbJobs:
 * @measure: how many bytes of text an operation has; 0 if it cannot be a job
 * @begin: set what the job has beyond those of its session, and take the next
 *         bytes of the text; returns false if that takes more of the scratch
 *         than is left
 * @end: the job has ended, and is right: store what it computed; returns
 *       whether this was the last of the operation
 *
 * How operations of a driver become jobs.
 */
typedef struct CryptoDevMbJobs {
    size_t (*measure)(const CryptoDevOp *op);
    bool (*begin)(CryptoDevMbTask *task, CryptoDevMbScratch *scratch,
                  IMB_JOB *job);
    bool (*end)(CryptoDevMbTask *task);
} CryptoDevMbJobs;

/**
 * cryptodev_mb_state_new:
 * @backend: an ipsec-mb backend
 *
 * As CryptoDevBackendClass.new_state.
 */
CryptoDevState *cryptodev_mb_state_new(CryptoDevBackend *backend);

/* As CryptoDevBackendClass.free_state */
void cryptodev_mb_state_free(CryptoDevState *parent);

/**
 * cryptodev_mb_jobs_settle:
 * @session: a session that has its kind, and the keys for it
 *
 * Set from which length on its operations can be jobs.
 *
 * Returns: CRYPTODEV_OK, or CRYPTODEV_NOTSUPP if the library gets that kind
 * wrong.
 */
CryptoDevStatus cryptodev_mb_jobs_settle(CryptoDevMbSession *session);

/**
 * cryptodev_mb_jobs_leaves:
 * @parent: a session that was settled, of a driver whose texts are no longer
 *          than the source
 * @op: an operation
 *
 * As CryptoDevDriver.leaves.
 */
bool cryptodev_mb_jobs_leaves(const CryptoDevSession *parent,
                              const CryptoDevOp *op);

/**
 * cryptodev_mb_jobs_run:
 * @jobs: how the operations become jobs
 * @ops: operations, as for CryptoDevDriver.run_batch
 * @n: how many there are
 * @parent: likewise
 *
 * Run those that pay as jobs, and leave the others to the base: they are too
 * short or too few, or the library does not take them.
 */
void cryptodev_mb_jobs_run(const CryptoDevMbJobs *jobs, CryptoDevOp **ops,
                           size_t n, CryptoDevState *parent);

#endif /* BACKENDS_CRYPTODEV_IPSEC_MB_JOBS_H */
