/* fmm_evaluate, fmm_set_charges and fmm_verify of plain arrays. */
#include "calls.h"
#include <math.h>
#include <string.h>

enum { N = 400 };

static double points[3 * N], charges[N];

static fmm_solver *made(const char *kernel, const char *options)
{
    fill(points, 3 * N, 0, 1, 1);
    fill(charges, N, -1, 1, 3);
    fmm_solver *solver = NULL;
    OK(fmm_create(kernel, options, &solver));
    return solver;
}

static int all(const double *numbers, int64_t count, double value)
{
    for (int64_t i = 0; i < count; i++)
        if (numbers[i] != value) return 0;
    return 1;
}

void field_group(void)
{
    static double field[N], slope[3 * N], exact[N], exact_slope[3 * N], again[N];
    double errors[4];
    fmm_solver *solver = made("yukawa", "k=1.5 order=8 leaf=30 gradient");
    OK(fmm_set_points(solver, points, 3 * N));

    /* What is refused leaves outputs as they were. */
    for (int i = 0; i < N; i++) field[i] = -7;
    for (int i = 0; i < 3 * N; i++) slope[i] = -7;
    REFUSED(fmm_evaluate(solver, NULL, 0, field, N, slope, 3 * N), FMM_INVALID_STATE, "charges");
    REFUSED(fmm_evaluate(solver, NULL, N, field, N, slope, 3 * N), FMM_INVALID_ARGUMENT, "null");
    REFUSED(fmm_evaluate(solver, charges, N - 1, field, N, slope, 3 * N), FMM_INVALID_ARGUMENT, "399");
    REFUSED(fmm_evaluate(solver, charges, -N, field, N, slope, 3 * N), FMM_INVALID_ARGUMENT, "-400");
    REFUSED(fmm_evaluate(solver, charges, INT64_MAX, field, N, slope, 3 * N), FMM_INVALID_ARGUMENT, "");
    REFUSED(fmm_evaluate(solver, charges, N, field, N + 1, slope, 3 * N), FMM_INVALID_ARGUMENT, "401");
    REFUSED(fmm_evaluate(solver, charges, N, NULL, N, slope, 3 * N), FMM_INVALID_ARGUMENT, "null");
    REFUSED(fmm_evaluate(solver, charges, N, field, N, slope, N), FMM_INVALID_ARGUMENT, "1200");
    REFUSED(fmm_evaluate(solver, charges, N, field, N, NULL, 3 * N), FMM_INVALID_ARGUMENT, "null");
    charges[17] = NAN;
    REFUSED(fmm_evaluate(solver, charges, N, field, N, slope, 3 * N), FMM_INVALID_ARGUMENT, "17");
    fill(charges, N, -1, 1, 3);
    CHECK(all(field, N, -7) && all(slope, 3 * N, -7));

    OK(fmm_evaluate(solver, charges, N, field, N, slope, 3 * N));
    for (int i = 0; i < N; i++) exact[i] = direct(points, charges, N, points + 3 * i, 1.5, exact_slope + 3 * i);
    CHECK(apart(field, exact, N) < 1e-6);
    CHECK(apart(slope, exact_slope, 3 * N) < 1e-4);
    OK(fmm_verify(solver, N, errors));
    CHECK(fabs(errors[0] / apart(field, exact, N) - 1) < 1e-3 && fabs(errors[2] / apart(slope, exact_slope, 3 * N) - 1) < 1e-3 && isnan(errors[3]));
    REFUSED(fmm_verify(solver, 0, errors), FMM_INVALID_ARGUMENT, "sample");
    REFUSED(fmm_verify(solver, -5, errors), FMM_INVALID_ARGUMENT, "sample");
    REFUSED(fmm_verify(solver, 10, NULL), FMM_INVALID_ARGUMENT, "null");

    /* Kept charges: those of the evaluation before, those that were set, through a move, but not to other points. */
    OK(fmm_evaluate(solver, NULL, 0, again, N, NULL, 0));
    CHECK(memcmp(again, field, sizeof field) == 0);
    double twice[N];
    for (int i = 0; i < N; i++) twice[i] = 2 * charges[i];
    REFUSED(fmm_set_charges(solver, twice, N + 1), FMM_INVALID_ARGUMENT, "401");
    REFUSED(fmm_set_charges(solver, NULL, N), FMM_INVALID_ARGUMENT, "null");
    OK(fmm_set_charges(solver, twice, N));
    OK(fmm_evaluate(solver, NULL, 0, again, N, NULL, 0));
    for (int i = 0; i < N; i++) twice[i] = 2 * field[i];
    CHECK(memcmp(again, twice, sizeof twice) == 0);
    for (int i = 0; i < 3 * N; i++) points[i] += 1e-3 * sin(i);
    OK(fmm_move_points(solver, points, 3 * N));
    OK(fmm_evaluate(solver, NULL, 0, again, N, NULL, 0));
    for (int i = 0; i < N; i++) exact[i] = 2 * direct(points, charges, N, points + 3 * i, 1.5, NULL);
    CHECK(apart(again, exact, N) < 1e-6);
    OK(fmm_set_points(solver, points, 3 * N));
    REFUSED(fmm_evaluate(solver, NULL, 0, again, N, NULL, 0), FMM_INVALID_STATE, "charges");
    OK(fmm_free(solver));

    /* Gradients have to be asked for; a field beyond all numbers is told. */
    solver = made("laplace", "order=4");
    OK(fmm_set_points(solver, points, 3 * N));
    REFUSED(fmm_evaluate(solver, charges, N, field, N, slope, 3 * N), FMM_INVALID_ARGUMENT, "gradient");
    for (int i = 0; i < N; i++) charges[i] = 1e308;
    for (int i = 0; i < N; i++) field[i] = -7;
    REFUSED(fmm_evaluate(solver, charges, N, field, N, NULL, 0), FMM_RANGE, "target");
    CHECK(all(field, N, -7));
    REFUSED(fmm_verify(solver, 10, errors), FMM_INVALID_STATE, "evaluate");
    OK(fmm_free(solver));

    solver = made("laplace", "tolerance=1e-13 require_tolerance leaf=20");
    OK(fmm_set_points(solver, points, 3 * N));
    fmm_status status = fmm_evaluate(solver, charges, N, field, N, NULL, 0);
    if (status != FMM_OK) REFUSED(status, FMM_TOLERANCE, "tolerance");
    OK(fmm_free(solver));

    /* Two charges of one place act on neither. */
    double pair[6] = { 0.5, 0.5, 0.5, 0.5, 0.5, 0.5 };
    solver = made("laplace", NULL);
    OK(fmm_set_points(solver, pair, 6));
    OK(fmm_evaluate(solver, charges, 2, field, 2, NULL, 0));
    CHECK(field[0] == 0 && field[1] == 0);
    OK(fmm_free(solver));
}
