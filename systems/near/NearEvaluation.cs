using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>A way to evaluate the near field.</summary>
internal abstract class NearEvaluation<T> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>Writes the near field of every target.</summary>
    /// <returns>False where the points lie so close together that the working precision can't tell their field.</returns>
    public abstract bool Run(NearInput<T> input, Jobs jobs, Counters counters);

    public abstract void Dispose();
}
