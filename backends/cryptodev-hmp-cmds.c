/*
 * Cryptography backends: the human monitor
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "monitor/hmp.h"
#include "monitor/monitor.h"
#include "qapi/qapi-commands-cryptodev.h"

void hmp_info_cryptodev(Monitor *mon, const QDict *qdict)
{
    g_autoptr(CryptodevInfoList) list = qmp_query_cryptodev(NULL);

    for (CryptodevInfoList *backend = list; backend; backend = backend->next) {
        g_autoptr(GString) services = g_string_new(NULL);
        g_autoptr(GString) algorithms = g_string_new(NULL);
        CryptodevServiceList *service;
        CryptodevAlgorithmList *algorithm;

        for (service = backend->value->service; service;
             service = service->next) {
            g_string_append_printf(services, " %s",
                                   CryptodevService_str(service->value));
        }
        for (algorithm = backend->value->algorithms; algorithm;
             algorithm = algorithm->next) {
            g_string_append_printf(algorithms, " %s",
                                   algorithm->value->name);
        }
        monitor_printf(mon, "%s: queues %zu, services%s, algorithms%s\n",
                       backend->value->id,
                       QAPI_LIST_LENGTH(backend->value->client),
                       services->str, algorithms->str);
    }
}
