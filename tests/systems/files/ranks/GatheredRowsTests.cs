using Fmm.Components;
using Fmm.Engine;
using Fmm.Files;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>A field whose rows lie on several ranks: its file is that of one rank, to the byte.</summary>
internal sealed class GatheredRowsTests
{
    private const int Rows = 40_000;
    private static readonly string[] _forms = ["Csv", "Hdf5", "Npy", "Npz", "Vtk"];

    [Test]
    public void The_file_is_that_of_one_rank_to_the_byte([ValueSource(nameof(_forms))] string form, [Values(2, 3, 7)] int count)
    {
        DataFormat format = Enum.Parse<DataFormat>(form);
        // The last number of rows is less than that of the ranks.
        foreach (int rows in (int[])[Rows, 5]) Assert.That(Bytes(format, count, rows).SequenceEqual(Bytes(format, 1, rows)), $"{rows} rows");
    }

    [Test]
    public void A_fault_of_the_writer_lets_the_other_ranks_go()
    {
        int ended = 0;
        ThreadRanks.Run(4, ranks =>
        {
            using (GatheredRows? rows = GatheredRows.Open(ranks, Field(new RowShare(ranks.Rank, ranks.Count), Rows)))
            {
                if (rows is not null) rows.Read(FieldArray.Force, 11_000, 20_000);
            }

            Interlocked.Increment(ref ended);
        });
        Assert.That(ended, Is.EqualTo(4));
    }

    [Test]
    public void Ranks_without_rows_are_passed_over()
    {
        int[] counts = [0, 3, 0, 0, 2, 0];
        ThreadRanks.Run(counts.Length, ranks =>
        {
            FieldData own = new(Enumerable.Range(10 * ranks.Rank, counts[ranks.Rank]).Select(i => (double)i).ToArray());
            using GatheredRows? rows = GatheredRows.Open(ranks, own);
            if (rows is null) return;
            Assert.That(rows.Count, Is.EqualTo(5));
            Assert.That(rows.Read(FieldArray.Potential, 0, 5).ToArray(), Is.EqualTo(new double[] { 10, 11, 12, 40, 41 }));
            Assert.That(rows.Read(FieldArray.Potential, 3, 1).ToArray(), Is.EqualTo(new double[] { 40 }));
        });
    }

    private static byte[] Bytes(DataFormat format, int count, int rows)
    {
        byte[] bytes = [];
        string path = Path.GetTempFileName();
        try
        {
            ThreadRanks.Run(count, ranks =>
            {
                FieldData own = Field(new RowShare(ranks.Rank, ranks.Count), rows);
                using GatheredRows? gathered = GatheredRows.Open(ranks, own);
                if (gathered is null) return;
                if (format == DataFormat.Hdf5)
                {
                    using (FileStream file = new(path, FileMode.Create)) Hdf5Field.Write(own with { Elsewhere = gathered }, file.SafeFileHandle, path, default);
                    bytes = File.ReadAllBytes(path);
                    return;
                }

                using MemoryStream stream = new();
                FieldFiles.Write(own with { Elsewhere = gathered }, format, stream, default);
                bytes = stream.ToArray();
            });
        }
        finally
        {
            File.Delete(path);
        }

        // An archive holds the time at which it was written.
        if (format == DataFormat.Npz) bytes = Contents(bytes);
        return bytes;
    }

    private static byte[] Contents(byte[] bytes)
    {
        using System.IO.Compression.ZipArchive archive = new(new MemoryStream(bytes));
        using MemoryStream all = new();
        foreach (System.IO.Compression.ZipArchiveEntry entry in archive.Entries)
        {
            all.Write(System.Text.Encoding.UTF8.GetBytes(entry.FullName));
            using Stream one = entry.Open();
            one.CopyTo(all);
        }

        return all.ToArray();
    }

    private static FieldData Field(RowShare share, int rows)
    {
        (long first, long count) = share.Of(rows);
        return new FieldData(Numbers(1), Numbers(3)) { Forces = Numbers(3), Hessians = Numbers(6), Targets = Numbers(3).Chunk(3).Select(one => new Position(one[0], one[1], one[2])).ToArray(), Normalisation = "1/r" };

        double[] Numbers(int width) => [.. Enumerable.Range((int)first * width, (int)count * width).Select(i => Math.Sin(i + width))];
    }
}
