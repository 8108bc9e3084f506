using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// A kernel whose pairs at distance zero are left out, where the kernel by itself would give something there, and those too close to be squared,
/// which are evaluated by themselves (<see cref="ExactPairField"/>). What is left out was never added, so that no digit is lost to it.
/// </summary>
internal readonly unsafe struct Apart<TKernel>(TKernel kernel) : IKernel<Apart<TKernel>>
    where TKernel : unmanaged, IKernel<TKernel>
{
    // 2^-340: powers of larger distances stay in range. Single precision has no smaller ones, and takes 0.
    private const double Least = 4.464794497196387e-103;
    private readonly TKernel _kernel = kernel;

    public static string Name => TKernel.Name;

    public static int SourceComponents => TKernel.SourceComponents;

    public static int PotentialComponents => TKernel.PotentialComponents;

    public static int? Degree => TKernel.Degree;

    public static bool IsVector => TKernel.IsVector;

    public static int PairFlops(bool gradient) => TKernel.PairFlops(gradient);

    public static bool IsMutual => TKernel.IsMutual;

    public static int MutualPairFlops(bool gradient) => TKernel.MutualPairFlops(gradient);

    public string Parameters => _kernel.Parameters;

    public double Normalisation => _kernel.Normalisation;

    public static bool TryRescale(Apart<TKernel> kernel, double unit, out Apart<TKernel> rescaled, out double factor)
    {
        bool can = TKernel.TryRescale(kernel._kernel, unit, out TKernel inner, out factor);
        rescaled = new Apart<TKernel>(inner);
        return can;
    }

    public void Evaluate(double dx, double dy, double dz, Span<double> matrix) => _kernel.Evaluate(dx, dy, dz, matrix);

    public void EvaluateGradient(double dx, double dy, double dz, Span<double> matrix) => _kernel.EvaluateGradient(dx, dy, dz, matrix);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Apart<TKernel>>.Potential<T, TLane>(TLane dx, TLane dy, TLane dz, T* charge, ref FieldSum<TLane> sum)
    {
        FieldSum<TLane> own = default;
        _kernel.Potential<T, TLane>(dx, dy, dz, charge, ref own);
        Add<T, TLane>(Excess<T, TLane>(dx, dy, dz), in own, gradient: false, ref sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Apart<TKernel>>.PotentialAndGradient<T, TLane>(TLane dx, TLane dy, TLane dz, T* charge, ref FieldSum<TLane> sum)
    {
        FieldSum<TLane> own = default;
        _kernel.PotentialAndGradient<T, TLane>(dx, dy, dz, charge, ref own);
        Add<T, TLane>(Excess<T, TLane>(dx, dy, dz), in own, gradient: true, ref sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Apart<TKernel>>.MutualPotential<T, TLane>(
        Apart<TKernel> kernel, TLane dx, TLane dy, TLane dz, in PairCharge<TLane> source, in PairCharge<TLane> target,
        ref FieldSum<TLane> atSource, ref FieldSum<TLane> atTarget)
    {
        FieldSum<TLane> here = default, there = default;
        TKernel.MutualPotential<T, TLane>(kernel._kernel, dx, dy, dz, source, target, ref here, ref there);
        TLane excess = Excess<T, TLane>(dx, dy, dz);
        Add<T, TLane>(excess, in here, gradient: false, ref atSource);
        Add<T, TLane>(excess, in there, gradient: false, ref atTarget);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Apart<TKernel>>.MutualPotentialAndGradient<T, TLane>(
        Apart<TKernel> kernel, TLane dx, TLane dy, TLane dz, in PairCharge<TLane> source, in PairCharge<TLane> target,
        ref FieldSum<TLane> atSource, ref FieldSum<TLane> atTarget)
    {
        FieldSum<TLane> here = default, there = default;
        TKernel.MutualPotentialAndGradient<T, TLane>(kernel._kernel, dx, dy, dz, source, target, ref here, ref there);
        TLane excess = Excess<T, TLane>(dx, dy, dz);
        Add<T, TLane>(excess, in here, gradient: true, ref atSource);
        Add<T, TLane>(excess, in there, gradient: true, ref atTarget);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TLane Excess<T, TLane>(TLane dx, TLane dy, TLane dz)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TLane : unmanaged, ILane<TLane, T> =>
        TLane.MultiplyAdd(dz, dz, TLane.MultiplyAdd(dy, dy, dx * dx)) - TLane.Constant(Least);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T, TLane>(TLane excess, in FieldSum<TLane> own, bool gradient, ref FieldSum<TLane> sum)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TLane : unmanaged, ILane<TLane, T>
    {
        sum.P0 += TLane.WherePositive(excess, own.P0);
        if (PotentialComponents > 1) sum.P1 += TLane.WherePositive(excess, own.P1);
        if (PotentialComponents > 2) sum.P2 += TLane.WherePositive(excess, own.P2);
        if (!gradient) return;
        sum.G0X += TLane.WherePositive(excess, own.G0X);
        sum.G0Y += TLane.WherePositive(excess, own.G0Y);
        sum.G0Z += TLane.WherePositive(excess, own.G0Z);
        if (PotentialComponents == 1) return;
        sum.G1X += TLane.WherePositive(excess, own.G1X);
        sum.G1Y += TLane.WherePositive(excess, own.G1Y);
        sum.G1Z += TLane.WherePositive(excess, own.G1Z);
        if (PotentialComponents == 2) return;
        sum.G2X += TLane.WherePositive(excess, own.G2X);
        sum.G2Y += TLane.WherePositive(excess, own.G2Y);
        sum.G2Z += TLane.WherePositive(excess, own.G2Z);
    }
}
