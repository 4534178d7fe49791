/*
 * The wire protocol of virtio 1.4, chapter "Crypto Device"
 *
 * A request's operation part has one of two layouts.  The one of
 * VIRTIO_CRYPTO_F_REVISION_1 is as long as its structure; the other one is
 * padded to a length that is the same for all operations.
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "qemu/bswap.h"
#include "standard-headers/linux/virtio_crypto.h"
#include "virtio-crypto-wire.h"

/* Feature bit; the structures in Linux's header are those without it */
#define VIRTIO_CRYPTO_F_REVISION_1 0

/* Bit of a data request's flags, if there is REVISION_1 */
#define VIRTIO_CRYPTO_FLAG_SESSION_MODE 1

/* Bytes in the padded operation parts */
#define CTRL_OP_PADDED 56
#define DATA_OP_PADDED 48

/* Bytes in the fixed-length parameters, if there is REVISION_1 */
#define SYM_CREATE_LEN sizeof(struct virtio_crypto_sym_create_session_req)
#define AKCIPHER_CREATE_LEN \
    sizeof(struct virtio_crypto_akcipher_create_session_req)
#define DESTROY_LEN offsetof(struct virtio_crypto_destroy_session_req, padding)
#define SYM_DATA_LEN sizeof(struct virtio_crypto_sym_data_req)
#define AKCIPHER_DATA_LEN sizeof(struct virtio_crypto_akcipher_para)

#define CTRL_HEADER_LEN sizeof(struct virtio_crypto_ctrl_header)
#define DATA_HEADER_LEN sizeof(struct virtio_crypto_op_header)

#define CTRL_HEAD_MAX (CTRL_HEADER_LEN + CTRL_OP_PADDED + CRYPTODEV_KEY_MAX)
#define DATA_HEAD_MAX (DATA_HEADER_LEN + DATA_OP_PADDED + CRYPTODEV_IV_MAX)

QEMU_BUILD_BUG_ON(SYM_CREATE_LEN != CTRL_OP_PADDED);
QEMU_BUILD_BUG_ON(AKCIPHER_CREATE_LEN != CTRL_OP_PADDED);
QEMU_BUILD_BUG_ON(SYM_DATA_LEN != DATA_OP_PADDED);

/* Where the standard's numbers of a kind meet ours */
typedef struct WireNumber {
    uint32_t wire;
    uint32_t neutral;
} WireNumber;

static const WireNumber services[] = {
    { VIRTIO_CRYPTO_SERVICE_CIPHER, CRYPTODEV_SERVICE_CIPHER },
    { VIRTIO_CRYPTO_SERVICE_HASH, CRYPTODEV_SERVICE_HASH },
    { VIRTIO_CRYPTO_SERVICE_MAC, CRYPTODEV_SERVICE_MAC },
    { VIRTIO_CRYPTO_SERVICE_AEAD, CRYPTODEV_SERVICE_AEAD },
    { VIRTIO_CRYPTO_SERVICE_AKCIPHER, CRYPTODEV_SERVICE_AKCIPHER },
};

static const WireNumber ciphers[] = {
    { VIRTIO_CRYPTO_CIPHER_ARC4, CRYPTODEV_CIPHER_ARC4 },
    { VIRTIO_CRYPTO_CIPHER_AES_ECB, CRYPTODEV_CIPHER_AES_ECB },
    { VIRTIO_CRYPTO_CIPHER_AES_CBC, CRYPTODEV_CIPHER_AES_CBC },
    { VIRTIO_CRYPTO_CIPHER_AES_CTR, CRYPTODEV_CIPHER_AES_CTR },
    { VIRTIO_CRYPTO_CIPHER_DES_ECB, CRYPTODEV_CIPHER_DES_ECB },
    { VIRTIO_CRYPTO_CIPHER_DES_CBC, CRYPTODEV_CIPHER_DES_CBC },
    { VIRTIO_CRYPTO_CIPHER_3DES_ECB, CRYPTODEV_CIPHER_3DES_ECB },
    { VIRTIO_CRYPTO_CIPHER_3DES_CBC, CRYPTODEV_CIPHER_3DES_CBC },
    { VIRTIO_CRYPTO_CIPHER_3DES_CTR, CRYPTODEV_CIPHER_3DES_CTR },
    { VIRTIO_CRYPTO_CIPHER_AES_F8, CRYPTODEV_CIPHER_AES_F8 },
    { VIRTIO_CRYPTO_CIPHER_AES_XTS, CRYPTODEV_CIPHER_AES_XTS },
};

static const WireNumber akciphers[] = {
    { VIRTIO_CRYPTO_AKCIPHER_RSA, CRYPTODEV_AKCIPHER_RSA },
};

static const WireNumber rsa_paddings[] = {
    { VIRTIO_CRYPTO_RSA_RAW_PADDING, CRYPTODEV_RSA_RAW },
    { VIRTIO_CRYPTO_RSA_PKCS1_PADDING, CRYPTODEV_RSA_PKCS1 },
};

static const WireNumber rsa_hashes[] = {
    { VIRTIO_CRYPTO_RSA_NO_HASH, CRYPTODEV_HASH_NONE },
    { VIRTIO_CRYPTO_RSA_MD4, CRYPTODEV_HASH_MD4 },
    { VIRTIO_CRYPTO_RSA_MD5, CRYPTODEV_HASH_MD5 },
    { VIRTIO_CRYPTO_RSA_SHA1, CRYPTODEV_HASH_SHA1 },
    { VIRTIO_CRYPTO_RSA_SHA224, CRYPTODEV_HASH_SHA224 },
    { VIRTIO_CRYPTO_RSA_SHA256, CRYPTODEV_HASH_SHA256 },
    { VIRTIO_CRYPTO_RSA_SHA384, CRYPTODEV_HASH_SHA384 },
    { VIRTIO_CRYPTO_RSA_SHA512, CRYPTODEV_HASH_SHA512 },
};

static bool from_wire(const WireNumber *numbers, size_t n, uint32_t wire,
                      uint32_t *neutral)
{
    for (size_t i = 0; i < n; i++) {
        if (numbers[i].wire == wire) {
            *neutral = numbers[i].neutral;
            return true;
        }
    }
    return false;
}

#define FROM_WIRE(numbers, wire, neutral) \
    from_wire(numbers, ARRAY_SIZE(numbers), wire, neutral)

static bool has_revision_1(uint64_t features)
{
    return features & BIT_ULL(VIRTIO_CRYPTO_F_REVISION_1);
}

static uint32_t wire_status(CryptoDevStatus status)
{
    switch (status) {
    case CRYPTODEV_OK:
        return VIRTIO_CRYPTO_OK;
    case CRYPTODEV_BADMSG:
        return VIRTIO_CRYPTO_BADMSG;
    case CRYPTODEV_NOTSUPP:
        return VIRTIO_CRYPTO_NOTSUPP;
    case CRYPTODEV_INVSESS:
        return VIRTIO_CRYPTO_INVSESS;
    case CRYPTODEV_NOSPC:
        return VIRTIO_CRYPTO_NOSPC;
    case CRYPTODEV_KEY_REJECTED:
        return VIRTIO_CRYPTO_KEY_REJECTED;
    case CRYPTODEV_ERR:
        break;
    }
    return VIRTIO_CRYPTO_ERR;
}

/* The bits of all algorithms of a service that the backend has */
static uint32_t algorithm_mask(CryptoDevBackend *backend,
                               CryptodevService service,
                               const WireNumber *algorithms, size_t n)
{
    uint32_t mask = 0;

    for (size_t i = 0; i < n; i++) {
        if (cryptodev_backend_find(backend, service, algorithms[i].neutral)) {
            mask |= BIT(algorithms[i].wire);
        }
    }
    return mask;
}

static uint32_t service_mask(CryptoDevBackend *backend)
{
    uint32_t mask = 0;

    for (guint i = 0; i < backend->capabilities->len; i++) {
        CryptodevService service = g_array_index(backend->capabilities,
                                                 CryptoDevCapability,
                                                 i).service;

        for (size_t j = 0; j < ARRAY_SIZE(services); j++) {
            if (services[j].neutral == service) {
                mask |= BIT(services[j].wire);
            }
        }
    }
    return mask;
}

static uint32_t max_cipher_key_len(CryptoDevBackend *backend)
{
    uint32_t max = 0;

    for (guint i = 0; i < backend->capabilities->len; i++) {
        const CryptoDevCapability *capability =
            &g_array_index(backend->capabilities, CryptoDevCapability, i);

        if (capability->service == CRYPTODEV_SERVICE_CIPHER) {
            max = MAX(max, capability->key_max);
        }
    }
    return max;
}

/* Section "Device configuration layout" */
static void get_config(CryptoDevBackend *backend, uint64_t max_size,
                       uint8_t *bytes)
{
    struct virtio_crypto_config config = {
        .status = cpu_to_le32(VIRTIO_CRYPTO_S_HW_READY),
        .max_dataqueues = cpu_to_le32(backend->queues),
        .crypto_services = cpu_to_le32(service_mask(backend)),
        .cipher_algo_l = cpu_to_le32(
            algorithm_mask(backend, CRYPTODEV_SERVICE_CIPHER, ciphers,
                           ARRAY_SIZE(ciphers))),
        .max_cipher_key_len = cpu_to_le32(max_cipher_key_len(backend)),
        .akcipher_algo = cpu_to_le32(
            algorithm_mask(backend, CRYPTODEV_SERVICE_AKCIPHER, akciphers,
                           ARRAY_SIZE(akciphers))),
        .max_size = cpu_to_le64(max_size),
    };

    memcpy(bytes, &config, sizeof(config));
}

/*
 * Find the operation part of a request behind its general header, and the
 * variable-length part behind that.  Returns false if the chain ends before
 * its operation part does.
 */
static bool find_parts(const VirtIOCryptoChain *chain, size_t header_len,
                       size_t op_len, size_t op_padded,
                       const uint8_t **op, size_t *variable)
{
    size_t len = has_revision_1(chain->features) ? op_len : op_padded;

    *op = chain->head + header_len;
    *variable = header_len + len;
    return chain->head_len >= *variable;
}

/* Take the key, which is the first variable-length parameter at @offset. */
static bool take_key(const VirtIOCryptoChain *chain, size_t offset,
                     uint32_t key_len, CryptoDevSessionParams *params)
{
    params->key = chain->head + offset;
    params->key_len = key_len;
    return key_len <= chain->head_len - offset;
}

/* Section "Session operation: Symmetric algorithms session" */
static CryptoDevStatus decode_sym_create(const VirtIOCryptoChain *chain,
                                         CryptoDevSessionParams *params)
{
    const uint8_t *op;
    size_t variable;
    struct virtio_crypto_sym_create_session_req req;
    struct virtio_crypto_cipher_session_para *para = &req.u.cipher.para;

    if (!find_parts(chain, CTRL_HEADER_LEN, SYM_CREATE_LEN, CTRL_OP_PADDED,
                    &op, &variable)) {
        return CRYPTODEV_ERR;
    }
    memcpy(&req, op, sizeof(req));
    if (le32_to_cpu(req.op_type) != VIRTIO_CRYPTO_SYM_OP_CIPHER) {
        return CRYPTODEV_NOTSUPP;
    }

    if (!take_key(chain, variable, le32_to_cpu(para->keylen), params)) {
        return CRYPTODEV_ERR;
    }
    switch (le32_to_cpu(para->op)) {
    case VIRTIO_CRYPTO_OP_ENCRYPT:
        params->cipher.encrypt = true;
        break;
    case VIRTIO_CRYPTO_OP_DECRYPT:
        params->cipher.encrypt = false;
        break;
    default:
        return CRYPTODEV_ERR;
    }
    return FROM_WIRE(ciphers, le32_to_cpu(para->algo), &params->algo)
           ? CRYPTODEV_OK : CRYPTODEV_NOTSUPP;
}

static CryptoDevStatus
decode_rsa(const struct virtio_crypto_rsa_session_para *para,
           CryptoDevSessionParams *params)
{
    uint32_t padding;
    uint32_t hash = CRYPTODEV_HASH_NONE;

    if (!FROM_WIRE(rsa_paddings, le32_to_cpu(para->padding_algo), &padding)) {
        return CRYPTODEV_NOTSUPP;
    }
    /* With raw padding the hash is ignored. */
    if (padding == CRYPTODEV_RSA_PKCS1 &&
        !FROM_WIRE(rsa_hashes, le32_to_cpu(para->hash_algo), &hash)) {
        return CRYPTODEV_NOTSUPP;
    }
    params->akcipher.padding = padding;
    params->akcipher.hash = hash;
    return CRYPTODEV_OK;
}

/* Section "Session operation: AKCIPHER session" */
static CryptoDevStatus decode_akcipher_create(const VirtIOCryptoChain *chain,
                                              CryptoDevSessionParams *params)
{
    const uint8_t *op;
    size_t variable;
    struct virtio_crypto_akcipher_create_session_req req;

    if (!find_parts(chain, CTRL_HEADER_LEN, AKCIPHER_CREATE_LEN,
                    CTRL_OP_PADDED, &op, &variable)) {
        return CRYPTODEV_ERR;
    }
    memcpy(&req, op, sizeof(req));

    if (!take_key(chain, variable, le32_to_cpu(req.para.keylen), params)) {
        return CRYPTODEV_ERR;
    }
    switch (le32_to_cpu(req.para.keytype)) {
    case VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC:
        params->akcipher.private_key = false;
        break;
    case VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE:
        params->akcipher.private_key = true;
        break;
    default:
        return CRYPTODEV_ERR;
    }
    if (!FROM_WIRE(akciphers, le32_to_cpu(req.para.algo), &params->algo)) {
        return CRYPTODEV_NOTSUPP;
    }
    return decode_rsa(&req.para.u.rsa, params);
}

/* Section "Session operation: destroy session" */
static CryptoDevStatus decode_destroy(const VirtIOCryptoChain *chain,
                                      uint64_t *session_id)
{
    const uint8_t *op;
    size_t variable;

    if (!find_parts(chain, CTRL_HEADER_LEN, DESTROY_LEN, CTRL_OP_PADDED, &op,
                    &variable)) {
        return CRYPTODEV_ERR;
    }
    *session_id = ldq_le_p(op);
    return CRYPTODEV_OK;
}

/**
 * CtrlOpcode:
 * @decode_create: decodes the session; NULL to destroy one, or where the device
 *                 has no such service
 */
typedef struct CtrlOpcode {
    uint32_t opcode;
    VirtIOCryptoCtrlType type;
    CryptodevService service;
    CryptoDevStatus (*decode_create)(const VirtIOCryptoChain *chain,
                                     CryptoDevSessionParams *params);
} CtrlOpcode;

#define CTRL_OPCODE(_service, _type, _decode_create)                \
    { VIRTIO_CRYPTO_ ## _service ## _ ## _type ## _SESSION,         \
      VIRTIO_CRYPTO_CTRL_ ## _type, CRYPTODEV_SERVICE_ ## _service, \
      _decode_create }

static const CtrlOpcode ctrl_opcodes[] = {
    CTRL_OPCODE(CIPHER, CREATE, decode_sym_create),
    CTRL_OPCODE(CIPHER, DESTROY, NULL),
    CTRL_OPCODE(HASH, CREATE, NULL),
    CTRL_OPCODE(HASH, DESTROY, NULL),
    CTRL_OPCODE(MAC, CREATE, NULL),
    CTRL_OPCODE(MAC, DESTROY, NULL),
    CTRL_OPCODE(AEAD, CREATE, NULL),
    CTRL_OPCODE(AEAD, DESTROY, NULL),
    CTRL_OPCODE(AKCIPHER, CREATE, decode_akcipher_create),
    CTRL_OPCODE(AKCIPHER, DESTROY, NULL),
};

static const CtrlOpcode *find_ctrl_opcode(uint32_t opcode)
{
    for (size_t i = 0; i < ARRAY_SIZE(ctrl_opcodes); i++) {
        if (ctrl_opcodes[i].opcode == opcode) {
            return &ctrl_opcodes[i];
        }
    }
    return NULL;
}

/*
 * Bytes in the answer.  For an opcode that nobody knows, take the form that
 * the driver has left room for.
 */
static size_t ctrl_outcome_len(VirtIOCryptoCtrlType type, uint64_t writable)
{
    size_t create_len = sizeof(struct virtio_crypto_session_input);

    if (type == VIRTIO_CRYPTO_CTRL_CREATE ||
        (type == VIRTIO_CRYPTO_CTRL_UNKNOWN && writable >= create_len)) {
        return create_len;
    }
    return sizeof(struct virtio_crypto_inhdr);
}

/*
 * Section "Control Virtqueue".  The algorithm is taken from the operation part;
 * drivers leave the one in the general header 0.
 */
static CryptoDevStatus decode_ctrl(const VirtIOCryptoChain *chain,
                                   VirtIOCryptoCtrlReq *req)
{
    struct virtio_crypto_ctrl_header header;
    const CtrlOpcode *opcode;

    memcpy(&header, chain->head, sizeof(header));
    opcode = find_ctrl_opcode(le32_to_cpu(header.opcode));

    *req = (VirtIOCryptoCtrlReq) {
        .type = opcode ? opcode->type : VIRTIO_CRYPTO_CTRL_UNKNOWN,
    };
    req->outcome_len = ctrl_outcome_len(req->type, chain->writable);
    if (req->type == VIRTIO_CRYPTO_CTRL_DESTROY) {
        req->service = opcode->service;
        return decode_destroy(chain, &req->session_id);
    }
    if (!opcode || !opcode->decode_create) {
        return CRYPTODEV_NOTSUPP;
    }
    req->params.service = opcode->service;
    return opcode->decode_create(chain, &req->params);
}

/* Sections "create session" and "destroy session", device requirements */
static void encode_ctrl(uint64_t features, const VirtIOCryptoCtrlReq *req,
                        CryptoDevStatus status, uint64_t session_id,
                        uint8_t outcome[VIRTIO_CRYPTO_OUTCOME_MAX])
{
    struct virtio_crypto_session_input created = { };

    QEMU_BUILD_BUG_ON(sizeof(created) > VIRTIO_CRYPTO_OUTCOME_MAX);
    if (status == CRYPTODEV_NOSPC && !has_revision_1(features)) {
        status = CRYPTODEV_ERR;
    }
    if (req->outcome_len == sizeof(struct virtio_crypto_inhdr)) {
        outcome[0] = wire_status(status);
        return;
    }
    if (status == CRYPTODEV_OK) {
        created.session_id = cpu_to_le64(session_id);
    }
    created.status = cpu_to_le32(wire_status(status));
    memcpy(outcome, &created, sizeof(created));
}

/* Bytes that a data request's destination may have */
static uint64_t dst_room(const VirtIOCryptoChain *chain)
{
    return chain->writable - sizeof(struct virtio_crypto_inhdr);
}

/*
 * Lengths that the chain has room for, and that do not exceed the size limit.
 * @variable is where the variable-length part begins; @readable and @writable
 * are the bytes that it has.
 */
static bool check_lengths(const VirtIOCryptoChain *chain, size_t variable,
                          uint64_t readable, uint64_t writable)
{
    return readable <= chain->readable - variable &&
           writable <= dst_room(chain) &&
           readable + writable <= chain->max_size;
}

/* Section "Symmetric algorithms Operation" */
static CryptoDevStatus decode_sym_data(const VirtIOCryptoChain *chain,
                                       VirtIOCryptoDataReq *req)
{
    const uint8_t *op;
    size_t variable;
    struct virtio_crypto_sym_data_req sym;
    struct virtio_crypto_cipher_para *para = &sym.u.cipher.para;
    uint64_t iv_len;
    uint64_t src_len;
    uint64_t dst_len;

    if (!find_parts(chain, DATA_HEADER_LEN, SYM_DATA_LEN, DATA_OP_PADDED,
                    &op, &variable)) {
        return CRYPTODEV_ERR;
    }
    memcpy(&sym, op, sizeof(sym));
    if (le32_to_cpu(sym.op_type) != VIRTIO_CRYPTO_SYM_OP_CIPHER) {
        return CRYPTODEV_NOTSUPP;
    }

    iv_len = le32_to_cpu(para->iv_len);
    src_len = le32_to_cpu(para->src_data_len);
    dst_len = le32_to_cpu(para->dst_data_len);
    if (iv_len > CRYPTODEV_IV_MAX ||
        !check_lengths(chain, variable, iv_len + src_len, dst_len)) {
        return CRYPTODEV_ERR;
    }
    req->iv = chain->head + variable;
    req->iv_len = iv_len;
    req->src = (VirtIOCryptoSpan) { variable + iv_len, src_len };
    req->dst = (VirtIOCryptoSpan) { 0, dst_len };
    return CRYPTODEV_OK;
}

/*
 * Section "AKCIPHER Service Operation".  To verify, the source is the signature
 * and then the digest, whose length is that of the destination.
 */
static CryptoDevStatus decode_akcipher_data(const VirtIOCryptoChain *chain,
                                            VirtIOCryptoDataReq *req)
{
    const uint8_t *op;
    size_t variable;
    struct virtio_crypto_akcipher_para para;
    bool verify = req->type == CRYPTODEV_OP_VERIFY;
    uint64_t src_len;
    uint64_t dst_len;

    if (!find_parts(chain, DATA_HEADER_LEN, AKCIPHER_DATA_LEN,
                    DATA_OP_PADDED, &op, &variable)) {
        return CRYPTODEV_ERR;
    }
    memcpy(&para, op, sizeof(para));
    src_len = le32_to_cpu(para.src_data_len);
    dst_len = le32_to_cpu(para.dst_data_len);
    if (!check_lengths(chain, variable, verify ? src_len + dst_len : src_len,
                       verify ? 0 : dst_len)) {
        return CRYPTODEV_ERR;
    }
    if (verify) {
        req->signature = (VirtIOCryptoSpan) { variable, src_len };
        req->src = (VirtIOCryptoSpan) { variable + src_len, dst_len };
    } else {
        req->src = (VirtIOCryptoSpan) { variable, src_len };
        req->dst = (VirtIOCryptoSpan) { 0, dst_len };
    }
    return CRYPTODEV_OK;
}

typedef struct DataOpcode {
    uint32_t opcode;
    CryptodevService service;
    CryptoDevOpType type;
    CryptoDevStatus (*decode)(const VirtIOCryptoChain *chain,
                              VirtIOCryptoDataReq *req);
} DataOpcode;

#define DATA_OPCODE(_service, _type, _decode)                       \
    { VIRTIO_CRYPTO_ ## _service ## _ ## _type,                     \
      CRYPTODEV_SERVICE_ ## _service, CRYPTODEV_OP_ ## _type, _decode }

static const DataOpcode data_opcodes[] = {
    DATA_OPCODE(CIPHER, ENCRYPT, decode_sym_data),
    DATA_OPCODE(CIPHER, DECRYPT, decode_sym_data),
    DATA_OPCODE(AKCIPHER, ENCRYPT, decode_akcipher_data),
    DATA_OPCODE(AKCIPHER, DECRYPT, decode_akcipher_data),
    DATA_OPCODE(AKCIPHER, SIGN, decode_akcipher_data),
    DATA_OPCODE(AKCIPHER, VERIFY, decode_akcipher_data),
};

/* Section "Data Virtqueue" */
static CryptoDevStatus decode_data(const VirtIOCryptoChain *chain,
                                   VirtIOCryptoDataReq *req)
{
    struct virtio_crypto_op_header header;
    uint32_t opcode;

    memcpy(&header, chain->head, sizeof(header));
    opcode = le32_to_cpu(header.opcode);
    if (has_revision_1(chain->features) &&
        !(le32_to_cpu(header.flag) & VIRTIO_CRYPTO_FLAG_SESSION_MODE)) {
        return CRYPTODEV_NOTSUPP;
    }
    for (size_t i = 0; i < ARRAY_SIZE(data_opcodes); i++) {
        if (data_opcodes[i].opcode == opcode) {
            *req = (VirtIOCryptoDataReq) {
                .service = data_opcodes[i].service,
                .type = data_opcodes[i].type,
                .session_id = le64_to_cpu(header.session_id),
            };
            return data_opcodes[i].decode(chain, req);
        }
    }
    return CRYPTODEV_NOTSUPP;
}

static uint8_t encode_status(CryptoDevStatus status)
{
    return wire_status(status);
}

const VirtIOCryptoWire virtio_crypto_wire_virtio = {
    .device_id = VIRTIO_ID_CRYPTO,
    .features = BIT_ULL(VIRTIO_CRYPTO_F_REVISION_1),
    .config_len = sizeof(struct virtio_crypto_config),
    .ctrl_header_len = CTRL_HEADER_LEN,
    .ctrl_head_max = CTRL_HEAD_MAX,
    .data_header_len = DATA_HEADER_LEN,
    .data_head_max = DATA_HEAD_MAX,
    .get_config = get_config,
    .decode_ctrl = decode_ctrl,
    .encode_ctrl = encode_ctrl,
    .decode_data = decode_data,
    .encode_status = encode_status,
};
