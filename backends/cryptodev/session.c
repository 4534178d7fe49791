/*
 * Cryptography backends: sessions
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "capabilities.h"
#include "check.h"
#include "driver.h"

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
        return cryptodev_has_len(capability->tag_lens, params->aead.tag_len)
               ? CRYPTODEV_OK : CRYPTODEV_NOTSUPP;
    default:
        return CRYPTODEV_OK;
    }
}

/* The driver that is to have a session whose algorithms were found, or NULL */
static const CryptoDevDriver *find_driver(CryptoDevBackend *backend,
                                          const CryptoDevSession *session)
{
    const CryptoDevCapability *capability = session->capability;
    const CryptoDevCapability *chained = session->chained;
    const CryptoDevDriver *driver =
        cryptodev_find_driver(backend, capability->service, capability->algo);

    if (!driver || !chained) {
        return driver;
    }
    return cryptodev_find_driver(backend, chained->service, chained->algo)
           ? cryptodev_find_chain_driver(backend) : NULL;
}

/* Whether the user has left a backend the algorithms that were found. */
static bool has_algorithms(CryptoDevBackend *backend,
                           const CryptoDevSession *session)
{
    const CryptoDevCapability *capability = session->capability;
    const CryptoDevCapability *chained = session->chained;

    return cryptodev_backend_find(backend, capability->service,
                                  capability->algo) &&
           (!chained || cryptodev_backend_find(backend, chained->service,
                                               chained->algo));
}

static CryptoDevStatus create_session(CryptoDevBackend *backend,
                                      const CryptoDevSessionParams *params,
                                      const CryptoDevSession *description,
                                      CryptoDevSession **session);

/*
 * Make a session beside one whose driver may leave operations to the base.  The
 * base may lack the algorithm that another one is chained to.
 */
static CryptoDevStatus add_base(CryptoDevSession *session,
                                const CryptoDevSessionParams *params)
{
    CryptoDevBackend *base = session->backend->base;

    if (!session->driver->falls_back) {
        return CRYPTODEV_OK;
    }
    return base && has_algorithms(base, session)
           ? create_session(base, params, session, &session->base)
           : CRYPTODEV_NOTSUPP;
}

static CryptoDevStatus create_own(CryptoDevBackend *backend,
                                  const CryptoDevSessionParams *params,
                                  const CryptoDevSession *description,
                                  CryptoDevSession **session)
{
    const CryptoDevDriver *driver = find_driver(backend, description);
    CryptoDevSession *own = NULL;
    CryptoDevStatus status;

    if (!driver) {
        return CRYPTODEV_NOTSUPP;
    }
    status = driver->create(backend, params, &own);
    if (status == CRYPTODEV_OK) {
        *own = *description;
        own->backend = backend;
        own->driver = driver;
        own->base = NULL;
        status = add_base(own, params);
    }
    if (status != CRYPTODEV_OK) {
        if (own) {
            driver->destroy(own);
        }
        return status;
    }
    *session = own;
    return CRYPTODEV_OK;
}

/* Make a session on the first backend from @backend down that can. */
static CryptoDevStatus create_session(CryptoDevBackend *backend,
                                      const CryptoDevSessionParams *params,
                                      const CryptoDevSession *description,
                                      CryptoDevSession **session)
{
    CryptoDevStatus status;

    do {
        status = create_own(backend, params, description, session);
        backend = backend->base;
    } while (status == CRYPTODEV_NOTSUPP && backend &&
             has_algorithms(backend, description));
    return status;
}

CryptoDevStatus
cryptodev_backend_create_session(CryptoDevBackend *backend,
                                 const CryptoDevSessionParams *params,
                                 CryptoDevSession **session)
{
    CryptoDevSession description;
    CryptoDevStatus status = describe_session(backend, params, &description);

    return status == CRYPTODEV_OK
           ? create_session(backend, params, &description, session) : status;
}

void cryptodev_backend_destroy_session(CryptoDevBackend *backend,
                                       CryptoDevSession *session)
{
    CryptoDevSession *base = session->base;

    session->driver->destroy(session);
    if (base) {
        cryptodev_backend_destroy_session(base->backend, base);
    }
}
