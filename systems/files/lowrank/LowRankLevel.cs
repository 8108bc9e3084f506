using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Fmm.Systems;

namespace Fmm.Files;

/// <summary>A level of a <see cref="LowRankFile"/>.</summary>
public sealed record LowRankLevel
{
    private const string Root = "/m2l", Key = "key", Checksum = "checksum";

    private LowRankLevel()
    {
    }

    /// <summary>Half width of the boxes; 1 for a homogeneous kernel.</summary>
    public required double HalfWidth { get; init; }

    /// <summary>Rank of the matrices.</summary>
    public int Rank => S.Length;

    /// <summary>Seconds that they took to compute.</summary>
    public required double Seconds { get; init; }

    /// <summary>Whether they were loaded from the file.</summary>
    public bool Loaded { get; init; }

    /// <summary>Bytes of its arrays.</summary>
    public long Bytes => (sizeof(double) * ((long)U.Length + S.Length + Vt.Length)) + (sizeof(long) * (long)Hashes.Length);

    internal string KeyText { get; private init; } = "";

    internal double Normalisation { get; private init; } = 1;

    internal double[] U { get; private init; } = [];

    // With the kernel's normalisation, as everything in the file.
    internal double[] S { get; private init; } = [];

    internal double[] Vt { get; private init; } = [];

    internal long[] Hashes { get; private init; } = [];

    /// <summary>The level of what was computed.</summary>
    internal static LowRankLevel Of(OperatorKey key, PlainMatrices matrices, double seconds) => new()
    {
        HalfWidth = key.HalfWidth,
        Seconds = seconds,
        KeyText = key.Text,
        Normalisation = key.Normalisation,
        U = matrices[LowRankMatrices.U].Elements.ToArray(),
        S = [.. matrices[LowRankMatrices.S].Elements.ToArray().Select(value => value * key.Normalisation)],
        Vt = matrices[LowRankMatrices.Vt].Elements.ToArray(),
        Hashes = [.. matrices[LowRankMatrices.Hashes].Elements.ToArray().Select(hash => (long)hash)],
    };

    /// <summary>The level of a key, or null where the file has none.</summary>
    /// <exception cref="DataFileException">It is there and damaged.</exception>
    internal static LowRankLevel? Read(Hdf5File file, OperatorKey key)
    {
        if (!file.Contains(Root)) return null;
        foreach (string group in file.Groups(Root))
        {
            Hdf5Attributes attributes = file.Attributes(group);
            if (!attributes.Contains(Key) || attributes.Text(Key) != key.Text || !attributes.Contains(Checksum)) continue;
            LowRankLevel level = new()
            {
                HalfWidth = key.HalfWidth,
                Seconds = attributes.Number("seconds_to_compute"),
                KeyText = key.Text,
                Normalisation = key.Normalisation,
                U = All<double>(file, $"{group}/{LowRankMatrices.U}"),
                S = All<double>(file, $"{group}/{LowRankMatrices.S}"),
                Vt = All<double>(file, $"{group}/{LowRankMatrices.Vt}"),
                Hashes = All<long>(file, $"{group}/{LowRankMatrices.Hashes}"),
            };
            bool whole = level.S.Length > 0 && level.U.Length % level.S.Length == 0 && level.Hashes.Length > 0 && level.Vt.Length % (level.S.Length * level.Hashes.Length) == 0;
            if (!whole || level.Digest() != attributes.Text(Checksum)) throw new DataFileException(file.Name, $"the checksum of {group} does not match its content: it is damaged");
            return level;
        }
        return null;
    }

    /// <summary>The matrices as the engine has them.</summary>
    internal PlainMatrices Matrices()
    {
        PlainMatrices matrices = new();
        matrices.Add(LowRankMatrices.U, new PlainMatrix(U.Length / Rank, Rank, U));
        matrices.Add(LowRankMatrices.S, [.. S.Select(value => value / Normalisation)]);
        matrices.Add(LowRankMatrices.Vt, new PlainMatrix(Rank, Vt.Length / Rank, Vt));
        matrices.Add(LowRankMatrices.Hashes, [.. Hashes.Select(hash => (double)hash)]);
        return matrices;
    }

    /// <summary>Declares the level's group.</summary>
    internal void Write(Hdf5Writer writer, int number)
    {
        string group = string.Create(CultureInfo.InvariantCulture, $"{Root}/{number}");
        writer.Dataset<double>($"{group}/{LowRankMatrices.U}", U, [U.Length / Rank, Rank]);
        writer.Dataset<double>($"{group}/{LowRankMatrices.S}", S, [Rank]);
        writer.Dataset<double>($"{group}/{LowRankMatrices.Vt}", Vt, [Rank, Vt.Length / Rank]);
        writer.Dataset<long>($"{group}/{LowRankMatrices.Hashes}", Hashes, [Hashes.Length]);
        writer.Attribute(group, Key, KeyText);
        writer.Attribute(group, Checksum, Digest());
        writer.Attribute(group, "half_width", HalfWidth);
        writer.Attribute(group, "normalisation", Normalisation);
        writer.Attribute(group, "seconds_to_compute", Seconds);
        writer.Attribute(group, "transfer_vector", "target minus source");
    }

    private static T[] All<T>(Hdf5File file, string path)
        where T : unmanaged
    {
        Hdf5Dataset dataset = file.Dataset(path);
        T[] all = new T[dataset.Count];
        dataset.Read(all.AsSpan());
        return all;
    }

    private string Digest()
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(KeyText));
        foreach (double[] numbers in (double[][])[U, S, Vt]) hash.AppendData(MemoryMarshal.AsBytes<double>(numbers));
        hash.AppendData(MemoryMarshal.AsBytes<long>(Hashes));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
