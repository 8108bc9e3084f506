using Fmm.Engine;

namespace Fmm.Files;

/// <summary>The other side of <see cref="GatheredRows"/>: sends what rank 0 asks for, until it has all.</summary>
internal static unsafe class RowServer
{
    /// <summary>Serves a rank's rows.</summary>
    /// <exception cref="RankFailedException">A rank has failed.</exception>
    public static void Serve(IRanks ranks, FieldData own)
    {
        long* words = stackalloc long[3];
        while (true)
        {
            ranks.Wait(ranks.Receive(words, 3, sizeof(long), 0, GatheredRows.RequestTag));
            if (words[0] == GatheredRows.End) return;
            FieldArray array = (FieldArray)words[0];
            int width = own.WidthOf(array);
            ReadOnlySpan<double> rows = own.Held(array).Slice(checked((int)words[1] * width), checked((int)words[2] * width));
            fixed (double* numbers = rows) ranks.Wait(ranks.Send(numbers, rows.Length, sizeof(double), 0, GatheredRows.RowsTag));
        }
    }
}
