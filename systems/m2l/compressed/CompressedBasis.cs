using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>A common basis of the densities or check potentials of all transfers: orthonormal functions, each of one parity.</summary>
internal sealed unsafe class CompressedBasis<T>(Ledger ledger) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _matrices = new(ledger, "operators: compressed M2L, common basis");
    private readonly nint[] _offset = new nint[8];

    /// <summary>Functions of the basis.</summary>
    public int Rank => Place.Length;

    /// <summary>How the surface's numbers are sorted by parity.</summary>
    public ParityPoints Points { get; private set; } = null!;

    /// <summary>Functions of each parity.</summary>
    public int[] Count { get; } = new int[8];

    /// <summary>First coefficient of each parity in a row sorted by parity; entry 8 is the row's length.</summary>
    public int[] Start { get; } = new int[9];

    /// <summary>Where each coefficient, the most significant first, stands in a row sorted by parity.</summary>
    public int[] Place { get; private set; } = [];

    /// <summary>All packed numbers.</summary>
    public ReadOnlySpan<T> Numbers => _matrices.Span;

    /// <summary>The packed matrix of a parity.</summary>
    public T* Matrix(int segment) => _matrices.Pointer + _offset[segment];

    /// <summary>Takes the basis over.</summary>
    /// <param name="points">How the surface's numbers are sorted.</param>
    /// <param name="parity">Parity of each function, the most significant first.</param>
    /// <param name="functions">For each parity its functions, a row each.</param>
    /// <param name="lane">Numbers of a register.</param>
    /// <param name="toSurface">True for coefficients to numbers on the surface, false for the way back.</param>
    public void Set(ParityPoints points, int[] parity, PlainMatrix[] functions, int lane, bool toSurface)
    {
        Points = points;
        Array.Clear(Count);
        int[] rank = [.. parity.Select(segment => Count[segment]++)];
        long length = 0;
        for (int segment = 0; segment < 8; segment++)
        {
            int number = points.Length(segment);
            _offset[segment] = (nint)length;
            length += toSurface
                ? PackedMatrix.Length(Count[segment], number, lane)
                : PackedMatrix.Length(number, Count[segment], lane);
            Start[segment + 1] = Start[segment] + PackedMatrix.Columns(Count[segment], lane);
        }
        Place = [.. parity.Select((segment, i) => Start[segment] + rank[i])];
        _matrices.Resize(checked((int)length));
        for (int segment = 0; segment < 8; segment++)
        {
            int number = points.Length(segment);
            double[] scaled = Scaled(points, segment, functions[segment].Elements, Count[segment], toSurface);
            if (toSurface) PackedMatrix.Pack(scaled, number, 1, Count[segment], number, lane, Matrix(segment));
            else PackedMatrix.Pack(scaled, 1, number, number, Count[segment], lane, Matrix(segment));
        }
    }

    public void Dispose() => _matrices.Dispose();

    // A normalised function has 1 / sqrt(size) at each of the points of an orbit, and a sorted number stands for all of them.
    private static double[] Scaled(ParityPoints points, int segment, ReadOnlySpan<double> functions, int count, bool toSurface)
    {
        int number = points.Length(segment);
        double[] scaled = functions[..(count * number)].ToArray();
        for (int c = 0; c < points.Components; c++)
        {
            for (int orbit = 0; orbit < points.Orbits; orbit++)
            {
                int place = points.Places[(8 * ((points.Orbits * c) + orbit)) + (segment ^ points.OwnParity(c))] - points.Start[segment];
                if (place < 0) continue;
                double size = points.Size(orbit), factor = toSurface ? 1 / Math.Sqrt(size) : Math.Sqrt(size);
                for (int i = 0; i < count; i++) scaled[(i * number) + place] *= factor;
            }
        }
        return scaled;
    }
}
