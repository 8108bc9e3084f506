using System.Runtime.ExceptionServices;
using Fmm.Engine;

namespace Fmm.Files;

/// <summary>Files of a program that runs as several ranks.</summary>
internal static class RankFiles
{
    /// <summary>Reads this rank's share of the points of a file.</summary>
    public static PointSet Read(IRanks ranks, DataLocation at, PointRequest request)
    {
        if (ranks.Count == 1) return PointFiles.Read(at, request);
        if (!PointShares.IsReadByAll(at))
            return PointShares.HandOut(ranks, Do(ranks, at.File, () => ranks.Rank == 0 ? PointFiles.Read(at, request) : null), request.Components);
        PointSet own = Do(ranks, at.File, () => PointFiles.Read(at, request with { Share = new RowShare(ranks.Rank, ranks.Count) }));
        return PointShares.WithoutEqualTargets(ranks, own, () => { });
    }

    /// <summary>Writes the rows of all ranks into one file.</summary>
    public static void Write(IRanks ranks, FieldData own, string path, DataFormat format)
    {
        own = Do(ranks, path, () => Checked(own, format));
        own = own with { Arrays = Arrays(ranks, own, path) };
        Do(ranks, path, () =>
        {
            using GatheredRows? rows = GatheredRows.Open(ranks, own);
            if (rows is not null) (own with { Elsewhere = rows }).Write(path, format);
            return true;
        });
    }

    /// <summary>Writes the rows of each rank into a file of its own, and an index.</summary>
    public static void WriteParts(IRanks ranks, FieldData own, string path)
    {
        own = Do(ranks, path, () => Checked(own, DataFormat.Hdf5));
        own = own with { Arrays = Arrays(ranks, own, path) };
        long[] counts = ranks.Gather((long)own.Count);
        OpenOutputs outputs = new();
        FieldParts? opened = null;
        try
        {
            FieldParts parts = Do(ranks, path, () => opened = FieldParts.Open(path, ranks.Rank, outputs));
            foreach (Action step in (Action[])[() => parts.Write(own, counts, CancellationToken.None), parts.NamePart, parts.NameIndex])
            {
                Do(ranks, path, () =>
                {
                    step();
                    return true;
                });
            }

            parts.Keep();
        }
        finally
        {
            opened?.Dispose();
        }
    }

    private static FieldData Checked(FieldData own, DataFormat format)
    {
        FieldFiles.Check(own, format);
        return own;
    }

    // A rank without rows has what the others have.
    private static FieldArray[] Arrays(IRanks ranks, FieldData own, string path)
    {
        FieldArray[] all = Enum.GetValues<FieldArray>();
        int here = all.Where(own.Has).Sum(array => 1 << (int)array);
        int[] each = ranks.Gather(own.Count == 0 ? 0 : here);
        int those = Array.Find(each, one => one != 0), other = Array.FindIndex(each, one => one != 0 && one != those);
        if (other >= 0) throw new ArgumentException($"{path}: rank {other} gives other arrays of the field than the ranks before it; give potentials, gradients, forces, second derivatives and targets on all ranks or on none");
        return [.. all.Where(array => (those & (1 << (int)array)) != 0 || array == FieldArray.Potential)];
    }

    // Where it fails on one rank all end there, and none waits for it.
    private static T Do<T>(IRanks ranks, string path, Func<T> work)
    {
        T? result = default;
        Exception? fault = null;
        try
        {
            result = work();
        }
        catch (Exception caught)
        {
            fault = caught;
        }

        int first = Array.IndexOf(ranks.Gather(fault is null ? 0 : 1), 1);
        if (fault is not null) ExceptionDispatchInfo.Throw(fault);
        if (first >= 0) throw new RankFailedException($"Rank {first} of {ranks.Count} can't read or write {path}, and says why.", isAgreed: true);
        return result!;
    }
}
