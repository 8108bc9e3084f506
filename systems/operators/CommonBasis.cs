using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The common basis of the rows, or of the columns, of all transfer matrices of a level: found parity by parity.</summary>
internal sealed class CommonBasis
{
    private readonly ParityPoints _points;
    private readonly int _samples;
    private readonly double[][] _sketches;
    private readonly double[][] _values = new double[8][];

    /// <summary>A basis of what lies at these points, from so many partial sketches.</summary>
    public CommonBasis(ParityPoints points, int groups)
    {
        _points = points;
        int longest = Enumerable.Range(0, 8).Max(points.Length);
        _samples = (5 * longest / 4) + 10;
        _sketches = new double[groups][];
    }

    /// <summary>Functions of the basis.</summary>
    public int Rank => Parity.Length;

    /// <summary>Parity of each function, the most significant first.</summary>
    public int[] Parity { get; private set; } = [];

    /// <summary>Where each function stands among all, sorted by parity.</summary>
    public int[] Place { get; private set; } = [];

    /// <summary>Functions of each parity.</summary>
    public int[] Count { get; } = new int[8];

    /// <summary>For each parity its functions, one after the other.</summary>
    public double[][] Functions { get; } = new double[8][];

    /// <summary>Sum of the squares of all elements of all matrices, by the sketch.</summary>
    public double Energy { get; private set; }

    /// <summary>Forgets the sketches, also those of a preparation that was cancelled.</summary>
    public void Clear() => Array.Clear(_sketches);

    /// <summary>Adds random combinations of a matrix's rows, or of its columns, to a sketch.</summary>
    public unsafe void Add(
        ILinearAlgebra algebra, CompressedScratch scratch, int worker, int group, int seed, double[] matrix, int others, double weight, bool transpose)
    {
        int length = _points.Start[8];
        double[] sketch = _sketches[group] ??= new double[_samples * length];
        Span<double> signs = scratch.Take(worker, CompressedScratch.Part.First, _samples * others);
        Signs(seed, weight / Math.Sqrt(_samples), signs);
        fixed (double* pSigns = signs, pMatrix = matrix, pSketch = sketch)
        {
            algebra.Gemm(
                false, transpose, _samples, length, others, 1, pSigns, others, pMatrix, transpose ? others : length, 1, pSketch, length);
        }
    }

    /// <summary>Decomposes the sketch of one parity.</summary>
    public void Decompose(ILinearAlgebra algebra, int segment)
    {
        int length = _points.Length(segment), stride = _points.Start[8];
        double[] part = new double[_samples * length];
        foreach (double[] sketch in _sketches)
        {
            for (int i = 0; i < _samples; i++)
            {
                int from = (i * stride) + _points.Start[segment];
                for (int j = 0; j < length; j++) part[(i * length) + j] += sketch[from + j];
            }
        }
        Svd svd = algebra.Svd(part, _samples, length);
        _values[segment] = svd.S;
        Functions[segment] = svd.Vt;
    }

    /// <summary>Keeps the functions whose loss would cost more than a share of the whole.</summary>
    public void Truncate(double tolerance)
    {
        (double Value, int Segment, int Index)[] all = [.. Enumerable.Range(0, 8)
            .SelectMany(segment => _values[segment].Select((value, index) => (value, segment, index)))
            .OrderByDescending(one => one.value).ThenBy(one => one.segment).ThenBy(one => one.index)];
        Energy = all.Sum(one => one.Value * one.Value);
        int rank = all.Length;
        double lost = 0;
        while (rank > 1 && (lost += all[rank - 1].Value * all[rank - 1].Value) <= tolerance * tolerance * Energy) rank--;
        Array.Clear(Count);
        for (int i = 0; i < rank; i++) Count[all[i].Segment]++;
        int[] first = new int[8];
        for (int segment = 1; segment < 8; segment++) first[segment] = first[segment - 1] + Count[segment - 1];
        Parity = [.. all.Take(rank).Select(one => one.Segment)];
        Place = [.. all.Take(rank).Select(one => first[one.Segment] + one.Index)];
        Clear();
    }

    /// <summary>Random numbers of two values, the same for the same seed (SplitMix64; Steele, Lea and Flood 2014).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Signs(int seed, double size, Span<double> signs)
    {
        ulong state = unchecked((ulong)(seed + 1) * 0xD1342543DE82EF95), bits = 0;
        for (int i = 0; i < signs.Length; i++, bits >>= 1)
        {
            if (i % 64 == 0)
            {
                unchecked
                {
                    bits = state += 0x9E3779B97F4A7C15;
                    bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
                    bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
                    bits ^= bits >> 31;
                }
            }
            signs[i] = (bits & 1) == 0 ? size : -size;
        }
    }
}
