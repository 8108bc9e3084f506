using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// One basis for the densities, or for the check potentials, of all boxes of a level: the leading singular vectors of all transfer matrices
/// side by side, or one above the other. Found family by family (<see cref="CubeSymmetryBasis"/>); functions that the permutations of the axes
/// mix with each other, partners, stand one after the other and are kept or dropped together.
/// </summary>
internal sealed class CommonBasis
{
    private readonly CubeSymmetryBasis _functions;
    private readonly int _permutations;
    private readonly int[] _first;
    private readonly double[]?[] _sketches;
    private readonly Svd[] _found;
    private CoefficientImage[][] _images = [];
    private int[] _end = [];

    /// <summary>A basis of functions that so many permutations of the axes map to each other, from so many partial sketches.</summary>
    public CommonBasis(CubeSymmetryBasis functions, int permutations, int sketches)
    {
        _functions = functions;
        _permutations = permutations;
        int families = functions.Families.Length;
        _first = new int[families + 1];
        int longest = 0;
        for (int family = 0; family < families; family++)
        {
            _first[family + 1] = _first[family] + functions.Length(family);
            longest = Math.Max(longest, functions.Length(family));
        }
        Samples = (5 * longest / 4) + 10;
        _sketches = new double[sketches][];
        _found = new Svd[families];
    }

    /// <summary>Random combinations in a sketch: more than a family has functions.</summary>
    public int Samples { get; }

    /// <summary>Families of functions.</summary>
    public int Families => _found.Length;

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

    /// <summary>Adds parities, functions and images to what is kept, under the names of <see cref="CompressedMatrices"/>.</summary>
    public void AddTo(PlainMatrices matrices, string side)
    {
        double[] parity = new double[Rank];
        for (int i = 0; i < parity.Length; i++) parity[i] = Parity[i];
        matrices.Add(CompressedMatrices.Parity(side), parity);
        for (int segment = 0; segment < 8; segment++)
            matrices.Add(CompressedMatrices.Functions(side, segment), new PlainMatrix(Count[segment], _functions.Points.Length(segment), Functions[segment]));
        for (int permutation = 0; permutation < _permutations; permutation++)
            matrices.Add(CompressedMatrices.Images(side, permutation), CoefficientImage.ToTable(_images[permutation]));
    }

    /// <summary>Forgets the sketches, also those of a preparation that was cancelled.</summary>
    public void Clear() => Array.Clear(_sketches);

    /// <summary>What a permutation makes of each coefficient.</summary>
    public ReadOnlySpan<CoefficientImage> Images(int permutation) => _images[permutation];

    /// <summary>For each function, one past the last of its partners.</summary>
    public ReadOnlySpan<int> Ends => _end;

    /// <summary>So many leading functions at most, but the first with its partners at least, that no partners are parted.</summary>
    public int Unparted(int leading)
    {
        leading = Math.Clamp(leading, _end[0], Rank);
        while (leading > 0 && _end[leading - 1] > leading) leading--;
        return leading;
    }

    /// <summary>
    /// Makes the sketch of a matrix that stands for its images, from random combinations of its rows or columns, sorted by parity.
    /// The Gram matrix summed over all images is the same for all partners: the mean of what the partners find in this one.
    /// </summary>
    public void Add(int sketch, int seed, ReadOnlySpan<double> combinations)
    {
        double[] sums = _sketches[sketch] = new double[Samples * _first[^1]];
        double[] signs = new double[Samples];
        for (int family = 0; family < Families; family++)
        {
            int dimension = _functions.Families[family].Dimension;
            Span<double> part = sums.AsSpan(Samples * _first[family], Samples * _functions.Length(family));
            for (int partner = 0; partner < dimension; partner++)
            {
                Signs((((seed * 16) + family) * 4) + partner, 1 / Math.Sqrt(dimension), signs);
                _functions.Add(family, partner, combinations, signs, part);
            }
        }
    }

    /// <summary>Decomposes the sketches of one family.</summary>
    public void Decompose(ILinearAlgebra algebra, int family)
    {
        double[] part = new double[Samples * _functions.Length(family)];
        foreach (double[]? sketch in _sketches) CoefficientImage.Combine(1, part, 1, sketch.AsSpan(Samples * _first[family], part.Length), part);
        _found[family] = part.Length == 0 ? new Svd(Samples, 0, [], [], []) : algebra.Svd(part, Samples, _functions.Length(family));
    }

    /// <summary>Keeps the functions whose loss would cost more than a share of the whole.</summary>
    public void Truncate(double tolerance)
    {
        double[][] values = new double[Families][];
        int[] copies = new int[Families];
        Energy = 0;
        for (int family = 0; family < Families; family++)
        {
            (values[family], copies[family]) = (_found[family].S, _functions.Families[family].Dimension);
            foreach (double value in values[family]) Energy += copies[family] * value * value;
        }
        (int Family, int Index)[] kept = RankedValues.Keep(values, copies, tolerance * tolerance * Energy, 1);
        int rank = 0;
        foreach ((int family, _) in kept) rank += copies[family];
        Parity = new int[rank];
        _end = new int[rank];
        (int Family, int Partner, int Index)[] functions = new (int, int, int)[rank];
        int at = 0;
        foreach ((int family, int index) in kept)
        {
            int end = at + copies[family];
            for (int partner = 0; at < end; at++, partner++)
            {
                Parity[at] = _functions.Families[family].Segments[partner];
                _end[at] = end;
                functions[at] = (family, partner, index);
            }
        }
        Expand(functions);
        _images = new CoefficientImage[_permutations][];
        for (int permutation = 0; permutation < _permutations; permutation++) _images[permutation] = MakeImages(functions, permutation);
        Clear();
    }

    private void Expand((int Family, int Partner, int Index)[] functions)
    {
        Array.Clear(Count);
        foreach (int segment in Parity) Count[segment]++;
        int[] first = new int[8], next = new int[8];
        for (int segment = 0; segment < 8; segment++)
        {
            if (segment > 0) first[segment] = first[segment - 1] + Count[segment - 1];
            Functions[segment] = new double[Count[segment] * _functions.Points.Length(segment)];
        }
        Place = new int[Rank];
        for (int i = 0; i < Rank; i++)
        {
            (int family, int partner, int index) = functions[i];
            int segment = Parity[i], length = _functions.Points.Length(segment), here = next[segment]++, width = _functions.Length(family);
            Place[i] = first[segment] + here;
            _functions.Expand(family, partner, _found[family].Vt.AsSpan(index * width, width), Functions[segment].AsSpan(here * length, length));
        }
    }

    private CoefficientImage[] MakeImages((int Family, int Partner, int Index)[] functions, int permutation)
    {
        CoefficientImage[] images = new CoefficientImage[Rank];
        for (int i = 0; i < Rank; i++)
        {
            CubeRepresentation family = _functions.Families[functions[i].Family];
            int partner = functions[i].Partner, start = i - partner;
            CoefficientImage image = new(i, 0, i, 0);
            for (int other = 0; other < family.Dimension; other++)
            {
                double element = family.Element(permutation, partner, other);
                if (element == 0) continue;
                image = image.First == 0 ? new(start + other, element, start + other, 0) : image with { Also = start + other, Second = element };
            }
            images[i] = image;
        }
        return images;
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
