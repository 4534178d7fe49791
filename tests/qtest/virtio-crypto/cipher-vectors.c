/*
 * Published test vectors of ciphers through the queues of virtio-crypto
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Each vector runs in both directions.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "rsp.h"
#include "vectors.h"

/* Checks a vector in both directions, each with a new session */
static void check_cipher(QVirtioCryptoDriver *d, uint32_t algo,
                         const GByteArray *key, const GByteArray *iv,
                         GByteArray *plain, GByteArray *cipher,
                         const char *path)
{
    for (int encrypt = 0; encrypt < 2; encrypt++) {
        GByteArray *src = encrypt ? plain : cipher;
        QVirtioCryptoSession session =
            qvirtio_crypto_cipher(algo, encrypt, key->data, key->len);
        uint64_t id = qvirtio_crypto_create(d, &session);
        QVirtioCryptoOp op =
            qvirtio_crypto_cipher_op(id, encrypt, iv ? iv->data : NULL,
                                     iv ? iv->len : 0, src->data, src->len);

        vectors_check(d, &op, encrypt ? cipher : plain, path);
        qvirtio_crypto_destroy(d, &session, id);
    }
}

static void run_aes(QVirtioCryptoDriver *d, const VectorGroup *group,
                    const char *path, VectorCount *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        g_autoptr(GByteArray) key = rsp_hex(record, "KEY");
        g_autoptr(GByteArray) iv = rsp_hex(record, "IV");
        g_autoptr(GByteArray) plain = rsp_hex(record, "PLAINTEXT");
        g_autoptr(GByteArray) cipher = rsp_hex(record, "CIPHERTEXT");

        g_assert_nonnull(key);
        g_assert_nonnull(plain);
        g_assert_nonnull(cipher);
        if (vectors_take(count)) {
            check_cipher(d, group->algo, key, iv, plain, cipher, path);
        }
    }
}

/* Adds a little-endian number of a data unit, as IEEE Std 1619 has it */
static GByteArray *xts_tweak(const RspRecord *record)
{
    const char *number = rsp_text(record, "DataUnitSeqNumber");
    uint64_t value;
    GByteArray *tweak;

    if (!number) {
        return rsp_hex(record, "i");
    }
    value = g_ascii_strtoull(number, NULL, 10);
    tweak = g_byte_array_new();
    g_byte_array_set_size(tweak, 16);
    for (int i = 0; i < 16; i++) {
        tweak->data[i] = i < 8 ? value >> (8 * i) : 0;
    }
    return tweak;
}

static void run_xts(QVirtioCryptoDriver *d, const VectorGroup *group,
                    const char *path, VectorCount *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        g_autoptr(GByteArray) key = rsp_hex(record, "Key");
        g_autoptr(GByteArray) plain = rsp_hex(record, "PT");
        g_autoptr(GByteArray) cipher = rsp_hex(record, "CT");
        g_autoptr(GByteArray) tweak = xts_tweak(record);

        /* Data units of bits that fill no byte are not for this device */
        if (atoi(rsp_text(record, "DataUnitLen")) % 8 == 0 &&
            vectors_take(count)) {
            check_cipher(d, group->algo, key, tweak, plain, cipher, path);
        }
    }
}

/* The key from KEYs (the same three times) or from KEY1, KEY2 and KEY3 */
static GByteArray *tdes_key(const RspRecord *record)
{
    GByteArray *key = g_byte_array_new();

    for (int i = 1; i <= 3; i++) {
        g_autofree char *name = g_strdup_printf("KEY%d", i);
        g_autoptr(GByteArray) part =
            rsp_hex(record, rsp_text(record, "KEYs") ? "KEYs" : name);

        g_assert_cmpint(part->len, ==, 8);
        g_byte_array_append(key, part->data, 8);
    }
    return key;
}

/* The fewest keys that do as all three: two where the third is the first */
static int count_keys(const GByteArray *key)
{
    if (memcmp(key->data, key->data + 16, 8)) {
        return 3;
    }
    return memcmp(key->data, key->data + 8, 8) ? 2 : 1;
}

/* Each record is a vector for each number of keys; one key is DES */
static void run_tdes(QVirtioCryptoDriver *d, const VectorGroup *group,
                     const char *path, VectorCount *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);
    uint32_t des = group->algo == VIRTIO_CRYPTO_CIPHER_3DES_ECB ?
                   VIRTIO_CRYPTO_CIPHER_DES_ECB : VIRTIO_CRYPTO_CIPHER_DES_CBC;

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        g_autoptr(GByteArray) key = tdes_key(record);
        g_autoptr(GByteArray) iv = rsp_hex(record, "IV");
        g_autoptr(GByteArray) plain = rsp_hex(record, "PLAINTEXT");
        g_autoptr(GByteArray) cipher = rsp_hex(record, "CIPHERTEXT");

        int fewest = count_keys(key);

        for (int n = 3; n >= fewest; n--) {
            g_byte_array_set_size(key, n * 8);
            if (vectors_take(count)) {
                check_cipher(d, n == 1 ? des : group->algo, key, iv, plain,
                             cipher, path);
            }
        }
    }
}

/* One direction of a stream cipher; only the end of the result is published */
static void check_stream(QVirtioCryptoDriver *d, bool encrypt,
                         const GByteArray *key, size_t offset,
                         const GByteArray *end, const GByteArray *expected,
                         const char *path)
{
    QVirtioCryptoSession session =
        qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_ARC4, encrypt, key->data,
                              key->len);
    uint64_t id = qvirtio_crypto_create(d, &session);
    g_autoptr(GByteArray) src = g_byte_array_new();
    QVirtioCryptoShape shape = { };
    QVirtioCryptoRequest *req;
    QVirtioCryptoOp op;

    if (offset) {
        g_byte_array_set_size(src, offset);
        memset(src->data, 0, offset);
    }
    g_byte_array_append(src, end->data, end->len);
    op = qvirtio_crypto_cipher_op(id, encrypt, NULL, 0, src->data, src->len);
    req = qvirtio_crypto_run(d, 0, &op, &shape);
    g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
    g_assert_cmpint(req->written->len, ==, src->len);
    g_assert_cmpmem(req->written->data + offset, end->len, expected->data,
                    expected->len);
    vectors_check(d, &op, req->written, path);
    qvirtio_crypto_request_free(req, d->alloc);
    qvirtio_crypto_destroy(d, &session, id);
}

static void run_arc4(QVirtioCryptoDriver *d, const VectorGroup *group,
                     const char *path, VectorCount *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        g_autoptr(GByteArray) key = rsp_hex(record, "KEY");
        g_autoptr(GByteArray) plain = rsp_hex(record, "PLAINTEXT");
        g_autoptr(GByteArray) cipher = rsp_hex(record, "CIPHERTEXT");
        size_t offset = atoi(rsp_text(record, "OFFSET"));

        if (vectors_take(count)) {
            check_stream(d, true, key, offset, plain, cipher, path);
            check_stream(d, false, key, offset, cipher, plain, path);
        }
    }
}

static const VectorGroup groups[] = {
    { "aes-ecb", "ciphers/AES/ECB", "*.rsp", NULL,
      VIRTIO_CRYPTO_CIPHER_AES_ECB, run_aes },
    { "aes-cbc", "ciphers/AES/CBC", "*.rsp", NULL,
      VIRTIO_CRYPTO_CIPHER_AES_CBC, run_aes },
    { "aes-ctr", "ciphers/AES/CTR", "*.txt", NULL,
      VIRTIO_CRYPTO_CIPHER_AES_CTR, run_aes },
    { "aes-xts", "ciphers/AES/XTS/tweak-128hexstr", "*.rsp", NULL,
      VIRTIO_CRYPTO_CIPHER_AES_XTS, run_xts },
    { "aes-xts-numbers", "ciphers/AES/XTS/tweak-dataunitseqno", "*.rsp", NULL,
      VIRTIO_CRYPTO_CIPHER_AES_XTS, run_xts },
    { "3des-ecb", "ciphers/3DES/ECB", "*.rsp", NULL,
      VIRTIO_CRYPTO_CIPHER_3DES_ECB, run_tdes },
    /* CBC-I, the interleaved mode, is another one */
    { "3des-cbc", "ciphers/3DES/CBC", "*.rsp", "TCBCI*",
      VIRTIO_CRYPTO_CIPHER_3DES_CBC, run_tdes },
    { "arc4", "ciphers/ARC4", "*.txt", NULL, VIRTIO_CRYPTO_CIPHER_ARC4,
      run_arc4 },
};

static void register_groups(void)
{
    vectors_register_both(groups, ARRAY_SIZE(groups));
}

libqos_init(register_groups);
