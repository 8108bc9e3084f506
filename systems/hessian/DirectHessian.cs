using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The second derivatives that every source of a list gives at every target of a list. Targets lie across the lanes.</summary>
internal static unsafe class DirectHessian<TKernel, TRegister>
    where TKernel : unmanaged, IKernel<TKernel>
    where TRegister : unmanaged, IRegister<TRegister, double>
{
    /// <summary>Numbers of a target: xx, xy, xz, yy, yz, zz.</summary>
    public const int Components = 6;

    /// <summary>Operations of a pair.</summary>
    public static int Flops(TKernel kernel)
    {
        FlopTape tape = FlopRegister.Tape = new FlopTape();
        PairCharge<FlopRegister> charge = new() { Q0 = Input(0), Q1 = Input(0), Q2 = Input(0), Q3 = Input(0), Q4 = Input(0), Q5 = Input(0) };
        HessianSum<FlopRegister> sum = new() { XX = Input(0), XY = Input(0), XZ = Input(0), YY = Input(0), YZ = Input(0), ZZ = Input(0) };
        TKernel.AddHessian(TKernel.Block(kernel, Input(1), Input(1), Input(1)), charge, ref sum);
        return tape.Count([sum.XX.Step, sum.XY.Step, sum.XZ.Step, sum.YY.Step, sum.YZ.Step, sum.ZZ.Step]).Flops;

        FlopRegister Input(int flops) => new(tape.Input(flops));
    }

    /// <summary>Whether a pair at distance zero gives nothing by itself.</summary>
    public static bool VanishesAtZero(TKernel kernel)
    {
        double* charge = stackalloc double[6] { 1, 1, 1, 1, 1, 1 }, hessian = stackalloc double[Components];
        ExactHessian.OfPair<TKernel, TRegister>(kernel, 0, 0, 0, charge, hessian);
        for (int c = 0; c < Components; c++) if (hessian[c] != 0) return false;
        return true;
    }

    /// <summary>Adds the sources' second derivatives, without the kernel's normalisation: component c of target t at c times the stride plus t.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="targets">Targets; their columns are readable up to whole registers.</param>
    /// <param name="sources">Sources, relative to the same centre.</param>
    /// <param name="charges">The components of each source together.</param>
    /// <param name="sums">Six columns of whole registers.</param>
    /// <param name="stride">Numbers from one of them to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(TKernel kernel, PointList<double> targets, PointList<double> sources, double* charges, double* sums, int stride)
    {
        double* sx = sources.X, sy = sources.Y, sz = sources.Z;
        for (int t = 0; t < targets.Count; t += TRegister.Count)
        {
            TRegister x = TRegister.Load(targets.X + t), y = TRegister.Load(targets.Y + t), z = TRegister.Load(targets.Z + t);
            HessianSum<TRegister> sum = default;
            PairCharge<TRegister> q = default;
            double* charge = charges;
            for (int s = 0; s < sources.Count; s++)
            {
                TRegister dx = x - TRegister.Broadcast(sx + s), dy = y - TRegister.Broadcast(sy + s), dz = z - TRegister.Broadcast(sz + s);
                ChargeRegisters<TKernel, double, TRegister>.Broadcast(charge, ref q);
                TKernel.AddHessian(TKernel.Block(kernel, dx, dy, dz), q, ref sum);
                charge += TKernel.SourceComponents;
            }
            AddOne(sum.XX, sums + t);
            AddOne(sum.XY, sums + stride + t);
            AddOne(sum.XZ, sums + (2 * stride) + t);
            AddOne(sum.YY, sums + (3 * stride) + t);
            AddOne(sum.YZ, sums + (4 * stride) + t);
            AddOne(sum.ZZ, sums + (5 * stride) + t);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddOne(TRegister value, double* at) => TRegister.Store(TRegister.Load(at) + value, at);
}
