/* Fields of given points as raw numbers: ./fields KERNEL OPTIONS INPUT OUTPUT reads 64-bit counts n and s and then 3 n + s n doubles, and writes potentials and
   gradients; a second evaluation is of points moved by the same numbers as in SameBitsTests. */
#include <fmm.h>
#include <stdio.h>
#include <stdlib.h>

static int fail(const char *what)
{
    fprintf(stderr, "%s: %s\n", what, fmm_last_error());
    return EXIT_FAILURE;
}

int main(int count, char **words)
{
    if (count != 5) return 2;
    fmm_solver *solver = NULL;
    if (fmm_create(words[1], words[2], &solver) != FMM_OK) return fail("fmm_create");
    FILE *input = fopen(words[3], "rb"), *output = fopen(words[4], "wb");
    int64_t n, s, sizes[6];
    if (!input || !output || fread(&n, sizeof n, 1, input) != 1 || fread(&s, sizeof s, 1, input) != 1) return 3;
    double *points = malloc(sizeof(double) * 3 * (size_t)n), *charges = malloc(sizeof(double) * (size_t)(s * n));
    if (fread(points, 3 * sizeof(double), (size_t)n, input) != (size_t)n || fread(charges, sizeof(double), (size_t)(s * n), input) != (size_t)(s * n)) return 3;
    if (fmm_set_points(solver, points, 3 * n) != FMM_OK || fmm_sizes(solver, sizes) != FMM_OK) return fail("fmm_set_points");
    int64_t m = n * sizes[3];
    double *field = malloc(sizeof(double) * (size_t)m), *slope = malloc(3 * sizeof(double) * (size_t)m);
    for (int round = 0; round < 2; round++) {
        if (fmm_evaluate(solver, round ? NULL : charges, round ? 0 : s * n, field, m, slope, 3 * m) != FMM_OK) return fail("fmm_evaluate");
        fwrite(field, sizeof(double), (size_t)m, output);
        fwrite(slope, sizeof(double), (size_t)(3 * m), output);
        for (int64_t i = 0; i < 3 * n; i++) points[i] += (i % 7 - 3) / 1024.0;
        if (fmm_move_points(solver, points, 3 * n) != FMM_OK) return fail("fmm_move_points");
    }
    free(points), free(charges), free(field), free(slope);
    if (fmm_free(solver) != FMM_OK) return fail("fmm_free");
    printf("%d\n", fmm_registers());
    return fclose(output) == 0 && fclose(input) == 0 ? EXIT_SUCCESS : 3;
}
