using System.Numerics;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>The product at one frequency against complex arithmetic.</summary>
[TestFixture(TypeArgs = [typeof(Register512<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register256<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register128<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register1<float>), typeof(float)])]
[TestFixture(TypeArgs = [typeof(Register512<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register256<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register128<double>), typeof(double)])]
[TestFixture(TypeArgs = [typeof(Register1<double>), typeof(double)])]
[Category("Registers")]
public sealed unsafe class SpectrumProductTests<TRegister, T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    [Test]
    public void Pairs_add_the_matrix_times_the_source_to_the_target([Range(0, 9)] int count)
    {
        Random random = new(count);
        T[] matrix = Numbers(random, 128), sources = Numbers(random, 16 * 5), targets = Numbers(random, 16 * 12);
        T[] before = [.. targets];
        int[] places = [.. Enumerable.Range(0, 12).OrderBy(_ => random.Next()).Take(count)];
        int[] pairs = [.. places.SelectMany(place => new[] { random.Next(5), place })];
        fixed (T* m = matrix, s = sources, t = targets)
        fixed (int* p = pairs) SpectrumProduct<T, TRegister>.Add(m, p, count, s, t);

        double bound = typeof(T) == typeof(float) ? 2e-6 : 4e-15;
        double[] expected = [.. before.Select(double.CreateTruncating)];
        for (int i = 0; i < 64 * count; i++)
        {
            int pair = i / 64, target = i / 8 % 8, source = i % 8, to = (16 * pairs[(2 * pair) + 1]) + target;
            Complex product = At(matrix, (16 * source) + target) * At(sources, (16 * pairs[2 * pair]) + source);
            expected[to] += product.Real;
            expected[to + 8] += product.Imaginary;
        }
        Assert.That(targets.Select(double.CreateTruncating), Is.EqualTo(expected).Within(bound));
    }

    private static Complex At(T[] numbers, int place) => new(double.CreateTruncating(numbers[place]), double.CreateTruncating(numbers[place + 8]));

    private static T[] Numbers(Random random, int count) =>
        [.. Enumerable.Range(0, count).Select(_ => T.CreateTruncating(random.NextDouble() - 0.5))];
}
