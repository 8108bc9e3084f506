namespace Fmm.Systems;

/// <summary>What a kernel makes of a pair at distance zero.</summary>
internal static class CoincidentPair
{
    /// <summary>
    /// Whether the first component of the potential is infinite or not a number there if <see cref="Fmm.Engine.IRegister{TSelf}.InverseSqrt"/> is:
    /// then the near field may leave out the look for coincident points, and does a run again where sums tell of some.
    /// </summary>
    public static bool Shows<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        UnmaskedRegister zero = UnmaskedRegister.Zero, one = UnmaskedRegister.Constant(1);
        PairCharge<UnmaskedRegister> charge = new() { Q0 = one, Q1 = one, Q2 = one, Q3 = one, Q4 = one, Q5 = one };
        FieldSum<UnmaskedRegister> sum = default;
        TKernel.AddPotential(TKernel.Block(kernel, zero, zero, zero), charge, ref sum);
        return !double.IsFinite(sum.P0.Value);
    }
}
