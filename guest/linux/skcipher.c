// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Ciphers: AES in the modes ECB, CBC, CTR and XTS, 3DES in ECB and CBC
 */
#include <crypto/aes.h>
#include <crypto/algapi.h>
#include <crypto/des.h>
#include <crypto/internal/skcipher.h>
#include <crypto/scatterwalk.h>
#include <linux/slab.h>

#include "vcrypto.h"

/* What a request leaves in the kernel's vector */
enum iv_rule {
	IV_KEPT,
	IV_LAST_BLOCK,
	IV_COUNTER,
};

struct cipher {
	struct vc_alg vc;
	struct skcipher_alg alg;
	enum iv_rule rule;
	unsigned int unit;	/* the source is a multiple of it */
	unsigned int min_len;
};

/* What belongs to a key */
struct cipher_key {
	const struct cipher *cipher;
	struct vc_pair pair;
	struct crypto_skcipher *twin;
};

static const struct cipher *cipher_of(struct crypto_skcipher *tfm)
{
	return container_of(crypto_skcipher_alg(tfm), struct cipher, alg);
}

static int init_key(struct crypto_skcipher *tfm)
{
	struct cipher_key *key = crypto_skcipher_ctx(tfm);
	struct crypto_skcipher *twin;

	twin = crypto_alloc_skcipher(crypto_tfm_alg_name(&tfm->base), 0,
				     VC_TWIN_MASK);
	if (IS_ERR(twin))
		return PTR_ERR(twin);
	key->cipher = cipher_of(tfm);
	key->twin = twin;
	crypto_skcipher_set_reqsize(
		tfm, max(VC_REQ_SIZE, sizeof(struct skcipher_request) +
				      crypto_skcipher_reqsize(twin)));
	return 0;
}

/* This may be in a softirq. */
static void exit_key(struct crypto_skcipher *tfm)
{
	struct cipher_key *key = crypto_skcipher_ctx(tfm);

	vc_pair_clear(&key->pair);
	crypto_free_skcipher(key->twin);
}

/* The twin knows which keys the kernel refuses. */
static int set_key(struct crypto_skcipher *tfm, const u8 *bytes,
		   unsigned int len)
{
	struct cipher_key *key = crypto_skcipher_ctx(tfm);
	struct vc_params params = key->cipher->vc.params;
	int err;

	crypto_skcipher_clear_flags(key->twin, CRYPTO_TFM_REQ_MASK);
	crypto_skcipher_set_flags(key->twin, crypto_skcipher_get_flags(tfm) &
					     CRYPTO_TFM_REQ_MASK);
	err = crypto_skcipher_setkey(key->twin, bytes, len);
	if (err) {
		vc_pair_clear(&key->pair);
		return err;
	}
	params.key_len = len;
	vc_pair_set(&key->pair, &key->cipher->vc, &params, bytes, NULL);
	return 0;
}

/* Add to a big-endian counter. */
static void add_to_counter(u8 *counter, unsigned int len, unsigned int add)
{
	while (len-- && add) {
		add += counter[len];
		counter[len] = add;
		add >>= 8;
	}
}

/* Before a request: its source may be overwritten by the result. */
static void save_iv(const struct cipher *cipher, struct vc_req *vr,
		    struct skcipher_request *req, bool decrypt)
{
	unsigned int len = cipher->alg.ivsize;

	if (cipher->rule == IV_LAST_BLOCK && decrypt)
		scatterwalk_map_and_copy(vr->iv, req->src,
					 req->cryptlen - len, len, 0);
}

/* After it has succeeded */
static void update_iv(const struct cipher *cipher, struct vc_req *vr,
		      struct skcipher_request *req)
{
	unsigned int len = cipher->alg.ivsize;

	if (cipher->rule == IV_COUNTER)
		add_to_counter(req->iv, len,
			       DIV_ROUND_UP(req->cryptlen, len));
	if (cipher->rule != IV_LAST_BLOCK)
		return;
	if (vr->decrypt)
		memcpy(req->iv, vr->iv, len);
	else
		scatterwalk_map_and_copy(req->iv, req->dst,
					 req->cryptlen - len, len, 0);
}

static void end(struct vc_req *vr, int err)
{
	struct skcipher_request *req = vr->owner;
	const struct cipher *cipher =
		container_of(vr->alg, struct cipher, vc);

	if (err != -EINPROGRESS) {
		if (!err)
			update_iv(cipher, vr, req);
		vc_req_wipe(vr);
	}
	skcipher_request_complete(req, err);
}

static int crypt_by_twin(struct cipher_key *key, struct skcipher_request *req,
			 bool decrypt)
{
	struct skcipher_request *sub = skcipher_request_ctx(req);

	skcipher_request_set_tfm(sub, key->twin);
	skcipher_request_set_callback(sub, req->base.flags, NULL, NULL);
	skcipher_request_set_crypt(sub, req->src, req->dst, req->cryptlen,
				   req->iv);
	return decrypt ? crypto_skcipher_decrypt(sub)
		       : crypto_skcipher_encrypt(sub);
}

/* The twin's request is where this one was. */
static void redo(struct vc_req *vr)
{
	struct skcipher_request *req = vr->owner;
	struct cipher_key *key =
		crypto_skcipher_ctx(crypto_skcipher_reqtfm(req));
	int err;

	vc_req_wipe(vr);
	err = crypt_by_twin(key, req, vr->decrypt);
	local_bh_disable();
	skcipher_request_complete(req, err);
	local_bh_enable();
}

static int submit(struct cipher_key *key, struct skcipher_request *req,
		  bool decrypt)
{
	struct vc_session *session = key->pair.way[decrypt];
	struct vc_req *vr = vc_req_of(skcipher_request_ctx(req));
	struct vc_data data = {
		.iv = req->iv,
		.iv_len = key->cipher->alg.ivsize,
		.src_len = req->cryptlen,
		.dst_len = req->cryptlen,
	};

	if (!vc_req_begin(session, vr, &data))
		return -ENODEV;
	vr->end = end;
	/* A trial has the twin's request: nobody else can do that one. */
	vr->redo = crypto_skcipher_reqtfm(req) == key->twin ? NULL : redo;
	vr->owner = req;
	vr->alg = &key->cipher->vc;
	vr->decrypt = decrypt;
	vc_req_read(vr, req->src, 0, req->cryptlen);
	vc_req_write(vr, req->dst, 0, req->cryptlen);
	vc_req_finish(vr, 0);
	save_iv(key->cipher, vr, req, decrypt);
	return vc_queue_submit(session->dev, vr,
			       req->base.flags & CRYPTO_TFM_REQ_MAY_BACKLOG);
}

static int crypt(struct skcipher_request *req, bool decrypt)
{
	struct cipher_key *key =
		crypto_skcipher_ctx(crypto_skcipher_reqtfm(req));
	const struct cipher *cipher = key->cipher;
	int err;

	if (req->cryptlen % cipher->unit || req->cryptlen < cipher->min_len)
		return -EINVAL;
	if (!req->cryptlen)
		return 0;
	err = submit(key, req, decrypt);
	if (err == -EINPROGRESS || err == -EBUSY)
		return err;
	return crypt_by_twin(key, req, decrypt);
}

static int encrypt(struct skcipher_request *req)
{
	return crypt(req, false);
}

static int decrypt(struct skcipher_request *req)
{
	return crypt(req, true);
}

#define CIPHER(_name, _driver, _algo, _block, _iv_len, _rule, _unit,	\
	       _min_len, _key_min, _key_max, _stock) {			\
	.vc = {								\
		.params = {						\
			.service = VC_CIPHER,				\
			.algo = VIRTIO_CRYPTO_CIPHER_ ## _algo,		\
			.key_len = _key_max,				\
		},							\
		.stock = _stock,					\
	},								\
	.alg = {							\
		.base = {						\
			.cra_name = _name,				\
			.cra_driver_name = _driver "-vcrypto",		\
			.cra_blocksize = _block,			\
			.cra_ctxsize = sizeof(struct cipher_key),	\
			.cra_module = THIS_MODULE,			\
		},							\
		.init = init_key,						\
		.exit = exit_key,						\
		.setkey = set_key,					\
		.encrypt = encrypt,					\
		.decrypt = decrypt,					\
		.min_keysize = _key_min,				\
		.max_keysize = _key_max,				\
		.ivsize = _iv_len,					\
		.chunksize = AES_BLOCK_SIZE,				\
	},								\
	.rule = _rule,							\
	.unit = _unit,							\
	.min_len = _min_len,						\
}

static struct cipher ciphers[] = {
	CIPHER("ecb(aes)", "ecb-aes", AES_ECB, 16, 0, IV_KEPT, 16, 0,
	       AES_MIN_KEY_SIZE, AES_MAX_KEY_SIZE, false),
	CIPHER("cbc(aes)", "cbc-aes", AES_CBC, 16, 16, IV_LAST_BLOCK, 16, 0,
	       AES_MIN_KEY_SIZE, AES_MAX_KEY_SIZE, true),
	CIPHER("ctr(aes)", "ctr-aes", AES_CTR, 1, 16, IV_COUNTER, 1, 0,
	       AES_MIN_KEY_SIZE, AES_MAX_KEY_SIZE, false),
	CIPHER("xts(aes)", "xts-aes", AES_XTS, 16, 16, IV_KEPT, 1, 16,
	       2 * AES_MIN_KEY_SIZE, 2 * AES_MAX_KEY_SIZE, false),
	CIPHER("ecb(des3_ede)", "ecb-des3-ede", 3DES_ECB, 8, 0, IV_KEPT, 8, 0,
	       DES3_EDE_KEY_SIZE, DES3_EDE_KEY_SIZE, false),
	CIPHER("cbc(des3_ede)", "cbc-des3-ede", 3DES_CBC, 8, 8, IV_LAST_BLOCK,
	       8, 0, DES3_EDE_KEY_SIZE, DES3_EDE_KEY_SIZE, false),
};

static int add(struct vc_alg *alg)
{
	return crypto_register_skcipher(
		&container_of(alg, struct cipher, vc)->alg);
}

static void del(struct vc_alg *alg)
{
	crypto_unregister_skcipher(
		&container_of(alg, struct cipher, vc)->alg);
}

static struct crypto_alg *base(struct vc_alg *alg)
{
	return &container_of(alg, struct cipher, vc)->alg.base;
}

static int run_trial(struct vc_trial *trial, u8 *bytes, bool decrypt,
		     bool by_device)
{
	struct cipher_key *key = trial->key;
	struct skcipher_request *req;
	struct scatterlist sg;
	u8 iv[VC_BLOCK_MAX];
	int err;

	req = kzalloc(sizeof(*req) + max(VC_REQ_SIZE,
					 crypto_skcipher_reqsize(key->twin)),
		      GFP_KERNEL);
	if (!req)
		return -ENOMEM;
	vc_trial_fill_iv(iv);
	sg_init_one(&sg, bytes, VC_TRIAL_LEN);
	skcipher_request_set_tfm(req, key->twin);
	skcipher_request_set_callback(req, CRYPTO_TFM_REQ_MAY_SLEEP |
				      CRYPTO_TFM_REQ_MAY_BACKLOG,
				      crypto_req_done, &trial->wait);
	skcipher_request_set_crypt(req, &sg, &sg, VC_TRIAL_LEN, iv);
	err = by_device ? submit(key, req, decrypt)
			: crypto_skcipher_encrypt(req);
	err = crypto_wait_req(err, &trial->wait);
	kfree(req);
	return err;
}

/* Whether a device does it as the twin does */
static enum vc_outcome try(struct vc_alg *alg, struct vc_dev *dev)
{
	u8 bytes[VC_TRIAL_KEY_MAX];
	struct cipher_key key = {
		.cipher = container_of(alg, struct cipher, vc),
	};
	struct vc_trial trial = { .run = run_trial, .key = &key };
	enum vc_outcome outcome = VC_UNKNOWN;

	key.twin = crypto_alloc_skcipher(base(alg)->cra_name, 0, VC_TWIN_MASK);
	if (IS_ERR(key.twin))
		return VC_UNKNOWN;
	vc_trial_fill(bytes, sizeof(bytes));
	if (!crypto_skcipher_setkey(key.twin, bytes, alg->params.key_len) &&
	    vc_pair_make(&key.pair, dev, &alg->params, bytes, NULL))
		outcome = vc_trial(&trial);
	vc_pair_clear(&key.pair);
	crypto_free_skcipher(key.twin);
	return outcome;
}

static const struct vc_alg_type type = { add, del, base, try };

void vc_skcipher_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ciphers); i++) {
		struct cipher *cipher = &ciphers[i];

		cipher->vc.type = &type;
		cipher->alg.base.cra_priority = vc_priority(&cipher->vc);
		/* For 3DES, a block is the chunk. */
		if (cipher->alg.base.cra_blocksize == DES3_EDE_BLOCK_SIZE)
			cipher->alg.chunksize = DES3_EDE_BLOCK_SIZE;
		vc_registry_add(&cipher->vc);
	}
}
