using System.CommandLine;
using System.Security.Cryptography;
using System.Text;
using Fmm.Engine;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>What all ranks must have in common before they compute together: options, input, version; compared at the start, so that nobody wonders at a field of two halves.</summary>
internal static class Fingerprint
{
    private const int SampleBytes = 1 << 16;

    // Where a rank runs, and what it may take of its machine, is its own affair.
    private static readonly string[] _own = ["--threads", RankLaunch.Option, "--cache", MemoryGuard.Option];

    /// <summary>The options and arguments of a command line, by their names.</summary>
    public static IEnumerable<(string Name, string Value)> Of(ParseResult parsed)
    {
        yield return ("the version of fmm", typeof(Fingerprint).Assembly.GetName().Version!.ToString());
        foreach (Argument argument in parsed.CommandResult.Command.Arguments)
            yield return (argument.Name, string.Join(' ', parsed.GetResult(argument)?.Tokens.Select(token => token.Value) ?? []));
        foreach (Option option in parsed.CommandResult.Command.Options)
        {
            if (!_own.Contains(option.Name) && parsed.GetResult(option) is { Implicit: false } given)
                yield return (option.Name, given.Tokens.Count == 0 ? "given" : string.Join(' ', given.Tokens.Select(token => token.Value)));
        }
    }

    /// <summary>A file's size, and a checksum of its beginning, middle and end.</summary>
    /// <exception cref="DataFileException">It can't be read.</exception>
    public static string Of(string file)
    {
        try
        {
            using FileStream stream = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
            byte[] sample = new byte[SampleBytes];
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            foreach (long at in (ReadOnlySpan<long>)[0, stream.Length / 2, Math.Max(0, stream.Length - SampleBytes)])
            {
                stream.Position = at;
                hash.AppendData(sample, 0, stream.ReadAtLeast(sample, sample.Length, throwOnEndOfStream: false));
            }

            return $"{stream.Length} bytes with the checksum {Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8))}";
        }
        catch (Exception fault) when (InputFile.IsFault(fault))
        {
            throw InputFile.Refusal(file, fault);
        }
    }

    /// <summary>64 bits of a text.</summary>
    public static ulong Of(ReadOnlySpan<byte> text) => BitConverter.ToUInt64(SHA256.HashData(text));

    /// <summary>Compares what ranks have with what rank 0 has.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="items">What this rank has, by name; no name or value has a tab or a line's end.</param>
    /// <exception cref="AgreedException">A rank has something else than rank 0, and says what.</exception>
    public static void Require(IRanks ranks, IEnumerable<(string Name, string Value)> items)
    {
        if (ranks.Count == 1) return;
        byte[] own = Encoding.UTF8.GetBytes(string.Join('\n', items.Select(one => $"{Plain(one.Name)}\t{Plain(one.Value)}")));
        ulong[] all = ranks.Gather(Of(own));
        if (Array.TrueForAll(all, one => one == all[0])) return;
        byte[] first = new byte[ranks.Gather(own.Length)[0]];
        if (ranks.Rank == 0) own.CopyTo(first, 0);
        ranks.Broadcast(first.AsSpan(), 0);
        ranks.Require(Difference(Items(own), Items(first)) is string told ? new InputException($"{told}; start all ranks with the same options and the same input") : null);
    }

    private static string? Difference(Dictionary<string, string> own, Dictionary<string, string> first)
    {
        foreach (string name in first.Keys.Union(own.Keys))
        {
            string? here = own.GetValueOrDefault(name), there = first.GetValueOrDefault(name);
            if (here != there) return $"{name} is {Told(here)} here and {Told(there)} on rank 0";
        }

        return null;
    }

    private static string Told(string? value) => value switch { null => "not given", "" => "empty", _ => InputException.Quote(value) };

    private static Dictionary<string, string> Items(byte[] text) =>
        Encoding.UTF8.GetString(text).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t', 2)).ToDictionary(parts => parts[0], parts => parts[1]);

    private static string Plain(string text) => text.Replace('\t', ' ').ReplaceLineEndings(" ");
}
