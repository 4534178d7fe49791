/*
 * The virtio crypto device: its sessions in a migration stream
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qemu/error-report.h"
#include "session-state.h"
#include "state.h"

#define VERSION 1

/*
 * A stream ends with a description of its fields, for people, in which each
 * session takes about 1 KiB: more than in the stream itself.
 */
#define DESCRIBED_MAX 64

/* Streams contain these numbers, so they must not change. */
QEMU_BUILD_BUG_ON(CRYPTODEV_SERVICE_CIPHER != 0);
QEMU_BUILD_BUG_ON(CRYPTODEV_SERVICE_RAND != 16);

/* A key or an operand: whoever saves owns @bytes, when loading this does. */
typedef struct PartState {
    uint32_t len;
    uint8_t *bytes;
} PartState;

/**
 * SessionState:
 * @index: as in VirtIOCryptoSessionRecord
 * @generation: likewise
 * @service: from here on, as in CryptoDevSessionParams
 * @n_parts: how many @parts there are
 * @parts: its keys or operands
 *
 * A session of a stream.  Which members it has depends on the service.
 */
typedef struct SessionState {
    uint32_t index;
    uint64_t generation;
    uint8_t service;
    uint32_t algo;
    bool encrypt;
    uint8_t hash_mode;
    bool cipher_first;
    uint32_t hash_algo;
    uint32_t digest_len;
    bool nested;
    uint32_t tag_len;
    bool private_key;
    uint8_t padding;
    uint8_t hash;
    uint8_t curve;
    uint8_t n_parts;
    PartState parts[VIRTIO_CRYPTO_PARTS_MAX];
} SessionState;

/**
 * SessionsState:
 * @sessions: the table
 * @wire: the wire protocol, to load sessions
 * @last_generation: as virtio_crypto_sessions_last_generation() tells
 * @slots: how many slots a table needs for the sessions
 * @n: how many sessions there are
 * @described: how many of them are described, the first ones
 * @from: the least index that the next session can have; they come in order
 * @session: the session that is being saved or loaded
 */
typedef struct SessionsState {
    VirtIOCryptoSessions *sessions;
    const VirtIOCryptoWire *wire;
    uint64_t last_generation;
    uint32_t slots;
    uint32_t n;
    uint32_t described;
    uint32_t from;
    SessionState session;
} SessionsState;

static bool part_fits(void *opaque, int version_id)
{
    PartState *part = opaque;

    return part->len <= VIRTIO_CRYPTO_PARAMS_MAX;
}

static const VMStateDescription vmstate_part = {
    .name = "virtio-crypto-session-part",
    .version_id = VERSION,
    .minimum_version_id = VERSION,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32(len, PartState),
        VMSTATE_VALIDATE("length is in bounds", part_fits),
        VMSTATE_VBUFFER_ALLOC_UINT32(bytes, PartState, 0, NULL, len),
        VMSTATE_END_OF_LIST()
    },
};

/* Wipe and free what was loaded of a session. */
static void clear_session(SessionState *s)
{
    for (unsigned int i = 0; i < ARRAY_SIZE(s->parts); i++) {
        PartState *part = &s->parts[i];

        if (part->bytes) {
            cryptodev_wipe(part->bytes, part->len);
            g_free(part->bytes);
        }
    }
    *s = (SessionState) { };
}

static bool has_direction(void *opaque, int version_id)
{
    SessionState *s = opaque;

    return s->service == CRYPTODEV_SERVICE_CIPHER ||
           s->service == CRYPTODEV_SERVICE_AEAD;
}

static bool is_cipher(void *opaque, int version_id)
{
    SessionState *s = opaque;

    return s->service == CRYPTODEV_SERVICE_CIPHER;
}

static bool is_digest(void *opaque, int version_id)
{
    SessionState *s = opaque;

    return s->service == CRYPTODEV_SERVICE_HASH ||
           s->service == CRYPTODEV_SERVICE_MAC;
}

static bool has_digest(void *opaque, int version_id)
{
    return is_cipher(opaque, version_id) || is_digest(opaque, version_id);
}

static bool is_aead(void *opaque, int version_id)
{
    SessionState *s = opaque;

    return s->service == CRYPTODEV_SERVICE_AEAD;
}

static bool is_akcipher(void *opaque, int version_id)
{
    SessionState *s = opaque;

    return s->service == CRYPTODEV_SERVICE_AKCIPHER;
}

static bool is_id(void *opaque, int version_id)
{
    SessionState *s = opaque;
    SessionsState *all = container_of(s, SessionsState, session);
    bool good = s->index >= all->from && s->index < all->sessions->size &&
                s->generation >= 1 && s->generation <= all->last_generation;

    if (!good) {
        error_report("virtio-crypto: invalid session id in the migration"
                     " stream");
    }
    return good;
}

/* How many parts a session has, at least and at most */
static bool has_parts(const SessionState *s)
{
    if (cryptodev_has_operations(s->service)) {
        return s->n_parts <= CRYPTODEV_OPERANDS_MAX;
    }
    return s->n_parts == (s->service == CRYPTODEV_SERVICE_CIPHER ? 2 : 1);
}

/* Whether all numbers are values of their enumerations */
static bool is_session(void *opaque, int version_id)
{
    SessionState *s = opaque;
    bool good = s->service < CRYPTODEV_SERVICE__MAX &&
                s->hash_mode <= CRYPTODEV_HASH_MODE_NESTED &&
                s->padding <= CRYPTODEV_RSA_PKCS1 &&
                s->hash <= CRYPTODEV_HASH_MD4 &&
                s->curve <= CRYPTODEV_CURVE_ED448 && has_parts(s);

    if (!good) {
        error_report("virtio-crypto: malformed session in the migration"
                     " stream");
    }
    return good;
}

static void set_service(SessionState *s, const CryptoDevSessionParams *params)
{
    switch (params->service) {
    case CRYPTODEV_SERVICE_CIPHER:
        s->encrypt = params->cipher.encrypt;
        s->hash_mode = params->cipher.chain.mode;
        s->cipher_first = params->cipher.chain.cipher_first;
        s->hash_algo = params->cipher.chain.algo;
        s->digest_len = params->cipher.chain.digest_len;
        break;
    case CRYPTODEV_SERVICE_HASH:
    case CRYPTODEV_SERVICE_MAC:
        s->digest_len = params->digest.len;
        s->nested = params->digest.nested;
        break;
    case CRYPTODEV_SERVICE_AEAD:
        s->encrypt = params->aead.encrypt;
        s->tag_len = params->aead.tag_len;
        break;
    case CRYPTODEV_SERVICE_AKCIPHER:
        s->private_key = params->akcipher.private_key;
        s->padding = params->akcipher.padding;
        s->hash = params->akcipher.hash;
        s->curve = params->akcipher.curve;
        break;
    default:
        break;
    }
}

static void get_service(const SessionState *s, CryptoDevSessionParams *params)
{
    switch (params->service) {
    case CRYPTODEV_SERVICE_CIPHER:
        params->cipher.encrypt = s->encrypt;
        params->cipher.chain.mode = s->hash_mode;
        params->cipher.chain.cipher_first = s->cipher_first;
        params->cipher.chain.algo = s->hash_algo;
        params->cipher.chain.digest_len = s->digest_len;
        break;
    case CRYPTODEV_SERVICE_HASH:
    case CRYPTODEV_SERVICE_MAC:
        params->digest.len = s->digest_len;
        params->digest.nested = s->nested;
        break;
    case CRYPTODEV_SERVICE_AEAD:
        params->aead.encrypt = s->encrypt;
        params->aead.tag_len = s->tag_len;
        break;
    case CRYPTODEV_SERVICE_AKCIPHER:
        params->akcipher.private_key = s->private_key;
        params->akcipher.padding = s->padding;
        params->akcipher.hash = s->hash;
        params->akcipher.curve = s->curve;
        break;
    default:
        break;
    }
}

/* Fill in the next session of the table. */
static int session_pre_save(void *opaque)
{
    SessionState *s = opaque;
    SessionsState *all = container_of(s, SessionsState, session);
    CryptoDevOperand parts[VIRTIO_CRYPTO_PARTS_MAX];
    VirtIOCryptoSessionRecord record;
    bool found = virtio_crypto_sessions_next(all->sessions, all->from, &record);
    const CryptoDevSessionParams *params = &record.params->params;

    assert(found);
    *s = (SessionState) {
        .index = record.index,
        .generation = record.generation,
        .service = params->service,
        .algo = params->algo,
        .n_parts = virtio_crypto_params_parts(params, parts),
    };
    set_service(s, params);
    for (unsigned int i = 0; i < s->n_parts; i++) {
        s->parts[i].len = parts[i].len;
        s->parts[i].bytes = (uint8_t *)parts[i].data;
    }
    return 0;
}

static int session_post_save(void *opaque)
{
    SessionState *s = opaque;
    SessionsState *all = container_of(s, SessionsState, session);

    all->from = s->index + 1;
    return 0;
}

/* Returns a copy of the parameters; NULL if they have too many bytes. */
static VirtIOCryptoParams *copy_params(const SessionState *s)
{
    CryptoDevOperand parts[VIRTIO_CRYPTO_PARTS_MAX];
    CryptoDevSessionParams params = { .service = s->service, .algo = s->algo };
    size_t len = 0;

    for (unsigned int i = 0; i < s->n_parts; i++) {
        parts[i].data = s->parts[i].bytes;
        parts[i].len = s->parts[i].len;
        len += parts[i].len;
    }
    if (len > VIRTIO_CRYPTO_PARAMS_MAX) {
        return NULL;
    }
    get_service(s, &params);
    virtio_crypto_params_set_parts(&params, parts, s->n_parts);
    return virtio_crypto_params_copy(&params);
}

/* Whether a driver could have created a session. */
static bool is_offered(const VirtIOCryptoWire *wire,
                       const CryptoDevSessionParams *params)
{
    const CryptoDevChainParams *chain = &params->cipher.chain;

    if (!wire->offers(params->service, params->algo)) {
        return false;
    }
    if (params->service != CRYPTODEV_SERVICE_CIPHER ||
        chain->mode == CRYPTODEV_HASH_MODE_NONE) {
        return true;
    }
    return wire->offers(chain->mode == CRYPTODEV_HASH_MODE_AUTH
                        ? CRYPTODEV_SERVICE_MAC : CRYPTODEV_SERVICE_HASH,
                        chain->algo);
}

static void report_refusal(const char *who, CryptoDevBackend *backend,
                           const CryptoDevSessionParams *params)
{
    const CryptoDevCapability *capability =
        cryptodev_backend_find(backend, params->service, params->algo);

    error_report("virtio-crypto: the %s of the destination refuses a session"
                 " of the source: %s %s", who,
                 CryptodevService_str(params->service),
                 capability ? capability->name : "(unknown algorithm)");
}

/* Make a session anew, or report why not. */
static bool create(const SessionsState *all,
                   const CryptoDevSessionParams *params,
                   CryptoDevSession **session)
{
    CryptoDevBackend *backend = all->sessions->backend;

    if (!is_offered(all->wire, params)) {
        report_refusal("wire protocol", backend, params);
        return false;
    }
    if (cryptodev_backend_create_session(backend, params, session) !=
        CRYPTODEV_OK) {
        report_refusal("backend", backend, params);
        return false;
    }
    return true;
}

/* Add a session to the table. */
static bool restore(const SessionsState *all, const SessionState *s)
{
    VirtIOCryptoSessionRecord record = {
        .index = s->index,
        .generation = s->generation,
        .params = copy_params(s),
    };
    CryptoDevSession *session;

    if (!record.params) {
        error_report("virtio-crypto: malformed session in the migration"
                     " stream");
        return false;
    }
    if (!create(all, &record.params->params, &session)) {
        virtio_crypto_params_free(record.params);
        return false;
    }
    virtio_crypto_sessions_restore(all->sessions, &record, session);
    return true;
}

static int session_post_load(void *opaque, int version_id)
{
    SessionState *s = opaque;
    SessionsState *all = container_of(s, SessionsState, session);
    bool good = restore(all, s);

    all->from = s->index + 1;
    clear_session(s);
    return good ? 0 : -EINVAL;
}

static const VMStateDescription vmstate_session = {
    .name = "virtio-crypto-session",
    .version_id = VERSION,
    .minimum_version_id = VERSION,
    .pre_save = session_pre_save,
    .post_save = session_post_save,
    .post_load = session_post_load,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT32(index, SessionState),
        VMSTATE_UINT64(generation, SessionState),
        VMSTATE_VALIDATE("id is one", is_id),
        VMSTATE_UINT8(service, SessionState),
        VMSTATE_UINT32(algo, SessionState),
        VMSTATE_BOOL_TEST(encrypt, SessionState, has_direction),
        VMSTATE_UINT8_TEST(hash_mode, SessionState, is_cipher),
        VMSTATE_BOOL_TEST(cipher_first, SessionState, is_cipher),
        VMSTATE_UINT32_TEST(hash_algo, SessionState, is_cipher),
        VMSTATE_UINT32_TEST(digest_len, SessionState, has_digest),
        VMSTATE_BOOL_TEST(nested, SessionState, is_digest),
        VMSTATE_UINT32_TEST(tag_len, SessionState, is_aead),
        VMSTATE_BOOL_TEST(private_key, SessionState, is_akcipher),
        VMSTATE_UINT8_TEST(padding, SessionState, is_akcipher),
        VMSTATE_UINT8_TEST(hash, SessionState, is_akcipher),
        VMSTATE_UINT8_TEST(curve, SessionState, is_akcipher),
        VMSTATE_UINT8(n_parts, SessionState),
        VMSTATE_VALIDATE("parameters are in bounds", is_session),
        VMSTATE_STRUCT_VARRAY_UINT8(parts, SessionState, n_parts, 0,
                                    vmstate_part, PartState),
        VMSTATE_END_OF_LIST()
    },
};

static bool has_ids(void *opaque, int version_id)
{
    SessionsState *all = opaque;

    if (!virtio_crypto_sessions_may_be_last(all->last_generation) ||
        all->n > all->slots) {
        error_report("virtio-crypto: invalid last session id in the migration"
                     " stream");
        return false;
    }
    return true;
}

static bool slots_fit(void *opaque, int version_id)
{
    SessionsState *all = opaque;

    if (all->slots > all->sessions->size) {
        error_report("virtio-crypto: the sessions of the source need"
                     " max-sessions=%u, the destination has max-sessions=%u",
                     all->slots, all->sessions->size);
        return false;
    }
    return true;
}

/* When a stream is loaded, @n is known from here on. */
static bool count_described(void *opaque, int version_id)
{
    SessionsState *all = opaque;

    all->described = MIN(all->n, DESCRIBED_MAX);
    return true;
}

static bool has_others(void *opaque, int version_id)
{
    SessionsState *all = opaque;

    return all->n > all->described;
}

static int put_others(QEMUFile *f, void *pv, size_t size,
                      const VMStateField *field, JSONWriter *vmdesc)
{
    SessionsState *all = pv;
    int ret = 0;

    for (uint32_t i = all->described; i < all->n && !ret; i++) {
        ret = vmstate_save_state(f, &vmstate_session, &all->session, NULL);
    }
    return ret;
}

static int get_others(QEMUFile *f, void *pv, size_t size,
                      const VMStateField *field)
{
    SessionsState *all = pv;
    int ret = 0;

    for (uint32_t i = all->described; i < all->n && !ret; i++) {
        ret = vmstate_load_state(f, &vmstate_session, &all->session, VERSION);
    }
    return ret;
}

static const VMStateInfo others_info = {
    .name = "buffer",
    .get = get_others,
    .put = put_others,
};

static int sessions_pre_save(void *opaque)
{
    SessionsState *all = opaque;
    VirtIOCryptoSessionRecord record;

    all->last_generation =
        virtio_crypto_sessions_last_generation(all->sessions);
    while (virtio_crypto_sessions_next(all->sessions, all->slots, &record)) {
        all->slots = record.index + 1;
        all->n++;
    }
    return 0;
}

static int sessions_post_load(void *opaque, int version_id)
{
    SessionsState *all = opaque;

    virtio_crypto_sessions_restored(all->sessions, all->last_generation);
    return 0;
}

static const VMStateDescription vmstate_sessions = {
    .name = "virtio-crypto-sessions",
    .version_id = VERSION,
    .minimum_version_id = VERSION,
    .pre_save = sessions_pre_save,
    .post_load = sessions_post_load,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT64(last_generation, SessionsState),
        VMSTATE_UINT32(slots, SessionsState),
        VMSTATE_UINT32(n, SessionsState),
        VMSTATE_VALIDATE("slots suffice", slots_fit),
        VMSTATE_VALIDATE("ids are possible", has_ids),
        VMSTATE_VALIDATE("some are described", count_described),
        VMSTATE_CRYPTO_SEQUENCE("sessions", session, SessionsState, described,
                                vmstate_session, SessionState),
        {
            .name = "other_sessions",
            .info = &others_info,
            .flags = VMS_SINGLE,
            .field_exists = has_others,
        },
        VMSTATE_END_OF_LIST()
    },
};

int virtio_crypto_sessions_save(VirtIOCryptoSessions *sessions, QEMUFile *f,
                                JSONWriter *vmdesc)
{
    SessionsState all = { .sessions = sessions };

    return virtio_crypto_state_save(f, &vmstate_sessions, &all, vmdesc);
}

int virtio_crypto_sessions_load(VirtIOCryptoSessions *sessions,
                                const VirtIOCryptoWire *wire, QEMUFile *f)
{
    SessionsState all = { .sessions = sessions, .wire = wire };
    int ret = vmstate_load_state(f, &vmstate_sessions, &all, VERSION);

    /* What is left of a session that did not come to its end */
    clear_session(&all.session);
    return ret ? -EINVAL : 0;
}
