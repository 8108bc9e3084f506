using System.Numerics;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>The transform of eight lattices at once against the sum that defines it.</summary>
[TestFixture(TypeArgs = [typeof(Lane256<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Lane128<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Lane1<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Lane512<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Lane256<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Lane128<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Lane1<double>), typeof(double)])]
[Category("Lanes")]
public sealed unsafe class OctetTransformTests<TLane, T>
    where TLane : unmanaged, ILane<TLane, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Ledger _ledger = new();

    private static double Bound => typeof(T) == typeof(float) ? 2e-6 : 4e-15;

    [TearDown]
    public void Nothing_is_left() => _ledger.ThrowIfOutstanding();

    [Test]
    public void The_forward_transform_of_a_surface_is_the_sum_of_waves([Range(2, 16)] int order) => Compare(order, order, hollow: true);

    [Test]
    public void The_forward_transform_of_a_full_period_is_the_sum_of_waves([Values(2, 3, 6, 7)] int order) => Compare(order, 2 * order, hollow: false);

    [Test]
    public void The_inverse_brings_a_surface_back([Range(2, 16)] int order)
    {
        using OctetTransform<T, TLane> transform = new(_ledger, order);
        using NativeBuffer<T> scratch = new(_ledger, "scratch", transform.ScratchLength(order) + (32 * transform.Period));
        double[] points = Points(order, order, hollow: true);
        using NativeBuffer<T> lattice = Lattice(points);
        using NativeBuffer<T> spectrum = new(_ledger, "spectrum", 4L * order * order * (order + 1) * 48);
        transform.Forward(lattice.Pointer, order, true, spectrum.Pointer + 16, 48, scratch.Pointer);
        lattice.Clear();
        transform.Inverse(spectrum.Pointer + 16, 48, lattice.Pointer, scratch.Pointer);
        double[] back = [.. lattice.Span.ToArray().Select(x => double.CreateTruncating(x) / (8.0 * order * order * order))];
        Assert.That(DirectField.Error(back, points), Is.LessThanOrEqualTo(Bound));
    }

    private void Compare(int order, int extent, bool hollow)
    {
        using OctetTransform<T, TLane> transform = new(_ledger, order);
        using NativeBuffer<T> scratch = new(_ledger, "scratch", transform.ScratchLength(extent));
        double[] points = Points(order, extent, hollow);
        using NativeBuffer<T> lattice = Lattice(points);
        int frequencies = 4 * order * order * (order + 1);
        using NativeBuffer<T> spectrum = new(_ledger, "spectrum", 16L * frequencies);
        transform.Forward(lattice.Pointer, extent, hollow, spectrum.Pointer, 16, scratch.Pointer);
        double[] found = [.. spectrum.Span.ToArray().Select(double.CreateTruncating)];
        Assert.That(DirectField.Error(found, new NaiveTransform(order).Forward(points, extent)), Is.LessThanOrEqualTo(Bound));
    }

    private static double[] Points(int order, int extent, bool hollow)
    {
        Random random = new(order);
        double[] points = new double[8 * extent * extent * extent];
        for (int i = 0; i < points.Length; i++)
        {
            int point = i / 8, x = point / (extent * extent), y = point / extent % extent, z = point % extent;
            bool surface = new[] { x, y, z }.Any(c => c == 0 || c == extent - 1);
            points[i] = hollow && !surface ? 0 : (float)(random.NextDouble() - 0.5);
        }
        return points;
    }

    private NativeBuffer<T> Lattice(double[] points)
    {
        NativeBuffer<T> lattice = new(_ledger, "lattice", points.Length);
        for (int i = 0; i < points.Length; i++) lattice.Pointer[i] = T.CreateTruncating(points[i]);
        return lattice;
    }
}
