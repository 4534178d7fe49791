/*
 * Published test vectors through the queues of virtio-crypto
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * The files are those of Debian's python3-cryptography-vectors; there are no
 * Monte Carlo files (MCT) among them.  Each vector runs in both directions:
 * in one piece, in place, and cut into random pieces.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "crypto/hash.h"
#include "crypto/init.h"
#include "qapi/error.h"
#include "standard-headers/linux/virtio_config.h"
#include "libqos/virtio-crypto.h"
#include "libqos/virtio-crypto-driver.h"
#include "virtio-crypto-pkcs1.h"
#include "virtio-crypto-rsp.h"

#define INDIRECT    (1ull << VIRTIO_RING_F_INDIRECT_DESC)

/* A group of files that one test runs */
typedef struct VectorGroup {
    const char *name;
    const char *dir;
    /* Files that match one pattern and not the other */
    const char *files;
    const char *but_not;
    uint32_t algo;
    void (*run)(QVirtioCryptoDriver *d, const struct VectorGroup *group,
                const char *path, unsigned int *count);
} VectorGroup;

static const QVirtioCryptoShape shapes[] = {
    { .joined = true },
    { .indirect = true, .in_place = true },
    { .indirect = true, .piece = 13 },
    { .indirect = true, .piece = 5, .joined = true, .in_place = true,
      .surplus_readable = 3, .surplus_writable = 7 },
};

/* Runs one operation in all shapes at once and compares the results */
static void check_op(QVirtioCryptoDriver *d, const QVirtioCryptoOp *op,
                     const GByteArray *expected, const char *path)
{
    QVirtioCryptoRequest *reqs[ARRAY_SIZE(shapes)];

    for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
        reqs[i] = qvirtio_crypto_op_request(d, op);
        qvirtio_crypto_enqueue(d, 0, reqs[i], &shapes[i]);
    }
    qvirtring_kick(d->rings[0]);
    for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
        qvirtio_crypto_wait(d, 0, reqs[i]);
        if (reqs[i]->status != VIRTIO_CRYPTO_OK ||
            reqs[i]->written->len != expected->len ||
            memcmp(reqs[i]->written->data, expected->data, expected->len)) {
            g_error("%s: wrong result in shape %zu, status %u", path, i,
                    reqs[i]->status);
        }
        qvirtio_crypto_request_free(reqs[i], d->alloc);
    }
}

/* One vector in both directions, each by a session of its own */
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

        check_op(d, &op, encrypt ? cipher : plain, path);
        qvirtio_crypto_destroy_cipher(d, id);
    }
}

static void run_aes(QVirtioCryptoDriver *d, const VectorGroup *group,
                    const char *path, unsigned int *count)
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
        check_cipher(d, group->algo, key, iv, plain, cipher, path);
        ++*count;
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
                    const char *path, unsigned int *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        g_autoptr(GByteArray) key = rsp_hex(record, "Key");
        g_autoptr(GByteArray) plain = rsp_hex(record, "PT");
        g_autoptr(GByteArray) cipher = rsp_hex(record, "CT");
        g_autoptr(GByteArray) tweak = xts_tweak(record);

        /* Data units of bits that fill no byte are not for this device */
        if (atoi(rsp_text(record, "DataUnitLen")) % 8) {
            continue;
        }
        check_cipher(d, group->algo, key, tweak, plain, cipher, path);
        ++*count;
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

/* Three keys; two where the third is the first; one where all are the same */
static void run_tdes(QVirtioCryptoDriver *d, const VectorGroup *group,
                     const char *path, unsigned int *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);
    bool ecb = group->algo == VIRTIO_CRYPTO_CIPHER_3DES_ECB;

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        g_autoptr(GByteArray) key = tdes_key(record);
        g_autoptr(GByteArray) iv = rsp_hex(record, "IV");
        g_autoptr(GByteArray) plain = rsp_hex(record, "PLAINTEXT");
        g_autoptr(GByteArray) cipher = rsp_hex(record, "CIPHERTEXT");

        check_cipher(d, group->algo, key, iv, plain, cipher, path);
        ++*count;
        if (!memcmp(key->data, key->data + 16, 8)) {
            bool single = !memcmp(key->data, key->data + 8, 8);

            g_byte_array_set_size(key, 16);
            check_cipher(d, group->algo, key, iv, plain, cipher, path);
            ++*count;
            if (single) {
                g_byte_array_set_size(key, 8);
                check_cipher(d, ecb ? VIRTIO_CRYPTO_CIPHER_DES_ECB :
                                      VIRTIO_CRYPTO_CIPHER_DES_CBC,
                             key, iv, plain, cipher, path);
                ++*count;
            }
        }
    }
}

/*
 * One direction of a stream cipher: @expected is the end of the result, what
 * comes before is not published.
 */
static void check_stream(QVirtioCryptoDriver *d, bool encrypt,
                         const GByteArray *key, size_t offset,
                         const GByteArray *end, const GByteArray *expected)
{
    QVirtioCryptoSession session =
        qvirtio_crypto_cipher(VIRTIO_CRYPTO_CIPHER_ARC4, encrypt, key->data,
                              key->len);
    uint64_t id = qvirtio_crypto_create(d, &session);
    g_autoptr(GByteArray) src = g_byte_array_new();
    QVirtioCryptoOp op;

    if (offset) {
        g_byte_array_set_size(src, offset);
        memset(src->data, 0, offset);
    }
    g_byte_array_append(src, end->data, end->len);
    op = qvirtio_crypto_cipher_op(id, encrypt, NULL, 0, src->data, src->len);
    for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
        QVirtioCryptoShape shape = shapes[i];
        QVirtioCryptoRequest *req;

        /* Long sources in small pieces are more than a chain can have */
        shape.piece *= 10;
        req = qvirtio_crypto_run(d, 0, &op, &shape);
        g_assert_cmpint(req->status, ==, VIRTIO_CRYPTO_OK);
        g_assert_cmpint(req->written->len, ==, src->len);
        g_assert_cmpmem(req->written->data + offset, end->len,
                        expected->data, expected->len);
        qvirtio_crypto_request_free(req, d->alloc);
    }
    qvirtio_crypto_destroy_cipher(d, id);
}

static void run_arc4(QVirtioCryptoDriver *d, const VectorGroup *group,
                     const char *path, unsigned int *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        g_autoptr(GByteArray) key = rsp_hex(record, "KEY");
        g_autoptr(GByteArray) plain = rsp_hex(record, "PLAINTEXT");
        g_autoptr(GByteArray) cipher = rsp_hex(record, "CIPHERTEXT");
        size_t offset = atoi(rsp_text(record, "OFFSET"));

        check_stream(d, true, key, offset, plain, cipher);
        check_stream(d, false, key, offset, cipher, plain);
        ++*count;
    }
}

static GByteArray *digest(QCryptoHashAlgo algo, const GByteArray *message)
{
    g_autofree uint8_t *bytes = NULL;
    GByteArray *result = g_byte_array_new();
    size_t len = 0;

    qcrypto_hash_bytes(algo, (const char *)message->data, message->len,
                       &bytes, &len, &error_abort);
    g_byte_array_append(result, bytes, len);
    return result;
}

static void check_verify(QVirtioCryptoDriver *d, uint64_t id,
                         const GByteArray *signature,
                         const GByteArray *hash, uint8_t expected,
                         const char *path)
{
    g_autoptr(GByteArray) both = g_byte_array_new();
    QVirtioCryptoOp op;

    g_byte_array_append(both, signature->data, signature->len);
    g_byte_array_append(both, hash->data, hash->len);
    op = qvirtio_crypto_verify_op(id, both->data, signature->len, hash->len);
    for (size_t i = 0; i < ARRAY_SIZE(shapes); i++) {
        QVirtioCryptoShape shape = shapes[i];
        QVirtioCryptoRequest *req;

        shape.in_place = false;
        req = qvirtio_crypto_run(d, 0, &op, &shape);
        if (req->status != expected || req->used != 1) {
            g_error("%s: verification gives %u, expected %u", path,
                    req->status, expected);
        }
        qvirtio_crypto_request_free(req, d->alloc);
    }
}

/* An operation with the private key that has one result */
static void check_private(QVirtioCryptoDriver *d, uint64_t id,
                          uint32_t opcode, const GByteArray *src, size_t room,
                          const GByteArray *expected, const char *path)
{
    QVirtioCryptoOp op =
        qvirtio_crypto_akcipher_op(opcode, id, src->data, src->len, room);

    check_op(d, &op, expected, path);
}

/* PKCS #1 v1.5 signatures with SHA-1: sign, verify, and the raw operations */
static void run_sign(QVirtioCryptoDriver *d, const VectorGroup *group,
                     const char *path, unsigned int *count)
{
    g_autoptr(GPtrArray) keys = pkcs1_read(path);

    for (guint i = 0; i < keys->len; i++) {
        Pkcs1Key *key = g_ptr_array_index(keys, i);
        g_autoptr(GByteArray) der = der_rsa_private(&key->numbers);
        QVirtioCryptoSession session =
            qvirtio_crypto_rsa(true, VIRTIO_CRYPTO_RSA_PKCS1_PADDING,
                               VIRTIO_CRYPTO_RSA_SHA1, der->data, der->len);
        uint64_t id = qvirtio_crypto_create(d, &session);

        for (guint j = 0; j < key->cases->len; j++) {
            Pkcs1Case *one = g_ptr_array_index(key->cases, j);
            g_autoptr(GByteArray) hash =
                digest(QCRYPTO_HASH_ALGO_SHA1, one->message);

            check_private(d, id, VIRTIO_CRYPTO_AKCIPHER_SIGN, hash,
                          one->result->len, one->result, path);
            check_verify(d, id, one->result, hash, VIRTIO_CRYPTO_OK, path);
            hash->data[0] ^= 1;
            check_verify(d, id, one->result, hash,
                         VIRTIO_CRYPTO_KEY_REJECTED, path);
            ++*count;
        }
        qvirtio_crypto_destroy_rsa(d, id);
    }
}

static void run_crypt(QVirtioCryptoDriver *d, const VectorGroup *group,
                      const char *path, unsigned int *count)
{
    g_autoptr(GPtrArray) keys = pkcs1_read(path);

    for (guint i = 0; i < keys->len; i++) {
        Pkcs1Key *key = g_ptr_array_index(keys, i);
        g_autoptr(GByteArray) der = der_rsa_private(&key->numbers);
        QVirtioCryptoSession session =
            qvirtio_crypto_rsa(true, VIRTIO_CRYPTO_RSA_PKCS1_PADDING, 0,
                               der->data, der->len);
        uint64_t id = qvirtio_crypto_create(d, &session);

        for (guint j = 0; j < key->cases->len; j++) {
            Pkcs1Case *one = g_ptr_array_index(key->cases, j);

            check_private(d, id, VIRTIO_CRYPTO_AKCIPHER_DECRYPT, one->result,
                          rsa_modulus_len(&key->numbers), one->message, path);
            ++*count;
        }
        qvirtio_crypto_destroy_rsa(d, id);
    }
}

static const struct {
    const char *name;
    QCryptoHashAlgo algo;
    uint32_t number;
} hashes[] = {
    { "SHA1", QCRYPTO_HASH_ALGO_SHA1, VIRTIO_CRYPTO_RSA_SHA1 },
    { "SHA224", QCRYPTO_HASH_ALGO_SHA224, VIRTIO_CRYPTO_RSA_SHA224 },
    { "SHA256", QCRYPTO_HASH_ALGO_SHA256, VIRTIO_CRYPTO_RSA_SHA256 },
    { "SHA384", QCRYPTO_HASH_ALGO_SHA384, VIRTIO_CRYPTO_RSA_SHA384 },
    { "SHA512", QCRYPTO_HASH_ALGO_SHA512, VIRTIO_CRYPTO_RSA_SHA512 },
};

/* One signature by a public key; signatures that are given are good ones */
static void check_signature(QVirtioCryptoDriver *d, const RspRecord *record,
                            const RSANumbers *key, const char *path)
{
    const char *result = rsp_text(record, "Result");
    bool good = !result || result[0] == 'P';
    g_autoptr(GByteArray) message = rsp_hex(record, "Msg");
    g_autoptr(GByteArray) signature = rsp_hex(record, "S");
    g_autoptr(GByteArray) der = der_rsa_public(key);
    g_autoptr(GByteArray) hash = NULL;
    QVirtioCryptoSession session;
    uint64_t id;
    size_t i = 0;

    while (!g_str_equal(hashes[i].name, rsp_text(record, "SHAAlg"))) {
        g_assert_cmpint(++i, <, ARRAY_SIZE(hashes));
    }
    hash = digest(hashes[i].algo, message);
    session = qvirtio_crypto_rsa(false, VIRTIO_CRYPTO_RSA_PKCS1_PADDING,
                                 hashes[i].number, der->data, der->len);
    id = qvirtio_crypto_create(d, &session);
    check_verify(d, id, signature, hash, good ? VIRTIO_CRYPTO_OK :
                 VIRTIO_CRYPTO_KEY_REJECTED, path);
    qvirtio_crypto_destroy_rsa(d, id);
}

static void run_verify(QVirtioCryptoDriver *d, const VectorGroup *group,
                       const char *path, unsigned int *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);
    g_autoptr(GByteArray) n = NULL, e = NULL;

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);

        /* The modulus stands before, the exponent before or in the record */
        if (rsp_text(record, "n")) {
            g_clear_pointer(&n, g_byte_array_unref);
            n = rsp_hex(record, "n");
        }
        if (rsp_text(record, "e")) {
            g_autofree char *even = g_strdup(rsp_text(record, "e"));
            g_autofree char *padded =
                g_strconcat(strlen(even) % 2 ? "0" : "", even, NULL);

            g_clear_pointer(&e, g_byte_array_unref);
            e = hex_to_bytes(padded);
        }
        if (rsp_text(record, "S")) {
            RSANumbers key = { .n = n, .e = e };

            check_signature(d, record, &key, path);
            ++*count;
        }
    }
}

static int compare_names(gconstpointer a, gconstpointer b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Paths of the group's files, in order */
static GPtrArray *find_files(const VectorGroup *group)
{
    GPtrArray *paths = g_ptr_array_new_with_free_func(g_free);
    g_autofree char *path = vectors_path(group->dir);
    GDir *dir = g_dir_open(path, 0, NULL);
    const char *name;

    if (!dir) {
        g_error("%s: no such folder of test vectors", path);
    }
    while ((name = g_dir_read_name(dir))) {
        if (g_pattern_match_simple(group->files, name) &&
            !(group->but_not &&
              g_pattern_match_simple(group->but_not, name))) {
            g_ptr_array_add(paths, g_build_filename(path, name, NULL));
        }
    }
    g_dir_close(dir);
    g_ptr_array_sort(paths, compare_names);
    return paths;
}

static void test_group(void *obj, void *data, QGuestAllocator *alloc)
{
    QVirtioCrypto *crypto = obj;
    const VectorGroup *group = data;
    QVirtioCryptoDriver *d;
    g_autoptr(GPtrArray) paths = find_files(group);
    unsigned int total = 0;

    qcrypto_init(&error_abort);
    d = qvirtio_crypto_start(global_qtest, crypto->vdev, alloc, INDIRECT);
    for (guint i = 0; i < paths->len; i++) {
        const char *path = g_ptr_array_index(paths, i);
        unsigned int count = 0;

        group->run(d, group, path, &count);
        if (!count) {
            g_error("%s: no vectors in this file", path);
        }
        total += count;
    }
    qvirtio_crypto_stop(d);
    if (!total) {
        g_error("%s/%s: no vectors", group->dir, group->files);
    }
    g_test_message("%u vectors from %s/%s", total, group->dir, group->files);
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
    { "rsa-sign", "asymmetric/RSA", "pkcs1v15sign-vectors.txt", NULL, 0,
      run_sign },
    { "rsa-decrypt", "asymmetric/RSA", "pkcs1v15crypt-vectors.txt", NULL, 0,
      run_crypt },
    { "rsa-verify", "asymmetric/RSA/FIPS_186-2", "SigVer15_186-3.rsp", NULL,
      0, run_verify },
    { "rsa-verify-generated", "asymmetric/RSA/FIPS_186-2",
      "SigGen15_186-*.rsp", NULL, 0, run_verify },
    { "rsa-verify-padding", "asymmetric/RSA", "SigVer15EMTest.txt", NULL, 0,
      run_verify },
};

static void register_tests(void)
{
    for (size_t i = 0; i < ARRAY_SIZE(groups); i++) {
        g_autofree char *name = g_strdup_printf("vectors/%s",
                                                groups[i].name);
        QOSGraphTestOptions opts = { .arg = (void *)&groups[i] };

        qos_add_test(name, "virtio-crypto", test_group, &opts);
    }
}

libqos_init(register_tests);
