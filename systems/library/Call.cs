using Fmm.Systems;

namespace Fmm.Library;

/// <summary>Carries a call out so that nothing but a status leaves it.</summary>
internal static class Call
{
    /// <summary>A call on no solver.</summary>
    public static int Run(Action action)
    {
        try
        {
            action();
            return (int)Status.Ok;
        }
        catch (Exception fault)
        {
            return Told(fault);
        }
    }

    /// <summary>A call on a solver, which is its only one while it runs.</summary>
    /// <param name="handle">What the caller says is a solver.</param>
    /// <param name="action">What to do with it.</param>
    public static int On(nint handle, Action<Solver> action)
    {
        try
        {
            Solver solver = Solvers.Of(handle);
            solver.Claim();
            try
            {
                action(solver);
            }
            finally
            {
                solver.Release();
            }

            return (int)Status.Ok;
        }
        catch (Exception fault)
        {
            return Told(fault);
        }
    }

    private static int Told(Exception fault)
    {
        try
        {
            Status status = StatusOf(fault);
            LastError.Set(status == Status.Internal ? $"{fault.GetType().Name}: {fault.Message}" : Words(fault));
            return (int)status;
        }
        catch (Exception)
        {
            // No memory for words.
            return (int)Status.NoMemory;
        }
    }

    private static Status StatusOf(Exception fault) => fault switch
    {
        RefusedException refused => refused.Status,
        OperationCanceledException => Status.Cancelled,
        KernelException => Status.InvalidKernel,
        FieldRangeException => Status.Range,
        ToleranceException => Status.Tolerance,
        OutOfMemoryException => Status.NoMemory,
        DllNotFoundException => Status.Unavailable,
        ArgumentException or NotSupportedException => Status.InvalidArgument,
        InvalidOperationException => Status.InvalidState,
        _ => Status.Internal,
    };

    // Without what .NET adds for those who read stacks.
    private static string Words(Exception fault) => fault is ArgumentException { ParamName: not null }
        ? fault.Message.Split(" (Parameter '", 2)[0]
        : fault.Message;
}
