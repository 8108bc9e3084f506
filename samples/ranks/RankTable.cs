using System.Globalization;
using System.Text.Json;
using Fmm.Systems;
using Spectre.Console;

namespace Fmm.Samples;

/// <summary>What fell to each rank, for people and for scripts.</summary>
internal static class RankTable
{
    /// <summary>Prints a line a rank, and a line a system that exchanged something.</summary>
    public static void Write(IAnsiConsole console, IReadOnlyList<RankReport> ranks)
    {
        console.Write(new Text(string.Create(CultureInfo.InvariantCulture, $"ranks    {ranks.Count}, largest work over the mean {RankReport.Imbalance(ranks):0.000}\n\n")));
        Table all = Plain("rank", "targets", "sources", "nodes", "ghost nodes", "ghost points", "kB sent", "kB received", "work ms", "waiting ms", "MB");
        foreach (RankReport one in ranks)
        {
            Row(all, one.Rank, one.Targets, one.Sources, one.Nodes, one.GhostNodes, one.GhostPoints, Kilobytes(one.BytesSent), Kilobytes(one.BytesReceived),
                Milliseconds(one.Work), Milliseconds(one.WaitingSeconds), string.Create(CultureInfo.InvariantCulture, $"{one.MemoryBytes / 1e6:0.0}"));
        }

        console.Write(all);
        console.WriteLine();
        Table systems = Plain("exchange", "kB of all ranks", "kB of one at most", "messages", "longest waiting ms");
        for (int i = 0; i < ranks[0].Exchanges.Count; i++)
        {
            RankExchange[] each = [.. ranks.Select(rank => rank.Exchanges[i])];
            if (each.Sum(one => one.Messages) == 0) continue;
            Row(systems, each[0].System, Kilobytes(each.Sum(one => one.BytesSent)), Kilobytes(each.Max(one => one.BytesSent)), each.Sum(one => one.Messages), Milliseconds(each.Max(one => one.WaitingSeconds)));
        }

        console.Write(systems);
        console.WriteLine();
    }

    /// <summary>Writes the member of the object that is begun.</summary>
    public static void Write(Utf8JsonWriter json, IReadOnlyList<RankReport> ranks)
    {
        json.WriteStartObject("ranks");
        json.WriteNumber("count", ranks.Count);
        json.WriteNumber("imbalance", RankReport.Imbalance(ranks));
        json.WriteStartArray("each");
        foreach (RankReport one in ranks)
        {
            json.WriteStartObject();
            json.WriteNumber("rank", one.Rank);
            json.WriteNumber("given", one.Given);
            json.WriteNumber("sources", one.Sources);
            json.WriteNumber("targets", one.Targets);
            json.WriteNumber("nodes", one.Nodes);
            json.WriteNumber("ghost_nodes", one.GhostNodes);
            json.WriteNumber("ghost_points", one.GhostPoints);
            json.WriteNumber("work", one.Work);
            json.WriteNumber("memory_bytes", one.MemoryBytes);
            Exchange(json, one.BytesSent, one.BytesReceived, one.Messages, one.WaitingSeconds);
            json.WriteStartObject("by_system");
            foreach (RankExchange system in one.Exchanges)
            {
                json.WriteStartObject(system.System);
                Exchange(json, system.BytesSent, system.BytesReceived, system.Messages, system.WaitingSeconds);
                json.WriteEndObject();
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Exchange(Utf8JsonWriter json, long sent, long received, long messages, double waiting)
    {
        json.WriteNumber("bytes_sent", sent);
        json.WriteNumber("bytes_received", received);
        json.WriteNumber("messages", messages);
        json.WriteNumber("waiting_seconds", waiting);
    }

    private static Table Plain(params string[] columns)
    {
        Table table = new() { Border = TableBorder.None };
        foreach (string column in columns) table.AddColumn(column, one => one.Alignment = column == columns[0] ? Justify.Left : Justify.Right);
        return table;
    }

    private static void Row(Table table, params object[] cells) => table.AddRow(cells.Select(cell => new Text(Convert.ToString(cell, CultureInfo.InvariantCulture)!)));

    private static string Kilobytes(double bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e3:0.0}");

    private static string Milliseconds(double seconds) => string.Create(CultureInfo.InvariantCulture, $"{1e3 * seconds:0.000}");
}
