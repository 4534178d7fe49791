// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Raw RSA, on which the kernel puts its paddings
 */
#include <crypto/internal/akcipher.h>
#include <crypto/internal/rsa.h>
#include <linux/slab.h>

#include "vcrypto.h"

#define RAW_PADDING	0
#define DER_SEQUENCE	0x30
#define DER_INTEGER	0x02
#define DER_LONG	0x80	/* bytes of the length follow */
#define DER_HEAD_MAX	4	/* of what is shorter than 64 KiB */

/* What belongs to a key */
struct rsa_tfm {
	struct vc_pair pair;
	struct crypto_akcipher *twin;
	unsigned int size;		/* bytes in the modulus */
};

static struct vc_alg rsa_vc;

static int init_key(struct crypto_akcipher *tfm)
{
	struct rsa_tfm *key = akcipher_tfm_ctx(tfm);
	struct crypto_akcipher *twin =
		crypto_alloc_akcipher("rsa", 0, VC_TWIN_MASK);
	unsigned int size;

	if (IS_ERR(twin))
		return PTR_ERR(twin);
	key->twin = twin;
	/* The size is the algorithm's: it must not shrink while in use. */
	size = max(VC_REQ_SIZE, sizeof(struct akcipher_request) +
				crypto_akcipher_reqsize(twin));
	akcipher_set_reqsize(tfm, max(size, crypto_akcipher_reqsize(tfm)));
	return 0;
}

static void exit_key(struct crypto_akcipher *tfm)
{
	struct rsa_tfm *key = akcipher_tfm_ctx(tfm);

	vc_pair_clear(&key->pair);
	crypto_free_akcipher(key->twin);
}

/* An integer without leading zeros, of which it keeps one if it is 0 */
static void trim(const u8 **bytes, size_t *len)
{
	while (*len > 1 && !**bytes) {
		++*bytes;
		--*len;
	}
}

static size_t der_head_len(size_t len)
{
	return len < DER_LONG ? 2 : len <= U8_MAX ? 3 : DER_HEAD_MAX;
}

static u8 *put_der_head(u8 *to, u8 tag, size_t len)
{
	*to++ = tag;
	if (len > U8_MAX) {
		*to++ = DER_LONG | 2;
		*to++ = len >> 8;
	} else if (len >= DER_LONG) {
		*to++ = DER_LONG | 1;
	}
	*to++ = len;
	return to;
}

/* A positive integer's first bit is 0. */
static size_t der_len(const u8 *bytes, size_t len)
{
	return len + (*bytes >> 7);
}

static u8 *put_der(u8 *to, const u8 *bytes, size_t len)
{
	to = put_der_head(to, DER_INTEGER, der_len(bytes, len));
	if (*bytes >> 7)
		*to++ = 0;
	memcpy(to, bytes, len);
	return to + len;
}

/* RSAPublicKey of RFC 8017; returns its length. */
static size_t make_public_der(const struct rsa_key *rsa, u8 *to)
{
	size_t n_len = der_len(rsa->n, rsa->n_sz);
	size_t e_len = der_len(rsa->e, rsa->e_sz);
	u8 *end = put_der_head(to, DER_SEQUENCE,
			       der_head_len(n_len) + n_len +
			       der_head_len(e_len) + e_len);

	end = put_der(end, rsa->n, rsa->n_sz);
	end = put_der(end, rsa->e, rsa->e_sz);
	return end - to;
}

/* RFC v1's eight operands; without all that CRT needs, it does not matter. */
static void list_private(struct vc_list *list, const struct rsa_key *rsa)
{
	bool crt = rsa->p_sz && rsa->q_sz && rsa->dp_sz && rsa->dq_sz &&
		   rsa->qinv_sz;

	vc_list_add(list, rsa->n, rsa->n_sz);
	vc_list_add(list, rsa->e, rsa->e_sz);
	vc_list_add(list, rsa->d, rsa->d_sz);
	vc_list_add(list, rsa->p, crt ? rsa->p_sz : 0);
	vc_list_add(list, rsa->q, crt ? rsa->q_sz : 0);
	vc_list_add(list, rsa->dp, crt ? rsa->dp_sz : 0);
	vc_list_add(list, rsa->dq, crt ? rsa->dq_sz : 0);
	vc_list_add(list, rsa->qinv, crt ? rsa->qinv_sz : 0);
}

/* A session's key in RFC v1 */
static size_t make_list(const struct vc_dev *dev, const struct rsa_key *rsa,
			bool private, u8 *to)
{
	struct vc_list list = {
		.bytes = to,
		.room = VC_LIST_MAX,
		.little_endian = dev->little_endian,
	};

	vc_list_add_number(&list, RAW_PADDING);
	if (private) {
		list_private(&list, rsa);
	} else {
		vc_list_add(&list, rsa->n, rsa->n_sz);
		vc_list_add(&list, rsa->e, rsa->e_sz);
	}
	return list.full ? 0 : list.len;
}

/* A session's key in the standard; a private one is the kernel's. */
static size_t make_der(const struct rsa_key *rsa, const u8 *der, size_t len,
		       bool private, u8 *to)
{
	if (!private)
		return make_public_der(rsa, to);
	if (len > VC_LIST_MAX)
		return 0;
	memcpy(to, der, len);
	return len;
}

static void make_session(struct rsa_tfm *key, struct vc_dev *dev,
			 const struct rsa_key *rsa, const u8 *der, size_t len,
			 bool private)
{
	struct vc_params params = rsa_vc.params;
	struct vc_session *session;
	u8 *bytes = kmalloc(VC_LIST_MAX, GFP_KERNEL);

	if (!bytes)
		return;
	params.decrypt = private;
	params.key_len = dev->wire->lists
			 ? make_list(dev, rsa, private, bytes)
			 : make_der(rsa, der, len, private, bytes);
	if (params.key_len) {
		session = vc_session_new(dev, &params, bytes, NULL);
		if (!IS_ERR(session))
			key->pair.way[private] = session;
	}
	kfree_sensitive(bytes);
}

/* Without sessions the twin serves the key. */
static void make_sessions(struct rsa_tfm *key, struct rsa_key *rsa,
			  const u8 *der, size_t len, bool private)
{
	struct vc_dev *dev;

	trim(&rsa->n, &rsa->n_sz);
	trim(&rsa->e, &rsa->e_sz);
	key->size = rsa->n_sz;
	/* A modulus that is larger than the device's largest has no use. */
	if (rsa->n_sz + rsa->e_sz + 4 * DER_HEAD_MAX > VC_LIST_MAX)
		return;
	dev = vc_registry_pick(&rsa_vc);
	if (!dev)
		return;
	make_session(key, dev, rsa, der, len, false);
	if (private)
		make_session(key, dev, rsa, der, len, true);
	vc_dev_put(dev);
}

static int set_key(struct crypto_akcipher *tfm, const void *der,
		   unsigned int len, bool private)
{
	struct rsa_tfm *key = akcipher_tfm_ctx(tfm);
	struct rsa_key rsa = { };
	int err;

	vc_pair_clear(&key->pair);
	err = private ? crypto_akcipher_set_priv_key(key->twin, der, len)
		      : crypto_akcipher_set_pub_key(key->twin, der, len);
	if (!err)
		err = private ? rsa_parse_priv_key(&rsa, der, len)
			      : rsa_parse_pub_key(&rsa, der, len);
	if (!err)
		make_sessions(key, &rsa, der, len, private);
	memzero_explicit(&rsa, sizeof(rsa));
	return err;
}

static int set_public(struct crypto_akcipher *tfm, const void *der,
		      unsigned int len)
{
	return set_key(tfm, der, len, false);
}

static int set_private(struct crypto_akcipher *tfm, const void *der,
		       unsigned int len)
{
	return set_key(tfm, der, len, true);
}

static unsigned int max_size(struct crypto_akcipher *tfm)
{
	struct rsa_tfm *key = akcipher_tfm_ctx(tfm);

	return crypto_akcipher_maxsize(key->twin);
}

static void end(struct vc_req *vr, int err)
{
	struct akcipher_request *req = vr->owner;
	struct rsa_tfm *key =
		akcipher_tfm_ctx(crypto_akcipher_reqtfm(req));

	if (err != -EINPROGRESS) {
		if (!err && vr->dev->wire->lists &&
		    !vc_list_has_len(vr->dev, vr->answer.fields[0],
				     key->size))
			err = -EIO;
		if (!err)
			req->dst_len = key->size;
		vc_req_wipe(vr);
	}
	akcipher_request_complete(req, err);
}

static int crypt_by_twin(struct rsa_tfm *key, struct akcipher_request *req,
			 bool decrypt)
{
	struct akcipher_request *sub = akcipher_request_ctx(req);
	int err;

	akcipher_request_set_tfm(sub, key->twin);
	akcipher_request_set_callback(sub, req->base.flags, NULL, NULL);
	akcipher_request_set_crypt(sub, req->src, req->dst, req->src_len,
				   req->dst_len);
	err = decrypt ? crypto_akcipher_decrypt(sub)
		      : crypto_akcipher_encrypt(sub);
	req->dst_len = sub->dst_len;
	return err;
}

/* The twin's request is where this one was. */
static void redo(struct vc_req *vr)
{
	struct akcipher_request *req = vr->owner;
	struct rsa_tfm *key =
		akcipher_tfm_ctx(crypto_akcipher_reqtfm(req));
	int err;

	vc_req_wipe(vr);
	err = crypt_by_twin(key, req, vr->decrypt);
	local_bh_disable();
	akcipher_request_complete(req, err);
	local_bh_enable();
}

/* In RFC v1 the message and the result are lists of one element. */
static void lay_out(struct rsa_tfm *key, struct akcipher_request *req,
		    struct vc_req *vr)
{
	u8 field[VC_LIST_FIELD];
	struct vc_list list = {
		.bytes = field,
		.room = sizeof(field),
		.little_endian = vr->dev->little_endian,
	};

	if (vr->dev->wire->lists) {
		vc_list_add_len(&list, req->src_len);
		vc_req_read_copy(vr, field, sizeof(field));
	}
	vc_req_read(vr, req->src, 0, req->src_len);
	if (vr->dev->wire->lists)
		vc_req_write_field(vr, 0);
	vc_req_write(vr, req->dst, 0, key->size);
	vc_req_finish(vr, 0);
}

static int submit(struct rsa_tfm *key, struct akcipher_request *req,
		  bool decrypt)
{
	struct vc_session *session = key->pair.way[decrypt];
	struct vc_req *vr = vc_req_of(akcipher_request_ctx(req));
	struct vc_data data = {
		.src_len = req->src_len,
		.dst_len = key->size,
	};

	/* The twin answers what is wrong. */
	if (!session || !req->src_len || req->src_len > key->size ||
	    req->dst_len < key->size)
		return -EINVAL;
	if (session->dev->wire->lists)
		data.src_len += VC_LIST_FIELD;
	if (!vc_req_begin(session, vr, &data))
		return -ENODEV;
	vr->end = end;
	vr->redo = redo;
	vr->owner = req;
	vr->decrypt = decrypt;
	lay_out(key, req, vr);
	return vc_queue_submit(session->dev, vr,
			       req->base.flags & CRYPTO_TFM_REQ_MAY_BACKLOG);
}

static int crypt(struct akcipher_request *req, bool decrypt)
{
	struct rsa_tfm *key =
		akcipher_tfm_ctx(crypto_akcipher_reqtfm(req));
	int err = submit(key, req, decrypt);

	if (err == -EINPROGRESS || err == -EBUSY)
		return err;
	return crypt_by_twin(key, req, decrypt);
}

static int encrypt(struct akcipher_request *req)
{
	return crypt(req, false);
}

static int decrypt(struct akcipher_request *req)
{
	return crypt(req, true);
}

static struct akcipher_alg rsa_alg = {
	.encrypt = encrypt,
	.decrypt = decrypt,
	.set_pub_key = set_public,
	.set_priv_key = set_private,
	.max_size = max_size,
	.init = init_key,
	.exit = exit_key,
	.base = {
		.cra_name = "rsa",
		.cra_driver_name = "rsa-vcrypto",
		.cra_ctxsize = sizeof(struct rsa_tfm),
		.cra_module = THIS_MODULE,
	},
};

static int add(struct vc_alg *alg)
{
	return crypto_register_akcipher(&rsa_alg);
}

static void del(struct vc_alg *alg)
{
	crypto_unregister_akcipher(&rsa_alg);
}

static struct crypto_alg *base(struct vc_alg *alg)
{
	return &rsa_alg.base;
}

static const struct vc_alg_type type = { add, del, base };

static struct vc_alg rsa_vc = {
	.type = &type,
	.params.service = VC_RSA,
	.params.algo = VIRTIO_CRYPTO_AKCIPHER_RSA,
	.stock = true,
};

void vc_rsa_init(void)
{
	rsa_alg.base.cra_priority = vc_priority(&rsa_vc);
	vc_registry_add(&rsa_vc);
}
