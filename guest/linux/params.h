/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What sessions are made from, without anything of the kernel's
 */
#ifndef VCRYPTO_PARAMS_H
#define VCRYPTO_PARAMS_H

#ifdef __KERNEL__
#include <linux/types.h>
#else
#include <stdbool.h>
#include <stddef.h>
#include <linux/types.h>
typedef __u8 u8;
typedef __u32 u32;
typedef __u64 u64;
#endif

/* What a session is for */
enum vc_service {
	VC_CIPHER,
	VC_CHAIN,
	VC_AEAD,
	VC_RSA,
	VC_COMPUTE,
	VC_HASH,
	VC_MAC,
	VC_AKCIPHER,
};

/* The protocols' numbers */
enum vc_hash_mode { VC_HASH_PLAIN = 1, VC_HASH_MAC = 2, VC_HASH_NESTED = 3 };
enum vc_order { VC_HASH_THEN_CIPHER = 1, VC_CIPHER_THEN_HASH = 2 };
enum vc_akcipher_op { VC_ENCRYPT = 1, VC_DECRYPT, VC_SIGN, VC_VERIFY };

/**
 * struct vc_params - parameters of a session
 * @service: what it is for
 * @algo: its number in the protocols; of VC_COMPUTE, the service and operation
 * @mac: number of a chain's MAC or hash
 * @decrypt: it is to decrypt; a key is the private one
 * @tag_len: bytes in the tag, or in a chain's digest
 * @key_len: bytes in the key; of VC_MAC, 0
 * @auth_len: bytes in the MAC's key or in prefixes, which follow the key
 * @hash_mode: of VC_HASH and VC_CHAIN, which has a MAC if it is 0
 * @order: of VC_CHAIN; 0 is IPsec's
 * @padding: of VC_AKCIPHER's RSA, which is raw if it is 0
 * @hash: of that padding
 * @curve: of VC_AKCIPHER's ECDSA
 * @op: of VC_AKCIPHER's requests
 */
struct vc_params {
	enum vc_service service;
	u32 algo;
	u32 mac;
	bool decrypt;
	u32 tag_len;
	u32 key_len;
	u32 auth_len;
	u8 hash_mode;
	u8 order;
	u32 padding;
	u32 hash;
	u32 curve;
	u8 op;
};

#endif
