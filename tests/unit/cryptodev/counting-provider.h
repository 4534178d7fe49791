/*
 * A provider of OpenSSL's that counts what it is asked for, and can fail
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * It is a module, "virtio-crypto-counting.so", whose algorithms are those of
 * OpenSSL's default provider, in a library context of its own.  They have the
 * properties "provider=counting" and "fips=yes".  There are AES-ECB, AES-CBC
 * and AES-GCM; AES-CTR with keys of 128 bits alone; SHA-256 and MD5; HMAC with
 * SHA-256 alone; and RSA with keys that are imported, without padding.
 */

#ifndef TESTS_CRYPTODEV_COUNTING_PROVIDER_H
#define TESTS_CRYPTODEV_COUNTING_PROVIDER_H

#include <openssl/core.h>
#include <openssl/crypto.h>

/**
 * CountingProvider:
 * @fetches: how often OpenSSL has looked for algorithms: it may keep none
 * @contexts: how many contexts of operations were made
 * @operations: how many calls have computed something
 * @hash_names: how often HMAC was given the name of a hash
 * @keys: how many keys were taken or refused
 * @live: how many contexts there are
 * @loaded: how many library contexts have loaded it
 * @good: how many calls succeed before one fails, and so on; negative if none
 *        fails
 * @refuses_keys: whether all keys are refused
 * @lacks_hashes: whether it has no hashes
 * @fails_self_test: whether the self-test fails
 *
 * The state of the module, for one thread at a time.
 */
typedef struct CountingProvider {
    unsigned int fetches;
    unsigned int contexts;
    unsigned int operations;
    unsigned int hash_names;
    unsigned int keys;
    int live;
    int loaded;
    int good;
    bool refuses_keys;
    bool lacks_hashes;
    bool fails_self_test;
} CountingProvider;

/* By this name, dlsym() finds it. */
#define COUNTING_PROVIDER_SYMBOL "counting_provider"

extern CountingProvider counting_provider;

/* Count a context, unless it is NULL; returns it. */
void *counting_made(void *context);
/* Count a call that computes; returns whether it may succeed */
bool counting_may_run(void);
/* Count a key; returns whether to take it */
bool counting_takes_key(void);

extern const OSSL_ALGORITHM counting_asym_ciphers[];
extern const OSSL_ALGORITHM counting_keymgmts[];

#define COUNTING_PROPERTIES "provider=counting,fips=yes"

#endif
