using Fmm.Systems;

namespace Fmm.Files;

/// <summary>Sizes of the interaction lists that a file holds: our compressed rows, or PyExaFMM's tables padded with -1.</summary>
internal static class ListsIn
{
    private const long SlabElements = 1 << 20;

    /// <summary>The kinds that are there, with their sizes; a list without members is none.</summary>
    /// <exception cref="DataFileException">They can't be read.</exception>
    public static IReadOnlyList<(string Kind, ListSizes Sizes)> Of(Hdf5File file)
    {
        List<(string, ListSizes)> kinds = [];
        foreach (string kind in TreeFile.ListNames)
        {
            string path = $"{TreeFile.Lists}/{kind}";
            if (file.Contains($"{path}/offsets")) kinds.Add((kind.ToUpperInvariant(), Rows(file.Dataset($"{path}/offsets"))));
            else if (file.Datasets().Contains($"/{path}") || file.Datasets().Contains(path)) kinds.Add((kind.ToUpperInvariant(), Padded(file.Dataset(path))));
        }
        return kinds;
    }

    private static ListSizes Rows(Hdf5Dataset offsets)
    {
        long[] all = new long[offsets.Count];
        offsets.Read<long>(all);
        ListSizes sizes = default;
        for (int i = 1; i < all.Length; i++) sizes = sizes.And(checked((int)(all[i] - all[i - 1])));
        return sizes;
    }

    private static ListSizes Padded(Hdf5Dataset table)
    {
        if (table.Shape.Count != 2 || table.Shape[1] == 0) return default;
        long width = table.Shape[1], rows = Math.Max(1, SlabElements / width);
        long[] slab = new long[rows * width];
        ListSizes sizes = default;
        for (long first = 0; first < table.Shape[0]; first += rows)
        {
            long count = Math.Min(rows, table.Shape[0] - first);
            table.ReadRows(first, slab.AsSpan(0, (int)(count * width)));
            for (long row = 0; row < count; row++) sizes = sizes.And((int)(width - slab.AsSpan((int)(row * width), (int)width).Count(-1L)));
        }
        return sizes;
    }
}
