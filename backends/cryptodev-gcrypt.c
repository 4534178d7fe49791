/*
 * The libgcrypt backend: the object
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "qapi/error.h"
#include "cryptodev/common/drivers.h"
#include "cryptodev/common/rejection.h"
#include "cryptodev-gcrypt/curve.h"
#include "cryptodev-gcrypt/drivers.h"
#include "cryptodev-gcrypt/primitives.h"

/* Secure memory beyond libgcrypt's first pool comes in pieces of this size. */
#define SECURE_POOL_STEP (64 * 1024)

/* The version of libgcrypt that the build requires, too */
#define VERSION_MIN "1.10.0"

static const CryptoDevDriver *const drivers[] = {
    &cryptodev_common_cipher,
    &cryptodev_common_chain,
    &cryptodev_common_hash,
    &cryptodev_common_mac,
    &cryptodev_common_aead,
    &cryptodev_common_rsa,
    &cryptodev_gcrypt_dsa,
    &cryptodev_gcrypt_ecdsa,
    &cryptodev_gcrypt_dh,
    &cryptodev_gcrypt_dsa_service,
    &cryptodev_common_rsa_service,
    &cryptodev_gcrypt_ec,
    &cryptodev_gcrypt_ecdh,
    &cryptodev_gcrypt_ecdsa_service,
    &cryptodev_common_key,
    &cryptodev_gcrypt_ln,
    &cryptodev_gcrypt_prime,
    &cryptodev_common_drbg,
    &cryptodev_common_nrbg,
    &cryptodev_gcrypt_rand,
};

/*
 * In FIPS mode there are 32 KiB of secure memory, and that is it: a guest could
 * fill them with keys, and then end QEMU by an operation.
 */
bool cryptodev_gcrypt_has_secure_memory(CryptoDevBackend *backend,
                                        uint32_t algo)
{
    return !gcry_fips_mode_active();
}

/* An older libgcrypt than QEMU was built with may lack functions. */
static bool gcrypt_init(CryptoDevBackend *backend, Error **errp)
{
    if (!gcry_check_version(VERSION_MIN)) {
        error_setg(errp, "libgcrypt %s is too old: %s or later is needed",
                   gcry_check_version(NULL), VERSION_MIN);
        return false;
    }
    return true;
}

/*
 * Private keys are in libgcrypt's secure memory, which it wipes.  The memory
 * must grow with the sessions, and does so except in FIPS mode.  libgcrypt
 * locks its first 32 KiB in RAM, as far as the user's limits allow.  The rest
 * can be swapped out, like the guest's own copy of the keys, so ignore it if
 * locking fails.
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

static void gcrypt_class_init(ObjectClass *class, void *data)
{
    CryptoDevBackendClass *backend = CRYPTODEV_BACKEND_CLASS(class);

    gcrypt_library_init();
    backend->drivers = drivers;
    backend->n_drivers = ARRAY_SIZE(drivers);
    backend->primitives = &cryptodev_gcrypt_primitives;
    backend->init = gcrypt_init;
    cryptodev_rejection_add_property(class);
}

static const TypeInfo gcrypt_types[] = {
    {
        .name = TYPE_CRYPTODEV_BACKEND_GCRYPT,
        .parent = TYPE_CRYPTODEV_BACKEND,
        .class_init = gcrypt_class_init,
    }, {
        /* The name under which libvirt asks for QEMU's own backend */
        .name = TYPE_CRYPTODEV_BACKEND_BUILTIN,
        .parent = TYPE_CRYPTODEV_BACKEND_GCRYPT,
    },
};

DEFINE_TYPES(gcrypt_types)
