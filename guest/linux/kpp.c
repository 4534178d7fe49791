// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What key agreements share: their twins
 */
#include <crypto/internal/kpp.h>

#include "vcrypto.h"

/* Allocate the twin, and make room for its requests. */
int vc_kpp_get_twin(struct crypto_kpp *tfm, struct crypto_kpp **twin)
{
	unsigned int size;

	*twin = crypto_alloc_kpp(crypto_tfm_alg_name(crypto_kpp_tfm(tfm)), 0,
				 VC_TWIN_MASK);
	if (IS_ERR(*twin))
		return PTR_ERR(*twin);
	/* The size is the algorithm's: it must not shrink while in use. */
	size = max(VC_REQ_SIZE, sizeof(struct kpp_request) +
				crypto_kpp_reqsize(*twin));
	kpp_set_reqsize(tfm, max(size, crypto_kpp_reqsize(tfm)));
	return 0;
}

/* Have the software do a request, whose context it uses. */
int vc_kpp_by_twin(struct crypto_kpp *twin, struct kpp_request *req,
		   bool share)
{
	struct kpp_request *sub = kpp_request_ctx(req);
	int err;

	kpp_request_set_tfm(sub, twin);
	kpp_request_set_callback(sub, req->base.flags, NULL, NULL);
	kpp_request_set_input(sub, req->src, req->src_len);
	kpp_request_set_output(sub, req->dst, req->dst_len);
	err = share ? crypto_kpp_compute_shared_secret(sub)
		    : crypto_kpp_generate_public_key(sub);
	req->dst_len = sub->dst_len;
	return err;
}

/* Have it do one that has waited for a device. */
void vc_kpp_redo(struct crypto_kpp *twin, struct vc_req *vr)
{
	struct kpp_request *req = vr->owner;
	int err;

	vc_req_wipe(vr);
	err = vc_kpp_by_twin(twin, req, vr->decrypt);
	local_bh_disable();
	kpp_request_complete(req, err);
	local_bh_enable();
}
