using System.Numerics;
using System.Runtime.InteropServices;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

/// <summary>
/// Names, shapes and numbers are all that stands between computing and packing: matrices that went through a stream of bytes give the same
/// bits as those that did not.
/// </summary>
public sealed class PlainMatricesTests
{
    [Test]
    public void Translations_that_went_through_a_stream_are_packed_to_the_same_bits([Values(2, 5)] int order, [Values(1, 4, 16)] int lane)
    {
        Translations<Laplace, double>(default, order, lane);
        Translations<Laplace, float>(default, order, lane);
        Translations<Stokes, double>(new Stokes(1), order, lane);
        Translations<Skewed, float>(default, order, lane);
    }

    [Test]
    public void Transfers_that_went_through_a_stream_are_packed_to_the_same_bits([Values] TransferStrategy strategy, [Values(2, 5)] int order)
    {
        Transfers<Laplace, double>(default, strategy, order);
        Transfers<Laplace, float>(default, strategy, order);
        Transfers<Stretched, float>(default, strategy, order);
        Transfers<Stokes, double>(new Stokes(1), strategy, 2);
    }

    [Test]
    public void A_translation_acts_on_a_column_of_what_it_is_given()
    {
        ExpansionSizes sizes = ExpansionSizes.Of(default(Laplace), 4, SurfaceRatios.Standard, TransferStrategy.Fft);
        using PlainMatrices matrices = new OperatorBuilder<Laplace>(default, sizes, LinearAlgebra.Create(), Precision.Double).Build(1, Jobs.Serial);
        SeriesBlock[] series = SeriesBlock.FromTable(matrices.Integers(LevelMatrices.Series));
        for (int segment = 0; segment < 8; segment++)
        {
            int density = sizes.Densities.Length(segment), check = sizes.Checks.Length(segment), moments = SeriesLayout.Degrees(series, segment).Length;
            Assert.That(Shape(LevelMatrices.M2M(segment)), Is.EqualTo((density, sizes.DensityCount)));
            Assert.That(Shape(LevelMatrices.L2L(segment)), Is.EqualTo((sizes.CheckCount, check)));
            Assert.That(Shape(LevelMatrices.P2M(segment, 0)), Is.EqualTo((density, moments)));
            Assert.That(Shape(LevelMatrices.L2P(segment, 0)), Is.EqualTo((moments, check)));
        }
        (int Rows, int Columns) Shape(string name) => (matrices[name].Rows, matrices[name].Columns);
    }

    [Test]
    public void Children_keep_their_charge_when_they_are_translated()
    {
        // Even parts carry the charge. Densities count in units of 1 / h, h being the half width of their boxes: a parent's number is half as large.
        ExpansionSizes sizes = ExpansionSizes.Of(default(Laplace), 7, SurfaceRatios.Standard, TransferStrategy.Fft);
        using PlainMatrices matrices = new OperatorBuilder<Laplace>(default, sizes, LinearAlgebra.Create(), Precision.Double).Build(1, Jobs.Serial);
        PlainMatrix m2m = matrices[LevelMatrices.M2M(0)];
        for (int orbit = 0; orbit < sizes.Densities.Orbits; orbit++)
        {
            int column = sizes.Densities.PlaceIn(0, 0, orbit);
            double charge = 0;
            for (int other = 0; other < sizes.Densities.Orbits; other++)
                charge += sizes.Densities.Size(other) * m2m.Elements[((sizes.Densities.PlaceIn(0, 0, other) - sizes.Densities.Start[0]) * m2m.Columns) + column];
            Assert.That(2 * charge, Is.EqualTo(sizes.Densities.Size(orbit)).Within(1e-4 * sizes.Densities.Size(orbit)));
        }
    }

    [Test]
    public void A_name_that_is_not_there_is_told_with_those_that_are()
    {
        using PlainMatrices matrices = new();
        matrices.Add("one", 1, 2);
        Assert.That(() => matrices["other"], Throws.TypeOf<KeyNotFoundException>().With.Message.Contains("'other'").And.Message.Contains("one"));
        Assert.Throws<ArgumentException>(() => matrices.Add("one", 3));
        Assert.Throws<ArgumentException>(() => _ = new PlainMatrix(2, 2, new double[3]));
    }

    private static void Translations<TKernel, T>(TKernel kernel, int order, int lane)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        ExpansionSizes sizes = ExpansionSizes.Of(kernel, order, SurfaceRatios.Standard, TransferStrategy.Fft);
        Precision precision = typeof(T) == typeof(float) ? Precision.Single : Precision.Double;
        using PlainMatrices matrices = new OperatorBuilder<TKernel>(kernel, sizes, LinearAlgebra.Create(), precision).Build(1, Jobs.Serial);
        using PlainMatrices copy = Streamed(matrices);
        string[] bits = [Packed<LevelOperators<T>>(copy, sizes, lane, Bits), Packed<LevelOperators<T>>(matrices, sizes, lane, Bits)];
        Assert.That(bits[0], Is.EqualTo(bits[1]));

        static string Bits(LevelOperators<T> operators) => string.Join(' ', Text(operators.P2M.Numbers), Text(operators.M2M.Numbers), Text(operators.L2L.Numbers), Text(operators.L2P.Numbers),
            Text(operators.Series.Blocks), operators.UpRank, operators.DownRank, operators.Misfit);
    }

    private static void Transfers<TKernel, T>(TKernel kernel, TransferStrategy strategy, int order)
        where TKernel : unmanaged, IKernel<TKernel>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        const int Lane = 8;
        ExpansionSizes sizes = ExpansionSizes.Of(kernel, order, SurfaceRatios.Standard, strategy);
        Ledger ledger = new();
        ILinearAlgebra algebra = LinearAlgebra.Create();
        using SpectrumBuilder<TKernel, Register256<double>> spectra = new(kernel, sizes, ledger);
        using PlainMatrices matrices = strategy switch
        {
            TransferStrategy.Dense => new DenseBuilder<TKernel>(kernel, sizes, ledger).Build(1),
            TransferStrategy.LowRank => new LowRankBuilder<TKernel>(kernel, sizes, algebra, typeof(T) == typeof(float) ? Precision.Single : Precision.Double).Build(1, Jobs.Serial),
            TransferStrategy.Compressed => new CompressedBuilder<TKernel>(kernel, sizes, algebra).Build(1, TransferTolerance.Of(order, typeof(T) == typeof(float)), Lane, ledger, Jobs.Serial),
            _ => spectra.Build(1, Jobs.Serial),
        };
        Assert.That(matrices.ByName.Values.Sum(matrix => matrix.Elements.Length), Is.GreaterThan(100));
        using PlainMatrices copy = Streamed(matrices);
        string[] bits = strategy switch
        {
            TransferStrategy.Dense => [Packed<DenseOperators<T>>(copy, sizes, Lane, Dense), Packed<DenseOperators<T>>(matrices, sizes, Lane, Dense)],
            TransferStrategy.Compressed => [Packed<CompressedOperators<T>>(copy, sizes, Lane, Compressed), Packed<CompressedOperators<T>>(matrices, sizes, Lane, Compressed)],
            TransferStrategy.LowRank => [Packed<LowRankOperators<T>>(copy, sizes, Lane, LowRank), Packed<LowRankOperators<T>>(matrices, sizes, Lane, LowRank)],
            _ => [Packed<FftOperators<T>>(copy, sizes, Lane, Spectra), Packed<FftOperators<T>>(matrices, sizes, Lane, Spectra)],
        };
        Assert.That(bits[0], Is.EqualTo(bits[1]));

        static string Dense(DenseOperators<T> operators) => Text<T>(operators.Matrices.Span);

        static string LowRank(LowRankOperators<T> operators) => Text<T>(operators.Numbers) + operators.SourceRank + ' ' + operators.TargetRank;

        string Spectra(FftOperators<T> operators) => string.Join(' ', Enumerable.Range(0, order + 1).Select(kx => Text<T>(operators.Plane(kx).Span)));

        static string Compressed(CompressedOperators<T> operators) => string.Join(' ', operators.Gather.Concat(operators.Spread).Select(buffer => Text<T>(buffer.Span)))
            + string.Join(' ', operators.ClassRank.Concat(operators.SourceDepth).Concat(operators.TargetDepth)) + string.Join(' ', operators.Whole)
            + Text(operators.Source.Numbers) + Text(operators.Target.Numbers) + string.Join(' ', operators.Source.Place) + string.Join(' ', operators.Target.Place);
    }

    private static string Packed<TOperators>(PlainMatrices matrices, ExpansionSizes sizes, int lane, Func<TOperators, string> bits)
        where TOperators : class, ILevelOperators<TOperators>
    {
        using TOperators operators = TOperators.Create(new Ledger());
        operators.Pack(matrices, sizes, lane, Jobs.Serial);
        return bits(operators);
    }

    // As a file would: names, shapes, doubles.
    private static PlainMatrices Streamed(PlainMatrices matrices)
    {
        using MemoryStream stream = new();
        using (BinaryWriter writer = new(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            foreach ((string name, PlainMatrix matrix) in matrices.ByName)
            {
                writer.Write(name);
                writer.Write(matrix.Rows);
                writer.Write(matrix.Columns);
                writer.Write(MemoryMarshal.AsBytes(matrix.Elements));
            }
        }
        stream.Position = 0;
        using BinaryReader reader = new(stream);
        PlainMatrices copy = new();
        while (stream.Position < stream.Length)
        {
            string name = reader.ReadString();
            int rows = reader.ReadInt32(), columns = reader.ReadInt32();
            double[] elements = new double[rows * columns];
            reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(elements.AsSpan()));
            copy.Add(name, new PlainMatrix(rows, columns, elements));
        }
        return copy;
    }

    // Length and a hash of all bits.
    private static string Text<TElement>(ReadOnlySpan<TElement> numbers)
        where TElement : unmanaged =>
        $"{numbers.Length}:{Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(MemoryMarshal.AsBytes(numbers)))}";
}
