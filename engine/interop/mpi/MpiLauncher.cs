namespace Fmm.Engine.Interop;

/// <summary>What started this process as one of several, as the environment tells.</summary>
/// <param name="Variable">The variable that tells.</param>
/// <param name="Families">The families of libraries that can belong to it, the likely one first.</param>
/// <param name="Count">How many processes it started; 0 where it does not say.</param>
internal sealed record MpiLauncher(string Variable, MpiFamily[] Families, int Count)
{
    /// <summary>Looks for a launcher; null if there was none.</summary>
    /// <param name="variable">The environment.</param>
    public static MpiLauncher? Find(Func<string, string?> variable)
    {
        // Slurm's srun alone tells how many, and can serve both families by either interface.
        bool isSlurm = variable("SLURM_PROCID") is not null;
        if (variable("OMPI_COMM_WORLD_SIZE") is { } size) return new("OMPI_COMM_WORLD_SIZE", [MpiFamily.OpenMpi], Number(size));
        if (variable("PMI_RANK") is not null) return new("PMI_RANK", isSlurm ? [MpiFamily.Mpich, MpiFamily.OpenMpi] : [MpiFamily.Mpich], Number(variable("PMI_SIZE")));
        if (variable("MV2_COMM_WORLD_SIZE") is { } mvapich) return new("MV2_COMM_WORLD_SIZE", [MpiFamily.Mpich], Number(mvapich));
        if (variable("PMIX_RANK") is not null)
            return new("PMIX_RANK", [MpiFamily.OpenMpi, MpiFamily.Mpich], isSlurm ? Number(variable("SLURM_STEP_NUM_TASKS")) : 0);
        // A step of several tasks, whatever they use to find each other: better told than computed once by each of them.
        if (isSlurm && Number(variable("SLURM_STEP_NUM_TASKS")) is > 1 and var tasks) return new("SLURM_STEP_NUM_TASKS", [MpiFamily.Mpich, MpiFamily.OpenMpi], tasks);
        return null;
    }

    private static int Number(string? text) => int.TryParse(text, out int number) ? number : 0;
}
