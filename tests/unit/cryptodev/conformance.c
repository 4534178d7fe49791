/*
 * Conformance of backends: tests by backend and algorithm
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "conformance.h"
#include "conformance-reference.h"

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

void conformance_add_each(const Conformance *conformance,
                          CryptodevService service, const char *name,
                          ConformanceTest *run)
{
    const CryptoDevCapability *capability;
    guint i = 0;

    while ((capability = cryptodev_backend_next(conformance->backend, &i))) {
        if (capability->service == service && reference_has(capability)) {
            g_autofree char *whole =
                g_strconcat(name, "/", capability->name, NULL);

            conformance_add(conformance, capability, whole, run);
        }
    }
}
