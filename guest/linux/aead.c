// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * AEAD: AES-GCM, AES-CCM, ChaCha20-Poly1305
 */
#include <crypto/aes.h>
#include <crypto/algapi.h>
#include <crypto/internal/aead.h>
#include <linux/slab.h>

#include "vcrypto.h"

/**
 * struct aead_key - what belongs to a key
 * @bytes: the key, for sessions of another tag's length
 */
struct aead_key {
	struct vc_aead_key vc;
	unsigned int len;
	u8 bytes[AES_MAX_KEY_SIZE];
};

int vc_aead_init_key(struct crypto_aead *tfm)
{
	struct vc_aead_key *key = crypto_aead_ctx(tfm);
	struct crypto_aead *twin;

	twin = crypto_alloc_aead(crypto_tfm_alg_name(&tfm->base), 0,
				 VC_TWIN_MASK);
	if (IS_ERR(twin))
		return PTR_ERR(twin);
	key->aead = container_of(crypto_aead_alg(tfm), struct vc_aead, alg);
	key->twin = twin;
	crypto_aead_set_reqsize(
		tfm, max(VC_REQ_SIZE, sizeof(struct aead_request) +
				      crypto_aead_reqsize(twin)));
	return 0;
}

/* This may be in a softirq. */
void vc_aead_exit_key(struct crypto_aead *tfm)
{
	struct vc_aead_key *key = crypto_aead_ctx(tfm);

	vc_pair_clear(&key->pair);
	crypto_free_aead(key->twin);
}

static void exit_key(struct crypto_aead *tfm)
{
	struct aead_key *key = crypto_aead_ctx(tfm);

	memzero_explicit(key->bytes, sizeof(key->bytes));
	vc_aead_exit_key(tfm);
}

/* The twin knows which keys the kernel refuses. */
int vc_aead_set_twin_key(struct crypto_aead *tfm, const u8 *bytes,
			 unsigned int len)
{
	struct vc_aead_key *key = crypto_aead_ctx(tfm);

	crypto_aead_clear_flags(key->twin, CRYPTO_TFM_REQ_MASK);
	crypto_aead_set_flags(key->twin, crypto_aead_get_flags(tfm) &
					 CRYPTO_TFM_REQ_MASK);
	return crypto_aead_setkey(key->twin, bytes, len);
}

static void make_sessions(struct aead_key *key, unsigned int tag_len)
{
	const struct vc_aead *aead = key->vc.aead;
	struct vc_params params = aead->vc.params;

	params.key_len = key->len;
	params.tag_len = tag_len;
	vc_pair_set(&key->vc.pair, &aead->vc, &params, key->bytes, NULL);
}

static int set_key(struct crypto_aead *tfm, const u8 *bytes, unsigned int len)
{
	struct aead_key *key = crypto_aead_ctx(tfm);
	int err;

	vc_pair_clear(&key->vc.pair);
	key->len = 0;
	err = vc_aead_set_twin_key(tfm, bytes, len);
	if (err)
		return err;
	if (len > sizeof(key->bytes))
		return -EINVAL;
	memcpy(key->bytes, bytes, len);
	key->len = len;
	make_sessions(key, crypto_aead_authsize(tfm));
	return 0;
}

/* A session has one length of its tags. */
static int set_tag_len(struct crypto_aead *tfm, unsigned int len)
{
	struct aead_key *key = crypto_aead_ctx(tfm);
	int err = crypto_aead_setauthsize(key->vc.twin, len);

	if (!err && key->len && len != crypto_aead_authsize(tfm))
		make_sessions(key, len);
	return err;
}

/*
 * Complete a request.  Of what is not authentic, or not known to be, nothing
 * is left where the device may have written it.
 */
void vc_aead_end(struct aead_request *req, int err, bool decrypt)
{
	unsigned int tag_len = crypto_aead_authsize(crypto_aead_reqtfm(req));

	if (err && err != -EINPROGRESS && decrypt)
		sg_zero_buffer(req->dst, sg_nents(req->dst),
			       req->cryptlen - tag_len, req->assoclen);
	aead_request_complete(req, err);
}

static void end(struct vc_req *vr, int err)
{
	if (err != -EINPROGRESS)
		vc_req_wipe(vr);
	vc_aead_end(vr->owner, err, vr->decrypt);
}

/* Have the software do a request, whose context it uses. */
static int crypt_by_twin(struct vc_aead_key *key, struct aead_request *req,
			 bool decrypt)
{
	struct aead_request *sub = aead_request_ctx(req);

	aead_request_set_tfm(sub, key->twin);
	aead_request_set_callback(sub, req->base.flags, NULL, NULL);
	aead_request_set_crypt(sub, req->src, req->dst, req->cryptlen,
			       req->iv);
	aead_request_set_ad(sub, req->assoclen);
	return decrypt ? crypto_aead_decrypt(sub) : crypto_aead_encrypt(sub);
}

/* Have it do one that has waited for a device.  Its request is in its place. */
static void redo(struct vc_req *vr)
{
	struct aead_request *req = vr->owner;
	int err;

	vc_req_wipe(vr);
	err = crypt_by_twin(crypto_aead_ctx(crypto_aead_reqtfm(req)), req,
			    vr->decrypt);
	local_bh_disable();
	aead_request_complete(req, err);
	local_bh_enable();
}

/* Say whose a request is.  Its @end is the algorithm's. */
void vc_aead_own(const struct vc_aead_key *key, struct vc_req *vr,
		 struct aead_request *req, bool decrypt)
{
	/* A trial has the twin's request: nobody else can do that one. */
	vr->redo = crypto_aead_reqtfm(req) == key->twin ? NULL : redo;
	vr->owner = req;
	vr->decrypt = decrypt;
}

static int crypt(struct aead_request *req, bool decrypt)
{
	struct vc_aead_key *key = crypto_aead_ctx(crypto_aead_reqtfm(req));
	int err = key->aead->submit(key, req, decrypt);

	if (err == -EINPROGRESS || err == -EBUSY)
		return err;
	return crypt_by_twin(key, req, decrypt);
}

int vc_aead_encrypt(struct aead_request *req)
{
	return crypt(req, false);
}

int vc_aead_decrypt(struct aead_request *req)
{
	return crypt(req, true);
}

/*
 * Linux has CCM's vector as the first block that is authenticated: a byte that
 * tells the length of the length, and the nonce.  Returns whether the device
 * can take it; if not, the twin answers.
 */
static bool take_ccm_nonce(struct vc_data *data, u64 len)
{
	unsigned int length_len = data->iv[0] + 1;

	if (length_len < 2 || length_len > 8)
		return false;
	data->iv_len = AES_BLOCK_SIZE - 1 - length_len;
	data->iv++;
	return length_len >= sizeof(u32) || !(len >> (8 * length_len));
}

/* Additional data comes first in Linux's lists. */
static void lay_out(struct aead_request *req, const struct vc_wire *wire,
		    struct vc_req *vr, const struct vc_data *data)
{
	if (wire->aead_aad_last) {
		vc_req_read(vr, req->src, data->aad_len, data->src_len);
		vc_req_read(vr, req->src, 0, data->aad_len);
	} else {
		vc_req_read(vr, req->src, 0, data->aad_len + data->src_len);
	}
	vc_req_write(vr, req->dst, data->aad_len, data->dst_len);
	vc_req_finish(vr, 0);
}

static int submit(struct vc_aead_key *key, struct aead_request *req,
		  bool decrypt)
{
	struct vc_session *session = key->pair.way[decrypt];
	unsigned int tag_len = crypto_aead_authsize(crypto_aead_reqtfm(req));
	struct vc_req *vr = vc_req_of(aead_request_ctx(req));
	struct vc_data data = {
		.iv = req->iv,
		.iv_len = key->aead->alg.ivsize,
		.aad_len = req->assoclen,
		.src_len = req->cryptlen,
		.dst_len = req->cryptlen + (decrypt ? -tag_len : tag_len),
	};

	if ((decrypt && req->cryptlen < tag_len) ||
	    (key->aead->vc.params.algo == VIRTIO_CRYPTO_AEAD_CCM &&
	     !take_ccm_nonce(&data, req->cryptlen)))
		return -EMSGSIZE;
	if (!vc_req_begin(session, vr, &data))
		return -ENODEV;
	vr->end = end;
	vc_aead_own(key, vr, req, decrypt);
	lay_out(req, session->dev->wire, vr, &data);
	return vc_queue_submit(session->dev, vr,
			       req->base.flags & CRYPTO_TFM_REQ_MAY_BACKLOG);
}

static int set_trial_key(struct crypto_aead *twin,
			 const struct vc_params *params, const u8 *bytes)
{
	return crypto_aead_setkey(twin, bytes, params->key_len);
}

#define AEAD(_name, _driver, _algo, _iv_len, _chunk, _key_len) {	\
	.vc.params = {							\
		.service = VC_AEAD,					\
		.algo = VIRTIO_CRYPTO_AEAD_ ## _algo,			\
		.key_len = _key_len,					\
		.tag_len = VC_TAG_LEN,					\
	},								\
	.alg = {							\
		.base = {						\
			.cra_name = _name,				\
			.cra_driver_name = _driver "-vcrypto",		\
			.cra_blocksize = 1,				\
			.cra_ctxsize = sizeof(struct aead_key),		\
			.cra_module = THIS_MODULE,			\
		},							\
		.init = vc_aead_init_key,				\
		.exit = exit_key,					\
		.setkey = set_key,					\
		.setauthsize = set_tag_len,				\
		.encrypt = vc_aead_encrypt,				\
		.decrypt = vc_aead_decrypt,				\
		.ivsize = _iv_len,					\
		.maxauthsize = VC_TAG_LEN,				\
		.chunksize = _chunk,					\
	},								\
	.submit = submit,						\
	.set_trial_key = set_trial_key,					\
}

static struct vc_aead aeads[] = {
	AEAD("gcm(aes)", "gcm-aes", GCM, 12, 16, 32),
	AEAD("ccm(aes)", "ccm-aes", CCM, 16, 16, 32),
	AEAD("rfc7539(chacha20,poly1305)", "rfc7539-chacha20-poly1305",
	     CHACHA20_POLY1305, 12, 64, 32),
};

static int add(struct vc_alg *alg)
{
	return crypto_register_aead(
		&container_of(alg, struct vc_aead, vc)->alg);
}

static void del(struct vc_alg *alg)
{
	crypto_unregister_aead(&container_of(alg, struct vc_aead, vc)->alg);
}

static struct crypto_alg *base(struct vc_alg *alg)
{
	return &container_of(alg, struct vc_aead, vc)->alg.base;
}

static int run_trial(struct vc_trial *trial, u8 *bytes, bool decrypt,
		     bool by_device)
{
	struct vc_aead_key *key = trial->key;
	unsigned int tag_len = crypto_aead_authsize(key->twin);
	struct aead_request *req;
	struct scatterlist sg;
	u8 iv[VC_BLOCK_MAX];
	int err;

	req = kzalloc(sizeof(*req) + max(VC_REQ_SIZE,
					 crypto_aead_reqsize(key->twin)),
		      GFP_KERNEL);
	if (!req)
		return -ENOMEM;
	vc_trial_fill_iv(iv);
	sg_init_one(&sg, bytes, VC_TRIAL_LEN + tag_len);
	aead_request_set_tfm(req, key->twin);
	aead_request_set_callback(req, CRYPTO_TFM_REQ_MAY_SLEEP |
				  CRYPTO_TFM_REQ_MAY_BACKLOG,
				  crypto_req_done, &trial->wait);
	aead_request_set_crypt(req, &sg, &sg,
			       VC_TRIAL_LEN - VC_TRIAL_AAD +
			       (decrypt ? tag_len : 0), iv);
	aead_request_set_ad(req, VC_TRIAL_AAD);
	err = by_device ? key->aead->submit(key, req, decrypt)
			: crypto_aead_encrypt(req);
	err = crypto_wait_req(err, &trial->wait);
	kfree(req);
	return err;
}

/* Whether a device does it as the twin does */
static enum vc_outcome try(struct vc_alg *alg, struct vc_dev *dev)
{
	const struct vc_aead *aead = container_of(alg, struct vc_aead, vc);
	u8 bytes[VC_TRIAL_KEY_MAX];
	struct vc_aead_key key = { .aead = aead };
	struct vc_trial trial = {
		.run = run_trial,
		.key = &key,
		.tag_len = alg->params.tag_len,
	};
	enum vc_outcome outcome = VC_UNKNOWN;

	key.twin = crypto_alloc_aead(base(alg)->cra_name, 0, VC_TWIN_MASK);
	if (IS_ERR(key.twin))
		return VC_UNKNOWN;
	vc_trial_fill(bytes, sizeof(bytes));
	if (!aead->set_trial_key(key.twin, &alg->params, bytes) &&
	    !crypto_aead_setauthsize(key.twin, alg->params.tag_len) &&
	    vc_pair_make(&key.pair, dev, &alg->params, bytes, bytes))
		outcome = vc_trial(&trial);
	vc_pair_clear(&key.pair);
	crypto_free_aead(key.twin);
	return outcome;
}

const struct vc_alg_type vc_aead_type = { add, del, base, try };

void vc_aead_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(aeads); i++) {
		aeads[i].vc.type = &vc_aead_type;
		aeads[i].alg.base.cra_priority = vc_priority(&aeads[i].vc);
		vc_registry_add(&aeads[i].vc);
	}
}
