/*
 * The virtio crypto device: how its state is described in a migration stream
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#ifndef HW_VIRTIO_CRYPTO_STATE_H
#define HW_VIRTIO_CRYPTO_STATE_H

#include "migration/vmstate.h"
#include "qobject/json-writer.h"

/*
 * Elements of a stream, as many as @_num says, that pass one after the other
 * through the same place, @_field: @_vmsd's pre_save fills in the next one to
 * save, and its post_load takes out what was loaded.  So the number in a
 * stream, which may be forged, allocates nothing.
 */
#define VMSTATE_CRYPTO_SEQUENCE(_name, _field, _state, _num, _vmsd, _type) { \
    .name       = (_name),                                                  \
    .num_offset = vmstate_offset_value(_state, _num, uint32_t),             \
    .vmsd       = &(_vmsd),                                                 \
    .size       = 0,                                                        \
    .flags      = VMS_STRUCT | VMS_VARRAY_UINT32,                           \
    .offset     = vmstate_offset_value(_state, _field, _type),              \
}

/*
 * A field whose VMStateInfo saves with virtio_crypto_state_save().  For such a
 * VMStateInfo, @name is "struct": scripts/analyze-migration.py then shows the
 * fields.
 */
#define VMSTATE_CRYPTO_STATE(_name, _info) { \
    .name  = (_name),                        \
    .info  = &(_info),                       \
    .flags = VMS_SINGLE,                     \
}

/**
 * virtio_crypto_state_save:
 * @f: a migration stream
 * @vmsd: what to save
 * @state: where it is, made for this call
 * @vmdesc: where it is described, or NULL
 *
 * As VMSTATE_WITH_TMP() does, but described as a struct.
 *
 * Returns: 0, or a negative errno.
 */
static inline int virtio_crypto_state_save(QEMUFile *f,
                                           const VMStateDescription *vmsd,
                                           void *state, JSONWriter *vmdesc)
{
    int ret;

    if (vmdesc) {
        json_writer_start_object(vmdesc, "struct");
    }
    ret = vmstate_save_state(f, vmsd, state, vmdesc);
    if (vmdesc) {
        json_writer_end_object(vmdesc);
    }
    return ret;
}

#endif /* HW_VIRTIO_CRYPTO_STATE_H */
