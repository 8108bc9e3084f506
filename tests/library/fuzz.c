/*
 * Wrong calls from seeded random arguments, of four threads at once: ./fuzz SEED CALLS. Each is a right call with one thing spoiled. It must be refused
 * with a status and a text, leave outputs and solvers as they were, and crash nothing. (Of data only null is a wrong pointer: no library can tell another.)
 */
#include <fmm.h>
#include <limits.h>
#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { N = 60, THREADS = 4, LONG = 100000 };

static double points[3 * N + 6], charges[N + 2], field[N], slope[3 * N];
static fmm_solver *common; /* evaluated; all threads spoil calls on it */
static int calls_each;

struct fuzzer {
    pthread_t thread;
    uint64_t state;
    fmm_solver *fresh, *placed, *freed;
    double *spoiled, *output;
    char *text;
    int refused, failures, picked, by_status[FMM_INTERNAL + 1];
};

static uint32_t draw(struct fuzzer *f, uint32_t below)
{
    f->state = 6364136223846793005u * f->state + 1442695040888963407u;
    return (uint32_t)(f->state >> 33) % below;
}

/* Which case of a function it is; told where a call is not refused. */
static int pick(struct fuzzer *f, uint32_t cases) { return f->picked = (int)draw(f, cases); }

static fmm_solver *wild(struct fuzzer *f)
{
    switch (draw(f, 6)) {
        case 0: return NULL;
        case 1: return (fmm_solver *)(uintptr_t)(1 + draw(f, 4096));
        case 2: return f->freed;
        case 3: return (fmm_solver *)f;
        case 4: return (fmm_solver *)(uintptr_t)(0x5bd1e99500000000u ^ f->state);
        default: return (fmm_solver *)UINTPTR_MAX;
    }
}

/* A length that is not the right one, and none that would have the library read what is not there. */
static int64_t wrong_length(struct fuzzer *f, int64_t right)
{
    static const int64_t far[] = { INT64_MAX, INT64_MIN, INT64_MAX - 1, -1, -3, 0, 1, 2, INT64_MAX / 3 * 3, INT64_MAX / 8, -(1LL << 32), 3LL << 61 };
    int64_t length = draw(f, 4) ? far[draw(f, sizeof far / sizeof *far)] : right - 1 - draw(f, 2);
    return length == right ? -1 : length;
}

/* Numbers of a right call of which one is no finite number. */
static const double *not_finite(struct fuzzer *f, const double *right, int64_t count)
{
    static const double none[] = { NAN, INFINITY, -INFINITY, -NAN };
    memcpy(f->spoiled, right, (size_t)count * sizeof(double));
    f->spoiled[draw(f, (uint32_t)count)] = none[draw(f, 4)];
    return f->spoiled;
}

static fmm_array rows(const void *data, int dimensions, int64_t count, int64_t width)
{
    fmm_array array = { .data = (void *)(uintptr_t)data, .shape = { count, width }, .strides = { width * 8, 8 }, .dimensions = dimensions, .type = FMM_F64 };
    if (dimensions == 1) array.strides[0] = 8;
    return array;
}

/* An array of which one thing is wrong; output: also what is wrong in what is written. */
static fmm_array spoil(struct fuzzer *f, fmm_array right, int output)
{
    static const int32_t counts[] = { 0, -1, 5, INT_MAX, INT_MIN, 100 }, types[] = { 2, -1, INT_MAX, INT_MIN, 64 };
    static const int64_t sizes[] = { 0, -1, INT64_MAX, INT64_MIN, INT64_MAX / 8, -N, 1LL << 61 };
    static const int64_t strides[] = { INT64_MAX, INT64_MIN, INT64_MAX / 2, -(1LL << 62) };
    switch (draw(f, output ? 7 : 6)) {
        case 0: right.data = NULL; break;
        case 1: right.dimensions = counts[draw(f, 6)]; break;
        case 2: right.type = types[draw(f, 5)]; break;
        case 3: right.shape[draw(f, (uint32_t)right.dimensions)] = sizes[draw(f, 7)]; break;
        case 4: right.strides[0] = strides[draw(f, 4)]; break;
        case 5: right.shape[right.dimensions - 1] -= 1; break;
        default: right.strides[0] = (int64_t)draw(f, 8) - 4; break; /* rows that lie over each other, some at odd places */
    }
    return right;
}

static const char *letters(struct fuzzer *f)
{
    static const char *const words[] = {
        "order=0", "order=17", "order=-1", "order=4294967300", "order=1e400", "tolerance=-1", "tolerance=nan", "tolerance=0", "leaf=0", "threads=0", "threads=1025",
        "nothing", "nothing=1", "=", "=1", "order==4", "m2l=", "rank=0", "precision=quadruple", "gradient=2", "periodic=xx box=1;1;1", "box=1;1", "box_origin=0;0;0",
        "periodic=xyz box=nan;1;1", "periodic=xyz box=0;1;1", "max_level=-1", "uniform_depth=22", "algebra=none", "order=4 order=4", "\xc3", "\xff\xff=1", "\xed\xa0\x80",
        "order=\xd9\xa4", "k=3", "order=4\x01", "order = 4 4", "digits=all",
    };
    int count = 1 + (int)draw(f, 60);
    switch (draw(f, 4)) {
        case 0: memset(f->text, 'o' + (int)draw(f, 4), LONG); f->text[LONG] = 0; return f->text;
        case 1:
            for (int i = 0; i < count; i++) f->text[i] = (char)(128 + draw(f, 127));
            f->text[count] = 0;
            return f->text;
        default: return words[draw(f, sizeof words / sizeof *words)];
    }
}

static double scalar(double r, double *derivative, void *user)
{
    (void)user;
    if (derivative) *derivative = -1 / (r * r);
    return 1 / r;
}

static double spoilt_scalar(double r, double *derivative, void *user)
{
    double value = scalar(r, derivative, NULL);
    int how = (int)(uintptr_t)user;
    if (how == 3 && derivative) *derivative = 0;
    return how == 0 ? NAN : how == 1 ? INFINITY : how == 2 ? value + sin(1e6 * r) : value;
}

static fmm_status wrong_kernel(struct fuzzer *f)
{
    fmm_solver *made;
    fmm_kernel kernel = { sizeof kernel, "fuzz", scalar, NULL, NULL, 0 };
    switch (pick(f, 7)) {
        case 0: return fmm_create_custom(NULL, "", &made);
        case 1: return fmm_create_custom(&kernel, "", NULL);
        case 2: kernel.size = draw(f, 2) ? draw(f, sizeof kernel) : SIZE_MAX; break;
        case 3: kernel.name = draw(f, 2) ? NULL : ""; break;
        case 4: kernel.name = letters(f); if (strlen(kernel.name) < 64) kernel.name = "\x80"; break;
        case 5: kernel.scalar = NULL; break;
        default: kernel.scalar = spoilt_scalar; kernel.user = (void *)(uintptr_t)draw(f, 4); return fmm_create_custom(&kernel, "order=4 gradient", &made);
    }
    return fmm_create_custom(&kernel, "order=4", &made);
}

static fmm_status wrong_create(struct fuzzer *f)
{
    fmm_solver *made;
    switch (pick(f, 4)) {
        case 0: return fmm_create(draw(f, 2) ? letters(f) : NULL, "", &made);
        case 1: return fmm_create("laplace", "", NULL);
        default: return fmm_create("laplace", letters(f), &made);
    }
}

/* Points to set or to move, one set or two, as plain numbers or as arrays. */
static fmm_status wrong_points(struct fuzzer *f)
{
    fmm_solver *solver = draw(f, 2) ? common : f->placed;
    int move = (int)draw(f, 2);
    fmm_array right = rows(points, 2, N, 3), wrong;
    switch (pick(f, 10)) {
        case 0: return (move ? fmm_move_points : fmm_set_points)(wild(f), points, 3 * N);
        case 1: return (move ? fmm_move_points : fmm_set_points)(solver, NULL, draw(f, 2) ? 3 * N : 0);
        case 2: return (move ? fmm_move_points : fmm_set_points)(solver, points, wrong_length(f, 3 * N));
        case 3: return (move ? fmm_move_points : fmm_set_points)(solver, not_finite(f, points, 3 * N), 3 * N);
        case 4: wrong = spoil(f, right, 0); return (move ? fmm_move_points_array : fmm_set_points_array)(solver, draw(f, 8) ? &wrong : NULL);
        case 5: wrong = spoil(f, right, 0); return (move ? fmm_move_sources_targets_array : fmm_set_sources_targets_array)(solver, &right, &wrong);
        case 6: return fmm_set_sources_targets(solver, points, 3 * N, draw(f, 2) ? NULL : points, -3 * (int64_t)draw(f, N));
        case 7: return fmm_set_sources_targets(solver, not_finite(f, points, 3 * N), 3 * N, points, 3 * N);
        case 8: return fmm_move_points(draw(f, 2) ? f->fresh : solver, points, 3 * N + 3);
        default: return fmm_move_sources_targets(draw(f, 2) ? f->fresh : solver, points, 3 * N, points, 3 * N); /* their targets are the sources */
    }
}

static fmm_status wrong_charges(struct fuzzer *f)
{
    fmm_solver *solver = draw(f, 2) ? common : f->placed;
    fmm_array wrong = spoil(f, rows(charges, 1, N, 1), 0);
    switch (pick(f, 6)) {
        case 0: return fmm_set_charges(wild(f), charges, N);
        case 1: return fmm_set_charges(solver, NULL, N);
        case 2: return fmm_set_charges(solver, charges, wrong_length(f, N));
        case 3: return fmm_set_charges(solver, not_finite(f, charges, N), N);
        case 4: return fmm_set_charges(f->fresh, charges, N);
        default: return fmm_set_charges_array(solver, &wrong);
    }
}

static fmm_status wrong_evaluation(struct fuzzer *f)
{
    fmm_solver *solver = draw(f, 2) ? common : f->placed;
    double *u = f->output, *g = f->output + N;
    fmm_array q = rows(charges, 1, N, 1), ua = rows(u, 1, N, 1), ga = rows(g, 2, N, 3), wrong, out;
    switch (pick(f, 12)) {
        case 0: return fmm_evaluate(wild(f), charges, N, u, N, g, 3 * N);
        case 1: return fmm_evaluate(solver, NULL, N, u, N, g, 3 * N);
        case 2: return fmm_evaluate(solver, charges, wrong_length(f, N), u, N, g, 3 * N);
        case 3: return fmm_evaluate(solver, charges, N, NULL, N, g, 3 * N);
        case 4: return fmm_evaluate(solver, charges, N, u, wrong_length(f, N), g, 3 * N);
        case 5: { int64_t length = wrong_length(f, 3 * N); return fmm_evaluate(solver, charges, N, u, N, g, length ? length : 7); }
        case 6: return fmm_evaluate(solver, not_finite(f, charges, N), N, u, N, g, 3 * N);
        case 7: return fmm_evaluate(f->fresh, charges, N, u, N, g, 3 * N);
        case 8: wrong = spoil(f, q, 0); return fmm_evaluate_array(solver, &wrong, &ua, &ga, NULL);
        case 9: out = spoil(f, ua, 1); return fmm_evaluate_array(solver, &q, draw(f, 8) ? &out : NULL, &ga, NULL);
        case 10: out = spoil(f, ga, 1); return fmm_evaluate_array(solver, &q, &ua, &out, NULL);
        default: out = rows(g, 2, N, 6); return fmm_evaluate_array(solver, &q, &ua, NULL, &out); /* none were asked for */
    }
}

static int silent(const char *system, int32_t done, int32_t total, void *user)
{
    (void)system, (void)done, (void)total, (void)user;
    return 0;
}

static fmm_status wrong_question(struct fuzzer *f)
{
    fmm_solver *solver = draw(f, 2) ? common : f->placed;
    double errors[4];
    int64_t sizes[6];
    size_t length;
    switch (pick(f, 12)) {
        case 0: return fmm_verify(wild(f), 10, errors);
        case 1: return fmm_verify(common, -(int64_t)draw(f, 5), errors);
        case 2: return fmm_verify(common, 10, NULL);
        case 3: return fmm_verify(draw(f, 2) ? f->fresh : f->placed, 10, errors);
        case 4: return fmm_sizes(draw(f, 2) ? wild(f) : NULL, sizes);
        case 5: return fmm_sizes(solver, NULL);
        case 6: return fmm_report(wild(f), f->text, LONG, &length);
        case 7: return fmm_report(common, f->text, draw(f, 64), &length);
        case 8: return fmm_kernels(f->text, draw(f, 64), &length);
        case 9: { fmm_solver *none = wild(f); return none ? fmm_free(none) : fmm_invalidate(none); }
        case 10: return draw(f, 2) ? fmm_invalidate(wild(f)) : fmm_cancel(wild(f));
        default: return fmm_set_progress(wild(f), silent, f);
    }
}

static void *spoils(void *user)
{
    static fmm_status (*const functions[])(struct fuzzer *) =
        { wrong_create, wrong_kernel, wrong_points, wrong_points, wrong_charges, wrong_evaluation, wrong_evaluation, wrong_question };
    struct fuzzer *f = user;
    for (int i = 0; i < calls_each; i++) {
        uint32_t which = draw(f, sizeof functions / sizeof *functions);
        for (int k = 0; k < 7 * N; k++) f->output[k] = -7;
        fmm_status status = functions[which](f);
        const char *text = fmm_last_error();
        int untouched = 1, told = status > FMM_OK && status < FMM_INTERNAL && *text && strlen(text) < 2000;
        for (int k = 0; k < 7 * N; k++) untouched &= f->output[k] == -7;
        if (told && untouched) f->refused++, f->by_status[status]++;
        else if (f->failures++ < 10)
            printf("call %d, %u.%d: status %d, outputs %s, text \"%.200s\"\n", i, which, f->picked, status, untouched ? "untouched" : "written to", text);
    }
    return NULL;
}

static fmm_solver *made(int set, int evaluate)
{
    fmm_solver *solver = NULL;
    fmm_status status = fmm_create("laplace", "order=4 gradient threads=1 leaf=10", &solver);
    if (!status && set) status = fmm_set_points(solver, points, 3 * N);
    if (!status && evaluate) status = fmm_evaluate(solver, charges, N, field, N, slope, 3 * N);
    if (!status) return solver;
    fprintf(stderr, "a right call gave %d: %s\n", status, fmm_last_error());
    exit(EXIT_FAILURE);
}

int main(int count, char **words)
{
    static struct fuzzer fuzzers[THREADS];
    if (count != 3) return 2;
    calls_each = atoi(words[2]) / THREADS;
    struct fuzzer first = { .state = strtoull(words[1], NULL, 10) };
    for (int i = 0; i < 3 * N + 6; i++) points[i] = draw(&first, 1u << 30) / (double)(1u << 30);
    for (int i = 0; i < N + 2; i++) charges[i] = draw(&first, 1u << 30) / (double)(1u << 30) - 0.5;
    common = made(1, 1);
    for (int i = 0; i < THREADS; i++) {
        struct fuzzer *f = fuzzers + i;
        *f = (struct fuzzer) { .state = first.state + 7919u * (uint64_t)i, .fresh = made(0, 0), .placed = made(1, 0), .freed = made(0, 0),
            .spoiled = malloc(3 * N * sizeof(double)), .output = malloc(7 * N * sizeof(double)), .text = malloc(LONG + 1) };
        fmm_free(f->freed);
    }
    for (int i = 0; i < THREADS; i++) pthread_create(&fuzzers[i].thread, NULL, spoils, fuzzers + i);

    int refused = 0, failures = 0, by_status[FMM_INTERNAL + 1] = { 0 };
    double errors[4], again[N], once[N];
    memcpy(once, field, sizeof field);
    for (int i = 0; i < THREADS; i++) {
        pthread_join(fuzzers[i].thread, NULL);
        refused += fuzzers[i].refused;
        failures += fuzzers[i].failures;
        for (int s = 0; s <= FMM_INTERNAL; s++) by_status[s] += fuzzers[i].by_status[s];
    }
    printf("seed %s: %d wrong calls refused, %d not;", words[1], refused, failures);
    for (int s = 1; s < FMM_INTERNAL; s++)
        if (by_status[s]) printf(" status %d: %d", s, by_status[s]);
    puts("");

    /* The solver that they were called on has its points, charges and fields, and a fresh one gives the same. */
    int same = !fmm_verify(common, N, errors) && errors[0] < 1e-2 && !fmm_evaluate(common, NULL, 0, again, N, NULL, 0) && !memcmp(again, once, sizeof once);
    fmm_solver *fresh = made(1, 1);
    same &= !memcmp(field, once, sizeof once) && !fmm_free(fresh) && !fmm_free(common);
    for (int i = 0; i < THREADS; i++) {
        same &= !fmm_evaluate(fuzzers[i].placed, charges, N, again, N, NULL, 0) && !memcmp(again, once, sizeof once);
        same &= !fmm_free(fuzzers[i].fresh) && !fmm_free(fuzzers[i].placed);
        free(fuzzers[i].spoiled), free(fuzzers[i].output), free(fuzzers[i].text);
    }
    puts(same ? "right calls are right afterwards" : "right calls went wrong afterwards");
    return failures == 0 && same ? EXIT_SUCCESS : EXIT_FAILURE;
}
