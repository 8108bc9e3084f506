/*
 * Fmm Engine from C: the field of N sources at M targets in O(N + M), to a chosen accuracy.
 *
 *     fmm_solver *solver;
 *     if (fmm_create("laplace", "tolerance=1e-6 gradient", &solver) != FMM_OK) die(fmm_last_error());
 *     fmm_set_points(solver, points, 3 * n);
 *     fmm_evaluate(solver, charges, n, potentials, n, gradients, 3 * n);
 *     fmm_free(solver);
 *
 * Rules that hold for every function
 *   - It returns a status. FMM_OK is 0; of anything else fmm_last_error() tells in words what is wrong, where, and the remedy. A call that is
 *     refused has changed nothing.
 *   - No pointer is kept after the call that it was given to, but for the functions of a kernel or of progress and their user data.
 *   - Any number of solvers run side by side, each on one call at a time. A second call on the same solver, from another thread or from a
 *     callback, gives FMM_BUSY; fmm_cancel alone may be called while another runs.
 *   - After fork() a child cannot use the library (FMM_FORKED): its threads are the parent's. Start children by exec, or before the first call.
 *   - Lengths are numbers of doubles, all in all; shapes are rows of points.
 *
 * docs/c.md tells the rest: options, kernels, what is computed, linking.
 */
#ifndef FMM_H
#define FMM_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#if defined(__GNUC__)
#define FMM_API __attribute__((visibility("default")))
#else
#define FMM_API
#endif

/* What became of a call. */
typedef enum fmm_status {
    FMM_OK = 0,
    FMM_INVALID_ARGUMENT = 1, /* a null pointer, a wrong length or shape, a number that is not finite, an unknown kernel or option */
    FMM_INVALID_HANDLE = 2,   /* not a solver, or one that was freed */
    FMM_BUSY = 3,             /* another call is running on this solver */
    FMM_INVALID_STATE = 4,    /* out of turn: no points yet, no fields of these points */
    FMM_INVALID_KERNEL = 5,   /* a kernel that is not what it declares */
    FMM_RANGE = 6,            /* the field somewhere is no finite number */
    FMM_TOLERANCE = 7,        /* the tolerance was not reached, and the options require it */
    FMM_CANCELLED = 8,        /* fmm_cancel, or a progress callback, ended the call */
    FMM_NO_MEMORY = 9,
    FMM_UNAVAILABLE = 10,     /* a library that is asked for, or needed, is not here */
    FMM_FORKED = 11,          /* this process is the child of one that used the library */
    FMM_INTERNAL = 12         /* a fault of the library: please report it with the text */
} fmm_status;

/* A solver: a kernel, its options, points, and the fields of the last charges. */
typedef struct fmm_solver fmm_solver;

/* The numbers of an array. */
typedef enum fmm_type { FMM_F64 = 0, FMM_F32 = 1 } fmm_type;

/*
 * An array as it lies in memory, for what is not plain contiguous doubles: 32-bit numbers, rows apart, coordinates in columns, several charge
 * vectors. Shapes, where V is the number of charge vectors, N of sources, M of targets, S and P of the numbers of a charge and of a potential
 * (both 1 for Laplace, 3 for Stokes; 2 for complex kernels: real part, imaginary part); an axis in brackets is left out where there is one vector,
 * or one number:
 *     points  (N, 3)   charges ([V,] N[, S])   potentials ([V,] M[, P])   gradients ([V,] M[, P], 3)   hessians ([V,] M, 6)
 * Outputs are written where they lie; their elements must not lie over each other (rows of {u, gx, gy, gz} are fine).
 */
typedef struct fmm_array {
    void *data;
    int64_t shape[4];   /* the first `dimensions` count */
    int64_t strides[4]; /* bytes from one index to the next along each axis, negative or not a multiple of the element's size, too */
    int32_t dimensions; /* 1 to 4 */
    int32_t type;       /* fmm_type */
} fmm_array;

/*
 * A kernel of your own: K(r) of the distance alone, one number a source and one a target, smooth away from 0 and the solution of an elliptic
 * equation there. Both functions tell the same formula, and are checked against each other and for their derivative when a solver is made; at
 * least one is given. They are called from several threads at once, from 0 < r on, and must return (no longjmp, no exception).
 */
typedef struct fmm_kernel {
    size_t size;      /* sizeof(fmm_kernel) */
    const char *name; /* for reports; ASCII, 1 to 63 characters */
    /* K(r), and dK/dr to *derivative, which is null for a kernel that says potential_only, and for no other. */
    double (*scalar)(double r, double *derivative, void *user);
    /* The same of count distances at once, each 0 < r. */
    void (*batch)(int64_t count, const double *r, double *values, double *derivatives, void *user);
    void *user;       /* handed to both */
    int32_t potential_only; /* 1: there is no derivative, so no gradient; nothing is computed for it */
} fmm_kernel;

/* Told of each system that ends, on any of the solver's threads, one call at a time; any value but 0 cancels. */
typedef int (*fmm_progress)(const char *system, int32_t done, int32_t total, void *user);

/* "0.1.0"; never null. */
FMM_API const char *fmm_version(void);

/* Width in bits of the loops that serve this processor: 512, 256 or 128; 0 where none could be loaded, and fmm_last_error() tells why. */
FMM_API int32_t fmm_registers(void);

/* What the last call of this thread that failed had to say; "" where none did. Valid until the thread's next call. */
FMM_API const char *fmm_last_error(void);

/* The built-in kernels as a JSON array: name, formula, parameters with their presets, numbers of a charge and of a potential. As fmm_report. */
FMM_API fmm_status fmm_kernels(char *text, size_t capacity, size_t *length);

/*
 * Makes a solver. kernel: a name of docs/built-in.md. options: words "name=value" between blanks or commas, null or "" for none; the kernel's
 * parameters (k=2.5) and
 *     order=P tolerance=EPS require_tolerance precision=double|single gradient hessian threads=N leaf=N max_level=L uniform_depth=L
 *     m2l=fft|dense|compressed|lowrank rank=K rank_tolerance=EPS digits=order|full follow=yes|no algebra=automatic|managed|openblas|mkl
 *     periodic=x|y|z|xy|xz|yz|xyz (xyz where a box is given) box=LX;LY;LZ box_origin=X;Y;Z outside=wrap|refuse
 * docs/c.md says what each does. Memory and threads are the solver's until fmm_free. *solver becomes null where none is made.
 */
FMM_API fmm_status fmm_create(const char *kernel, const char *options, fmm_solver **solver);

/* The same for a kernel of your own, whose functions and user data must outlive the solver. */
FMM_API fmm_status fmm_create_custom(const fmm_kernel *kernel, const char *options, fmm_solver **solver);

/* Ends a solver. Null does nothing; FMM_BUSY while a call runs on it. */
FMM_API fmm_status fmm_free(fmm_solver *solver);

/* Points that are sources and targets at once: length = 3 N, x y z of each. The next evaluation builds the tree. */
FMM_API fmm_status fmm_set_points(fmm_solver *solver, const double *points, int64_t length);
FMM_API fmm_status fmm_set_points_array(fmm_solver *solver, const fmm_array *points);

/* Sources and targets that differ. */
FMM_API fmm_status fmm_set_sources_targets(
    fmm_solver *solver, const double *sources, int64_t source_length, const double *targets, int64_t target_length);
FMM_API fmm_status fmm_set_sources_targets_array(fmm_solver *solver, const fmm_array *sources, const fmm_array *targets);

/* The same points in the same order, elsewhere: the tree follows them. */
FMM_API fmm_status fmm_move_points(fmm_solver *solver, const double *points, int64_t length);
FMM_API fmm_status fmm_move_points_array(fmm_solver *solver, const fmm_array *points);
FMM_API fmm_status fmm_move_sources_targets(
    fmm_solver *solver, const double *sources, int64_t source_length, const double *targets, int64_t target_length);
FMM_API fmm_status fmm_move_sources_targets_array(fmm_solver *solver, const fmm_array *sources, const fmm_array *targets);

/* Charges to keep: an evaluation with null charges takes them, or those of the evaluation before. They end with the points, unless these are moved. */
FMM_API fmm_status fmm_set_charges(fmm_solver *solver, const double *charges, int64_t length);
FMM_API fmm_status fmm_set_charges_array(fmm_solver *solver, const fmm_array *charges);

/*
 * The field of the charges at all targets; the tree is built if the points are new, and kept otherwise. charges null: those that are kept.
 * potentials: M P numbers. A null pointer has length 0. gradients: null, or d/dx d/dy d/dz of each number of each potential, 3 M P numbers, where the options say gradient.
 */
FMM_API fmm_status fmm_evaluate(
    fmm_solver *solver, const double *charges, int64_t charge_length, double *potentials, int64_t potential_length, double *gradients, int64_t gradient_length);

/* The same of arrays, and of several charge vectors at once. Gradients and hessians (xx xy xz yy yz zz) may be null. */
FMM_API fmm_status fmm_evaluate_array(
    fmm_solver *solver, const fmm_array *charges, const fmm_array *potentials, const fmm_array *gradients, const fmm_array *hessians);

/*
 * Compares the last fields with direct sums at evenly strided targets. errors receives four relative errors: potentials in the 2-norm, potentials
 * at worst, gradients and hessians in the 2-norm; NaN for what was not computed.
 */
FMM_API fmm_status fmm_verify(fmm_solver *solver, int64_t samples, double errors[4]);

/* Receives {sources, targets, numbers of a charge, numbers of a potential, charge vectors of the last evaluation, 1 for gradients + 2 for hessians}. */
FMM_API fmm_status fmm_sizes(fmm_solver *solver, int64_t sizes[6]);

/*
 * What ran last, as JSON. *length, if length is not null, receives the bytes of the text without its final 0. With text null or capacity too small nothing is written;
 * that is FMM_OK for a null text, and FMM_INVALID_ARGUMENT otherwise.
 */
FMM_API fmm_status fmm_report(fmm_solver *solver, char *text, size_t capacity, size_t *length);

/* Makes the next evaluation choose the leaf capacity anew and build tree and lists. */
FMM_API fmm_status fmm_invalidate(fmm_solver *solver);

/* Asks for progress; null asks for no more. */
FMM_API fmm_status fmm_set_progress(fmm_solver *solver, fmm_progress progress, void *user);

/* From any thread: ends the call that runs on the solver, which then returns FMM_CANCELLED. FMM_OK, too, where none runs; the next call is not touched. */
FMM_API fmm_status fmm_cancel(fmm_solver *solver);

#ifdef __cplusplus
}
#endif
#endif
