using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The second derivatives of one pair, one number at a time. A distance whose powers would leave the range is the unit of its pair, if the kernel can be
/// expressed in it.</summary>
internal static unsafe class ExactHessian
{
    // Fifth powers stay in range.
    private const int Usual = 60;

    /// <summary>Adds those of a pair in the unit of its offset, without normalisation; nothing at distance zero.</summary>
    public static void Add<TKernel>(TKernel kernel, double dx, double dy, double dz, double* charge, double* sums, int stride)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        double largest = Math.Max(Math.Abs(dx), Math.Max(Math.Abs(dy), Math.Abs(dz))), scale = 1;
        if (largest == 0) return;
        int exponent = Math.ILogB(largest);
        if (Math.Abs(exponent) > Usual && TKernel.TryRescale(kernel, Math.ScaleB(1, exponent), out TKernel own, out double factor))
        {
            (dx, dy, dz) = (Math.ScaleB(dx, -exponent), Math.ScaleB(dy, -exponent), Math.ScaleB(dz, -exponent));
            scale = Math.ScaleB(factor, -2 * exponent);
            kernel = own;
        }
        double* hessian = stackalloc double[DirectHessian<TKernel, Register1<double>>.Components];
        OfPair<TKernel, Register1<double>>(kernel, dx, dy, dz, charge, hessian);
        for (int c = 0; c < DirectHessian<TKernel, Register1<double>>.Components; c++) sums[c * stride] += scale * hessian[c];
    }

    /// <summary>Those of a pair as registers of some width give them.</summary>
    public static void OfPair<TKernel, TRegister>(TKernel kernel, double dx, double dy, double dz, double* charge, double* hessian)
        where TKernel : unmanaged, IKernel<TKernel>
        where TRegister : unmanaged, IRegister<TRegister, double>
    {
        PairCharge<TRegister> q = default;
        HessianSum<TRegister> sum = default;
        ChargeRegisters<TKernel, double, TRegister>.Broadcast(charge, ref q);
        TKernel.AddHessian(TKernel.Block(kernel, TRegister.Broadcast(dx), TRegister.Broadcast(dy), TRegister.Broadcast(dz)), q, ref sum);
        double* lanes = stackalloc double[TRegister.Count];
        Read(sum.XX, 0);
        Read(sum.XY, 1);
        Read(sum.XZ, 2);
        Read(sum.YY, 3);
        Read(sum.YZ, 4);
        Read(sum.ZZ, 5);

        void Read(TRegister value, int component)
        {
            TRegister.Store(value, lanes);
            hessian[component] = lanes[0];
        }
    }
}
