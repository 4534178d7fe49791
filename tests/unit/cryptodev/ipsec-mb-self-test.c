/*
 * Tests of the ipsec-mb backend: whether its self-test finds faults
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "backends/cryptodev-gcrypt/primitives.h"
#include "backends/cryptodev-ipsec-mb/cost.h"
#include "backends/cryptodev-ipsec-mb/self-test.h"
#include "ipsec-mb-self-test.h"
#include "ipsec-mb-test.h"

#define ALL MAKE_64BIT_MASK(0, CRYPTODEV_MB_KINDS)

/*
 * A library that is wrong in jobs of one sort, in one byte of the text or of
 * the tag, if so many jobs are in its lanes and a job is @when; or that has all
 * jobs in the lanes use the key of the first one
 */
static struct Fault {
    submit_job_t submit;
    get_next_job_t get_next;
    get_completed_job_t get_completed;
    flush_job_t flush;
    IMB_JOB *job;
    const void *keys;
    IMB_CIPHER_MODE mode;
    IMB_CIPHER_DIRECTION direction;
    IMB_HASH_ALG hash;
    uint64_t key_len;
    unsigned int queued;
    bool (*when)(const IMB_JOB *job);
    bool mixes;
    bool tag;
    size_t offset;
} fault;

static bool is_of_fault(const IMB_JOB *job)
{
    return job->cipher_mode == fault.mode && job->hash_alg == fault.hash &&
           job->cipher_direction == fault.direction &&
           job->key_len_in_bytes == fault.key_len &&
           (!fault.when || fault.when(job));
}

static IMB_JOB *get_next(IMB_MGR *manager)
{
    fault.job = fault.get_next(manager);
    return fault.job;
}

static void mix_keys(unsigned int queued)
{
    if (queued && fault.keys) {
        fault.job->enc_keys = fault.keys;
    }
    fault.keys = fault.job->enc_keys;
}

static IMB_JOB *spoil(IMB_JOB *job, unsigned int queued)
{
    if (job && !fault.mixes && queued >= fault.queued && is_of_fault(job)) {
        (fault.tag ? job->auth_tag_output : job->dst)[fault.offset] ^= 1;
    }
    return job;
}

static IMB_JOB *submit_wrong(IMB_MGR *manager)
{
    unsigned int queued = IMB_QUEUE_SIZE(manager);

    if (fault.mixes && is_of_fault(fault.job)) {
        mix_keys(queued);
    }
    return spoil(fault.submit(manager), queued);
}

static IMB_JOB *get_wrong(IMB_MGR *manager)
{
    unsigned int queued = IMB_QUEUE_SIZE(manager);

    return spoil(fault.get_completed(manager), queued);
}

static IMB_JOB *flush_wrong(IMB_MGR *manager)
{
    unsigned int queued = IMB_QUEUE_SIZE(manager);

    return spoil(fault.flush(manager), queued);
}

static uint64_t run_self_test(IMB_MGR *manager,
                              const CryptoDevPrimitives *reference)
{
    CryptoDevMbFindings findings;

    cryptodev_mb_self_test(manager, reference, &findings);
    cryptodev_mb_manager_free(manager);
    return findings.sound;
}

static void check_fault(const struct Fault *wrong, CryptoDevMbKind kind)
{
    IMB_MGR *manager = cryptodev_mb_manager_new();

    fault = *wrong;
    fault.submit = manager->submit_job;
    fault.get_next = manager->get_next_job;
    fault.get_completed = manager->get_completed_job;
    fault.flush = manager->flush_job;
    manager->submit_job = submit_wrong;
    manager->get_next_job = get_next;
    manager->get_completed_job = get_wrong;
    manager->flush_job = flush_wrong;
    g_assert_cmphex(run_self_test(manager, &cryptodev_gcrypt_primitives), ==,
                    ALL & ~BIT_ULL(kind));
}

static aes_gcm_enc_dec_t right_gcm;

static void wrong_gcm(const struct gcm_key_data *keys,
                      struct gcm_context_data *context, uint8_t *dst,
                      const uint8_t *src, uint64_t len, const uint8_t *iv,
                      const uint8_t *aad, uint64_t aad_len, uint8_t *tag,
                      uint64_t tag_len)
{
    right_gcm(keys, context, dst, src, len, iv, aad, aad_len, tag, tag_len);
    dst[len - 1] ^= 1;
}

static void check_gcm_fault(void)
{
    IMB_MGR *manager = cryptodev_mb_manager_new();

    right_gcm = manager->gcm256_dec;
    manager->gcm256_dec = wrong_gcm;
    g_assert_cmphex(run_self_test(manager, &cryptodev_gcrypt_primitives), ==,
                    ALL & ~BIT_ULL(CRYPTODEV_MB_GCM));
}

/* The kinds with HMAC, alone and in chains */
static uint64_t with_hmac(CryptoDevMacAlgo algo)
{
    return BIT_ULL(CRYPTODEV_MB_HMAC_MD5 + algo) |
           BIT_ULL(CRYPTODEV_MB_ENCRYPT_MD5 + algo) |
           BIT_ULL(CRYPTODEV_MB_DECRYPT_MD5 + algo);
}

static void wrong_hash(const void *data, const uint64_t len, void *digest)
{
    memset(digest, 0, 64);
}

/* A key that is longer than a block is hashed. */
static void check_long_key_fault(void)
{
    IMB_MGR *manager = cryptodev_mb_manager_new();

    manager->sha384 = wrong_hash;
    g_assert_cmphex(run_self_test(manager, &cryptodev_gcrypt_primitives), ==,
                    ALL & ~with_hmac(CRYPTODEV_MAC_HMAC_SHA384));
}

static CryptoDevMacState *open_no_sha224(const CryptoDevPrimitives *primitives,
                                         CryptoDevMacAlgo algo,
                                         const uint8_t *mac_key,
                                         size_t key_len)
{
    return algo == CRYPTODEV_MAC_HMAC_SHA224
           ? NULL
           : cryptodev_gcrypt_primitives.mac.open(primitives, algo, mac_key,
                                                  key_len);
}

/* Nobody can tell whether the library is right. */
static void test_untested(CryptoDevBackend *backend,
                          const CryptoDevCapability *none)
{
    CryptoDevPrimitives reference = cryptodev_gcrypt_primitives;

    if (!g_test_subprocess()) {
        g_test_trap_subprocess(NULL, 0, 0);
        g_test_trap_assert_passed();
        g_test_trap_assert_stderr("*is not tested in HMAC-SHA224,*");
        g_test_trap_assert_stderr_unmatched("*fails its self-test*");
        return;
    }
    reference.mac.open = open_no_sha224;
    g_assert_cmphex(run_self_test(cryptodev_mb_manager_new(), &reference), ==,
                    ALL & ~with_hmac(CRYPTODEV_MAC_HMAC_SHA224));
}

/* Registers of 512, 256 and 128 bits have as many lanes of 32 or 64 bits. */
static void test_findings(CryptoDevBackend *backend,
                          const CryptoDevCapability *none)
{
    IMB_MGR *manager = cryptodev_mb_manager_new();
    CryptoDevMbFindings findings;

    g_test_timer_start();
    cryptodev_mb_self_test(manager, &cryptodev_gcrypt_primitives, &findings);
    g_test_message("the self-test took %.1f ms", g_test_timer_elapsed() * 1e3);
    g_assert_cmphex(findings.sound, ==, ALL);
    for (int i = 0; i < CRYPTODEV_MB_KINDS; i++) {
        g_test_message("%s: %u lanes", cryptodev_mb_kind_name(i),
                       findings.lanes[i]);
        g_assert_cmpint(findings.lanes[i], <=, 16);
    }
    g_assert_cmpint(findings.lanes[CRYPTODEV_MB_CTR], ==, 1);
    g_assert_cmpint(findings.lanes[CRYPTODEV_MB_CBC_128], >=, 4);
    g_assert_cmpint(findings.lanes[CRYPTODEV_MB_SHA512], >=, 2);
    g_assert_cmpint(findings.lanes[CRYPTODEV_MB_SHA512], <=, 8);
    g_assert_cmpint(findings.lanes[CRYPTODEV_MB_ENCRYPT_SHA1], ==,
                    findings.lanes[CRYPTODEV_MB_HMAC_SHA1]);
    cryptodev_mb_manager_free(manager);
}

static bool is_in_place(const IMB_JOB *job)
{
    return job->src == job->dst;
}

static bool is_2k(const IMB_JOB *job)
{
    return job->msg_len_to_hash_in_bytes == 2048;
}

static bool is_119(const IMB_JOB *job)
{
    return job->msg_len_to_hash_in_bytes == 119;
}

static bool is_odd(const IMB_JOB *job)
{
    return job->msg_len_to_cipher_in_bytes % 16;
}

static bool has_no_aad(const IMB_JOB *job)
{
    return !job->u.CCM.aad_len_in_bytes;
}

static bool has_46_aad(const IMB_JOB *job)
{
    return job->u.CCM.aad_len_in_bytes == 46;
}

static bool has_nonce_7(const IMB_JOB *job)
{
    return job->iv_len_in_bytes == 7;
}

static bool has_nonce_13(const IMB_JOB *job)
{
    return job->iv_len_in_bytes == 13;
}

#define FAULT(_mode, _direction, _hash, _key_len, ...)                     \
    {                                                                      \
        .mode = IMB_CIPHER_ ## _mode, .direction = IMB_DIR_ ## _direction, \
        .hash = IMB_AUTH_ ## _hash, .key_len = _key_len, __VA_ARGS__       \
    }

static const struct {
    struct Fault fault;
    CryptoDevMbKind kind;
} faults[] = {
    { FAULT(CBC, ENCRYPT, NULL, 16, .queued = 0), CRYPTODEV_MB_CBC_128 },
    { FAULT(CBC, ENCRYPT, NULL, 32, .queued = 3, .offset = 15),
      CRYPTODEV_MB_CBC_256 },
    { FAULT(CBC, DECRYPT, NULL, 24, .queued = 0), CRYPTODEV_MB_CBC_DECRYPT },
    { FAULT(CNTR, ENCRYPT, NULL, 32, .queued = 0), CRYPTODEV_MB_CTR },
    /* Behind the longest text, which is a byte that must not change */
    { FAULT(CNTR, ENCRYPT, NULL, 32, .offset = 2048), CRYPTODEV_MB_CTR },
    { FAULT(NULL, ENCRYPT, SHA_512, 0, .tag = true), CRYPTODEV_MB_SHA512 },
    { FAULT(NULL, ENCRYPT, HMAC_SHA_1, 0, .tag = true, .offset = 19),
      CRYPTODEV_MB_HMAC_SHA1 },
    { FAULT(NULL, ENCRYPT, HMAC_SHA_256, 0, .tag = true, .queued = 1),
      CRYPTODEV_MB_HMAC_SHA256 },
    { FAULT(NULL, ENCRYPT, AES_CMAC, 0, .tag = true),
      CRYPTODEV_MB_CMAC_128 },
    { FAULT(CBC, ENCRYPT, HMAC_SHA_1, 16, .tag = true),
      CRYPTODEV_MB_ENCRYPT_SHA1 },
    { FAULT(CBC, DECRYPT, HMAC_SHA_1, 16, .queued = 0),
      CRYPTODEV_MB_DECRYPT_SHA1 },
    { FAULT(CCM, DECRYPT, AES_CCM, 16, .tag = true), CRYPTODEV_MB_CCM_128 },
    { FAULT(CHACHA20_POLY1305, ENCRYPT, CHACHA20_POLY1305, 32, .tag = true),
      CRYPTODEV_MB_CHACHA20_POLY1305 },
    { FAULT(CCM, ENCRYPT, AES_CCM, 32, .queued = 0), CRYPTODEV_MB_CCM_256 },
    /* Of some texts only, or of some keys */
    { FAULT(CBC, ENCRYPT, NULL, 24, .when = is_in_place),
      CRYPTODEV_MB_CBC_192 },
    { FAULT(CBC, ENCRYPT, NULL, 16, .mixes = true), CRYPTODEV_MB_CBC_128 },
    { FAULT(CBC, DECRYPT, HMAC_SHA_512, 32, .when = is_in_place),
      CRYPTODEV_MB_DECRYPT_SHA512 },
    { FAULT(CBC, ENCRYPT, HMAC_SHA_1, 24, .tag = true),
      CRYPTODEV_MB_ENCRYPT_SHA1 },
    { FAULT(CBC, ENCRYPT, HMAC_SHA_256, 32, .queued = 0),
      CRYPTODEV_MB_ENCRYPT_SHA256 },
    { FAULT(CBC, DECRYPT, MD5, 24, .queued = 0), CRYPTODEV_MB_DECRYPT_MD5 },
    { FAULT(CNTR, ENCRYPT, NULL, 16, .when = is_odd), CRYPTODEV_MB_CTR },
    { FAULT(NULL, ENCRYPT, SHA_256, 0, .tag = true, .when = is_2k),
      CRYPTODEV_MB_SHA256 },
    { FAULT(NULL, ENCRYPT, SHA_512, 0, .tag = true, .when = is_119),
      CRYPTODEV_MB_SHA512 },
    { FAULT(CCM, ENCRYPT, AES_CCM, 16, .tag = true, .when = has_no_aad),
      CRYPTODEV_MB_CCM_128 },
    { FAULT(CCM, DECRYPT, AES_CCM, 32, .tag = true, .when = has_46_aad),
      CRYPTODEV_MB_CCM_256 },
    { FAULT(CCM, ENCRYPT, AES_CCM, 32, .tag = true, .when = has_nonce_7),
      CRYPTODEV_MB_CCM_256 },
    { FAULT(CCM, DECRYPT, AES_CCM, 16, .when = has_nonce_13),
      CRYPTODEV_MB_CCM_128 },
};

static void test_faults(CryptoDevBackend *backend,
                           const CryptoDevCapability *none)
{
    for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
        check_fault(&faults[i].fault, faults[i].kind);
    }
    check_gcm_fault();
    check_long_key_fault();
}

void add_ipsec_mb_self_tests(const Conformance *conformance)
{
    ipsec_mb_add(conformance, "self-test/faults", test_faults);
    ipsec_mb_add(conformance, "self-test/findings", test_findings);
    ipsec_mb_add(conformance, "self-test/untested", test_untested);
}
