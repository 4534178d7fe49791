/*
 * Cryptography backends: the abstract backend
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/bitops.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "qom/object_interfaces.h"
#include "system/cryptodev-compute.h"
#include "cryptodev/capabilities.h"

bool cryptodev_backend_claim(CryptoDevBackend *backend, uint32_t services,
                             const CryptoDevUserOps *ops, void *user,
                             Error **errp)
{
    if (backend->user_ops) {
        error_setg(errp, "cryptodev '%s' is used by another device already",
                   object_get_canonical_path_component(OBJECT(backend)));
        return false;
    }
    backend->user_ops = ops;
    backend->user = user;
    qatomic_set(&backend->services, services);
    return true;
}

void cryptodev_backend_release(CryptoDevBackend *backend)
{
    backend->user_ops = NULL;
    qatomic_set(&backend->services, CRYPTODEV_SERVICES_ALL);
}

/* A key of AKCIPHER has the size of an integer, which only the backend sees. */
static bool key_len_supported(const CryptoDevCapability *capability,
                              size_t key_len)
{
    return capability->service == CRYPTODEV_SERVICE_AKCIPHER ||
           (key_len >= capability->key_min &&
            key_len <= capability->key_max &&
            (key_len - capability->key_min) % capability->key_step == 0);
}

/* The prefixes of a nested hash have equal lengths. */
static CryptoDevStatus check_prefixes(size_t key_len)
{
    if (key_len > CRYPTODEV_AUTH_KEY_MAX) {
        return CRYPTODEV_NOTSUPP;
    }
    return key_len % 2 ? CRYPTODEV_ERR : CRYPTODEV_OK;
}

/* Set how long the digests of a session may be. */
static bool set_digest_len(CryptoDevSession *session,
                           const CryptoDevCapability *capability,
                           uint32_t len)
{
    session->digest_len = len ? len : capability->digest_max;
    return len <= capability->digest_max;
}

/* Whether @lens, of bits that stand for lengths, has @len. */
static bool has_len(uint32_t lens, uint64_t len)
{
    return len < 32 && lens & BIT(len);
}

/* Find what a cipher is chained to. */
static CryptoDevStatus describe_chained(CryptoDevBackend *backend,
                                        const CryptoDevChainParams *chain,
                                        CryptoDevSession *session)
{
    bool auth = chain->mode == CRYPTODEV_HASH_MODE_AUTH;
    const CryptoDevCapability *chained =
        cryptodev_backend_find(backend, auth ? CRYPTODEV_SERVICE_MAC
                                             : CRYPTODEV_SERVICE_HASH,
                               chain->algo);

    if (!chained || !set_digest_len(session, chained, chain->digest_len)) {
        return CRYPTODEV_NOTSUPP;
    }
    session->chained = chained;
    switch (chain->mode) {
    case CRYPTODEV_HASH_MODE_AUTH:
        return key_len_supported(chained, chain->key_len)
               ? CRYPTODEV_OK : CRYPTODEV_NOTSUPP;
    case CRYPTODEV_HASH_MODE_NESTED:
        return check_prefixes(chain->key_len);
    default:
        return CRYPTODEV_OK;
    }
}

static CryptoDevStatus check_key_len(const CryptoDevCapability *capability,
                                     const CryptoDevSessionParams *params)
{
    if (params->service == CRYPTODEV_SERVICE_HASH && params->digest.nested) {
        return check_prefixes(params->key_len);
    }
    return key_len_supported(capability, params->key_len) ? CRYPTODEV_OK
                                                          : CRYPTODEV_NOTSUPP;
}

/*
 * Look up the algorithms, and fill in what sessions of every backend have.
 * Sizes are checked here as far as the capabilities tell.
 */
static CryptoDevStatus describe_session(CryptoDevBackend *backend,
                                        const CryptoDevSessionParams *params,
                                        CryptoDevSession *session)
{
    const CryptoDevCapability *capability =
        cryptodev_backend_find(backend, params->service, params->algo);
    CryptoDevStatus status = CRYPTODEV_NOTSUPP;

    if (capability) {
        status = cryptodev_has_operations(params->service)
                 ? cryptodev_check_session_operands(params)
                 : check_key_len(capability, params);
    }
    if (status != CRYPTODEV_OK) {
        return status;
    }
    *session = (CryptoDevSession) { .capability = capability };

    switch (params->service) {
    case CRYPTODEV_SERVICE_CIPHER:
        session->encrypt = params->cipher.encrypt;
        if (params->cipher.chain.mode == CRYPTODEV_HASH_MODE_NONE) {
            return CRYPTODEV_OK;
        }
        return describe_chained(backend, &params->cipher.chain, session);
    case CRYPTODEV_SERVICE_HASH:
    case CRYPTODEV_SERVICE_MAC:
        return set_digest_len(session, capability, params->digest.len)
               ? CRYPTODEV_OK : CRYPTODEV_NOTSUPP;
    case CRYPTODEV_SERVICE_AEAD:
        session->encrypt = params->aead.encrypt;
        session->tag_len = params->aead.tag_len;
        return has_len(capability->tag_lens, params->aead.tag_len)
               ? CRYPTODEV_OK : CRYPTODEV_NOTSUPP;
    default:
        return CRYPTODEV_OK;
    }
}

CryptoDevStatus
cryptodev_backend_create_session(CryptoDevBackend *backend,
                                 const CryptoDevSessionParams *params,
                                 CryptoDevSession **session)
{
    CryptoDevBackendClass *class = CRYPTODEV_BACKEND_GET_CLASS(backend);
    CryptoDevSession description;
    CryptoDevStatus status =
        describe_session(backend, params, &description);

    if (status == CRYPTODEV_OK) {
        status = class->create_session(backend, params, session);
    }
    if (status == CRYPTODEV_OK) {
        **session = description;
    }
    return status;
}

void cryptodev_backend_destroy_session(CryptoDevBackend *backend,
                                       CryptoDevSession *session)
{
    CRYPTODEV_BACKEND_GET_CLASS(backend)->destroy_session(backend, session);
}

static bool check_cipher(const CryptoDevCapability *capability, uint64_t len)
{
    return len >= capability->min_len && len % capability->block_len == 0;
}

static bool check_digest(const CryptoDevOp *op)
{
    return op->digest.len >= 1 && op->digest.len <= op->session->digest_len;
}

static bool in_range(CryptoDevRange range, uint64_t len)
{
    return range.offset <= len && range.len <= len - range.offset;
}

static bool check_chain(const CryptoDevOp *op)
{
    return in_range(op->hash_range, op->src.len) &&
           in_range(op->cipher_range, op->dst.len) &&
           op->dst.len <= op->src.len &&
           op->aad.len + op->hash_range.len >=
           op->session->chained->min_len &&
           check_cipher(op->session->capability, op->cipher_range.len) &&
           check_digest(op);
}

/* The tag is behind the ciphertext. */
static bool check_aead(const CryptoDevOp *op)
{
    size_t tag_len = op->session->tag_len;

    if (op->session->encrypt) {
        return op->dst.len >= tag_len && op->dst.len - tag_len >= op->src.len;
    }
    return op->src.len >= tag_len && op->dst.len >= op->src.len - tag_len;
}

/* Whether the session has such an operation. */
static bool check_type(const CryptoDevOp *op)
{
    switch (op->session->capability->service) {
    case CRYPTODEV_SERVICE_CIPHER:
    case CRYPTODEV_SERVICE_AEAD:
        return op->type == (op->session->encrypt ? CRYPTODEV_OP_ENCRYPT
                                                 : CRYPTODEV_OP_DECRYPT);
    case CRYPTODEV_SERVICE_HASH:
    case CRYPTODEV_SERVICE_MAC:
        return op->type == CRYPTODEV_OP_DIGEST;
    case CRYPTODEV_SERVICE_AKCIPHER:
        return op->type == CRYPTODEV_OP_ENCRYPT ||
               op->type == CRYPTODEV_OP_DECRYPT ||
               op->type == CRYPTODEV_OP_SIGN ||
               op->type == CRYPTODEV_OP_VERIFY;
    default:
        return false;
    }
}

/* The checks that need no more than the session, for every backend alike */
static bool check_op(const CryptoDevOp *op)
{
    const CryptoDevSession *session = op->session;
    const CryptoDevCapability *capability = session->capability;

    if (!check_type(op) || !has_len(capability->iv_lens, op->iv_len)) {
        return false;
    }
    switch (capability->service) {
    case CRYPTODEV_SERVICE_CIPHER:
        return session->chained ? check_chain(op) :
               check_cipher(capability, op->src.len) &&
               op->dst.len >= op->src.len;
    case CRYPTODEV_SERVICE_HASH:
    case CRYPTODEV_SERVICE_MAC:
        return op->src.len >= capability->min_len && check_digest(op);
    case CRYPTODEV_SERVICE_AEAD:
        return check_aead(op);
    case CRYPTODEV_SERVICE_AKCIPHER:
        return op->src.len <= CRYPTODEV_AKCIPHER_RESULT_MAX;
    default:
        return false;
    }
}

/* What the checks refuse takes no time. */
bool cryptodev_backend_takes_long(CryptoDevBackend *backend,
                                  const CryptoDevOp *op)
{
    CryptoDevBackendClass *class = CRYPTODEV_BACKEND_GET_CLASS(backend);

    return op->session->capability->service == CRYPTODEV_SERVICE_AKCIPHER &&
           check_op(op) &&
           (!class->takes_long || class->takes_long(backend, op));
}

void cryptodev_backend_run(CryptoDevBackend *backend, CryptoDevOp *ops,
                           size_t n)
{
    for (size_t i = 0; i < n; i++) {
        ops[i].result_len = 0;
        ops[i].status = check_op(&ops[i]) ? CRYPTODEV_OK : CRYPTODEV_ERR;
    }
    CRYPTODEV_BACKEND_GET_CLASS(backend)->run(backend, ops, n);
}

static void get_queues(Object *obj, Visitor *v, const char *name,
                       void *opaque, Error **errp)
{
    visit_type_uint32(v, name, &CRYPTODEV_BACKEND(obj)->queues, errp);
}

static void set_queues(Object *obj, Visitor *v, const char *name,
                       void *opaque, Error **errp)
{
    CryptoDevBackend *backend = CRYPTODEV_BACKEND(obj);
    uint32_t queues;

    if (!visit_type_uint32(v, name, &queues, errp)) {
        return;
    }
    if (backend->complete) {
        error_setg(errp, "'%s' is settled when the cryptodev is created",
                   name);
        return;
    }
    if (queues < 1 || queues > CRYPTODEV_QUEUES_MAX) {
        error_setg(errp, "'%s' must be between 1 and %d", name,
                   CRYPTODEV_QUEUES_MAX);
        return;
    }
    backend->queues = queues;
}

static void cryptodev_backend_complete(UserCreatable *uc, Error **errp)
{
    CryptoDevBackend *backend = CRYPTODEV_BACKEND(uc);

    cryptodev_capabilities_settle(backend);
    backend->complete = true;
}

static bool cryptodev_backend_can_be_deleted(UserCreatable *uc)
{
    return !CRYPTODEV_BACKEND(uc)->user_ops;
}

static void cryptodev_backend_instance_init(Object *obj)
{
    CryptoDevBackend *backend = CRYPTODEV_BACKEND(obj);

    backend->queues = 1;
    backend->services = CRYPTODEV_SERVICES_ALL;
    backend->known = g_array_new(false, false, sizeof(CryptoDevCapability));
    backend->capabilities =
        g_array_new(false, false, sizeof(CryptoDevCapability));
    cryptodev_throttle_init(&backend->throttle);
}

static void cryptodev_backend_finalize(Object *obj)
{
    CryptoDevBackend *backend = CRYPTODEV_BACKEND(obj);

    cryptodev_throttle_destroy(&backend->throttle);
    g_array_free(backend->capabilities, true);
    g_array_free(backend->known, true);
    qapi_free_strList(backend->disabled);
}

static void cryptodev_backend_class_init(ObjectClass *class, void *data)
{
    UserCreatableClass *ucc = USER_CREATABLE_CLASS(class);

    ucc->complete = cryptodev_backend_complete;
    ucc->can_be_deleted = cryptodev_backend_can_be_deleted;

    object_class_property_add(class, "queues", "uint32", get_queues,
                              set_queues, NULL, NULL);
    object_class_property_set_description(class, "queues",
        "Data queues of the device, 1 to " stringify(CRYPTODEV_QUEUES_MAX)
        " (default: 1)");
    cryptodev_capabilities_add_property(class);
    cryptodev_throttle_add_properties(class);
}

static const TypeInfo cryptodev_types[] = {
    {
        .name = TYPE_CRYPTODEV_BACKEND,
        .parent = TYPE_OBJECT,
        .abstract = true,
        .instance_size = sizeof(CryptoDevBackend),
        .instance_init = cryptodev_backend_instance_init,
        .instance_finalize = cryptodev_backend_finalize,
        .class_size = sizeof(CryptoDevBackendClass),
        .class_init = cryptodev_backend_class_init,
        .interfaces = (InterfaceInfo[]) {
            { TYPE_USER_CREATABLE },
            { }
        },
    },
};

DEFINE_TYPES(cryptodev_types)
