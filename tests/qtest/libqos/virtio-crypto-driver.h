/*
 * A test's virtio-crypto driver: queues, sessions and operations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef TESTS_LIBQOS_VIRTIO_CRYPTO_DRIVER_H
#define TESTS_LIBQOS_VIRTIO_CRYPTO_DRIVER_H

#include "standard-headers/linux/virtio_crypto.h"
#include "virtio-crypto-request.h"

/* In the specification, but not in Linux's header */
#define QVIRTIO_CRYPTO_F_REVISION_1                 0
#define QVIRTIO_CRYPTO_F_CIPHER_STATELESS_MODE      1
#define QVIRTIO_CRYPTO_F_HASH_STATELESS_MODE        2
#define QVIRTIO_CRYPTO_F_MAC_STATELESS_MODE         3
#define QVIRTIO_CRYPTO_F_AEAD_STATELESS_MODE        4
#define QVIRTIO_CRYPTO_F_AKCIPHER_STATELESS_MODE    5
#define QVIRTIO_CRYPTO_FLAG_SESSION_MODE            1

typedef struct QVirtioCryptoDriver {
    QTestState *qts;
    /* Mapped if QEMU was started with SHARED_RAM */
    QGuestMemory memory;
    QVirtioDevice *vdev;
    QGuestAllocator *alloc;
    GRand *rand;
    /* Whether it speaks RFC v1, and for that its sessions, by id */
    bool rfc;
    GHashTable *rfc_sessions;
    /* Negotiated on every start */
    uint64_t features;
    /* In these, the data queues come first, whatever their index is */
    uint32_t n_data;
    QVirtQueue **vqs;
    QVirtRing **rings;
    /* Which requests are in a ring, by id */
    QVirtioCryptoRequest ***pending;
    /* Shape of control requests */
    QVirtioCryptoShape control_shape;
} QVirtioCryptoDriver;

/*
 * Features that a driver adds to VERSION_1 (if offered): a set of bits.
 * A driver fails if one of them is not offered.  A driver of RFC v1, which is
 * what the device decides, adds the bit of symmetric algorithms, too.
 */
QVirtioCryptoDriver *qvirtio_crypto_start(QTestState *qts,
                                          QVirtioDevice *vdev,
                                          QGuestAllocator *alloc,
                                          uint64_t features);
/*
 * Goes on with a device that another driver has started with these features,
 * and whose queues were reset
 */
QVirtioCryptoDriver *qvirtio_crypto_adopt(QTestState *qts,
                                          QVirtioDevice *vdev,
                                          QGuestAllocator *alloc,
                                          uint64_t features);
/* Resets the device and starts it again; forgets pending requests */
void qvirtio_crypto_restart(QVirtioCryptoDriver *d);
/* Goes on with the same device in another QEMU, which it was migrated to */
void qvirtio_crypto_move(QVirtioCryptoDriver *d, QTestState *qts);
/* Resets the device and frees the driver */
void qvirtio_crypto_stop(QVirtioCryptoDriver *d);
/* Frees the driver of a device that is gone */
void qvirtio_crypto_abandon(QVirtioCryptoDriver *d);
bool qvirtio_crypto_has(QVirtioCryptoDriver *d, unsigned int feature);
/*
 * Statuses have the numbers of the ratified protocol in all functions here.
 * RFC v1 has fewer: this is the one that it has for @status.
 */
uint8_t qvirtio_crypto_expected(QVirtioCryptoDriver *d, uint8_t status);
/* Whether the driver has REVISION_1, which is a bit of the ratified protocol */
bool qvirtio_crypto_has_revision_1(QVirtioCryptoDriver *d);

/* The control queue is n_data to all functions here */
void qvirtio_crypto_submit(QVirtioCryptoDriver *d, uint32_t queue,
                           QVirtioCryptoRequest *req,
                           const QVirtioCryptoShape *shape);
/* Submits without telling the device, unless the ring is full */
void qvirtio_crypto_enqueue(QVirtioCryptoDriver *d, uint32_t queue,
                            QVirtioCryptoRequest *req,
                            const QVirtioCryptoShape *shape);
/* Takes the chains that are used by now; true if there were any */
bool qvirtio_crypto_poll(QVirtioCryptoDriver *d, uint32_t queue);
void qvirtio_crypto_wait(QVirtioCryptoDriver *d, uint32_t queue,
                         QVirtioCryptoRequest *req);
/* Returns what x-query-virtio-status shows for the device */
QDict *qvirtio_crypto_query(QVirtioCryptoDriver *d);
/* Same for x-query-virtio-queue-status: requests that were taken off a queue */
int64_t qvirtio_crypto_in_use(QVirtioCryptoDriver *d, uint32_t queue);
/* Whether the device needs a reset to go on */
bool qvirtio_crypto_is_broken(QVirtioCryptoDriver *d);
void qvirtio_crypto_wait_broken(QVirtioCryptoDriver *d);

/* A request to create a session; tests can set any field to nonsense */
typedef struct QVirtioCryptoSession {
    uint32_t opcode;
    uint32_t algo;
    uint32_t op;            /* direction; AKCIPHER: key type */
    uint32_t op_type;
    uint32_t padding;       /* RSA */
    uint32_t hash;          /* RSA */
    uint32_t curve;         /* ECDSA */
    uint32_t result_len;    /* of a digest, or of an AEAD's tag */
    uint32_t aad_len;       /* AEAD and chains */
    uint32_t key_len;
    const uint8_t *key;
    size_t key_bytes;       /* how many are really sent */
    /* Chains: the hash or MAC, and its key if it has one */
    uint32_t order;
    uint32_t hash_mode;
    uint32_t auth_algo;
    uint32_t auth_key_len;
    const uint8_t *auth_key;
    size_t auth_key_bytes;
    size_t cut;             /* readable bytes to send, 0: all */
} QVirtioCryptoSession;

QVirtioCryptoSession qvirtio_crypto_cipher(uint32_t algo, bool encrypt,
                                           const void *key, size_t len);
QVirtioCryptoSession qvirtio_crypto_rsa(bool private, uint32_t padding,
                                        uint32_t hash, const void *key,
                                        size_t len);
/*
 * Results are not longer than @result_len; keys are not copied.  With RFC v1,
 * a hash can be a nested one: the key is its prefixes.
 */
QVirtioCryptoSession qvirtio_crypto_hash(uint32_t algo, uint32_t result_len);
QVirtioCryptoSession qvirtio_crypto_mac(uint32_t algo, uint32_t result_len,
                                        const void *key, size_t len);
QVirtioCryptoSession qvirtio_crypto_aead(uint32_t algo, bool encrypt,
                                         uint32_t tag_len, const void *key,
                                         size_t len);
/* A cipher and a hash or MAC, by VIRTIO_CRYPTO_SYM_ALG_CHAIN_ORDER_* */
QVirtioCryptoSession
qvirtio_crypto_chain(const QVirtioCryptoSession *cipher, uint32_t order,
                     uint32_t hash_mode, uint32_t auth_algo,
                     uint32_t result_len, const void *auth_key,
                     size_t auth_key_len);
QVirtioCryptoSession qvirtio_crypto_ecdsa(bool private, uint32_t curve,
                                          const void *key, size_t len);
QVirtioCryptoSession qvirtio_crypto_dsa(bool private, const void *key,
                                        size_t len);
/* Returns the status, and the id if it is OK */
uint32_t qvirtio_crypto_try_create(QVirtioCryptoDriver *d,
                                   const QVirtioCryptoSession *session,
                                   uint64_t *id);
/* Returns the id; it is an error if there is none */
uint64_t qvirtio_crypto_create(QVirtioCryptoDriver *d,
                               const QVirtioCryptoSession *session);
/* The requests for both, for callers that submit and wait themselves */
QVirtioCryptoRequest *
qvirtio_crypto_create_request(QVirtioCryptoDriver *d,
                              const QVirtioCryptoSession *session);
QVirtioCryptoRequest *
qvirtio_crypto_destroy_request(QVirtioCryptoDriver *d, uint32_t opcode,
                               uint64_t id);
/* The outcome of a finished request to create or to destroy a session */
uint32_t qvirtio_crypto_created(QVirtioCryptoRequest *req, uint64_t *id);
uint8_t qvirtio_crypto_destroyed(QVirtioCryptoRequest *req);
uint8_t qvirtio_crypto_try_destroy(QVirtioCryptoDriver *d, uint32_t opcode,
                                   uint64_t id);
/* Ends what @session created as @id; it is an error if that fails */
void qvirtio_crypto_destroy(QVirtioCryptoDriver *d,
                            const QVirtioCryptoSession *session, uint64_t id);

/* A data request; tests can set any field to nonsense */
typedef struct QVirtioCryptoOp {
    uint32_t opcode;
    uint32_t flag;
    uint64_t session;
    /*
     * Not NULL: a request in stateless mode (whatever @flag says of that),
     * its algorithms and keys are those of this session
     */
    const QVirtioCryptoSession *stateless;
    uint32_t op_type;
    uint32_t iv_len;
    uint32_t aad_len;
    uint32_t src_len;
    uint32_t dst_len;
    uint32_t tag_len;       /* AEAD; the padded layout has no field for it */
    uint32_t digest_len;    /* HASH, MAC and chains */
    /* Chains: the ranges of the source to encrypt and to hash */
    uint32_t cipher_start, cipher_len;
    uint32_t hash_start, hash_len;
    const uint8_t *iv;      /* NULL: @iv_area */
    uint8_t iv_area[16];
    size_t iv_bytes;        /* how many are really sent */
    const uint8_t *aad;
    size_t aad_bytes;
    const uint8_t *src;
    size_t src_bytes;
    size_t room;            /* writable bytes before the status */
    size_t cut;             /* readable bytes to send, 0: all */
} QVirtioCryptoOp;

/* None of these copies a source, AAD or key */
QVirtioCryptoOp qvirtio_crypto_cipher_op(uint64_t session, bool encrypt,
                                         const void *iv, size_t iv_len,
                                         const void *src, size_t len);
QVirtioCryptoOp qvirtio_crypto_hash_op(uint64_t session, const void *src,
                                       size_t len, uint32_t result_len);
QVirtioCryptoOp qvirtio_crypto_mac_op(uint64_t session, const void *src,
                                      size_t len, uint32_t result_len);
/*
 * To decrypt, @src is ciphertext and tag.  The nonce is laid out as the
 * specification's comments have it for @algo.
 */
QVirtioCryptoOp qvirtio_crypto_aead_op(uint32_t algo, uint64_t session,
                                       bool encrypt, const void *iv,
                                       size_t iv_len, const void *aad,
                                       size_t aad_len, const void *src,
                                       size_t len, uint32_t tag_len);
/* Enciphers and hashes the whole source; the digest comes last */
QVirtioCryptoOp qvirtio_crypto_chain_op(uint64_t session, bool encrypt,
                                        const void *iv, size_t iv_len,
                                        const void *aad, size_t aad_len,
                                        const void *src, size_t len,
                                        uint32_t digest_len);
/* RSA, DSA and ECDSA: all but verification */
QVirtioCryptoOp qvirtio_crypto_akcipher_op(uint32_t opcode, uint64_t session,
                                           const void *src, size_t len,
                                           size_t room);
/* @signature and @digest follow each other in the source */
QVirtioCryptoOp qvirtio_crypto_verify_op(uint64_t session, const void *both,
                                         size_t signature_len,
                                         size_t digest_len);
QVirtioCryptoRequest *qvirtio_crypto_op_request(QVirtioCryptoDriver *d,
                                                const QVirtioCryptoOp *op);
/* Submits, waits; the caller frees the request */
QVirtioCryptoRequest *qvirtio_crypto_run(QVirtioCryptoDriver *d,
                                         uint32_t queue,
                                         const QVirtioCryptoOp *op,
                                         const QVirtioCryptoShape *shape);
/* The same for the status alone */
uint8_t qvirtio_crypto_status(QVirtioCryptoDriver *d, uint32_t queue,
                              const QVirtioCryptoOp *op);

#endif
