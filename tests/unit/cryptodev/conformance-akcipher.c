/*
 * Conformance of backends: operations with public keys
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "conformance-akcipher.h"

static CryptoDevSessionParams with_key(const CryptoDevSessionParams *params,
                                       const GByteArray *key,
                                       bool private_key)
{
    CryptoDevSessionParams all = *params;

    all.service = CRYPTODEV_SERVICE_AKCIPHER;
    all.key = key->data;
    all.key_len = key->len;
    all.akcipher.private_key = private_key;
    return all;
}

Subject *akcipher_new(CryptoDevBackend *backend,
                      const CryptoDevSessionParams *params,
                      const GByteArray *key, bool private_key)
{
    CryptoDevSessionParams all = with_key(params, key, private_key);

    return subject_new(backend, &all);
}

void akcipher_refused(CryptoDevBackend *backend,
                      const CryptoDevSessionParams *params,
                      const GByteArray *key, bool private_key,
                      CryptoDevStatus status)
{
    CryptoDevSessionParams all = with_key(params, key, private_key);

    subject_refused(backend, &all, status);
}

static Trial *make_trial(const Subject *subject, CryptoDevOpType type,
                         const GByteArray *src, CryptoDevStatus status)
{
    Trial *trial =
        trial_new(subject->capability->name, subject->session, type);

    g_byte_array_append(trial->src, src->data, src->len);
    trial->status = status;
    return trial;
}

void akcipher_check(const Subject *subject, CryptoDevOpType type,
                    const GByteArray *src, size_t dst_room,
                    CryptoDevStatus status, const GByteArray *dst)
{
    g_autoptr(Trial) trial = make_trial(subject, type, src, status);
    const Shape in_place = { 3, 15, .tangled = true };

    trial->dst_room = dst_room;
    if (dst) {
        g_byte_array_append(trial->dst, dst->data, dst->len);
    }
    trial_run(subject->backend, trial, &shapes[0]);
    trial_run(subject->backend, trial, &in_place);
}

void akcipher_check_signature(const Subject *subject, const GByteArray *digest,
                              const GByteArray *signature,
                              CryptoDevStatus status)
{
    g_autoptr(Trial) trial =
        make_trial(subject, CRYPTODEV_OP_VERIFY, digest, status);
    const Shape scattered = { 3, 15 };

    g_byte_array_append(trial->signature, signature->data, signature->len);
    trial_run(subject->backend, trial, &shapes[0]);
    trial_run(subject->backend, trial, &scattered);
}

/* Run an operation; returns its result. */
static GByteArray *run(const Subject *subject, CryptoDevOpType type,
                       const GByteArray *src, size_t dst_room,
                       CryptoDevStatus *status)
{
    GByteArray *dst = g_byte_array_new();
    struct iovec in = { src->data, src->len };
    struct iovec out = { };
    CryptoDevOp op = {
        .session = subject->session,
        .type = type,
        .src = { &in, 0, src->len },
        .dst = { &out, 0, dst_room },
        .status = CRYPTODEV_INVSESS,
    };

    g_byte_array_set_size(dst, dst_room);
    out = (struct iovec) { dst->data, dst_room };
    run_ops(subject->backend, &op, 1);
    g_assert_cmpint(op.result_len, <=, dst_room);
    *status = op.status;
    return g_byte_array_set_size(dst, op.result_len);
}

GByteArray *akcipher_make(const Subject *subject, CryptoDevOpType type,
                          const GByteArray *src, size_t dst_room)
{
    CryptoDevStatus status;
    GByteArray *dst = run(subject, type, src, dst_room, &status);

    g_assert_cmpint(status, ==, CRYPTODEV_OK);
    return dst;
}

Trial *akcipher_trial(const Subject *subject, CryptoDevOpType type,
                      const GByteArray *src, size_t dst_room)
{
    CryptoDevStatus status;
    g_autoptr(GByteArray) dst = run(subject, type, src, dst_room, &status);
    Trial *trial = make_trial(subject, type, src, status);

    trial->dst_room = dst_room;
    g_byte_array_append(trial->dst, dst->data, dst->len);
    return trial;
}

void akcipher_check_forgeries(const Subject *public, const GByteArray *digest,
                              const GByteArray *signature)
{
    g_autoptr(GByteArray) changed = g_byte_array_new();

    akcipher_check_signature(public, digest, signature, CRYPTODEV_OK);
    g_byte_array_append(changed, signature->data, signature->len);
    for (guint i = 0; i < signature->len; i += i < 8 ? 1 : 13) {
        changed->data[i] ^= 1 << i % 8;
        akcipher_check_signature(public, digest, changed,
                                 CRYPTODEV_KEY_REJECTED);
        changed->data[i] = signature->data[i];
    }
    g_byte_array_set_size(changed, signature->len - 1);
    akcipher_check_signature(public, digest, changed, CRYPTODEV_KEY_REJECTED);
    g_byte_array_set_size(changed, 0);
    akcipher_check_signature(public, digest, changed, CRYPTODEV_KEY_REJECTED);
    g_byte_array_append(changed, signature->data, signature->len);
    g_byte_array_append(changed, (const uint8_t *)"", 1);
    akcipher_check_signature(public, digest, changed, CRYPTODEV_KEY_REJECTED);
    g_byte_array_set_size(changed, 0);
    g_byte_array_append(changed, digest->data, digest->len);
    changed->data[0] ^= 0x80;
    akcipher_check_signature(public, changed, signature,
                             CRYPTODEV_KEY_REJECTED);
}

void akcipher_check_types(const Subject *public, const Subject *private,
                          const GByteArray *digest)
{
    g_autoptr(GByteArray) large = g_byte_array_new();
    size_t room = CRYPTODEV_AKCIPHER_RESULT_MAX;

    /* A signature has no room, and a public key does not sign. */
    akcipher_check(private, CRYPTODEV_OP_SIGN, digest, 0, CRYPTODEV_ERR, NULL);
    akcipher_check(private, CRYPTODEV_OP_SIGN, digest, 20, CRYPTODEV_ERR,
                   NULL);
    akcipher_check(public, CRYPTODEV_OP_SIGN, digest, room, CRYPTODEV_ERR,
                   NULL);
    for (CryptoDevOpType type = CRYPTODEV_OP_DIGEST;
         type < CRYPTODEV_OP_DIGEST + 3; type++) {
        akcipher_check(public, type, digest, room, CRYPTODEV_ERR, NULL);
        akcipher_check(private, type, digest, room, CRYPTODEV_ERR, NULL);
    }
    g_byte_array_set_size(large, CRYPTODEV_AKCIPHER_RESULT_MAX + 1);
    memset(large->data, 1, large->len);
    akcipher_check(private, CRYPTODEV_OP_SIGN, large, room, CRYPTODEV_ERR,
                   NULL);
    akcipher_check_signature(public, large, digest, CRYPTODEV_ERR);
}
