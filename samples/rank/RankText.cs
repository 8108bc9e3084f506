using System.Globalization;
using System.Text.Json;

namespace Fmm.Samples;

/// <summary>Rows of a rank report as a table, as CSV and as JSON.</summary>
internal static class RankText
{
    private const string Names = "cloud,precision,order,rank,full_rank,own_error,error,added_error,m2l_seconds,fft_seconds,preparation_seconds,operator_bytes";

    /// <summary>What stands above the table.</summary>
    public static void Head(TextWriter output, RankSettings settings)
    {
        output.WriteLine($"M2L compressed to a rank by randomized SVD: Laplace, {settings.Count} points, leaves of {settings.Leaf}, {settings.Threads} threads, charges +-0.5");
        output.WriteLine("own: relative L2 error of the potential against direct sums without compression; error: with it; added: relative L2 difference of the two");
        output.WriteLine("seconds: M2L, and by transform, which leaves nothing out; prepare: decomposing and packing, seconds; MB: of the matrices that are applied");
    }

    /// <summary>A row; the names of the columns again above the first of an order and precision.</summary>
    public static void Row(TextWriter output, RankRow row, RankRow? before)
    {
        if (before is null || before.Order != row.Order || before.Precision != row.Precision)
        {
            output.WriteLine();
            output.WriteLine($"order {row.Order}, {row.Scalar}, full rank {row.Full}");
            output.WriteLine("    rank  cloud         own     error     added   seconds      fft  prepare      MB");
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  {row.Rank,6}  {row.Cloud,-8}{row.OwnError,9:0.0e+0} {row.Error,9:0.0e+0} {row.Added,9:0.0e+0} {row.Seconds,9:0.0000}{row.OwnSeconds,9:0.0000}{row.Preparation,9:0.00}{row.Bytes / 1e6,8:0.0}"));
    }

    /// <summary>All rows as CSV with a header.</summary>
    public static void Csv(Stream stream, IReadOnlyList<RankRow> rows)
    {
        using StreamWriter writer = new(stream, leaveOpen: true) { NewLine = "\n" };
        writer.WriteLine(Names);
        foreach (RankRow row in rows)
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{row.Cloud},{row.Scalar},{row.Order},{row.Rank},{row.Full},{row.OwnError:r},{row.Error:r},{row.Added:r},{row.Seconds:r},{row.OwnSeconds:r},{row.Preparation:r},{row.Bytes}"));
        }
    }

    /// <summary>All rows as one JSON object.</summary>
    public static void Json(Stream stream, RankSettings settings, IReadOnlyList<RankRow> rows)
    {
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("kernel", "laplace");
            json.WriteNumber("points", settings.Count);
            json.WriteNumber("leaf", settings.Leaf);
            json.WriteNumber("threads", settings.Threads);
            json.WriteStartArray("rows");
            foreach (RankRow row in rows)
            {
                json.WriteStartObject();
                json.WriteString("cloud", row.Cloud);
                json.WriteString("precision", row.Scalar);
                json.WriteNumber("order", row.Order);
                json.WriteNumber("rank", row.Rank);
                json.WriteNumber("full_rank", row.Full);
                json.WriteNumber("own_error", row.OwnError);
                json.WriteNumber("error", row.Error);
                json.WriteNumber("added_error", row.Added);
                json.WriteNumber("m2l_seconds", row.Seconds);
                json.WriteNumber("fft_seconds", row.OwnSeconds);
                json.WriteNumber("preparation_seconds", row.Preparation);
                json.WriteNumber("operator_bytes", row.Bytes);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        stream.Flush();
    }
}
