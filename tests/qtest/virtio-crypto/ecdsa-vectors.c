/*
 * Published test vectors of ECDSA and DSA through the queues of virtio-crypto
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Each good signature is also altered.  The files of ECDSA have other curves
 * too, which this device does not know.
 */

#include "qemu/osdep.h"
#include "qemu/module.h"
#include "libqtest-single.h"
#include "dsa-key.h"
#include "ec-key.h"
#include "rsp.h"
#include "signature.h"
#include "vectors.h"

#define EC_VERSION  1
#define DSA_VERSION 0

static const struct {
    const char *name;
    QCryptoHashAlgo algo;
} hashes[] = {
    { "SHA-1", QCRYPTO_HASH_ALGO_SHA1 },
    { "SHA-224", QCRYPTO_HASH_ALGO_SHA224 },
    { "SHA-256", QCRYPTO_HASH_ALGO_SHA256 },
    { "SHA-384", QCRYPTO_HASH_ALGO_SHA384 },
    { "SHA-512", QCRYPTO_HASH_ALGO_SHA512 },
};

/* By the hash that the section names at its end; FIPS 186-2 has SHA-1 only */
static GByteArray *record_digest(const RspRecord *record)
{
    g_autoptr(GByteArray) message = rsp_hex(record, "Msg");
    const char *name = strstr(record->section, "SHA-");
    size_t i = 0;

    while (name && !g_str_equal(hashes[i].name, name)) {
        g_assert_cmpint(++i, <, ARRAY_SIZE(hashes));
    }
    return vectors_digest(hashes[i].algo, message);
}

/* A number with any count of digits; NULL if the record lacks the field */
static GByteArray *read_number(const RspRecord *record, const char *name)
{
    const char *text = rsp_text(record, name);
    g_autofree char *even = NULL;

    if (!text) {
        return NULL;
    }
    even = g_strconcat(strlen(text) % 2 ? "0" : "", text, NULL);
    return hex_to_bytes(even);
}

/* A good signature whose second number, or whose encoding, has another bit */
static void check_altered(QVirtioCryptoDriver *d, uint64_t id,
                          const GByteArray *r, GByteArray *s,
                          GByteArray *der, const GByteArray *hash,
                          const char *path)
{
    size_t at = g_rand_int_range(d->rand, 0, der->len);
    GByteArray *altered;
    uint8_t status;

    s->data[s->len - 1] ^= 2;
    altered = signature_der(r, s);
    s->data[s->len - 1] ^= 2;
    status = signature_verify(d, id, altered, hash->data, hash->len);
    g_byte_array_unref(altered);
    if (status == VIRTIO_CRYPTO_KEY_REJECTED) {
        der->data[at] ^= 1 << g_rand_int_range(d->rand, 0, 8);
        status = signature_verify(d, id, der, hash->data, hash->len);
    }
    if (status != VIRTIO_CRYPTO_KEY_REJECTED) {
        g_error("%s: status %u of an altered signature", path, status);
    }
}

/* One signature on a new session; those without a result are good ones */
static void check_session(QVirtioCryptoDriver *d, const RspRecord *record,
                          const QVirtioCryptoSession *session,
                          const char *path)
{
    const char *result = rsp_text(record, "Result");
    bool good = !result || result[0] == 'P';
    g_autoptr(GByteArray) hash = record_digest(record);
    g_autoptr(GByteArray) r = read_number(record, "R");
    g_autoptr(GByteArray) s = read_number(record, "S");
    g_autoptr(GByteArray) der = signature_der(r, s);
    g_autoptr(GByteArray) both = g_byte_array_new();
    uint64_t id = qvirtio_crypto_create(d, session);
    QVirtioCryptoOp op =
        signature_verify_op(id, der, hash->data, hash->len, both);

    vectors_check_status(d, &op, good ? VIRTIO_CRYPTO_OK :
                         VIRTIO_CRYPTO_KEY_REJECTED, path);
    if (good) {
        check_altered(d, id, r, s, der, hash, path);
    }
    qvirtio_crypto_destroy(d, session, id);
}

/* An invalid key is refused at creation, or by its first operation */
static void check_key(QVirtioCryptoDriver *d,
                      const QVirtioCryptoSession *session, bool good,
                      const char *path)
{
    uint64_t id;
    uint32_t status = qvirtio_crypto_try_create(d, session, &id);
    bool works = false;

    if (status == VIRTIO_CRYPTO_OK) {
        works = signature_key_works(d, id);
        qvirtio_crypto_destroy(d, session, id);
    } else {
        g_assert_cmpint(status, ==, VIRTIO_CRYPTO_ERR);
    }
    if (works != good) {
        g_error("%s: status %u of a key that is %s", path, status,
                good ? "good" : "none");
    }
}

/* A section begins with the curve */
static const ECCurve *section_curve(const RspRecord *record)
{
    g_autofree char *name =
        g_strndup(record->section, strcspn(record->section, ","));

    return ec_find_curve(name);
}

/* One by the public key, and by the private one if that is there */
static void check_ecdsa(QVirtioCryptoDriver *d, const RspRecord *record,
                        const ECCurve *curve, const char *path)
{
    g_autoptr(GByteArray) x = read_number(record, "Qx");
    g_autoptr(GByteArray) y = read_number(record, "Qy");
    g_autoptr(GByteArray) scalar = read_number(record, "d");
    g_autoptr(GByteArray) point = ec_point(curve, x, y);
    QVirtioCryptoSession session =
        qvirtio_crypto_ecdsa(false, curve->number, point->data, point->len);

    check_session(d, record, &session, path);
    if (scalar) {
        g_autoptr(GByteArray) der =
            ec_private(EC_VERSION, scalar, curve->oid, point);

        session = qvirtio_crypto_ecdsa(true, curve->number, der->data,
                                       der->len);
        check_session(d, record, &session, path);
    }
}

static void run_ecdsa(QVirtioCryptoDriver *d, const VectorGroup *group,
                      const char *path, VectorCount *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        const ECCurve *curve = section_curve(record);

        if (curve && rsp_text(record, "R") && vectors_take(count)) {
            check_ecdsa(d, record, curve, path);
        }
    }
}

/* Public keys, among them numbers out of range and points off the curve */
static void run_ecdsa_public(QVirtioCryptoDriver *d, const VectorGroup *group,
                             const char *path, VectorCount *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        const ECCurve *curve = section_curve(record);
        QVirtioCryptoSession session;

        if (curve && vectors_take(count)) {
            g_autoptr(GByteArray) x = read_number(record, "Qx");
            g_autoptr(GByteArray) y = read_number(record, "Qy");
            g_autoptr(GByteArray) point = ec_point(curve, x, y);

            session = qvirtio_crypto_ecdsa(false, curve->number, point->data,
                                           point->len);
            check_key(d, &session, rsp_text(record, "Result")[0] == 'P', path);
        }
    }
}

/*
 * The curve by the size of a number, which is short of a byte at most, for
 * sections are named otherwise here.  Other curves have other sizes.
 */
static const ECCurve *guess_curve(const GByteArray *number)
{
    for (size_t i = 0; i < EC_CURVES; i++) {
        if (number->len == ec_curves[i].size ||
            number->len == ec_curves[i].size - 1) {
            return &ec_curves[i];
        }
    }
    return NULL;
}

/* A private key is taken with its public key, and with no other one */
static void check_ecdsa_pair(QVirtioCryptoDriver *d, const ECCurve *curve,
                             const RspRecord *record, const char *path)
{
    g_autoptr(GByteArray) x = read_number(record, "Qx");
    g_autoptr(GByteArray) y = read_number(record, "Qy");
    g_autoptr(GByteArray) scalar = read_number(record, "d");
    g_autoptr(GByteArray) point = ec_point(curve, x, y);

    for (int good = 1; good >= 0; good--) {
        g_autoptr(GByteArray) der = NULL;
        QVirtioCryptoSession session;

        point->data[point->len - 1] ^= !good;
        der = ec_private(EC_VERSION, scalar, curve->oid, point);
        session = qvirtio_crypto_ecdsa(true, curve->number, der->data,
                                       der->len);
        check_key(d, &session, good, path);
    }
}

static void run_ecdsa_pairs(QVirtioCryptoDriver *d, const VectorGroup *group,
                            const char *path, VectorCount *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);
        g_autoptr(GByteArray) x = read_number(record, "Qx");
        const ECCurve *curve = x ? guess_curve(x) : NULL;

        if (curve && vectors_take(count)) {
            check_ecdsa_pair(d, curve, record, path);
        }
    }
}

static void update(GByteArray **number, const RspRecord *record,
                   const char *name)
{
    if (rsp_text(record, name)) {
        g_clear_pointer(number, g_byte_array_unref);
        *number = rsp_hex(record, name);
    }
}

static void clear(DSANumbers *key)
{
    GByteArray **all[] = { &key->p, &key->q, &key->g, &key->y, &key->x };

    for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
        g_clear_pointer(all[i], g_byte_array_unref);
    }
}

/* The domain is in the record, or in a separate record before it */
static bool update_key(DSANumbers *key, const RspRecord *record)
{
    update(&key->p, record, "P");
    update(&key->q, record, "Q");
    update(&key->g, record, "G");
    g_clear_pointer(&key->x, g_byte_array_unref);
    update(&key->y, record, "Y");
    update(&key->x, record, "X");
    return rsp_text(record, "Y");
}

static void run_dsa(QVirtioCryptoDriver *d, const VectorGroup *group,
                    const char *path, VectorCount *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);
    DSANumbers key = { };

    for (guint i = 0; i < records->len; i++) {
        const RspRecord *record = g_ptr_array_index(records, i);

        if (update_key(&key, record) && rsp_text(record, "R") &&
            vectors_take(count)) {
            g_autoptr(GByteArray) der = dsa_public(&key);
            QVirtioCryptoSession session =
                qvirtio_crypto_dsa(false, der->data, der->len);

            check_session(d, record, &session, path);
        }
    }
    clear(&key);
}

/* A private key is taken with its public key, and with no other one */
static void check_dsa_pair(QVirtioCryptoDriver *d, DSANumbers *key,
                           const char *path)
{
    for (int good = 1; good >= 0; good--) {
        g_autoptr(GByteArray) der = NULL;
        QVirtioCryptoSession session;

        key->x->data[key->x->len - 1] ^= !good;
        der = dsa_private(DSA_VERSION, key);
        session = qvirtio_crypto_dsa(true, der->data, der->len);
        check_key(d, &session, good, path);
    }
}

static void run_dsa_pairs(QVirtioCryptoDriver *d, const VectorGroup *group,
                          const char *path, VectorCount *count)
{
    g_autoptr(GPtrArray) records = rsp_read(path);
    DSANumbers key = { };

    for (guint i = 0; i < records->len; i++) {
        if (update_key(&key, g_ptr_array_index(records, i)) &&
            vectors_take(count)) {
            check_dsa_pair(d, &key, path);
        }
    }
    clear(&key);
}

/* A file that is one key, as another library has written it */
static void check_file(QVirtioCryptoDriver *d, bool private, uint32_t curve,
                       bool good, const char *path, VectorCount *count)
{
    QVirtioCryptoSession session;
    g_autofree char *key = NULL;
    gsize len;

    if (!vectors_take(count)) {
        return;
    }
    if (!g_file_get_contents(path, &key, &len, NULL)) {
        g_error("%s: cannot read the key", path);
    }
    session = curve ? qvirtio_crypto_ecdsa(private, curve, key, len)
                    : qvirtio_crypto_dsa(private, key, len);
    check_key(d, &session, good, path);
}

static void run_ecdsa_private_file(QVirtioCryptoDriver *d,
                                   const VectorGroup *group,
                                   const char *path, VectorCount *count)
{
    check_file(d, true, VIRTIO_CRYPTO_CURVE_NIST_P256, true, path, count);
    check_file(d, true, VIRTIO_CRYPTO_CURVE_NIST_P384, false, path, count);
}

static void run_dsa_private_file(QVirtioCryptoDriver *d,
                                 const VectorGroup *group,
                                 const char *path, VectorCount *count)
{
    check_file(d, true, 0, true, path, count);
}

static void run_dsa_public_file(QVirtioCryptoDriver *d,
                                const VectorGroup *group,
                                const char *path, VectorCount *count)
{
    check_file(d, false, 0, true, path, count);
}

static void run_dsa_bad_file(QVirtioCryptoDriver *d, const VectorGroup *group,
                             const char *path, VectorCount *count)
{
    check_file(d, false, 0, false, path, count);
}

static const VectorGroup groups[] = {
    { "ecdsa-186-2", "asymmetric/ECDSA/FIPS_186-2", "Sig*", NULL, 0,
      run_ecdsa },
    { "ecdsa-verify", "asymmetric/ECDSA/FIPS_186-3", "SigVer.rsp", NULL, 0,
      run_ecdsa },
    { "ecdsa-generated", "asymmetric/ECDSA/FIPS_186-3", "SigGen.*", NULL, 0,
      run_ecdsa },
    { "ecdsa-public-186-2", "asymmetric/ECDSA/FIPS_186-2", "PKV.rsp", NULL, 0,
      run_ecdsa_public },
    { "ecdsa-public", "asymmetric/ECDSA/FIPS_186-3", "PKV.rsp", NULL, 0,
      run_ecdsa_public },
    { "ecdsa-pairs-186-2", "asymmetric/ECDSA/FIPS_186-2", "KeyPair.rsp", NULL,
      0, run_ecdsa_pairs },
    { "ecdsa-pairs", "asymmetric/ECDSA/FIPS_186-3", "KeyPair.rsp", NULL, 0,
      run_ecdsa_pairs },
    { "dsa-186-2", "asymmetric/DSA/FIPS_186-2", "Sig*", NULL, 0, run_dsa },
    { "dsa-verify", "asymmetric/DSA/FIPS_186-3", "SigVer.rsp", NULL, 0,
      run_dsa },
    { "dsa-generated", "asymmetric/DSA/FIPS_186-3", "SigGen.*", NULL, 0,
      run_dsa },
    { "dsa-pairs-186-2", "asymmetric/DSA/FIPS_186-2", "KeyPair.rsp", NULL, 0,
      run_dsa_pairs },
    { "dsa-pairs", "asymmetric/DSA/FIPS_186-3", "KeyPair.rsp", NULL, 0,
      run_dsa_pairs },
    { "ecdsa-private-file", "asymmetric/DER_Serialization",
      "ec_private_key.der", NULL, 0, run_ecdsa_private_file },
    { "dsa-private-files", "asymmetric/DER_Serialization", "dsa.*.der", NULL,
      0, run_dsa_private_file },
    { "dsa-public-file", "asymmetric/DER_Serialization", "dsa_public_key.der",
      NULL, 0, run_dsa_public_file },
    { "dsa-public-file-1024", "asymmetric/DER_Serialization",
      "unenc-dsa-pkcs8.pub.der", NULL, 0, run_dsa_public_file },
    { "dsa-bad-files", "asymmetric/DER_Serialization", "dsa_public_key_*.der",
      NULL, 0, run_dsa_bad_file },
};

static void register_tests(void)
{
    vectors_register(groups, ARRAY_SIZE(groups));
}

libqos_init(register_tests);
