/*
 * The loader behind fmm.h. The engine is compiled once for each width of registers; this library opens, at the first call, the one that serves the
 * processor best (fmm/libfmm-512.so, -256, -128 beside it), and hands every call on. FMM_REGISTERS=256 asks for another one.
 */
#define _GNU_SOURCE
#include "fmm.h"

#include <dlfcn.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#ifndef FMM_VERSION
#define FMM_VERSION "0"
#endif

/* Every function that is handed on: name, parameters, arguments. */
#define FMM_CALLS(CALL) \
    CALL(kernels, (char *text, size_t capacity, size_t *length), (text, capacity, length)) \
    CALL(create, (const char *kernel, const char *options, fmm_solver **solver), (kernel, options, solver)) \
    CALL(create_custom, (const fmm_kernel *kernel, const char *options, fmm_solver **solver), (kernel, options, solver)) \
    CALL(free, (fmm_solver *solver), (solver)) \
    CALL(set_points, (fmm_solver *solver, const double *points, int64_t length), (solver, points, length)) \
    CALL(set_points_array, (fmm_solver *solver, const fmm_array *points), (solver, points)) \
    CALL(set_sources_targets, (fmm_solver *solver, const double *sources, int64_t source_length, const double *targets, int64_t target_length), \
         (solver, sources, source_length, targets, target_length)) \
    CALL(set_sources_targets_array, (fmm_solver *solver, const fmm_array *sources, const fmm_array *targets), (solver, sources, targets)) \
    CALL(move_points, (fmm_solver *solver, const double *points, int64_t length), (solver, points, length)) \
    CALL(move_points_array, (fmm_solver *solver, const fmm_array *points), (solver, points)) \
    CALL(move_sources_targets, (fmm_solver *solver, const double *sources, int64_t source_length, const double *targets, int64_t target_length), \
         (solver, sources, source_length, targets, target_length)) \
    CALL(move_sources_targets_array, (fmm_solver *solver, const fmm_array *sources, const fmm_array *targets), (solver, sources, targets)) \
    CALL(set_charges, (fmm_solver *solver, const double *charges, int64_t length), (solver, charges, length)) \
    CALL(set_charges_array, (fmm_solver *solver, const fmm_array *charges), (solver, charges)) \
    CALL(evaluate, (fmm_solver *solver, const double *charges, int64_t charge_length, double *potentials, int64_t potential_length, double *gradients, \
                    int64_t gradient_length), \
         (solver, charges, charge_length, potentials, potential_length, gradients, gradient_length)) \
    CALL(evaluate_array, (fmm_solver *solver, const fmm_array *charges, const fmm_array *potentials, const fmm_array *gradients, const fmm_array *hessians), \
         (solver, charges, potentials, gradients, hessians)) \
    CALL(verify, (fmm_solver *solver, int64_t samples, double errors[4]), (solver, samples, errors)) \
    CALL(sizes, (fmm_solver *solver, int64_t sizes[6]), (solver, sizes)) \
    CALL(report, (fmm_solver *solver, char *text, size_t capacity, size_t *length), (solver, text, capacity, length)) \
    CALL(invalidate, (fmm_solver *solver), (solver)) \
    CALL(set_progress, (fmm_solver *solver, fmm_progress progress, void *user), (solver, progress, user)) \
    CALL(cancel, (fmm_solver *solver), (solver))

#define POINTER(name, parameters, arguments) static fmm_status(*call_##name) parameters;
FMM_CALLS(POINTER)
static const char *(*call_last_error)(void);
static int32_t (*call_registers)(void);

static pthread_once_t once = PTHREAD_ONCE_INIT;
static fmm_status failed = FMM_OK; /* Why the engine is not there. */
static char reason[4096];
static volatile int forked;

static const char fork_text[] =
    "This process was forked from one that uses the library, whose threads it does not have: start it by exec, or fork before the first call "
    "(Python: multiprocessing.get_context(\"spawn\")).";

static void child(void) { forked = 1; }

/* The widest that the processor has, or a narrower one that FMM_REGISTERS asks for; 0 for none. */
static int width(void)
{
    int widest = 0;
#if defined(__x86_64__)
    __builtin_cpu_init();
    widest = __builtin_cpu_supports("x86-64-v4") ? 512 : __builtin_cpu_supports("x86-64-v3") ? 256 : __builtin_cpu_supports("x86-64-v2") ? 128 : 0;
#endif
    if (widest == 0) {
        snprintf(reason, sizeof reason, "This processor is none that the library has loops for: an x86-64 with SSE4.2 at least (x86-64-v2).");
        return 0;
    }
    const char *asked = getenv("FMM_REGISTERS");
    if (asked == NULL || *asked == 0) return widest;
    if (strcmp(asked, "512") != 0 && strcmp(asked, "256") != 0 && strcmp(asked, "128") != 0) {
        snprintf(reason, sizeof reason, "FMM_REGISTERS is '%.20s'; set it to 512, 256 or 128, or unset it.", asked);
        return 0;
    }
    if (atoi(asked) > widest) {
        snprintf(reason, sizeof reason, "FMM_REGISTERS is %s, but this processor has registers of %d bits at most; unset it, or set it to %d.", asked, widest, widest);
        return 0;
    }
    return atoi(asked);
}

/* Opens the engine for a width: 1 where it did, 0 where there is no such file, -1 where it can't be used. */
static int open_width(const char *folder, int bits)
{
    char path[4096];
    if ((size_t)snprintf(path, sizeof path, "%s/fmm/libfmm-%d.so", folder, bits) >= sizeof path) return 0;
    if (access(path, R_OK) != 0) return 0;
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library == NULL) {
        snprintf(reason, sizeof reason, "The engine can't be loaded: %.3000s", dlerror());
        return -1;
    }
    const char *(*version)(void);
    *(void **)&version = dlsym(library, "fmm_version");
    if (version == NULL || strcmp(version(), FMM_VERSION) != 0) {
        snprintf(reason, sizeof reason, "%.3000s is of version %.40s, its loader of %s: install both from one build (systems/library/build).", path,
                 version == NULL ? "none" : version(), FMM_VERSION);
        return -1;
    }
    int whole = 1;
#define FIND(name, parameters, arguments) whole &= (*(void **)&call_##name = dlsym(library, "fmm_" #name)) != NULL;
    FMM_CALLS(FIND)
    whole &= (*(void **)&call_last_error = dlsym(library, "fmm_last_error")) != NULL;
    whole &= (*(void **)&call_registers = dlsym(library, "fmm_registers")) != NULL;
    if (!whole) snprintf(reason, sizeof reason, "%.3000s lacks functions of fmm.h: install it anew (systems/library/build).", path);
    return whole ? 1 : -1;
}

/* The widest that is there; a narrower one serves, too, slower. */
static fmm_status open_widest(const char *folder, int widest)
{
    for (int bits = widest; bits >= 128; bits /= 2) {
        int opened = open_width(folder, bits);
        if (opened < 0) return FMM_UNAVAILABLE;
        if (opened > 0) {
            pthread_atfork(NULL, NULL, child);
            return FMM_OK;
        }
    }
    snprintf(reason, sizeof reason, "The engine is missing: no fmm/libfmm-%d.so or a narrower one in %.3000s; install it anew (systems/library/build).", widest, folder);
    return FMM_UNAVAILABLE;
}

static void load(void)
{
    char folder[4096] = ".";
    Dl_info own;
    failed = FMM_UNAVAILABLE;
    int widest = width();
    if (widest == 0) return;
    if (dladdr((void *)&load, &own) != 0 && own.dli_fname != NULL) {
        char *real = realpath(own.dli_fname, NULL);
        snprintf(folder, sizeof folder, "%s", real == NULL ? own.dli_fname : real);
        free(real);
        char *slash = strrchr(folder, '/');
        if (slash != NULL) *slash = 0;
    }
    /* The engine's runtime ignores SIGPIPE; what the host does with it is the host's. */
    struct sigaction pipe;
    int has_pipe = sigaction(SIGPIPE, NULL, &pipe) == 0;
    failed = open_widest(folder, widest);
    if (has_pipe) sigaction(SIGPIPE, &pipe, NULL);
}

static fmm_status ready(void)
{
    pthread_once(&once, load);
    return failed != FMM_OK ? failed : forked ? FMM_FORKED : FMM_OK;
}

#define FUNCTION(name, parameters, arguments) \
    fmm_status fmm_##name parameters \
    { \
        fmm_status status = ready(); \
        return status != FMM_OK ? status : call_##name arguments; \
    }
FMM_CALLS(FUNCTION)

const char *fmm_version(void) { return FMM_VERSION; }

int32_t fmm_registers(void) { return ready() == FMM_OK ? call_registers() : 0; }

const char *fmm_last_error(void)
{
    fmm_status status = ready();
    return status == FMM_FORKED ? fork_text : status != FMM_OK ? reason : call_last_error();
}
