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
#include "aead-reference.h"
#include "rsp.h"
#include "vectors.h"

/* The length of GCM's initialization vector that the device takes as it is */
#define GCM_SHORT_IV 12

/* Bytes in the longest tags */
#define WHOLE_TAG 16

/* Operations that run at once */
#define BATCH 32

/* One vector: without @plain it is one that must not be decrypted */
typedef struct AeadVector {
    GByteArray *key;
    GByteArray *iv;
    GByteArray *aad;
    GByteArray *plain;
    GByteArray *sealed;     /* ciphertext and tag */
    size_t tag_len;
} AeadVector;

/* One direction of a vector, with its own session */
typedef struct AeadRun {
    bool encrypt;
    const AeadVector *vector;
    QVirtioCryptoSession session;
    QVirtioCryptoRequest *control;
    uint64_t id;
    VectorRun *operation;
} AeadRun;

static void free_vector(gpointer data)
{
    AeadVector *vector = data;

    g_byte_array_unref(vector->key);
    g_byte_array_unref(vector->iv);
    g_byte_array_unref(vector->aad);
    g_byte_array_unref(vector->sealed);
    if (vector->plain) {
        g_byte_array_unref(vector->plain);
    }
    g_free(vector);
}

static void add_run(GArray *runs, uint32_t algo, const AeadVector *vector,
                    bool encrypt)
{
    AeadRun run = {
        .encrypt = encrypt,
        .vector = vector,
        .session = qvirtio_crypto_aead(algo, encrypt, vector->tag_len,
                                       vector->key->data, vector->key->len),
    };

    g_array_append_val(runs, run);
}

static void create_sessions(QVirtioCryptoDriver *d, AeadRun *runs, guint n)
{
    for (guint i = 0; i < n; i++) {
        runs[i].control = qvirtio_crypto_create_request(d, &runs[i].session);
        qvirtio_crypto_enqueue(d, d->n_data, runs[i].control,
                               &d->control_shape);
    }
    qvirtring_kick(d->rings[d->n_data]);
    for (guint i = 0; i < n; i++) {
        qvirtio_crypto_wait(d, d->n_data, runs[i].control);
        g_assert_cmpint(qvirtio_crypto_created(runs[i].control, &runs[i].id),
                        ==, VIRTIO_CRYPTO_OK);
        qvirtio_crypto_request_free(runs[i].control, d->alloc);
    }
}

static void destroy_sessions(QVirtioCryptoDriver *d, AeadRun *runs, guint n)
{
    for (guint i = 0; i < n; i++) {
        runs[i].control =
            qvirtio_crypto_destroy_request(d,
                VIRTIO_CRYPTO_AEAD_DESTROY_SESSION, runs[i].id);
        qvirtio_crypto_enqueue(d, d->n_data, runs[i].control,
                               &d->control_shape);
    }
    qvirtring_kick(d->rings[d->n_data]);
    for (guint i = 0; i < n; i++) {
        qvirtio_crypto_wait(d, d->n_data, runs[i].control);
        g_assert_cmpint(qvirtio_crypto_destroyed(runs[i].control), ==,
                        VIRTIO_CRYPTO_OK);
        qvirtio_crypto_request_free(runs[i].control, d->alloc);
    }
}

static void enqueue_operation(QVirtioCryptoDriver *d, AeadRun *run)
{
    const AeadVector *vector = run->vector;
    const GByteArray *src = run->encrypt ? vector->plain : vector->sealed;
    QVirtioCryptoOp op =
        qvirtio_crypto_aead_op(run->session.algo, run->id, run->encrypt,
                               vector->iv->data, vector->iv->len,
                               vector->aad->data, vector->aad->len,
                               src->data, src->len, vector->tag_len);

    run->operation = vectors_enqueue(d, &op);
}

static void finish_operation(QVirtioCryptoDriver *d, AeadRun *run,
                             const char *path)
{
    const AeadVector *vector = run->vector;
    g_autoptr(GByteArray) nothing = g_byte_array_new();

    if (!vector->plain) {
        vectors_finish(d, run->operation, VIRTIO_CRYPTO_BADMSG, nothing,
                       path);
    } else {
        vectors_finish(d, run->operation, VIRTIO_CRYPTO_OK,
                       run->encrypt ? vector->sealed : vector->plain, path);
    }
}

static void run_at_once(QVirtioCryptoDriver *d, AeadRun *runs, guint n,
                        const char *path)
{
    create_sessions(d, runs, n);
    for (guint i = 0; i < n; i++) {
        enqueue_operation(d, &runs[i]);
    }
    qvirtring_kick(d->rings[0]);
    for (guint i = 0; i < n; i++) {
        finish_operation(d, &runs[i], path);
    }
    destroy_sessions(d, runs, n);
}

/*
 * Both directions of each, or the one that must fail.  Tags of RFC v1 are
 * always whole.
 */
static void check_vectors(QVirtioCryptoDriver *d, uint32_t algo,
                          const GPtrArray *vectors, const char *path,
                          VectorCount *count)
{
    g_autoptr(GArray) runs = g_array_new(false, false, sizeof(AeadRun));

    for (guint i = 0; i < vectors->len; i++) {
        const AeadVector *vector = g_ptr_array_index(vectors, i);

        if ((d->rfc && vector->tag_len != WHOLE_TAG) || !vectors_take(count)) {
            continue;
        }
        if (vector->plain) {
            g_assert_cmpint(vector->sealed->len, ==,
                            vector->plain->len + vector->tag_len);
            add_run(runs, algo, vector, true);
        }
        add_run(runs, algo, vector, false);
    }
    for (guint i = 0; i < runs->len; i += BATCH) {
        run_at_once(d, &g_array_index(runs, AeadRun, i),
                    MIN(BATCH, runs->len - i), path);
    }
}

static GPtrArray *new_vectors(void)
{
    return g_ptr_array_new_with_free_func(free_vector);
}

static void add_vector(GPtrArray *vectors, const AeadVector *vector)
{
    g_assert_nonnull(vector->key);
    g_assert_nonnull(vector->iv);
    g_assert_nonnull(vector->aad);
    g_ptr_array_add(vectors, g_memdup2(vector, sizeof(*vector)));
}

/* Puts ciphertext and tag together, which stand apart in a file */
static void seal(AeadVector *vector, GByteArray *cipher, GByteArray *tag)
{
    vector->tag_len = tag->len;
    vector->sealed = cipher;
    g_byte_array_append(cipher, tag->data, tag->len);
    g_byte_array_unref(tag);
}

/*
 * The device takes initialization vectors of 12 bytes; for other lengths it
 * gets their pre-counter block.  A record without plaintext has FAIL instead.
 */
static GPtrArray *read_gcm(const char *path)
{
    g_autoptr(GPtrArray) records = rsp_read(path);
    GPtrArray *vectors = new_vectors();

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        g_autoptr(GByteArray) iv = rsp_hex(record, "IV");
        AeadVector vector = {
            .key = rsp_hex(record, "Key"),
            .aad = rsp_hex(record, "AAD"),
            .plain = rsp_hex(record, "PT"),
        };

        vector.iv = iv->len == GCM_SHORT_IV ? g_byte_array_ref(iv) :
                    gcm_reference_j0(vector.key, iv);
        seal(&vector, rsp_hex(record, "CT"), rsp_hex(record, "Tag"));
        add_vector(vectors, &vector);
    }
    return vectors;
}

/*
 * In files of CCM, lengths, keys and nonces can come before a record, in a
 * section or in another record, and then also hold for it.
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

static GPtrArray *read_ccm(const char *path)
{
    g_autoptr(GPtrArray) records = rsp_read(path);
    GPtrArray *vectors = new_vectors();
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
        add_vector(vectors, &vector);
    }
    return vectors;
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
static GPtrArray *read_boringssl(const char *path)
{
    g_autoptr(GPtrArray) records = rsp_read(path);
    GPtrArray *vectors = new_vectors();

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        AeadVector vector = {
            .key = rsp_hex(record, "KEY"),
            .iv = rsp_hex(record, "NONCE"),
            .aad = take_text(record, "AD"),
            .plain = take_text(record, "IN"),
        };

        seal(&vector, take_text(record, "CT"), rsp_hex(record, "TAG"));
        add_vector(vectors, &vector);
    }
    return vectors;
}

/* OpenSSL's file says how a vector fails in the field "Result" */
static GPtrArray *read_openssl(const char *path)
{
    g_autoptr(GPtrArray) records = rsp_read(path);
    GPtrArray *vectors = new_vectors();

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
        seal(&vector, rsp_hex(record, "Ciphertext"), rsp_hex(record, "Tag"));
        add_vector(vectors, &vector);
    }
    return vectors;
}

/* Runs the vectors that @read finds in a file */
static void run(QVirtioCryptoDriver *d, const VectorGroup *group,
                GPtrArray *(*read)(const char *path), const char *path,
                VectorCount *count)
{
    g_autoptr(GPtrArray) vectors = read(path);

    check_vectors(d, group->algo, vectors, path, count);
}

static void run_gcm(QVirtioCryptoDriver *d, const VectorGroup *group,
                    const char *path, VectorCount *count)
{
    run(d, group, read_gcm, path, count);
}

static void run_ccm(QVirtioCryptoDriver *d, const VectorGroup *group,
                    const char *path, VectorCount *count)
{
    run(d, group, read_ccm, path, count);
}

static void run_boringssl(QVirtioCryptoDriver *d, const VectorGroup *group,
                          const char *path, VectorCount *count)
{
    run(d, group, read_boringssl, path, count);
}

static void run_openssl(QVirtioCryptoDriver *d, const VectorGroup *group,
                        const char *path, VectorCount *count)
{
    run(d, group, read_openssl, path, count);
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
      VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305, run_boringssl },
    { "chacha20-poly1305-openssl", "ciphers/ChaCha20Poly1305", "openssl.txt",
      NULL, VIRTIO_CRYPTO_AEAD_CHACHA20_POLY1305, run_openssl },
};

static void register_tests(void)
{
    vectors_register_both(groups, ARRAY_SIZE(groups));
}

libqos_init(register_tests);
