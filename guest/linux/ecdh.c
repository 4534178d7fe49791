// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Diffie-Hellman on elliptic curves, by RFC v1
 */
#include <crypto/ecdh.h>
#include <crypto/internal/kpp.h>
#include <linux/slab.h>

#include "vcrypto.h"

#define EC_MULTIPLY	VC_OPERATION(VC_RFC_EC, 1)
#define SHARED_POINT	VC_OPERATION(VC_RFC_ECDH, 1)

struct curve {
	struct vc_alg vc;
	struct kpp_alg alg;
	u8 number;
	unsigned int size;	/* bytes in a coordinate */
};

/**
 * struct ecdh_tfm - what belongs to a key
 * @session: of the curve and the secret, to share
 * @multiply: all operands of what makes the public key, from kmalloc()
 */
struct ecdh_tfm {
	struct vc_kpp_key kpp;
	const struct curve *curve;
	struct vc_session *session;
	u8 *multiply;
	unsigned int multiply_len;
};

static void clear(struct ecdh_tfm *key)
{
	vc_session_put(key->session);
	key->session = NULL;
	kfree_sensitive(key->multiply);
	key->multiply = NULL;
}

static void exit_key(struct crypto_kpp *tfm)
{
	struct ecdh_tfm *key = kpp_tfm_ctx(tfm);

	clear(key);
	crypto_free_kpp(key->kpp.twin);
}

/* Curve and secret are a session's operands; two more mean the base point. */
static void make_session(struct ecdh_tfm *key, struct vc_dev *dev,
			 const struct ecdh *ecdh)
{
	struct vc_params params = key->curve->vc.params;
	struct vc_session *session;
	struct vc_list list = {
		.room = 4 * VC_LIST_FIELD + 1 + ecdh->key_size,
		.little_endian = dev->little_endian,
	};

	list.bytes = kmalloc(list.room, GFP_KERNEL);
	if (!list.bytes)
		return;
	vc_list_add_number(&list, key->curve->number);
	vc_list_add(&list, ecdh->key, ecdh->key_size);
	params.key_len = list.len;
	session = vc_session_new(dev, &params, list.bytes, NULL);
	if (!IS_ERR(session))
		key->session = session;
	vc_list_add_len(&list, 0);
	vc_list_add_len(&list, 0);
	key->multiply = list.bytes;
	key->multiply_len = list.len;
}

/* Without a session the twin serves the key; without a secret it makes one. */
static int set_secret(struct crypto_kpp *tfm, const void *bytes,
		      unsigned int len)
{
	struct ecdh_tfm *key = kpp_tfm_ctx(tfm);
	struct ecdh ecdh;
	struct vc_dev *dev;
	int err;

	clear(key);
	err = crypto_kpp_set_secret(key->kpp.twin, bytes, len);
	if (!err)
		err = crypto_ecdh_decode_key(bytes, len, &ecdh);
	if (err || ecdh.key_size != key->curve->size)
		return err;
	dev = vc_registry_pick(&key->curve->vc);
	if (dev) {
		make_session(key, dev, &ecdh);
		vc_dev_put(dev);
	}
	return 0;
}

static void end(struct vc_req *vr, int err)
{
	struct kpp_request *req = vr->owner;
	struct ecdh_tfm *key = kpp_tfm_ctx(crypto_kpp_reqtfm(req));
	unsigned int i;

	if (err != -EINPROGRESS) {
		for (i = 0; !err && i < VC_FIELDS_MAX; i++) {
			if (!vc_list_has_len(vr->dev, vr->answer.fields[i],
					     key->curve->size))
				err = -EIO;
		}
		vc_req_wipe(vr);
	}
	kpp_request_complete(req, err);
}

/* The public key is the product's coordinates. */
static void lay_out_public(struct ecdh_tfm *key, struct kpp_request *req,
			   struct vc_req *vr)
{
	static const struct vc_params params = {
		.service = VC_COMPUTE,
		.algo = EC_MULTIPLY,
	};
	struct vc_data data = {
		.params = &params,
		.src_len = key->multiply_len,
	};
	unsigned int size = key->curve->size;

	vc_req_begin_bare(key->session->dev, vr, &data);
	vc_req_read_bytes(vr, key->multiply, key->multiply_len);
	vc_req_write_field(vr, 0);
	vc_req_write(vr, req->dst, 0, size);
	vc_req_write_field(vr, 1);
	vc_req_write(vr, req->dst, size, size);
	vc_req_finish(vr, 0);
}

/* The operands are a flag and the peer's point; y of the result is not used. */
static bool lay_out_shared(struct ecdh_tfm *key, struct kpp_request *req,
			   struct vc_req *vr)
{
	unsigned int size = key->curve->size;
	u8 fields[3 * VC_LIST_FIELD + 1];
	struct vc_list list = {
		.bytes = fields,
		.room = sizeof(fields),
		.little_endian = key->session->dev->little_endian,
	};
	struct vc_data data = { .src_len = sizeof(fields) + 2 * size };

	if (!vc_req_begin(key->session, vr, &data))
		return false;
	vc_list_add_number(&list, 0);
	vc_list_add_len(&list, size);
	vc_req_read_copy(vr, fields, list.len);
	vc_req_read(vr, req->src, 0, size);
	/* The field is the same for y. */
	vc_req_read_copy(vr, fields + list.len - VC_LIST_FIELD,
			 VC_LIST_FIELD);
	vc_req_read(vr, req->src, size, size);
	vc_req_write_field(vr, 0);
	vc_req_write(vr, req->dst, 0, size);
	vc_req_write_field(vr, 1);
	vc_req_finish(vr, size);
	return true;
}

static int submit(struct vc_kpp_key *kpp, struct kpp_request *req, bool share)
{
	struct ecdh_tfm *key = container_of(kpp, struct ecdh_tfm, kpp);
	struct vc_req *vr = vc_req_of(kpp_request_ctx(req));
	unsigned int size = key->curve->size;

	/* The twin answers what is wrong, and without the service EC. */
	if (!vc_session_ready(key->session) || !key->multiply ||
	    (!share && !(key->session->dev->features & BIT(VC_RFC_EC))) ||
	    req->dst_len < (share ? size : 2 * size) ||
	    (share && req->src_len != 2 * size))
		return -EINVAL;
	if (!share)
		lay_out_public(key, req, vr);
	else if (!lay_out_shared(key, req, vr))
		return -ENODEV;
	vr->end = end;
	vc_kpp_own(vr, req, share);
	return vc_queue_submit(key->session->dev, vr,
			       req->base.flags & CRYPTO_TFM_REQ_MAY_BACKLOG);
}

static int init_key(struct crypto_kpp *tfm)
{
	struct ecdh_tfm *key = kpp_tfm_ctx(tfm);

	key->curve = container_of(crypto_kpp_alg(tfm), struct curve, alg);
	key->kpp.submit = submit;
	return vc_kpp_init_key(tfm);
}

#define CURVE(_name, _number, _size) {					\
	.vc = {								\
		.params = {						\
			.service = VC_COMPUTE,				\
			.algo = SHARED_POINT,				\
		},							\
	},								\
	.alg = {							\
		.set_secret = set_secret,				\
		.generate_public_key = vc_kpp_generate,			\
		.compute_shared_secret = vc_kpp_share,			\
		.max_size = vc_kpp_max_size,				\
		.init = init_key,					\
		.exit = exit_key,					\
		.base = {						\
			.cra_name = "ecdh-nist-" _name,			\
			.cra_driver_name = "ecdh-nist-" _name "-vcrypto",	\
			.cra_ctxsize = sizeof(struct ecdh_tfm),		\
			.cra_module = THIS_MODULE,			\
		},							\
	},								\
	.number = _number,						\
	.size = _size,							\
}

static struct curve curves[] = {
	CURVE("p256", VIRTIO_CRYPTO_CURVE_NIST_P256, 32),
	CURVE("p384", VIRTIO_CRYPTO_CURVE_NIST_P384, 48),
};

static int add(struct vc_alg *alg)
{
	return crypto_register_kpp(&container_of(alg, struct curve, vc)->alg);
}

static void del(struct vc_alg *alg)
{
	crypto_unregister_kpp(&container_of(alg, struct curve, vc)->alg);
}

static struct crypto_alg *base(struct vc_alg *alg)
{
	return &container_of(alg, struct curve, vc)->alg.base;
}

static const struct vc_alg_type type = { add, del, base };

void vc_ecdh_init(void)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(curves); i++) {
		curves[i].vc.type = &type;
		curves[i].alg.base.cra_priority = vc_priority(&curves[i].vc);
		vc_registry_add(&curves[i].vc);
	}
}
