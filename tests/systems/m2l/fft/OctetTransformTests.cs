using System.Numerics;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>The transform of eight lattices at once against the sum that defines it.</summary>
[TestFixture(TypeArgs = [typeof(Register256<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register128<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register1<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register512<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register256<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register128<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register1<double>), typeof(double)])]
[Category("Registers")]
public sealed unsafe class OctetTransformTests<TRegister, T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly Ledger _ledger = new();

    private static double Bound => typeof(T) == typeof(float) ? 2e-6 : 4e-15;

    [TearDown]
    public void Nothing_is_left() => _ledger.ThrowIfOutstanding();

    [Test]
    public void The_rows_of_a_surface_are_sums_of_waves([Range(2, 16)] int order)
    {
        double[] points = Points(order, order, hollow: true);
        Compare(order, order, points, (transform, kx, plane) =>
        {
            using NativeBuffer<T> surface = Surface(order, points);
            transform.Plane(surface.Pointer, kx, plane.Pointer);
        });
    }

    [Test]
    public void The_rows_of_a_full_period_are_sums_of_waves([Values(2, 3, 6, 7)] int order)
    {
        double[] points = Points(order, 2 * order, hollow: false);
        Compare(order, 2 * order, points, (transform, kx, plane) =>
        {
            using NativeBuffer<T> lattice = Numbers(points);
            transform.FullPlane(lattice.Pointer, kx, plane.Pointer);
        });
    }

    [Test]
    public void The_weighted_rows_bring_a_surface_back([Range(2, 16)] int order)
    {
        using OctetTransform<T, TRegister> transform = new(_ledger, order);
        double[] points = Points(order, order, hollow: true);
        FrequencyRows rows = new(order);
        using NativeBuffer<T> surface = Surface(order, points), back = new(_ledger, "back", surface.Length);
        using NativeBuffer<T> plane = new(_ledger, "plane", 16 * order * order), sum = new(_ledger, "sum", 16 * order * order);
        using NativeBuffer<T> scratch = new(_ledger, "scratch", (16 * order) + (32 * rows.Period)), spectrum = new(_ledger, "spectrum", 16 * rows.Period);
        for (int row = 0; row < rows.Count; row++)
        {
            // Each row alone: what passes of one row do.
            sum.Clear();
            transform.Plane(surface.Pointer, rows.Kx(row), plane.Pointer);
            transform.Row(plane.Pointer, order, rows.Ky(row), scratch.Pointer, spectrum.Pointer);
            transform.AddRow(spectrum.Pointer, 16, rows.Ky(row), rows.Weight(row), scratch.Pointer, sum.Pointer);
            transform.AddPlane(sum.Pointer, rows.Kx(row), back.Pointer);
        }
        double[] expected = [.. surface.Span.ToArray().Select(double.CreateTruncating)];
        double[] found = [.. back.Span.ToArray().Select(x => double.CreateTruncating(x) / (8.0 * order * order * order))];
        Assert.That(DirectField.Error(found, expected), Is.LessThanOrEqualTo(Bound));
    }

    private void Compare(int order, int extent, double[] points, Action<OctetTransform<T, TRegister>, int, NativeBuffer<T>> plane)
    {
        using OctetTransform<T, TRegister> transform = new(_ledger, order);
        FrequencyRows rows = new(order);
        int n = rows.Period;
        using NativeBuffer<T> waves = new(_ledger, "plane", 16 * extent * extent);
        using NativeBuffer<T> line = new(_ledger, "line", 16 * extent), spectrum = new(_ledger, "spectrum", 16 * n);
        double[] naive = new NaiveTransform(order).Forward(points, extent);
        List<double> found = [], expected = [];
        for (int row = 0; row < rows.Count; row++)
        {
            plane(transform, rows.Kx(row), waves);
            transform.Row(waves.Pointer, extent, rows.Ky(row), line.Pointer, spectrum.Pointer);
            found.AddRange(spectrum.Span.ToArray().Select(double.CreateTruncating));
            expected.AddRange(naive.AsSpan(16 * n * ((rows.Kx(row) * n) + rows.Ky(row)), 16 * n));
        }
        Assert.That(DirectField.Error([.. found], [.. expected]), Is.LessThanOrEqualTo(Bound));
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

    private NativeBuffer<T> Surface(int order, double[] points)
    {
        Surface surface = new(order);
        double[] hollow = new double[8 * surface.Count];
        for (int i = 0; i < hollow.Length; i++)
        {
            int point = (((surface.Lattice(i / 8, 0) * order) + surface.Lattice(i / 8, 1)) * order) + surface.Lattice(i / 8, 2);
            hollow[i] = points[(8 * point) + (i % 8)];
        }
        return Numbers(hollow);
    }

    private NativeBuffer<T> Numbers(double[] numbers)
    {
        NativeBuffer<T> buffer = new(_ledger, "numbers", numbers.Length);
        for (int i = 0; i < numbers.Length; i++) buffer.Pointer[i] = T.CreateTruncating(numbers[i]);
        return buffer;
    }
}
