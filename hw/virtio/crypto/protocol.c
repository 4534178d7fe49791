/*
 * The virtio crypto device: the choice of its wire protocol
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "hw/virtio/virtio-crypto.h"
#include "qapi/error.h"
#include "qapi/visitor.h"
#include "protocol.h"

static const VirtIOCryptoWire *const wires[] = {
    [VIRTIO_CRYPTO_PROTOCOL_VIRTIO] = &virtio_crypto_wire_virtio,
    [VIRTIO_CRYPTO_PROTOCOL_RFC_V1] = &virtio_crypto_wire_rfc,
};

QEMU_BUILD_BUG_ON(ARRAY_SIZE(wires) != VIRTIO_CRYPTO_PROTOCOL__MAX);

const VirtIOCryptoWire *virtio_crypto_find_wire(VirtioCryptoProtocol protocol)
{
    return wires[protocol];
}

static void get_protocol(Object *obj, Visitor *v, const char *name,
                         void *opaque, Error **errp)
{
    int protocol = VIRTIO_CRYPTO(obj)->protocol;

    visit_type_enum(v, name, &protocol, &VirtioCryptoProtocol_lookup, errp);
}

/* QEMU's setter of enumerations does not list the accepted values. */
static void set_protocol(Object *obj, Visitor *v, const char *name,
                         void *opaque, Error **errp)
{
    g_autofree char *text = NULL;
    int protocol;

    if (!visit_type_str(v, name, &text, errp)) {
        return;
    }
    protocol = qapi_enum_parse(&VirtioCryptoProtocol_lookup, text, -1, NULL);
    if (protocol < 0) {
        error_setg(errp, "'%s' must be 'virtio' or 'rfc-v1', not '%s'", name,
                   text);
        return;
    }
    VIRTIO_CRYPTO(obj)->protocol = protocol;
}

const PropertyInfo virtio_crypto_prop_protocol = {
    .type = "VirtioCryptoProtocol",
    .description = "Wire protocol (virtio/rfc-v1)",
    .enum_table = &VirtioCryptoProtocol_lookup,
    .get = get_protocol,
    .set = set_protocol,
};
