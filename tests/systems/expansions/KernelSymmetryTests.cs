using Fmm.Systems;
using Fmm.Tests.Flow;
using Fmm.Tests.Kernels;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>A kernel's symmetries are found at lengths where there is something to find.</summary>
public sealed class KernelSymmetryTests
{
    [Test]
    public void A_kernel_without_mirrors_is_known_for_one_whatever_its_length([Values(1e-3, 1, 1e3, 1e6)] double k)
    {
        Assert.That(KernelSymmetry.HasMirrors(new SkewedYukawa(k)), Is.False);
        Assert.That(AxisPermutations.Of(new SkewedYukawa(k)), Is.EqualTo(1));
        Assert.That(KernelSymmetry.HasMirrors(new Yukawa(k)), Is.True);
        Assert.That(AxisPermutations.Of(new Yukawa(k)), Is.EqualTo(AxisPermutations.Count));
    }

    [Test]
    public void Vectors_axial_vectors_and_charges_with_dipoles_keep_to_their_mirror_images()
    {
        Assert.That(Kinds(default(Stokes)), Is.EqualTo((true, VectorKind.Vector, VectorKind.Vector)));
        Assert.That(Kinds(default(LaplaceDipole)), Is.EqualTo((true, VectorKind.Vector, VectorKind.Scalars)));
        Assert.That(Kinds(default(LaplaceChargeDipole)), Is.EqualTo((true, VectorKind.ScalarAndVector, VectorKind.Scalars)));
        Assert.That(Kinds(default(BiotSavart)), Is.EqualTo((true, VectorKind.AxialVector, VectorKind.Vector)));
        Assert.That(Kinds(new Helmholtz(2)), Is.EqualTo((true, VectorKind.Scalars, VectorKind.Scalars)));

        static (bool, VectorKind, VectorKind) Kinds<TKernel>(TKernel kernel)
            where TKernel : unmanaged, IKernel<TKernel>
        {
            bool mirrors = KernelSymmetry.HasMirrors(kernel, out VectorKind sources, out VectorKind potentials);
            return (mirrors, sources, potentials);
        }
    }

    [Test]
    public void Its_field_is_right_in_units_where_it_is_lost_at_distance_1()
    {
        Scene scene = Scene.Of("cube", 1500);
        Scene small = new([.. scene.Sources.Select(p => new Components.Position(1e-4 * p.X, 1e-4 * p.Y, 1e-4 * p.Z))], scene.Charges);
        Assert.That(small.Error(new SkewedYukawa(1e4), new FmmOptions { Order = 5, LeafCapacity = 20 }).Potential, Is.LessThan(1e-4));
    }
}
