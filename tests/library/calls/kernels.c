/* fmm_create_custom: which kernels of one's own are taken, what they give, which are refused. */
#include "calls.h"
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stddef.h>
#include <string.h>

enum { N = 500 };

static const double four_pi = 12.566370614359172954;
static atomic_long scalars, batches, elsewhere;
static pthread_t caller;

/* What user may spoil: a scalar that differs from the batch, a wrong derivative, a number that is none, a kernel that is no field. */
struct spoiled {
    double k, scalar_factor, slope_factor, batch_factor;
};

static double formula(double r, double *derivative, const struct spoiled *by)
{
    double value = exp(-by->k * r) / (four_pi * r);
    if (derivative) *derivative = -value * (by->k + 1 / r) * by->slope_factor;
    return value;
}

static double scalar(double r, double *derivative, void *user)
{
    const struct spoiled *by = user;
    scalars++;
    if (!pthread_equal(pthread_self(), caller)) elsewhere++;
    return formula(r, derivative, by) * by->scalar_factor;
}

static void batch(int64_t count, const double *r, double *values, double *derivatives, void *user)
{
    const struct spoiled *by = user;
    batches++;
    if (!pthread_equal(pthread_self(), caller)) elsewhere++;
    for (int64_t i = 0; i < count; i++) {
        values[i] = formula(r[i], derivatives ? derivatives + i : NULL, by) * by->batch_factor;
        if (derivatives) derivatives[i] *= by->batch_factor;
    }
}

static double gaussian(double r, double *derivative, void *user)
{
    (void)user;
    if (derivative) *derivative = -2 * r * exp(-r * r);
    return exp(-r * r);
}

static double points[3 * N], charges[N], field[N], slope[3 * N], exact[N], exact_slope[3 * N];

static void holds(const fmm_kernel *kernel, const char *options, int gradient, double error, double slope_error)
{
    fmm_solver *solver = NULL;
    double errors[4];
    OK(fmm_create_custom(kernel, options, &solver));
    if (!solver) return;
    OK(fmm_set_points(solver, points, 3 * N));
    OK(fmm_evaluate(solver, charges, N, field, N, gradient ? slope : NULL, gradient ? 3 * N : 0));
    CHECK(apart(field, exact, N) < error);
    if (gradient) CHECK(apart(slope, exact_slope, 3 * N) < slope_error);
    OK(fmm_verify(solver, 100, errors));
    CHECK(errors[0] < error);
    OK(fmm_free(solver));
}

static void refused(const fmm_kernel *kernel, const char *options, fmm_status status, const char *words)
{
    fmm_solver *solver = (fmm_solver *)0x11;
    REFUSED(fmm_create_custom(kernel, options, &solver), status, words);
    CHECK(solver == NULL);
}

void kernel_group(void)
{
    struct spoiled sound = { 2, 1, 1, 1 };
    fmm_kernel both = { sizeof both, "screened", scalar, batch, &sound, 0 };
    caller = pthread_self();
    fill(points, 3 * N, 0, 1, 1);
    fill(charges, N, -1, 1, 2);
    for (int i = 0; i < N; i++) exact[i] = direct(points, charges, N, points + 3 * i, sound.k, exact_slope + 3 * i);

    holds(&both, "order=8 leaf=40 gradient", 1, 1e-6, 1e-4);
    holds(&both, "order=8 leaf=40", 0, 1e-6, 0);
    holds(&both, "tolerance=1e-5 gradient threads=2", 1, 1e-5, 1e-2);
    holds(&both, "order=5 leaf=40 precision=single gradient", 1, 1e-4, 1e-2);
    CHECK(batches > 0);

    /* With one thread that of the caller calls them, and none else. */
    elsewhere = 0;
    holds(&both, "order=6 leaf=40 gradient threads=1", 1, 1e-4, 1e-2);
    CHECK(elsewhere == 0);

    /* One of both is enough. */
    fmm_kernel one = both;
    one.batch = NULL;
    scalars = batches = 0;
    holds(&one, "order=6 leaf=40 gradient", 1, 1e-4, 1e-2);
    CHECK(scalars > 0 && batches == 0);
    fmm_kernel many = both;
    many.scalar = NULL;
    scalars = batches = 0;
    holds(&many, "order=6 leaf=40 gradient", 1, 1e-4, 1e-2);
    CHECK(scalars == 0 && batches > 0);

    /* Without a derivative there is no gradient, and a wrong derivative is nobody's. */
    struct spoiled steep = { 2, 1, 3, 1 };
    fmm_kernel plain = both;
    plain.potential_only = 1;
    plain.user = &steep;
    holds(&plain, "order=6 leaf=40", 0, 1e-4, 0);
    refused(&plain, "order=6 gradient", FMM_INVALID_ARGUMENT, "gradient");

    /* What is not what it declares. */
    fmm_kernel wrong = both;
    wrong.user = &steep;
    refused(&wrong, "order=6 gradient", FMM_INVALID_KERNEL, "derivative");
    struct spoiled torn = { 2, 1.001, 1, 1 };
    wrong.user = &torn;
    refused(&wrong, "order=6", FMM_INVALID_KERNEL, "batch");
    struct spoiled none = { NAN, 1, 1, 1 };
    wrong.user = &none;
    refused(&wrong, "order=6", FMM_INVALID_KERNEL, "");
    wrong = both;
    wrong.scalar = NULL;
    wrong.batch = NULL;
    refused(&wrong, "order=6", FMM_INVALID_ARGUMENT, "scalar");
    wrong = both;
    wrong.name = NULL;
    refused(&wrong, "order=6", FMM_INVALID_ARGUMENT, "name");
    wrong.name = "";
    refused(&wrong, "order=6", FMM_INVALID_ARGUMENT, "name");
    wrong.name = "a name of more than sixty-three characters, which is what they may have";
    refused(&wrong, "order=6", FMM_INVALID_ARGUMENT, "63");
    wrong.name = "caf\xc3\xa9";
    refused(&wrong, "order=6", FMM_INVALID_ARGUMENT, "ASCII");
    wrong = both;
    wrong.size = 8;
    refused(&wrong, "order=6", FMM_INVALID_ARGUMENT, "size");
    refused(&both, "order=6 k=2", FMM_INVALID_ARGUMENT, "k");
    refused(&both, "order=6 hessian", FMM_INVALID_ARGUMENT, "");
    refused(&both, "order=6 periodic=xyz box=1;1;1", FMM_INVALID_ARGUMENT, "");
    refused(NULL, "order=6", FMM_INVALID_ARGUMENT, "null");
    REFUSED(fmm_create_custom(&both, "order=6", NULL), FMM_INVALID_ARGUMENT, "null");

    /* A formula that solves no elliptic equation is taken, and the report warns. */
    fmm_kernel bell = { sizeof bell, "bell", gaussian, NULL, NULL, 0 };
    fmm_solver *solver = NULL;
    OK(fmm_create_custom(&bell, "order=8 leaf=20", &solver));
    OK(fmm_set_points(solver, points, 3 * N));
    OK(fmm_evaluate(solver, charges, N, field, N, NULL, 0));
    char report[65536];
    size_t length;
    OK(fmm_report(solver, report, sizeof report, &length));
    CHECK(strstr(report, "bell") != NULL);
    OK(fmm_free(solver));
}
