using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The direct sum of some kernel, hidden behind one call. The tree tells the unit of length.</summary>
internal interface IFieldOracle : IDisposable
{
    /// <summary>The error at targets that stand for others.</summary>
    FieldError Estimate(
        PointInput points, ChargeInput charges, FieldOutput fields, TargetSample sample, TreeShape shape, bool gradient, Jobs jobs, CancellationToken cancellation);

    /// <summary>The error at evenly strided targets.</summary>
    FieldError Compare(
        PointInput points, ChargeInput charges, FieldOutput fields, TreeShape shape, int samples, bool gradient, Jobs jobs, CancellationToken cancellation);

    /// <summary>The sums at given places: of each target potentials, gradients and second derivatives, as far as they are asked for.</summary>
    void Sum(
        PointInput points, ChargeInput charges, ReadOnlySpan<Position> targets, TreeShape shape, bool gradient, Jobs jobs, Span<double> sums, CancellationToken cancellation);
}
