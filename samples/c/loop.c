/*
 * Points that move: a ball of 2,000 masses that falls together under its gravity, by leapfrog. The masses are told once, the tree follows the points,
 * and the energy must stay.
 *
 *     gcc -std=c11 -O2 loop.c -o loop $(pkg-config --cflags --libs fmm) -lm && ./loop
 */
#include <fmm.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { N = 2000, STEPS = 40 };

static double at[3 * N], velocity[3 * N], mass[N], potential[N], slope[3 * N];

static void check(fmm_status status)
{
    if (status == FMM_OK) return;
    fprintf(stderr, "loop: status %d: %s\n", status, fmm_last_error());
    exit(EXIT_FAILURE);
}

static double uniform(void)
{
    static uint64_t state = 3;
    state = 6364136223846793005u * state + 1442695040888963407u;
    return (double)(state >> 11) / 9007199254740992.0;
}

/* Evenly in the unit ball, at rest, of mass 1 all in all. */
static void place(void)
{
    for (int i = 0; i < N; i++) {
        double *p = at + 3 * i;
        do
            for (int c = 0; c < 3; c++) p[c] = 2 * uniform() - 1;
        while (p[0] * p[0] + p[1] * p[1] + p[2] * p[2] > 1);
        mass[i] = 1.0 / N;
    }
}

/* The field of the masses that the solver keeps, where the points are now. */
static void field(fmm_solver *solver)
{
    check(fmm_evaluate(solver, NULL, 0, potential, N, slope, 3 * N));
}

static double energy(void)
{
    double sum = 0;
    for (int i = 0; i < N; i++) {
        const double *v = velocity + 3 * i;
        sum += 0.5 * mass[i] * (v[0] * v[0] + v[1] * v[1] + v[2] * v[2] + potential[i]);
    }
    return sum;
}

static double radius(void)
{
    double sum = 0;
    for (int i = 0; i < 3 * N; i++) sum += at[i] * at[i] / N;
    return sqrt(sum);
}

int main(void)
{
    place();
    fmm_solver *solver;
    check(fmm_create("gravity", "length=0.1 order=5 gradient", &solver));
    check(fmm_set_points(solver, at, 3 * N));
    check(fmm_set_charges(solver, mass, N));
    field(solver);

    double first = energy(), worst = 0, start = radius(), step = 0.02;
    for (int s = 0; s < STEPS; s++) {
        for (int i = 0; i < 3 * N; i++) {
            velocity[i] -= 0.5 * step * slope[i];
            at[i] += step * velocity[i];
        }
        check(fmm_move_points(solver, at, 3 * N));
        field(solver);
        for (int i = 0; i < 3 * N; i++) velocity[i] -= 0.5 * step * slope[i];
        worst = fmax(worst, fabs(energy() / first - 1));
    }

    double errors[4];
    check(fmm_verify(solver, 100, errors));
    check(fmm_free(solver));
    printf("radius %.3f, after %d steps %.3f\n", start, STEPS, radius());
    printf("energy %.5f, off by %.1e at worst\n", first, worst);
    printf("error of the last potentials: %.1e\n", errors[0]);
    return worst < 1e-3 && errors[0] < 1e-4 && radius() < 0.9 * start ? EXIT_SUCCESS : EXIT_FAILURE;
}
