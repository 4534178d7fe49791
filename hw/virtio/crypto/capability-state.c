/*
 * The virtio crypto device: its capabilities in a migration stream
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "migration/vmstate.h"
#include "qemu/error-report.h"
#include "capability-state.h"
#include "state.h"
#include "wire.h"

#define VERSION 1

/* The most capabilities in a stream, and the longest name of one */
#define CAPABILITIES_MAX 1024
#define NAME_MAX_LEN 32

/* Streams contain these numbers, so they must not change. */
QEMU_BUILD_BUG_ON(VIRTIO_CRYPTO_PROTOCOL_VIRTIO != 0);
QEMU_BUILD_BUG_ON(VIRTIO_CRYPTO_PROTOCOL_RFC_V1 != 1);

/**
 * CapabilityState:
 * @capability: the capability; one that was loaded lacks @service and @name
 * @service: its service
 * @name_len: bytes in its name
 * @name: its name, for messages
 */
typedef struct CapabilityState {
    CryptoDevCapability capability;
    uint8_t service;
    uint8_t name_len;
    char name[NAME_MAX_LEN + 1];
} CapabilityState;

/* A member of the capability, under its own name */
#define VMSTATE_CAPABILITY_UINT32(_member) {                            \
    .name   = stringify(_member),                                       \
    .info   = &vmstate_info_uint32,                                     \
    .size   = sizeof(uint32_t),                                         \
    .flags  = VMS_SINGLE,                                               \
    .offset = vmstate_offset_value(CapabilityState, capability._member, \
                                   uint32_t),                           \
}

/**
 * CapabilitiesState:
 * @dev: the device
 * @protocol: its wire protocol
 * @queues: how many data queues it has
 * @max_request_size: as its property
 * @n: how many capabilities there are
 * @next: of the next capability to save, by cryptodev_backend_next()
 * @capability: the capability that is being saved or loaded
 * @lacked: the names of those loaded that this device does not have
 */
typedef struct CapabilitiesState {
    const VirtIOCrypto *dev;
    uint8_t protocol;
    uint32_t queues;
    uint32_t max_request_size;
    uint32_t n;
    guint next;
    CapabilityState capability;
    GString *lacked;
} CapabilitiesState;

/* The next capability that a driver can find or use, or NULL */
static const CryptoDevCapability *next_offered(const VirtIOCrypto *s, guint *i)
{
    const CryptoDevCapability *capability;

    do {
        capability = cryptodev_backend_next(s->cryptodev, i);
    } while (capability &&
             !s->wire->offers(capability->service, capability->algo));
    return capability;
}

static uint32_t count_offered(const VirtIOCrypto *s)
{
    uint32_t n = 0;

    for (guint i = 0; next_offered(s, &i);) {
        n++;
    }
    return n;
}

static int capability_pre_save(void *opaque)
{
    CapabilityState *state = opaque;
    CapabilitiesState *all =
        container_of(state, CapabilitiesState, capability);
    const CryptoDevCapability *capability =
        next_offered(all->dev, &all->next);

    assert(strlen(capability->name) <= NAME_MAX_LEN);
    *state = (CapabilityState) {
        .capability = *capability,
        .service = capability->service,
        .name_len = strlen(capability->name),
    };
    strcpy(state->name, capability->name);
    return 0;
}

static bool is_capability(void *opaque, int version_id)
{
    CapabilityState *state = opaque;
    bool good = state->service < CRYPTODEV_SERVICE__MAX &&
                state->name_len <= NAME_MAX_LEN;

    if (!good) {
        error_report("virtio-crypto: malformed capabilities in the"
                     " migration stream");
    }
    return good;
}

/* The name ends up in a message, and must be one. */
static bool is_name(void *opaque, int version_id)
{
    CapabilityState *state = opaque;

    state->name[state->name_len] = 0;
    for (unsigned int i = 0; i < state->name_len; i++) {
        if (!g_ascii_isgraph(state->name[i])) {
            error_report("virtio-crypto: malformed capabilities in the"
                         " migration stream");
            return false;
        }
    }
    return true;
}

/* Whether every size at a distance of @theirs is one at a distance of @own. */
static bool has_steps(uint32_t own, uint32_t theirs)
{
    return own <= 1 || theirs % own == 0;
}

/* Whether this device accepts everything that the source's accepts. */
static bool covers(const CryptoDevCapability *own,
                   const CryptoDevCapability *theirs)
{
    return own->key_min <= theirs->key_min &&
           own->key_max >= theirs->key_max &&
           has_steps(own->key_step, theirs->key_step) &&
           has_steps(own->key_step, theirs->key_min - own->key_min) &&
           !(theirs->iv_lens & ~own->iv_lens) &&
           !(theirs->tag_lens & ~own->tag_lens) &&
           own->digest_max >= theirs->digest_max &&
           has_steps(own->block_len, theirs->block_len) &&
           own->min_len <= theirs->min_len;
}

/* Append the capability's name to @lacked unless this device has it. */
static int capability_post_load(void *opaque, int version_id)
{
    CapabilityState *theirs = opaque;
    CapabilitiesState *all =
        container_of(theirs, CapabilitiesState, capability);
    const CryptoDevCapability *own =
        cryptodev_backend_find(all->dev->cryptodev, theirs->service,
                               theirs->capability.algo);

    if (!own || !covers(own, &theirs->capability)) {
        g_string_append_printf(all->lacked, "%s%s%s %s",
                               all->lacked->len ? ", " : "",
                               own ? "sizes of " : "",
                               CryptodevService_str(theirs->service),
                               theirs->name);
    }
    return 0;
}

static const VMStateDescription vmstate_capability = {
    .name = "virtio-crypto-capability",
    .version_id = VERSION,
    .minimum_version_id = VERSION,
    .pre_save = capability_pre_save,
    .post_load = capability_post_load,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT8(service, CapabilityState),
        VMSTATE_CAPABILITY_UINT32(algo),
        VMSTATE_UINT8(name_len, CapabilityState),
        VMSTATE_VALIDATE("capability is one", is_capability),
        {
            .name = "name",
            .num_offset = offsetof(CapabilityState, name_len),
            .info = &vmstate_info_uint8,
            .size = sizeof(uint8_t),
            .flags = VMS_VARRAY_UINT8,
            .offset = offsetof(CapabilityState, name),
        },
        VMSTATE_VALIDATE("name is one", is_name),
        VMSTATE_CAPABILITY_UINT32(key_min),
        VMSTATE_CAPABILITY_UINT32(key_max),
        VMSTATE_CAPABILITY_UINT32(key_step),
        VMSTATE_CAPABILITY_UINT32(iv_lens),
        VMSTATE_CAPABILITY_UINT32(tag_lens),
        VMSTATE_CAPABILITY_UINT32(digest_max),
        VMSTATE_CAPABILITY_UINT32(block_len),
        VMSTATE_CAPABILITY_UINT32(min_len),
        VMSTATE_END_OF_LIST()
    },
};

static bool fits_protocol(void *opaque, int version_id)
{
    CapabilitiesState *all = opaque;
    VirtioCryptoProtocol own = all->dev->protocol;

    if (all->protocol >= VIRTIO_CRYPTO_PROTOCOL__MAX) {
        error_report("virtio-crypto: unknown protocol %u in the migration"
                     " stream", all->protocol);
    } else if (all->protocol != own) {
        error_report("virtio-crypto: the source has protocol=%s, the"
                     " destination has protocol=%s",
                     VirtioCryptoProtocol_str(all->protocol),
                     VirtioCryptoProtocol_str(own));
    }
    return all->protocol == own;
}

/* The rings and the control queue's index depend on the number of queues. */
static bool fits_queues(void *opaque, int version_id)
{
    CapabilitiesState *all = opaque;
    uint32_t own = all->dev->cryptodev->queues;

    if (all->queues != own) {
        error_report("virtio-crypto: the backend of the source has queues=%u,"
                     " that of the destination has queues=%u", all->queues,
                     own);
    }
    return all->queues == own;
}

static bool fits_request_size(void *opaque, int version_id)
{
    CapabilitiesState *all = opaque;
    uint32_t own = all->dev->max_request_size;

    if (all->max_request_size > own) {
        error_report("virtio-crypto: the source has max-request-size=%u, the"
                     " destination has only max-request-size=%u",
                     all->max_request_size, own);
    }
    return all->max_request_size <= own;
}

static bool are_capabilities(void *opaque, int version_id)
{
    CapabilitiesState *all = opaque;

    if (all->n > CAPABILITIES_MAX) {
        error_report("virtio-crypto: malformed capabilities in the"
                         " migration stream");
    }
    return all->n <= CAPABILITIES_MAX;
}

static int capabilities_pre_save(void *opaque)
{
    CapabilitiesState *all = opaque;

    all->protocol = all->dev->protocol;
    all->queues = all->dev->cryptodev->queues;
    all->max_request_size = all->dev->max_request_size;
    all->n = count_offered(all->dev);
    return 0;
}

static int capabilities_post_load(void *opaque, int version_id)
{
    CapabilitiesState *all = opaque;

    if (all->lacked->len) {
        error_report("virtio-crypto: the backend of the destination lacks %s",
                     all->lacked->str);
        return -EINVAL;
    }
    return 0;
}

static const VMStateDescription vmstate_capabilities = {
    .name = "virtio-crypto-capabilities",
    .version_id = VERSION,
    .minimum_version_id = VERSION,
    .pre_save = capabilities_pre_save,
    .post_load = capabilities_post_load,
    .fields = (const VMStateField[]) {
        VMSTATE_UINT8(protocol, CapabilitiesState),
        VMSTATE_VALIDATE("protocol is the same", fits_protocol),
        VMSTATE_UINT32(queues, CapabilitiesState),
        VMSTATE_VALIDATE("queues are as many", fits_queues),
        VMSTATE_UINT32(max_request_size, CapabilitiesState),
        VMSTATE_VALIDATE("requests are not larger", fits_request_size),
        VMSTATE_UINT32(n, CapabilitiesState),
        VMSTATE_VALIDATE("capabilities are not too many", are_capabilities),
        VMSTATE_CRYPTO_SEQUENCE("capabilities", capability, CapabilitiesState,
                                n, vmstate_capability, CapabilityState),
        VMSTATE_END_OF_LIST()
    },
};

static int put_capabilities(QEMUFile *f, void *pv, size_t size,
                            const VMStateField *field, JSONWriter *vmdesc)
{
    CapabilitiesState all = { .dev = pv };

    return virtio_crypto_state_save(f, &vmstate_capabilities, &all, vmdesc);
}

static int get_capabilities(QEMUFile *f, void *pv, size_t size,
                            const VMStateField *field)
{
    g_autoptr(GString) lacked = g_string_new(NULL);
    CapabilitiesState all = { .dev = pv, .lacked = lacked };

    return vmstate_load_state(f, &vmstate_capabilities, &all, VERSION)
           ? -EINVAL : 0;
}

static const VMStateInfo capabilities_info = {
    .name = "struct",
    .get = get_capabilities,
    .put = put_capabilities,
};

/* The first streams have called it an offer, and so must those that follow. */
static const VMStateDescription vmstate_section = {
    .name = "virtio-crypto-offer",
    .version_id = VERSION,
    .minimum_version_id = VERSION,
    .fields = (const VMStateField[]) {
        VMSTATE_CRYPTO_STATE("capabilities", capabilities_info),
        VMSTATE_END_OF_LIST()
    },
};

void virtio_crypto_capabilities_register(VirtIOCrypto *s)
{
    vmstate_register_any(VMSTATE_IF(s), &vmstate_section, s);
}

void virtio_crypto_capabilities_unregister(VirtIOCrypto *s)
{
    vmstate_unregister(VMSTATE_IF(s), &vmstate_section, s);
}
