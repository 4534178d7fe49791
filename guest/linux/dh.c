// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Diffie-Hellman, by RFC v1
 */
#include <crypto/dh.h>
#include <crypto/internal/kpp.h>
#include <linux/slab.h>

#include "vcrypto.h"

enum { GENERATE = 0, SHARE = 1 };

/**
 * struct dh_tfm - what belongs to a key
 * @pair: sessions of p and g, to generate, and of p, to share
 * @x: the secret as an operand, which a device can read
 * @size: bytes in p
 */
struct dh_tfm {
	struct vc_kpp_key kpp;
	struct vc_pair pair;
	u8 *x;
	unsigned int x_len;
	unsigned int size;
};

static struct vc_alg dh_vc;

static void clear(struct dh_tfm *key)
{
	vc_pair_clear(&key->pair);
	kfree_sensitive(key->x);
	key->x = NULL;
}

static void exit_key(struct crypto_kpp *tfm)
{
	struct dh_tfm *key = kpp_tfm_ctx(tfm);

	clear(key);
	crypto_free_kpp(key->kpp.twin);
}

static struct vc_session *new_session(struct vc_dev *dev,
				      const struct dh *dh, bool share)
{
	size_t room = 2 * VC_LIST_FIELD + dh->p_size + dh->g_size;
	struct vc_params params = {
		.service = VC_COMPUTE,
		.algo = VC_OPERATION(VC_RFC_DH, share ? 2 : 1),
	};
	struct vc_session *session;
	struct vc_list list = {
		.bytes = kmalloc(room, GFP_KERNEL),
		.room = room,
		.little_endian = dev->little_endian,
	};

	if (!list.bytes)
		return NULL;
	vc_list_add(&list, dh->p, dh->p_size);
	if (!share)
		vc_list_add(&list, dh->g, dh->g_size);
	params.key_len = list.len;
	session = vc_session_new(dev, &params, list.bytes, NULL);
	kfree(list.bytes);
	return IS_ERR(session) ? NULL : session;
}

static u8 *make_operand(const struct vc_dev *dev, const struct dh *dh,
			unsigned int *len)
{
	struct vc_list list = {
		.room = VC_LIST_FIELD + dh->key_size,
		.little_endian = dev->little_endian,
	};

	list.bytes = kmalloc(list.room, GFP_KERNEL);
	if (list.bytes)
		vc_list_add(&list, dh->key, dh->key_size);
	*len = list.len;
	return list.bytes;
}

/* Without sessions the twin serves the key; without a secret it makes one. */
static void make_sessions(struct dh_tfm *key, const struct dh *dh)
{
	struct vc_dev *dev;

	if (!dh->key_size || !dh->g_size || dh->p_size > VC_LIST_MAX / 4)
		return;
	dev = vc_registry_pick(&dh_vc);
	if (!dev)
		return;
	key->size = dh->p_size;
	key->x = make_operand(dev, dh, &key->x_len);
	if (key->x) {
		key->pair.way[GENERATE] = new_session(dev, dh, false);
		key->pair.way[SHARE] = new_session(dev, dh, true);
	}
	vc_dev_put(dev);
}

static int set_secret(struct crypto_kpp *tfm, const void *bytes,
		      unsigned int len)
{
	struct dh_tfm *key = kpp_tfm_ctx(tfm);
	struct dh dh;
	int err;

	clear(key);
	err = crypto_kpp_set_secret(key->kpp.twin, bytes, len);
	if (!err)
		err = crypto_dh_decode_key(bytes, len, &dh);
	if (!err)
		make_sessions(key, &dh);
	memzero_explicit(&dh, sizeof(dh));
	return err;
}

static void end(struct vc_req *vr, int err)
{
	struct kpp_request *req = vr->owner;
	struct dh_tfm *key = kpp_tfm_ctx(crypto_kpp_reqtfm(req));

	if (err != -EINPROGRESS) {
		if (!err && !vc_list_has_len(vr->dev, vr->answer.fields[0],
					     key->size))
			err = -EIO;
		vc_req_wipe(vr);
	}
	kpp_request_complete(req, err);
}

/* The operands are the peer's value, to share, and the secret. */
static void lay_out(struct dh_tfm *key, struct kpp_request *req,
		    struct vc_req *vr, bool share)
{
	u8 field[VC_LIST_FIELD];
	struct vc_list list = {
		.bytes = field,
		.room = sizeof(field),
		.little_endian = vr->dev->little_endian,
	};

	if (share) {
		vc_list_add_len(&list, req->src_len);
		vc_req_read_copy(vr, field, sizeof(field));
		vc_req_read(vr, req->src, 0, req->src_len);
	}
	vc_req_read_bytes(vr, key->x, key->x_len);
	vc_req_write_field(vr, 0);
	vc_req_write(vr, req->dst, 0, key->size);
	vc_req_finish(vr, 0);
}

static int submit(struct vc_kpp_key *kpp, struct kpp_request *req, bool share)
{
	struct dh_tfm *key = container_of(kpp, struct dh_tfm, kpp);
	struct vc_session *session = key->pair.way[share];
	struct vc_req *vr = vc_req_of(kpp_request_ctx(req));
	struct vc_data data = { .src_len = key->x_len };

	/* The twin answers what is wrong. */
	if (!session || req->dst_len != key->size ||
	    (share && (!req->src_len || req->src_len > key->size)))
		return -EINVAL;
	if (share)
		data.src_len += VC_LIST_FIELD + req->src_len;
	if (!vc_req_begin(session, vr, &data))
		return -ENODEV;
	vr->end = end;
	vc_kpp_own(vr, req, share);
	lay_out(key, req, vr, share);
	return vc_queue_submit(session->dev, vr,
			       req->base.flags & CRYPTO_TFM_REQ_MAY_BACKLOG);
}

static int init_key(struct crypto_kpp *tfm)
{
	struct dh_tfm *key = kpp_tfm_ctx(tfm);

	key->kpp.submit = submit;
	return vc_kpp_init_key(tfm);
}

static struct kpp_alg dh_alg = {
	.set_secret = set_secret,
	.generate_public_key = vc_kpp_generate,
	.compute_shared_secret = vc_kpp_share,
	.max_size = vc_kpp_max_size,
	.init = init_key,
	.exit = exit_key,
	.base = {
		.cra_name = "dh",
		.cra_driver_name = "dh-vcrypto",
		.cra_ctxsize = sizeof(struct dh_tfm),
		.cra_module = THIS_MODULE,
	},
};

static int add(struct vc_alg *alg)
{
	return crypto_register_kpp(&dh_alg);
}

static void del(struct vc_alg *alg)
{
	crypto_unregister_kpp(&dh_alg);
}

static struct crypto_alg *base(struct vc_alg *alg)
{
	return &dh_alg.base;
}

static const struct vc_alg_type type = { add, del, base };

static struct vc_alg dh_vc = {
	.type = &type,
	.params.service = VC_COMPUTE,
	.params.algo = VC_OPERATION(VC_RFC_DH, 2),
};

void vc_dh_init(void)
{
	dh_alg.base.cra_priority = vc_priority(&dh_vc);
	vc_registry_add(&dh_vc);
}
