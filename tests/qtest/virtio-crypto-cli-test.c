/*
 * Tests of virtio-crypto's command line: options, mistakes and help
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <sys/wait.h>

#define BACKEND "cryptodev-backend-gcrypt,id=c0"
#define OPENSSL "cryptodev-backend-openssl,id=c1"
#define IPSEC_MB "cryptodev-backend-ipsec-mb,id=c3"
#define ABOVE   "cryptodev-backend-test,id=c2"
#define DEVICE  "virtio-crypto-pci,cryptodev=c0"
/* In JSON, with one thread for all data queues, without the closing brace */
#define DEVICE_MAPPED                                               \
    "{\"driver\":\"virtio-crypto-pci\",\"cryptodev\":\"c0\","       \
    "\"iothread-vq-mapping\":[{\"iothread\":\"io0\"}]"

/* The outcome of a run of QEMU */
typedef struct Outcome {
    int exit_status;
    char *out;
    char *err;
} Outcome;

static void outcome_clear(Outcome *outcome)
{
    g_free(outcome->out);
    g_free(outcome->err);
}

/* Runs QEMU with these arguments up to its end */
static Outcome run_qemu(const char *args)
{
    const char *binary = g_getenv("QTEST_QEMU_BINARY");
    g_autofree char *line = NULL;
    g_auto(GStrv) argv = NULL;
    Outcome outcome = { };
    GError *error = NULL;
    int status;

    if (!binary) {
        g_error("QTEST_QEMU_BINARY is not set");
    }
    line = g_strdup_printf("%s -accel qtest -display none -nodefaults %s",
                           binary, args);
    argv = g_strsplit(line, " ", -1);
    g_spawn_sync(NULL, argv, NULL, G_SPAWN_DEFAULT, NULL, NULL, &outcome.out,
                 &outcome.err, &status, &error);
    g_assert_no_error(error);
    g_assert_true(WIFEXITED(status));
    outcome.exit_status = WEXITSTATUS(status);
    return outcome;
}

/* A wrong command line, and a word that the one line of error must have */
typedef struct Mistake {
    const char *name;
    const char *args;
    const char *word;
} Mistake;

static const Mistake mistakes[] = {
    { "no-cryptodev", "-device virtio-crypto-pci", "cryptodev" },
    { "unknown-cryptodev", "-device " DEVICE, "c0" },
    { "wrong-object",
      "-object rng-builtin,id=c0 -device " DEVICE, "c0" },
    { "used-cryptodev",
      "-object " BACKEND " -device " DEVICE " -device " DEVICE, "c0" },
    { "queues-0", "-object " BACKEND ",queues=0", "queues" },
    { "queues-65", "-object " BACKEND ",queues=65", "queues" },
    { "queues-text", "-object " BACKEND ",queues=many", "queues" },
    { "throttle-ops-large",
      "-object " BACKEND ",throttle-ops=1000000000000001", "throttle-ops" },
    { "throttle-bps-text", "-object " BACKEND ",throttle-bps=fast",
      "throttle-bps" },
    { "rsa-implicit-rejection-text",
      "-object " BACKEND ",rsa-implicit-rejection=maybe",
      "rsa-implicit-rejection" },
    { "max-sessions-0",
      "-object " BACKEND " -device " DEVICE ",max-sessions=0",
      "max-sessions" },
    { "max-sessions-65537",
      "-object " BACKEND " -device " DEVICE ",max-sessions=65537",
      "max-sessions" },
    { "max-request-size-4095",
      "-object " BACKEND " -device " DEVICE ",max-request-size=4095",
      "max-request-size" },
    { "max-request-size-64M",
      "-object " BACKEND " -device " DEVICE ",max-request-size=67108865",
      "max-request-size" },
    { "max-pool-operations-3",
      "-object " BACKEND ",queues=4 -device " DEVICE ",max-pool-operations=3",
      "max-pool-operations" },
    { "max-pool-operations-4097",
      "-object " BACKEND " -device " DEVICE ",max-pool-operations=4097",
      "max-pool-operations" },
    { "pool-threads-65",
      "-object " BACKEND " -device " DEVICE ",pool-threads=65",
      "'pool-threads' must be between 1 and 64" },
    { "pool-threads-text",
      "-object " BACKEND " -device " DEVICE ",pool-threads=few",
      "pool-threads" },
    { "protocol",
      "-object " BACKEND " -device " DEVICE ",protocol=rfc",
      "'protocol' must be 'virtio' or 'rfc-v1'" },
    { "protocol-empty",
      "-object " BACKEND " -device " DEVICE ",protocol=",
      "'protocol' must be 'virtio' or 'rfc-v1'" },
    { "disable-unknown", "-object " BACKEND ",disable=rc5",
      "'disable' must list algorithms by the names that query-cryptodev shows,"
      " such as 'md5' or, with the service, 'hash/md5', not 'rc5'" },
    { "disable-other-service", "-object " BACKEND ",disable=aead/md5",
      "'disable' must list algorithms" },
    { "disable-no-list",
      "-object {\"qom-type\":\"cryptodev-backend-gcrypt\",\"id\":\"c0\","
      "\"disable\":\"md5\"}", "disable" },
    { "service-text", "-object " BACKEND " -device " DEVICE ",aead=maybe",
      "aead" },
    { "unknown-iothread",
      "-object " BACKEND " -device " DEVICE_MAPPED "}", "io0" },
    { "iothread-with-iommu",
      "-object " BACKEND " -object iothread,id=io0"
      " -device " DEVICE_MAPPED ",\"iommu_platform\":true}",
      "iothread-vq-mapping" },
    { "unknown-option",
      "-object " BACKEND " -device " DEVICE ",speed=high", "speed" },
#ifdef CONFIG_CRYPTODEV_OPENSSL
    { "openssl-unknown-provider",
      "-object " OPENSSL ",providers=default,providers=no-such",
      "OpenSSL cannot load the provider 'no-such': " },
    { "openssl-no-provider", "-object " OPENSSL ",providers=/dev/null",
      "OpenSSL cannot load the provider '/dev/null': " },
    { "openssl-nothing", "-object " OPENSSL ",propq=fips=yes",
      "the cryptodev has no algorithm: " },
    { "openssl-propq", "-object " OPENSSL ",propq=fips==",
      "'propq' must be a property query of OpenSSL's, not 'fips==': " },
    { "openssl-no-config", "-object " OPENSSL ",config=/no/such/file",
      "OpenSSL cannot load the configuration '/no/such/file': No such file or"
      " directory" },
    { "openssl-empty-config", "-object " OPENSSL ",config=/dev/null",
      "the configuration '/dev/null' has no 'openssl_conf = SECTION'" },
    { "openssl-folder", "-object " OPENSSL ",config=/",
      "the configuration '/' has no 'openssl_conf = SECTION'" },
    { "openssl-bad-config", "-object " OPENSSL ",config=/proc/self/cmdline",
      "OpenSSL cannot load the configuration '/proc/self/cmdline': " },
    { "openssl-multi-buffer-text", "-object " OPENSSL ",multi-buffer=maybe",
      "multi-buffer" },
    /* Whatever the build and the processor have */
    { "openssl-multi-buffer-chosen",
      "-object " OPENSSL ",multi-buffer=on,providers=default",
      "multi-buffer=on " },
    { "openssl-own-base", "-object " OPENSSL ",base=c1",
      "cryptodev 'c1' cannot be its own base" },
#endif
#ifdef CONFIG_CRYPTODEV_IPSEC_MB
    { "ipsec-mb-own-base", "-object " IPSEC_MB ",base=c3",
      "cryptodev 'c3' cannot be its own base" },
#endif
#ifdef HAVE_CRYPTODEV_TEST
    { "init", "-object " ABOVE ",init-error=made-up", ": made-up" },
    { "unknown-base", "-object " ABOVE ",base=c1",
      "'base' must be the ID of a cryptodev, not 'c1'" },
    { "base-of-device",
      "-object " BACKEND " -object " ABOVE ",base=c0 -device " DEVICE,
      "cryptodev 'c0' is the base of another one" },
#endif
};

/* QEMU prints one line that names the mistake, and exits with status 1 */
static void test_mistake(const void *data)
{
    const Mistake *mistake = data;
    g_autofree char *args = g_strdup_printf("-S -M pc %s", mistake->args);
    Outcome outcome = run_qemu(args);
    char *end = strchr(outcome.err, '\n');

    g_test_message("%s", outcome.err);
    g_assert_cmpint(outcome.exit_status, ==, 1);
    g_assert_nonnull(end);
    g_assert_cmpstr(end, ==, "\n");
    g_assert_nonnull(strstr(outcome.err, mistake->word));
    outcome_clear(&outcome);
}

/* How to ask for a type's help, and properties that it must show */
typedef struct Help {
    const char *name;
    const char *args;
    const char *properties[27];
} Help;

#define SWITCHES \
    "revision-1", "stateless", "cipher", "hash", "mac", "aead", "akcipher", \
    "dh", "dsa", "rsa", "ec", "ecdh", "ecdsa", "key", "ln", "prime", "drbg", \
    "nrbg", "rand"

static const Help helps[] = {
    { "virtio-crypto-pci", "-device virtio-crypto-pci,help",
      { "cryptodev", "max-sessions", "max-request-size", "max-pool-operations",
        "pool-threads", "protocol", "iothread-vq-mapping", SWITCHES } },
    { "virtio-crypto-device", "-device virtio-crypto-device,help",
      { "cryptodev", "max-sessions", "max-request-size", "protocol",
        "iothread-vq-mapping", SWITCHES } },
    { "cryptodev-backend-gcrypt", "-object cryptodev-backend-gcrypt,help",
      { "queues", "disable", "rsa-implicit-rejection", "throttle-bps",
        "throttle-ops" } },
    { "cryptodev-backend-builtin", "-object cryptodev-backend-builtin,help",
      { "queues", "disable", "rsa-implicit-rejection", "throttle-bps",
        "throttle-ops" } },
#ifdef CONFIG_CRYPTODEV_OPENSSL
    { "cryptodev-backend-openssl", "-object cryptodev-backend-openssl,help",
      { "base", "config", "disable", "multi-buffer", "propq", "providers",
        "queues", "throttle-bps", "throttle-ops" } },
#endif
#ifdef CONFIG_CRYPTODEV_IPSEC_MB
    { "cryptodev-backend-ipsec-mb", "-object cryptodev-backend-ipsec-mb,help",
      { "base", "disable", "queues", "rsa-implicit-rejection", "throttle-bps",
        "throttle-ops" } },
#endif
};

static bool is_described(const char *line)
{
    const char *dash = strstr(line, " - ");

    return dash && strlen(dash) > 10;
}

/* The line of help "  name=<type>  - description" */
static const char *find_property(const GStrv lines, const char *property)
{
    g_autofree char *start = g_strdup_printf("  %s=<", property);

    for (size_t i = 0; lines[i]; i++) {
        if (g_str_has_prefix(lines[i], start)) {
            return lines[i];
        }
    }
    g_error("no property %s", property);
}

static void test_help(const void *data)
{
    const Help *help = data;
    Outcome outcome = run_qemu(help->args);
    g_auto(GStrv) lines = g_strsplit(outcome.out, "\n", -1);

    g_assert_cmpint(outcome.exit_status, ==, 0);
    g_assert_cmpstr(outcome.err, ==, "");
    for (size_t i = 0; help->properties[i]; i++) {
        if (!is_described(find_property(lines, help->properties[i]))) {
            g_error("property %s is not described", help->properties[i]);
        }
    }
    /* A backend's properties are all ours */
    for (size_t i = 1; lines[i] && strstr(help->args, "-object"); i++) {
        if (lines[i][0] && !is_described(lines[i])) {
            g_error("not described: %s", lines[i]);
        }
    }
    outcome_clear(&outcome);
}

int main(int argc, char **argv)
{
    g_test_init(&argc, &argv, NULL);
    for (size_t i = 0; i < ARRAY_SIZE(mistakes); i++) {
        g_autofree char *path =
            g_strdup_printf("/virtio-crypto-cli/mistake/%s",
                            mistakes[i].name);

        g_test_add_data_func(path, &mistakes[i], test_mistake);
    }
    for (size_t i = 0; i < ARRAY_SIZE(helps); i++) {
        g_autofree char *path =
            g_strdup_printf("/virtio-crypto-cli/help/%s", helps[i].name);

        g_test_add_data_func(path, &helps[i], test_help);
    }
    return g_test_run();
}
