/*
 * An evaluation by the library, again and again: ./times KERNEL OPTIONS GRADIENT POINTS TURNS prints the first and the shortest of the others in milliseconds,
 * and the width of the loops. perf/library/LibraryTable.cs runs it beside the C# solver.
 */
#include <fmm.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double uniform(void)
{
    static uint64_t state = 1;
    state = 6364136223846793005u * state + 1442695040888963407u;
    return (double)(state >> 11) / 9007199254740992.0;
}

static double milliseconds(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

static void check(fmm_status status)
{
    if (status == FMM_OK) return;
    fprintf(stderr, "times: status %d: %s\n", status, fmm_last_error());
    exit(EXIT_FAILURE);
}

int main(int count, char **words)
{
    if (count != 6) return 2;
    int gradient = words[3][0] == '1', turns = atoi(words[5]);
    int64_t n = atol(words[4]), sizes[6];
    fmm_solver *solver;
    check(fmm_create(words[1], words[2], &solver));
    double *points = malloc((size_t)n * 3 * sizeof *points);
    for (int64_t i = 0; i < 3 * n; i++) points[i] = uniform();
    check(fmm_set_points(solver, points, 3 * n));
    check(fmm_sizes(solver, sizes));
    int64_t in = n * sizes[2], out = n * sizes[3];
    double *charges = malloc((size_t)in * sizeof *charges), *potentials = malloc((size_t)out * sizeof *potentials), *gradients = malloc((size_t)out * 3 * sizeof *gradients);
    for (int64_t i = 0; i < in; i++) charges[i] = uniform() - 0.5;
    double first = 0, shortest = 1e300;
    for (int turn = 0; turn <= turns; turn++) {
        double start = milliseconds();
        check(fmm_evaluate(solver, charges, in, potentials, out, gradient ? gradients : NULL, gradient ? 3 * out : 0));
        double taken = milliseconds() - start;
        if (turn == 0) first = taken;
        else if (taken < shortest) shortest = taken;
    }
    printf("%.2f %.2f %d\n", first, shortest, fmm_registers());
    return 0;
}
