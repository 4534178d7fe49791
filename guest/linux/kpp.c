// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What key agreements share: twins, and who computes a request
 */
#include <crypto/internal/kpp.h>

#include "vcrypto.h"

/* Allocate the twin, and make room for its requests. */
int vc_kpp_init_key(struct crypto_kpp *tfm)
{
	struct vc_kpp_key *key = kpp_tfm_ctx(tfm);
	struct crypto_kpp *twin;
	unsigned int size;

	twin = crypto_alloc_kpp(crypto_tfm_alg_name(crypto_kpp_tfm(tfm)), 0,
				VC_TWIN_MASK);
	if (IS_ERR(twin))
		return PTR_ERR(twin);
	key->twin = twin;
	/* The size is the algorithm's: it must not shrink while in use. */
	size = max(VC_REQ_SIZE, sizeof(struct kpp_request) +
				crypto_kpp_reqsize(twin));
	kpp_set_reqsize(tfm, max(size, crypto_kpp_reqsize(tfm)));
	return 0;
}

unsigned int vc_kpp_max_size(struct crypto_kpp *tfm)
{
	struct vc_kpp_key *key = kpp_tfm_ctx(tfm);

	return crypto_kpp_maxsize(key->twin);
}

/* Have the software do a request, whose context it uses. */
static int compute_by_twin(struct vc_kpp_key *key, struct kpp_request *req,
			   bool share)
{
	struct kpp_request *sub = kpp_request_ctx(req);
	int err;

	kpp_request_set_tfm(sub, key->twin);
	kpp_request_set_callback(sub, req->base.flags, NULL, NULL);
	kpp_request_set_input(sub, req->src, req->src_len);
	kpp_request_set_output(sub, req->dst, req->dst_len);
	err = share ? crypto_kpp_compute_shared_secret(sub)
		    : crypto_kpp_generate_public_key(sub);
	req->dst_len = sub->dst_len;
	return err;
}

/* Have it do one that has waited for a device. */
static void redo(struct vc_req *vr)
{
	struct kpp_request *req = vr->owner;
	int err;

	vc_req_wipe(vr);
	err = compute_by_twin(kpp_tfm_ctx(crypto_kpp_reqtfm(req)), req,
			      vr->decrypt);
	local_bh_disable();
	kpp_request_complete(req, err);
	local_bh_enable();
}

/* Say whose a request is.  Its @end is the algorithm's. */
void vc_kpp_own(struct vc_req *vr, struct kpp_request *req, bool share)
{
	vr->redo = redo;
	vr->owner = req;
	vr->decrypt = share;
}

static int compute(struct kpp_request *req, bool share)
{
	struct vc_kpp_key *key = kpp_tfm_ctx(crypto_kpp_reqtfm(req));
	int err = key->submit(key, req, share);

	if (err == -EINPROGRESS || err == -EBUSY)
		return err;
	return compute_by_twin(key, req, share);
}

int vc_kpp_generate(struct kpp_request *req)
{
	return compute(req, false);
}

int vc_kpp_share(struct kpp_request *req)
{
	return compute(req, true);
}
