/* fmm_create and what ends it; fmm_set_points, fmm_move_points and their kin. */
#include "calls.h"
#include <math.h>
#include <string.h>

void create_group(void)
{
    static const char *const right[] = {
        NULL, "", "order=4", "tolerance=1e-3", "tolerance=1e-3,require_tolerance", "precision=single order=3 threads=2", "gradient  hessian,order=4",
        "leaf=20 max_level=3", "uniform_depth=2", "m2l=fft", "m2l=dense order=3", "m2l=compressed", "m2l=lowrank rank=20 order=4", "rank_tolerance=1e-4 order=4",
        "digits=full", "digits=order follow=no", "follow=yes algebra=managed", "algebra=automatic", "order=4 periodic=xyz box=1;1;1",
        "order=4 periodic=xy box=1;2;1 box_origin=-1;0;0 outside=refuse", "order=4 periodic=z box=1;1;3 outside=wrap",
    };
    fmm_solver *solver;
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        solver = NULL;
        OK(fmm_create("laplace", right[i], &solver));
        CHECK(solver != NULL);
        OK(fmm_free(solver));
    }

    static const struct { const char *kernel, *options, *words; } wrong[] = {
        { NULL, "", "" }, { "", "", "" }, { "Laplace!", "", "laplace" }, { "laplace", "ordre=4", "ordre" }, { "laplace", "order", "order" },
        { "laplace", "order=", "order" }, { "laplace", "order=four", "four" }, { "laplace", "order=1", "order" }, { "laplace", "order=99", "order" },
        { "laplace", "order=4 order=5", "order" }, { "laplace", "order=4 tolerance=1e-3", "tolerance" }, { "laplace", "tolerance=nan", "tolerance" },
        { "laplace", "tolerance=2", "tolerance" }, { "laplace", "require_tolerance", "tolerance" }, { "laplace", "precision=half", "half" },
        { "laplace", "threads=0", "threads" }, { "laplace", "threads=99999999999999999999", "threads" }, { "laplace", "leaf=-1", "leaf" },
        { "laplace", "max_level=22", "level" }, { "laplace", "m2l=fast", "fast" }, { "laplace", "m2l=fft rank=3", "rank" }, { "laplace", "k=2", "k" },
        { "laplace", "hessian precision=single", "" }, { "laplace", "periodic=w box=1;1;1", "periodic" }, { "laplace", "periodic=xyz", "box" },
        { "laplace", "periodic=xyz box=1;1", "box" }, { "laplace", "periodic=xyz box=1;1;-1", "box" }, { "laplace", "box_origin=1;1;1", "box" },
        { "laplace", "follow=perhaps", "follow" }, { "laplace", "algebra=abacus", "abacus" }, { "laplace", "outside=ignore", "" },
        { "yukawa", "", "k" }, { "yukawa", "k=", "k" }, { "yukawa", "k=-1", "k" }, { "yukawa", "k=inf", "k" }, { "yukawa", "k=1 gradient=maybe", "gradient" },
        { "stokes-stress", "gradient", "" }, { "yukawa", "k=1 hessian", "" }, { "laplace", "\xff\xfe", "" }, { "\xc3\x28", "", "" },
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        solver = (fmm_solver *)0x11;
        fmm_status status = fmm_create(wrong[i].kernel, wrong[i].options, &solver);
        CHECK(solver == NULL);
        check_status(status, FMM_INVALID_ARGUMENT, wrong[i].words, wrong[i].options, __FILE__, __LINE__);
    }
    REFUSED(fmm_create("laplace", "", NULL), FMM_INVALID_ARGUMENT, "null");

    OK(fmm_create("laplace", "order=4", &solver));
    OK(fmm_free(solver));
    REFUSED(fmm_free(solver), FMM_INVALID_HANDLE, "freed");
    REFUSED(fmm_invalidate(solver), FMM_INVALID_HANDLE, "");
    REFUSED(fmm_free((fmm_solver *)7), FMM_INVALID_HANDLE, "");
    OK(fmm_free(NULL));
    REFUSED(fmm_invalidate(NULL), FMM_INVALID_HANDLE, "");
}

enum { N = 300, M = 100 };

void point_group(void)
{
    double points[3 * N], targets[3 * M], charges[N], field[N], sixth[4];
    fill(points, 3 * N, 0, 1, 1);
    fill(targets, 3 * M, 0, 1, 2);
    fill(charges, N, -1, 1, 3);
    int64_t sizes[6];
    fmm_solver *solver;
    OK(fmm_create("laplace", "order=6 leaf=20", &solver));

    OK(fmm_sizes(solver, sizes));
    CHECK(sizes[0] == 0 && sizes[1] == 0 && sizes[2] == 1 && sizes[3] == 1 && sizes[4] == 0 && sizes[5] == 0);
    REFUSED(fmm_evaluate(solver, charges, N, field, N, NULL, 0), FMM_INVALID_STATE, "points");
    REFUSED(fmm_move_points(solver, points, 3 * N), FMM_INVALID_STATE, "points");
    REFUSED(fmm_verify(solver, 10, sixth), FMM_INVALID_STATE, "evaluate");

    REFUSED(fmm_set_points(solver, NULL, 3 * N), FMM_INVALID_ARGUMENT, "null");
    REFUSED(fmm_set_points(solver, points, 0), FMM_INVALID_ARGUMENT, "");
    REFUSED(fmm_set_points(solver, points, 3 * N - 1), FMM_INVALID_ARGUMENT, "899");
    REFUSED(fmm_set_points(solver, points, -3), FMM_INVALID_ARGUMENT, "-3");
    REFUSED(fmm_set_points(solver, points, INT64_MAX), FMM_INVALID_ARGUMENT, "");
    OK(fmm_set_points(solver, points, 3 * N));
    OK(fmm_sizes(solver, sizes));
    CHECK(sizes[0] == N && sizes[1] == N);
    REFUSED(fmm_sizes(solver, NULL), FMM_INVALID_ARGUMENT, "null");
    OK(fmm_evaluate(solver, charges, N, field, N, NULL, 0));
    OK(fmm_sizes(solver, sizes));
    CHECK(sizes[4] == 1 && sizes[5] == 0);

    /* Points that are refused leave those of before, and their field. */
    double kept = points[200];
    points[200] = NAN;
    REFUSED(fmm_set_points(solver, points, 3 * N), FMM_INVALID_ARGUMENT, "66");
    REFUSED(fmm_move_points(solver, points, 3 * N), FMM_INVALID_ARGUMENT, "66");
    points[200] = INFINITY;
    REFUSED(fmm_set_points(solver, points, 3 * N), FMM_INVALID_ARGUMENT, "66");
    points[200] = kept;
    OK(fmm_verify(solver, 50, sixth));
    CHECK(sixth[0] < 1e-5 && sixth[1] < 1e-4 && isnan(sixth[2]) && isnan(sixth[3]));
    double before[N];
    memcpy(before, field, sizeof field);
    OK(fmm_evaluate(solver, charges, N, field, N, NULL, 0));
    CHECK(memcmp(before, field, sizeof field) == 0);

    /* Moved: the same points elsewhere, other fields. */
    REFUSED(fmm_move_points(solver, points, 3 * N - 3), FMM_INVALID_ARGUMENT, "300");
    REFUSED(fmm_move_sources_targets(solver, points, 3 * N, targets, 3 * M), FMM_INVALID_STATE, "");
    for (int i = 0; i < 3 * N; i++) points[i] += 0.01 * sin(i);
    OK(fmm_move_points(solver, points, 3 * N));
    REFUSED(fmm_verify(solver, 10, sixth), FMM_INVALID_STATE, "evaluate");
    OK(fmm_evaluate(solver, charges, N, field, N, NULL, 0));
    double exact[N];
    for (int i = 0; i < N; i++) exact[i] = direct(points, charges, N, points + 3 * i, 0, NULL);
    CHECK(apart(field, exact, N) < 1e-5);

    /* Targets that differ. */
    REFUSED(fmm_set_sources_targets(solver, points, 3 * N, NULL, 3 * M), FMM_INVALID_ARGUMENT, "null");
    REFUSED(fmm_set_sources_targets(solver, points, 3 * N, targets, 2), FMM_INVALID_ARGUMENT, "2");
    OK(fmm_set_sources_targets(solver, points, 3 * N, targets, 3 * M));
    OK(fmm_sizes(solver, sizes));
    CHECK(sizes[0] == N && sizes[1] == M);
    REFUSED(fmm_evaluate(solver, charges, N, field, N, NULL, 0), FMM_INVALID_ARGUMENT, "100");
    OK(fmm_evaluate(solver, charges, N, field, M, NULL, 0));
    for (int i = 0; i < M; i++) exact[i] = direct(points, charges, N, targets + 3 * i, 0, NULL);
    CHECK(apart(field, exact, M) < 1e-5);
    REFUSED(fmm_move_points(solver, points, 3 * N), FMM_INVALID_STATE, "");
    for (int i = 0; i < 3 * M; i++) targets[i] += 0.01 * cos(i);
    OK(fmm_move_sources_targets(solver, points, 3 * N, targets, 3 * M));
    OK(fmm_evaluate(solver, charges, N, field, M, NULL, 0));
    for (int i = 0; i < M; i++) exact[i] = direct(points, charges, N, targets + 3 * i, 0, NULL);
    CHECK(apart(field, exact, M) < 1e-5);

    /* invalidate: as a fresh solver. */
    fmm_solver *fresh;
    double again[M];
    OK(fmm_create("laplace", "order=6 leaf=20", &fresh));
    OK(fmm_set_sources_targets(fresh, points, 3 * N, targets, 3 * M));
    OK(fmm_evaluate(fresh, charges, N, again, M, NULL, 0));
    OK(fmm_invalidate(solver));
    OK(fmm_evaluate(solver, charges, N, field, M, NULL, 0));
    CHECK(memcmp(field, again, sizeof again) == 0);
    OK(fmm_free(fresh));
    OK(fmm_free(solver));
}
