/*
 * Conformance of backends: sessions, and trials of what they should do
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "conformance-reference.h"
#include "conformance-subject.h"

/* Keys of HMAC, and prefixes, are longer than any hash's block now and then. */
#define AUTH_KEY_RANDOM_MAX 300
/* How much of a digest without end a trial asks for */
#define ENDLESS_MAX 500
#define AAD_RANDOM_MAX 100
/* Bytes of a chain's source around the ranges; enough for every MAC */
#define MARGIN_MIN 12
#define MARGIN_MAX 50

GByteArray *random_bytes(GRand *rand, size_t len)
{
    /* Even no bytes are somewhere. */
    GByteArray *bytes = g_byte_array_sized_new(len + 1);

    g_byte_array_set_size(bytes, len);
    for (size_t i = 0; i < len; i++) {
        bytes->data[i] = g_rand_int(rand);
    }
    return bytes;
}

size_t random_len(GRand *rand, size_t min, size_t max)
{
    return g_rand_int_range(rand, min, max + 1);
}

size_t random_key_len(const CryptoDevCapability *capability, GRand *rand)
{
    size_t max = MIN(capability->key_max,
                     MAX(capability->key_min, AUTH_KEY_RANDOM_MAX));
    size_t steps = (max - capability->key_min) / capability->key_step;

    return capability->key_min +
           capability->key_step * random_len(rand, 0, steps);
}

size_t random_bit(uint32_t lens, GRand *rand)
{
    size_t bit;

    do {
        bit = random_len(rand, 0, 31);
    } while (!(lens & BIT(bit)));
    return bit;
}

Subject *subject_new(CryptoDevBackend *backend,
                     const CryptoDevSessionParams *params)
{
    Subject *subject = g_new0(Subject, 1);
    CryptoDevChainParams *chain = &subject->params.cipher.chain;

    subject->backend = backend;
    subject->params = *params;
    subject->key = g_byte_array_new();
    subject->auth_key = g_byte_array_new();
    g_byte_array_append(subject->key, params->key, params->key_len);
    subject->params.key = subject->key->data;
    if (params->service == CRYPTODEV_SERVICE_CIPHER) {
        g_byte_array_append(subject->auth_key, chain->key, chain->key_len);
        chain->key = subject->auth_key->data;
    }
    g_assert_cmpint(cryptodev_backend_create_session(backend, &subject->params,
                                                     &subject->session), ==,
                    CRYPTODEV_OK);
    subject->capability = subject->session->capability;
    subject->chained = subject->session->chained;
    return subject;
}

void subject_free(Subject *subject)
{
    cryptodev_backend_destroy_session(subject->backend, subject->session);
    g_byte_array_unref(subject->key);
    g_byte_array_unref(subject->auth_key);
    g_free(subject);
}

void subject_refused(CryptoDevBackend *backend,
                     const CryptoDevSessionParams *params,
                     CryptoDevStatus status)
{
    CryptoDevSession *session = NULL;
    CryptoDevStatus actual =
        cryptodev_backend_create_session(backend, params, &session);

    if (actual != status) {
        g_test_message("session of service %s, algorithm %u, key of %zu"
                       " bytes: status %d, must be %d",
                       CryptodevService_str(params->service), params->algo,
                       params->key_len, actual, status);
        g_test_fail();
    }
    if (actual == CRYPTODEV_OK) {
        cryptodev_backend_destroy_session(backend, session);
    } else if (session) {
        g_test_message("there is a session beside the error");
        g_test_fail();
    }
}

Subject *subject_random(CryptoDevBackend *backend,
                        const CryptoDevCapability *capability, GRand *rand)
{
    g_autoptr(GByteArray) key =
        random_bytes(rand, random_key_len(capability, rand));
    CryptoDevSessionParams params = {
        .service = capability->service,
        .algo = capability->algo,
        .key = key->data,
        .key_len = key->len,
    };

    switch (capability->service) {
    case CRYPTODEV_SERVICE_CIPHER:
        params.cipher.encrypt = g_rand_boolean(rand);
        break;
    case CRYPTODEV_SERVICE_AEAD:
        params.aead.encrypt = g_rand_boolean(rand);
        params.aead.tag_len = random_bit(capability->tag_lens, rand);
        break;
    default:
        break;
    }
    return subject_new(backend, &params);
}

/* A legal length of a source that is about @len */
static size_t source_len(const CryptoDevCapability *capability, size_t len)
{
    size_t max = capability->max_len ?: SIZE_MAX;

    return MIN(MAX(len, capability->min_len), max);
}

static size_t cipher_len(const CryptoDevCapability *capability, size_t len)
{
    return source_len(capability, len - len % capability->block_len);
}

static Trial *new_trial(const Subject *subject, CryptoDevOpType type)
{
    g_autofree char *name =
        g_strconcat(subject->capability->name,
                    subject->chained ? " and " : "",
                    subject->chained ? subject->chained->name : "", NULL);

    return trial_new(name, subject->session, type);
}

static void set_bytes(GByteArray **bytes, GByteArray *value)
{
    g_byte_array_unref(*bytes);
    *bytes = value;
}

static Trial *cipher_trial(const Subject *subject, size_t len, GRand *rand)
{
    const CryptoDevCapability *capability = subject->capability;
    bool encrypt = subject->params.cipher.encrypt;
    Trial *trial = new_trial(subject, encrypt ? CRYPTODEV_OP_ENCRYPT
                                              : CRYPTODEV_OP_DECRYPT);

    set_bytes(&trial->iv,
              random_bytes(rand, random_bit(capability->iv_lens, rand)));
    set_bytes(&trial->src, random_bytes(rand, cipher_len(capability, len)));
    set_bytes(&trial->dst,
              reference_encipher(capability, encrypt, subject->key, trial->iv,
                                 trial->src->data, trial->src->len));
    trial->dst_room = trial->src->len;
    return trial;
}

/* What a chain hashes: the additional data, and a range of @data */
static void set_chain_digest(const Subject *subject, Trial *trial,
                             const GByteArray *data)
{
    g_autoptr(GByteArray) hashed = g_byte_array_new();
    bool nested = subject->params.cipher.chain.mode ==
                  CRYPTODEV_HASH_MODE_NESTED;

    g_byte_array_append(hashed, trial->aad->data, trial->aad->len);
    g_byte_array_append(hashed, data->data + trial->hash_range.offset,
                        trial->hash_range.len);
    set_bytes(&trial->digest,
              (nested ? reference_nested : reference_digest)
              (subject->chained, subject->auth_key, hashed,
               trial->digest_room));
}

static GByteArray *chain_result(const Subject *subject, const Trial *trial)
{
    size_t offset = trial->cipher_range.offset;
    size_t len = trial->cipher_range.len;
    g_autoptr(GByteArray) enciphered =
        reference_encipher(subject->capability, subject->params.cipher.encrypt,
                           subject->key, trial->iv, trial->src->data + offset,
                           len);
    GByteArray *result = g_byte_array_new();

    g_byte_array_append(result, trial->src->data, trial->src->len);
    for (size_t i = 0; i < len; i++) {
        result->data[offset + i] = enciphered->data[i];
    }
    return result;
}

/* Both ranges are anywhere in the source; the destination may be shorter. */
static void set_chain_ranges(const Subject *subject, Trial *trial, size_t len,
                             GRand *rand)
{
    size_t ciphered = cipher_len(subject->capability, len);
    size_t before = random_len(rand, 0, MARGIN_MAX);
    size_t after = random_len(rand, MARGIN_MIN, MARGIN_MAX);
    size_t total = before + ciphered + after;
    size_t hash_offset = random_len(rand, 0, total - MARGIN_MIN);

    trial->cipher_range = (CryptoDevRange) { before, ciphered };
    trial->hash_range = (CryptoDevRange) {
        hash_offset, random_len(rand, MARGIN_MIN, total - hash_offset),
    };
    trial->dst_room = random_len(rand, before + ciphered, total);
    set_bytes(&trial->src, random_bytes(rand, total));
}

static size_t random_digest_len(const CryptoDevSession *session, GRand *rand)
{
    return random_len(rand, 1, MIN(session->digest_len, ENDLESS_MAX));
}

static Trial *chain_trial(const Subject *subject, size_t len, GRand *rand)
{
    const CryptoDevCapability *capability = subject->capability;
    const CryptoDevChainParams *chain = &subject->params.cipher.chain;
    bool encrypt = subject->params.cipher.encrypt;
    Trial *trial = new_trial(subject, encrypt ? CRYPTODEV_OP_ENCRYPT
                                              : CRYPTODEV_OP_DECRYPT);
    g_autoptr(GByteArray) result = NULL;

    set_bytes(&trial->iv,
              random_bytes(rand, random_bit(capability->iv_lens, rand)));
    set_bytes(&trial->aad,
              random_bytes(rand, g_rand_boolean(rand)
                                 ? random_len(rand, 1, AAD_RANDOM_MAX) : 0));
    set_chain_ranges(subject, trial, len, rand);
    trial->digest_room = random_digest_len(subject->session, rand);
    result = chain_result(subject, trial);
    set_chain_digest(subject, trial, chain->cipher_first ? result
                                                         : trial->src);
    g_byte_array_append(trial->dst, result->data, trial->dst_room);
    return trial;
}

Trial *digest_trial(const Subject *subject, size_t len, size_t digest_len,
                    GRand *rand)
{
    const CryptoDevCapability *capability = subject->capability;
    Trial *trial = new_trial(subject, CRYPTODEV_OP_DIGEST);

    set_bytes(&trial->src,
              random_bytes(rand, source_len(capability, len)));
    set_bytes(&trial->digest,
              (subject->params.digest.nested ? reference_nested
                                             : reference_digest)
              (capability, subject->key, trial->src, digest_len));
    trial->digest_room = digest_len;
    return trial;
}

Trial *aead_trial(const Subject *subject, size_t len, size_t iv_len,
                  size_t aad_len, GRand *rand)
{
    size_t tag_len = subject->params.aead.tag_len;
    bool encrypt = subject->params.aead.encrypt;
    Trial *trial = new_trial(subject, encrypt ? CRYPTODEV_OP_ENCRYPT
                                              : CRYPTODEV_OP_DECRYPT);
    GByteArray *plain = random_bytes(rand, len);
    GByteArray *sealed;

    set_bytes(&trial->iv, random_bytes(rand, iv_len));
    set_bytes(&trial->aad, random_bytes(rand, aad_len));
    sealed = reference_seal(subject->capability, subject->key, trial->iv,
                            trial->aad, plain, tag_len);
    set_bytes(&trial->src, encrypt ? plain : sealed);
    set_bytes(&trial->dst, encrypt ? sealed : plain);
    trial->dst_room = trial->dst->len;
    return trial;
}

Trial *subject_trial(const Subject *subject, size_t len, GRand *rand)
{
    switch (subject->capability->service) {
    case CRYPTODEV_SERVICE_CIPHER:
        return subject->chained ? chain_trial(subject, len, rand)
                                : cipher_trial(subject, len, rand);
    case CRYPTODEV_SERVICE_HASH:
    case CRYPTODEV_SERVICE_MAC:
        return digest_trial(subject, len,
                            random_digest_len(subject->session, rand), rand);
    case CRYPTODEV_SERVICE_AEAD:
        return aead_trial(subject, len,
                          random_bit(subject->capability->iv_lens, rand),
                          random_len(rand, 0, AAD_RANDOM_MAX), rand);
    default:
        g_assert_not_reached();
    }
}
