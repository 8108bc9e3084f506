using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The direct sum of some kernel, hidden behind one call. Lengths are computed in a unit, a power of two.</summary>
internal interface IFieldOracle : IDisposable
{
    /// <summary>The error at targets that stand for others.</summary>
    FieldError Estimate(
        PointInput points, ChargeInput charges, FieldOutput fields, TargetSample sample, double unit, bool gradient, Jobs jobs, CancellationToken cancellation);

    /// <summary>The error at evenly strided targets.</summary>
    FieldError Compare(
        PointInput points, ChargeInput charges, FieldOutput fields, double unit, int samples, bool gradient, Jobs jobs, CancellationToken cancellation);
}
