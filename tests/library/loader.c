/* What the loader found: registers, status of a first call, text. */
#include <fmm.h>
#include <stdio.h>

int main(void)
{
    fmm_solver *solver = NULL;
    fmm_status status = fmm_create("laplace", "order=4", &solver);
    printf("%d %d %s\n", fmm_registers(), status, status == FMM_OK ? "" : fmm_last_error());
    fmm_free(solver);
    return 0;
}
