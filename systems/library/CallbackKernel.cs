using System.Runtime.CompilerServices;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Library;

/// <summary>
/// A kernel of the distance alone whose formula is a caller's function. The loops ask it for a register's distances at once, the operators for one at a time, and
/// the check of kernels holds the two against each other and against differences.
/// </summary>
/// <param name="functions">The caller's functions.</param>
/// <param name="gradient">Whether derivatives are asked for.</param>
internal readonly unsafe struct CallbackKernel(KernelFunctions functions, bool gradient) : IRadialKernel<CallbackKernel>
{
    // Lanes of the widest registers.
    private const int Most = 16;
    private readonly KernelFunctions _functions = functions;
    private readonly bool _gradient = gradient;

    /// <inheritdoc/>
    public static string Name => "custom";

    /// <inheritdoc/>
    static bool IKernel<CallbackKernel>.HasOwnTime => true;

    /// <inheritdoc/>
    public static string Parameters(CallbackKernel kernel) => "";

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Profile<TRegister>(CallbackKernel kernel, TRegister r2, out TRegister phi, out TRegister force)
        where TRegister : unmanaged, IRegister<TRegister>
    {
        // What counts a formula's operations has no numbers to hand to a function: one root and two products stand for it.
        if (sizeof(TRegister) != TRegister.Count * (TRegister.IsSingle ? sizeof(float) : sizeof(double)))
        {
            phi = TRegister.InverseSqrt(r2);
            force = phi * (phi * phi);
            return;
        }

        Unsafe.SkipInit(out phi);
        Unsafe.SkipInit(out force);
        Lanes(in kernel, Unsafe.AsPointer(ref r2), Unsafe.AsPointer(ref phi), Unsafe.AsPointer(ref force), TRegister.Count, TRegister.IsSingle);
    }

    /// <inheritdoc/>
    public static void Evaluate(CallbackKernel kernel, double dx, double dy, double dz, Span<double> matrix)
    {
        double r = Math.Sqrt((dx * dx) + (dy * dy) + (dz * dz));
        matrix[0] = r > 0 ? kernel.One(r, out _) : 0;
    }

    /// <inheritdoc/>
    public static void EvaluateGradient(CallbackKernel kernel, double dx, double dy, double dz, Span<double> matrix)
    {
        double r = Math.Sqrt((dx * dx) + (dy * dy) + (dz * dz)), derivative = 0;
        if (r > 0) kernel.One(r, out derivative);
        double slope = r > 0 ? derivative / r : 0;
        (matrix[0], matrix[1], matrix[2]) = (slope * dx, slope * dy, slope * dz);
    }

    // Functions that can't look whether a pointer is null (Numba's) have one to write to, unless they say that they have nothing to write.
    private bool HasDerivative => _functions.PotentialOnly == 0;

    private double One(double r, out double derivative)
    {
        double value, slope = double.NaN;
        double* written = HasDerivative ? &slope : null;
        if (_functions.Scalar is not null) value = _functions.Scalar(r, written, _functions.User);
        else _functions.Batch(1, &r, &value, written, _functions.User);
        derivative = slope;
        return value;
    }

    // Not inlined: the loops' own registers are saved once, around it.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Lanes(in CallbackKernel kernel, void* r2, void* phi, void* force, int count, bool isSingle)
    {
        double* r = stackalloc double[Most], values = stackalloc double[Most], derivatives = stackalloc double[Most];
        for (int i = 0; i < count; i++)
        {
            double square = isSingle ? ((float*)r2)[i] : ((double*)r2)[i];
            // Functions are asked of distances above 0 alone; a pair that coincides gives nothing.
            r[i] = square > 0 ? Math.Sqrt(square) : 1;
        }

        double* slopes = kernel.HasDerivative ? derivatives : null;
        if (kernel._functions.Batch is not null) kernel._functions.Batch(count, r, values, slopes, kernel._functions.User);
        else
            for (int i = 0; i < count; i++) values[i] = kernel._functions.Scalar(r[i], slopes is null ? null : slopes + i, kernel._functions.User);

        for (int i = 0; i < count; i++)
        {
            bool coincide = !((isSingle ? ((float*)r2)[i] : ((double*)r2)[i]) > 0);
            double value = coincide ? 0 : values[i], push = coincide || !kernel._gradient ? 0 : -slopes[i] / r[i];
            if (isSingle) (((float*)phi)[i], ((float*)force)[i]) = ((float)value, (float)push);
            else (((double*)phi)[i], ((double*)force)[i]) = (value, push);
        }
    }
}
