namespace Fmm.Files;

/// <summary>How a dataset lies in the file. Without one it is one contiguous block, which is the fastest to write and to read.</summary>
/// <param name="ChunkRows">Rows of a chunk; 0 for about a megabyte where one of the filters needs chunks, and none otherwise.</param>
/// <param name="Gzip">Compress each chunk, its bytes shuffled first.</param>
/// <param name="Fletcher32">Keep a checksum of each chunk, which is checked on reading.</param>
public sealed record Hdf5Layout(long ChunkRows = 0, bool Gzip = false, bool Fletcher32 = false)
{
    private const long UsualChunk = 1 << 20;

    /// <summary>Rows of a chunk for a dataset; 0 where it is contiguous.</summary>
    internal long RowsOfAChunk(long rows, long rowBytes)
    {
        if (rows == 0 || rowBytes == 0 || (ChunkRows == 0 && !Gzip && !Fletcher32)) return 0;
        long wanted = ChunkRows > 0 ? ChunkRows : Math.Max(1, UsualChunk / rowBytes);
        return Math.Min(rows, Math.Min(wanted, Math.Max(1, int.MaxValue / rowBytes)));
    }
}
