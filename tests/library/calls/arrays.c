/* Arrays as they lie: strides, 32-bit numbers, several charge vectors, several numbers a point. */
#include "calls.h"
#include <math.h>
#include <string.h>

enum { N = 400, M = 150, V = 3 };

static double points[3 * N], targets[3 * M], charges[N];

static fmm_solver *made(const char *kernel, const char *options)
{
    fill(points, 3 * N, 0, 1, 1);
    fill(targets, 3 * M, 0, 1, 2);
    fill(charges, N, -1, 1, 3);
    fmm_solver *solver = NULL;
    OK(fmm_create(kernel, options, &solver));
    return solver;
}

void array_group(void)
{
    static double field[N], slope[3 * N], wide[2 * N], columns[3][N], rows[5 * N], sparse_slope[8 * N], backwards[N], hessian[6 * N], hessian_columns[6][N];
    static float singles[3 * N], single_charges[N], single_field[N];
    static char odd[N * 11 + 1];
    fmm_solver *solver = made("laplace", "order=6 leaf=25 gradient hessian");
    OK(fmm_set_points(solver, points, 3 * N));
    fmm_array q = array_of(charges, FMM_F64, 1, N, 0, 0, 0), u = array_of(field, FMM_F64, 1, N, 0, 0, 0), g = array_of(slope, FMM_F64, 2, N, 3, 0, 0);
    fmm_array h = array_of(hessian, FMM_F64, 2, N, 6, 0, 0);
    OK(fmm_evaluate_array(solver, &q, &u, &g, &h));
    double sum = 0, size = 0;
    for (int i = 0; i < N; i++) {
        sum += fabs(hessian[6 * i] + hessian[6 * i + 3] + hessian[6 * i + 5]);
        size += fabs(hessian[6 * i]);
    }
    CHECK(size > 0 && sum < 1e-3 * size); /* xx + yy + zz of a harmonic function is 0 */
    double errors[4];
    OK(fmm_verify(solver, N, errors));
    CHECK(errors[0] < 1e-5 && errors[2] < 1e-3 && errors[3] < 1e-2);

    /* Coordinates in columns, rows apart, charges at every second number, backwards, outputs in columns: the same bits. */
    for (int i = 0; i < N; i++)
        for (int c = 0; c < 3; c++) columns[c][i] = rows[5 * i + c + 1] = points[3 * i + c];
    for (int i = 0; i < N; i++) wide[2 * i] = charges[i];
    fmm_array p = array_of(columns, FMM_F64, 2, N, 3, 0, 0);
    p.strides[0] = sizeof(double);
    p.strides[1] = N * sizeof(double);
    OK(fmm_set_points_array(solver, &p));
    q = array_of(wide, FMM_F64, 1, N, 0, 0, 0);
    q.strides[0] = 2 * sizeof(double);
    fmm_array b = array_of(backwards + N - 1, FMM_F64, 1, N, 0, 0, 0);
    b.strides[0] = -(int64_t)sizeof(double);
    fmm_array s = array_of(sparse_slope, FMM_F64, 2, N, 3, 0, 0);
    s.strides[0] = 8 * sizeof(double);
    s.strides[1] = 2 * sizeof(double);
    fmm_array hc = array_of(hessian_columns, FMM_F64, 2, N, 6, 0, 0);
    hc.strides[0] = sizeof(double);
    hc.strides[1] = N * sizeof(double);
    OK(fmm_evaluate_array(solver, &q, &b, &s, &hc));
    int same = 1;
    for (int i = 0; i < N; i++) {
        same &= backwards[N - 1 - i] == field[i];
        for (int c = 0; c < 3; c++) same &= sparse_slope[8 * i + 2 * c] == slope[3 * i + c] && sparse_slope[8 * i + 2 * c + 1] == 0;
        for (int c = 0; c < 6; c++) same &= hessian_columns[c][i] == hessian[6 * i + c];
    }
    CHECK(same);
    p = array_of(rows + 1, FMM_F64, 2, N, 3, 0, 0);
    p.strides[0] = 5 * sizeof(double);
    OK(fmm_set_points_array(solver, &p));
    OK(fmm_evaluate_array(solver, &q, &b, NULL, NULL));
    for (int i = 0; i < N; i++) same &= backwards[N - 1 - i] == field[i];
    CHECK(same);

    /* Numbers that stand at no multiple of their size. */
    for (int i = 0; i < N; i++) memcpy(odd + 1 + 11 * i, charges + i, sizeof(double));
    q = array_of(odd + 1, FMM_F64, 1, N, 0, 0, 0);
    q.strides[0] = 11;
    OK(fmm_evaluate_array(solver, &q, &b, NULL, NULL));
    for (int i = 0; i < N; i++) same &= backwards[N - 1 - i] == field[i];
    CHECK(same);

    /* 32-bit numbers: the field of what they hold, rounded at the end. One number in every place is an array of stride 0. */
    for (int i = 0; i < 3 * N; i++) points[i] = singles[i] = (float)points[i];
    for (int i = 0; i < N; i++) charges[i] = single_charges[i] = (float)charges[i];
    OK(fmm_set_points(solver, points, 3 * N));
    OK(fmm_evaluate(solver, charges, N, field, N, NULL, 0));
    p = array_of(singles, FMM_F32, 2, N, 3, 0, 0);
    q = array_of(single_charges, FMM_F32, 1, N, 0, 0, 0);
    u = array_of(single_field, FMM_F32, 1, N, 0, 0, 0);
    OK(fmm_set_points_array(solver, &p));
    OK(fmm_evaluate_array(solver, &q, &u, NULL, NULL));
    for (int i = 0; i < N; i++) same &= single_field[i] == (float)field[i];
    CHECK(same);
    double one = 1, ones[N];
    for (int i = 0; i < N; i++) ones[i] = 1;
    q = array_of(&one, FMM_F64, 1, N, 0, 0, 0);
    q.strides[0] = 0;
    u = array_of(wide, FMM_F64, 1, N, 0, 0, 0);
    OK(fmm_evaluate_array(solver, &q, &u, NULL, NULL));
    OK(fmm_evaluate(solver, ones, N, field, N, NULL, 0));
    CHECK(memcmp(field, wide, sizeof field) == 0);

    /* A potential and its gradient beside each other, a structure a target: they lie between each other, not over each other. */
    static struct { double u, gradient[3]; } beside[N];
    u = array_of(&beside[0].u, FMM_F64, 1, N, 0, 0, 0);
    g = array_of(beside[0].gradient, FMM_F64, 2, N, 3, 0, 0);
    u.strides[0] = g.strides[0] = sizeof beside[0];
    OK(fmm_evaluate(solver, ones, N, field, N, slope, 3 * N));
    OK(fmm_evaluate_array(solver, &q, &u, &g, NULL));
    for (int i = 0; i < N; i++) same &= beside[i].u == field[i] && memcmp(beside[i].gradient, slope + 3 * i, sizeof beside[i].gradient) == 0;
    CHECK(same);

    /* Shapes and strides that are wrong. */
    q = array_of(charges, FMM_F64, 1, N, 0, 0, 0);
    fmm_array wrong = array_of(points, FMM_F64, 2, 3, N, 0, 0);
    REFUSED(fmm_set_points_array(solver, &wrong), FMM_INVALID_ARGUMENT, "3");
    wrong = array_of(points, FMM_F64, 1, 3 * N, 0, 0, 0);
    REFUSED(fmm_set_points_array(solver, &wrong), FMM_INVALID_ARGUMENT, "");
    wrong = array_of(points, FMM_F64, 2, -N, 3, 0, 0);
    REFUSED(fmm_set_points_array(solver, &wrong), FMM_INVALID_ARGUMENT, "-400");
    wrong = array_of(points, FMM_F64, 2, INT64_MAX / 8, 3, 0, 0);
    REFUSED(fmm_set_points_array(solver, &wrong), FMM_INVALID_ARGUMENT, "");
    wrong = array_of(points, FMM_F64, 2, N, 3, 0, 0);
    wrong.type = 2;
    REFUSED(fmm_set_points_array(solver, &wrong), FMM_INVALID_ARGUMENT, "type");
    wrong.type = FMM_F64;
    wrong.dimensions = 5;
    REFUSED(fmm_set_points_array(solver, &wrong), FMM_INVALID_ARGUMENT, "5");
    wrong.dimensions = 0;
    REFUSED(fmm_set_points_array(solver, &wrong), FMM_INVALID_ARGUMENT, "0");
    wrong.dimensions = 2;
    wrong.data = NULL;
    REFUSED(fmm_set_points_array(solver, &wrong), FMM_INVALID_ARGUMENT, "null");
    REFUSED(fmm_set_points_array(solver, NULL), FMM_INVALID_ARGUMENT, "null");
    u = array_of(field, FMM_F64, 1, N, 0, 0, 0);
    REFUSED(fmm_evaluate_array(solver, &q, NULL, NULL, NULL), FMM_INVALID_ARGUMENT, "null");
    u.strides[0] = 0;
    REFUSED(fmm_evaluate_array(solver, &q, &u, NULL, NULL), FMM_INVALID_ARGUMENT, "over each other");
    u = array_of(field, FMM_F64, 1, N - 1, 0, 0, 0);
    REFUSED(fmm_evaluate_array(solver, &q, &u, NULL, NULL), FMM_INVALID_ARGUMENT, "399");
    u = array_of(field, FMM_F64, 1, N, 0, 0, 0);
    g = array_of(slope, FMM_F64, 2, N, 2, 0, 0);
    REFUSED(fmm_evaluate_array(solver, &q, &u, &g, NULL), FMM_INVALID_ARGUMENT, "2");
    g = array_of(field, FMM_F64, 2, N, 3, 0, 0);
    g.data = field + 1;
    g.strides[0] = sizeof(double);
    REFUSED(fmm_evaluate_array(solver, &q, &u, &g, NULL), FMM_INVALID_ARGUMENT, "each other");
    OK(fmm_evaluate_array(solver, &q, &u, NULL, NULL));
    OK(fmm_free(solver));
}

void vector_group(void)
{
    static double several[V * N], fields[V * M], slopes[3 * V * M], one[M], one_slope[3 * M], forces[3 * N], velocities[3 * M], joined[N * V], joined_fields[M * V];
    fmm_solver *solver = made("laplace", "order=5 leaf=25 gradient");
    fill(several, V * N, -1, 1, 4);
    OK(fmm_set_sources_targets(solver, points, 3 * N, targets, 3 * M));
    fmm_array q = array_of(several, FMM_F64, 2, V, N, 0, 0), u = array_of(fields, FMM_F64, 2, V, M, 0, 0), g = array_of(slopes, FMM_F64, 3, V, M, 3, 0);
    OK(fmm_evaluate_array(solver, &q, &u, &g, NULL));
    int64_t sizes[6];
    OK(fmm_sizes(solver, sizes));
    CHECK(sizes[0] == N && sizes[1] == M && sizes[4] == V && sizes[5] == 1);
    for (int v = 0; v < V; v++) {
        OK(fmm_evaluate(solver, several + v * N, N, one, M, one_slope, 3 * M));
        CHECK(apart(fields + v * M, one, M) < 1e-12);
        CHECK(apart(slopes + 3 * v * M, one_slope, 3 * M) < 1e-12);
    }

    /* Vectors that stand side by side, a row a source. */
    for (int i = 0; i < N; i++)
        for (int v = 0; v < V; v++) joined[V * i + v] = several[N * v + i];
    q = array_of(joined, FMM_F64, 2, V, N, 0, 0);
    q.strides[0] = sizeof(double);
    q.strides[1] = V * sizeof(double);
    u = array_of(joined_fields, FMM_F64, 2, V, M, 0, 0);
    u.strides[0] = sizeof(double);
    u.strides[1] = V * sizeof(double);
    OK(fmm_evaluate_array(solver, &q, &u, NULL, NULL));
    int same = 1;
    for (int i = 0; i < M; i++)
        for (int v = 0; v < V; v++) same &= joined_fields[V * i + v] == fields[M * v + i];
    CHECK(same);

    u = array_of(fields, FMM_F64, 2, V - 1, M, 0, 0);
    REFUSED(fmm_evaluate_array(solver, &q, &u, NULL, NULL), FMM_INVALID_ARGUMENT, "2");
    q = array_of(several, FMM_F64, 2, 0, N, 0, 0);
    REFUSED(fmm_evaluate_array(solver, &q, &u, NULL, NULL), FMM_INVALID_ARGUMENT, "0");
    OK(fmm_free(solver));

    /* Kernels of several numbers: Stokes by the plain call and as arrays. */
    solver = made("stokes", "order=6 leaf=25");
    fill(forces, 3 * N, -1, 1, 5);
    OK(fmm_set_sources_targets(solver, points, 3 * N, targets, 3 * M));
    OK(fmm_sizes(solver, sizes));
    CHECK(sizes[2] == 3 && sizes[3] == 3);
    OK(fmm_evaluate(solver, forces, 3 * N, velocities, 3 * M, NULL, 0));
    q = array_of(forces, FMM_F64, 2, N, 3, 0, 0);
    u = array_of(fields, FMM_F64, 2, M, 3, 0, 0);
    OK(fmm_evaluate_array(solver, &q, &u, NULL, NULL));
    CHECK(memcmp(fields, velocities, sizeof velocities) == 0);
    double errors[4];
    OK(fmm_verify(solver, M, errors));
    CHECK(errors[0] < 1e-4);
    REFUSED(fmm_evaluate(solver, forces, N, velocities, 3 * M, NULL, 0), FMM_INVALID_ARGUMENT, "1200");
    OK(fmm_free(solver));
}
