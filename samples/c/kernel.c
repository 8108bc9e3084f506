/*
 * A kernel of one's own: the screened charge exp(-k r) / (4 pi r) as two C functions, held against the built-in one and against sums over all pairs.
 *
 *     gcc -std=c11 -O2 kernel.c -o kernel $(pkg-config --cflags --libs fmm) -lm && ./kernel
 */
#include <fmm.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { N = 3000, COMPARED = 100 };

static const double four_pi = 12.566370614359172954;
static double points[3 * N], charges[N], own[N], slope[3 * N], built_in[N];

static void check(fmm_status status)
{
    if (status == FMM_OK) return;
    fprintf(stderr, "kernel: status %d: %s\n", status, fmm_last_error());
    exit(EXIT_FAILURE);
}

/* The formula and its derivative. user is what stands in fmm_kernel: here k. */
static double screened(double r, double *derivative, void *user)
{
    double k = *(const double *)user, value = exp(-k * r) / (four_pi * r);
    *derivative = -value * (k + 1 / r);
    return value;
}

/* The same for many distances: what the engine's inner loops call. */
static void screened_batch(int64_t count, const double *r, double *values, double *derivatives, void *user)
{
    double k = *(const double *)user;
    for (int64_t i = 0; i < count; i++) {
        values[i] = exp(-k * r[i]) / (four_pi * r[i]);
        derivatives[i] = -values[i] * (k + 1 / r[i]);
    }
}

static double uniform(void)
{
    static uint64_t state = 2;
    state = 6364136223846793005u * state + 1442695040888963407u;
    return (double)(state >> 11) / 9007199254740992.0;
}

/* The sum that the method saves: everything acts on target i but itself. */
static double direct(int i, double k)
{
    double sum = 0, unused;
    for (int j = 0; j < N; j++) {
        double x = points[3 * i] - points[3 * j], y = points[3 * i + 1] - points[3 * j + 1], z = points[3 * i + 2] - points[3 * j + 2];
        if (j != i) sum += charges[j] * screened(sqrt(x * x + y * y + z * z), &unused, &k);
    }
    return sum;
}

int main(void)
{
    for (int i = 0; i < 3 * N; i++) points[i] = uniform();
    for (int i = 0; i < N; i++) charges[i] = uniform() - 0.5;

    double k = 2.5;
    fmm_kernel kernel = { .size = sizeof kernel, .name = "screened", .scalar = screened, .batch = screened_batch, .user = &k };
    fmm_solver *solver;
    check(fmm_create_custom(&kernel, "order=8 gradient", &solver));
    check(fmm_set_points(solver, points, 3 * N));
    check(fmm_evaluate(solver, charges, N, own, N, slope, 3 * N));
    double errors[4];
    check(fmm_verify(solver, COMPARED, errors));
    check(fmm_free(solver));

    check(fmm_create("yukawa", "k=2.5 order=8", &solver));
    check(fmm_set_points(solver, points, 3 * N));
    check(fmm_evaluate(solver, charges, N, built_in, N, NULL, 0));
    check(fmm_free(solver));

    double apart = 0, wrong = 0, size = 0, size_compared = 0;
    for (int i = 0; i < N; i++) {
        apart += (own[i] - built_in[i]) * (own[i] - built_in[i]);
        size += built_in[i] * built_in[i];
    }
    for (int i = 0; i < COMPARED; i++) {
        double exact = direct(i, k);
        wrong += (own[i] - exact) * (own[i] - exact);
        size_compared += exact * exact;
    }
    apart = sqrt(apart / size);
    wrong = sqrt(wrong / size_compared);
    printf("against the built-in kernel: %.1e\n", apart);
    printf("against %d sums over all pairs: %.1e\n", COMPARED, wrong);
    printf("as fmm_verify finds it: potential %.1e, gradient %.1e\n", errors[0], errors[2]);
    return apart < 1e-6 && wrong < 1e-6 && errors[2] < 1e-4 ? EXIT_SUCCESS : EXIT_FAILURE;
}
