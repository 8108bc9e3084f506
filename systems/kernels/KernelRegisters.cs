using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Runs a kernel's formula over offsets, and no more: what it gives is judged by code that is not compiled again for each kernel.</summary>
/// <remarks>Fields come as those of <see cref="KernelReference"/>. What a kernel must not read is not a number, so that it shows.</remarks>
internal sealed unsafe class KernelRegisters<TKernel, T, TRegister>(TKernel kernel) : IKernelForms
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private const int Fields = KernelReference.Fields;

    /// <inheritdoc/>
    public void Add(bool gradient, double[] offsets, double[] charges, int times, double[] fields)
    {
        PairCharge<TRegister> charge = Charge(charges);
        for (int first = 0; first < offsets.Length / 3; first += TRegister.Count)
        {
            TRegister dx = Column(offsets, first, 0), dy = Column(offsets, first, 1), dz = Column(offsets, first, 2);
            FieldSum<TRegister> sum = default;
            for (int time = 0; time < times; time++)
            {
                if (gradient) PairEvaluation<TKernel, TRegister, PotentialWithGradient>.OneWay(kernel, dx, dy, dz, charge, ref sum);
                else PairEvaluation<TKernel, TRegister, PotentialAlone>.OneWay(kernel, dx, dy, dz, charge, ref sum);
            }
            Store(ref sum, fields, first);
        }
    }

    /// <inheritdoc/>
    public void AddNothing(bool gradient, double[] offsets, double[] charges, double[] fields)
    {
        PairCharge<TRegister> charge = Charge(charges);
        for (int first = 0; first < offsets.Length / 3; first += TRegister.Count)
        {
            PairBlock<TRegister> block = new() { X = Column(offsets, first, 0), Y = Column(offsets, first, 1), Z = Column(offsets, first, 2) };
            FieldSum<TRegister> sum = default;
            TKernel.AddPotential(block, charge, ref sum);
            if (gradient) TKernel.AddGradient(block, charge, ref sum);
            Store(ref sum, fields, first);
        }
    }

    private static PairCharge<TRegister> Charge(double[] charges) => new() { Q0 = One(charges, 0), Q1 = One(charges, 1), Q2 = One(charges, 2), Q3 = One(charges, 3), Q4 = One(charges, 4), Q5 = One(charges, 5) };

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
