/*
 * Published test vectors of authenticated encryption through the queues
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Each vector that is to succeed runs in both directions.  One that is to fail
 * runs in its one direction, must be found out, and leave the destination as it
 * was.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "virtio-crypto-aead-reference.h"
#include "virtio-crypto-rsp.h"
#include "virtio-crypto-vectors.h"

/* Lengths of GCM's initialization vector that the device takes as it is */
#define GCM_SHORT_IV 12

/* One vector: without @plain it is one that must not be decrypted */
typedef struct AeadVector {
    GByteArray *key;
    GByteArray *iv;
    GByteArray *aad;
    GByteArray *plain;
    GByteArray *sealed;     /* ciphertext and tag */
    size_t tag_len;
} AeadVector;

static void check_one_way(QVirtioCryptoDriver *d, uint32_t algo, bool encrypt,
                          const AeadVector *vector, const char *path)
{
    const GByteArray *src = encrypt ? vector->plain : vector->sealed;
    QVirtioCryptoSession session =
        qvirtio_crypto_aead(algo, encrypt, vector->tag_len, vector->key->data,
                            vector->key->len);
    uint64_t id = qvirtio_crypto_create(d, &session);
    QVirtioCryptoOp op =
        qvirtio_crypto_aead_op(algo, id, encrypt, vector->iv->data,
                               vector->iv->len, vector->aad->data,
                               vector->aad->len, src->data, src->len,
                               vector->tag_len);

    if (vector->plain) {
        vectors_check(d, &op, encrypt ? vector->sealed : vector->plain, path);
    } else {
        vectors_check_status(d, &op, VIRTIO_CRYPTO_BADMSG, path);
    }
    qvirtio_crypto_destroy(d, &session, id);
}

/* Checks a vector and frees what it holds */
static void check_vector(QVirtioCryptoDriver *d, uint32_t algo,
                         AeadVector *vector, const char *path)
{
    g_assert_nonnull(vector->key);
    g_assert_nonnull(vector->iv);
    g_assert_nonnull(vector->aad);
    if (vector->plain) {
        g_assert_cmpint(vector->sealed->len, ==,
                        vector->plain->len + vector->tag_len);
        check_one_way(d, algo, true, vector, path);
    }
    check_one_way(d, algo, false, vector, path);

    g_byte_array_unref(vector->key);
    g_byte_array_unref(vector->iv);
    g_byte_array_unref(vector->aad);
    g_byte_array_unref(vector->sealed);
    if (vector->plain) {
        g_byte_array_unref(vector->plain);
    }
}

/* Ciphertext and the tag, which stand apart in a file */
static void take_sealed(AeadVector *vector, GByteArray *cipher,
                        GByteArray *tag)
{
    vector->tag_len = tag->len;
    vector->sealed = cipher;
    g_byte_array_append(cipher, tag->data, tag->len);
    g_byte_array_unref(tag);
}

/*
 * The device takes vectors of 12 bytes, and the pre-counter block: what other
 * lengths amount to.  A record without plaintext says FAIL instead.
 */
static void run_gcm(QVirtioCryptoDriver *d, const VectorGroup *group,
                    const char *path, unsigned int *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        AeadVector vector = {
            .key = rsp_hex(record, "Key"),
            .iv = rsp_hex(record, "IV"),
            .aad = rsp_hex(record, "AAD"),
            .plain = rsp_hex(record, "PT"),
        };

        take_sealed(&vector, rsp_hex(record, "CT"), rsp_hex(record, "Tag"));
        if (vector.iv->len != GCM_SHORT_IV) {
            GByteArray *iv = vector.iv;

            vector.iv = gcm_reference_j0(vector.key, iv);
            g_byte_array_unref(iv);
        }
        check_vector(d, group->algo, &vector, path);
        ++*count;
    }
}

/*
 * What a file of CCM says before a record, in a section or in a record of its
 * own, holds for it too: lengths, keys and nonces.
 */
static void remember_fields(GHashTable *fields, const RspRecord *record)
{
    g_auto(GStrv) lengths = g_strsplit(record->section, ",", -1);
    GHashTableIter iter;
    gpointer name, value;

    for (size_t i = 0; lengths[i]; i++) {
        g_auto(GStrv) pair = g_strsplit(lengths[i], "=", 2);

        if (pair[0] && pair[1]) {
            g_hash_table_replace(fields, g_strdup(g_strstrip(pair[0])),
                                 g_strdup(g_strstrip(pair[1])));
        }
    }
    g_hash_table_iter_init(&iter, record->fields);
    while (g_hash_table_iter_next(&iter, &name, &value)) {
        g_hash_table_replace(fields, g_strdup(name), g_strdup(value));
    }
}

static size_t field_number(GHashTable *fields, const char *name)
{
    const char *text = g_hash_table_lookup(fields, name);

    g_assert_nonnull(text);
    return atoi(text);
}

/* Bytes of a field, as many as another one says: "00" may stand for none */
static GByteArray *field_bytes(GHashTable *fields, const char *name,
                               const char *len_name)
{
    const char *text = g_hash_table_lookup(fields, name);
    size_t len = field_number(fields, len_name);
    GByteArray *bytes;

    g_assert_nonnull(text);
    bytes = hex_to_bytes(text);
    g_assert_cmpint(bytes->len, ==, MAX(len, 1));
    g_byte_array_set_size(bytes, len);
    return bytes;
}

static bool ccm_passes(const RspRecord *record)
{
    const char *result = rsp_text(record, "Result");

    return !result || g_str_has_prefix(result, "Pass");
}

static void run_ccm(QVirtioCryptoDriver *d, const VectorGroup *group,
                    const char *path, unsigned int *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);
    g_autoptr(GHashTable) fields =
        g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        AeadVector vector = { };

        remember_fields(fields, record);
        if (!rsp_text(record, "Count")) {
            continue;
        }
        vector.key = hex_to_bytes(g_hash_table_lookup(fields, "Key"));
        vector.iv = field_bytes(fields, "Nonce", "Nlen");
        vector.aad = field_bytes(fields, "Adata", "Alen");
        vector.sealed = rsp_hex(record, "CT");
        vector.tag_len = field_number(fields, "Tlen");
        if (ccm_passes(record)) {
            vector.plain = field_bytes(fields, "Payload", "Plen");
        }
        check_vector(d, group->algo, &vector, path);
        ++*count;
    }
}

/* A field that is hexadecimal, or text in quotation marks */
static GByteArray *take_text(const RspRecord *record, const char *name)
{
    const char *text = rsp_text(record, name);
    size_t len;
    GByteArray *bytes;

    g_assert_nonnull(text);
    if (text[0] != '"') {
        return hex_to_bytes(text);
    }
    len = strlen(text);
    g_assert_cmpint(text[len - 1], ==, '"');
    bytes = g_byte_array_new();
    return g_byte_array_append(bytes, (const uint8_t *)text + 1, len - 2);
}

/* BoringSSL's file has no vectors that fail */
static void run_chacha_boringssl(QVirtioCryptoDriver *d,
                                 const VectorGroup *group, const char *path,
                                 unsigned int *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        AeadVector vector = {
            .key = rsp_hex(record, "KEY"),
            .iv = rsp_hex(record, "NONCE"),
            .aad = take_text(record, "AD"),
            .plain = take_text(record, "IN"),
        };

        take_sealed(&vector, take_text(record, "CT"), rsp_hex(record, "TAG"));
        check_vector(d, group->algo, &vector, path);
        ++*count;
    }
}

/* OpenSSL's file says how a vector fails in the field "Result" */
static void run_chacha_openssl(QVirtioCryptoDriver *d,
                               const VectorGroup *group, const char *path,
                               unsigned int *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        AeadVector vector = {
            .key = rsp_hex(record, "Key"),
            .iv = rsp_hex(record, "IV"),
            .aad = rsp_hex(record, "AAD"),
        };

        if (!rsp_text(record, "Result")) {
            vector.plain = rsp_hex(record, "Plaintext");
            g_assert_nonnull(vector.plain);
        }
        take_sealed(&vector, rsp_hex(record, "Ciphertext"),
                    rsp_hex(record, "Tag"));
        check_vector(d, group->algo, &vector, path);
        ++*count;
    }
}

static const VectorGroup groups[] = {
    { "aes-gcm-128", "ciphers/AES/GCM", "gcm*128.rsp", NULL,
      VIRTIO_CRYPTO_AEAD_GCM, run_gcm },
    { "aes-gcm-192", "ciphers/AES/GCM", "gcm*192.rsp", NULL,
      VIRTIO_CRYPTO_AEAD_GCM, run_gcm },
    { "aes-gcm-256", "ciphers/AES/GCM", "gcm*256.rsp", NULL,
      VIRTIO_CRYPTO_AEAD_GCM, run_gcm },
    { "aes-ccm", "ciphers/AES/CCM", "*.rsp", NULL, VIRTIO_CRYPTO_AEAD_CCM,
      run_ccm },
    { "chacha20-poly1305", "ciphers/ChaCha20Poly1305", "boringssl.txt", NULL,
      VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305, run_chacha_boringssl },
    { "chacha20-poly1305-openssl", "ciphers/ChaCha20Poly1305", "openssl.txt",
      NULL, VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305, run_chacha_openssl },
};

static void register_tests(void)
{
    vectors_register(groups, ARRAY_SIZE(groups));
}

libqos_init(register_tests);
