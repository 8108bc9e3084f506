using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Runs a kernel's wide forms over offsets, and no more: what they give is judged by code that is not compiled again for each kernel.</summary>
/// <remarks>Fields come as those of <see cref="KernelReference"/>. What a kernel must not read is not a number, so that it shows.</remarks>
internal sealed unsafe class KernelRegisters<TKernel, T, TRegister>(TKernel kernel) : IKernelForms
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private const int Fields = KernelReference.Fields;

    /// <inheritdoc/>
    public void OneWay(bool gradient, double[] offsets, double[] charges, int times, double[] fields)
    {
        T* charge = stackalloc T[Fields];
        for (int k = 0; k < Fields; k++) charge[k] = k < TKernel.SourceComponents ? T.CreateTruncating(charges[k]) : T.NaN;
        for (int first = 0; first < offsets.Length / 3; first += TRegister.Count)
        {
            TRegister dx = Column(offsets, first, 0), dy = Column(offsets, first, 1), dz = Column(offsets, first, 2);
            FieldSum<TRegister> sum = default;
            for (int time = 0; time < times; time++)
            {
                if (gradient) kernel.PotentialAndGradient<T, TRegister>(dx, dy, dz, charge, ref sum);
                else kernel.Potential<T, TRegister>(dx, dy, dz, charge, ref sum);
            }
            Store(ref sum, fields, first);
        }
    }

    /// <inheritdoc/>
    public void Mutual(bool gradient, double[] offsets, double[] sources, double[] targets, int times, double[] atSources, double[] atTargets)
    {
        PairCharge<TRegister> source = Charge(sources), target = Charge(targets);
        for (int first = 0; first < offsets.Length / 3; first += TRegister.Count)
        {
            TRegister dx = Column(offsets, first, 0), dy = Column(offsets, first, 1), dz = Column(offsets, first, 2);
            FieldSum<TRegister> atSource = default, atTarget = default;
            for (int time = 0; time < times; time++)
            {
                if (gradient) TKernel.MutualPotentialAndGradient<T, TRegister>(kernel, dx, dy, dz, source, target, ref atSource, ref atTarget);
                else TKernel.MutualPotential<T, TRegister>(kernel, dx, dy, dz, source, target, ref atSource, ref atTarget);
            }
            Store(ref atSource, atSources, first);
            Store(ref atTarget, atTargets, first);
        }
    }

    private static PairCharge<TRegister> Charge(double[] charges) => new() { Q0 = One(charges, 0), Q1 = One(charges, 1), Q2 = One(charges, 2) };

    private static TRegister One(double[] charges, int k) => TRegister.Broadcast(k < TKernel.SourceComponents ? T.CreateTruncating(charges[k]) : T.NaN);

    // The last offset stands in the lanes that are left over.
    private static TRegister Column(double[] offsets, int first, int axis)
    {
        T* column = stackalloc T[TRegister.Count];
        for (int lane = 0; lane < TRegister.Count; lane++)
            column[lane] = T.CreateTruncating(offsets[(3 * Math.Min(first + lane, (offsets.Length / 3) - 1)) + axis]);
        return TRegister.Load(column);
    }

    private static void Store(ref FieldSum<TRegister> sum, double[] fields, int first)
    {
        T* lanes = stackalloc T[TRegister.Count];
        fixed (FieldSum<TRegister>* pinned = &sum)
        {
            for (int field = 0; field < Fields; field++)
            {
                TRegister.Store(((TRegister*)pinned)[field], lanes);
                for (int lane = 0; lane < TRegister.Count && Fields * (first + lane) < fields.Length; lane++)
                    fields[(Fields * (first + lane)) + field] = double.CreateTruncating(lanes[lane]);
            }
        }
    }
}
