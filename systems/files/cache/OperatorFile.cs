using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Files;

/// <summary>
/// The file of a level's operators: the textbook's matrices under PyExaFMM's names for other programs, and the engine's own in a group,
/// with the key that they belong to and a checksum of them.
/// </summary>
internal static class OperatorFile
{
    private const string Own = "/engine", Format = "format", Key = "key", Checksum = "checksum";

    // A dataset can't have the name of a group.
    private const char Separator = '.';

    // Smaller matrices lie on the managed heap, as those do that were computed.
    private const int LargestManaged = 1 << 16;

    /// <summary>Bytes of the engine's own matrices.</summary>
    public static long Bytes(PlainMatrices matrices) => matrices.ByName.Values.Sum(matrix => sizeof(double) * (long)matrix.Elements.Length);

    /// <summary>Reads the engine's own matrices.</summary>
    /// <exception cref="IOException">The file is none, is damaged, or holds other operators; the message tells which, and the file.</exception>
    public static PlainMatrices Read(string path, OperatorKey key, Ledger ledger)
    {
        using Hdf5File file = Hdf5File.Open(path);
        Hdf5Attributes attributes = file.Attributes();
        if (!attributes.Contains(Format) || !attributes.Contains(Key) || !attributes.Contains(Checksum)) throw new DataFileException(path, "it is no file of operators");
        if (attributes.Integer(Format) is var format && format != OperatorKey.Format)
            throw new DataFileException(path, $"it is of format {format}, and this program's is {OperatorKey.Format}");
        if (attributes.Text(Key) != key.Text) throw new DataFileException(path, "it holds other operators than its name says");
        PlainMatrices matrices = new();
        try
        {
            foreach (string name in file.Datasets(Own)) matrices.Add(Plain(name), Matrix(file.Dataset(name), ledger));
            if (ContentChecksum.Of(matrices) != attributes.Text(Checksum)) throw new DataFileException(path, "its checksum does not match its content: it is damaged");
            return matrices;
        }
        catch
        {
            matrices.Dispose();
            throw;
        }
    }

    /// <summary>Writes all matrices, first under a temporary name.</summary>
    /// <exception cref="IOException">It can't be written; what stood there before still does.</exception>
    public static void Write(string path, OperatorKey key, PlainMatrices matrices, double seconds)
    {
        using Hdf5Writer writer = Hdf5Writer.Create(path);
        writer.Attribute("/", Format, (long)OperatorKey.Format);
        writer.Attribute("/", Key, key.Text);
        writer.Attribute("/", Checksum, ContentChecksum.Of(matrices));
        writer.Attribute("/", "kernel", key.Kernel);
        writer.Attribute("/", "parameters", key.Parameters);
        writer.Attribute("/", "normalisation", key.Normalisation);
        writer.Attribute("/", "precision", key.Precision.ToString().ToLowerInvariant());
        writer.Attribute("/", "order", (long)key.Order);
        writer.Attribute("/", "part", key.Part);
        writer.Attribute("/", "half_width", key.HalfWidth);
        writer.Attribute("/", "alpha_inner", key.Surfaces.Inner);
        writer.Attribute("/", "alpha_outer", key.Surfaces.Outer);
        writer.Attribute("/", "outer_angle", key.Surfaces.Angle);
        writer.Attribute("/", "seconds_to_compute", seconds);
        using PlainMatrices? textbook = matrices.Textbook?.Invoke();
        foreach ((string name, PlainMatrix matrix) in textbook?.ByName ?? new Dictionary<string, PlainMatrix>())
        {
            bool eight = name is TextbookNames.M2M or TextbookNames.L2L;
            Put(writer, $"/{name}", matrix, eight ? [8, matrix.Rows / 8, matrix.Columns] : [matrix.Rows, matrix.Columns], new Hdf5Layout(Fletcher32: true));
        }
        foreach ((string name, PlainMatrix matrix) in matrices.ByName) Put(writer, $"{Own}/{name.Replace('/', Separator)}", matrix, [matrix.Rows, matrix.Columns], null);
        writer.Save();
    }

    private static string Plain(string path) => path[(path.LastIndexOf('/') + 1)..].Replace(Separator, '/');

    private static void Put(Hdf5Writer writer, string path, PlainMatrix matrix, long[] shape, Hdf5Layout? layout)
    {
        // An empty matrix keeps its shape in words: libraries differ in what they make of extents of 0.
        bool empty = matrix.Elements.IsEmpty;
        writer.Dataset<double>(path, empty ? new double[1] : matrix.Managed ?? new MatrixMemory(matrix).Memory, empty ? [1, 1] : shape, layout);
        if (!empty) return;
        writer.Attribute(path, "rows", (long)matrix.Rows);
        writer.Attribute(path, "columns", (long)matrix.Columns);
    }

    private static PlainMatrix Matrix(Hdf5Dataset dataset, Ledger ledger)
    {
        if (dataset.Attributes.Contains("rows")) return new PlainMatrix((int)dataset.Attributes.Integer("rows"), (int)dataset.Attributes.Integer("columns"), []);
        if (dataset.Shape.Count != 2 || dataset.Type != Hdf5Type.Double) throw new InvalidDataException($"{dataset.Path} is no matrix in double precision");
        int rows = checked((int)dataset.Shape[0]), columns = checked((int)dataset.Shape[1]);
        if (dataset.Count <= LargestManaged)
        {
            double[] elements = new double[dataset.Count];
            dataset.Read(elements.AsSpan());
            return new PlainMatrix(rows, columns, elements);
        }
        NativeBuffer<double> native = new(ledger, "operators: loaded", dataset.Count);
        try
        {
            dataset.Read(native.Span);
            return new PlainMatrix(rows, columns, native);
        }
        catch
        {
            native.Dispose();
            throw;
        }
    }
}
