// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Compare two implementations of a cipher or AEAD, with many requests in flight
 *
 * Requests have random lengths, directions, contents and scatterlists, in place
 * or not.  Loading the module runs them; it fails if a result differs.  It is
 * to be removed after that, if it has loaded.
 */
#include <linux/completion.h>
#include <linux/kprobes.h>
#include <linux/ktime.h>
#include <linux/module.h>
#include <linux/random.h>
#include <linux/scatterlist.h>
#include <linux/rtnetlink.h>
#include <linux/slab.h>
#include <linux/version.h>
#include <linux/wait.h>
#include <crypto/aead.h>
#include <crypto/authenc.h>
#include <crypto/skcipher.h>

#define PARTS		8	/* scatterlist entries */
#define ROOM		512	/* behind the data, for odd parts and tags */
#define IV_MAX		16
#define KEY_MAX		256
#define DEPTH_MAX	4096

static char *driver = "";
module_param(driver, charp, 0);
MODULE_PARM_DESC(driver, "the implementation to test");
static char *reference = "";
module_param(reference, charp, 0);
MODULE_PARM_DESC(reference, "the one that is right, and synchronous");
static unsigned int key_len = 16;
module_param(key_len, uint, 0);
MODULE_PARM_DESC(key_len, "bytes in the cipher's key");
static unsigned int auth_len;
module_param(auth_len, uint, 0);
MODULE_PARM_DESC(auth_len, "bytes in the MAC's key, of authenc()");
static unsigned int tag_len;
module_param(tag_len, uint, 0);
MODULE_PARM_DESC(tag_len, "bytes in the tag, of an AEAD algorithm");
static unsigned int unit = 1;
module_param(unit, uint, 0);
MODULE_PARM_DESC(unit, "lengths are multiples of it");
static unsigned int min_len;
module_param(min_len, uint, 0);
MODULE_PARM_DESC(min_len, "and at least this");
static unsigned int max_len = 4096;
module_param(max_len, uint, 0);
MODULE_PARM_DESC(max_len, "and at most this");
static unsigned int depth = 64;
module_param(depth, uint, 0);
MODULE_PARM_DESC(depth, "requests in flight");
static unsigned int count = 1024;
module_param(count, uint, 0);
MODULE_PARM_DESC(count, "requests in all");
static unsigned int first_iv;
module_param(first_iv, uint, 0);
MODULE_PARM_DESC(first_iv, "the vector's first byte, if it is not random");
static bool lenient;
module_param(lenient, bool, 0);
MODULE_PARM_DESC(lenient, "the device may go away: -ENODEV is good");
static bool plain;
module_param(plain, bool, 0);
MODULE_PARM_DESC(plain, "only measure: encrypt, and compare nothing");

/* One of the requests in flight */
struct slot {
	void *req;
	u8 *src;		/* what was given */
	u8 *dst;		/* where the result is */
	u8 *want;		/* what is right */
	struct scatterlist src_sg[PARTS];
	struct scatterlist dst_sg[PARTS];
	u8 iv[IV_MAX];
	u8 want_iv[IV_MAX];
	unsigned int len;
	unsigned int aad;
	bool decrypt;
	int wanted;		/* the outcome that is right */
	int err;
	int done;
	int returned;		/* by the call that submitted it */
	int noted;		/* how often it was told that it left a backlog */
};

static bool is_aead;
static struct crypto_skcipher *cipher, *cipher_reference;
static struct crypto_aead *aead, *aead_reference;
static struct slot *slots;
static DECLARE_WAIT_QUEUE_HEAD(progress);
static atomic_t finished = ATOMIC_INIT(0);
static atomic_t kicks = ATOMIC_INIT(0);
static atomic_t total = ATOMIC_INIT(0);
static unsigned int begun, waited, gone, twice, failed;

static bool submit_next(struct slot *slot);

static int count_kick(struct kprobe *probe, struct pt_regs *regs)
{
	atomic_inc(&kicks);
	return 0;
}

static struct kprobe kick_probe = {
	.symbol_name = "vp_notify",
	.pre_handler = count_kick,
};

static void note_end(struct slot *slot, int err)
{
	if (err == -EINPROGRESS) {
		slot->noted++;
		return;
	}
	if (READ_ONCE(slot->done))
		twice++;
	/* To measure, let no thread come between one request and the next. */
	if (plain && !err && submit_next(slot))
		return;
	slot->err = err;
	smp_store_release(&slot->done, 1);
	atomic_inc(&finished);
	wake_up(&progress);
}

#if LINUX_VERSION_CODE >= KERNEL_VERSION(6, 3, 0)
static void end(void *data, int err)
{
	note_end(data, err);
}
#else
static void end(struct crypto_async_request *req, int err)
{
	note_end(req->data, err);
}
#endif

static unsigned int random_below(unsigned int limit)
{
	return limit ? get_random_u32() % limit : 0;
}

/* Cut a buffer into parts.  The last one has more than the request needs. */
static void cut(struct scatterlist *sg, u8 *buffer, unsigned int len)
{
	unsigned int parts = 1 + random_below(PARTS);
	unsigned int i, part;

	sg_init_table(sg, parts);
	for (i = 0; i < parts; i++) {
		part = i + 1 < parts ? random_below(len / 2) : len;
		if (!part)
			part = min(len, 1U);
		sg_set_buf(&sg[i], buffer, part + (i + 1 < parts ? 0 : 64));
		buffer += part;
		len -= part;
	}
}

static unsigned int whole_len(const struct slot *slot)
{
	return slot->aad + slot->len + tag_len;
}

static int run_cipher(struct crypto_skcipher *tfm, struct slot *slot,
		      void *memory, struct scatterlist *sg)
{
	struct skcipher_request *req = memory;

	skcipher_request_set_tfm(req, tfm);
	skcipher_request_set_callback(req, 0, NULL, NULL);
	skcipher_request_set_crypt(req, sg, sg, slot->len, slot->want_iv);
	return slot->decrypt ? crypto_skcipher_decrypt(req)
			     : crypto_skcipher_encrypt(req);
}

static int run_aead(struct crypto_aead *tfm, struct slot *slot, void *memory,
		    struct scatterlist *sg, bool decrypt)
{
	struct aead_request *req = memory;

	aead_request_set_tfm(req, tfm);
	aead_request_set_callback(req, 0, NULL, NULL);
	aead_request_set_crypt(req, sg, sg,
			       slot->len + (decrypt ? tag_len : 0),
			       slot->want_iv);
	aead_request_set_ad(req, slot->aad);
	return decrypt ? crypto_aead_decrypt(req) : crypto_aead_encrypt(req);
}

/* What is right, and a tag for what is to be decrypted, sometimes a wrong one */
static void compute(struct slot *slot)
{
	unsigned int size = is_aead ? crypto_aead_reqsize(aead_reference)
				    : crypto_skcipher_reqsize(cipher_reference);
	void *memory = kmalloc(sizeof(struct aead_request) + size,
			       GFP_KERNEL | __GFP_NOFAIL);
	struct scatterlist sg;

	memcpy(slot->want, slot->src, whole_len(slot));
	memcpy(slot->want_iv, slot->iv, IV_MAX);
	sg_init_one(&sg, slot->want, whole_len(slot));
	if (!is_aead) {
		slot->wanted = run_cipher(cipher_reference, slot, memory, &sg);
	} else if (!slot->decrypt) {
		slot->wanted = run_aead(aead_reference, slot, memory, &sg,
					false);
	} else {
		slot->wanted = run_aead(aead_reference, slot, memory, &sg,
					false);
		memcpy(slot->src, slot->want, whole_len(slot));
		if (!random_below(8))
			slot->src[random_below(whole_len(slot))] ^= 1;
		memcpy(slot->want, slot->src, whole_len(slot));
		memcpy(slot->want_iv, slot->iv, IV_MAX);
		slot->wanted = run_aead(aead_reference, slot, memory, &sg,
					true);
	}
	kfree(memory);
}

static void choose(struct slot *slot)
{
	unsigned int units = (max_len - min_len) / unit;

	slot->len = plain ? max_len : min_len + unit * random_below(units + 1);
	slot->aad = is_aead ? random_below(5) * 4 + 8 : 0;
	slot->decrypt = !plain && random_below(2);
	get_random_bytes(slot->src, plain ? 0 : whole_len(slot));
	get_random_bytes(slot->iv, IV_MAX);
	/* CCM's vector must end in zeros, where the length goes. */
	if (first_iv) {
		slot->iv[0] = first_iv;
		memset(slot->iv + IV_MAX - 1 - first_iv, 0, first_iv + 1);
	}
	slot->done = 0;
	slot->noted = 0;
	if (plain) {
		sg_init_one(slot->src_sg, slot->src, whole_len(slot) + 64);
		return;
	}
	compute(slot);
	cut(slot->src_sg, slot->src, whole_len(slot));
	cut(slot->dst_sg, slot->dst, whole_len(slot));
	memset(slot->dst, 0, whole_len(slot));
}

static int submit(struct slot *slot)
{
	u32 flags = CRYPTO_TFM_REQ_MAY_BACKLOG | CRYPTO_TFM_REQ_MAY_SLEEP;
	bool in_place = plain || random_below(2);
	struct scatterlist *dst = in_place ? slot->src_sg : slot->dst_sg;
	struct aead_request *req = slot->req;

	if (in_place && !plain) {
		memcpy(slot->dst, slot->src, whole_len(slot));
		cut(slot->dst_sg, slot->dst, whole_len(slot));
		dst = slot->dst_sg;
	}
	if (!is_aead) {
		skcipher_request_set_callback(slot->req, flags, end, slot);
		skcipher_request_set_crypt(slot->req,
					   in_place ? dst : slot->src_sg, dst,
					   slot->len, slot->iv);
		return slot->decrypt ? crypto_skcipher_decrypt(slot->req)
				     : crypto_skcipher_encrypt(slot->req);
	}
	aead_request_set_callback(req, flags, end, slot);
	aead_request_set_crypt(req, in_place ? dst : slot->src_sg, dst,
			       slot->len + (slot->decrypt ? tag_len : 0),
			       slot->iv);
	aead_request_set_ad(req, slot->aad);
	return slot->decrypt ? crypto_aead_decrypt(req)
			     : crypto_aead_encrypt(req);
}

/* Whether another one is in flight in its place */
static bool submit_next(struct slot *slot)
{
	if (slot->returned != -EINPROGRESS || slot->noted)
		return false;
	if (atomic_inc_return(&total) > count) {
		atomic_dec(&total);
		return false;
	}
	return submit(slot) == -EINPROGRESS;
}

static void begin(struct slot *slot)
{
	choose(slot);
	begun++;
	atomic_inc(&total);
	slot->returned = submit(slot);
	if (slot->returned != -EINPROGRESS && slot->returned != -EBUSY)
		note_end(slot, slot->returned);
}

/* Compare the result, without the additional data, and the vector. */
static void check(struct slot *slot)
{
	unsigned int len = slot->len;

	/* It must leave a backlog once, before it ends. */
	if (slot->noted != (slot->returned == -EBUSY))
		twice++;
	if (slot->returned == -EBUSY)
		waited++;
	if (lenient && slot->err == -ENODEV) {
		gone++;
		return;
	}
	if (is_aead && !slot->decrypt)
		len += tag_len;
	if (plain && !slot->err)
		return;
	if (slot->err == slot->wanted &&
	    (slot->err || !memcmp(slot->dst + slot->aad,
				  slot->want + slot->aad, len)) &&
	    (slot->err || is_aead || strstr(driver, "xts") ||
	     !memcmp(slot->iv, slot->want_iv,
		     crypto_skcipher_ivsize(cipher))))
		return;
	if (failed++ < 5)
		pr_err("vcompare: %s: %s of %u bytes: %d, wanted %d\n",
		       driver, slot->decrypt ? "decryption" : "encryption",
		       slot->len, slot->err, slot->wanted);
}

static void run(void)
{
	unsigned int i, ended = 0;

	for (i = 0; i < depth && atomic_read(&total) < count; i++)
		begin(&slots[i]);
	while (ended < begun) {
		wait_event(progress, atomic_read(&finished) > ended);
		for (i = 0; i < depth; i++) {
			if (!smp_load_acquire(&slots[i].done))
				continue;
			check(&slots[i]);
			slots[i].done = 0;
			ended++;
			if (atomic_read(&total) < count)
				begin(&slots[i]);
		}
		cond_resched();
	}
}

static int set_key(const u8 *key, unsigned int len)
{
	int err;

	if (!is_aead) {
		err = crypto_skcipher_setkey(cipher, key, len);
		return err ? err : crypto_skcipher_setkey(cipher_reference,
							  key, len);
	}
	err = crypto_aead_setkey(aead, key, len);
	if (!err)
		err = crypto_aead_setkey(aead_reference, key, len);
	if (!err)
		err = crypto_aead_setauthsize(aead, tag_len);
	return err ? err : crypto_aead_setauthsize(aead_reference, tag_len);
}

/* authenc() has its keys in an encoding of its own. */
static int make_key(void)
{
	struct { struct rtattr attr; __be32 enc_len; } head = {
		.attr = { sizeof(head), CRYPTO_AUTHENC_KEYA_PARAM },
		.enc_len = cpu_to_be32(key_len),
	};
	unsigned int used = auth_len ? sizeof(head) : 0;
	u8 *key = kmalloc(KEY_MAX, GFP_KERNEL);
	int err = -ENOMEM;

	if (key) {
		memcpy(key, &head, sizeof(head));
		get_random_bytes(key + used, auth_len + key_len);
		err = set_key(key, used + auth_len + key_len);
		kfree(key);
	}
	return err;
}

static int make_tfms(void)
{
	is_aead = tag_len;
	if (is_aead) {
		aead = crypto_alloc_aead(driver, 0, 0);
		aead_reference = crypto_alloc_aead(reference, 0,
						   CRYPTO_ALG_ASYNC);
		return PTR_ERR_OR_ZERO(aead) ?: PTR_ERR_OR_ZERO(aead_reference);
	}
	cipher = crypto_alloc_skcipher(driver, 0, 0);
	cipher_reference = crypto_alloc_skcipher(reference, 0,
						 CRYPTO_ALG_ASYNC);
	return PTR_ERR_OR_ZERO(cipher) ?: PTR_ERR_OR_ZERO(cipher_reference);
}

static void free_tfms(void)
{
	if (!IS_ERR_OR_NULL(aead))
		crypto_free_aead(aead);
	if (!IS_ERR_OR_NULL(aead_reference))
		crypto_free_aead(aead_reference);
	if (!IS_ERR_OR_NULL(cipher))
		crypto_free_skcipher(cipher);
	if (!IS_ERR_OR_NULL(cipher_reference))
		crypto_free_skcipher(cipher_reference);
}

static int make_slot(struct slot *slot)
{
	slot->src = kmalloc(max_len + ROOM, GFP_KERNEL);
	slot->dst = kmalloc(max_len + ROOM, GFP_KERNEL);
	slot->want = kmalloc(max_len + ROOM, GFP_KERNEL);
	if (is_aead)
		slot->req = aead_request_alloc(aead, GFP_KERNEL);
	else
		slot->req = skcipher_request_alloc(cipher, GFP_KERNEL);
	return slot->src && slot->dst && slot->want && slot->req ? 0 : -ENOMEM;
}

static void free_slot(struct slot *slot)
{
	kfree(slot->src);
	kfree(slot->dst);
	kfree(slot->want);
	kfree_sensitive(slot->req);
}

static int make_slots(void)
{
	unsigned int i;
	int err = 0;

	depth = clamp(depth, 1U, (unsigned int)DEPTH_MAX);
	slots = kvcalloc(depth, sizeof(*slots), GFP_KERNEL);
	if (!slots)
		return -ENOMEM;
	for (i = 0; i < depth && !err; i++)
		err = make_slot(&slots[i]);
	return err;
}

static void free_slots(void)
{
	unsigned int i;

	for (i = 0; slots && i < depth; i++)
		free_slot(&slots[i]);
	kvfree(slots);
}

static void report(ktime_t began)
{
	pr_info("vcompare: %s: %u requests, %u wrong, %u waited, %u gone, %u kicks, %lld us\n",
		driver, atomic_read(&total), failed + twice, waited, gone,
		atomic_read(&kicks),
		ktime_us_delta(ktime_get(), began));
}

static int __init compare(void)
{
	ktime_t began;
	bool probed;
	int err = make_tfms();

	if (!err)
		err = make_key();
	if (!err)
		err = make_slots();
	if (!err) {
		probed = !register_kprobe(&kick_probe);
		began = ktime_get();
		run();
		report(began);
		if (probed)
			unregister_kprobe(&kick_probe);
	}
	free_slots();
	free_tfms();
	return err ? err : failed || twice ? -EBADE : 0;
}

static void __exit finish(void)
{
}

module_init(compare);
module_exit(finish);
MODULE_DESCRIPTION("Compare two implementations of an algorithm");
MODULE_LICENSE("GPL");
