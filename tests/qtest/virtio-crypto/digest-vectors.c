/*
 * Published test vectors of hashes and MACs through the queues of virtio-crypto
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The Monte Carlo files are left out: each is a chain of 100,000 digests, and
 * every one would be a request.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "rsp.h"
#include "vectors.h"

#define GMAC_NONCE 12

static void check_hash(QVirtioCryptoDriver *d, uint32_t algo,
                       const GByteArray *message, const GByteArray *digest,
                       const char *path)
{
    QVirtioCryptoSession session = qvirtio_crypto_hash(algo, digest->len);
    uint64_t id = qvirtio_crypto_create(d, &session);
    QVirtioCryptoOp op = qvirtio_crypto_hash_op(id, message->data,
                                                message->len, digest->len);

    vectors_check(d, &op, digest, path);
    qvirtio_crypto_destroy(d, &session, id);
}

/* An empty message is written as a zero byte of which no bit counts. */
static GByteArray *read_message(const RspRecord *record)
{
    const char *bits = rsp_text(record, "Len");
    GByteArray *message = rsp_hex(record, "Msg");

    if (bits) {
        size_t len = g_ascii_strtoull(bits, NULL, 10);

        g_assert_cmpint(len % 8, ==, 0);
        g_assert_cmpint(message->len, ==, MAX(len / 8, 1));
        g_byte_array_set_size(message, len / 8);
    }
    return message;
}

/* The digest is called MD, or Output where it may have any length. */
static void run_hash(QVirtioCryptoDriver *d, const VectorGroup *group,
                     const char *path, VectorCount *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        bool any_length = rsp_text(record, "Output");
        const char *bits = rsp_text(record, "Outputlen");
        g_autoptr(GByteArray) digest =
            rsp_hex(record, any_length ? "Output" : "MD");
        g_autoptr(GByteArray) message = read_message(record);

        g_assert_nonnull(digest);
        if (bits) {
            g_assert_cmpint(digest->len * 8, ==, atoi(bits));
        }
        if (vectors_take(count)) {
            check_hash(d, group->algo, message, digest, path);
        }
    }
}

static void check_mac(QVirtioCryptoDriver *d, uint32_t algo,
                      const GByteArray *key, const GByteArray *message,
                      const GByteArray *mac, const char *path)
{
    QVirtioCryptoSession session =
        qvirtio_crypto_mac(algo, mac->len, key->data, key->len);
    uint64_t id = qvirtio_crypto_create(d, &session);
    QVirtioCryptoOp op = qvirtio_crypto_mac_op(id, message->data,
                                               message->len, mac->len);

    vectors_check(d, &op, mac, path);
    qvirtio_crypto_destroy(d, &session, id);
}

/* The RFCs' files: "Len" is that of the message in some, and wrong in others */
static void run_hmac(QVirtioCryptoDriver *d, const VectorGroup *group,
                     const char *path, VectorCount *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        g_autoptr(GByteArray) key = rsp_hex(record, "Key");
        g_autoptr(GByteArray) message = rsp_hex(record, "Msg");
        g_autoptr(GByteArray) mac = rsp_hex(record, "MD");

        g_assert_nonnull(mac);
        if (vectors_take(count)) {
            check_mac(d, group->algo, key, message, mac, path);
        }
    }
}

static void run_cmac_aes(QVirtioCryptoDriver *d, const VectorGroup *group,
                         const char *path, VectorCount *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        g_autoptr(GByteArray) key = rsp_hex(record, "KEY");
        g_autoptr(GByteArray) message = rsp_hex(record, "MESSAGE");
        g_autoptr(GByteArray) mac = rsp_hex(record, "OUTPUT");

        g_assert_nonnull(mac);
        if (vectors_take(count)) {
            check_mac(d, group->algo, key, message, mac, path);
        }
    }
}

/* Three keys; and two, where the third is the first */
static void run_cmac_3des(QVirtioCryptoDriver *d, const VectorGroup *group,
                          const char *path, VectorCount *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        g_autoptr(GByteArray) message = rsp_hex(record, "MESSAGE");
        g_autoptr(GByteArray) mac = rsp_hex(record, "OUTPUT");
        g_autofree char *hex =
            g_strconcat(rsp_text(record, "KEY1"), rsp_text(record, "KEY2"),
                        rsp_text(record, "KEY3"), NULL);
        g_autoptr(GByteArray) key = hex_to_bytes(hex);

        g_assert_cmpint(key->len, ==, 24);
        if (vectors_take(count)) {
            check_mac(d, group->algo, key, message, mac, path);
        }
        if (!memcmp(key->data, key->data + 16, 8) && vectors_take(count)) {
            g_byte_array_set_size(key, 16);
            check_mac(d, group->algo, key, message, mac, path);
        }
    }
}

/*
 * GCM with only additional data is GMAC.  The device takes nonces of 12 bytes.
 * A record without "PT" has a wrong tag.
 */
static void run_gmac(QVirtioCryptoDriver *d, const VectorGroup *group,
                     const char *path, VectorCount *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        const char *plain = rsp_text(record, "PT");
        g_autoptr(GByteArray) key = rsp_hex(record, "Key");
        g_autoptr(GByteArray) source = rsp_hex(record, "IV");
        g_autoptr(GByteArray) data = rsp_hex(record, "AAD");
        g_autoptr(GByteArray) tag = rsp_hex(record, "Tag");

        if (plain && !plain[0] && source->len == GMAC_NONCE &&
            vectors_take(count)) {
            g_byte_array_append(source, data->data, data->len);
            check_mac(d, group->algo, key, source, tag, path);
        }
    }
}

#define SHA_GROUP(_name, _dir, _prefix, _algo)                            \
    { _name, "hashes/" _dir, _prefix "*.rsp", _prefix "Monte.rsp",        \
      VIRTIO_CRYPTO_HASH_ ## _algo, run_hash }
#define HMAC_GROUP(_name, _files, _algo)                                  \
    { _name, "HMAC", _files, NULL, VIRTIO_CRYPTO_MAC_HMAC_ ## _algo,      \
      run_hmac }

static const VectorGroup groups[] = {
    { "md5", "hashes/MD5", "rfc-1321.txt", NULL, VIRTIO_CRYPTO_HASH_MD5,
      run_hash },
    SHA_GROUP("sha1", "SHA1", "SHA1", SHA1),
    SHA_GROUP("sha224", "SHA2", "SHA224", SHA_224),
    SHA_GROUP("sha256", "SHA2", "SHA256", SHA_256),
    SHA_GROUP("sha384", "SHA2", "SHA384", SHA_384),
    /* SHA-512/224 and SHA-512/256 are other hashes */
    { "sha512", "hashes/SHA2", "SHA512*Msg.rsp", "SHA512_*",
      VIRTIO_CRYPTO_HASH_SHA_512, run_hash },
    SHA_GROUP("sha3-224", "SHA3", "SHA3_224", SHA3_224),
    SHA_GROUP("sha3-256", "SHA3", "SHA3_256", SHA3_256),
    SHA_GROUP("sha3-384", "SHA3", "SHA3_384", SHA3_384),
    SHA_GROUP("sha3-512", "SHA3", "SHA3_512", SHA3_512),
    SHA_GROUP("shake128", "SHAKE", "SHAKE128", SHA3_SHAKE128),
    SHA_GROUP("shake256", "SHAKE", "SHAKE256", SHA3_SHAKE256),
    HMAC_GROUP("hmac-md5", "rfc-2202-md5.txt", MD5),
    HMAC_GROUP("hmac-sha1", "rfc-2202-sha1.txt", SHA1),
    HMAC_GROUP("hmac-sha224", "rfc-4231-sha224.txt", SHA_224),
    HMAC_GROUP("hmac-sha256", "rfc-4231-sha256.txt", SHA_256),
    HMAC_GROUP("hmac-sha384", "rfc-4231-sha384.txt", SHA_384),
    HMAC_GROUP("hmac-sha512", "rfc-4231-sha512.txt", SHA_512),
    { "cmac-aes", "CMAC", "*-aes*.txt", NULL, VIRTIO_CRYPTO_MAC_CMAC_AES,
      run_cmac_aes },
    { "cmac-3des", "CMAC", "*-3des.txt", NULL, VIRTIO_CRYPTO_MAC_CMAC_3DES,
      run_cmac_3des },
    { "gmac-aes", "ciphers/AES/GCM", "gcm*.rsp", NULL,
      VIRTIO_CRYPTO_MAC_GMAC_AES, run_gmac },
};

static void register_tests(void)
{
    vectors_register_both(groups, ARRAY_SIZE(groups));
}

libqos_init(register_tests);
