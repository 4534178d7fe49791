/*
 * Conformance of backends: tests by backend and algorithm
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "conformance.h"
#include "conformance-reference.h"

/* Bytes that no algorithm takes long for */
#define LONGEST_MAX (200 * 1024)

typedef struct Data {
    CryptoDevBackend *backend;
    const CryptoDevCapability *capability;
    ConformanceTest *run;
} Data;

static void run_test(gconstpointer opaque)
{
    const Data *data = opaque;

    data->run(data->backend, data->capability);
}

void conformance_add(const Conformance *conformance,
                     const CryptoDevCapability *capability,
                     const char *name, ConformanceTest *run)
{
    g_autofree char *path = g_strconcat(conformance->path, name, NULL);
    Data *data = g_new(Data, 1);

    *data = (Data) { conformance->backend, capability, run };
    g_test_add_data_func_full(path, data, run_test, g_free);
}

void conformance_add_those(const Conformance *conformance,
                           CryptodevService service, const char *name,
                           bool (*fits)(const CryptoDevCapability *capability),
                           ConformanceTest *run)
{
    const CryptoDevCapability *capability;
    guint i = 0;

    while ((capability = cryptodev_backend_next(conformance->backend, &i))) {
        if (capability->service == service && reference_has(capability) &&
            (!fits || fits(capability))) {
            g_autofree char *whole =
                g_strconcat(name, "/", capability->name, NULL);

            conformance_add(conformance, capability, whole, run);
        }
    }
}

void conformance_add_each(const Conformance *conformance,
                          CryptodevService service, const char *name,
                          ConformanceTest *run)
{
    conformance_add_those(conformance, service, name, NULL, run);
}

bool conformance_has_longest(const CryptoDevCapability *capability)
{
    return capability->max_len && capability->max_len <= LONGEST_MAX;
}
