namespace Fmm.Systems;

/// <summary>
/// Which transfer vectors are sampled, which are transformed, and how the others follow. The vectors of the positive octant stand for their
/// mirror images, whose spectra are theirs at mirrored frequencies; of these again one stands for those that permutations of the axes make
/// of it, whose samples are its own, permuted. A kernel without mirror images has every vector transformed.
/// </summary>
/// <remarks>Vectors come in groups, one after the other, so that what stands beside the spectra is as small for such a kernel.</remarks>
internal sealed class SpectrumImages
{
    private readonly List<Group> _groups = [];

    /// <summary>The images of a kernel.</summary>
    /// <param name="mirrors">Whether it keeps to its mirror images.</param>
    /// <param name="permutations">Permutations of the axes that it keeps to, 1 or 6.</param>
    public SpectrumImages(bool mirrors, int permutations)
    {
        int[] slots = [.. Enumerable.Range(0, TransferVectors.SlotCount).Where(slot => TransferVectors.IsFar(
            TransferVectors.SlotComponent(slot, 0), TransferVectors.SlotComponent(slot, 1), TransferVectors.SlotComponent(slot, 2)))];
        if (!mirrors)
        {
            foreach (int[] part in slots.Chunk(PositiveVectors.Count))
            {
                (int, int, int)[] all = [.. part.Select(Vector)];
                _groups.Add(new Group(all, [.. part.Select((_, i) => (i, 0))], [.. part.Select((slot, i) => new Image(slot, i, 0))]));
            }
            return;
        }
        TransferOrbits orbits = new(permutations);
        (int, int, int)[] sampled = [.. orbits.Vectors.Select(Positive)];
        (int, int)[] vectors = [.. Enumerable.Range(0, PositiveVectors.Count).Select(Positive).Select(one => orbits.Of(one.X, one.Y, one.Z))];
        _groups.Add(new Group(sampled, vectors, [.. slots.Select(MirrorImage)]));
    }

    /// <summary>The groups.</summary>
    public IReadOnlyList<Group> Groups => _groups;

    private static Image MirrorImage(int slot)
    {
        (int x, int y, int z) = Vector(slot);
        return new Image(slot, PositiveVectors.Index(Math.Abs(x), Math.Abs(y), Math.Abs(z)), (x < 0 ? 1 : 0) | (y < 0 ? 2 : 0) | (z < 0 ? 4 : 0));
    }

    private static (int X, int Y, int Z) Vector(int slot) =>
        (TransferVectors.SlotComponent(slot, 0), TransferVectors.SlotComponent(slot, 1), TransferVectors.SlotComponent(slot, 2));

    private static (int X, int Y, int Z) Positive(int vector) =>
        (PositiveVectors.Component(vector, 0), PositiveVectors.Component(vector, 1), PositiveVectors.Component(vector, 2));

    /// <summary>Vectors that are transformed together.</summary>
    /// <param name="Sampled">Those at which the kernel is evaluated.</param>
    /// <param name="Vectors">For each that is transformed the place among <paramref name="Sampled"/>, and the permutation of the axes that makes it of that one.</param>
    /// <param name="Images">All that follow from them.</param>
    public sealed record Group((int X, int Y, int Z)[] Sampled, (int Place, int Permutation)[] Vectors, Image[] Images);

    /// <summary>A transfer vector as the mirror image of one that is transformed.</summary>
    /// <param name="Slot">Its slot of <see cref="TransferVectors"/>.</param>
    /// <param name="Vector">The place of the one that is transformed.</param>
    /// <param name="Axes">The axes that are mirrored, a bit each.</param>
    public readonly record struct Image(int Slot, int Vector, int Axes);
}
