/* Progress, fmm_cancel, one call at a time, several threads, children, texts. */
#define _GNU_SOURCE
#include "calls.h"
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { N = 3000 };

static double points[3 * N], charges[N], field[N];

static fmm_solver *made(const char *options)
{
    fill(points, 3 * N, 0, 1, 1);
    fill(charges, N, -1, 1, 2);
    fmm_solver *solver = NULL;
    OK(fmm_create("laplace", options, &solver));
    OK(fmm_set_points(solver, points, 3 * N));
    return solver;
}

struct told {
    fmm_solver *solver;
    atomic_int inside;
    int calls, last, total, stop_at, named;
};

static int on_progress(const char *system, int32_t done, int32_t total, void *user)
{
    struct told *told = user;
    double one[4];
    told->named += system && *system;
    CHECK(atomic_fetch_add(&told->inside, 1) == 0); /* one call at a time, from whichever thread */
    CHECK(done == told->last + 1 && done <= total);
    told->last = done;
    told->total = total;
    /* A callback may ask for sizes and versions of others, but its own solver is busy. */
    if (told->calls++ == 0) {
        REFUSED(fmm_verify(told->solver, 10, one), FMM_BUSY, "");
        REFUSED(fmm_set_points(told->solver, points, 3 * N), FMM_BUSY, "");
        REFUSED(fmm_free(told->solver), FMM_BUSY, "");
    }
    atomic_fetch_sub(&told->inside, 1);
    return told->calls == told->stop_at;
}

static int cancel_all(const char *system, int32_t done, int32_t total, void *user)
{
    (void)system, (void)done, (void)total;
    OK(fmm_cancel(user));
    return 0;
}

void control_group(void)
{
    fmm_solver *solver = made("order=5 threads=2");
    struct told told = { .solver = solver };
    OK(fmm_set_progress(solver, on_progress, &told));
    for (int i = 0; i < N; i++) field[i] = -7;
    OK(fmm_evaluate(solver, charges, N, field, N, NULL, 0));
    CHECK(told.calls > 10 && told.last == told.total && told.named == told.calls);

    /* A callback cancels: outputs are untouched, and the next call is right. */
    double right[N];
    memcpy(right, field, sizeof field);
    for (int i = 0; i < N; i++) field[i] = -7;
    told = (struct told) { .solver = solver, .stop_at = 4 };
    OK(fmm_set_points(solver, points, 3 * N));
    REFUSED(fmm_evaluate(solver, charges, N, field, N, NULL, 0), FMM_CANCELLED, "");
    CHECK(told.calls == 4 && field[0] == -7 && field[N - 1] == -7);
    double errors[4];
    REFUSED(fmm_verify(solver, 10, errors), FMM_INVALID_STATE, "evaluate");
    OK(fmm_set_progress(solver, NULL, NULL));
    OK(fmm_evaluate(solver, charges, N, field, N, NULL, 0));
    CHECK(told.calls == 4 && memcmp(field, right, sizeof right) == 0);

    /* fmm_cancel: the call that runs, and no later one. */
    OK(fmm_set_progress(solver, cancel_all, solver));
    REFUSED(fmm_evaluate(solver, charges, N, field, N, NULL, 0), FMM_CANCELLED, "");
    OK(fmm_set_progress(solver, NULL, NULL));
    OK(fmm_cancel(solver));
    OK(fmm_evaluate(solver, charges, N, field, N, NULL, 0));
    CHECK(memcmp(field, right, sizeof right) == 0);
    OK(fmm_free(solver));
    REFUSED(fmm_cancel(solver), FMM_INVALID_HANDLE, "");
}

static atomic_int stop, refusals, others;

static void *cancels(void *solver)
{
    while (!stop) {
        if (fmm_cancel(solver) != FMM_OK) others++;
        usleep(200);
    }
    return NULL;
}

static void *intrudes(void *solver)
{
    double one[N];
    while (!stop) {
        fmm_status status = fmm_evaluate(solver, charges, N, one, N, NULL, 0);
        if (status == FMM_BUSY && *fmm_last_error()) refusals++;
        else if (status != FMM_OK) others++;
    }
    return NULL;
}

/* Solvers of its own, one after the other, beside the other threads'. */
static void *works(void *right)
{
    for (int round = 0; round < 3; round++) {
        double own[N];
        fmm_solver *solver = NULL;
        OK(fmm_create("laplace", "order=5 threads=1 leaf=50", &solver));
        OK(fmm_set_points(solver, points, 3 * N));
        OK(fmm_evaluate(solver, charges, N, own, N, NULL, 0));
        CHECK(memcmp(own, right, sizeof own) == 0);
        /* What one thread is told is no other's. */
        REFUSED(fmm_create("laplace", round % 2 ? "ordre=1" : "blatt=2", &solver), FMM_INVALID_ARGUMENT, round % 2 ? "ordre" : "blatt");
        OK(fmm_free(solver));
    }
    return NULL;
}

void thread_group(void)
{
    fmm_solver *solver = made("order=5 threads=2 leaf=50");
    double right[N];
    OK(fmm_evaluate(solver, charges, N, right, N, NULL, 0));
    pthread_t threads[4];
    for (int i = 0; i < 4; i++) pthread_create(threads + i, NULL, works, right);
    for (int i = 0; i < 4; i++) pthread_join(threads[i], NULL);

    /* A second call on the same solver is refused while one runs. */
    pthread_create(threads, NULL, intrudes, solver);
    for (int i = 0; i < 10000 && refusals < 3; i++) {
        fmm_status status = fmm_evaluate(solver, charges, N, field, N, NULL, 0);
        CHECK(status == FMM_OK || status == FMM_BUSY);
    }
    stop = 1;
    pthread_join(threads[0], NULL);
    CHECK(refusals > 0 && others == 0);
    OK(fmm_evaluate(solver, charges, N, field, N, NULL, 0));
    CHECK(memcmp(field, right, sizeof right) == 0);

    /* Another thread cancels whatever runs: the call ends with FMM_CANCELLED, and the solver goes on. */
    stop = 0;
    int cancelled = 0;
    pthread_create(threads, NULL, cancels, solver);
    for (int i = 0; i < 1000 && !cancelled; i++) {
        OK(fmm_set_points(solver, points, 3 * N));
        fmm_status status = fmm_evaluate(solver, charges, N, field, N, NULL, 0);
        CHECK(status == FMM_OK || status == FMM_CANCELLED);
        cancelled = status == FMM_CANCELLED;
    }
    stop = 1;
    pthread_join(threads[0], NULL);
    CHECK(cancelled && others == 0);
    OK(fmm_evaluate(solver, charges, N, field, N, NULL, 0));
    CHECK(memcmp(field, right, sizeof right) == 0);
    OK(fmm_free(solver));
}

void text_group(void)
{
    /* The first call of all leaves the program's signals as they are. */
    static const int signals[] = { SIGPIPE, SIGINT, SIGTERM, SIGCHLD, SIGHUP, SIGUSR1, SIGUSR2, SIGALRM, SIGCONT, SIGQUIT };
    enum { SIGNALS = sizeof signals / sizeof *signals };
    struct sigaction before[SIGNALS], after;
    signal(SIGPIPE, SIG_DFL);
    for (int i = 0; i < SIGNALS; i++) sigaction(signals[i], NULL, before + i);
    CHECK(*fmm_last_error() == 0);
    for (int i = 0; i < SIGNALS; i++) CHECK(sigaction(signals[i], NULL, &after) == 0 && after.sa_handler == before[i].sa_handler);

    CHECK(strchr(fmm_version(), '.') != NULL);
    int32_t registers = fmm_registers();
    CHECK(registers == 512 || registers == 256 || registers == 128);

    size_t length = 0, again = 0;
    OK(fmm_kernels(NULL, 0, &length));
    char *text = malloc(length + 1);
    memset(text, '#', length + 1);
    REFUSED(fmm_kernels(text, length, &again), FMM_INVALID_ARGUMENT, "capacity");
    CHECK(again == length && text[0] == '#' && text[length] == '#');
    OK(fmm_kernels(text, length + 1, &again));
    CHECK(strlen(text) == length && text[0] == '[' && strstr(text, "\"helmholtz\""));
    OK(fmm_kernels(text, length + 1, NULL));
    free(text);

    fmm_solver *solver = made("order=5");
    REFUSED(fmm_report(solver, NULL, 0, &length), FMM_INVALID_STATE, "evaluate");
    OK(fmm_evaluate(solver, charges, N, field, N, NULL, 0));
    OK(fmm_report(solver, NULL, 0, &length));
    text = malloc(length + 1);
    memset(text, '#', length + 1);
    REFUSED(fmm_report(solver, text, length, &again), FMM_INVALID_ARGUMENT, "capacity");
    CHECK(again == length && text[0] == '#' && text[length] == '#');
    OK(fmm_report(solver, text, length + 1, &again));
    CHECK(strlen(text) == length && text[0] == '{' && text[length - 1] == '}' && strstr(text, "laplace"));
    OK(fmm_report(solver, text, length + 1, NULL));
    free(text);
    OK(fmm_free(solver));
}

void fork_group(void)
{
    fmm_solver *solver = made("order=5 threads=2");
    OK(fmm_evaluate(solver, charges, N, field, N, NULL, 0));
    pid_t child = fork();
    if (child == 0) {
        alarm(20); /* A child that waits for its parent's threads does not hang the test. */
        fmm_solver *own = NULL;
        int told = fmm_evaluate(solver, charges, N, field, N, NULL, 0) == FMM_FORKED && strstr(fmm_last_error(), "fork")
            && fmm_create("laplace", "", &own) == FMM_FORKED && fmm_free(solver) == FMM_FORKED && *fmm_version();
        _exit(told ? 0 : 1);
    }
    int outcome = -1;
    CHECK(child > 0 && waitpid(child, &outcome, 0) == child && WIFEXITED(outcome) && WEXITSTATUS(outcome) == 0);
    double again[N];
    OK(fmm_evaluate(solver, charges, N, again, N, NULL, 0));
    CHECK(memcmp(again, field, sizeof field) == 0);
    OK(fmm_free(solver));
}
