using System.Numerics;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Series;

/// <summary>The loops over Chebyshev series against their definition, for every register.</summary>
[TestFixture(TypeArgs = [typeof(Register512<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register256<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register128<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register1<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register512<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register256<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register128<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register1<double>), typeof(double)])]
[Category("Registers")]
public sealed unsafe class SeriesLoopTests<TRegister, T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const double HalfWidth = 0.25;

    // 1 to 3 chunks a block, so that the loops of one and of two chunks both take part.
    private static readonly SeriesBlock[] _blocks = [new(0, 0, 3, 0), new(0, 4, 2, 36), new(1, 0, 1, 60), new(4, 4, 1, 72)];

    private static double Bound => typeof(T) == typeof(float) ? 2e-5 : 4e-14;

    private static int Length => 2 * SeriesSum<T, TRegister>.Group;

    [Test]
    public void Polynomials_and_their_slopes_are_those_of_the_cosine()
    {
        T[] points = Points(1), values = new T[9 * Length], slopes = new T[9 * Length];
        fixed (T* pPoints = points, pValues = values, pSlopes = slopes)
        {
            ChebyshevColumns<T, TRegister>.Fill(pPoints, null, Length, T.CreateTruncating(1 / HalfWidth), 9, pValues);
            ChebyshevColumns<T, TRegister>.FillSlopes(pValues, Length, 9, pSlopes);
        }
        for (int i = 0; i < Length; i++)
        {
            double x = double.CreateTruncating(points[i]) / HalfWidth;
            for (int k = 0; k < 9; k++)
            {
                Assert.That(double.CreateTruncating(values[(k * Length) + i]), Is.EqualTo(Chebyshev(k, x)).Within(Bound));
                Assert.That(double.CreateTruncating(slopes[(k * Length) + i]), Is.EqualTo(Slope(k, x)).Within(100 * Bound));
            }
        }
    }

    [Test]
    public void Moments_of_two_pieces_are_sums_over_all_points()
    {
        T[] x = Columns(1, charges: Points(7)), y = Columns(2), z = Columns(3), registers = new T[96 * TRegister.Count], sums = new T[96];
        fixed (T* pX = x, pY = y, pZ = z, pRegisters = registers, pSums = sums)
        {
            Moments<T, TRegister>.Add(_blocks, pX, pY, pZ, Length, first: true, pRegisters);
            Moments<T, TRegister>.Add(_blocks, pX, pY, pZ, Length, first: false, pRegisters);
            RegisterSums<T, TRegister>.Run(pRegisters, 96, pSums);
        }
        foreach ((int at, int i, int j, int k) in Degrees())
        {
            double expected = 0;
            for (int n = 0; n < Length; n++) expected += 2 * Number(x, i, n) * Number(y, j, n) * Number(z, k, n);
            Assert.That(double.CreateTruncating(sums[at]), Is.EqualTo(expected).Within(Length * Bound), $"{i} {j} {k}");
        }
    }

    [Test]
    public void A_series_and_its_slopes_are_sums_over_its_terms()
    {
        T[] columns = [.. Columns(1), .. Columns(2), .. Columns(3)], slopes = new T[columns.Length], coefficients = new T[96], sums = new T[Length];
        T[] both = new T[4 * Length];
        Random random = new(5);
        foreach ((int at, _, _, _) in Degrees()) coefficients[at] = T.CreateTruncating(random.NextDouble() - 0.5);
        fixed (T* pColumns = columns, pSlopes = slopes, pCoefficients = coefficients, pSums = sums, pBoth = both)
        {
            nint room = 9 * Length;
            for (int axis = 0; axis < 3; axis++) ChebyshevColumns<T, TRegister>.FillSlopes(pColumns + (axis * room), Length, 9, pSlopes + (axis * room));
            SeriesSum<T, TRegister>.Values(_blocks, pCoefficients, pColumns, pColumns + room, pColumns + (2 * room), Length, pSums);
            SeriesSum<T, TRegister>.ValuesAndSlopes(
                _blocks, pCoefficients, pColumns, pSlopes, room, Length, T.CreateTruncating(2), pBoth, pBoth + Length, Length);
        }
        for (int n = 0; n < Length; n++)
        {
            double[] expected = new double[4];
            foreach ((int at, int i, int j, int k) in Degrees())
            {
                double c = double.CreateTruncating(coefficients[at]), x = Number(columns, i, n), y = Number(columns, 9 + j, n), z = Number(columns, 18 + k, n);
                expected[0] += c * x * y * z;
                expected[1] += 2 * c * Number(slopes, i, n) * y * z;
                expected[2] += 2 * c * x * Number(slopes, 9 + j, n) * z;
                expected[3] += 2 * c * x * y * Number(slopes, 18 + k, n);
            }
            Assert.That(double.CreateTruncating(sums[n]), Is.EqualTo(expected[0]).Within(100 * Bound));
            for (int part = 0; part < 4; part++) Assert.That(double.CreateTruncating(both[(part * Length) + n]), Is.EqualTo(expected[part]).Within(1e4 * Bound), $"part {part}");
        }
    }

    private static IEnumerable<(int At, int I, int J, int K)> Degrees() =>
        _blocks.SelectMany(block => Enumerable.Range(0, block.Length).Select(at => (block.Offset + at, block.Degrees(at).I, block.Degrees(at).J, block.Degrees(at).K)));

    private static T[] Points(int seed)
    {
        Random random = new(seed);
        return [.. Enumerable.Range(0, Length).Select(_ => T.CreateTruncating(HalfWidth * ((2 * random.NextDouble()) - 1)))];
    }

    private static T[] Columns(int seed, T[]? charges = null)
    {
        T[] points = Points(seed), columns = new T[9 * Length];
        fixed (T* pPoints = points, pCharges = charges, pColumns = columns)
        {
            ChebyshevColumns<T, TRegister>.Fill(pPoints, pCharges, Length, T.CreateTruncating(1 / HalfWidth), 9, pColumns);
        }
        return columns;
    }

    private static double Number(T[] columns, int column, int n) => double.CreateTruncating(columns[(column * Length) + n]);

    private static double Chebyshev(int k, double x) => Math.Cos(k * Math.Acos(x));

    private static double Slope(int k, double x) => k * Math.Sin(k * Math.Acos(x)) / Math.Sin(Math.Acos(x));
}
