using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>The decomposition of a level's transfer matrices.</summary>
public sealed class LowRankBuilderTests
{
    private static readonly ILinearAlgebra _algebra = LinearAlgebra.Create();

    [Test]
    public void U_s_vt_of_full_rank_are_the_transfer_matrices_side_by_side()
    {
        Whole(default(Laplace), 4);
        Whole(new Yukawa(2), 3);
        Whole(new Stokes(1), 3);
        Whole(default(Skewed), 3);
    }

    [Test]
    public void What_a_rank_drops_is_the_values_beyond_it()
    {
        ExpansionSizes sizes = Sizes(default(Laplace), 5, 40);
        using PlainMatrices whole = Decompose(default(Laplace), Sizes(default(Laplace), 5, 98)), cut = Decompose(default(Laplace), sizes);
        ReadOnlySpan<double> all = whole[LowRankMatrices.S].Elements, kept = cut[LowRankMatrices.S].Elements;
        double least = 0;
        foreach (double value in all[40..]) least += value * value;
        double dropped = Distance(default(Laplace), sizes, cut);
        Assert.That(kept.Length, Is.EqualTo(40));
        for (int i = 0; i < 30; i++) Assert.That(kept[i], Is.EqualTo(all[i]).Within(1e-4 * all[i]));
        Assert.That(dropped, Is.InRange(0.999 * Math.Sqrt(least), 1.05 * Math.Sqrt(least)));
    }

    [Test]
    public void A_tolerance_is_the_share_that_is_dropped([Values(1e-2, 1e-4, 1e-7)] double tolerance)
    {
        // An order at which the values fall below every one of these shares before they end.
        ExpansionSizes sizes = Sizes(default(Laplace), 6, null, new LowRankOptions { Tolerance = tolerance });
        using PlainMatrices cut = Decompose(default(Laplace), sizes);
        double square = 0;
        foreach (double value in cut[LowRankMatrices.S].Elements) square += value * value;
        Assert.That(Distance(default(Laplace), sizes, cut) / Math.Sqrt(square), Is.LessThan(tolerance).And.GreaterThan(0.2 * tolerance));
    }

    [Test]
    public void The_seed_decides_the_bits()
    {
        double[] first = Vt(3), again = Vt(3), other = Vt(4);
        Assert.That(again, Is.EqualTo(first));
        Assert.That(other, Is.Not.EqualTo(first));

        static double[] Vt(ulong seed)
        {
            using PlainMatrices matrices = Decompose(default(Laplace), Sizes(default(Laplace), 4, 20, new LowRankOptions { Seed = seed }));
            return matrices[LowRankMatrices.Vt].Elements.ToArray();
        }
    }

    [Test]
    public void The_order_of_the_vectors_in_a_file_is_the_files()
    {
        ExpansionSizes sizes = Sizes(default(Laplace), 3, 12);
        using PlainMatrices own = Decompose(default(Laplace), sizes), foreign = new();
        int density = sizes.DensityCount, last = VectorPairs.Count - 1;
        PlainMatrix vt = own[LowRankMatrices.Vt];
        double[] turned = new double[vt.Elements.Length], hashes = own[LowRankMatrices.Hashes].Elements.ToArray();
        for (int r = 0; r < vt.Rows; r++)
            for (int vector = 0; vector <= last; vector++) vt.Elements.Slice((r * vt.Columns) + (vector * density), density).CopyTo(turned.AsSpan((r * vt.Columns) + ((last - vector) * density)));
        foreign.Add(LowRankMatrices.U, new PlainMatrix(own[LowRankMatrices.U].Rows, vt.Rows, own[LowRankMatrices.U].Elements.ToArray()));
        foreign.Add(LowRankMatrices.S, own[LowRankMatrices.S].Elements.ToArray());
        foreign.Add(LowRankMatrices.Vt, new PlainMatrix(vt.Rows, vt.Columns, turned));
        foreign.Add(LowRankMatrices.Hashes, [.. hashes.Reverse()]);
        LowRankCores.Add(own, sizes, _algebra, Jobs.Serial);
        LowRankCores.Add(foreign, sizes, _algebra, Jobs.Serial);
        Assert.That(foreign[LowRankMatrices.Cores].Elements.ToArray(), Is.EqualTo(own[LowRankMatrices.Cores].Elements.ToArray()));
    }

    private static void Whole<TKernel>(TKernel kernel, int order)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        ExpansionSizes sizes = Sizes(kernel, order, 10_000);
        using PlainMatrices matrices = Decompose(kernel, sizes);
        double square = 0;
        foreach (double value in matrices[LowRankMatrices.S].Elements) square += value * value;
        Assert.That(matrices[LowRankMatrices.S].Columns, Is.EqualTo(sizes.CheckCount));
        Assert.That(Distance(kernel, sizes, matrices), Is.LessThan(1e-13 * Math.Sqrt(square)));
    }

    // The Frobenius norm of what is missing, against the matrices as the dense M2L has them: by slot, densities by check potentials.
    private static double Distance<TKernel>(TKernel kernel, ExpansionSizes sizes, PlainMatrices found)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        using PlainMatrices dense = new DenseBuilder<TKernel>(kernel, sizes, new Ledger()).Build(1);
        ReadOnlySpan<double> all = dense[DenseOperators<double>.Name].Elements, s = found[LowRankMatrices.S].Elements, u = found[LowRankMatrices.U].Elements, vt = found[LowRankMatrices.Vt].Elements;
        int density = sizes.DensityCount, check = sizes.CheckCount, columns = found[LowRankMatrices.Vt].Columns;
        double sum = 0;
        for (int vector = 0; vector < VectorPairs.Count; vector++)
        {
            for (int j = 0; j < density; j++)
            {
                for (int i = 0; i < check; i++)
                {
                    double element = all[(((VectorPairs.Slot(vector) * density) + j) * check) + i];
                    for (int r = 0; r < s.Length; r++) element -= u[(i * s.Length) + r] * s[r] * vt[(r * columns) + (vector * density) + j];
                    sum += element * element;
                }
            }
        }
        return Math.Sqrt(sum);
    }

    private static ExpansionSizes Sizes<TKernel>(TKernel kernel, int order, int? rank, LowRankOptions? options = null)
        where TKernel : unmanaged, IKernel<TKernel> =>
        ExpansionSizes.Of(kernel, order, SurfaceRatios.Standard, TransferStrategy.LowRank, rank, options);

    private static PlainMatrices Decompose<TKernel>(TKernel kernel, ExpansionSizes sizes)
        where TKernel : unmanaged, IKernel<TKernel> =>
        new LowRankBuilder<TKernel>(kernel, sizes, _algebra, Precision.Double).Decompose(1, Jobs.Serial);
}
