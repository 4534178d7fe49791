/*
 * Messages of libgcrypt
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include <gcrypt.h>
#include "gcrypt-messages.h"

#if GCRYPT_VERSION_NUMBER < 0x010b00
static void refuse_log(void *opaque, int level, const char *format,
                       va_list ap)
{
    g_error("libgcrypt prints: %s", format);
}
#endif

/* From 1.11 on, libgcrypt does not ask the handler any more. */
void refuse_messages(void)
{
#if GCRYPT_VERSION_NUMBER < 0x010b00
    gcry_set_log_handler(refuse_log, NULL);
#endif
}
