using Fmm.Engine.Interop;

namespace Fmm.Engine;

/// <summary>How a process finds the others that were started with it.</summary>
public static class Ranks
{
    private static readonly TimeSpan _patience = TimeSpan.FromMinutes(10);

    /// <summary>
    /// The processes that a launcher of MPI started together with this one (<c>mpirun</c>, <c>mpiexec</c>, <c>srun</c>), or those of the host, if it has started MPI;
    /// else this process alone. All of them call it.
    /// </summary>
    /// <remarks>
    /// The launcher's variables tell which library to load: Open MPI, or one that shares MPICH's binary interface (MPICH, Intel MPI, MVAPICH, Cray). The variable
    /// <c>FMM_MPI</c> names another by its name or path; with <c>FMM_MPI=none</c> every process is alone.
    /// </remarks>
    /// <param name="patience">How long a rank waits in a call while nothing comes, before all of them are ended; ten minutes by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The patience is zero or less.</exception>
    /// <exception cref="RankFailedException">The launcher's library is not found, is another one's, or can't be started.</exception>
    public static IRanks Join(TimeSpan? patience = null)
    {
        if (patience <= TimeSpan.Zero) throw new ArgumentOutOfRangeException(nameof(patience), patience, "Choose a time above zero.");
        MpiLauncher? launcher = MpiLauncher.Find(Environment.GetEnvironmentVariable);
        MpiLibrary? library = Find(launcher, Environment.GetEnvironmentVariable(MpiLoader.Variable));
        return library is null ? new OneRank() : new MpiRanks(library, patience ?? _patience, launcher?.Count ?? 0);
    }

    /// <summary>The library of MPI that belongs to this process; null if it is alone.</summary>
    /// <param name="launcher">What started it.</param>
    /// <param name="named">What the user names; null or empty if nothing.</param>
    /// <param name="load">Loads the first library of some families; by default what is installed.</param>
    /// <exception cref="RankFailedException">It should be there, and is not.</exception>
    internal static MpiLibrary? Find(MpiLauncher? launcher, string? named, Func<IEnumerable<MpiFamily>, MpiLibrary?>? load = null)
    {
        if (named == "none") return null;
        if (!string.IsNullOrEmpty(named))
        {
            return MpiLoader.TryLoad(named)
                ?? throw new RankFailedException($"{MpiLoader.Variable} is {named}, which is not found or is no library of MPI: give its name or path (libmpi.so.40, libmpich.so.12), or unset it.");
        }

        MpiLibrary? loaded = MpiLoader.Loaded();
        if (loaded is { IsRunning: true }) return loaded;
        if (launcher is null) return null;
        return (load ?? MpiLoader.Load)(launcher.Families) ?? throw new RankFailedException(
            $"A launcher of MPI started this process ({launcher.Variable} is set), and its library is not found; tried: {string.Join(", ", launcher.Families.SelectMany(MpiLoader.Names))}. "
            + $"Install it (on Debian: apt-get install -y {(launcher.Families[0] == MpiFamily.OpenMpi ? "libopenmpi3" : "libmpich12")}), put its folder on LD_LIBRARY_PATH, or name it by {MpiLoader.Variable}=path.");
    }
}
