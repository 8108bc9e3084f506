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
    void IKernel<Apart<TKernel>>.Potential<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        FieldSum<TRegister> own = default;
        _kernel.Potential<T, TRegister>(dx, dy, dz, charge, ref own);
        Add<T, TRegister>(Excess<T, TRegister>(dx, dy, dz), in own, gradient: false, ref sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    void IKernel<Apart<TKernel>>.PotentialAndGradient<T, TRegister>(TRegister dx, TRegister dy, TRegister dz, T* charge, ref FieldSum<TRegister> sum)
    {
        FieldSum<TRegister> own = default;
        _kernel.PotentialAndGradient<T, TRegister>(dx, dy, dz, charge, ref own);
        Add<T, TRegister>(Excess<T, TRegister>(dx, dy, dz), in own, gradient: true, ref sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Apart<TKernel>>.MutualPotential<T, TRegister>(
        Apart<TKernel> kernel, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, in PairCharge<TRegister> target,
        ref FieldSum<TRegister> atSource, ref FieldSum<TRegister> atTarget)
    {
        FieldSum<TRegister> here = default, there = default;
        TKernel.MutualPotential<T, TRegister>(kernel._kernel, dx, dy, dz, source, target, ref here, ref there);
        TRegister excess = Excess<T, TRegister>(dx, dy, dz);
        Add<T, TRegister>(excess, in here, gradient: false, ref atSource);
        Add<T, TRegister>(excess, in there, gradient: false, ref atTarget);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static void IKernel<Apart<TKernel>>.MutualPotentialAndGradient<T, TRegister>(
        Apart<TKernel> kernel, TRegister dx, TRegister dy, TRegister dz, in PairCharge<TRegister> source, in PairCharge<TRegister> target,
        ref FieldSum<TRegister> atSource, ref FieldSum<TRegister> atTarget)
    {
        FieldSum<TRegister> here = default, there = default;
        TKernel.MutualPotentialAndGradient<T, TRegister>(kernel._kernel, dx, dy, dz, source, target, ref here, ref there);
        TRegister excess = Excess<T, TRegister>(dx, dy, dz);
        Add<T, TRegister>(excess, in here, gradient: true, ref atSource);
        Add<T, TRegister>(excess, in there, gradient: true, ref atTarget);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TRegister Excess<T, TRegister>(TRegister dx, TRegister dy, TRegister dz)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T> =>
        TRegister.MultiplyAdd(dz, dz, TRegister.MultiplyAdd(dy, dy, dx * dx)) - TRegister.Constant(Least);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T, TRegister>(TRegister excess, in FieldSum<TRegister> own, bool gradient, ref FieldSum<TRegister> sum)
        where T : unmanaged, System.Numerics.IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>
    {
        sum.P0 += TRegister.WherePositive(excess, own.P0);
        if (PotentialComponents > 1) sum.P1 += TRegister.WherePositive(excess, own.P1);
        if (PotentialComponents > 2) sum.P2 += TRegister.WherePositive(excess, own.P2);
        if (!gradient) return;
        sum.G0X += TRegister.WherePositive(excess, own.G0X);
        sum.G0Y += TRegister.WherePositive(excess, own.G0Y);
        sum.G0Z += TRegister.WherePositive(excess, own.G0Z);
        if (PotentialComponents == 1) return;
        sum.G1X += TRegister.WherePositive(excess, own.G1X);
        sum.G1Y += TRegister.WherePositive(excess, own.G1Y);
        sum.G1Z += TRegister.WherePositive(excess, own.G1Z);
        if (PotentialComponents == 2) return;
        sum.G2X += TRegister.WherePositive(excess, own.G2X);
        sum.G2Y += TRegister.WherePositive(excess, own.G2Y);
        sum.G2Z += TRegister.WherePositive(excess, own.G2Z);
    }
}
