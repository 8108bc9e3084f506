using Fmm.Engine.Interop;

namespace Fmm.Engine;

/// <summary>MPI in this process, which is started once and ended once: by the host, if it has started it, else with the first and the last of our ranks.</summary>
internal static unsafe class MpiSession
{
    private static readonly Lock _gate = new();
    private static int _users;
    private static bool _isOurs;

    /// <summary>Starts MPI, unless it runs.</summary>
    /// <exception cref="RankFailedException">It was ended before, can't be started, or allows calls from one thread alone.</exception>
    public static void Enter(MpiLibrary mpi)
    {
        lock (_gate)
        {
            if (mpi.IsOver) throw new RankFailedException("MPI has been ended in this process, and can't be started again: join the ranks once, and dispose them at the end.");
            int level = 0;
            if (mpi.IsRunning)
            {
                _ = mpi.MPI_Query_thread(&level);
            }
            else
            {
                (int code, level) = SignalActions.Keep(() =>
                {
                    int provided = 0;
                    return (mpi.MPI_Init_thread(null, null, MpiLibrary.MPI_THREAD_SERIALIZED, &provided), provided);
                });
                if (code != 0) throw new RankFailedException($"{mpi.Name} can't be started: {mpi.Error(code)}.");
                _isOurs = true;
                // What comes to light when a message is looked at belongs to no communicator of ours: MPICH raises it here.
                _ = mpi.MPI_Comm_set_errhandler(mpi.MPI_COMM_WORLD, mpi.MPI_ERRORS_RETURN);
                _ = mpi.MPI_Comm_set_errhandler(mpi.MPI_COMM_SELF, mpi.MPI_ERRORS_RETURN);
            }

            _users++;
            if (level >= MpiLibrary.MPI_THREAD_SERIALIZED) return;
        }

        bool isOurs = _isOurs;
        Leave(mpi);
        throw new RankFailedException($"{mpi.Name} allows calls from one thread alone, and the ranks call it from several, one at a time: "
            + (isOurs ? "take a library that is built with threads." : "start it by MPI_Init_thread with MPI_THREAD_SERIALIZED or more."));
    }

    /// <summary>Ends MPI, where the last of our ranks leaves what was started by us.</summary>
    public static void Leave(MpiLibrary mpi)
    {
        lock (_gate)
        {
            if (--_users == 0 && _isOurs && !mpi.IsOver) _ = mpi.MPI_Finalize();
        }
    }
}
