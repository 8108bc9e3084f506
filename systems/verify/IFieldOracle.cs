using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The direct sum of some kernel, hidden behind one call.</summary>
internal interface IFieldOracle : IDisposable
{
    FieldError Compare(PointInput points, ChargeInput charges, FieldOutput fields, int samples, bool gradient, Jobs jobs, CancellationToken cancellation);
}
