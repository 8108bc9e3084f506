/*
 * The field of 5,000 charges at their own places: potential and gradient to a tolerance, and the error that direct sums find.
 *
 *     gcc -std=c11 -O2 field.c -o field $(pkg-config --cflags --libs fmm) && ./field
 */
#include <fmm.h>
#include <stdio.h>
#include <stdlib.h>

enum { N = 5000 };

static double points[3 * N], charges[N], potentials[N], gradients[3 * N];

/* Every function says how it went, and fmm_last_error why it did not. */
static void check(fmm_status status)
{
    if (status == FMM_OK) return;
    fprintf(stderr, "field: status %d: %s\n", status, fmm_last_error());
    exit(EXIT_FAILURE);
}

/* From 0 to 1, the same numbers everywhere. */
static double uniform(void)
{
    static uint64_t state = 1;
    state = 6364136223846793005u * state + 1442695040888963407u;
    return (double)(state >> 11) / 9007199254740992.0;
}

int main(void)
{
    for (int i = 0; i < 3 * N; i++) points[i] = uniform();
    for (int i = 0; i < N; i++) charges[i] = uniform() - 0.5;

    fmm_solver *solver;
    double errors[4];
    check(fmm_create("laplace", "tolerance=1e-6 gradient", &solver));
    check(fmm_set_points(solver, points, 3 * N));
    check(fmm_evaluate(solver, charges, N, potentials, N, gradients, 3 * N));
    check(fmm_verify(solver, 200, errors));
    check(fmm_free(solver));

    printf("fmm %s, loops of %d bits\n", fmm_version(), fmm_registers());
    printf("at (%.3f, %.3f, %.3f): potential %.6f, gradient (%.4f, %.4f, %.4f)\n",
        points[0], points[1], points[2], potentials[0], gradients[0], gradients[1], gradients[2]);
    printf("error against 200 direct sums: potential %.1e, gradient %.1e\n", errors[0], errors[2]);
    return errors[0] < 1e-6 && errors[2] < 1e-4 ? EXIT_SUCCESS : EXIT_FAILURE;
}
