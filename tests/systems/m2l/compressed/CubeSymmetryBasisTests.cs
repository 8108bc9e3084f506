using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>The families of functions under mirrors and permutations of the axes, and what stands for its images.</summary>
public sealed class CubeSymmetryBasisTests
{
    [Test]
    public void A_familys_matrices_multiply_as_the_permutations_do()
    {
        foreach (CubeRepresentation family in CubeRepresentation.All(AxisPermutations.Count))
        {
            for (int a = 0; a < AxisPermutations.Count; a++)
            {
                for (int b = 0; b < AxisPermutations.Count; b++)
                {
                    int both = Enumerable.Range(0, AxisPermutations.Count).Single(c =>
                        Enumerable.Range(0, 3).All(axis => AxisPermutations.Image(c, axis) == AxisPermutations.Image(a, AxisPermutations.Image(b, axis))));
                    for (int i = 0; i < family.Dimension; i++)
                    {
                        for (int j = 0; j < family.Dimension; j++)
                        {
                            double sum = Enumerable.Range(0, family.Dimension).Sum(k => family.Element(a, i, k) * family.Element(b, k, j));
                            Assert.That(family.Element(both, i, j), Is.EqualTo(sum).Within(1e-15), $"{a} {b} {i} {j}");
                        }
                    }
                }
            }
        }
    }

    [Test]
    public void The_functions_of_all_families_are_an_orthonormal_basis_each_in_its_parity(
        [Values(2, 3, 4, 5)] int order, [Values(1, 3)] int components, [Values(1, 6)] int permutations)
    {
        Surface surface = new(order);
        ParityPoints points = new(surface, components, components == 3 ? VectorKind.Vector : VectorKind.Scalars, 1);
        CubeSymmetryBasis functions = new(surface, points, permutations);
        List<double[]> all = [];
        for (int family = 0; family < functions.Families.Length; family++)
        {
            int[] segments = functions.Families[family].Segments;
            for (int k = 0; k < functions.Length(family); k++)
            {
                double[] unit = new double[functions.Length(family)];
                unit[k] = 1;
                for (int partner = 0; partner < segments.Length; partner++)
                {
                    double[] function = new double[points.Start[8]];
                    functions.Expand(family, partner, unit, function.AsSpan(points.Start[segments[partner]], points.Length(segments[partner])));
                    all.Add(function);
                }
            }
        }
        Assert.That(all, Has.Count.EqualTo(surface.Count * components));
        for (int i = 0; i < all.Count; i++)
        {
            for (int j = 0; j <= i; j++)
                Assert.That(all[i].Zip(all[j], (a, b) => a * b).Sum(), Is.EqualTo(i == j ? 1 : 0).Within(1e-14), $"{i} {j}");
        }
    }

    [Test]
    public void Sixteen_vectors_and_nine_classes_stand_for_all_if_the_axes_are_alike()
    {
        TransferOrbits all = new(1), few = new(AxisPermutations.Count);
        Assert.That((all.Vectors.Length, all.Classes.Length), Is.EqualTo((56, 26)));
        Assert.That((few.Vectors.Length, few.Classes.Length), Is.EqualTo((16, 9)));
        foreach (TransferOrbits orbits in new[] { all, few })
        {
            Assert.That(Enumerable.Range(0, orbits.Vectors.Length).Sum(orbits.Images), Is.EqualTo(316));
            Assert.That(Enumerable.Range(0, orbits.Classes.Length).SelectMany(i => orbits.ClassImages[i]).Select(one => one.Ring), Is.EquivalentTo(Enumerable.Range(1, 26)));
        }
        // {0, 1, 2} is the one class that no swap keeps.
        Assert.That(few.Classes.Count(few.IsKeptBySwap), Is.EqualTo(8));
        Assert.That(all.Classes.Any(all.IsKeptBySwap), Is.False);
    }

    [Test]
    public void Kernels_tell_whether_their_axes_are_alike()
    {
        Assert.That(AxisPermutations.Of(default(Laplace)), Is.EqualTo(AxisPermutations.Count));
        Assert.That(AxisPermutations.Of(new Yukawa(2)), Is.EqualTo(AxisPermutations.Count));
        Assert.That(AxisPermutations.Of(new Stokes(1)), Is.EqualTo(AxisPermutations.Count));
        Assert.That(AxisPermutations.Of(default(Pull)), Is.EqualTo(AxisPermutations.Count));
        Assert.That(AxisPermutations.Of(default(Stretched)), Is.EqualTo(1));
    }

    [Test]
    public void The_largest_values_are_kept_until_the_rest_is_within_the_budget()
    {
        double[][] values = [[4, 1, 0.5], [3, 2]];
        Assert.That(RankedValues.Keep(values, [1, 1], 1.25, 1), Is.EqualTo(new[] { (0, 0), (1, 0), (1, 1) }));
        Assert.That(RankedValues.Keep(values, [2, 1], 1.25, 1), Is.EqualTo(new[] { (0, 0), (1, 0), (1, 1), (0, 1) }));
        Assert.That(RankedValues.Keep(values, [1, 1], 1.25, 4), Has.Length.EqualTo(4));
        Assert.That(RankedValues.Keep(values, [1, 1], 1.25, 8), Has.Length.EqualTo(5));
        Assert.That(RankedValues.Keep(values, [1, 1], 1000, 1), Has.Length.EqualTo(1));
    }

    [Test]
    public void Partners_are_never_parted_and_the_first_function_is_never_lost()
    {
        Surface surface = new(4);
        ParityPoints points = new(surface, 3, VectorKind.Vector, 1);
        CommonBasis basis = new(new CubeSymmetryBasis(surface, points, AxisPermutations.Count), AxisPermutations.Count, 1);
        Random random = new(1);
        basis.Add(0, 0, [.. Enumerable.Range(0, basis.Samples * points.Start[8]).Select(_ => random.NextDouble() - 0.5)]);
        for (int family = 0; family < basis.Families; family++) basis.Decompose(LinearAlgebra.Create(LinearAlgebraChoice.Managed), family);
        basis.Truncate(0.3);
        Assert.That(basis.Ends[0], Is.GreaterThan(1), "this basis would not show a loss");
        for (int leading = 1; leading <= basis.Rank + 1; leading++)
        {
            int kept = basis.Unparted(leading);
            Assert.That(basis.Ends[kept - 1], Is.EqualTo(kept));
            Assert.That(kept, Is.InRange(Math.Min(basis.Ends[0], leading), Math.Max(basis.Ends[0], leading)));
        }
    }
}
