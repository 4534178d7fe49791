/*
 * Wire protocols of the crypto device: bytes to neutral requests, and back
 *
 * A wire protocol holds no state, runs no cryptography and touches no
 * virtqueue.  Its functions are pure: they may run in any thread.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_WIRE_H
#define HW_VIRTIO_CRYPTO_WIRE_H

#include "system/cryptodev-compute.h"

/**
 * VirtIOCryptoSpan:
 * @offset: bytes before the span, counted from the start of the readable or of
 *          the writable part of a chain
 * @len: bytes in the span
 */
typedef struct VirtIOCryptoSpan {
    uint64_t offset;
    uint64_t len;
} VirtIOCryptoSpan;

/**
 * virtio_crypto_take_span:
 * @end: bytes that have been laid out so far; moved behind the span
 * @len: bytes in the span
 *
 * Lay out the next parameter in a part of a chain.  The caller can check the
 * chain's length once, at the end: the sum of a few 32-bit lengths does not
 * overflow 64 bits.
 *
 * Returns: the parameter's span.
 */
static inline VirtIOCryptoSpan virtio_crypto_take_span(uint64_t *end,
                                                       uint32_t len)
{
    VirtIOCryptoSpan span = { *end, len };

    *end += len;
    return span;
}

/**
 * VirtIOCryptoChain:
 * @head: the device's own copy of the first bytes that the device may read
 * @head_len: bytes in @head: all that is readable, or as many as the protocol
 *            ever needs
 * @readable: bytes of the whole chain that the device may read
 * @writable: bytes of the whole chain that the device may write
 * @features: feature bits that the driver has accepted
 * @big_endian: whether fields in the driver's byte order are big-endian
 * @max_size: the most bytes in a request; the protocol defines which of its
 *            bytes count
 *
 * A request as it came off a virtqueue.  Its contents are not to be trusted.
 * Its lengths are those of the descriptors, and the head holds at least the
 * protocol's general header.
 */
typedef struct VirtIOCryptoChain {
    const uint8_t *head;
    size_t head_len;
    uint64_t readable;
    uint64_t writable;
    uint64_t features;
    bool big_endian;
    uint64_t max_size;
} VirtIOCryptoChain;

/**
 * virtio_crypto_take_key:
 * @chain: a control request
 * @offset: where the key begins in the head; moved behind the key
 * @len: bytes in the key
 * @key: set to the key, within the chain's head
 * @key_len: set to @len
 *
 * Returns: false, with nothing set, if the head ends within the key.
 */
static inline bool virtio_crypto_take_key(const VirtIOCryptoChain *chain,
                                          size_t *offset, uint32_t len,
                                          const uint8_t **key,
                                          size_t *key_len)
{
    if (len > chain->head_len - *offset) {
        return false;
    }
    *key = chain->head + *offset;
    *key_len = len;
    *offset += len;
    return true;
}

typedef enum VirtIOCryptoCtrlType {
    VIRTIO_CRYPTO_CTRL_UNKNOWN,
    VIRTIO_CRYPTO_CTRL_CREATE,
    VIRTIO_CRYPTO_CTRL_DESTROY,
} VirtIOCryptoCtrlType;

/**
 * VirtIOCryptoCtrlReq:
 * @type: what the request asks for
 * @operands: room for the operands of @params
 * @outcome_len: bytes in the answer: a chain with fewer writable bytes breaks
 *               the device
 * @params: the session to create; its keys and operands point into the chain's
 *          head
 * @session_id: the session to destroy
 * @service: the service that the session to destroy must belong to, or
 *           CRYPTODEV_SERVICE__MAX for any
 *
 * A control request.
 */
typedef struct VirtIOCryptoCtrlReq {
    VirtIOCryptoCtrlType type;
    size_t outcome_len;
    CryptoDevOperand operands[CRYPTODEV_OPERANDS_MAX];
    union {
        CryptoDevSessionParams params;
        struct {
            uint64_t session_id;
            CryptodevService service;
        };
    };
} VirtIOCryptoCtrlReq;

/* The longest answer to a control request, in bytes */
#define VIRTIO_CRYPTO_OUTCOME_MAX 16

/* The most bytes that any protocol looks at in the head of a data request */
#define VIRTIO_CRYPTO_DATA_HEAD_MAX 128

/**
 * VirtIOCryptoDataReq:
 * @type: the operation
 * @computes: whether the request is a computation: then @src is the list of its
 *            operands, and @dst is the room for the list of its results
 * @service: the service of a computation; else undefined
 * @operation: the operation of a computation; else undefined
 * @stateless: whether the request carries its own session
 * @keys: the keys of a stateless request in the readable part: the session's
 *        key, at most CRYPTODEV_KEY_MAX bytes, and then the one of a chain's
 *        hash, at most CRYPTODEV_AUTH_KEY_MAX bytes
 * @iv: initialization vector, counter, tweak or nonce in the readable part
 * @aad: additional authenticated data in the readable part
 * @src: source data in the readable part
 * @signature: signature in the readable part
 * @dst: destination data in the writable part
 * @digest: where the digest goes in the writable part
 * @cipher_range: as in CryptoDevOp
 * @hash_range: as in CryptoDevOp
 * @params: the session of a stateless request, without the keys; else undefined
 *
 * A data request.  All spans lie within the chain and leave out the status.
 */
typedef struct VirtIOCryptoDataReq {
    CryptoDevOpType type;
    bool computes;
    CryptodevService service;
    uint32_t operation;
    bool stateless;
    VirtIOCryptoSpan keys;
    VirtIOCryptoSpan iv;
    VirtIOCryptoSpan aad;
    VirtIOCryptoSpan src;
    VirtIOCryptoSpan signature;
    VirtIOCryptoSpan dst;
    VirtIOCryptoSpan digest;
    CryptoDevRange cipher_range;
    CryptoDevRange hash_range;
    CryptoDevSessionParams params;
} VirtIOCryptoDataReq;

/**
 * VirtIOCryptoWire:
 * @device_id: the virtio device ID
 * @config_len: bytes in configuration space
 * @revision_1_features: feature bits of its request layout of REVISION_1, and
 *                       those that need it; 0 if it has no such layout
 * @stateless_features: feature bits of stateless mode; 0 if it has none
 * @ctrl_queue_first: whether the control queue is the first virtqueue; else it
 *                    is the last one
 * @ctrl_status_last: whether a control request, like a data request, has its
 *                    status in the last byte of the chain, by @encode_status
 * @ctrl_header_len: bytes in the general header of a control request
 * @ctrl_head_max: the most bytes that @decode_ctrl looks at
 * @data_header_len: bytes in the general header of a data request
 * @data_head_max: the most bytes that @decode_data looks at, at most
 *                 VIRTIO_CRYPTO_DATA_HEAD_MAX
 *
 * A wire protocol.
 */
typedef struct VirtIOCryptoWire {
    uint16_t device_id;
    size_t config_len;
    uint64_t revision_1_features;
    uint64_t stateless_features;
    bool ctrl_queue_first;
    bool ctrl_status_last;
    size_t ctrl_header_len;
    size_t ctrl_head_max;
    size_t data_header_len;
    size_t data_head_max;

    /**
     * @get_features:
     * @backend: whose capabilities the device has
     *
     * Returns: the device's own feature bits.
     */
    uint64_t (*get_features)(CryptoDevBackend *backend);

    /**
     * @check_features:
     * @features: feature bits that a driver wants to use together
     *
     * Returns: whether @features has every bit that another one depends on.
     */
    bool (*check_features)(uint64_t features);

    /**
     * @offers:
     * @service: a service
     * @algo: an algorithm or operation of it
     *
     * Returns: whether the protocol has a number for it, so that a driver can
     * use it if the backend has it.
     */
    bool (*offers)(CryptodevService service, uint32_t algo);

    /**
     * @get_config:
     * @backend: whose capabilities the device has
     * @ready: whether it is ready
     * @max_size: as in VirtIOCryptoChain
     * @big_endian: likewise
     * @config: where configuration space goes, @config_len bytes
     */
    void (*get_config)(CryptoDevBackend *backend, bool ready,
                       uint64_t max_size, bool big_endian, uint8_t *config);

    /**
     * @decode_ctrl:
     * @chain: a control request
     * @req: where it is decoded to.  @type and @outcome_len are set whatever
     *       this returns; the rest only if it returns CRYPTODEV_OK.
     *
     * Returns: CRYPTODEV_OK, or the status to answer with.
     */
    CryptoDevStatus (*decode_ctrl)(const VirtIOCryptoChain *chain,
                                   VirtIOCryptoCtrlReq *req);

    /**
     * @encode_ctrl:
     * @chain: a control request
     * @req: what it was decoded to
     * @status: its status
     * @session_id: the session that it created, if it did
     * @outcome: the answer, which goes to the start of the writable part
     *
     * Returns: bytes in @outcome.
     */
    size_t (*encode_ctrl)(const VirtIOCryptoChain *chain,
                          const VirtIOCryptoCtrlReq *req,
                          CryptoDevStatus status, uint64_t session_id,
                          uint8_t outcome[VIRTIO_CRYPTO_OUTCOME_MAX]);

    /**
     * @session_of:
     * @chain: a data request
     *
     * Returns: the id of the session to run on; 0 if the request names none.
     */
    uint64_t (*session_of)(const VirtIOCryptoChain *chain);

    /**
     * @decode_data:
     * @chain: a data request; at least one byte is writable
     * @session: the session that @session_of named; NULL if there is none
     * @req: where it is decoded to: uninitialized memory.  If this returns
     *       CRYPTODEV_OK, all fields are set but those that VirtIOCryptoDataReq
     *       says are undefined; else all are undefined.
     *
     * Returns: CRYPTODEV_OK, or the status to answer with.
     */
    CryptoDevStatus (*decode_data)(const VirtIOCryptoChain *chain,
                                   const CryptoDevSession *session,
                                   VirtIOCryptoDataReq *req);

    /**
     * @decode_operands: NULL if the protocol has no computations
     * @bytes: the list of a computation's operands; @operands point into it
     * @len: bytes in @bytes
     * @big_endian: as in VirtIOCryptoChain
     * @operands: where they are decoded to, CRYPTODEV_OPERANDS_MAX of them
     * @n: set to how many there are
     *
     * Returns: whether @bytes is exactly one well-formed list.
     */
    bool (*decode_operands)(const uint8_t *bytes, size_t len, bool big_endian,
                            CryptoDevOperand *operands, size_t *n);

    /**
     * @results_len:
     * @results: a computation's results
     * @n: how many there are
     *
     * Returns: bytes in their encoding.
     */
    size_t (*results_len)(const CryptoDevResult *results, size_t n);

    /**
     * @encode_results:
     * @results: a computation's results
     * @n: how many there are
     * @big_endian: as in VirtIOCryptoChain
     * @bytes: the encoding; it has as many bytes as @results_len returned
     */
    void (*encode_results)(const CryptoDevResult *results, size_t n,
                           bool big_endian, uint8_t *bytes);

    /**
     * @encode_status:
     * @status: the status of a request
     *
     * Returns: the status byte.
     */
    uint8_t (*encode_status)(CryptoDevStatus status);
} VirtIOCryptoWire;

/* virtio 1.4, chapter "Crypto Device" */
extern const VirtIOCryptoWire virtio_crypto_wire_virtio;

/* RFC v1 */
extern const VirtIOCryptoWire virtio_crypto_wire_rfc;

#endif /* HW_VIRTIO_CRYPTO_WIRE_H */
