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

static int set_key(struct crypto_aead *tfm, const u8 *bytes, unsigned int len)
{
	struct vc_aead_key *key = crypto_aead_ctx(tfm);
	struct vc_params params = key->aead->vc.params;
	struct crypto_authenc_keys keys;
	int err;

	vc_pair_clear(&key->pair);
	err = vc_aead_set_twin_key(tfm, bytes, len);
	if (!err)
		err = crypto_authenc_extractkeys(&keys, bytes, len);
	if (err)
		return err;
	params.key_len = keys.enckeylen;
	params.auth_len = keys.authkeylen;
	vc_pair_set(&key->pair, &key->aead->vc, &params, keys.enckey,
		    keys.authkey);
	memzero_explicit(&keys, sizeof(keys));
	return 0;
}

static int set_tag_len(struct crypto_aead *tfm, unsigned int len)
{
	struct vc_aead_key *key = crypto_aead_ctx(tfm);

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

static int submit(struct vc_aead_key *key, struct aead_request *req,
		  bool decrypt)
{
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
	vc_aead_own(key, vr, req, decrypt);
	vc_req_read(vr, req->src, 0, req->assoclen + len);
	vc_req_write(vr, req->dst, req->assoclen, len);
	vc_req_finish(vr, session->params.tag_len);
	return vc_queue_submit(session->dev, vr,
			       req->base.flags & CRYPTO_TFM_REQ_MAY_BACKLOG);
}

/* The kernel's encoding of both keys, of which one has the other's bytes */
static int set_trial_key(struct crypto_aead *twin,
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
			.cra_ctxsize = sizeof(struct vc_aead_key),	\
			.cra_module = THIS_MODULE,			\
		},							\
		.init = vc_aead_init_key,				\
		.exit = vc_aead_exit_key,				\
		.setkey = set_key,					\
		.setauthsize = set_tag_len,				\
		.encrypt = vc_aead_encrypt,				\
		.decrypt = vc_aead_decrypt,				\
		.ivsize = AES_BLOCK_SIZE,				\
		.maxauthsize = _digest_len,				\
		.chunksize = AES_BLOCK_SIZE,				\
	},								\
	.submit = submit,						\
	.set_trial_key = set_trial_key,					\
}

static struct vc_aead authencs[] = {
	AUTHENC("sha1", SHA1, SHA1_DIGEST_SIZE),
	AUTHENC("sha256", SHA_256, SHA256_DIGEST_SIZE),
	AUTHENC("sha384", SHA_384, SHA384_DIGEST_SIZE),
	AUTHENC("sha512", SHA_512, SHA512_DIGEST_SIZE),
};

void vc_authenc_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(authencs); i++) {
		authencs[i].vc.type = &vc_aead_type;
		vc_registry_add(&authencs[i].vc);
	}
}
