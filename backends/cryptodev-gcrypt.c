/*
 * The libgcrypt backend: the object
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "qom/object_interfaces.h"
#include "cryptodev-gcrypt/drivers.h"
#include "cryptodev-gcrypt/curve.h"

/* Secure memory beyond libgcrypt's first pool comes in pieces of this size. */
#define SECURE_POOL_STEP (64 * 1024)

/* How many operations ahead of its turn one is prepared */
#define PREFETCH_AHEAD 4

/* The version of libgcrypt that the build requires, too */
#define VERSION_MIN "1.10.0"

static void (*parent_complete)(UserCreatable *uc, Error **errp);

static const CryptoDevGcryptDriver *const drivers[CRYPTODEV_SERVICE__MAX] = {
    [CRYPTODEV_SERVICE_CIPHER] = &cryptodev_gcrypt_cipher,
    [CRYPTODEV_SERVICE_HASH] = &cryptodev_gcrypt_hash,
    [CRYPTODEV_SERVICE_MAC] = &cryptodev_gcrypt_mac,
    [CRYPTODEV_SERVICE_AEAD] = &cryptodev_gcrypt_aead,
    [CRYPTODEV_SERVICE_DH] = &cryptodev_gcrypt_dh,
    [CRYPTODEV_SERVICE_DSA] = &cryptodev_gcrypt_dsa_service,
    [CRYPTODEV_SERVICE_RSA] = &cryptodev_gcrypt_rsa_service,
    [CRYPTODEV_SERVICE_EC] = &cryptodev_gcrypt_ec,
    [CRYPTODEV_SERVICE_ECDH] = &cryptodev_gcrypt_ecdh,
    [CRYPTODEV_SERVICE_ECDSA] = &cryptodev_gcrypt_ecdsa_service,
    [CRYPTODEV_SERVICE_KEY] = &cryptodev_gcrypt_key,
    [CRYPTODEV_SERVICE_LN] = &cryptodev_gcrypt_ln,
    [CRYPTODEV_SERVICE_PRIME] = &cryptodev_gcrypt_prime,
    [CRYPTODEV_SERVICE_DRBG] = &cryptodev_gcrypt_drbg,
    [CRYPTODEV_SERVICE_NRBG] = &cryptodev_gcrypt_nrbg,
    [CRYPTODEV_SERVICE_RAND] = &cryptodev_gcrypt_rand,
};

static const CryptoDevGcryptDriver *const akcipher_drivers[] = {
    [CRYPTODEV_AKCIPHER_RSA] = &cryptodev_gcrypt_rsa,
    [CRYPTODEV_AKCIPHER_DSA] = &cryptodev_gcrypt_dsa,
    [CRYPTODEV_AKCIPHER_ECDSA] = &cryptodev_gcrypt_ecdsa,
};

static const CryptoDevGcryptDriver *find_driver(CryptodevService service,
                                                uint32_t algo, bool chained)
{
    if (service == CRYPTODEV_SERVICE_AKCIPHER) {
        return akcipher_drivers[algo];
    }
    return chained ? &cryptodev_gcrypt_chain : drivers[service];
}

static const CryptoDevGcryptDriver *
session_driver(const CryptoDevSession *session)
{
    return find_driver(session->capability->service,
                       session->capability->algo, session->chained);
}

static CryptoDevStatus
gcrypt_create_session(CryptoDevBackend *backend,
                      const CryptoDevSessionParams *params,
                      CryptoDevSession **session)
{
    bool chained = params->service == CRYPTODEV_SERVICE_CIPHER &&
                   params->cipher.chain.mode != CRYPTODEV_HASH_MODE_NONE;
    const CryptoDevGcryptDriver *driver =
        find_driver(params->service, params->algo, chained);
    CryptoDevStatus status = driver->create(params, session);

    if (status == CRYPTODEV_OK && driver->configure) {
        driver->configure(*session, CRYPTODEV_BACKEND_GCRYPT(backend));
    }
    return status;
}

static void gcrypt_destroy_session(CryptoDevBackend *backend,
                                   CryptoDevSession *session)
{
    session_driver(session)->destroy(session);
}

static bool gcrypt_takes_long(CryptoDevBackend *backend,
                              const CryptoDevOp *op)
{
    const CryptoDevGcryptDriver *driver = session_driver(op->session);

    return !driver->takes_long || driver->takes_long(op);
}

static void prefetch(const CryptoDevOp *op)
{
    if (op->status == CRYPTODEV_OK) {
        const CryptoDevGcryptDriver *driver = session_driver(op->session);

        if (driver->prefetch) {
            driver->prefetch(op->session);
        }
    }
}

static void gcrypt_run(CryptoDevBackend *backend, CryptoDevOp *ops, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (i + PREFETCH_AHEAD < n) {
            prefetch(&ops[i + PREFETCH_AHEAD]);
        }
        if (ops[i].status == CRYPTODEV_OK) {
            session_driver(ops[i].session)->run(&ops[i]);
        }
    }
}

static CryptoDevStatus gcrypt_compute(CryptoDevBackend *backend,
                                      CryptoDevComputation *computation)
{
    return drivers[computation->service]->compute(computation);
}

/*
 * In FIPS mode there are 32 KiB of secure memory, and that is it: a guest could
 * fill them with keys, and then end QEMU by an operation.
 */
static bool gcrypt_has(CryptoDevBackend *backend,
                       const CryptoDevCapability *capability)
{
    const CryptoDevGcryptDriver *driver =
        find_driver(capability->service, capability->algo, false);

    if (driver->takes_secure_memory && gcry_fips_mode_active()) {
        return false;
    }
    return !driver->has || driver->has(capability->algo);
}

static void add_akcipher_capabilities(GArray *capabilities)
{
    for (size_t i = 0; i < ARRAY_SIZE(akcipher_drivers); i++) {
        akcipher_drivers[i]->add_capabilities(capabilities);
    }
}

static void gcrypt_instance_init(Object *obj)
{
    GArray *known = CRYPTODEV_BACKEND(obj)->known;

    for (size_t i = 0; i < ARRAY_SIZE(drivers); i++) {
        if (i == CRYPTODEV_SERVICE_AKCIPHER) {
            add_akcipher_capabilities(known);
        } else {
            drivers[i]->add_capabilities(known);
        }
    }
}

/* An older library than QEMU was built for may lack what is used of it. */
static void gcrypt_complete(UserCreatable *uc, Error **errp)
{
    if (gcry_check_version(VERSION_MIN)) {
        parent_complete(uc, errp);
    } else {
        error_setg(errp, "libgcrypt is version %s, and must be %s at least",
                   gcry_check_version(NULL), VERSION_MIN);
    }
}

/*
 * Private keys live in libgcrypt's secure memory, which it wipes.  The pool
 * must grow with the sessions, as it does but in FIPS mode.  libgcrypt locks
 * its first 32 KiB, as far as the user's limits allow; what it grows by can be
 * swapped out, like the guest's own copy of its keys, so a failure to lock is
 * no news.
 */
static void gcrypt_library_init(void)
{
    if (!gcry_control(GCRYCTL_INITIALIZATION_FINISHED_P)) {
        gcry_check_version(NULL);
        gcry_control(GCRYCTL_INITIALIZATION_FINISHED, 0);
    }
    gcry_control(GCRYCTL_DISABLE_SECMEM_WARN);
    gcry_control(GCRYCTL_AUTO_EXPAND_SECMEM, SECURE_POOL_STEP);
    cryptodev_curve_init();
}

static bool get_implicit_rejection(Object *obj, Error **errp)
{
    return CRYPTODEV_BACKEND_GCRYPT(obj)->rsa_implicit_rejection;
}

static void set_implicit_rejection(Object *obj, bool value, Error **errp)
{
    if (CRYPTODEV_BACKEND(obj)->complete) {
        error_setg(errp, "'rsa-implicit-rejection' is settled when the"
                   " cryptodev is created");
        return;
    }
    CRYPTODEV_BACKEND_GCRYPT(obj)->rsa_implicit_rejection = value;
}

static void add_properties(ObjectClass *class)
{
    object_class_property_add_bool(class, "rsa-implicit-rejection",
                                   get_implicit_rejection,
                                   set_implicit_rejection);
    object_class_property_set_description(class, "rsa-implicit-rejection",
        "RSA decryption answers a wrong padding of PKCS #1 v1.5 with a message"
        " that looks random, and no error (default: off)");
}

static void gcrypt_class_init(ObjectClass *class, void *data)
{
    CryptoDevBackendClass *backend = CRYPTODEV_BACKEND_CLASS(class);
    UserCreatableClass *creatable = USER_CREATABLE_CLASS(class);

    gcrypt_library_init();
    parent_complete = creatable->complete;
    creatable->complete = gcrypt_complete;
    backend->has = gcrypt_has;
    backend->create_session = gcrypt_create_session;
    backend->destroy_session = gcrypt_destroy_session;
    backend->takes_long = gcrypt_takes_long;
    backend->run = gcrypt_run;
    backend->compute = gcrypt_compute;
    add_properties(class);
}

static const TypeInfo gcrypt_types[] = {
    {
        .name = TYPE_CRYPTODEV_BACKEND_GCRYPT,
        .parent = TYPE_CRYPTODEV_BACKEND,
        .instance_size = sizeof(CryptoDevGcrypt),
        .instance_init = gcrypt_instance_init,
        .class_init = gcrypt_class_init,
    }, {
        /* The name under which libvirt asks for QEMU's own backend */
        .name = TYPE_CRYPTODEV_BACKEND_BUILTIN,
        .parent = TYPE_CRYPTODEV_BACKEND_GCRYPT,
    },
};

DEFINE_TYPES(gcrypt_types)
