// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * authenc(hmac(...),cbc(aes)): a cipher and a MAC, as IPsec has them, in one
 * request
 *
 * The device computes the MAC in full.  The driver truncates it and, to
 * decrypt, compares it with the one that was received.
 */
#include <crypto/aes.h>
#include <crypto/algapi.h>
#include <crypto/authenc.h>
#include <crypto/internal/aead.h>
#include <crypto/scatterwalk.h>
#include <crypto/sha1.h>
#include <crypto/sha2.h>
#include <linux/rtnetlink.h>

#include "vcrypto.h"

struct authenc {
	struct vc_alg vc;
	struct aead_alg alg;
};

/* What belongs to a key */
struct authenc_key {
	const struct authenc *authenc;
	struct vc_pair pair;
	struct crypto_aead *twin;
};

static const struct authenc *authenc_of(struct crypto_aead *tfm)
{
	return container_of(crypto_aead_alg(tfm), struct authenc, alg);
}

static int init_key(struct crypto_aead *tfm)
{
	struct authenc_key *key = crypto_aead_ctx(tfm);
	struct crypto_aead *twin;

	twin = crypto_alloc_aead(crypto_tfm_alg_name(&tfm->base), 0,
				 VC_TWIN_MASK);
	if (IS_ERR(twin))
		return PTR_ERR(twin);
	key->authenc = authenc_of(tfm);
	key->twin = twin;
	crypto_aead_set_reqsize(
		tfm, max(VC_REQ_SIZE, sizeof(struct aead_request) +
				      crypto_aead_reqsize(twin)));
	return 0;
}

/* This may be in a softirq. */
static void exit_key(struct crypto_aead *tfm)
{
	struct authenc_key *key = crypto_aead_ctx(tfm);

	vc_pair_clear(&key->pair);
	crypto_free_aead(key->twin);
}

/* The twin knows which keys the kernel refuses. */
static int set_key(struct crypto_aead *tfm, const u8 *bytes, unsigned int len)
{
	struct authenc_key *key = crypto_aead_ctx(tfm);
	struct vc_params params = key->authenc->vc.params;
	struct crypto_authenc_keys keys;
	int err;

	vc_pair_clear(&key->pair);
	crypto_aead_clear_flags(key->twin, CRYPTO_TFM_REQ_MASK);
	crypto_aead_set_flags(key->twin, crypto_aead_get_flags(tfm) &
					 CRYPTO_TFM_REQ_MASK);
	err = crypto_aead_setkey(key->twin, bytes, len);
	if (!err)
		err = crypto_authenc_extractkeys(&keys, bytes, len);
	if (err)
		return err;
	params.key_len = keys.enckeylen;
	params.auth_len = keys.authkeylen;
	vc_pair_set(&key->pair, &key->authenc->vc, &params, keys.enckey,
		    keys.authkey);
	memzero_explicit(&keys, sizeof(keys));
	return 0;
}

static int set_tag_len(struct crypto_aead *tfm, unsigned int len)
{
	struct authenc_key *key = crypto_aead_ctx(tfm);

	return crypto_aead_setauthsize(key->twin, len);
}

static void write_tag(struct vc_req *vr, struct aead_request *req,
		      unsigned int tag_len)
{
	scatterwalk_map_and_copy(vr->answer.bytes, req->dst,
				 req->assoclen + req->cryptlen, tag_len, 1);
}

static int check_tag(struct vc_req *vr, struct aead_request *req,
		     unsigned int tag_len)
{
	unsigned int len = req->cryptlen - tag_len;
	u8 tag[VC_DIGEST_MAX];
	int err;

	scatterwalk_map_and_copy(tag, req->src, req->assoclen + len, tag_len,
				 0);
	err = crypto_memneq(tag, vr->answer.bytes, tag_len) ? -EBADMSG : 0;
	memzero_explicit(tag, sizeof(tag));
	return err;
}

static void end(struct vc_req *vr, int err)
{
	struct aead_request *req = vr->owner;
	unsigned int tag_len = crypto_aead_authsize(crypto_aead_reqtfm(req));

	if (err != -EINPROGRESS) {
		if (!err && vr->decrypt)
			err = check_tag(vr, req, tag_len);
		else if (!err)
			write_tag(vr, req, tag_len);
		vc_req_wipe(vr);
	}
	vc_aead_end(req, err, vr->decrypt);
}

/* The twin's request is where this one was. */
static void redo(struct vc_req *vr)
{
	struct aead_request *req = vr->owner;
	struct authenc_key *key = crypto_aead_ctx(crypto_aead_reqtfm(req));

	vc_req_wipe(vr);
	vc_aead_redo(key->twin, req, vr->decrypt);
}

static int submit(void *of, struct aead_request *req, bool decrypt)
{
	struct authenc_key *key = of;
	struct vc_session *session = key->pair.way[decrypt];
	unsigned int tag_len = crypto_aead_authsize(crypto_aead_reqtfm(req));
	struct vc_req *vr = vc_req_of(aead_request_ctx(req));
	unsigned int len = req->cryptlen - (decrypt ? tag_len : 0);
	struct vc_data data = {
		.iv = req->iv,
		.iv_len = AES_BLOCK_SIZE,
		.aad_len = req->assoclen,
		.src_len = len,
		.dst_len = len,
	};

	/* The twin answers what is wrong. */
	if ((decrypt && req->cryptlen < tag_len) || !len ||
	    len % AES_BLOCK_SIZE)
		return -EINVAL;
	if (!vc_req_begin(session, vr, &data))
		return -ENODEV;
	vr->end = end;
	/* A trial has the twin's request: nobody else can do that one. */
	vr->redo = crypto_aead_reqtfm(req) == key->twin ? NULL : redo;
	vr->owner = req;
	vr->decrypt = decrypt;
	vc_req_read(vr, req->src, 0, req->assoclen + len);
	vc_req_write(vr, req->dst, req->assoclen, len);
	vc_req_finish(vr, session->params.tag_len);
	return vc_queue_submit(session->dev, vr,
			       req->base.flags & CRYPTO_TFM_REQ_MAY_BACKLOG);
}

static int crypt(struct aead_request *req, bool decrypt)
{
	struct authenc_key *key = crypto_aead_ctx(crypto_aead_reqtfm(req));
	int err = submit(key, req, decrypt);

	if (err == -EINPROGRESS || err == -EBUSY)
		return err;
	return vc_aead_by_twin(key->twin, req, decrypt);
}

static int encrypt(struct aead_request *req)
{
	return crypt(req, false);
}

static int decrypt(struct aead_request *req)
{
	return crypt(req, true);
}

#define AUTHENC(_hash, _mac, _digest_len) {				\
	.vc.params = {							\
		.service = VC_CHAIN,					\
		.algo = VIRTIO_CRYPTO_CIPHER_AES_CBC,			\
		.mac = VIRTIO_CRYPTO_MAC_HMAC_ ## _mac,			\
		.key_len = AES_KEYSIZE_128,				\
		.auth_len = _digest_len,				\
		.tag_len = _digest_len,					\
	},								\
	.alg = {							\
		.base = {						\
			.cra_name = "authenc(hmac(" _hash "),cbc(aes))",	\
			.cra_driver_name =				\
				"authenc-hmac-" _hash "-cbc-aes-vcrypto",	\
			.cra_priority = VC_PRIORITY_AUTHENC,		\
			.cra_blocksize = AES_BLOCK_SIZE,		\
			.cra_ctxsize = sizeof(struct authenc_key),	\
			.cra_module = THIS_MODULE,			\
		},							\
		.init = init_key,						\
		.exit = exit_key,						\
		.setkey = set_key,					\
		.setauthsize = set_tag_len,				\
		.encrypt = encrypt,					\
		.decrypt = decrypt,					\
		.ivsize = AES_BLOCK_SIZE,				\
		.maxauthsize = _digest_len,				\
		.chunksize = AES_BLOCK_SIZE,				\
	},								\
}

static struct authenc authencs[] = {
	AUTHENC("sha1", SHA1, SHA1_DIGEST_SIZE),
	AUTHENC("sha256", SHA_256, SHA256_DIGEST_SIZE),
	AUTHENC("sha384", SHA_384, SHA384_DIGEST_SIZE),
	AUTHENC("sha512", SHA_512, SHA512_DIGEST_SIZE),
};

static int add(struct vc_alg *alg)
{
	return crypto_register_aead(
		&container_of(alg, struct authenc, vc)->alg);
}

static void del(struct vc_alg *alg)
{
	crypto_unregister_aead(&container_of(alg, struct authenc, vc)->alg);
}

static struct crypto_alg *base(struct vc_alg *alg)
{
	return &container_of(alg, struct authenc, vc)->alg.base;
}

static int run_trial(struct vc_trial *trial, u8 *bytes, bool decrypt,
		     bool by_device)
{
	struct authenc_key *key = trial->key;

	return vc_aead_try(key->twin, trial, bytes, decrypt,
			   by_device ? submit : NULL);
}

/* The kernel's encoding of both keys, of which one has the other's bytes */
static int set_twin_key(struct crypto_aead *twin,
			const struct vc_params *params, const u8 *bytes)
{
	struct {
		struct rtattr attr;
		__be32 enc_len;
		u8 keys[2 * VC_TRIAL_KEY_MAX];
	} key = {
		.attr = {
			.rta_len = RTA_LENGTH(sizeof(key.enc_len)),
			.rta_type = CRYPTO_AUTHENC_KEYA_PARAM,
		},
		.enc_len = cpu_to_be32(params->key_len),
	};

	memcpy(key.keys, bytes, params->auth_len);
	memcpy(key.keys + params->auth_len, bytes, params->key_len);
	return crypto_aead_setkey(twin, (u8 *)&key,
				  offsetof(typeof(key), keys) +
				  params->auth_len + params->key_len);
}

/* Whether a device does it as the twin does */
static enum vc_outcome try(struct vc_alg *alg, struct vc_dev *dev)
{
	u8 bytes[VC_TRIAL_KEY_MAX];
	struct authenc_key key = {
		.authenc = container_of(alg, struct authenc, vc),
	};
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
	if (!set_twin_key(key.twin, &alg->params, bytes) &&
	    !crypto_aead_setauthsize(key.twin, alg->params.tag_len) &&
	    vc_pair_make(&key.pair, dev, &alg->params, bytes, bytes))
		outcome = vc_trial(&trial);
	vc_pair_clear(&key.pair);
	crypto_free_aead(key.twin);
	return outcome;
}

static const struct vc_alg_type type = { add, del, base, try };

void vc_authenc_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(authencs); i++) {
		authencs[i].vc.type = &type;
		vc_registry_add(&authencs[i].vc);
	}
}
