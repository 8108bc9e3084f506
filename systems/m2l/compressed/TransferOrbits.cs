namespace Fmm.Systems;

/// <summary>
/// Which of the 56 positive transfer vectors, and which of the 26 classes of sources, are images of each other under permutations of
/// the axes, and so have matrices that are: 16 and 9 stand for all if the kernel keeps to the permutations. An orbit, in the words of group
/// theory, is one of them with its images.
/// </summary>
internal sealed class TransferOrbits
{
    private readonly (int Slot, int Permutation)[] _vectors = new (int, int)[PositiveVectors.Count];

    /// <summary>The orbits under so many permutations of <see cref="AxisPermutations"/>.</summary>
    public TransferOrbits(int permutations)
    {
        Permutations = permutations;
        List<int> vectors = [];
        for (int vector = 0; vector < PositiveVectors.Count; vector++)
        {
            _vectors[vector] = Find(vectors, vector, Components);
            if (_vectors[vector].Slot == vectors.Count) vectors.Add(vector);
        }
        Vectors = [.. vectors];
        // Classes that the swap of x and y keeps come first, so that they stand for those that other swaps keep.
        List<int> rings = [];
        ClassImages = new (int, int)[OctetMirrors.ClassCount][];
        foreach (bool alike in (bool[])[true, false])
        {
            for (int ring = 1; ring < OctetMirrors.ClassCount; ring++)
            {
                if (Alike(ring) != alike) continue;
                (int slot, int permutation) = Find(rings, ring, Rings);
                if (slot == rings.Count)
                {
                    rings.Add(ring);
                    ClassImages[slot] = [];
                }
                ClassImages[slot] = [.. ClassImages[slot], (ring, permutation)];
            }
        }
        Classes = [.. rings];
    }

    /// <summary>Permutations that the kernel keeps to, 1 or 6.</summary>
    public int Permutations { get; }

    /// <summary>The vectors that stand for all.</summary>
    public int[] Vectors { get; }

    /// <summary>The classes that stand for all: one that a swap of axes keeps is kept by that of x and y.</summary>
    public int[] Classes { get; }

    /// <summary>For each of these its images, itself first, with the permutation that makes them.</summary>
    public (int Ring, int Permutation)[][] ClassImages { get; }

    /// <summary>The place in <see cref="Vectors"/> of what stands for a vector, and the permutation that makes it this vector.</summary>
    public (int Slot, int Permutation) Of(int x, int y, int z) => _vectors[PositiveVectors.Index(x, y, z)];

    /// <summary>How many of the 316 vectors a place in <see cref="Vectors"/> stands for.</summary>
    public int Images(int slot)
    {
        int images = 0;
        foreach ((int Slot, int Permutation) vector in _vectors) images += vector.Slot == slot ? PositiveVectors.Images(Vectors[slot]) : 0;
        return images;
    }

    /// <summary>Whether the swap of x and y maps a class to itself, and the kernel keeps to it.</summary>
    public bool IsKeptBySwap(int ring) => Permutations > 1 && Alike(ring);

    private static bool Alike(int ring) => OctetMirrors.Ring(ring, 0) == OctetMirrors.Ring(ring, 1);

    private static (int X, int Y, int Z) Components(int vector) =>
        (PositiveVectors.Component(vector, 0), PositiveVectors.Component(vector, 1), PositiveVectors.Component(vector, 2));

    private static (int X, int Y, int Z) Rings(int ring) => (OctetMirrors.Ring(ring, 0), OctetMirrors.Ring(ring, 1), OctetMirrors.Ring(ring, 2));

    private (int Slot, int Permutation) Find(List<int> known, int one, Func<int, (int, int, int)> triple)
    {
        for (int slot = 0; slot < known.Count; slot++)
        {
            int permutation = AxisPermutations.Between(Permutations, triple(known[slot]), triple(one));
            if (permutation >= 0) return (slot, permutation);
        }
        return (known.Count, 0);
    }
}
