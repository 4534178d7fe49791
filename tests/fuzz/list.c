/*
 * Fuzz target: lists of operands, and whether they fit an operation
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 *
 * Byte 0 has flags: bit 0 for a big-endian list, bit 1 for a session's list,
 * bit 2 for an operation with a session.  Byte 1 is the service, byte 2 the
 * operation, byte 3 the session's operation.  The list follows.
 */

#include "qemu/osdep.h"
#include "qemu/bswap.h"
#include "hw/virtio/crypto/wire-rfc.h"
#include "backends/cryptodev/operations.h"
#include "input.h"

enum {
    FLAG_BIG_ENDIAN = 1,
    FLAG_OF_SESSION = 2,
    FLAG_SESSION = 4,
};

typedef struct List {
    FuzzInput bytes;
    bool big_endian;
    CryptoDevOperand operands[CRYPTODEV_OPERANDS_MAX];
    size_t n;
} List;

/* Operands follow one another, each behind its length, and end the list. */
static void check_places(const List *list)
{
    size_t offset = 0;

    g_assert(list->n <= CRYPTODEV_OPERANDS_MAX);
    for (size_t i = 0; i < list->n; i++) {
        const CryptoDevOperand *operand = &list->operands[i];

        offset += sizeof(uint32_t);
        g_assert(operand->data == list->bytes.data + offset);
        g_assert(operand->len <= list->bytes.len - offset);
        offset += operand->len;
    }
    g_assert(offset == list->bytes.len);
}

static void check_encoding(const List *list)
{
    CryptoDevResult results[CRYPTODEV_OPERANDS_MAX];
    g_autofree uint8_t *bytes = g_malloc(list->bytes.len);

    for (size_t i = 0; i < list->n; i++) {
        results[i].data = (uint8_t *)list->operands[i].data;
        results[i].len = list->operands[i].len;
    }
    g_assert(virtio_crypto_rfc_list_len(results, list->n) == list->bytes.len);
    virtio_crypto_rfc_encode_list(results, list->n, list->big_endian, bytes);
    g_assert(!list->n || !memcmp(bytes, list->bytes.data, list->bytes.len));
}

/* The least number of bits that hold an integer, counted one by one */
static uint64_t count_bits(CryptoDevOperand operand)
{
    uint64_t bits = operand.len * 8;

    for (size_t i = 0; i < operand.len * 8; i++) {
        if (operand.data[i / 8] & 0x80 >> i % 8) {
            break;
        }
        bits--;
    }
    return bits;
}

static void check_operand(const CryptoDevOperandRule *rule,
                          CryptoDevOperand operand)
{
    uint64_t bits = count_bits(operand);
    uint64_t measured = operand.len;

    if (!operand.len) {
        g_assert(rule->optional);
        return;
    }
    if (rule->kind == CRYPTODEV_OPERAND_INTEGER) {
        measured = bits;
    } else if (rule->kind == CRYPTODEV_OPERAND_NUMBER) {
        g_assert(bits <= 32);
        measured = cryptodev_operand_number(operand);
        g_assert(measured >> bits == 0);
    }
    g_assert(measured >= rule->min && measured <= rule->max);
}

static void check_accepted(const CryptoDevOperandRules *rules,
                           const List *list)
{
    size_t total = 0;

    g_assert(list->n == rules->n);
    for (size_t i = 0; i < list->n; i++) {
        check_operand(&rules->rules[i], list->operands[i]);
        total += list->operands[i].len;
    }
    g_assert(total <= CRYPTODEV_OPERANDS_LEN_MAX);
}

static CryptoDevStatus check_of_session(const List *list,
                                        CryptodevService service,
                                        uint32_t operation)
{
    return cryptodev_check_session_operands(&(CryptoDevSessionParams) {
        .service = service,
        .algo = operation,
        .compute = { list->operands, list->n },
    });
}

static CryptoDevStatus check_of_computation(const List *list,
                                            CryptodevService service,
                                            uint32_t operation,
                                            CryptoDevSession *session)
{
    CryptoDevComputation computation = {
        .session = session,
        .service = service,
        .operation = operation,
        .n_operands = list->n,
        .operands = list->operands,
    };

    return cryptodev_check_computation(&computation);
}

static void check_rules(const List *list, uint8_t flags,
                        const uint8_t numbers[3])
{
    CryptodevService service = numbers[0] % CRYPTODEV_SERVICE__MAX;
    CryptoDevCapability capability = { .service = service,
                                       .algo = numbers[2] };
    CryptoDevSession session = { .capability = &capability };
    size_t n;
    const CryptoDevOperation *operations = cryptodev_operations(service, &n);
    bool of_session = flags & FLAG_OF_SESSION;
    CryptoDevStatus status =
        of_session ? check_of_session(list, service, numbers[1])
                   : check_of_computation(list, service, numbers[1],
                                          flags & FLAG_SESSION ? &session
                                                               : NULL);

    if (status == CRYPTODEV_OK) {
        g_assert(operations && numbers[1] < n && operations[numbers[1]].name);
        check_accepted(of_session ? &operations[numbers[1]].session_operands
                                  : &operations[numbers[1]].operands, list);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t len)
{
    FuzzInput input = { data, len };
    uint8_t flags = fuzz_take_byte(&input);
    List list = { .big_endian = flags & FLAG_BIG_ENDIAN };
    g_autofree uint8_t *copy = NULL;
    uint8_t numbers[3];

    fuzz_take(&input, numbers, sizeof(numbers));
    /* A copy of the exact size, so that a sanitizer detects reads behind it */
    copy = g_memdup2(input.data, input.len);
    list.bytes = (FuzzInput) { copy, input.len };
    if (virtio_crypto_rfc_decode_list(copy, input.len, list.big_endian,
                                      list.operands, &list.n)) {
        check_places(&list);
        check_encoding(&list);
        check_rules(&list, flags, numbers);
    }
    return 0;
}
