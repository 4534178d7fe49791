/*
 * Cryptography backends: the human monitor
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "monitor/hmp.h"
#include "monitor/monitor.h"
#include "qapi/qapi-commands-cryptodev.h"

static void print_services(Monitor *mon, const CryptodevServiceList *list)
{
    monitor_printf(mon, ", services");
    for (; list; list = list->next) {
        monitor_printf(mon, " %s", CryptodevService_str(list->value));
    }
}

static void print_algorithms(Monitor *mon, const CryptodevAlgorithmList *list)
{
    monitor_printf(mon, ", algorithms");
    for (; list; list = list->next) {
        monitor_printf(mon, " %s", list->value->name);
    }
}

static void print_device(Monitor *mon, const CryptodevDevice *device)
{
    monitor_printf(mon, "    device %s: protocol %s, sessions %" PRIu32
                   " of %" PRIu32 "\n", device->qom_path,
                   VirtioCryptoProtocol_str(device->protocol),
                   device->sessions, device->max_sessions);
}

void hmp_info_cryptodev(Monitor *mon, const QDict *qdict)
{
    g_autoptr(CryptodevInfoList) list = qmp_query_cryptodev(NULL);

    for (CryptodevInfoList *entry = list; entry; entry = entry->next) {
        const CryptodevInfo *backend = entry->value;

        monitor_printf(mon, "%s: queues %zu", backend->id,
                       QAPI_LIST_LENGTH(backend->client));
        print_services(mon, backend->service);
        print_algorithms(mon, backend->algorithms);
        monitor_printf(mon, "\n");
        if (backend->device) {
            print_device(mon, backend->device);
        }
    }
}
