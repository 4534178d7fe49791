// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The protocol of the virtio standard, with and without REVISION_1: without,
 * the structures of operations are padded to one length.
 */
#include <linux/string.h>
#include <linux/virtio_config.h>

#include "vcrypto.h"

#define PADDED_CONTROL	56
#define PADDED_DATA	48
#define SESSION_MODE	1	/* flag of a request, with REVISION_1 */

/* Linux's header lacks the tag's length. */
struct aead_part {
	struct virtio_crypto_aead_para para;
	__le32 tag_len;
	__le32 reserved;
};

struct control_part {
	struct virtio_crypto_ctrl_header header;
	union {
		struct virtio_crypto_sym_create_session_req sym;
		struct virtio_crypto_hash_session_para hash;
		struct virtio_crypto_mac_session_para mac;
		struct virtio_crypto_aead_session_para aead;
		struct virtio_crypto_akcipher_create_session_req akcipher;
		__le64 session_id;
		u8 padding[PADDED_CONTROL];
	} u;
};

struct data_part {
	struct virtio_crypto_op_header header;
	union {
		struct virtio_crypto_sym_data_req sym;
		struct virtio_crypto_hash_para hash;
		struct aead_part aead;
		struct virtio_crypto_akcipher_para akcipher;
		u8 padding[PADDED_DATA];
	} u;
};

static_assert(sizeof(struct control_part) <= VC_CREATE_HEAD_MAX);
static_assert(sizeof(struct data_part) + VC_BLOCK_MAX <= VC_HEAD_MAX);

static unsigned int control_index(const struct vc_dev *dev)
{
	return dev->dataq_count;
}

static unsigned int data_index(const struct vc_dev *dev)
{
	return 0;
}

static int setup(struct vc_dev *dev)
{
	u32 count;

	if (!virtio_has_feature(dev->vdev, VIRTIO_F_VERSION_1))
		return -ENODEV;
	dev->little_endian = true;
	/* The standard's bit, which old headers do not name */
	dev->revision_1 = virtio_has_feature(dev->vdev, 0);
	virtio_cread_le(dev->vdev, struct virtio_crypto_config,
			max_dataqueues, &count);
	virtio_cread_le(dev->vdev, struct virtio_crypto_config, max_size,
			&dev->size_max);
	dev->dataq_count = count;
	return 0;
}

static bool ready(struct vc_dev *dev)
{
	u32 status;

	virtio_cread_le(dev->vdev, struct virtio_crypto_config, status,
			&status);
	return status & VIRTIO_CRYPTO_S_HW_READY;
}

/* Bytes in a structure and what is before it */
static unsigned int part_len(const struct vc_dev *dev, size_t before,
			     size_t len, size_t padded)
{
	return before + (dev->revision_1 ? len : padded);
}

static void fill_cipher(struct virtio_crypto_cipher_session_para *to,
			const struct vc_params *params)
{
	to->algo = cpu_to_le32(params->algo);
	to->keylen = cpu_to_le32(params->key_len);
	to->op = cpu_to_le32(params->decrypt ? VIRTIO_CRYPTO_OP_DECRYPT
					     : VIRTIO_CRYPTO_OP_ENCRYPT);
}

static u32 chain_order(const struct vc_params *params)
{
	if (params->order)
		return params->order;
	/* Encrypt, then authenticate: as IPsec has it */
	return params->decrypt ? VC_HASH_THEN_CIPHER : VC_CIPHER_THEN_HASH;
}

static void fill_chain(struct virtio_crypto_alg_chain_session_para *to,
		       const struct vc_params *params)
{
	to->alg_chain_order = cpu_to_le32(chain_order(params));
	to->hash_mode = cpu_to_le32(params->hash_mode ?: VC_HASH_MAC);
	fill_cipher(&to->cipher_param, params);
	to->u.mac_param.algo = cpu_to_le32(params->mac);
	to->u.mac_param.hash_result_len = cpu_to_le32(params->tag_len);
	to->u.mac_param.auth_key_len = cpu_to_le32(params->auth_len);
}

static size_t fill_sym(struct virtio_crypto_sym_create_session_req *to,
		       const struct vc_params *params)
{
	if (params->service == VC_CHAIN) {
		fill_chain(&to->u.chain.para, params);
		to->op_type =
			cpu_to_le32(VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING);
	} else {
		fill_cipher(&to->u.cipher.para, params);
		to->op_type = cpu_to_le32(VIRTIO_CRYPTO_SYM_OP_CIPHER);
	}
	return sizeof(*to);
}

static size_t fill_aead(struct virtio_crypto_aead_session_para *to,
			const struct vc_params *params)
{
	to->algo = cpu_to_le32(params->algo);
	to->key_len = cpu_to_le32(params->key_len);
	to->hash_result_len = cpu_to_le32(params->tag_len);
	to->op = cpu_to_le32(params->decrypt ? VIRTIO_CRYPTO_OP_DECRYPT
					     : VIRTIO_CRYPTO_OP_ENCRYPT);
	return sizeof(*to);
}

/* Only the part of the structure that drivers fill in */
static size_t fill_hash(struct virtio_crypto_hash_session_para *to,
			const struct vc_params *params)
{
	to->algo = cpu_to_le32(params->algo);
	to->hash_result_len = cpu_to_le32(params->tag_len);
	return offsetof(struct virtio_crypto_hash_session_para, padding);
}

static size_t fill_mac(struct virtio_crypto_mac_session_para *to,
		       const struct vc_params *params)
{
	to->algo = cpu_to_le32(params->algo);
	to->hash_result_len = cpu_to_le32(params->tag_len);
	to->auth_key_len = cpu_to_le32(params->auth_len);
	return sizeof(*to);
}

/* The kernel's RSA is raw: all else is software's. */
static size_t
fill_akcipher(struct virtio_crypto_akcipher_create_session_req *to,
	      const struct vc_params *params)
{
	u32 algo = params->service == VC_RSA ? VIRTIO_CRYPTO_AKCIPHER_RSA
					     : params->algo;

	to->para.algo = cpu_to_le32(algo);
	to->para.keytype =
		cpu_to_le32(params->decrypt
			    ? VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PRIVATE
			    : VIRTIO_CRYPTO_AKCIPHER_KEY_TYPE_PUBLIC);
	to->para.keylen = cpu_to_le32(params->key_len);
	if (algo == VIRTIO_CRYPTO_AKCIPHER_RSA) {
		to->para.u.rsa.padding_algo = cpu_to_le32(params->padding);
		to->para.u.rsa.hash_algo = cpu_to_le32(params->hash);
	} else {
		to->para.u.ecdsa.curve_id = cpu_to_le32(params->curve);
	}
	return sizeof(*to);
}

static unsigned int create(const struct vc_dev *dev,
			   const struct vc_params *params, u8 *to)
{
	struct control_part part = { };
	size_t len = 0;
	u32 opcode = 0;

	switch (params->service) {
	case VC_CIPHER:
	case VC_CHAIN:
		opcode = VIRTIO_CRYPTO_CIPHER_CREATE_SESSION;
		len = fill_sym(&part.u.sym, params);
		break;
	case VC_AEAD:
		opcode = VIRTIO_CRYPTO_AEAD_CREATE_SESSION;
		len = fill_aead(&part.u.aead, params);
		break;
	case VC_HASH:
		opcode = VIRTIO_CRYPTO_HASH_CREATE_SESSION;
		len = fill_hash(&part.u.hash, params);
		break;
	case VC_MAC:
		opcode = VIRTIO_CRYPTO_MAC_CREATE_SESSION;
		len = fill_mac(&part.u.mac, params);
		break;
	case VC_RSA:
	case VC_AKCIPHER:
		opcode = VIRTIO_CRYPTO_AKCIPHER_CREATE_SESSION;
		len = fill_akcipher(&part.u.akcipher, params);
		break;
	case VC_COMPUTE:
		break;
	}
	part.header.opcode = cpu_to_le32(opcode);
	part.header.algo = cpu_to_le32(params->algo);
	memcpy(to, &part, sizeof(part));
	return part_len(dev, sizeof(part.header), len, PADDED_CONTROL);
}

static int error(u8 status)
{
	switch (status) {
	case VIRTIO_CRYPTO_OK:
		return 0;
	case VIRTIO_CRYPTO_BADMSG:
		return -EBADMSG;
	case VIRTIO_CRYPTO_NOTSUPP:
		return -EOPNOTSUPP;
	case VIRTIO_CRYPTO_NOSPC:
		return -ENOSPC;
	case VIRTIO_CRYPTO_KEY_REJECTED:
		return -EKEYREJECTED;
	default:
		return -EIO;
	}
}

static int created(const struct vc_dev *dev, const u8 *from,
		   unsigned int used, u64 *id)
{
	struct virtio_crypto_session_input answer;
	u32 status;

	memcpy(&answer, from, sizeof(answer));
	status = le32_to_cpu(answer.status);
	if (used < offsetofend(struct virtio_crypto_session_input, status) ||
	    status > U8_MAX)
		return -EIO;
	*id = le64_to_cpu(answer.session_id);
	return error(status);
}

static u32 destroy_opcode(enum vc_service service)
{
	switch (service) {
	case VC_AEAD:
		return VIRTIO_CRYPTO_AEAD_DESTROY_SESSION;
	case VC_HASH:
		return VIRTIO_CRYPTO_HASH_DESTROY_SESSION;
	case VC_MAC:
		return VIRTIO_CRYPTO_MAC_DESTROY_SESSION;
	case VC_RSA:
	case VC_AKCIPHER:
		return VIRTIO_CRYPTO_AKCIPHER_DESTROY_SESSION;
	default:
		return VIRTIO_CRYPTO_CIPHER_DESTROY_SESSION;
	}
}

static unsigned int destroy(const struct vc_dev *dev,
			    const struct vc_params *params, u64 id, u8 *to)
{
	struct control_part part = {
		.header.opcode = cpu_to_le32(destroy_opcode(params->service)),
		.u.session_id = cpu_to_le64(id),
	};

	memcpy(to, &part, sizeof(part));
	return part_len(dev, sizeof(part.header), sizeof(part.u.session_id),
			PADDED_CONTROL);
}

static size_t fill_cipher_data(struct virtio_crypto_sym_data_req *to,
			       const struct vc_data *data)
{
	to->u.cipher.para.iv_len = cpu_to_le32(data->iv_len);
	to->u.cipher.para.src_data_len = cpu_to_le32(data->src_len);
	to->u.cipher.para.dst_data_len = cpu_to_le32(data->dst_len);
	to->op_type = cpu_to_le32(VIRTIO_CRYPTO_SYM_OP_CIPHER);
	return sizeof(*to);
}

static size_t fill_hash_data(struct virtio_crypto_hash_para *to,
			     const struct vc_data *data)
{
	to->src_data_len = cpu_to_le32(data->src_len);
	to->hash_result_len = cpu_to_le32(data->dst_len);
	return sizeof(*to);
}

/* Cipher and hash work on the whole source, unless there are ranges. */
static size_t fill_chain_data(struct virtio_crypto_sym_data_req *to,
			      const struct vc_data *data)
{
	struct virtio_crypto_alg_chain_data_para *para = &to->u.chain.para;

	para->iv_len = cpu_to_le32(data->iv_len);
	para->src_data_len = cpu_to_le32(data->src_len);
	para->dst_data_len = cpu_to_le32(data->dst_len);
	para->len_to_cipher = cpu_to_le32(data->src_len);
	para->len_to_hash = cpu_to_le32(data->src_len);
	para->aad_len = cpu_to_le32(data->aad_len);
	para->hash_result_len = cpu_to_le32(data->params->tag_len);
	if (data->plan && data->plan->ranges) {
		const struct vc_plan *plan = data->plan;

		para->cipher_start_src_offset =
			cpu_to_le32(plan->cipher.start);
		para->len_to_cipher = cpu_to_le32(plan->cipher.len);
		para->hash_start_src_offset = cpu_to_le32(plan->hash.start);
		para->len_to_hash = cpu_to_le32(plan->hash.len);
	}
	to->op_type = cpu_to_le32(VIRTIO_CRYPTO_SYM_OP_ALGORITHM_CHAINING);
	return sizeof(*to);
}

static size_t fill_aead_data(struct aead_part *to,
			     const struct vc_data *data)
{
	to->para.iv_len = cpu_to_le32(data->iv_len);
	to->para.aad_len = cpu_to_le32(data->aad_len);
	to->para.src_data_len = cpu_to_le32(data->src_len);
	to->para.dst_data_len = cpu_to_le32(data->dst_len);
	to->tag_len = cpu_to_le32(data->params->tag_len);
	return sizeof(*to);
}

static size_t fill_akcipher_data(struct virtio_crypto_akcipher_para *to,
				 const struct vc_data *data)
{
	bool verify = data->params->service == VC_AKCIPHER &&
		      data->params->op == VC_VERIFY;

	to->src_data_len = cpu_to_le32(data->src_len);
	/* The digest to verify is where others have additional data. */
	to->dst_data_len = cpu_to_le32(verify ? data->aad_len : data->dst_len);
	return sizeof(*to);
}

static u32 akcipher_opcode(u8 op)
{
	switch (op) {
	case VC_DECRYPT:
		return VIRTIO_CRYPTO_AKCIPHER_DECRYPT;
	case VC_SIGN:
		return VIRTIO_CRYPTO_AKCIPHER_SIGN;
	case VC_VERIFY:
		return VIRTIO_CRYPTO_AKCIPHER_VERIFY;
	default:
		return VIRTIO_CRYPTO_AKCIPHER_ENCRYPT;
	}
}

static u32 data_opcode(const struct vc_params *params)
{
	switch (params->service) {
	case VC_AEAD:
		return params->decrypt ? VIRTIO_CRYPTO_AEAD_DECRYPT
				       : VIRTIO_CRYPTO_AEAD_ENCRYPT;
	case VC_RSA:
		return params->decrypt ? VIRTIO_CRYPTO_AKCIPHER_DECRYPT
				       : VIRTIO_CRYPTO_AKCIPHER_ENCRYPT;
	case VC_AKCIPHER:
		return akcipher_opcode(params->op);
	case VC_HASH:
		return VIRTIO_CRYPTO_HASH;
	case VC_MAC:
		return VIRTIO_CRYPTO_MAC;
	default:
		return params->decrypt ? VIRTIO_CRYPTO_CIPHER_DECRYPT
				       : VIRTIO_CRYPTO_CIPHER_ENCRYPT;
	}
}

static unsigned int data(const struct vc_dev *dev, const struct vc_data *data,
			 u8 *to)
{
	const struct vc_params *params = data->params;
	struct data_part part = { };
	size_t len;

	part.header.opcode = cpu_to_le32(data_opcode(params));
	part.header.algo = cpu_to_le32(params->algo);
	part.header.session_id = cpu_to_le64(data->session->id);
	part.header.flag = cpu_to_le32(dev->revision_1 ? SESSION_MODE : 0);
	switch (params->service) {
	case VC_CHAIN:
		len = fill_chain_data(&part.u.sym, data);
		break;
	case VC_AEAD:
		len = fill_aead_data(&part.u.aead, data);
		break;
	case VC_HASH:
	case VC_MAC:
		len = fill_hash_data(&part.u.hash, data);
		break;
	case VC_RSA:
	case VC_AKCIPHER:
		len = fill_akcipher_data(&part.u.akcipher, data);
		break;
	default:
		len = fill_cipher_data(&part.u.sym, data);
		break;
	}
	memcpy(to, &part, sizeof(part));
	return part_len(dev, sizeof(part.header), len, PADDED_DATA);
}

/* Whether an algorithm is in a mask of the configuration's, at that offset */
static bool has_bit(struct vc_dev *dev, unsigned int service, size_t low,
		    u32 algo)
{
	u32 services, mask;

	virtio_cread_le(dev->vdev, struct virtio_crypto_config,
			crypto_services, &services);
	mask = virtio_cread32(dev->vdev, low + algo / 32 * sizeof(u32));
	return services & BIT(service) && mask & BIT(algo % 32);
}

static bool offers(struct vc_dev *dev, const struct vc_params *params)
{
	switch (params->service) {
	case VC_CHAIN:
		if (!has_bit(dev, VIRTIO_CRYPTO_SERVICE_MAC,
			     offsetof(struct virtio_crypto_config, mac_algo_l),
			     params->mac))
			return false;
		fallthrough;
	case VC_CIPHER:
		return has_bit(dev, VIRTIO_CRYPTO_SERVICE_CIPHER,
			       offsetof(struct virtio_crypto_config,
					cipher_algo_l), params->algo);
	case VC_AEAD:
		return has_bit(dev, VIRTIO_CRYPTO_SERVICE_AEAD,
			       offsetof(struct virtio_crypto_config,
					aead_algo), params->algo);
	case VC_RSA:
		return has_bit(dev, VIRTIO_CRYPTO_SERVICE_AKCIPHER,
			       offsetof(struct virtio_crypto_config,
					akcipher_algo),
			       VIRTIO_CRYPTO_AKCIPHER_RSA);
	default:
		return false;
	}
}

static u64 read_mask(struct vc_dev *dev, size_t low)
{
	return virtio_cread32(dev->vdev, low) |
	       (u64)virtio_cread32(dev->vdev, low + sizeof(u32)) << 32;
}

/* The bits of services are those of programs, but for their place. */
static bool list_algorithms(struct vc_dev *dev, struct vcrypto_info *info)
{
	info->services = virtio_cread32(
		dev->vdev, offsetof(struct virtio_crypto_config,
				    crypto_services)) << VCRYPTO_CIPHER;
	info->services &= BIT(VCRYPTO_CIPHER) | BIT(VCRYPTO_HASH) |
			  BIT(VCRYPTO_MAC) | BIT(VCRYPTO_AEAD) |
			  BIT(VCRYPTO_AKCIPHER);
	info->ciphers = read_mask(dev, offsetof(struct virtio_crypto_config,
						cipher_algo_l));
	info->macs = read_mask(dev, offsetof(struct virtio_crypto_config,
					     mac_algo_l));
	info->hashes = virtio_cread32(
		dev->vdev, offsetof(struct virtio_crypto_config, hash_algo));
	info->aeads = virtio_cread32(
		dev->vdev, offsetof(struct virtio_crypto_config, aead_algo));
	info->akciphers = virtio_cread32(
		dev->vdev, offsetof(struct virtio_crypto_config,
				    akcipher_algo));
	return true;
}

const struct vc_wire vc_wire_virtio = {
	.protocol = VCRYPTO_PROTOCOL_VIRTIO,
	.aead_aad_last = true,
	.any_tag = true,
	.create_answer = sizeof(struct virtio_crypto_session_input),
	.control_index = control_index,
	.data_index = data_index,
	.setup = setup,
	.ready = ready,
	.create = create,
	.created = created,
	.destroy = destroy,
	.data = data,
	.error = error,
	.offers = offers,
	.list_algorithms = list_algorithms,
};
