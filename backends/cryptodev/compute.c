/*
 * Cryptography backends: computations
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "operations.h"

static const CryptoDevOperation *find_operation(CryptodevService service,
                                                uint32_t operation)
{
    size_t n;
    const CryptoDevOperation *operations = cryptodev_operations(service, &n);

    return operation < n && operations[operation].name
           ? &operations[operation] : NULL;
}

bool cryptodev_has_operations(CryptodevService service)
{
    size_t n;

    return cryptodev_operations(service, &n);
}

const char *cryptodev_computation_name(CryptodevService service,
                                       uint32_t operation)
{
    const CryptoDevOperation *found = find_operation(service, operation);

    return found && !found->session_only ? found->name : NULL;
}

CryptoDevOperand cryptodev_operand_trim(CryptoDevOperand operand)
{
    while (operand.len && !operand.data[0]) {
        operand.data++;
        operand.len--;
    }
    return operand;
}

uint64_t cryptodev_operand_bits(CryptoDevOperand operand)
{
    operand = cryptodev_operand_trim(operand);
    return operand.len ? operand.len * 8ull - clz32(operand.data[0]) + 24 : 0;
}

int cryptodev_operand_cmp(CryptoDevOperand a, CryptoDevOperand b)
{
    a = cryptodev_operand_trim(a);
    b = cryptodev_operand_trim(b);
    if (a.len != b.len) {
        return a.len < b.len ? -1 : 1;
    }
    return a.len ? memcmp(a.data, b.data, a.len) : 0;
}

/* What does not fit counts as the greatest number there is. */
static uint64_t read_number(CryptoDevOperand operand)
{
    uint64_t number = 0;

    operand = cryptodev_operand_trim(operand);
    if (operand.len > sizeof(uint32_t)) {
        return UINT64_MAX;
    }
    for (size_t i = 0; i < operand.len; i++) {
        number = number << 8 | operand.data[i];
    }
    return number;
}

uint32_t cryptodev_operand_number(CryptoDevOperand operand)
{
    return read_number(operand);
}

static uint64_t measure(CryptoDevOperandKind kind, CryptoDevOperand operand)
{
    switch (kind) {
    case CRYPTODEV_OPERAND_INTEGER:
        return cryptodev_operand_bits(operand);
    case CRYPTODEV_OPERAND_NUMBER:
        return read_number(operand);
    default:
        return operand.len;
    }
}

static CryptoDevStatus check_operand(const CryptoDevOperandRule *rule,
                                     CryptoDevOperand operand)
{
    uint64_t measured;

    if (!operand.len) {
        return rule->optional ? CRYPTODEV_OK : CRYPTODEV_ERR;
    }
    measured = measure(rule->kind, operand);
    return measured >= rule->min && measured <= rule->max
           ? CRYPTODEV_OK : rule->fault;
}

static bool check_total(const CryptoDevOperand *operands, size_t n)
{
    uint64_t total = 0;

    for (size_t i = 0; i < n; i++) {
        if (operands[i].len > CRYPTODEV_OPERANDS_LEN_MAX) {
            return false;
        }
        total += operands[i].len;
    }
    return total <= CRYPTODEV_OPERANDS_LEN_MAX;
}

static CryptoDevStatus check_operands(const CryptoDevOperandRules *rules,
                                      const CryptoDevOperand *operands,
                                      size_t n)
{
    if (n != rules->n || !check_total(operands, n)) {
        return CRYPTODEV_ERR;
    }
    for (size_t i = 0; i < n; i++) {
        CryptoDevStatus status = check_operand(&rules->rules[i], operands[i]);

        if (status != CRYPTODEV_OK) {
            return status;
        }
    }
    return CRYPTODEV_OK;
}

CryptoDevStatus
cryptodev_check_session_operands(const CryptoDevSessionParams *params)
{
    const CryptoDevOperation *operation =
        find_operation(params->service, params->algo);

    if (!operation || operation->session != params->algo) {
        return CRYPTODEV_NOTSUPP;
    }
    return check_operands(&operation->session_operands,
                          params->compute.operands, params->compute.n);
}

/* The session that an operation needs, or none if it needs none */
static bool check_session(const CryptoDevComputation *computation,
                          const CryptoDevOperation *operation)
{
    const CryptoDevSession *session = computation->session;

    if (!session || !operation->session) {
        return !session && !operation->session;
    }
    return session->capability->service == computation->service &&
           session->capability->algo == operation->session;
}

CryptoDevStatus
cryptodev_check_computation(const CryptoDevComputation *computation)
{
    const CryptoDevOperation *operation =
        find_operation(computation->service, computation->operation);

    if (!operation || operation->session_only) {
        return CRYPTODEV_NOTSUPP;
    }
    if (!check_session(computation, operation)) {
        return CRYPTODEV_ERR;
    }
    return check_operands(&operation->operands, computation->operands,
                          computation->n_operands);
}

void cryptodev_computation_clear(CryptoDevComputation *computation)
{
    for (size_t i = 0; i < computation->n_results; i++) {
        CryptoDevResult *result = &computation->results[i];

        cryptodev_wipe(result->data, result->len);
        g_free(result->data);
        *result = (CryptoDevResult) { };
    }
    computation->n_results = 0;
}

uint8_t *cryptodev_computation_add(CryptoDevComputation *computation,
                                   size_t len)
{
    CryptoDevResult *result = &computation->results[computation->n_results];

    g_assert(computation->n_results < CRYPTODEV_RESULTS_MAX);
    /* A result may be empty, and is there nevertheless. */
    result->data = g_try_malloc0(MAX(len, 1));
    result->len = len;
    if (!result->data) {
        return NULL;
    }
    computation->n_results++;
    return result->data;
}

CryptoDevStatus
cryptodev_computation_add_bool(CryptoDevComputation *computation, bool value)
{
    uint8_t *result = cryptodev_computation_add(computation, sizeof(*result));

    if (!result) {
        return CRYPTODEV_ERR;
    }
    *result = value;
    return CRYPTODEV_OK;
}

CryptoDevStatus
cryptodev_computation_add_verdict(CryptoDevComputation *computation,
                                  CryptoDevStatus status)
{
    if (status != CRYPTODEV_OK && status != CRYPTODEV_KEY_REJECTED) {
        return CRYPTODEV_ERR;
    }
    return cryptodev_computation_add_bool(computation,
                                          status == CRYPTODEV_OK);
}
