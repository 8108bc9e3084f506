/* Behaviours of every function of fmm.h, in groups: ./calls GROUP prints how many checks held, and ends with 1 if one did not. */
#define _GNU_SOURCE
#include "calls.h"
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static atomic_int checks, failures;

void check_one(int holds, const char *what, const char *file, int line)
{
    checks++;
    if (holds) return;
    failures++;
    printf("%s:%d: %s does not hold; the last error is \"%s\"\n", file, line, what, fmm_last_error());
}

void check_status(fmm_status found, fmm_status expected, const char *words, const char *what, const char *file, int line)
{
    checks++;
    const char *text = fmm_last_error();
    if (found == expected && (!words || strcasestr(text, words))) return;
    failures++;
    printf("%s:%d: %s gave %d, not %d%s%s; the last error is \"%s\"\n", file, line, what, found, expected, words ? " with " : "", words ? words : "", text);
}

double uniform(uint64_t *state)
{
    *state = 6364136223846793005u * *state + 1442695040888963407u;
    return (double)(*state >> 11) / 9007199254740992.0;
}

void fill(double *numbers, int64_t count, double from, double to, uint64_t seed)
{
    for (int i = 0; i < 4; i++) uniform(&seed);
    for (int64_t i = 0; i < count; i++) numbers[i] = from + (to - from) * uniform(&seed);
}

double direct(const double *sources, const double *charges, int64_t count, const double *target, double k, double *gradient)
{
    const double four_pi = 12.566370614359172954;
    double sum = 0, slope[3] = { 0, 0, 0 };
    for (int64_t j = 0; j < count; j++) {
        double d[3], r2 = 0;
        for (int c = 0; c < 3; c++) {
            d[c] = target[c] - sources[3 * j + c];
            r2 += d[c] * d[c];
        }
        if (r2 == 0) continue;
        double r = sqrt(r2), value = charges[j] * exp(-k * r) / (four_pi * r);
        sum += value;
        for (int c = 0; c < 3; c++) slope[c] -= value * (k + 1 / r) * d[c] / r;
    }
    if (gradient) memcpy(gradient, slope, sizeof slope);
    return sum;
}

double apart(const double *one, const double *other, int64_t count)
{
    double difference = 0, size = 0;
    for (int64_t i = 0; i < count; i++) {
        difference += (one[i] - other[i]) * (one[i] - other[i]);
        size += other[i] * other[i];
    }
    return sqrt(difference / size);
}

fmm_array array_of(void *data, fmm_type type, int dimensions, int64_t a, int64_t b, int64_t c, int64_t d)
{
    fmm_array array = { .data = data, .shape = { a, b, c, d }, .dimensions = dimensions, .type = type };
    int64_t stride = type == FMM_F32 ? sizeof(float) : sizeof(double);
    for (int axis = dimensions - 1; axis >= 0; axis--) {
        array.strides[axis] = stride;
        stride *= array.shape[axis];
    }
    return array;
}

static const struct group {
    const char *name;
    void (*run)(void);
} groups[] = {
    { "create", create_group }, { "points", point_group }, { "fields", field_group }, { "arrays", array_group }, { "vectors", vector_group },
    { "kernels", kernel_group }, { "control", control_group }, { "threads", thread_group }, { "texts", text_group }, { "fork", fork_group },
};

int main(int count, char **words)
{
    for (size_t i = 0; count == 2 && i < sizeof groups / sizeof *groups; i++) {
        if (strcmp(words[1], groups[i].name) != 0) continue;
        groups[i].run();
        printf("%s: %d of %d checks held\n", words[1], checks - failures, (int)checks);
        return failures > 0 ? EXIT_FAILURE : EXIT_SUCCESS;
    }
    fprintf(stderr, "usage: calls GROUP\n");
    return 2;
}
