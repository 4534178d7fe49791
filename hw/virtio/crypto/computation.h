/*
 * The virtio crypto device: a data request that is a computation
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_COMPUTE_H
#define HW_VIRTIO_CRYPTO_COMPUTE_H

#include "wire.h"

/* A computation with its own copy of the operands, and its encoded results */
typedef struct VirtIOCryptoComputation VirtIOCryptoComputation;

/**
 * virtio_crypto_computation_new:
 * @wire: the protocol that the request came by
 * @src: the list of operands, in the guest's memory
 * @big_endian: as in VirtIOCryptoChain
 *
 * Returns: a computation, which the caller owns; NULL if the list is malformed
 * or too long, or memory is short.
 */
VirtIOCryptoComputation *
virtio_crypto_computation_new(const VirtIOCryptoWire *wire, CryptoDevBuf src,
                              bool big_endian);

/**
 * virtio_crypto_computation_set:
 * @computation: a computation that is new
 * @service: its service
 * @operation: its operation
 * @session: the session that it runs on, or NULL; the caller keeps it alive
 */
void virtio_crypto_computation_set(VirtIOCryptoComputation *computation,
                                   CryptodevService service,
                                   uint32_t operation,
                                   CryptoDevSession *session);

/**
 * virtio_crypto_computation_describe:
 * @computation: a computation
 * @service: set to its service
 * @operation: set to its operation
 *
 * Returns: bytes in its list of operands.
 */
size_t
virtio_crypto_computation_describe(const VirtIOCryptoComputation *computation,
                                   CryptodevService *service,
                                   uint32_t *operation);

/**
 * virtio_crypto_computation_run:
 * @computation: a computation
 * @backend: the backend that made its session
 * @room: how many bytes its results may have
 * @op: where @status and @result_len are set
 *
 * Compute in the calling thread.
 */
void virtio_crypto_computation_run(VirtIOCryptoComputation *computation,
                                   CryptoDevBackend *backend, size_t room,
                                   CryptoDevOp *op);

/**
 * virtio_crypto_computation_result:
 * @computation: a computation that has run
 *
 * Returns: the encoded results; NULL if there are none.
 */
const uint8_t *
virtio_crypto_computation_result(const VirtIOCryptoComputation *computation);

/**
 * virtio_crypto_computation_free:
 * @computation: a computation, or NULL
 *
 * Wipe operands and results, and free them.
 */
void virtio_crypto_computation_free(VirtIOCryptoComputation *computation);

#endif /* HW_VIRTIO_CRYPTO_COMPUTE_H */
