/*
 * The wire protocol of virtio 1.4, chapter "Crypto Device": control requests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "wire-numbers.h"
#include "wire-virtio.h"

typedef struct virtio_crypto_op_ctrl_req CtrlReq;

QEMU_BUILD_BUG_ON(sizeof(CtrlReq) != VIRTIO_CRYPTO_CTRL_HEADER_LEN +
                                     VIRTIO_CRYPTO_CTRL_OP_PADDED);

static bool take_session_key(const VirtIOCryptoChain *chain, size_t *offset,
                             uint32_t len, CryptoDevSessionParams *params)
{
    return virtio_crypto_take_key(chain, offset, len, &params->key,
                                  &params->key_len);
}

/* Take the key of a MAC or the prefixes of a nested hash.  Others have none. */
static CryptoDevStatus
decode_chained(const VirtIOCryptoChain *chain, size_t *offset,
               const struct virtio_crypto_alg_chain_session_para *para,
               CryptoDevChainParams *chained)
{
    CryptoDevStatus status =
        virtio_crypto_chain_params(le32_to_cpu(para->alg_chain_order),
                                   le32_to_cpu(para->hash_mode),
                                   le32_to_cpu(para->u.mac_param.algo),
                                   le32_to_cpu(para->u.mac_param
                                               .hash_result_len), chained);

    if (status == CRYPTODEV_OK && chained->mode != CRYPTODEV_HASH_MODE_PLAIN &&
        !virtio_crypto_take_key(chain, offset,
                                le32_to_cpu(para->u.mac_param.auth_key_len),
                                &chained->key, &chained->key_len)) {
        return CRYPTODEV_ERR;
    }
    return status;
}

/* Section "Session operation: Symmetric algorithms session" */
static CryptoDevStatus decode_sym(const VirtIOCryptoChain *chain,
                                  const CtrlReq *req, size_t offset,
                                  CryptoDevSessionParams *params)
{
    const struct virtio_crypto_sym_create_session_req *sym =
        &req->u.sym_create_session;
    uint32_t op_type = le32_to_cpu(sym->op_type);
    bool chained = op_type == VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING;
    const struct virtio_crypto_cipher_session_para *cipher =
        chained ? &sym->u.chain.para.cipher_param : &sym->u.cipher.para;
    CryptoDevStatus status;

    if (!chained && op_type != VIRTIO_CRYPTO_SYM_OP_CIPHER) {
        return CRYPTODEV_NOTSUPP;
    }
    if (!take_session_key(chain, &offset, le32_to_cpu(cipher->keylen),
                          params)) {
        return CRYPTODEV_ERR;
    }
    status = virtio_crypto_cipher_params(le32_to_cpu(cipher->algo),
                                         le32_to_cpu(cipher->op), params);
    if (status == CRYPTODEV_OK && chained) {
        status = decode_chained(chain, &offset, &sym->u.chain.para,
                                &params->cipher.chain);
    }
    return status;
}

/* Section "Session operation: HASH session" */
static CryptoDevStatus decode_hash(const VirtIOCryptoChain *chain,
                                   const CtrlReq *req, size_t offset,
                                   CryptoDevSessionParams *params)
{
    const struct virtio_crypto_hash_session_para *para =
        &req->u.hash_create_session.para;

    return virtio_crypto_digest_params(le32_to_cpu(para->algo),
                                       le32_to_cpu(para->hash_result_len),
                                       params);
}

/* Section "Session operation: MAC session" */
static CryptoDevStatus decode_mac(const VirtIOCryptoChain *chain,
                                  const CtrlReq *req, size_t offset,
                                  CryptoDevSessionParams *params)
{
    const struct virtio_crypto_mac_session_para *para =
        &req->u.mac_create_session.para;

    if (!take_session_key(chain, &offset, le32_to_cpu(para->auth_key_len),
                          params)) {
        return CRYPTODEV_ERR;
    }
    return virtio_crypto_digest_params(le32_to_cpu(para->algo),
                                       le32_to_cpu(para->hash_result_len),
                                       params);
}

/* Section "Session operation: AEAD session" */
static CryptoDevStatus decode_aead(const VirtIOCryptoChain *chain,
                                   const CtrlReq *req, size_t offset,
                                   CryptoDevSessionParams *params)
{
    const struct virtio_crypto_aead_session_para *para =
        &req->u.aead_create_session.para;

    if (!take_session_key(chain, &offset, le32_to_cpu(para->key_len),
                          params)) {
        return CRYPTODEV_ERR;
    }
    return virtio_crypto_aead_params(le32_to_cpu(para->algo),
                                     le32_to_cpu(para->op),
                                     le32_to_cpu(para->hash_result_len),
                                     params);
}

/* Section "Session operation: AKCIPHER session" */
static CryptoDevStatus decode_akcipher(const VirtIOCryptoChain *chain,
                                       const CtrlReq *req, size_t offset,
                                       CryptoDevSessionParams *params)
{
    const struct virtio_crypto_akcipher_session_para *para =
        &req->u.akcipher_create_session.para;

    if (!take_session_key(chain, &offset, le32_to_cpu(para->keylen),
                          params)) {
        return CRYPTODEV_ERR;
    }
    return virtio_crypto_akcipher_params(para, params);
}

/**
 * CtrlOpcode:
 * @opcode: the standard's number
 * @type: create or destroy a session
 * @service: the service of the session
 * @op_len: bytes in the operation part with REVISION_1
 * @decode_create: decodes the session to create; its key is in the
 *                 variable-length part, which begins @offset bytes into the
 *                 chain
 */
typedef struct CtrlOpcode {
    uint32_t opcode;
    VirtIOCryptoCtrlType type;
    CryptodevService service;
    size_t op_len;
    CryptoDevStatus (*decode_create)(const VirtIOCryptoChain *chain,
                                     const CtrlReq *req, size_t offset,
                                     CryptoDevSessionParams *params);
} CtrlOpcode;

#define CREATE(_service, _op_len, _decode)                          \
    { VIRTIO_CRYPTO_ ## _service ## _CREATE_SESSION,                \
      VIRTIO_CRYPTO_CTRL_CREATE, CRYPTODEV_SERVICE_ ## _service,    \
      _op_len, _decode }

#define DESTROY(_service)                                           \
    { VIRTIO_CRYPTO_ ## _service ## _DESTROY_SESSION,               \
      VIRTIO_CRYPTO_CTRL_DESTROY, CRYPTODEV_SERVICE_ ## _service,   \
      sizeof(uint64_t), NULL }

/* For hash and MAC, leave out the padding that Linux's structures have. */
static const CtrlOpcode opcodes[] = {
    CREATE(CIPHER, sizeof(struct virtio_crypto_sym_create_session_req),
           decode_sym),
    CREATE(HASH, offsetof(struct virtio_crypto_hash_session_para, padding),
           decode_hash),
    CREATE(MAC, sizeof(struct virtio_crypto_mac_session_para), decode_mac),
    CREATE(AEAD, sizeof(struct virtio_crypto_aead_session_para), decode_aead),
    CREATE(AKCIPHER, sizeof(struct virtio_crypto_akcipher_create_session_req),
           decode_akcipher),
    DESTROY(CIPHER),
    DESTROY(HASH),
    DESTROY(MAC),
    DESTROY(AEAD),
    DESTROY(AKCIPHER),
};

static const CtrlOpcode *find_opcode(uint32_t opcode)
{
    for (size_t i = 0; i < ARRAY_SIZE(opcodes); i++) {
        if (opcodes[i].opcode == opcode) {
            return &opcodes[i];
        }
    }
    return NULL;
}

/*
 * Bytes in the answer.  If the opcode is unknown, choose the form that fits
 * into the driver's buffer.
 */
static size_t find_outcome_len(VirtIOCryptoCtrlType type, uint64_t writable)
{
    size_t create_len = sizeof(struct virtio_crypto_session_input);

    if (type == VIRTIO_CRYPTO_CTRL_CREATE ||
        (type == VIRTIO_CRYPTO_CTRL_UNKNOWN && writable >= create_len)) {
        return create_len;
    }
    return sizeof(struct virtio_crypto_inhdr);
}

/*
 * Read the header and the operation part, and find where the variable-length
 * part begins.  Returns false if the chain ends before that.
 */
static bool read_fixed(const VirtIOCryptoChain *chain, size_t op_len,
                       CtrlReq *req, size_t *offset)
{
    *offset = VIRTIO_CRYPTO_CTRL_HEADER_LEN +
              (virtio_crypto_has_revision_1(chain->features)
               ? op_len : VIRTIO_CRYPTO_CTRL_OP_PADDED);
    if (chain->head_len < *offset) {
        return false;
    }
    memcpy(req, chain->head, VIRTIO_CRYPTO_CTRL_HEADER_LEN + op_len);
    return true;
}

/*
 * Section "Control Virtqueue".  The algorithm in the operation part counts:
 * drivers leave the one in the general header 0.
 */
CryptoDevStatus virtio_crypto_decode_ctrl(const VirtIOCryptoChain *chain,
                                          VirtIOCryptoCtrlReq *req)
{
    const CtrlOpcode *opcode = find_opcode(ldl_le_p(chain->head));
    CtrlReq ctrl = { };
    size_t offset;

    *req = (VirtIOCryptoCtrlReq) {
        .type = opcode ? opcode->type : VIRTIO_CRYPTO_CTRL_UNKNOWN,
    };
    req->outcome_len = find_outcome_len(req->type, chain->writable);
    if (!opcode) {
        return CRYPTODEV_NOTSUPP;
    }
    if (!read_fixed(chain, opcode->op_len, &ctrl, &offset)) {
        return CRYPTODEV_ERR;
    }
    if (req->type == VIRTIO_CRYPTO_CTRL_DESTROY) {
        req->service = opcode->service;
        req->session_id = le64_to_cpu(ctrl.u.destroy_session.session_id);
        return CRYPTODEV_OK;
    }
    req->params.service = opcode->service;
    return opcode->decode_create(chain, &ctrl, offset, &req->params);
}
