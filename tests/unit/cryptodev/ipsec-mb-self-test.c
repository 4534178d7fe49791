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
 * A library that is wrong in jobs of one sort, if so many are in its lanes at
 * once, and in the byte at @offset of the result; or that never ends them
 */
static struct Fault {
    submit_job_t submit;
    IMB_CIPHER_MODE mode;
    IMB_CIPHER_DIRECTION direction;
    uint64_t key_len;
    unsigned int queued;
    size_t offset;
} fault;

static IMB_JOB *submit_wrong(IMB_MGR *manager)
{
    unsigned int queued = IMB_QUEUE_SIZE(manager);
    IMB_JOB *job = fault.submit(manager);

    if (job && queued >= fault.queued && job->cipher_mode == fault.mode &&
        job->cipher_direction == fault.direction &&
        job->key_len_in_bytes == fault.key_len) {
        job->dst[fault.offset] ^= 1;
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

void test_ipsec_mb_self_test(CryptoDevBackend *backend,
                             const CryptoDevCapability *none)
{
    const struct {
        struct Fault fault;
        CryptoDevMbKind kind;
    } faults[] = {
        { { .mode = IMB_CIPHER_CBC, .direction = IMB_DIR_ENCRYPT,
            .key_len = 16 }, CRYPTODEV_MB_CBC_128 },
        { { .mode = IMB_CIPHER_CBC, .direction = IMB_DIR_ENCRYPT,
            .key_len = 32, .queued = 3, .offset = 15 },
          CRYPTODEV_MB_CBC_256 },
        { { .mode = IMB_CIPHER_CBC, .direction = IMB_DIR_DECRYPT,
            .key_len = 24 }, CRYPTODEV_MB_CBC_DECRYPT },
        { { .mode = IMB_CIPHER_CNTR, .direction = IMB_DIR_ENCRYPT,
            .key_len = 32 }, CRYPTODEV_MB_CTR },
    };

    for (size_t i = 0; i < ARRAY_SIZE(faults); i++) {
        check_fault(&faults[i].fault, faults[i].kind);
    }
}
