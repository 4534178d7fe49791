/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A driver of virtio crypto devices: what its parts know of each other
 *
 * A kernel algorithm has a software twin: it takes the requests that no device
 * can, because it left, sleeps or is too small for them.
 */
#ifndef VCRYPTO_H
#define VCRYPTO_H

#include <crypto/internal/aead.h>
#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/completion.h>
#include <linux/crypto.h>
#include <linux/hw_random.h>
#include <linux/interrupt.h>
#include <linux/kref.h>
#include <linux/list.h>
#include <linux/miscdevice.h>
#include <linux/mutex.h>
#include <linux/refcount.h>
#include <linux/scatterlist.h>
#include <linux/spinlock.h>
#include <linux/virtio.h>
#include <linux/virtio_crypto.h>
#include <linux/wait.h>
#include <linux/workqueue.h>

#include "compat.h"
#include "decode.h"

/* The device of the first draft, and its services */
#define VC_ID_RFC		65535

enum vc_rfc_service {
	VC_RFC_SIZE_MAX = 0,	/* a feature bit, but no service */
	VC_RFC_SYM = 1,
	VC_RFC_DH = 2,
	VC_RFC_DSA = 3,
	VC_RFC_RSA = 4,
	VC_RFC_EC = 5,
	VC_RFC_ECDH = 6,
	VC_RFC_ECDSA = 7,
	VC_RFC_KEY = 8,
	VC_RFC_LN = 9,
	VC_RFC_PRIME = 10,
	VC_RFC_DRBG = 11,
	VC_RFC_NRBG = 12,
	VC_RFC_RAND = 13,
};

#define VC_DATAQS_MAX		64	/* data queues that are used */
#define VC_ALGS_MAX		64	/* algorithms of the kernel */
#define VC_SG_MAX		40	/* descriptors of a request */
#define VC_HEAD_MAX		112	/* headers, vector, short operands */
#define VC_DIGEST_MAX		64
#define VC_EXTRA_MAX		72	/* a digest, or a coordinate */
#define VC_FIELDS_MAX		2
#define VC_BLOCK_MAX		16
#define VC_TAG_LEN		16	/* the only one of RFC v1 */
#define VC_STATUS_UNSET		0xff	/* no device answers that */

struct crypto_kpp;
struct kpp_request;
struct vc_alg;
struct vc_dev;
struct vc_file;
struct vc_req;
struct vc_trial;
struct vc_wire;

/**
 * struct vc_session - a session of a device
 * @link: in the device's list, or in that of the sessions to destroy
 * @refs: users of the structure
 * @dev: the device, of which there is a reference
 * @generation: of the device, when it made the session
 * @id: the device's number
 * @made: the device has it
 * @file: the program's file for which it counts, with a reference, or NULL
 * @params: what it is made from
 * @key: the keys, which the next session after sleep is made from
 */
struct vc_session {
	struct list_head link;
	refcount_t refs;
	struct vc_dev *dev;
	u32 generation;
	u64 id;
	bool made;
	struct vc_file *file;
	struct vc_params params;
	u8 key[];
};

/**
 * struct vc_queue - a data queue
 * @lock: for all that follows
 * @vq: the virtqueue, or NULL
 * @open: whether it takes requests
 * @serving: completions run, and kick when they are done
 * @backlog: requests that wait for room
 * @program_backlog: those of programs, which come after them
 * @in_flight: requests that the device has
 * @programs: those of them that are programs'
 * @programs_max: how many these may be: they leave room for the kernel
 * @quick: those of them that do not take long
 * @tasklet: completes requests
 * @retry: tries again when memory, not room, was missing
 * @idle: woken when nothing of the kernel waits or is in flight
 * @added: the device was not kicked for what was added since
 */
struct vc_queue {
	struct vc_dev *dev;
	spinlock_t lock;
	struct virtqueue *vq;
	bool open;
	bool serving;
	bool added;
	struct list_head backlog;
	struct list_head program_backlog;
	unsigned int in_flight;
	unsigned int programs;
	unsigned int programs_max;
	unsigned int quick;
	struct tasklet_struct tasklet;
	struct timer_list retry;
	wait_queue_head_t idle;
	char name[24];
} ____cacheline_aligned_in_smp;

struct vc_command;

/**
 * struct vc_control - the control queue
 * @mutex: one command at a time, and none while it starts or stops
 * @lock: for all that follows
 * @vq: the virtqueue, or NULL
 * @stopped: commands are not to wait any longer
 * @silent: a command had no answer
 * @command: the command that somebody waits for
 */
struct vc_control {
	struct mutex mutex;
	spinlock_t lock;
	struct virtqueue *vq;
	bool stopped;
	bool silent;
	struct vc_command *command;
};

/**
 * struct vc_node - a device's file, for programs
 * @misc: how it is registered
 * @name: its name
 * @registered: it is
 * @gone: its device is
 * @wait: programs that poll, and are to hear of that
 * @info: what the device can do
 */
struct vc_node {
	struct miscdevice misc;
	char name[16];
	bool registered;
	bool gone;
	wait_queue_head_t wait;
	struct vcrypto_info info;
};

/**
 * struct vc_dev - a device
 * @refs: the driver's and those of sessions
 * @link: in the registry's list
 * @vdev: valid until the driver has let go of it
 * @wire: its protocol
 * @revision_1: whether it negotiated that
 * @little_endian: of the protocol's fields
 * @features: those of RFC v1's services that it negotiated
 * @size_max: bytes in the largest request, or 0
 * @segment_max: bytes in the largest descriptor
 * @queues: data queues that are used
 * @queue_count: how many
 * @dataq_count: how many it has
 * @generation: counts its resets
 * @served: algorithms of the kernel that it can do
 * @found: what exploring has found out so far
 * @session_count: how many it has
 * @lock: for @live and both lists
 * @live: it can make and destroy sessions
 * @linked: the registry has it
 * @failed: it is of no use any more
 * @steady: it has taken requests since exploring it began
 * @explored: @served is known, since the last reset
 * @sessions: those in use
 * @dead: those to destroy
 * @reaper: destroys them
 * @watch: looks at its status, and waits for no answer of any device
 * @refresh: finds out what it can do, and gives it to users
 * @control: its control queue
 * @hwrng: its source of entropy
 * @node: its file
 * @index: a number for names
 * @life: for @started, @failed, @steady and @explored; to start and stop
 * @started: the virtqueues exist, and the device runs
 */
struct vc_dev {
	struct kref refs;
	struct list_head link;
	struct virtio_device *vdev;
	const struct vc_wire *wire;
	bool revision_1;
	bool little_endian;
	u32 features;
	u64 size_max;
	size_t segment_max;
	struct vc_queue *queues;
	unsigned int queue_count;
	unsigned int dataq_count;
	u32 generation;
	DECLARE_BITMAP(served, VC_ALGS_MAX);
	DECLARE_BITMAP(found, VC_ALGS_MAX);
	atomic_t session_count;
	spinlock_t lock;
	bool live;
	bool linked;
	bool failed;
	bool steady;
	bool explored;
	struct list_head sessions;
	struct list_head dead;
	struct work_struct reaper;
	struct work_struct watch;
	struct work_struct refresh;
	struct vc_control control;
	struct hwrng hwrng;
	char hwrng_name[16];
	struct vc_node node;
	bool hwrng_registered;
	int index;
	struct mutex life;
	bool started;
};

/**
 * struct vc_answer - what the device writes besides the result, on its own
 * cache lines
 * @bytes: the end of the result, and the status
 * @fields: lengths of a list's results
 */
struct vc_answer {
	u8 bytes[VC_EXTRA_MAX + 1];
	u8 fields[VC_FIELDS_MAX][4];
} __aligned(ARCH_DMA_MINALIGN);

/* The part that it reads */
struct vc_head {
	u8 bytes[VC_HEAD_MAX];
} __aligned(ARCH_DMA_MINALIGN);

/**
 * struct vc_req - a request; it lives in the context of the kernel's request
 * @link: in a backlog, or in a list of completed requests
 * @dev: the device, which its session keeps
 * @end: completes it, or with -EINPROGRESS tells that it left the backlog
 * @redo: has software do and complete it, if the device has not seen it; it
 * sleeps
 * @owner: what these need
 * @alg: the owner's algorithm, if @end needs it
 * @generation: of the device, when it was made
 * @told_busy: its owner was told -EBUSY, and has to be told when that ends
 * @broken: it has too many parts
 * @program: it is a program's
 * @slow: it may take long
 * @decrypt: the owner's direction; of a key agreement, to share
 * @head_used: bytes of @head
 * @readable: descriptors that the device reads
 * @total: all descriptors
 * @longest: bytes in the longest of them
 * @bytes: that count for the device's limit
 * @answer_len: bytes in @answer; the last one is the status
 * @wanted: bytes of a result that is complete
 * @used: bytes that the device says it wrote
 * @iv: what the owner keeps of the vector
 * @sg: the descriptors
 */
struct vc_req {
	struct vc_head head;
	struct vc_answer answer;
	struct list_head link;
	const struct vc_dev *dev;
	void (*end)(struct vc_req *req, int err);
	void (*redo)(struct vc_req *req);
	void *owner;
	const struct vc_alg *alg;
	u32 generation;
	bool told_busy;
	bool broken;
	bool program;
	bool slow;
	bool decrypt;
	unsigned int head_used;
	unsigned int readable;
	unsigned int total;
	unsigned int longest;
	u64 bytes;
	unsigned int answer_len;
	u64 wanted;
	unsigned int used;
	u8 iv[VC_BLOCK_MAX];
	struct scatterlist sg[VC_SG_MAX];
};

/* Bytes of the context that hold a request, wherever the context begins */
#define VC_REQ_SIZE	(sizeof(struct vc_req) + ARCH_DMA_MINALIGN)

static inline struct vc_req *vc_req_of(void *context)
{
	return PTR_ALIGN((struct vc_req *)context, ARCH_DMA_MINALIGN);
}

/**
 * struct vc_data - what a data request is about
 * @session: the session, or NULL
 * @params: what the session is for
 * @iv: initialization vector
 * @iv_len: its length
 * @aad_len: bytes in the additional data
 * @src_len: bytes in the source
 * @dst_len: bytes in the destination, without a chain's digest
 * @plan: NULL, or what a program asked for
 */
struct vc_data {
	const struct vc_session *session;
	const struct vc_params *params;
	const u8 *iv;
	u32 iv_len;
	u32 aad_len;
	u32 src_len;
	u32 dst_len;
	const struct vc_plan *plan;
};

/**
 * struct vc_wire - a protocol
 * @protocol: its number for programs
 * @aead_aad_last: AEAD's additional data follows the source
 * @counts_all: the limit is for all of a request, not only for its parameters
 * @lists: operands of computations are lists
 * @any_tag: tags may be shorter than 16 bytes
 * @create_answer: bytes in the answer to a command that makes a session
 * @control_index: the control queue's index
 * @data_index: the first data queue's
 * @setup: reads what does not change of the configuration
 * @ready: whether the device serves requests now
 * @create: encodes the header of a command that makes a session
 * @created: decodes its answer
 * @destroy: encodes the whole command that destroys one
 * @data: encodes a data request's header
 * @error: the kernel's error for a status
 * @offers: whether the device may have an algorithm
 * @list_algorithms: tells what the device has; false: sessions have to tell
 *                   which symmetric algorithms it has
 */
struct vc_wire {
	u32 protocol;
	bool aead_aad_last;
	bool counts_all;
	bool lists;
	bool any_tag;
	unsigned int create_answer;
	unsigned int (*control_index)(const struct vc_dev *dev);
	unsigned int (*data_index)(const struct vc_dev *dev);
	int (*setup)(struct vc_dev *dev);
	bool (*ready)(struct vc_dev *dev);
	unsigned int (*create)(const struct vc_dev *dev,
			       const struct vc_params *params, u8 *to);
	int (*created)(const struct vc_dev *dev, const u8 *from,
		       unsigned int used, u64 *id);
	unsigned int (*destroy)(const struct vc_dev *dev,
				const struct vc_params *params, u64 id,
				u8 *to);
	unsigned int (*data)(const struct vc_dev *dev,
			     const struct vc_data *data, u8 *to);
	int (*error)(u8 status);
	bool (*offers)(struct vc_dev *dev, const struct vc_params *params);
	bool (*list_algorithms)(struct vc_dev *dev, struct vcrypto_info *info);
};

extern const struct vc_wire vc_wire_virtio;
extern const struct vc_wire vc_wire_rfc;

#define VC_CREATE_HEAD_MAX	80	/* bytes in a command without keys */

/* device.c */
void vc_dev_get(struct vc_dev *dev);
void vc_dev_put(struct vc_dev *dev);
bool vc_dev_is_steady(struct vc_dev *dev);
int vc_device_init(void);
void vc_device_exit(void);

/* control.c */
void vc_control_init(struct vc_control *control);
void vc_control_start(struct vc_control *control, struct virtqueue *vq);
void vc_control_stop(struct vc_control *control);
void vc_control_clear(struct vc_control *control);
void vc_control_answered(struct virtqueue *vq);
int vc_control_run(struct vc_dev *dev, u32 generation, const u8 *head,
		   unsigned int head_len, const u8 *key, unsigned int key_len,
		   u8 *answer, unsigned int answer_len);

/* queue.c */
void vc_queue_init(struct vc_queue *queue, struct vc_dev *dev,
		   unsigned int index);
void vc_queue_start(struct vc_queue *queue, struct virtqueue *vq);
void vc_queue_open(struct vc_queue *queue);
void vc_queue_close(struct vc_queue *queue);
void vc_queue_end_programs(struct vc_queue *queue);
bool vc_queue_drain(struct vc_queue *queue, unsigned long timeout);
void vc_queue_clear(struct vc_queue *queue, int err);
void vc_queue_used(struct virtqueue *vq);
int vc_queue_submit(struct vc_dev *dev, struct vc_req *req, bool may_wait);

/* request.c */
bool vc_req_begin(const struct vc_session *session, struct vc_req *req,
		  struct vc_data *data);
void vc_req_begin_bare(const struct vc_dev *dev, struct vc_req *req,
		       const struct vc_data *data);
void vc_req_read_copy(struct vc_req *req, const void *bytes,
		      unsigned int len);
void vc_req_read(struct vc_req *req, struct scatterlist *sg,
		 unsigned int skip, unsigned int len);
void vc_req_write(struct vc_req *req, struct scatterlist *sg,
		  unsigned int skip, unsigned int len);
void vc_req_read_bytes(struct vc_req *req, void *bytes, unsigned int len);
void vc_req_write_bytes(struct vc_req *req, void *bytes, unsigned int len);
void vc_req_write_field(struct vc_req *req, unsigned int index);
void vc_req_finish(struct vc_req *req, unsigned int extra);
bool vc_req_fits(const struct vc_dev *dev, const struct vc_req *req);
int vc_req_result(const struct vc_dev *dev, const struct vc_req *req);
void vc_req_end(struct vc_req *req, int err);
void vc_req_wipe(struct vc_req *req);

/* list.c */
#define VC_LIST_FIELD	4	/* bytes of a length */
#define VC_LIST_MAX	8192	/* bytes of a session's list */
#define VC_OPERATION(service, number)	((service) << 24 | (number))

/**
 * struct vc_list - a list of operands
 * @bytes: where it is
 * @len: bytes so far
 * @room: bytes that there are
 * @little_endian: of the lengths
 * @full: it had no room for an operand
 */
struct vc_list {
	u8 *bytes;
	size_t len;
	size_t room;
	bool little_endian;
	bool full;
};

void vc_list_add_len(struct vc_list *list, u32 len);
void vc_list_add(struct vc_list *list, const void *bytes, u32 len);
void vc_list_add_number(struct vc_list *list, u8 number);
bool vc_list_has_len(const struct vc_dev *dev, const u8 *field, u32 len);

/* session.c */
struct vc_session *vc_session_new(struct vc_dev *dev,
				  const struct vc_params *params,
				  const u8 *key, const u8 *auth_key);
void vc_session_get(struct vc_session *session);
void vc_session_put(struct vc_session *session);
void vc_sessions_init(struct vc_dev *dev);
void vc_sessions_start(struct vc_dev *dev);
void vc_sessions_restore(struct vc_dev *dev);
void vc_sessions_stop(struct vc_dev *dev);
void vc_sessions_reap(struct vc_dev *dev);
bool vc_session_ready(const struct vc_session *session);

/**
 * struct vc_pair - the sessions of a key, to encrypt and to decrypt
 */
struct vc_pair {
	struct vc_session *way[2];
};

/* registry.c */
/* How a device's computation compares with software's */
enum vc_outcome {
	VC_RIGHT,
	VC_WRONG,
	VC_UNKNOWN,	/* one of them does not compute */
};

/**
 * struct vc_alg_type - how a kind of algorithms is registered
 * @add: registers it
 * @del: takes it back
 * @base: what the kernel knows of it
 * @try: compares a device with software, or NULL
 */
struct vc_alg_type {
	int (*add)(struct vc_alg *alg);
	void (*del)(struct vc_alg *alg);
	struct crypto_alg *(*base)(struct vc_alg *alg);
	enum vc_outcome (*try)(struct vc_alg *alg, struct vc_dev *dev);
};

/**
 * struct vc_alg - an algorithm of the kernel
 * @type: how it is registered
 * @params: of its sessions, but for the keys' bytes
 * @stock: whether Linux's own driver has it too
 * @index: its bit in a device's mask
 * @registered: whether the kernel has it
 * @wanted: it is to be registered, once more if it failed its test
 */
struct vc_alg {
	const struct vc_alg_type *type;
	struct vc_params params;
	bool stock;
	unsigned int index;
	bool registered;
	bool wanted;
};

extern bool vc_prefer_all;

void vc_registry_add(struct vc_alg *alg);
bool vc_registry_explore(struct vc_dev *dev);
void vc_registry_accept(struct vc_dev *dev);
bool vc_registry_link(struct vc_dev *dev);
void vc_registry_unlink(struct vc_dev *dev);
void vc_registry_update(void);
void vc_registry_clean(void);
void vc_registry_exit(void);
struct vc_dev *vc_registry_pick(const struct vc_alg *alg);
bool vc_pair_make(struct vc_pair *pair, struct vc_dev *dev,
		  const struct vc_params *params, const u8 *key,
		  const u8 *auth_key);
void vc_pair_set(struct vc_pair *pair, const struct vc_alg *alg,
		 const struct vc_params *params, const u8 *key,
		 const u8 *auth_key);
void vc_pair_clear(struct vc_pair *pair);

/*
 * Linux's own driver has 150, and plain code at most 200.  What processors have
 * instructions for begins at 250.  A template of authenc() has ten times its
 * cipher's and once its hash's, of at most 250: this is above those of plain
 * code, and of these ciphers.
 */
#define VC_PRIORITY_STOCK	140
#define VC_PRIORITY		225
#define VC_PRIORITY_AUTHENC	2500
#define VC_FLAGS	(CRYPTO_ALG_ASYNC | CRYPTO_ALG_NEED_FALLBACK | \
			 CRYPTO_ALG_KERN_DRIVER_ONLY)
/*
 * A twin completes at once, and is not one of these algorithms.  Like them, it
 * allocates nothing: disks rely on that.
 */
#define VC_TWIN_MASK	(CRYPTO_ALG_ASYNC | CRYPTO_ALG_NEED_FALLBACK | \
			 CRYPTO_ALG_ALLOCATES_MEMORY)

static inline int vc_priority(const struct vc_alg *alg)
{
	return alg->stock && !vc_prefer_all ? VC_PRIORITY_STOCK : VC_PRIORITY;
}

/* The kernel's algorithms */
void vc_skcipher_init(void);
void vc_aead_init(void);
void vc_authenc_init(void);
void vc_rsa_init(void);
void vc_dh_init(void);
void vc_ecdh_init(void);

/* kpp.c: for dh.c and ecdh.c */

/**
 * struct vc_kpp_key - what belongs to a key; its context begins with it
 * @twin: the software that does what no device can
 * @submit: sends a request to the device; returns -EINPROGRESS, -EBUSY, or an
 *          error of what the twin has to do
 */
struct vc_kpp_key {
	struct crypto_kpp *twin;
	int (*submit)(struct vc_kpp_key *key, struct kpp_request *req,
		      bool share);
};

int vc_kpp_init_key(struct crypto_kpp *tfm);
unsigned int vc_kpp_max_size(struct crypto_kpp *tfm);
int vc_kpp_generate(struct kpp_request *req);
int vc_kpp_share(struct kpp_request *req);
void vc_kpp_own(struct vc_req *vr, struct kpp_request *req, bool share);

/* aead.c: also for authenc.c */

struct vc_aead_key;

/**
 * struct vc_aead - an AEAD algorithm of the kernel
 * @submit: sends a request to the device; returns -EINPROGRESS, -EBUSY, or an
 *          error of what the twin has to do
 * @set_trial_key: sets a twin's key to the one of a trial; its MAC's key has
 *                 the same bytes
 */
struct vc_aead {
	struct vc_alg vc;
	struct aead_alg alg;
	int (*submit)(struct vc_aead_key *key, struct aead_request *req,
		      bool decrypt);
	int (*set_trial_key)(struct crypto_aead *twin,
			     const struct vc_params *params, const u8 *bytes);
};

/**
 * struct vc_aead_key - what belongs to a key; its context begins with it
 * @twin: the software that does what no device can
 */
struct vc_aead_key {
	const struct vc_aead *aead;
	struct vc_pair pair;
	struct crypto_aead *twin;
};

extern const struct vc_alg_type vc_aead_type;

int vc_aead_init_key(struct crypto_aead *tfm);
void vc_aead_exit_key(struct crypto_aead *tfm);
int vc_aead_set_twin_key(struct crypto_aead *tfm, const u8 *bytes,
			 unsigned int len);
int vc_aead_encrypt(struct aead_request *req);
int vc_aead_decrypt(struct aead_request *req);
void vc_aead_own(const struct vc_aead_key *key, struct vc_req *vr,
		 struct aead_request *req, bool decrypt);
void vc_aead_end(struct aead_request *req, int err, bool decrypt);

/* trial.c */
#define VC_TRIAL_KEY_MAX	64
#define VC_TRIAL_AAD		16	/* in the beginning, of AEAD */
#define VC_TRIAL_LEN		80	/* without a tag */

/**
 * struct vc_trial - a computation that the device and software are to do
 * @run: does it in place, by either; returns an error
 * @key: what @run needs
 * @tag_len: bytes in the tag, of AEAD
 * @wait: for the device
 */
struct vc_trial {
	int (*run)(struct vc_trial *trial, u8 *bytes, bool decrypt,
		   bool by_device);
	void *key;
	unsigned int tag_len;
	struct crypto_wait wait;
};

void vc_trial_fill(u8 *bytes, unsigned int len);
void vc_trial_fill_iv(u8 *iv);
enum vc_outcome vc_trial(struct vc_trial *trial);

/* file.c */
void vc_file_uncount_session(struct vc_file *file);

/* node.c */
void vc_node_init(struct vc_dev *dev);
void vc_node_start(struct vc_dev *dev);
void vc_node_stop(struct vc_dev *dev);
void vc_node_tell(struct vc_dev *dev);
int vc_node_error(struct vc_dev *dev);
int vc_node_ready(struct vc_dev *dev);

/* hwrng.c */
void vc_hwrng_start(struct vc_dev *dev);
void vc_hwrng_stop(struct vc_dev *dev);

#endif
