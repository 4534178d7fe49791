/*
 * A test's chain of a cipher and a hash or MAC, and its expected result
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "chain.h"

/* Keys of MACs, and prefixes, where any length will do */
#define KEY_MAX     150
/* How much of SHAKE's endless digests a session may ask for */
#define SHAKE_LEN   400
/* Bytes around the cipher's range; enough for every MAC */
#define MARGIN_MIN  12
#define MARGIN_MAX  50

GByteArray *copy_bytes(const void *data, size_t len)
{
    GByteArray *bytes = g_byte_array_sized_new(len + 1);

    return g_byte_array_append(bytes, data, len);
}

GByteArray *random_bytes(GRand *rand, size_t len)
{
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

const CipherAlgo *find_cipher(const char *name)
{
    const CipherAlgo *algo = cipher_algos;

    while (!g_str_equal(algo->name, name)) {
        algo++;
        g_assert_nonnull(algo->name);
    }
    return algo;
}

static const DigestAlgo *find_digest(const DigestAlgo *algo, const char *name)
{
    while (!g_str_equal(algo->name, name)) {
        algo++;
        g_assert_nonnull(algo->name);
    }
    return algo;
}

ChainKind chain_kind(const char *cipher, bool encrypt, uint32_t order,
                     const char *mac)
{
    ChainKind kind = {
        .cipher = find_cipher(cipher),
        .encrypt = encrypt,
        .order = order,
        .mode = AUTH,
        .digest = find_digest(digest_macs, mac),
    };

    return kind;
}

static GByteArray *random_key(const CipherAlgo *algo, GRand *rand)
{
    size_t len;

    do {
        len = algo->key_lens[g_rand_int_range(rand, 0,
                                              ARRAY_SIZE(algo->key_lens))];
    } while (!len);
    return random_bytes(rand, len);
}

static GByteArray *random_auth_key(const ChainKind *kind, GRand *rand)
{
    const DigestAlgo *digest = kind->digest;
    size_t steps;

    switch (kind->mode) {
    case PLAIN:
        return g_byte_array_new();
    case NESTED:
        return random_bytes(rand, 2 * random_len(rand, 0, KEY_MAX));
    default:
        steps = (MIN(digest->key_max, KEY_MAX) - digest->key_min) /
                digest->key_step;
        return random_bytes(rand, digest->key_min + digest->key_step *
                                  random_len(rand, 0, steps));
    }
}

void chain_init(Chain *chain, QVirtioCryptoDriver *d, ChainKind kind)
{
    QVirtioCryptoSession cipher;

    chain->d = d;
    chain->kind = kind;
    chain->key = kind.key ? copy_bytes(kind.key->data, kind.key->len) :
                            random_key(kind.cipher, d->rand);
    chain->auth_key = kind.auth_key ?
                      copy_bytes(kind.auth_key->data, kind.auth_key->len) :
                      random_auth_key(&kind, d->rand);
    chain->digest_len = kind.digest->len ?: SHAKE_LEN;
    cipher = qvirtio_crypto_cipher(kind.cipher->number, kind.encrypt,
                                   chain->key->data, chain->key->len);
    chain->session =
        qvirtio_crypto_chain(&cipher, kind.order, kind.mode,
                             kind.digest->number, chain->digest_len,
                             chain->auth_key->data, chain->auth_key->len);
    chain->id = qvirtio_crypto_create(d, &chain->session);
}

void chain_clear(Chain *chain)
{
    qvirtio_crypto_destroy(chain->d, &chain->session, chain->id);
    g_byte_array_unref(chain->key);
    g_byte_array_unref(chain->auth_key);
}

void chain_request_init(ChainRequest *req, const Chain *chain,
                        size_t aad_len, GByteArray *src)
{
    GRand *rand = chain->d->rand;

    req->iv = random_bytes(rand, chain->kind.cipher->iv_len);
    req->aad = random_bytes(rand, aad_len);
    req->src = src;
    req->op = qvirtio_crypto_chain_op(chain->id, chain->kind.encrypt,
                                      req->iv->data, req->iv->len,
                                      req->aad->data, req->aad->len,
                                      src->data, src->len,
                                      chain->digest_len);
}

void chain_request_clear(ChainRequest *req)
{
    g_byte_array_unref(req->iv);
    g_byte_array_unref(req->aad);
    g_byte_array_unref(req->src);
}

void chain_set_lengths(QVirtioCryptoOp *op, uint32_t dst_len,
                       uint32_t digest_len)
{
    op->dst_len = dst_len;
    op->digest_len = digest_len;
    op->room = (size_t)dst_len + digest_len;
}

void chain_request_random(ChainRequest *req, const Chain *chain,
                          size_t aad_len, size_t len)
{
    const CipherAlgo *cipher = chain->kind.cipher;
    GRand *rand = chain->d->rand;
    size_t before = random_len(rand, 0, MARGIN_MAX);
    size_t behind = random_len(rand, MARGIN_MIN, MARGIN_MAX);
    QVirtioCryptoOp *op = &req->op;
    size_t src_len;

    len = MAX(len, cipher->source_min);
    len -= len % cipher->block;
    src_len = before + len + behind;
    chain_request_init(req, chain, aad_len, random_bytes(rand, src_len));
    op->cipher_start = before;
    op->cipher_len = len;
    op->hash_start = random_len(rand, 0, src_len);
    op->hash_len = random_len(rand, 0, src_len - op->hash_start);
    if (aad_len + op->hash_len < chain->kind.digest->source_min) {
        op->hash_start = 0;
        op->hash_len = src_len;
    }
    chain_set_lengths(op, random_len(rand, before + len, src_len),
                      random_len(rand, 1, chain->digest_len));
}

GByteArray *nested_hash(const DigestAlgo *algo, const GByteArray *prefixes,
                        const GByteArray *data, size_t len)
{
    size_t half = prefixes->len / 2;
    g_autoptr(GByteArray) inner = copy_bytes(prefixes->data, half);
    g_autoptr(GByteArray) outer = copy_bytes(prefixes->data + half, half);
    g_autoptr(GByteArray) digest = NULL;

    g_byte_array_append(inner, data->data, data->len);
    digest = reference_hash(algo, inner->data, inner->len, algo->len);
    g_byte_array_append(outer, digest->data, digest->len);
    return reference_hash(algo, outer->data, outer->len, len);
}

static GByteArray *expected_digest(const Chain *chain, const GByteArray *data,
                                   size_t len)
{
    GByteArray *digest;

    switch (chain->kind.mode) {
    case PLAIN:
        return reference_hash(chain->kind.digest, data->data, data->len, len);
    case NESTED:
        return nested_hash(chain->kind.digest, chain->auth_key, data, len);
    default:
        digest = reference_mac(chain->kind.digest, chain->auth_key->data,
                               chain->auth_key->len, data->data, data->len);
        return g_byte_array_set_size(digest, len);
    }
}

GByteArray *chain_expected(const Chain *chain,
                           const QVirtioCryptoOp *op)
{
    g_autoptr(GByteArray) iv = copy_bytes(op->iv, op->iv_len);
    g_autoptr(GByteArray) hashed = copy_bytes(op->aad, op->aad_len);
    g_autoptr(GByteArray) digest = NULL;
    g_autoptr(GByteArray) enciphered =
        reference_cipher(chain->kind.cipher, chain->kind.encrypt, chain->key,
                         iv, op->src + op->cipher_start, op->cipher_len);
    GByteArray *result = copy_bytes(op->src, op->src_len);

    if (op->cipher_len) {
        memcpy(result->data + op->cipher_start, enciphered->data,
               op->cipher_len);
    }
    g_byte_array_append(hashed, (chain->kind.order == CIPHER_FIRST ?
                                 result->data : op->src) + op->hash_start,
                        op->hash_len);
    digest = expected_digest(chain, hashed, op->digest_len);
    g_byte_array_set_size(result, op->dst_len);
    return g_byte_array_append(result, digest->data, digest->len);
}

void chain_check_result(const Chain *chain, const QVirtioCryptoOp *op,
                        const QVirtioCryptoShape *shape,
                        const GByteArray *expected)
{
    const ChainKind *kind = &chain->kind;
    QVirtioCryptoRequest *req = qvirtio_crypto_run(chain->d, 0, op, shape);

    if (req->status != VIRTIO_CRYPTO_OK ||
        req->written->len != expected->len ||
        memcmp(req->written->data, expected->data, expected->len)) {
        g_error("%s, %s in mode %u, order %u, %s: status %u; cipher %u+%u, "
                "hash %u+%u of %u bytes, AAD %u bytes, result %u+%u bytes; "
                "pieces of %zu, in place %d, overlap %d", kind->cipher->name,
                kind->digest->name, kind->mode, kind->order,
                kind->encrypt ? "encrypt" : "decrypt", req->status,
                op->cipher_start, op->cipher_len, op->hash_start,
                op->hash_len, op->src_len, op->aad_len, op->dst_len,
                op->digest_len, shape->piece, shape->in_place,
                shape->overlap);
    }
    g_assert_cmpint(req->used, ==, expected->len + 1);
    qvirtio_crypto_request_free(req, chain->d->alloc);
}

void chain_check(const Chain *chain, const QVirtioCryptoOp *op,
                 const QVirtioCryptoShape *shape)
{
    g_autoptr(GByteArray) expected = chain_expected(chain, op);

    chain_check_result(chain, op, shape, expected);
}

void chain_each_way(QVirtioCryptoDriver *d, const char *cipher,
                    const char *mac, void (*check)(Chain *chain))
{
    const uint32_t orders[] = { HASH_FIRST, CIPHER_FIRST };

    for (size_t i = 0; i < ARRAY_SIZE(orders); i++) {
        for (int encrypt = 0; encrypt < 2; encrypt++) {
            Chain chain;

            chain_init(&chain, d, chain_kind(cipher, encrypt, orders[i],
                                             mac));
            check(&chain);
            chain_clear(&chain);
        }
    }
}
