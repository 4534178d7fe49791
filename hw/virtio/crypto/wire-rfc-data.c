/*
 * The wire protocol of RFC v1: data requests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "wire-numbers.h"
#include "wire-rfc.h"

typedef VirtIOCryptoRfcDataHeader DataHeader;

static DataHeader read_header(const VirtIOCryptoChain *chain)
{
    DataHeader header;

    memcpy(&header, chain->head, sizeof(header));
    return header;
}

uint64_t virtio_crypto_rfc_session_of(const VirtIOCryptoChain *chain)
{
    DataHeader header = read_header(chain);

    return virtio_crypto_rfc_field64(chain, header.session_id);
}

/* The type (VIRTIO_CRYPTO_RFC_*) of a session's symmetric algorithm */
static unsigned int type_of(const CryptoDevSession *session)
{
    switch (session->capability->service) {
    case CRYPTODEV_SERVICE_CIPHER:
        return VIRTIO_CRYPTO_RFC_ABLKCIPHER;
    case CRYPTODEV_SERVICE_AEAD:
        return VIRTIO_CRYPTO_RFC_AEAD;
    default:
        return VIRTIO_CRYPTO_RFC_HASH;
    }
}

static bool names_algorithm_of(VirtIOCryptoRfcAlg alg,
                               const CryptoDevSession *session)
{
    const CryptoDevCapability *capability = session->capability;
    uint32_t algo;

    return alg.service == VIRTIO_CRYPTO_RFC_F_SYM &&
           alg.type == type_of(session) &&
           virtio_crypto_algorithm(capability->service, alg.number, &algo) ==
           CRYPTODEV_OK && algo == capability->algo;
}

/* The readable part: header, IV, additional data, source */
static bool lay_out_readable(const VirtIOCryptoChain *chain,
                             const DataHeader *header,
                             VirtIOCryptoDataReq *req)
{
    uint64_t end = sizeof(*header);

    req->iv = virtio_crypto_take_span(&end,
        virtio_crypto_rfc_field(chain, header->ivlen));
    req->aad = virtio_crypto_take_span(&end,
        virtio_crypto_rfc_field(chain, header->auth_len));
    req->src = virtio_crypto_take_span(&end,
        virtio_crypto_rfc_field(chain, header->len));
    return end <= chain->readable;
}

/* The digest's full length or, with SHAKE, the room for it */
static uint64_t find_digest_len(const CryptoDevCapability *capability,
                                uint64_t room)
{
    return capability->digest_max == UINT32_MAX ? room
                                                : capability->digest_max;
}

/* A chain's ranges cover the whole source and the whole result. */
static bool lay_out_cipher(const CryptoDevSession *session, uint64_t room,
                           VirtIOCryptoDataReq *req)
{
    uint64_t len = req->src.len;

    if (len > room) {
        return false;
    }
    req->dst.len = len;
    if (!session->chained) {
        return !req->aad.len;
    }
    req->cipher_range.len = len;
    req->hash_range.len = len;
    req->digest = (VirtIOCryptoSpan) {
        len, find_digest_len(session->chained, room - len),
    };
    return req->digest.len <= room - len;
}

/* The tag follows the ciphertext. */
static bool lay_out_aead(const CryptoDevSession *session, uint64_t room,
                         VirtIOCryptoDataReq *req)
{
    uint64_t tag_len = session->tag_len;

    if (!session->encrypt && req->src.len < tag_len) {
        return false;
    }
    req->dst.len = session->encrypt ? req->src.len + tag_len
                                    : req->src.len - tag_len;
    return req->dst.len <= room;
}

static bool lay_out_digest(const CryptoDevSession *session, uint64_t room,
                           VirtIOCryptoDataReq *req)
{
    req->digest.len = find_digest_len(session->capability, room);
    return req->digest.len <= room && !req->aad.len;
}

/* Find the operation, and the place of its result. */
static bool lay_out(const VirtIOCryptoChain *chain,
                    const CryptoDevSession *session, VirtIOCryptoDataReq *req)
{
    uint64_t room = chain->writable - sizeof(uint8_t);

    req->type = session->encrypt ? CRYPTODEV_OP_ENCRYPT
                                 : CRYPTODEV_OP_DECRYPT;
    switch (session->capability->service) {
    case CRYPTODEV_SERVICE_CIPHER:
        return lay_out_cipher(session, room, req);
    case CRYPTODEV_SERVICE_AEAD:
        return lay_out_aead(session, room, req);
    case CRYPTODEV_SERVICE_HASH:
    case CRYPTODEV_SERVICE_MAC:
        req->type = CRYPTODEV_OP_DIGEST;
        return lay_out_digest(session, room, req);
    default:
        return false;
    }
}

/*
 * The operands of a computation are the source, and its results can take the
 * whole writable part.  The backend checks whether the session fits.
 */
static CryptoDevStatus lay_out_computation(const VirtIOCryptoChain *chain,
                                           const DataHeader *header,
                                           VirtIOCryptoRfcAlg alg,
                                           VirtIOCryptoDataReq *req)
{
    if (!virtio_crypto_rfc_fits(chain) ||
        !lay_out_readable(chain, header, req) || req->iv.len ||
        req->aad.len) {
        return CRYPTODEV_ERR;
    }
    req->computes = true;
    req->service = virtio_crypto_rfc_service(alg.service);
    req->operation = alg.number;
    req->dst.len = chain->writable - sizeof(uint8_t);
    return alg.type ? CRYPTODEV_NOTSUPP : CRYPTODEV_OK;
}

CryptoDevStatus virtio_crypto_rfc_decode_data(const VirtIOCryptoChain *chain,
                                              const CryptoDevSession *session,
                                              VirtIOCryptoDataReq *req)
{
    DataHeader header = read_header(chain);
    VirtIOCryptoRfcAlg alg = virtio_crypto_rfc_alg(chain, header.mode);
    CryptoDevStatus status = virtio_crypto_rfc_check_service(chain, alg);

    *req = (VirtIOCryptoDataReq) { };
    if (status != CRYPTODEV_OK) {
        return status;
    }
    if (!session && virtio_crypto_rfc_session_of(chain)) {
        return CRYPTODEV_INVSESS;
    }
    if (alg.service != VIRTIO_CRYPTO_RFC_F_SYM) {
        return lay_out_computation(chain, &header, alg, req);
    }
    if (!session) {
        return CRYPTODEV_INVSESS;
    }
    return virtio_crypto_rfc_fits(chain) && names_algorithm_of(alg, session) &&
           lay_out_readable(chain, &header, req) && lay_out(chain, session, req)
           ? CRYPTODEV_OK : CRYPTODEV_ERR;
}
