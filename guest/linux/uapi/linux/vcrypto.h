/* SPDX-License-Identifier: GPL-2.0-or-later WITH Linux-syscall-note */
/*
 * /dev/vcryptoN: a virtio crypto device for programs
 *
 * A program creates sessions (an algorithm, a key, a direction) and has the
 * device run requests with them, of which it waits for each (VCRYPTO_RUN), or
 * submits many and reaps what is complete (VCRYPTO_SUBMIT, VCRYPTO_REAP).
 * poll(2) tells POLLIN if there is something to reap, POLLOUT if there is room
 * for a request, POLLHUP and POLLERR if the device is gone.  Sessions belong to
 * the open file and end with it; processes that share it share them.
 *
 * The numbers of algorithms, hashes, curves, paddings and operations are those
 * of docs/virtio-crypto.rst.  All structures begin with their size, so that
 * they can grow: a kernel accepts a longer one if what it does not know is 0,
 * and takes what a shorter one lacks as 0.  Reserved fields must be 0.
 * Pointers are 64 bits long.
 *
 * Errors of all commands:
 *   EFAULT      memory that is not the program's
 *   EINVAL      a field is out of range, or one that has no meaning is not 0
 *   E2BIG       a structure is longer than the kernel's, and the rest is not 0
 *   ENOMEM      the kernel lacks memory
 *   ENODEV      the device is gone, or broken
 *   ENOTTY      there is no such command
 *   EOPNOTSUPP  the device or its protocol lacks what is asked for
 * Errors of requests, in addition:
 *   EAGAIN      too many requests, or bytes, of the file are in flight: reap
 *   EBADMSG     a wrong tag; nothing is decrypted
 *   EBUSY       the device does not serve requests now, or went to sleep with
 *               this one: it can be repeated
 *   EIO         the device says that the request is wrong, or it fails
 *   EKEYREJECTED  a signature does not verify (in AKCIPHER; computations have
 *               a result that tells)
 *   EMSGSIZE    more bytes than @max_data or @max_request
 *   ENOENT      there is no such session
 * Errors of sessions, in addition:
 *   EBUSY, EIO  likewise
 *   EDQUOT      too many sessions of the file
 *   ENOSPC      too many sessions of the device
 *   ETIMEDOUT   the device does not answer
 */
#ifndef _UAPI_VCRYPTO_H
#define _UAPI_VCRYPTO_H

#include <linux/ioctl.h>
#include <linux/types.h>

#define VCRYPTO_VERSION		1

#define VCRYPTO_IOC		0xc6
#define VCRYPTO_INFO		_IO(VCRYPTO_IOC, 0)	/* vcrypto_info */
#define VCRYPTO_CREATE		_IO(VCRYPTO_IOC, 1)	/* vcrypto_session */
#define VCRYPTO_DESTROY		_IO(VCRYPTO_IOC, 2)	/* vcrypto_destroy */
#define VCRYPTO_RUN		_IO(VCRYPTO_IOC, 3)	/* vcrypto_request */
#define VCRYPTO_SUBMIT		_IO(VCRYPTO_IOC, 4)	/* vcrypto_submit */
#define VCRYPTO_REAP		_IO(VCRYPTO_IOC, 5)	/* vcrypto_reap */

/* Protocols */
#define VCRYPTO_PROTOCOL_VIRTIO	1
#define VCRYPTO_PROTOCOL_RFC_V1	2

/* Services.  AKCIPHER is virtio's, COMPUTE is RFC v1's. */
#define VCRYPTO_CIPHER		1	/* chains, too */
#define VCRYPTO_HASH		2
#define VCRYPTO_MAC		3
#define VCRYPTO_AEAD		4
#define VCRYPTO_AKCIPHER	5
#define VCRYPTO_COMPUTE		6

/* Directions of sessions, and operations of AKCIPHER's requests */
#define VCRYPTO_ENCRYPT		1	/* AKCIPHER: a public key */
#define VCRYPTO_DECRYPT		2	/* a private one */
#define VCRYPTO_SIGN		3
#define VCRYPTO_VERIFY		4

/* Hashes of chains; a session of HASH can be nested */
#define VCRYPTO_PLAIN		1
#define VCRYPTO_MAC_MODE	2
#define VCRYPTO_NESTED		3

/* Orders of chains */
#define VCRYPTO_HASH_FIRST	1
#define VCRYPTO_CIPHER_FIRST	2

/* An operation of a computation: service 2 (DH) to 13 (RAND), number from 1 */
#define VCRYPTO_OPERATION(service, number) ((service) << 24 | (number))

/**
 * struct vcrypto_info - what a device has, and what a file may use
 * @size: bytes in the structure
 * @version: VCRYPTO_VERSION of the kernel
 * @protocol: VCRYPTO_PROTOCOL_*
 * @services: bits 1 << VCRYPTO_*
 * @ciphers: bits 1 << number, as in all that follow
 * @hashes: those of HASH
 * @macs: those of MAC
 * @aeads: those of AEAD
 * @akciphers: those of AKCIPHER
 * @computations: services of computations
 * @max_sessions: of a file
 * @max_requests: in flight, and complete but not reaped
 * @max_bytes: of these requests, as the kernel has them
 * @max_data: bytes that a request reads, and those that it writes
 * @max_request: bytes in a request as the device counts them; 0: no limit
 */
struct vcrypto_info {
	__u32 size;
	__u32 version;
	__u32 protocol;
	__u32 services;
	__aligned_u64 ciphers;
	__aligned_u64 hashes;
	__aligned_u64 macs;
	__aligned_u64 aeads;
	__aligned_u64 akciphers;
	__u32 computations;
	__u32 max_sessions;
	__u32 max_requests;
	__u32 max_data;
	__aligned_u64 max_bytes;
	__aligned_u64 max_request;
};

/**
 * struct vcrypto_session - a session to create
 * @size: bytes in the structure
 * @flags: 0
 * @service: VCRYPTO_CIPHER to VCRYPTO_COMPUTE
 * @algorithm: its number, or VCRYPTO_OPERATION()
 * @direction: VCRYPTO_ENCRYPT, VCRYPTO_DECRYPT; 0 for HASH, MAC, COMPUTE
 * @order: of a chain: VCRYPTO_HASH_FIRST, VCRYPTO_CIPHER_FIRST; 0 for others
 * @hash_mode: VCRYPTO_PLAIN to VCRYPTO_NESTED, of a chain, or of HASH (not
 *             VCRYPTO_MAC_MODE, and NESTED in RFC v1 alone)
 * @hash: of a chain, or RSA's of PKCS #1 padding
 * @tag_len: bytes in AEAD's tag, in a chain's digest; the most in a digest
 * @padding: of RSA, 0: raw, 1: PKCS #1
 * @curve: of ECDSA
 * @key_len: bytes in the key
 * @auth_key_len: bytes in the second key
 * @id: the session, which the kernel tells
 * @key: the key; COMPUTE: a list of operands
 * @auth_key: the key of a chain's MAC; prefixes of a nested hash
 */
struct vcrypto_session {
	__u32 size;
	__u32 flags;
	__u32 service;
	__u32 algorithm;
	__u32 direction;
	__u32 order;
	__u32 hash_mode;
	__u32 hash;
	__u32 tag_len;
	__u32 padding;
	__u32 curve;
	__u32 key_len;
	__u32 auth_key_len;
	__u32 id;
	__aligned_u64 key;
	__aligned_u64 auth_key;
};

/**
 * struct vcrypto_destroy - a session to destroy; its requests complete, and
 * until then it counts as one of the file
 */
struct vcrypto_destroy {
	__u32 size;
	__u32 id;
};

/* A chain has ranges; without, cipher and hash work on the whole source. */
#define VCRYPTO_RANGES		1

/**
 * struct vcrypto_request - a request
 * @size: bytes in the structure
 * @flags: VCRYPTO_RANGES (chains of virtio)
 * @session: the session; 0 for computations that need none
 * @operation: AKCIPHER: VCRYPTO_ENCRYPT to VCRYPTO_VERIFY; COMPUTE:
 *             VCRYPTO_OPERATION(), or 0 for the session's; 0 for all others
 * @cookie: what the completion is to have
 * @iv: initialization vector
 * @aad: additional data of AEAD or a chain; VERIFY: the digest
 * @src: source; AEAD, DECRYPT: the tag is at its end; VERIFY: the signature;
 *       COMPUTE: a list of operands
 * @dst: destination, which may be the source: it is written when the request
 *       is complete, by VCRYPTO_REAP of the process that submitted the
 *       request; if another one reaps it, the result is lost, and its error is
 *       EFAULT.  A digest or tag is at the end; COMPUTE: a list of results
 * @iv_len: bytes, at most 16
 * @aad_len: bytes
 * @src_len: bytes
 * @dst_len: room, and of HASH and MAC of virtio the bytes in the digest
 * @cipher_start: with VCRYPTO_RANGES, what the cipher works on
 * @cipher_len: bytes of it
 * @hash_start: likewise for the hash
 * @hash_len: likewise
 * @result_len: bytes in the destination, which VCRYPTO_RUN tells
 * @reserved: 0
 *
 * A list is elements without gaps or padding.  Each is a __u32 in the
 * processor's byte order, and that many bytes.
 */
struct vcrypto_request {
	__u32 size;
	__u32 flags;
	__u32 session;
	__u32 operation;
	__aligned_u64 cookie;
	__aligned_u64 iv;
	__aligned_u64 aad;
	__aligned_u64 src;
	__aligned_u64 dst;
	__u32 iv_len;
	__u32 aad_len;
	__u32 src_len;
	__u32 dst_len;
	__u32 cipher_start;
	__u32 cipher_len;
	__u32 hash_start;
	__u32 hash_len;
	__u32 result_len;
	__u32 reserved;
};

/**
 * struct vcrypto_submit - requests to submit
 * @size: bytes in the structure
 * @count: how many
 * @requests: an array of them
 * @stride: bytes in each, which is also their @size
 * @reserved: 0
 *
 * The command returns how many of them, from the first on, are in flight.  If
 * there is none, it fails with the error of the first one.
 */
struct vcrypto_submit {
	__u32 size;
	__u32 count;
	__aligned_u64 requests;
	__u32 stride;
	__u32 reserved;
};

/**
 * struct vcrypto_completion - a complete request
 * @cookie: the request's
 * @error: 0, or one of the errors above: a positive number
 * @result_len: bytes in the destination
 */
struct vcrypto_completion {
	__aligned_u64 cookie;
	__s32 error;
	__u32 result_len;
};

/**
 * struct vcrypto_reap - an array for what is complete
 * @size: bytes in the structure
 * @count: how many there is room for
 * @completions: the array
 * @timeout: milliseconds to wait for one at least; 0: not to wait; -1: without
 *           an end
 * @stride: bytes in a completion
 *
 * The command returns how many it has written: 0 if none is complete in time,
 * or if nothing is in flight.  EINTR: a signal came first.
 */
struct vcrypto_reap {
	__u32 size;
	__u32 count;
	__aligned_u64 completions;
	__s32 timeout;
	__u32 stride;
};

#endif
