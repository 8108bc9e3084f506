using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The direct sum of some kernel, hidden behind one call.</summary>
internal interface IFieldOracle : IDisposable
{
    /// <summary>The error at targets that stand for others.</summary>
    FieldError Estimate(PointInput points, ChargeInput charges, FieldOutput fields, TargetSample sample, bool gradient, Jobs jobs);

    FieldError Compare(PointInput points, ChargeInput charges, FieldOutput fields, int samples, bool gradient, Jobs jobs);
}
