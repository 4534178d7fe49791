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

/*
 * A library that is wrong in jobs of one sort, in one byte of the text or of
 * the tag, if so many jobs are in its lanes
 */
static struct Fault {
    submit_job_t submit;
    IMB_CIPHER_MODE mode;
    IMB_CIPHER_DIRECTION direction;
    IMB_HASH_ALG hash;
    uint64_t key_len;
    unsigned int queued;
    bool tag;
    size_t offset;
} fault;

static IMB_JOB *submit_wrong(IMB_MGR *manager)
{
    unsigned int queued = IMB_QUEUE_SIZE(manager);
    IMB_JOB *job = fault.submit(manager);

    if (job && queued >= fault.queued && job->cipher_mode == fault.mode &&
        job->cipher_direction == fault.direction &&
        job->hash_alg == fault.hash &&
        job->key_len_in_bytes == fault.key_len) {
        (fault.tag ? job->auth_tag_output : job->dst)[fault.offset] ^= 1;
    }
    return job;
}

static void check_fault(const struct Fault *wrong, CryptoDevMbKind kind)
{
    IMB_MGR *manager = cryptodev_mb_manager_new();
    uint64_t all = MAKE_64BIT_MASK(0, CRYPTODEV_MB_KINDS);

    fault = *wrong;
    fault.submit = manager->submit_job;
    manager->submit_job = submit_wrong;
    g_assert_cmphex(cryptodev_mb_self_test(manager,
                                           &cryptodev_gcrypt_primitives),
                    ==, all & ~BIT_ULL(kind));
    cryptodev_mb_manager_free(manager);
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
    uint64_t all = MAKE_64BIT_MASK(0, CRYPTODEV_MB_KINDS);

    right_gcm = manager->gcm256_dec;
    manager->gcm256_dec = wrong_gcm;
    g_assert_cmphex(cryptodev_mb_self_test(manager,
                                           &cryptodev_gcrypt_primitives),
                    ==, all & ~BIT_ULL(CRYPTODEV_MB_GCM));
    cryptodev_mb_manager_free(manager);
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
    { FAULT(CNTR, ENCRYPT, NULL, 32, .offset = 512), CRYPTODEV_MB_CTR },
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
};

void test_ipsec_mb_self_test(CryptoDevBackend *backend,
                             const CryptoDevCapability *none)
{
    for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
        check_fault(&faults[i].fault, faults[i].kind);
    }
    check_gcm_fault();
}
