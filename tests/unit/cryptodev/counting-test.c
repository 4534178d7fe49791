/*
 * Tests of an OpenSSL backend over a provider that counts, and can fail
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <dlfcn.h>
#include <openssl/evp.h>
#include "backends/cryptodev-openssl/drivers.h"
#include "backends/cryptodev/common/rsa.h"
#include "qapi/error.h"
#include "../../qtest/virtio-crypto/der.h"
#include "../../qtest/virtio-crypto/rsa-key.h"
#include "../../qtest/virtio-crypto/rsp.h"
#include "chosen-test.h"
#include "conformance-akcipher.h"
#include "counting-test.h"
#include "library-test.h"

#define MANY 1000
#define LEN 100
#define RSA_LEN 128

/*
 * The default provider is there, too.  Random numbers come from it whatever the
 * query is, as far as the section "random" is named.
 */
#define CONFIG                                                             \
    "openssl_conf = main\n"                                                \
    "[main]\n"                                                             \
    "providers = providers\n"                                              \
    "%s\n"                                                                 \
    "[providers]\n"                                                        \
    "counting = counting\n"                                                \
    "default = usual\n"                                                    \
    "[counting]\n"                                                         \
    "module = %s\n"                                                        \
    "activate = 1\n"                                                       \
    "[usual]\n"                                                            \
    "activate = 1\n"                                                       \
    "[random]\n"                                                           \
    "properties = provider=default\n"                                      \
    "[algorithms]\n"                                                       \
    "default_properties = fips=yes\n"

#define WITH_RANDOM "random = random"
#define WITH_FIPS "alg_section = algorithms"

/* What the provider serves, and one each that it nearly does */
static const struct {
    const char *name;
    bool served;
} algorithms[] = {
    { "aes-ecb", true }, { "aes-cbc", true }, { "aes-gcm", true },
    { "md5", true }, { "sha256", true }, { "hmac-sha256", true },
    { "aes-ctr", false }, { "hmac-md5", false }, { "sha512", false },
    { "aes-ccm", false },
};

static CountingProvider *counting;

/* The module is the same one that OpenSSL loads. */
CountingProvider *counting_find(void)
{
    g_autofree char *path = counting_module();
    void *module = dlopen(path, RTLD_NOW);

    if (!module) {
        g_error("%s", dlerror());
    }
    return dlsym(module, COUNTING_PROVIDER_SYMBOL);
}

/* A backend with options, whose configuration has a line more */
static CryptoDevBackend *counting_new_with(const char *line,
                                           LibraryOptions options)
{
    g_autofree char *module = counting_module();
    g_autofree char *text = g_strdup_printf(CONFIG, line, module);

    options.config = text;
    counting = counting_find();
    return library_new(&options, &error_abort);
}

/* The same; NULL for no line, or no query */
static CryptoDevBackend *counting_new(const char *line, const char *propq)
{
    return counting_new_with(line ?: "", (LibraryOptions) { .propq = propq });
}

static void counting_free(CryptoDevBackend *backend)
{
    object_unref(OBJECT(backend));
    g_assert_cmpint(counting->live, ==, 0);
}

static GByteArray *rsa_key(bool private_key)
{
    const PublishedKey *key = &published_key;
    g_autoptr(GByteArray) n = hex_to_bytes(key->n);
    g_autoptr(GByteArray) e = hex_to_bytes(key->e);
    g_autoptr(GByteArray) d = hex_to_bytes(key->d);
    g_autoptr(GByteArray) p = hex_to_bytes(key->p);
    g_autoptr(GByteArray) q = hex_to_bytes(key->q);
    g_autoptr(GByteArray) dp = hex_to_bytes(key->dp);
    g_autoptr(GByteArray) dq = hex_to_bytes(key->dq);
    g_autoptr(GByteArray) qinv = hex_to_bytes(key->qinv);
    const RSANumbers numbers = { n, e, d, p, q, dp, dq, qinv };

    return private_key ? der_rsa_private(&numbers) : der_rsa_public(&numbers);
}

static Subject *rsa_new_with(CryptoDevBackend *backend, bool private_key,
                             CryptoDevRsaPadding padding)
{
    const CryptoDevSessionParams params = {
        .algo = CRYPTODEV_AKCIPHER_RSA,
        .akcipher.padding = padding,
    };
    g_autoptr(GByteArray) key = rsa_key(private_key);

    return akcipher_new(backend, &params, key, private_key);
}

static Subject *rsa_new(CryptoDevBackend *backend, bool private_key)
{
    return rsa_new_with(backend, private_key, CRYPTODEV_RSA_RAW);
}

/* Each number is the right power of the other. */
static Trial *rsa_trial(const Subject *private, bool decrypt, GRand *rand)
{
    g_autoptr(Trial) trial = trial_new("rsa", private->session,
                                       CRYPTODEV_OP_ENCRYPT);
    g_autoptr(GByteArray) plain = random_bytes(rand, RSA_LEN);
    g_autoptr(GByteArray) power = NULL;

    plain->data[0] = 0;
    power = akcipher_make(private, CRYPTODEV_OP_ENCRYPT, plain, RSA_LEN);
    trial->type = decrypt ? CRYPTODEV_OP_DECRYPT : CRYPTODEV_OP_ENCRYPT;
    trial->dst_room = RSA_LEN;
    g_byte_array_append(trial->src, (decrypt ? power : plain)->data, RSA_LEN);
    g_byte_array_append(trial->dst, (decrypt ? plain : power)->data, RSA_LEN);
    return g_steal_pointer(&trial);
}

/* What the query demands goes to the provider, and nothing else. */
static void test_services(CryptoDevBackend *unused,
                          const CryptoDevCapability *capability)
{
    CryptoDevBackend *backend = counting_new(NULL, "provider=counting");
    g_autoptr(GRand) rand = g_rand_new_with_seed(18);

    for (size_t i = 0; i < ARRAY_SIZE(algorithms); i++) {
        g_autoptr(Subject) subject = subject_random(
            backend, find_algorithm(backend, algorithms[i].name), rand);
        g_autoptr(Trial) trial = subject_trial(subject, LEN, rand);
        unsigned int before = counting->operations;

        g_test_message("%s", algorithms[i].name);
        g_assert_cmpint(subject->session->backend == backend, ==,
                        algorithms[i].served);
        trial_run_all(backend, trial);
        g_assert_cmpint(counting->operations > before, ==,
                        algorithms[i].served);
    }
    counting_free(backend);
}

/* RSA needs random numbers, which the query leaves it none of. */
static void test_rsa(CryptoDevBackend *unused,
                     const CryptoDevCapability *capability)
{
    static const struct {
        const char *line;
        bool served;
    } configs[] = { { NULL, false }, { WITH_RANDOM, true } };
    g_autoptr(GRand) rand = g_rand_new_with_seed(8017);

    for (size_t i = 0; i < ARRAY_SIZE(configs); i++) {
        CryptoDevBackend *backend =
            counting_new(configs[i].line, "provider=counting");
        Subject *subject = rsa_new(backend, true);
        unsigned int before = counting->operations;

        g_assert_cmpint(subject->session->backend == backend, ==,
                        configs[i].served);
        for (int decrypt = 0; decrypt < 2; decrypt++) {
            g_autoptr(Trial) trial = rsa_trial(subject, decrypt, rand);

            trial_run_all(backend, trial);
        }
        g_assert_cmpint(counting->operations > before, ==, configs[i].served);
        subject_free(subject);
        counting_free(backend);
    }
}

/* A number that is no padded message's power */
static void check_wrong_padding(const Subject *private, bool rejects_implicitly)
{
    g_autoptr(GByteArray) src = g_byte_array_new();

    g_byte_array_set_size(src, RSA_LEN);
    memset(src->data, 0x12, RSA_LEN);
    if (rejects_implicitly) {
        g_autoptr(GByteArray) message =
            akcipher_make(private, CRYPTODEV_OP_DECRYPT, src, RSA_LEN);

        akcipher_check(private, CRYPTODEV_OP_DECRYPT, src, RSA_LEN,
                       CRYPTODEV_OK, message);
    } else {
        akcipher_check(private, CRYPTODEV_OP_DECRYPT, src, RSA_LEN,
                       CRYPTODEV_ERR, NULL);
    }
}

/*
 * What implicit rejection answers is made with SHA-256.  A base that serves RSA
 * for want of it, or of random numbers, rejects in the same way.
 */
static void test_rejection(CryptoDevBackend *unused,
                           const CryptoDevCapability *capability)
{
    static const struct {
        const char *line;
        bool rejects_implicitly;
        bool lacks_hashes;
        bool served;
    } cases[] = {
        { WITH_RANDOM, true, false, true },
        { WITH_RANDOM, true, true, false },
        { WITH_RANDOM, false, true, true },
        { "", true, false, false },
    };

    for (size_t i = 0; i < ARRAY_SIZE(cases); i++) {
        const LibraryOptions options = {
            .propq = "provider=counting",
            .rejects_implicitly = cases[i].rejects_implicitly,
        };
        CryptoDevBackend *backend;
        Subject *subject;

        counting_find()->lacks_hashes = cases[i].lacks_hashes;
        backend = counting_new_with(cases[i].line, options);
        subject = rsa_new_with(backend, true, CRYPTODEV_RSA_PKCS1);
        g_assert_true(cryptodev_rsa_is_there(backend) == cases[i].served);
        g_assert_cmpint(subject->session->backend == backend, ==,
                        cases[i].served);
        check_wrong_padding(subject, cases[i].rejects_implicitly);
        subject_free(subject);
        counting_free(backend);
    }
    counting->lacks_hashes = false;
}

/* OpenSSL keeps what it has found, until the query is set again. */
static void forget_fetched(CryptoDevBackend *backend)
{
    OSSL_LIB_CTX *context = CRYPTODEV_BACKEND_OPENSSL(backend)->context;
    unsigned int before = counting->fetches;

    EVP_set_default_properties(context, "provider=counting");
    EVP_MD_free(EVP_MD_fetch(context, "MD5", NULL));
    g_assert_cmpint(counting->fetches, >, before);
    EVP_set_default_properties(context, "provider=counting");
}

/* OpenSSL 3.0 makes its context of a hash again for each digest, by itself. */
static bool remakes_hashes(CryptoDevBackend *backend)
{
    OSSL_LIB_CTX *context = CRYPTODEV_BACKEND_OPENSSL(backend)->context;
    EVP_MD *hash = EVP_MD_fetch(context, "MD5", NULL);
    EVP_MD_CTX *state = EVP_MD_CTX_new();
    unsigned int before;
    bool remakes;

    g_assert_cmpint(EVP_DigestInit_ex2(state, hash, NULL), ==, 1);
    before = counting->contexts;
    g_assert_cmpint(EVP_DigestInit_ex2(state, NULL, NULL), ==, 1);
    remakes = counting->contexts != before;
    EVP_MD_CTX_free(state);
    EVP_MD_free(hash);
    return remakes;
}

/*
 * Run a trial many times: nothing is looked for, and nothing made for it.  The
 * first vector of GCM that is J0 has made its hash subkey before.
 */
static void run_many(CryptoDevBackend *backend, const Trial *trial)
{
    bool is_hash =
        trial->session->capability->service == CRYPTODEV_SERVICE_HASH;
    bool makes = is_hash && remakes_hashes(backend);
    CountingProvider before;

    g_test_message("%s", trial->name);
    trial_run(backend, trial, &shapes[0]);
    forget_fetched(backend);
    before = *counting;
    for (size_t i = 0; i < MANY; i++) {
        trial_run(backend, trial, &shapes[0]);
    }
    g_assert_cmpint(counting->operations - before.operations, >=, MANY);
    g_assert_cmpint(counting->fetches, ==, before.fetches);
    g_assert_cmpint(counting->contexts - before.contexts, ==,
                    makes ? MANY : 0);
    g_assert_cmpint(counting->live, ==, before.live);
    g_assert_cmpint(counting->hash_names, ==, before.hash_names);
    g_assert_cmpint(counting->keys, ==, before.keys);
}

/* Do this with an encryption and a decryption of RSA. */
static void run_rsa(CryptoDevBackend *backend, GRand *rand,
                    void (*run)(CryptoDevBackend *backend, const Trial *trial))
{
    Subject *subject = rsa_new(backend, true);

    for (int decrypt = 0; decrypt < 2; decrypt++) {
        g_autoptr(Trial) trial = rsa_trial(subject, decrypt, rand);

        run(backend, trial);
    }
    subject_free(subject);
}

/* An operation on a session fetches nothing, and makes no context. */
static void test_data_path(CryptoDevBackend *unused,
                           const CryptoDevCapability *capability)
{
    CryptoDevBackend *backend = counting_new(WITH_RANDOM, "provider=counting");
    g_autoptr(GRand) rand = g_rand_new_with_seed(19);
    Subject *subject;

    for (size_t i = 0; algorithms[i].served; i++) {
        g_autoptr(Trial) trial = NULL;
        CountingProvider before;

        forget_fetched(backend);
        before = *counting;
        subject = subject_random(
            backend, find_algorithm(backend, algorithms[i].name), rand);
        g_assert_cmpint(counting->contexts - before.contexts, ==, 1);
        g_assert_cmpint(counting->fetches, ==, before.fetches);
        trial = subject_trial(subject, LEN, rand);
        run_many(backend, trial);
        subject_free(subject);
    }
    run_rsa(backend, rand, run_many);
    counting_free(backend);
}

/*
 * Of an operation that fails, nothing is written that must not be, and other
 * bytes are the result's or unchanged.
 */
static void check_failed(const Trial *trial, const CryptoDevOp *op,
                         const GByteArray *dst, const GByteArray *digest)
{
    bool may_write = trial->type == CRYPTODEV_OP_ENCRYPT ||
                     trial->session->capability->service !=
                     CRYPTODEV_SERVICE_AEAD;

    /* OpenSSL does not tell why AEAD's last call has failed. */
    g_assert_true(op->status == CRYPTODEV_ERR ||
                  (op->status == CRYPTODEV_BADMSG && !may_write));
    g_assert_cmpint(op->result_len, ==, 0);
    for (guint i = 0; i < dst->len; i++) {
        g_assert_true(dst->data[i] == 0 ||
                      (may_write && dst->data[i] == trial->dst->data[i]));
    }
    for (guint i = 0; i < digest->len; i++) {
        g_assert_cmpint(digest->data[i], ==, 0);
    }
}

/* Run a trial of which a call fails; returns whether there was such a call */
static bool run_failing(CryptoDevBackend *backend, const Trial *trial,
                        int good)
{
    g_autoptr(GByteArray) dst = g_byte_array_new();
    g_autoptr(GByteArray) digest = g_byte_array_new();
    struct iovec src[] = {
        { trial->src->data, 64 },
        { trial->src->data + 64, trial->src->len - 64 },
    };
    struct iovec aad = { trial->aad->data, trial->aad->len };
    struct iovec out, digest_out;
    CryptoDevOp op = {
        .session = trial->session, .type = trial->type,
        .iv_len = trial->iv->len,
        .src = { src, 0, trial->src->len },
        .aad = { &aad, 0, trial->aad->len },
        .dst = { &out, 0, trial->dst_room },
        .digest = { &digest_out, 0, trial->digest_room },
    };

    g_byte_array_set_size(dst, trial->dst_room);
    g_byte_array_set_size(digest, trial->digest_room);
    out = (struct iovec) { memset(dst->data, 0, dst->len), dst->len };
    digest_out = (struct iovec) {
        memset(digest->data, 0, digest->len), digest->len
    };
    memcpy(op.iv, trial->iv->data, trial->iv->len);
    counting->good = good;
    run_ops(backend, &op, 1);
    if (counting->good >= 0) {
        g_assert_cmpint(op.status, ==, CRYPTODEV_OK);
        counting->good = -1;
        return false;
    }
    check_failed(trial, &op, dst, digest);
    return true;
}

/* Whichever of its calls fails, the operation does, and later ones do not. */
static void check_failures(CryptoDevBackend *backend, const Trial *trial)
{
    int good = 0;

    while (run_failing(backend, trial, good)) {
        counting->good = -1;
        trial_run_all(backend, trial);
        good++;
    }
    g_test_message("%s: %d calls", trial->name, good);
    g_assert_cmpint(good, >, 0);
}

/* A vector of 16 bytes is J0, and needs the hash subkey. */
static void check_vectors_fail(CryptoDevBackend *backend,
                               const CryptoDevCapability *capability,
                               GRand *rand)
{
    for (size_t iv_len = 12; iv_len <= 16; iv_len += 4) {
        Subject *subject = subject_random(backend, capability, rand);
        g_autoptr(Trial) trial = aead_trial(subject, LEN, iv_len, LEN, rand);

        check_failures(backend, trial);
        subject_free(subject);
    }
}

static void test_failures(CryptoDevBackend *unused,
                          const CryptoDevCapability *capability)
{
    CryptoDevBackend *backend = counting_new(WITH_RANDOM, "provider=counting");
    g_autoptr(GRand) rand = g_rand_new_with_seed(20);
    Subject *subject;

    for (size_t i = 0; algorithms[i].served; i++) {
        capability = find_algorithm(backend, algorithms[i].name);
        /* Some of them encrypt, some decrypt. */
        for (size_t j = 0; j < 8; j++) {
            g_autoptr(Trial) trial = NULL;

            subject = subject_random(backend, capability, rand);
            trial = subject_trial(subject, LEN, rand);
            check_failures(backend, trial);
            subject_free(subject);
        }
        if (capability->service == CRYPTODEV_SERVICE_AEAD) {
            check_vectors_fail(backend, capability, rand);
        }
    }
    run_rsa(backend, rand, check_failures);
    counting_free(backend);
}

/* There is no session with a key that the provider refuses. */
static void test_keys(CryptoDevBackend *unused,
                      const CryptoDevCapability *capability)
{
    static const uint8_t key[16];
    static const CryptoDevSessionParams keyed[] = {
        { .service = CRYPTODEV_SERVICE_CIPHER,
          .algo = CRYPTODEV_CIPHER_AES_CBC },
        { .service = CRYPTODEV_SERVICE_MAC,
          .algo = CRYPTODEV_MAC_HMAC_SHA256, .digest.len = 32 },
        { .service = CRYPTODEV_SERVICE_AEAD,
          .algo = CRYPTODEV_AEAD_AES_GCM, .aead.tag_len = 16 },
    };
    CryptoDevBackend *backend = counting_new(WITH_RANDOM, "provider=counting");

    for (size_t i = 0; i < ARRAY_SIZE(keyed); i++) {
        CryptoDevSessionParams params = keyed[i];
        unsigned int keys = counting->keys;

        params.key = key;
        params.key_len = sizeof(key);
        counting->refuses_keys = true;
        subject_refused(backend, &params, CRYPTODEV_ERR);
        counting->refuses_keys = false;
        g_assert_cmpint(counting->keys, >, keys);
        g_assert_cmpint(counting->live, ==, 0);
        subject_free(subject_new(backend, &params));
    }
    counting_free(backend);
}

/* A private key is tried with the first operation, and refused then. */
static void test_rsa_keys(CryptoDevBackend *unused,
                          const CryptoDevCapability *capability)
{
    const CryptoDevSessionParams params = {
        .algo = CRYPTODEV_AKCIPHER_RSA,
        .akcipher.padding = CRYPTODEV_RSA_RAW,
    };
    g_autoptr(GByteArray) public = rsa_key(false);
    g_autoptr(GByteArray) plain = g_byte_array_new();
    CryptoDevBackend *backend = counting_new(WITH_RANDOM, "provider=counting");
    Subject *subject = rsa_new(backend, true);

    g_byte_array_set_size(plain, RSA_LEN);
    memset(plain->data, 0, RSA_LEN);
    counting->refuses_keys = true;
    akcipher_refused(backend, &params, public, false, CRYPTODEV_ERR);
    akcipher_check(subject, CRYPTODEV_OP_ENCRYPT, plain, RSA_LEN,
                   CRYPTODEV_ERR, NULL);
    counting->refuses_keys = false;
    akcipher_check(subject, CRYPTODEV_OP_DECRYPT, plain, RSA_LEN,
                   CRYPTODEV_ERR, NULL);
    subject_free(subject);
    subject_free(rsa_new(backend, false));
    subject = rsa_new(backend, true);
    akcipher_check(subject, CRYPTODEV_OP_DECRYPT, plain, RSA_LEN,
                   CRYPTODEV_OK, plain);
    subject_free(subject);
    counting_free(backend);
}

/* With a provider that calls itself approved, there is that one alone. */
static void check_fips(const char *line, const char *propq)
{
    CryptoDevBackend *backend = counting_new(line, propq);
    const CryptoDevCapability *capability;
    size_t served = 0;
    guint i = 0;

    g_assert_null(backend->base);
    g_assert_null(object_property_find(OBJECT(backend), "own-base"));
    while ((capability = cryptodev_backend_next(backend, &i))) {
        bool found = false;

        for (size_t j = 0; algorithms[j].served; j++) {
            found |= g_str_equal(capability->name, algorithms[j].name);
        }
        g_test_message("%s", capability->name);
        g_assert_true(found);
        served++;
    }
    g_assert_cmpint(served, ==, 6);
    counting_free(backend);
}

static void test_approved(CryptoDevBackend *unused,
                          const CryptoDevCapability *capability)
{
    check_fips(NULL, "fips=yes");
    check_fips(WITH_FIPS, NULL);
    /* The option adds to what the file demands. */
    check_fips(WITH_FIPS, "provider=counting");
}

static const struct {
    const char *name;
    ConformanceTest *run;
} tests[] = {
    { "counting/services", test_services },
    { "counting/rsa", test_rsa },
    { "counting/rejection", test_rejection },
    { "counting/data-path", test_data_path },
    { "counting/failures", test_failures },
    { "counting/keys", test_keys },
    { "counting/rsa-keys", test_rsa_keys },
    { "counting/fips", test_approved },
    { "options/legacy", test_library_legacy },
    { "options/empty-section", test_library_empty_section },
    { "options/mistakes", test_library_mistakes },
    { "options/self-test", test_library_self_test },
};

void add_counting_tests(const Conformance *conformance)
{
    for (size_t i = 0; i < ARRAY_SIZE(tests); i++) {
        conformance_add(conformance, NULL, tests[i].name, tests[i].run);
    }
}
