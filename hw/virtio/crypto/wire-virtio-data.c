/*
 * The wire protocol of virtio 1.4, chapter "Crypto Device": data requests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "wire-numbers.h"
#include "wire-virtio.h"

/* Bit of a request's flags, with REVISION_1 */
#define VIRTIO_CRYPTO_FLAG_SESSION_MODE 1

/* Bytes that the standard's comments give the IV of GCM and CCM */
#define AEAD_IV_ROOM 16

/*
 * Operation parts that Linux's header does not have: AEAD's with REVISION_1,
 * and those of stateless mode.
 */
typedef struct AeadPara {
    struct virtio_crypto_aead_para para;
    uint32_t tag_len;
    uint32_t reserved;
} AeadPara;

typedef struct CipherStateless {
    uint32_t algo;
    uint32_t key_len;
    uint32_t op;
    uint32_t iv_len;
    uint32_t src_data_len;
    uint32_t dst_data_len;
} CipherStateless;

typedef struct ChainStateless {
    uint32_t alg_chain_order;
    uint32_t session_aad_len;
    uint32_t cipher_algo;
    uint32_t cipher_key_len;
    uint32_t cipher_op;
    uint32_t hash_algo;
    uint32_t auth_key_len;
    uint32_t hash_mode;
    struct virtio_crypto_alg_chain_data_para para;
} ChainStateless;

typedef struct SymStateless {
    union {
        CipherStateless cipher;
        ChainStateless chain;
    } u;
    uint32_t op_type;
} SymStateless;

typedef struct HashStateless {
    uint32_t algo;
    uint32_t src_data_len;
    uint32_t hash_result_len;
    uint32_t reserved;
} HashStateless;

typedef struct MacStateless {
    uint32_t algo;
    uint32_t auth_key_len;
    uint32_t src_data_len;
    uint32_t hash_result_len;
} MacStateless;

typedef struct AeadStateless {
    uint32_t algo;
    uint32_t key_len;
    uint32_t op;
    uint32_t iv_len;
    uint32_t tag_len;
    uint32_t aad_len;
    uint32_t src_data_len;
    uint32_t dst_data_len;
} AeadStateless;

typedef struct AkcipherStateless {
    struct virtio_crypto_akcipher_session_para session;
    struct virtio_crypto_akcipher_para para;
} AkcipherStateless;

QEMU_BUILD_BUG_ON(sizeof(AeadPara) != 24);
QEMU_BUILD_BUG_ON(sizeof(ChainStateless) != 72);
QEMU_BUILD_BUG_ON(sizeof(SymStateless) != VIRTIO_CRYPTO_DATA_OP_MAX);
QEMU_BUILD_BUG_ON(sizeof(AkcipherStateless) != 28);

/* An operation part, in wire order */
typedef union DataOp {
    struct virtio_crypto_sym_data_req sym;
    struct virtio_crypto_hash_para hash;
    struct virtio_crypto_akcipher_para akcipher;
    AeadPara aead;
    SymStateless sym_stateless;
    HashStateless hash_stateless;
    MacStateless mac_stateless;
    AeadStateless aead_stateless;
    AkcipherStateless akcipher_stateless;
} DataOp;

/**
 * Layout:
 * @chain: the request as it came
 * @req: the request that is being decoded
 * @readable: bytes of the readable part that have been laid out so far
 * @writable: bytes of the writable part that have been laid out so far
 *
 * The variable-length parameters follow one another without gaps.
 */
typedef struct Layout {
    const VirtIOCryptoChain *chain;
    VirtIOCryptoDataReq *req;
    uint64_t readable;
    uint64_t writable;
} Layout;

/* Lay out the next parameter.  Its length is in wire order. */
static VirtIOCryptoSpan take_readable(Layout *layout, uint32_t len)
{
    return virtio_crypto_take_span(&layout->readable, le32_to_cpu(len));
}

static VirtIOCryptoSpan take_writable(Layout *layout, uint32_t len)
{
    return virtio_crypto_take_span(&layout->writable, le32_to_cpu(len));
}

/*
 * Take the key of a stateless request, which is the first of its parameters,
 * and then the one of a chain's hash.
 */
static bool take_keys(Layout *layout, uint32_t key_len, uint32_t auth_key_len)
{
    VirtIOCryptoDataReq *req = layout->req;
    VirtIOCryptoSpan key = take_readable(layout, key_len);
    VirtIOCryptoSpan auth_key = take_readable(layout, auth_key_len);

    req->keys = (VirtIOCryptoSpan) { key.offset, key.len + auth_key.len };
    req->params.key_len = key.len;
    return key.len <= CRYPTODEV_KEY_MAX &&
           auth_key.len <= CRYPTODEV_AUTH_KEY_MAX;
}

/* Section "Symmetric algorithms Operation", cipher */
static void take_cipher_data(Layout *layout, uint32_t iv_len,
                             uint32_t src_len, uint32_t dst_len)
{
    VirtIOCryptoDataReq *req = layout->req;

    req->iv = take_readable(layout, iv_len);
    req->src = take_readable(layout, src_len);
    req->dst = take_writable(layout, dst_len);
}

/*
 * Section "Symmetric algorithms Operation", chain.  The AAD is where drivers,
 * and the standard's stateless mode, have it: before the source.
 */
static void
take_chain_data(Layout *layout,
                const struct virtio_crypto_alg_chain_data_para *para)
{
    VirtIOCryptoDataReq *req = layout->req;

    req->iv = take_readable(layout, para->iv_len);
    req->aad = take_readable(layout, para->aad_len);
    req->src = take_readable(layout, para->src_data_len);
    req->dst = take_writable(layout, para->dst_data_len);
    req->digest = take_writable(layout, para->hash_result_len);
    req->cipher_range = (CryptoDevRange) {
        le32_to_cpu(para->cipher_start_src_offset),
        le32_to_cpu(para->len_to_cipher),
    };
    req->hash_range = (CryptoDevRange) {
        le32_to_cpu(para->hash_start_src_offset),
        le32_to_cpu(para->len_to_hash),
    };
}

static CryptoDevStatus decode_sym(const DataOp *op,
                                  const CryptoDevSession *session,
                                  Layout *layout)
{
    const struct virtio_crypto_cipher_para *cipher = &op->sym.u.cipher.para;
    uint32_t op_type = le32_to_cpu(op->sym.op_type);

    switch (op_type) {
    case VIRTIO_CRYPTO_SYM_OP_CIPHER:
        take_cipher_data(layout, cipher->iv_len, cipher->src_data_len,
                         cipher->dst_data_len);
        break;
    case VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING:
        take_chain_data(layout, &op->sym.u.chain.para);
        break;
    default:
        return CRYPTODEV_NOTSUPP;
    }
    return !session->chained == (op_type == VIRTIO_CRYPTO_SYM_OP_CIPHER)
           ? CRYPTODEV_OK : CRYPTODEV_ERR;
}

static CryptoDevStatus decode_cipher_stateless(const CipherStateless *op,
                                               Layout *layout)
{
    if (!take_keys(layout, op->key_len, 0)) {
        return CRYPTODEV_ERR;
    }
    take_cipher_data(layout, op->iv_len, op->src_data_len, op->dst_data_len);
    return virtio_crypto_cipher_params(le32_to_cpu(op->algo),
                                       le32_to_cpu(op->op),
                                       &layout->req->params);
}

static CryptoDevStatus decode_chain_stateless(const ChainStateless *op,
                                              Layout *layout)
{
    CryptoDevSessionParams *params = &layout->req->params;
    CryptoDevChainParams *chain = &params->cipher.chain;
    CryptoDevStatus status;

    if (!take_keys(layout, op->cipher_key_len, op->auth_key_len)) {
        return CRYPTODEV_ERR;
    }
    chain->key_len = le32_to_cpu(op->auth_key_len);
    take_chain_data(layout, &op->para);
    status = virtio_crypto_cipher_params(le32_to_cpu(op->cipher_algo),
                                         le32_to_cpu(op->cipher_op), params);
    if (status != CRYPTODEV_OK) {
        return status;
    }
    return virtio_crypto_chain_params(le32_to_cpu(op->alg_chain_order),
                                      le32_to_cpu(op->hash_mode),
                                      le32_to_cpu(op->hash_algo),
                                      le32_to_cpu(op->para.hash_result_len),
                                      chain);
}

static CryptoDevStatus decode_sym_stateless(const DataOp *op,
                                            const CryptoDevSession *session,
                                            Layout *layout)
{
    switch (le32_to_cpu(op->sym_stateless.op_type)) {
    case VIRTIO_CRYPTO_SYM_OP_CIPHER:
        return decode_cipher_stateless(&op->sym_stateless.u.cipher, layout);
    case VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING:
        return decode_chain_stateless(&op->sym_stateless.u.chain, layout);
    default:
        return CRYPTODEV_NOTSUPP;
    }
}

/* Sections "HASH Service Operation" and "MAC Service Operation" */
static CryptoDevStatus decode_digest(const DataOp *op,
                                     const CryptoDevSession *session,
                                     Layout *layout)
{
    layout->req->src = take_readable(layout, op->hash.src_data_len);
    layout->req->digest = take_writable(layout, op->hash.hash_result_len);
    return CRYPTODEV_OK;
}

static CryptoDevStatus decode_hash_stateless(const DataOp *op,
                                             const CryptoDevSession *session,
                                             Layout *layout)
{
    const HashStateless *hash = &op->hash_stateless;
    VirtIOCryptoDataReq *req = layout->req;

    req->src = take_readable(layout, hash->src_data_len);
    req->digest = take_writable(layout, hash->hash_result_len);
    req->params.digest.nested = false;
    return virtio_crypto_digest_params(le32_to_cpu(hash->algo),
                                       le32_to_cpu(hash->hash_result_len),
                                       &req->params);
}

static CryptoDevStatus decode_mac_stateless(const DataOp *op,
                                            const CryptoDevSession *session,
                                            Layout *layout)
{
    const MacStateless *mac = &op->mac_stateless;
    VirtIOCryptoDataReq *req = layout->req;

    if (!take_keys(layout, mac->auth_key_len, 0)) {
        return CRYPTODEV_ERR;
    }
    req->src = take_readable(layout, mac->src_data_len);
    req->digest = take_writable(layout, mac->hash_result_len);
    return virtio_crypto_digest_params(le32_to_cpu(mac->algo),
                                       le32_to_cpu(mac->hash_result_len),
                                       &req->params);
}

/*
 * Section "AEAD Service Operation" contradicts itself.  In its structures the
 * IV takes iv_len bytes, and drivers send that.  In its comments the IV of GCM
 * and CCM takes 16 bytes.  The length of the chain tells which one is meant.
 */
static bool has_iv_room(const Layout *layout, CryptoDevAeadAlgo algo,
                        const struct virtio_crypto_aead_para *para)
{
    uint64_t end = layout->readable + AEAD_IV_ROOM +
                   le32_to_cpu(para->src_data_len) +
                   le32_to_cpu(para->aad_len);

    return algo != CRYPTODEV_AEAD_CHACHA20_POLY1305 &&
           end <= layout->chain->readable;
}

/* In 16 bytes of room, CCM's nonce begins at the second one. */
static CryptoDevStatus take_aead_iv(Layout *layout, CryptoDevAeadAlgo algo,
                                    const struct virtio_crypto_aead_para *para)
{
    VirtIOCryptoSpan iv = { layout->readable, le32_to_cpu(para->iv_len) };
    unsigned int reserved = algo == CRYPTODEV_AEAD_AES_CCM ? 1 : 0;

    if (!has_iv_room(layout, algo, para)) {
        layout->req->iv = take_readable(layout, para->iv_len);
        return CRYPTODEV_OK;
    }
    if (iv.len > AEAD_IV_ROOM - reserved) {
        return CRYPTODEV_ERR;
    }
    iv.offset += reserved;
    layout->req->iv = iv;
    layout->readable += AEAD_IV_ROOM;
    return CRYPTODEV_OK;
}

static CryptoDevStatus
take_aead_data(Layout *layout, CryptoDevAeadAlgo algo,
               const struct virtio_crypto_aead_para *para)
{
    VirtIOCryptoDataReq *req = layout->req;
    CryptoDevStatus status = take_aead_iv(layout, algo, para);

    req->src = take_readable(layout, para->src_data_len);
    req->aad = take_readable(layout, para->aad_len);
    req->dst = take_writable(layout, para->dst_data_len);
    return status;
}

/* Without REVISION_1, requests have no tag length in Linux's header. */
static bool check_tag_len(const Layout *layout,
                          const CryptoDevSession *session, uint32_t tag_len)
{
    return !virtio_crypto_has_revision_1(layout->chain->features) ||
           le32_to_cpu(tag_len) == session->tag_len;
}

static CryptoDevStatus decode_aead(const DataOp *op,
                                   const CryptoDevSession *session,
                                   Layout *layout)
{
    if (!check_tag_len(layout, session, op->aead.tag_len)) {
        return CRYPTODEV_ERR;
    }
    return take_aead_data(layout, session->capability->algo, &op->aead.para);
}

static CryptoDevStatus decode_aead_stateless(const DataOp *op,
                                             const CryptoDevSession *session,
                                             Layout *layout)
{
    const AeadStateless *aead = &op->aead_stateless;
    const struct virtio_crypto_aead_para para = {
        .iv_len = aead->iv_len,
        .aad_len = aead->aad_len,
        .src_data_len = aead->src_data_len,
        .dst_data_len = aead->dst_data_len,
    };
    CryptoDevSessionParams *params = &layout->req->params;
    CryptoDevStatus status =
        virtio_crypto_aead_params(le32_to_cpu(aead->algo),
                                  le32_to_cpu(aead->op),
                                  le32_to_cpu(aead->tag_len), params);

    if (status != CRYPTODEV_OK) {
        return status;
    }
    return take_keys(layout, aead->key_len, 0)
           ? take_aead_data(layout, params->algo, &para) : CRYPTODEV_ERR;
}

/*
 * Section "AKCIPHER Service Operation".  A request to verify has the signature
 * and then the digest as its source; dst_data_len is the digest's length.
 */
static void take_akcipher_data(Layout *layout,
                               const struct virtio_crypto_akcipher_para *para)
{
    VirtIOCryptoDataReq *req = layout->req;

    if (req->type == CRYPTODEV_OP_VERIFY) {
        req->signature = take_readable(layout, para->src_data_len);
        req->src = take_readable(layout, para->dst_data_len);
    } else {
        req->src = take_readable(layout, para->src_data_len);
        req->dst = take_writable(layout, para->dst_data_len);
    }
}

static CryptoDevStatus decode_akcipher(const DataOp *op,
                                       const CryptoDevSession *session,
                                       Layout *layout)
{
    take_akcipher_data(layout, &op->akcipher);
    return CRYPTODEV_OK;
}

static CryptoDevStatus
decode_akcipher_stateless(const DataOp *op, const CryptoDevSession *session,
                          Layout *layout)
{
    const AkcipherStateless *akcipher = &op->akcipher_stateless;

    if (!take_keys(layout, akcipher->session.keylen, 0)) {
        return CRYPTODEV_ERR;
    }
    take_akcipher_data(layout, &akcipher->para);
    return virtio_crypto_akcipher_params(&akcipher->session,
                                         &layout->req->params);
}

/**
 * DataLayout:
 * @op_len: bytes in the operation part
 * @decode: decodes the operation part, and lays out the parameters behind it.
 *          In stateless mode @session is NULL.
 */
typedef struct DataLayout {
    size_t op_len;
    CryptoDevStatus (*decode)(const DataOp *op,
                              const CryptoDevSession *session,
                              Layout *layout);
} DataLayout;

/* The layouts of session mode with REVISION_1, and of stateless mode */
typedef struct ServiceLayouts {
    DataLayout session;
    DataLayout stateless;
} ServiceLayouts;

static const ServiceLayouts layouts[CRYPTODEV_SERVICE__MAX] = {
    [CRYPTODEV_SERVICE_CIPHER] = {
        { sizeof(struct virtio_crypto_sym_data_req), decode_sym },
        { sizeof(SymStateless), decode_sym_stateless },
    },
    [CRYPTODEV_SERVICE_HASH] = {
        { sizeof(struct virtio_crypto_hash_para), decode_digest },
        { sizeof(HashStateless), decode_hash_stateless },
    },
    [CRYPTODEV_SERVICE_MAC] = {
        { sizeof(struct virtio_crypto_hash_para), decode_digest },
        { sizeof(MacStateless), decode_mac_stateless },
    },
    [CRYPTODEV_SERVICE_AEAD] = {
        { sizeof(AeadPara), decode_aead },
        { sizeof(AeadStateless), decode_aead_stateless },
    },
    [CRYPTODEV_SERVICE_AKCIPHER] = {
        { sizeof(struct virtio_crypto_akcipher_para), decode_akcipher },
        { sizeof(AkcipherStateless), decode_akcipher_stateless },
    },
};

typedef struct DataOpcode {
    uint32_t opcode;
    CryptodevService service;
    CryptoDevOpType type;
} DataOpcode;

#define OPCODE(_service, _type)                                     \
    { VIRTIO_CRYPTO_ ## _service ## _ ## _type,                     \
      CRYPTODEV_SERVICE_ ## _service, CRYPTODEV_OP_ ## _type }

static const DataOpcode opcodes[] = {
    OPCODE(CIPHER, ENCRYPT),
    OPCODE(CIPHER, DECRYPT),
    { VIRTIO_CRYPTO_HASH, CRYPTODEV_SERVICE_HASH, CRYPTODEV_OP_DIGEST },
    { VIRTIO_CRYPTO_MAC, CRYPTODEV_SERVICE_MAC, CRYPTODEV_OP_DIGEST },
    OPCODE(AEAD, ENCRYPT),
    OPCODE(AEAD, DECRYPT),
    OPCODE(AKCIPHER, ENCRYPT),
    OPCODE(AKCIPHER, DECRYPT),
    OPCODE(AKCIPHER, SIGN),
    OPCODE(AKCIPHER, VERIFY),
};

static const DataOpcode *find_opcode(uint32_t opcode)
{
    for (size_t i = 0; i < ARRAY_SIZE(opcodes); i++) {
        if (opcodes[i].opcode == opcode) {
            return &opcodes[i];
        }
    }
    return NULL;
}

static struct virtio_crypto_op_header
read_header(const VirtIOCryptoChain *chain)
{
    struct virtio_crypto_op_header header;

    memcpy(&header, chain->head, sizeof(header));
    return header;
}

/* Without REVISION_1 there is session mode only, and flags are ignored. */
static bool in_session_mode(const VirtIOCryptoChain *chain,
                            const struct virtio_crypto_op_header *header)
{
    return !virtio_crypto_has_revision_1(chain->features) ||
           le32_to_cpu(header->flag) & VIRTIO_CRYPTO_FLAG_SESSION_MODE;
}

static bool has_stateless_mode(const VirtIOCryptoChain *chain,
                               const struct virtio_crypto_op_header *header)
{
    uint32_t service = le32_to_cpu(header->opcode) >> 8;

    return chain->features &
           BIT_ULL(VIRTIO_CRYPTO_F_STATELESS_MODE(service));
}

uint64_t virtio_crypto_session_of(const VirtIOCryptoChain *chain)
{
    struct virtio_crypto_op_header header = read_header(chain);

    return in_session_mode(chain, &header) ? le64_to_cpu(header.session_id)
                                           : 0;
}

/* Whether the chain holds the @fixed bytes and everything laid out. */
static bool check_layout(const Layout *layout, size_t fixed)
{
    const VirtIOCryptoChain *chain = layout->chain;

    return layout->readable <= chain->readable &&
           layout->writable <= chain->writable -
                               sizeof(struct virtio_crypto_inhdr) &&
           layout->readable - fixed + layout->writable <= chain->max_size;
}

static CryptoDevStatus decode_parts(const VirtIOCryptoChain *chain,
                                    const DataLayout *parts,
                                    const CryptoDevSession *session,
                                    VirtIOCryptoDataReq *req)
{
    size_t fixed = VIRTIO_CRYPTO_DATA_HEADER_LEN +
                   (virtio_crypto_has_revision_1(chain->features)
                    ? parts->op_len : VIRTIO_CRYPTO_DATA_OP_PADDED);
    Layout layout = { .chain = chain, .req = req, .readable = fixed };
    CryptoDevStatus status;
    DataOp op = { };

    if (chain->head_len < fixed) {
        return CRYPTODEV_ERR;
    }
    memcpy(&op, chain->head + VIRTIO_CRYPTO_DATA_HEADER_LEN, parts->op_len);
    status = parts->decode(&op, session, &layout);
    if (status == CRYPTODEV_OK && !check_layout(&layout, fixed)) {
        return CRYPTODEV_ERR;
    }
    return status;
}

/*
 * Clear all but the session, which is long and only in a stateless request.
 * For the structure as a whole, GCC uses "rep stos", which takes longer to
 * begin than all of these take.
 */
static void begin_req(VirtIOCryptoDataReq *req, CryptoDevOpType type)
{
    const VirtIOCryptoSpan none = { };
    const CryptoDevRange nowhere = { };

    req->type = type;
    req->computes = false;
    req->service = 0;
    req->operation = 0;
    req->stateless = false;
    req->keys = none;
    req->iv = none;
    req->aad = none;
    req->src = none;
    req->signature = none;
    req->dst = none;
    req->digest = none;
    req->cipher_range = nowhere;
    req->hash_range = nowhere;
}

/* Section "Data Virtqueue" */
CryptoDevStatus virtio_crypto_decode_data(const VirtIOCryptoChain *chain,
                                          const CryptoDevSession *session,
                                          VirtIOCryptoDataReq *req)
{
    struct virtio_crypto_op_header header = read_header(chain);
    const DataOpcode *opcode = find_opcode(le32_to_cpu(header.opcode));

    if (!opcode) {
        return CRYPTODEV_NOTSUPP;
    }
    begin_req(req, opcode->type);
    if (!in_session_mode(chain, &header)) {
        req->stateless = true;
        req->params = (CryptoDevSessionParams) { .service = opcode->service };
        return has_stateless_mode(chain, &header)
               ? decode_parts(chain, &layouts[opcode->service].stateless, NULL,
                              req)
               : CRYPTODEV_NOTSUPP;
    }
    if (!session) {
        return CRYPTODEV_INVSESS;
    }
    if (session->capability->service != opcode->service) {
        return CRYPTODEV_ERR;
    }
    return decode_parts(chain, &layouts[opcode->service].session, session,
                        req);
}
