using System.Runtime.ExceptionServices;

namespace Fmm.Engine;

/// <summary>Disposes of many things of which some may throw: all are disposed of, and then it is told.</summary>
internal sealed class Failures
{
    private readonly List<Exception> _exceptions = [];

    /// <summary>Disposes of one thing, or of nothing; what it throws is kept.</summary>
    internal void Try(IDisposable? one)
    {
        if (one is not null) Try(one.Dispose);
    }

    /// <summary>Does one thing; what it throws is kept.</summary>
    internal void Try(Action one)
    {
        try
        {
            one();
        }
#pragma warning disable CA1031 // Thrown by Throw.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _exceptions.Add(exception);
        }
    }

    /// <summary>One exception is thrown as it is, several in one.</summary>
    internal void Throw()
    {
        if (_exceptions.Count == 1) ExceptionDispatchInfo.Throw(_exceptions[0]);
        if (_exceptions.Count > 1) throw new AggregateException(_exceptions);
    }
}
