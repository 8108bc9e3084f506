/* What the groups of calls.c share: a check that tells where it failed, points, and the sum over all pairs. */
#ifndef CALLS_H
#define CALLS_H

#include <fmm.h>

/* Counts a check; one that fails is told with its place and fmm_last_error. */
#define CHECK(holds) check_one((holds) != 0, #holds, __FILE__, __LINE__)
#define OK(call) check_status((call), FMM_OK, NULL, #call, __FILE__, __LINE__)
/* The call gives that status, and fmm_last_error has a text with these words. */
#define REFUSED(call, status, words) check_status((call), (status), (words), #call, __FILE__, __LINE__)

void check_one(int holds, const char *what, const char *file, int line);
void check_status(fmm_status found, fmm_status expected, const char *words, const char *what, const char *file, int line);

/* From 0 to 1, the same numbers from the same seed. */
double uniform(uint64_t *state);
void fill(double *numbers, int64_t count, double from, double to, uint64_t seed);

/* Potential (and gradient where it is not null) of charges at one target by exp(-k r) / (4 pi r), in double precision. */
double direct(const double *sources, const double *charges, int64_t count, const double *target, double k, double *gradient);

/* Relative difference in the 2-norm. */
double apart(const double *one, const double *other, int64_t count);

/* Describes contiguous numbers of `dimensions` axes. */
fmm_array array_of(void *data, fmm_type type, int dimensions, int64_t a, int64_t b, int64_t c, int64_t d);

void create_group(void);
void point_group(void);
void field_group(void);
void array_group(void);
void vector_group(void);
void kernel_group(void);
void control_group(void);
void thread_group(void);
void text_group(void);
void fork_group(void);

#endif
