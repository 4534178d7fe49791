/*
 * The virtio crypto device: what it offers, in a migration stream
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "migration/qemu-file-types.h"
#include "migration/vmstate.h"
#include "qemu/error-report.h"
#include "capabilities.h"
#include "wire.h"

/* The most capabilities in a stream, and the longest name of one */
#define CAPABILITIES_MAX 1024
#define NAME_MAX_LEN 32

/* Streams contain these numbers, so they must not change. */
QEMU_BUILD_BUG_ON(VIRTIO_CRYPTO_PROTOCOL_VIRTIO != 0);
QEMU_BUILD_BUG_ON(VIRTIO_CRYPTO_PROTOCOL_RFC_V1 != 1);

/* A capability in a stream, and its name in messages */
typedef struct Offered {
    CryptoDevCapability capability;
    char name[NAME_MAX_LEN + 1];
} Offered;

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

static void put_capability(QEMUFile *f, const CryptoDevCapability *capability)
{
    size_t len = strlen(capability->name);

    assert(len <= NAME_MAX_LEN);
    qemu_put_byte(f, capability->service);
    qemu_put_be32(f, capability->algo);
    qemu_put_byte(f, len);
    qemu_put_buffer(f, (const uint8_t *)capability->name, len);
    qemu_put_be32(f, capability->key_min);
    qemu_put_be32(f, capability->key_max);
    qemu_put_be32(f, capability->key_step);
    qemu_put_be32(f, capability->iv_lens);
    qemu_put_be32(f, capability->tag_lens);
    qemu_put_be32(f, capability->digest_max);
    qemu_put_be32(f, capability->block_len);
    qemu_put_be32(f, capability->min_len);
}

static int put_offer(QEMUFile *f, void *pv, size_t size,
                     const VMStateField *field, JSONWriter *vmdesc)
{
    const VirtIOCrypto *s = pv;
    const CryptoDevCapability *capability;
    guint i = 0;

    qemu_put_byte(f, s->protocol);
    qemu_put_be32(f, s->cryptodev->queues);
    qemu_put_be32(f, s->max_request_size);
    qemu_put_be32(f, count_offered(s));
    while ((capability = next_offered(s, &i))) {
        put_capability(f, capability);
    }
    return 0;
}

/* Error messages show the name, so accept only printable characters. */
static bool get_name(QEMUFile *f, char name[NAME_MAX_LEN + 1])
{
    size_t len = qemu_get_byte(f);

    if (len > NAME_MAX_LEN ||
        qemu_get_buffer(f, (uint8_t *)name, len) != len) {
        return false;
    }
    name[len] = 0;
    for (size_t i = 0; i < len; i++) {
        if (!g_ascii_isgraph(name[i])) {
            return false;
        }
    }
    return true;
}

static bool get_capability(QEMUFile *f, Offered *offered)
{
    CryptoDevCapability *capability = &offered->capability;

    capability->service = qemu_get_byte(f);
    capability->algo = qemu_get_be32(f);
    if (capability->service >= CRYPTODEV_SERVICE__MAX ||
        !get_name(f, offered->name)) {
        return false;
    }
    capability->key_min = qemu_get_be32(f);
    capability->key_max = qemu_get_be32(f);
    capability->key_step = qemu_get_be32(f);
    capability->iv_lens = qemu_get_be32(f);
    capability->tag_lens = qemu_get_be32(f);
    capability->digest_max = qemu_get_be32(f);
    capability->block_len = qemu_get_be32(f);
    capability->min_len = qemu_get_be32(f);
    return !qemu_file_get_error(f);
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
static void check_capability(const VirtIOCrypto *s, const Offered *offered,
                             GString *lacked)
{
    const CryptoDevCapability *theirs = &offered->capability;
    const CryptoDevCapability *own =
        cryptodev_backend_find(s->cryptodev, theirs->service, theirs->algo);

    if (!own || !covers(own, theirs)) {
        g_string_append_printf(lacked, "%s%s%s %s", lacked->len ? ", " : "",
                               own ? "sizes of " : "",
                               CryptodevService_str(theirs->service),
                               offered->name);
    }
}

static bool get_capabilities(const VirtIOCrypto *s, QEMUFile *f)
{
    g_autoptr(GString) lacked = g_string_new(NULL);
    uint32_t n = qemu_get_be32(f);
    Offered offered;

    for (uint32_t i = 0; i < n; i++) {
        if (n > CAPABILITIES_MAX || !get_capability(f, &offered)) {
            error_report("virtio-crypto: malformed capabilities in the"
                         " migration stream");
            return false;
        }
        check_capability(s, &offered, lacked);
    }
    if (lacked->len) {
        error_report("virtio-crypto: the backend of the destination lacks %s",
                     lacked->str);
    }
    return !lacked->len;
}

static bool check_protocol(const VirtIOCrypto *s, unsigned int protocol)
{
    if (protocol >= VIRTIO_CRYPTO_PROTOCOL__MAX) {
        error_report("virtio-crypto: unknown protocol %u in the migration"
                     " stream", protocol);
    } else if (protocol != s->protocol) {
        error_report("virtio-crypto: the source has protocol=%s, the"
                     " destination has protocol=%s",
                     VirtioCryptoProtocol_str(protocol),
                     VirtioCryptoProtocol_str(s->protocol));
    }
    return protocol == s->protocol;
}

/* The rings and the control queue's index depend on the number of queues. */
static bool check_queues(const VirtIOCrypto *s, uint32_t queues)
{
    if (queues != s->cryptodev->queues) {
        error_report("virtio-crypto: the backend of the source has queues=%u,"
                     " that of the destination has queues=%u", queues,
                     s->cryptodev->queues);
    }
    return queues == s->cryptodev->queues;
}

static bool check_request_size(const VirtIOCrypto *s, uint32_t size)
{
    if (size > s->max_request_size) {
        error_report("virtio-crypto: the source has max-request-size=%u, the"
                     " destination has only max-request-size=%u", size,
                     s->max_request_size);
    }
    return size <= s->max_request_size;
}

static int get_offer(QEMUFile *f, void *pv, size_t size,
                     const VMStateField *field)
{
    const VirtIOCrypto *s = pv;

    return check_protocol(s, qemu_get_byte(f)) &&
           check_queues(s, qemu_get_be32(f)) &&
           check_request_size(s, qemu_get_be32(f)) &&
           get_capabilities(s, f) ? 0 : -EINVAL;
}

static const VMStateInfo offer_info = {
    .name = "virtio-crypto offer",
    .get = get_offer,
    .put = put_offer,
};

static const VMStateDescription vmstate_offer = {
    .name = "virtio-crypto-offer",
    .version_id = 1,
    .minimum_version_id = 1,
    .fields = (const VMStateField[]) {
        {
            .name = "offer",
            .info = &offer_info,
            .flags = VMS_SINGLE,
        },
        VMSTATE_END_OF_LIST()
    },
};

void virtio_crypto_offer_register(VirtIOCrypto *s)
{
    vmstate_register_any(VMSTATE_IF(s), &vmstate_offer, s);
}

void virtio_crypto_offer_unregister(VirtIOCrypto *s)
{
    vmstate_unregister(VMSTATE_IF(s), &vmstate_offer, s);
}
