/*
 * Fuzz target of virtio-crypto: migration streams
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * An input is a byte with features to leave out; the length of the stream, 16
 * bits; the stream that the device loads; and the contents of the memory that
 * the stream's requests point to.  In a real migration, QEMU loads the rest of
 * the device first: here the driver has set up the queues instead.
 */

#include "qemu/osdep.h"
#include "hw/virtio/crypto/migration.h"
#include "hw/virtio/virtio-crypto.h"
#include "io/channel-buffer.h"
#include "migration/qemu-file.h"
#include "qemu/bswap.h"
#include "qemu/units.h"
#include "system/runstate.h"
#include "tests/qtest/libqtest.h"
#include "fuzz.h"
#include "qos_fuzz.h"
#include "virtio-crypto-fuzz-driver.h"

/* Where the memory of an input is, and how much of it there is at most */
#define MEMORY_AT (4 * KiB)
#define MEMORY_MAX (4 * KiB)

#define VERSION 1

static FuzzDriver driver;
static VirtIOCrypto *device;

static bool load(const uint8_t *stream, size_t len)
{
    QIOChannelBuffer *channel = qio_channel_buffer_new(MAX(len, 1));
    QEMUFile *file = qemu_file_new_input(QIO_CHANNEL(channel));
    bool loaded;

    if (len) {
        memcpy(channel->data, stream, len);
    }
    channel->usage = len;
    object_unref(OBJECT(channel));
    loaded = !vmstate_load_state(file, &virtio_crypto_vmstate, device, VERSION);
    qemu_fclose(file);
    return loaded;
}

static GByteArray *save(void)
{
    QIOChannelBuffer *channel = qio_channel_buffer_new(4 * KiB);
    QEMUFile *file = qemu_file_new_output(QIO_CHANNEL(channel));
    GByteArray *stream = g_byte_array_new();

    g_assert_cmpint(vmstate_save_state(file, &virtio_crypto_vmstate, device,
                                       NULL), ==, 0);
    /* Loading looks for a subsection behind the state; the end is an error. */
    qemu_put_byte(file, 0);
    g_assert_cmpint(qemu_fflush(file), ==, 0);
    g_byte_array_append(stream, channel->data, channel->usage);
    qemu_fclose(file);
    object_unref(OBJECT(channel));
    return stream;
}

/* Save the loaded state, load that, and check that nothing has changed. */
static void check_saved(void)
{
    g_autoptr(GByteArray) first = save();
    g_autoptr(GByteArray) second = NULL;

    g_assert_true(load(first->data, first->len));
    second = save();
    g_assert_cmpmem(first->data, first->len, second->data, second->len);
}

static void fuzz(QTestState *qts, const unsigned char *data, size_t len)
{
    const size_t head = sizeof(uint8_t) + sizeof(uint16_t);
    size_t stream_len, memory_len;

    if (len < head) {
        return;
    }
    stream_len = MIN(lduw_le_p(data + sizeof(uint8_t)), len - head);
    memory_len = MIN(len - head - stream_len, MEMORY_MAX);
    fuzz_driver_start(&driver, data[0]);
    qtest_memset(qts, MEMORY_AT, 0, MEMORY_MAX);
    if (memory_len) {
        qtest_bufwrite(qts, MEMORY_AT, data + head + stream_len, memory_len);
    }
    vm_stop(RUN_STATE_PAUSED);
    if (load(data + head, stream_len)) {
        check_saved();
    }
    vm_start();
    /* The device answers requests that this driver has not sent. */
    driver.lied = true;
    fuzz_driver_await(&driver);
    fuzz_driver_stop(&driver);
}

static void pre_fuzz(QTestState *qts)
{
    fuzz_driver_init(&driver, qts);
    device = VIRTIO_CRYPTO(object_resolve_path_type("", TYPE_VIRTIO_CRYPTO,
                                                    NULL));
}

static void register_target(void)
{
    QOSGraphTestOptions options = {
        .edge.extra_device_opts =
            "disable-legacy=on,packed=on,iommu_platform=on",
    };
    FuzzTarget target = {
        .name = "virtio-crypto-stream",
        .description = "Fuzz the migration streams that virtio-crypto loads",
        .pre_fuzz = pre_fuzz,
        .fuzz = fuzz,
    };

    fuzz_add_qos_target(&target, "virtio-crypto-pci", &options);
}

fuzz_target_init(register_target);
