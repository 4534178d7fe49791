/*
 * Cryptography backends: the human monitor
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "monitor/hmp.h"
#include "monitor/monitor.h"
#include "qapi/qapi-commands-cryptodev.h"

static void print_queues(Monitor *mon, const CryptodevQueueList *list)
{
    for (; list; list = list->next) {
        monitor_printf(mon, "  queue %" PRIu32 ": %s\n", list->value->queue,
                       CryptodevType_str(list->value->type));
    }
}

static void print_device(Monitor *mon, const CryptodevDevice *device)
{
    monitor_printf(mon, "  device: %s\n", device->qom_path);
    monitor_printf(mon, "  protocol: %s\n",
                   VirtioCryptoProtocol_str(device->protocol));
    monitor_printf(mon, "  sessions: %" PRIu32 " of %" PRIu32 "\n",
                   device->sessions, device->max_sessions);
}

/* The names are those that the backend's property "disable" takes. */
static void print_algorithms(Monitor *mon, const CryptodevAlgorithmList *list)
{
    for (; list; list = list->next) {
        monitor_printf(mon, "  algorithm: %s/%s\n",
                       CryptodevService_str(list->value->service),
                       list->value->name);
    }
}

void hmp_info_cryptodev(Monitor *mon, const QDict *qdict)
{
    g_autoptr(CryptodevInfoList) list = qmp_query_cryptodev(NULL);

    for (CryptodevInfoList *entry = list; entry; entry = entry->next) {
        const CryptodevInfo *backend = entry->value;

        monitor_printf(mon, "%s:\n", backend->id);
        print_queues(mon, backend->client);
        if (backend->device) {
            print_device(mon, backend->device);
        }
        print_algorithms(mon, backend->algorithms);
    }
}
