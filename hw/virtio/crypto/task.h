/*
 * The virtio crypto device: an operation that completes later, or a computation
 *
 * Nothing waits for a running operation, not even a reset or an unplug, and
 * guest memory may go away meanwhile.  So a task has copies of everything that
 * it reads, and keeps its result until the queue's context stores it.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_TASK_H
#define HW_VIRTIO_CRYPTO_TASK_H

#include "system/cryptodev-task.h"
#include "sessions.h"
#include "wire.h"

typedef struct VirtIOCryptoInFlight VirtIOCryptoInFlight;
typedef struct VirtIOCryptoReq VirtIOCryptoReq;
typedef struct VirtIOCryptoTask VirtIOCryptoTask;

/* What a task has copies of, and what it makes */
typedef enum VirtIOCryptoTaskPart {
    VIRTIO_CRYPTO_TASK_AAD,
    VIRTIO_CRYPTO_TASK_SRC,
    VIRTIO_CRYPTO_TASK_SIGNATURE,
    VIRTIO_CRYPTO_TASK_DST,
    VIRTIO_CRYPTO_TASK_DIGEST,
    VIRTIO_CRYPTO_TASK_PARTS,
} VirtIOCryptoTaskPart;

/**
 * VirtIOCryptoTask:
 * @base: the backend's part.  For a computation, @base.op has only the outcome,
 *        after the result is stored.
 * @in_flight: the tasks of its queue, from submission on
 * @req: the request that it belongs to and is freed with; NULL once it was
 *       disowned
 * @to_backend: whether the backend has it, or else the pool
 * @session: the session that it runs on, once it was disowned; the request's
 *           until then
 * @ended: whether it has run
 * @link: among @in_flight's, unless it was disowned
 * @next: another one that has ended
 * @wire: of a computation: the protocol that it came by
 * @big_endian: of a computation: as in VirtIOCryptoChain
 * @dst: where the result goes in the guest's memory
 * @computation: the computation, if it is one
 * @operands: its operands, which are in @bytes
 * @digest: where the digest of an operation goes in the guest's memory
 * @iov: the buffers of an operation, in @bytes, by VirtIOCryptoTaskPart
 * @len: bytes in @bytes
 *
 * The members from @in_flight to @next are in-flight.c's.
 */
struct VirtIOCryptoTask {
    CryptoDevTask base;
    VirtIOCryptoInFlight *in_flight;
    VirtIOCryptoReq *req;
    bool to_backend;
    VirtIOCryptoSessionUse session;
    bool ended;
    QTAILQ_ENTRY(VirtIOCryptoTask) link;
    QSLIST_ENTRY(VirtIOCryptoTask) next;
    const VirtIOCryptoWire *wire;
    bool big_endian;
    CryptoDevBuf dst;
    CryptoDevComputation computation;
    CryptoDevOperand operands[CRYPTODEV_OPERANDS_MAX];
    CryptoDevBuf digest;
    struct iovec iov[VIRTIO_CRYPTO_TASK_PARTS];
    size_t len;
    uint8_t bytes[];
};

/**
 * virtio_crypto_task_new:
 * @op: an operation that is to complete later
 *
 * Returns: a task that is to run it, for virtio_crypto_task_free(); NULL if
 * memory is short.
 */
VirtIOCryptoTask *virtio_crypto_task_new(const CryptoDevOp *op);

/**
 * virtio_crypto_task_new_computation:
 * @wire: the protocol that the request came by
 * @big_endian: as in VirtIOCryptoChain
 * @op: the session, or NULL; the list of operands, as the source; and where
 *      that of results goes, as the destination
 * @service: the service of the computation
 * @operation: its operation
 *
 * Returns: a task that is to compute, for virtio_crypto_task_free(); NULL if
 * the list is malformed or too long, or memory is short.
 */
VirtIOCryptoTask *
virtio_crypto_task_new_computation(const VirtIOCryptoWire *wire,
                                   bool big_endian, const CryptoDevOp *op,
                                   CryptodevService service,
                                   uint32_t operation);

/**
 * virtio_crypto_task_store:
 * @task: a task that has run
 *
 * Store its result in the guest's memory.  Only within the RCU critical section
 * that the request was taken in, or while its memory is held.
 */
void virtio_crypto_task_store(VirtIOCryptoTask *task);

/**
 * virtio_crypto_task_free:
 * @task: a task that does not run, or NULL
 *
 * Wipe and free it, its copies and its results.  Any thread may call this.
 */
void virtio_crypto_task_free(VirtIOCryptoTask *task);

#endif /* HW_VIRTIO_CRYPTO_TASK_H */
