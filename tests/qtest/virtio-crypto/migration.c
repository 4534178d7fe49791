/*
 * Migration from one QEMU to another one, for tests
 *
 * SPDX-License-Identifier: GPL-2.0-or-later
 */

#include "qemu/osdep.h"
#include "libqtest-single.h"
#include "libqos/qgraph.h"
#include "qobject/qdict.h"
#include "qobject/qlist.h"
#include "migration.h"

#define PATIENCE_US (120 * G_USEC_PER_SEC)
#define POLL_US     1000

/* The options that libqtest adds before and after those of a test */
#define FIRST_OPTION "-audio none "
#define LAST_OPTION  " -accel qtest"

char *migration_dir_new(void)
{
    g_autoptr(GError) error = NULL;
    char *dir = g_dir_make_tmp("virtio-crypto-migration-XXXXXX", &error);

    g_assert_no_error(error);
    return dir;
}

void migration_dir_free(char *path)
{
    GDir *dir = g_dir_open(path, 0, NULL);
    const char *name;

    while ((name = g_dir_read_name(dir))) {
        g_autofree char *file = g_build_filename(path, name, NULL);

        g_assert_cmpint(unlink(file), ==, 0);
    }
    g_dir_close(dir);
    g_assert_cmpint(rmdir(path), ==, 0);
    g_free(path);
}

/* The options of a QEMU as a shell would take them */
static GString *read_command_line(QTestState *qts)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/cmdline",
                                            (int)qtest_pid(qts));
    g_autofree char *bytes = NULL;
    GString *line = g_string_new(NULL);
    gsize len;

    g_assert_true(g_file_get_contents(path, &bytes, &len, NULL));
    for (const char *word = bytes; word < bytes + len;
         word += strlen(word) + 1) {
        bool plain = !word[strcspn(word, "'\"\\ ${}[]*?&;|<>()")];
        g_autofree char *quoted = plain ? g_strdup(word) : g_shell_quote(word);

        g_string_append_printf(line, "%s ", quoted);
    }
    return line;
}

/* The same without the options that libqtest adds, and without a migration */
static GString *read_options(QTestState *qts)
{
    GString *line = read_command_line(qts);
    char *start = strstr(line->str, FIRST_OPTION);
    char *end;

    g_assert_nonnull(start);
    g_string_erase(line, 0, start + strlen(FIRST_OPTION) - line->str);
    end = strstr(line->str, " -incoming") ?: strstr(line->str, LAST_OPTION);
    g_assert_nonnull(end);
    g_string_truncate(line, end - line->str);
    return line;
}

#define TYPE_PREFIX "cryptodev-backend-"

static void change_type(GString *line, const char *type)
{
    const char *now = strstr(line->str, TYPE_PREFIX);
    gssize start;

    g_assert_nonnull(now);
    start = now - line->str;
    g_string_erase(line, start, strcspn(now, ","));
    g_string_insert(line, start, type);
}

static void change_options(GString *line, const MigrationTarget *target)
{
    if (target->type) {
        change_type(line, target->type);
    }
    if (target->backend) {
        const char *backend = strstr(line->str, TYPE_PREFIX);
        gssize end;

        g_assert_nonnull(backend);
        end = backend - line->str + strcspn(backend, " ");
        g_string_insert(line, end, target->backend);
        g_string_insert(line, end, ",");
    }
    if (target->device) {
        g_string_append_printf(line, " -global virtio-crypto-device.%s",
                               target->device);
    }
}

static void set_environment(const MigrationTarget *target, bool set)
{
    if (target && target->environment) {
        g_auto(GStrv) pair = g_strsplit(target->environment, "=", 2);

        if (set) {
            g_setenv(pair[0], pair[1], true);
        } else {
            g_unsetenv(pair[0]);
        }
    }
}

QTestState *migration_target(QTestState *qts, const MigrationTarget *target,
                             const char *messages)
{
    g_autoptr(GString) line = read_options(qts);
    QTestState *started;

    if (target) {
        change_options(line, target);
    }
    g_string_append(line, " -incoming defer");
    if (messages) {
        g_string_append_printf(line, " 2> %s", messages);
    }
    set_environment(target, true);
    started = qtest_init(line->str);
    set_environment(target, false);
    return started;
}

void migration_set_bandwidth(QTestState *qts, int64_t bytes_per_second)
{
    qtest_qmp_assert_success(qts,
        "{ 'execute': 'migrate-set-parameters',"
        "  'arguments': { 'max-bandwidth': %" PRId64 " } }", bytes_per_second);
}

void migration_set_capability(QTestState *qts, const char *name)
{
    qtest_qmp_assert_success(qts,
        "{ 'execute': 'migrate-set-capabilities', 'arguments': {"
        " 'capabilities': [ { 'capability': %s, 'state': true } ] } }", name);
}

void migration_send(QTestState *qts, const char *uri)
{
    qtest_qmp_assert_success(qts, "{ 'execute': 'migrate',"
                                  "  'arguments': { 'uri': %s } }", uri);
}

void migration_receive(QTestState *qts, const char *uri)
{
    qtest_qmp_assert_success(qts,
        "{ 'execute': 'migrate-incoming',"
        "  'arguments': { 'uri': %s, 'exit-on-error': false } }", uri);
}

char *migration_status(QTestState *qts)
{
    QDict *answer = qtest_qmp_assert_success_ref(qts,
                        "{ 'execute': 'query-migrate' }");
    char *status = g_strdup(qdict_get_try_str(answer, "status") ?: "none");

    qobject_unref(answer);
    return status;
}

static bool has_ended(const char *status)
{
    return g_str_equal(status, "completed") ||
           g_str_equal(status, "failed") || g_str_equal(status, "cancelled");
}

char *migration_wait_end(QTestState *qts)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;
    char *status = migration_status(qts);

    while (!has_ended(status)) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        g_usleep(POLL_US);
        g_free(status);
        status = migration_status(qts);
    }
    return status;
}

void migration_wait(QTestState *qts, const char *expected)
{
    g_autofree char *status = migration_wait_end(qts);

    g_assert_cmpstr(status, ==, expected);
}

static bool is_running(QTestState *qts)
{
    QDict *answer = qtest_qmp_assert_success_ref(qts,
                        "{ 'execute': 'query-status' }");
    bool running = qdict_get_bool(answer, "running");

    qobject_unref(answer);
    return running;
}

void migration_wait_running(QTestState *qts)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;

    while (!is_running(qts)) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        g_usleep(POLL_US);
    }
}

/* Whether the only job is over; it is an error if it has failed */
static bool job_is_over(QTestState *qts)
{
    QDict *answer = qtest_qmp(qts, "{ 'execute': 'query-jobs' }");
    QList *jobs = qdict_get_qlist(answer, "return");
    QDict *job = qobject_to(QDict, qlist_peek(jobs));
    bool over;

    g_assert_nonnull(job);
    over = g_str_equal(qdict_get_str(job, "status"), "concluded");
    g_assert_cmpstr(qdict_get_try_str(job, "error"), ==, NULL);
    qobject_unref(answer);
    return over;
}

static void wait_job(QTestState *qts)
{
    gint64 deadline = g_get_monotonic_time() + PATIENCE_US;

    while (!job_is_over(qts)) {
        g_assert_cmpint(g_get_monotonic_time(), <, deadline);
        g_usleep(POLL_US);
    }
    qtest_qmp_assert_success(qts, "{ 'execute': 'job-dismiss',"
                                  "  'arguments': { 'id': 'job' } }");
}

void migration_add_image(QTestState *qts, const char *dir)
{
    g_autofree char *path = g_build_filename(dir, "image", NULL);

    g_assert_true(g_file_set_contents(path, "", 0, NULL));
    qtest_qmp_assert_success(qts,
        "{ 'execute': 'blockdev-add', 'arguments': {"
        " 'driver': 'file', 'node-name': 'file0', 'filename': %s } }", path);
    qtest_qmp_assert_success(qts,
        "{ 'execute': 'blockdev-create', 'arguments': { 'job-id': 'job',"
        " 'options': { 'driver': 'qcow2', 'file': 'file0',"
        " 'size': 1048576 } } }");
    wait_job(qts);
    qtest_qmp_assert_success(qts,
        "{ 'execute': 'blockdev-add', 'arguments': {"
        " 'driver': 'qcow2', 'node-name': 'image0', 'file': 'file0' } }");
}

static void run_snapshot_job(QTestState *qts, const char *command)
{
    qtest_qmp_assert_success(qts,
        "{ 'execute': %s, 'arguments': { 'job-id': 'job', 'tag': 'one',"
        " 'vmstate': 'image0', 'devices': [ 'image0' ] } }", command);
    wait_job(qts);
}

void migration_save_snapshot(QTestState *qts)
{
    run_snapshot_job(qts, "snapshot-save");
}

void migration_load_snapshot(QTestState *qts)
{
    run_snapshot_job(qts, "snapshot-load");
}

void migration_adopt(QVirtioCryptoDriver *d, QTestState *target)
{
    qtest_quit(d->qts);
    global_qtest = target;
    qvirtio_crypto_move(d, target);
    /* The next test shall not take it for one with its own options */
    qos_invalidate_command_line();
}

static void move(QVirtioCryptoDriver *d, const char *kind,
                 const MigrationTarget *options)
{
    char *dir = migration_dir_new();
    g_autofree char *uri = g_strdup_printf("%s:%s/stream", kind, dir);
    QTestState *target = migration_target(d->qts, options, NULL);
    bool by_file = g_str_equal(kind, "file");

    if (!by_file) {
        migration_receive(target, uri);
    }
    migration_send(d->qts, uri);
    migration_wait(d->qts, "completed");
    if (by_file) {
        migration_receive(target, uri);
    }
    migration_wait_running(target);
    migration_adopt(d, target);
    migration_dir_free(dir);
}

void migration_move(QVirtioCryptoDriver *d)
{
    move(d, "unix", NULL);
}

void migration_move_to(QVirtioCryptoDriver *d, const MigrationTarget *options)
{
    move(d, "unix", options);
}

void migration_move_by_file(QVirtioCryptoDriver *d)
{
    move(d, "file", NULL);
}
