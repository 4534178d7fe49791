// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The protocol of the device's first draft, RFC v1
 */
#include <linux/string.h>
#include <linux/virtio_config.h>

#include "vcrypto.h"

#define DATAQS_OFFSET	4	/* num_dataqs in configuration space */
#define DATAQS_LIMIT	64	/* more means that there is no such field */

enum { TYPE_CREATE = 1, TYPE_DESTROY = 2 };
enum { OP_ENCRYPT = 1, OP_DECRYPT = 2 };
enum { ABLKCIPHER = 0, AEAD = 1, HASH = 2 };
enum { S_OK = 0, S_ERR = 1, S_UNSUPP = 2, S_BADMSG = 3 };

struct control_header {
	__virtio32 alg;
	__virtio32 keylen;
	__virtio32 flags;
	u8 type;
	u8 op;
	u8 hash_mode;
	u8 alg_chain_order;
	__virtio32 auth_key_len;
	__virtio32 hash_alg;
};

struct data_header {
	__virtio32 mode;
	__virtio32 ivlen;
	__virtio32 len;
	__virtio32 auth_len;
	__virtio64 session_id;
	__virtio32 flags;
	__virtio32 reserved;
};

struct created_answer {
	__virtio64 session_id;
	u8 status;
} __packed;

static __virtio32 to32(const struct vc_dev *dev, u32 value)
{
	return __cpu_to_virtio32(dev->little_endian, value);
}

static unsigned int control_index(const struct vc_dev *dev)
{
	return 0;
}

static unsigned int data_index(const struct vc_dev *dev)
{
	return 1;
}

/* Linux lets a driver look only at bits that it knows. */
static const u8 services[] = {
	VC_RFC_SYM, VC_RFC_DH, VC_RFC_DSA, VC_RFC_RSA, VC_RFC_EC, VC_RFC_ECDH,
	VC_RFC_ECDSA, VC_RFC_KEY, VC_RFC_LN, VC_RFC_PRIME, VC_RFC_DRBG,
	VC_RFC_NRBG, VC_RFC_RAND,
};

static int setup(struct vc_dev *dev)
{
	struct virtio_device *vdev = dev->vdev;
	unsigned int i;
	u32 count;

	dev->little_endian = virtio_has_feature(vdev, VIRTIO_F_VERSION_1) ||
			     virtio_legacy_is_little_endian();
	for (i = 0; i < ARRAY_SIZE(services); i++) {
		if (virtio_has_feature(vdev, services[i]))
			dev->features |= BIT(services[i]);
	}
	if (virtio_has_feature(vdev, VC_RFC_SIZE_MAX))
		dev->size_max = virtio_cread32(vdev, 0);
	/* Linux cannot tell a driver whether the configuration is as long. */
	count = virtio_cread32(vdev, DATAQS_OFFSET);
	dev->dataq_count = count <= DATAQS_LIMIT && count ? count : 1;
	return 0;
}

/* The draft has no such thing. */
static bool ready(struct vc_dev *dev)
{
	return true;
}

static u32 sym_number(u32 type, u32 number)
{
	return VC_RFC_SYM << 24 | type << 16 | number;
}

static u32 find_number(const struct vc_params *params)
{
	switch (params->service) {
	case VC_AEAD:
		return sym_number(AEAD, params->algo);
	case VC_HASH:
	case VC_MAC:
		return sym_number(HASH, params->algo);
	case VC_RSA:
		return VC_RFC_RSA << 24 | (params->decrypt ? 3 : 2);
	case VC_COMPUTE:
		return params->algo;
	default:
		return sym_number(ABLKCIPHER, params->algo);
	}
}

static u8 chain_order(const struct vc_params *params)
{
	if (params->order)
		return params->order;
	return params->decrypt ? VC_HASH_THEN_CIPHER : VC_CIPHER_THEN_HASH;
}

static unsigned int create(const struct vc_dev *dev,
			   const struct vc_params *params, u8 *to)
{
	struct control_header header = {
		.alg = to32(dev, find_number(params)),
		.keylen = to32(dev, params->key_len),
		.type = TYPE_CREATE,
		.op = params->decrypt ? OP_DECRYPT : OP_ENCRYPT,
	};

	if (params->service == VC_CHAIN) {
		header.hash_mode = params->hash_mode ?: VC_HASH_MAC;
		header.alg_chain_order = chain_order(params);
		header.auth_key_len = to32(dev, params->auth_len);
		header.hash_alg = to32(dev, sym_number(HASH, params->mac));
	} else if (params->service == VC_HASH || params->service == VC_MAC) {
		header.op = 0;
		header.hash_mode = params->hash_mode;
		header.auth_key_len = to32(dev, params->auth_len);
	}
	memcpy(to, &header, sizeof(header));
	return sizeof(header);
}

static int error(u8 status)
{
	switch (status) {
	case S_OK:
		return 0;
	case S_UNSUPP:
		return -EOPNOTSUPP;
	case S_BADMSG:
		return -EBADMSG;
	default:
		return -EIO;
	}
}

static int created(const struct vc_dev *dev, const u8 *from,
		   unsigned int used, u64 *id)
{
	struct created_answer answer;

	memcpy(&answer, from, sizeof(answer));
	/* A command that fails has the status alone, at the end. */
	if (!used || (answer.status == S_OK && used < sizeof(answer)))
		return -EIO;
	*id = __virtio64_to_cpu(dev->little_endian, answer.session_id);
	return error(answer.status);
}

static unsigned int destroy(const struct vc_dev *dev,
			    const struct vc_params *params, u64 id, u8 *to)
{
	struct control_header header = { .type = TYPE_DESTROY };
	__virtio64 session_id = __cpu_to_virtio64(dev->little_endian, id);

	memcpy(to, &header, sizeof(header));
	memcpy(to + sizeof(header), &session_id, sizeof(session_id));
	return sizeof(header) + sizeof(session_id);
}

static unsigned int data(const struct vc_dev *dev, const struct vc_data *data,
			 u8 *to)
{
	u64 id = data->session ? data->session->id : 0;
	struct data_header header = {
		.mode = to32(dev, find_number(data->params)),
		.ivlen = to32(dev, data->iv_len),
		.len = to32(dev, data->src_len),
		.auth_len = to32(dev, data->aad_len),
		.session_id = __cpu_to_virtio64(dev->little_endian, id),
	};

	memcpy(to, &header, sizeof(header));
	return sizeof(header);
}

/* The configuration does not list algorithms: a session tells. */
static bool offers(struct vc_dev *dev, const struct vc_params *params)
{
	return dev->features & BIT(find_number(params) >> 24);
}

/* The services alone */
static bool list_algorithms(struct vc_dev *dev, struct vcrypto_info *info)
{
	info->computations = dev->features &
			     ~(BIT(VC_RFC_SIZE_MAX) | BIT(VC_RFC_SYM));
	if (info->computations)
		info->services = BIT(VCRYPTO_COMPUTE);
	return !(dev->features & BIT(VC_RFC_SYM));
}

const struct vc_wire vc_wire_rfc = {
	.protocol = VCRYPTO_PROTOCOL_RFC_V1,
	.counts_all = true,
	.lists = true,
	.create_answer = sizeof(struct created_answer),
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
