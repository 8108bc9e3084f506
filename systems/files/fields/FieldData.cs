using System.Runtime.InteropServices;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Files;

/// <summary>A field at its targets, in input order, for a file.</summary>
/// <param name="Potentials"><see cref="Components"/> numbers a target.</param>
/// <param name="Gradients">Three numbers a component and target; empty where there are none.</param>
/// <example>
/// <code>
/// solver.Evaluate(points.Charges, potentials);
/// new FieldData(potentials) { Report = solver.Report }.Write("field.h5");
/// </code>
/// </example>
public sealed record FieldData(ReadOnlyMemory<double> Potentials, ReadOnlyMemory<double> Gradients = default)
{
    /// <summary>Numbers of a potential: 1, 2 where it is complex, 3 where it is a vector, 6 where it is a symmetric tensor: xx, xy, xz, yy, yz, zz, 9 where it is any: xx, xy, xz, yx ... zz.</summary>
    public int Components { get; init; } = 1;

    /// <summary>
    /// Charge vectors whose fields these are: potentials of all of them for a target, then of the next target (<c>VectorOrder.PointMajor</c>), and gradients likewise. Columns
    /// are potential0,potential1,..., arrays have an axis more.
    /// </summary>
    public int Vectors { get; init; } = 1;

    /// <summary>Whether the two numbers of a potential are a complex one's real and imaginary part.</summary>
    public bool IsComplex { get; init; }

    /// <summary>
    /// Forces, x, y and z a target (<c>Forces.Of</c>): columns fx,fy,fz, a dataset or array force; only beside potentials of one number. Empty where there are none.
    /// </summary>
    public ReadOnlyMemory<double> Forces { get; init; }

    /// <summary>
    /// Second derivatives of the potential, xx, xy, xz, yy, yz, zz a target: columns hxx to hzz, a dataset or array hessian; only beside potentials of one number. Empty where
    /// there are none.
    /// </summary>
    public ReadOnlyMemory<double> Hessians { get; init; }

    /// <summary>Where the targets are; VTK and XDMF need it, HDF5 and NPZ keep it where it is given.</summary>
    public ReadOnlyMemory<Position> Targets { get; init; }

    /// <summary>What ran: kernel, parameters, order, precision; null to say nothing of it.</summary>
    public FmmReport? Report { get; init; }

    /// <summary>The error found against direct sums; null where none was measured.</summary>
    public FieldError? Error { get; init; }

    /// <summary>The kernel's formula with its factor, such as 1/(4 pi r); null to say nothing of it.</summary>
    public string? Normalisation { get; init; }

    /// <summary>Number of targets.</summary>
    public int Count => Potentials.Length / Math.Max(1, Width);

    /// <summary>All rows of a field whose first ones alone are given here; null where these are all.</summary>
    internal IFieldRows? Elsewhere { get; init; }

    /// <summary>Number of all targets, those elsewhere among them.</summary>
    internal long Rows => Elsewhere?.Count ?? Count;

    /// <summary>Numbers of a target's potentials, of all vectors.</summary>
    internal int Width => Components * Vectors;

    /// <summary>The shape of potentials as an array.</summary>
    internal long[] PotentialShape => [Rows, .. Vectors == 1 ? Array.Empty<long>() : [Vectors], .. Components == 1 ? Array.Empty<long>() : [Components]];

    /// <summary>The shape of gradients as an array.</summary>
    internal long[] GradientShape => [.. PotentialShape, 3];

    /// <summary>What stands behind potential and gradient, in the order of the columns.</summary>
    internal IReadOnlyList<FieldPart> Further =>
    [
        .. !Has(FieldArray.Force) ? Array.Empty<FieldPart>() : [new FieldPart(FieldArray.Force, "force", ["fx", "fy", "fz"])],
        .. !Has(FieldArray.Hessian) ? Array.Empty<FieldPart>() : [new FieldPart(FieldArray.Hessian, "hessian", ["hxx", "hxy", "hxz", "hyy", "hyz", "hzz"])],
    ];

    /// <summary>The arrays that it has, where it may have no rows; null where its rows tell.</summary>
    internal IReadOnlyList<FieldArray>? Arrays { get; init; }

    /// <summary>Whether it has an array.</summary>
    internal bool Has(FieldArray array) => Arrays?.Contains(array) ?? !Held(array).IsEmpty;

    /// <summary>Numbers of an array a target.</summary>
    internal int WidthOf(FieldArray array) => array switch
    {
        FieldArray.Potential => Width,
        FieldArray.Gradient => 3 * Width,
        FieldArray.Hessian => 6,
        _ => 3,
    };

    /// <summary>Numbers of some targets.</summary>
    /// <param name="array">Which numbers.</param>
    /// <param name="first">The first target.</param>
    /// <param name="count">How many.</param>
    internal ReadOnlySpan<double> Read(FieldArray array, long first, int count) => Elsewhere is null ? Held(array).Slice((int)first * WidthOf(array), count * WidthOf(array)) : Elsewhere.Read(array, first, count);

    /// <summary>All numbers of an array that are given here.</summary>
    internal ReadOnlySpan<double> Held(FieldArray array) => array switch
    {
        FieldArray.Potential => Potentials.Span,
        FieldArray.Gradient => Gradients.Span,
        FieldArray.Force => Forces.Span,
        FieldArray.Hessian => Hessians.Span,
        _ => MemoryMarshal.Cast<Position, double>(Targets.Span),
    };

    /// <summary>The rows in pieces that bound what is held at once, until it is cancelled.</summary>
    /// <param name="most">Most rows of a piece.</param>
    /// <param name="cancellation">Ends it early.</param>
    internal IEnumerable<(long First, int Count)> Pieces(int most, CancellationToken cancellation)
    {
        for (long first = 0; first < Rows; first += most)
        {
            cancellation.ThrowIfCancellationRequested();
            yield return (first, (int)Math.Min(most, Rows - first));
        }
    }

    /// <summary>Writes the field into a file, which exists either whole or not at all.</summary>
    /// <param name="path">The file; what was there is replaced.</param>
    /// <param name="format">Its form; null to tell it by its ending, which is CSV where that says nothing.</param>
    /// <exception cref="ArgumentException">Lengths do not fit together, or the form needs the targets and they are not given.</exception>
    /// <exception cref="DataFileException">It can't be written there, or not all of it.</exception>
    public void Write(string path, DataFormat? format = null)
    {
        DataFormat form = format ?? DataLocation.Of(path, DataFormat.Csv).Format;
        FieldFiles.Check(this, form);
        OpenOutputs outputs = new();
        using ReplacedFile file = new(path, outputs);
        using ReplacedFile? beside = form == DataFormat.Xdmf ? new ReplacedFile(FieldFiles.Beside(path), outputs) : null;
        try
        {
            FieldFiles.Write(this, form, file, path, beside, CancellationToken.None);
            beside?.Commit();
            file.Commit();
        }
        catch (Exception fault) when (fault is (IOException or UnauthorizedAccessException or ArgumentOutOfRangeException) and not DataFileException)
        {
            throw new DataFileException(path, OutputException.Reason(fault), fault);
        }
    }

    /// <summary>Writes the fields of all ranks into one file, rank after rank; all ranks call it. Rank 0 writes, and never holds more than a piece of what the others have.</summary>
    /// <param name="path">The file; what was there is replaced.</param>
    /// <param name="ranks">The ranks.</param>
    /// <param name="format">Its form; null to tell it by its ending, which is CSV where that says nothing.</param>
    /// <exception cref="ArgumentException">Lengths do not fit together, the form needs the targets and they are not given, or ranks give different arrays.</exception>
    /// <exception cref="DataFileException">It can't be written there, or not all of it.</exception>
    /// <exception cref="RankFailedException">Another rank has failed.</exception>
    public void Write(string path, IRanks ranks, DataFormat? format = null)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        RankFiles.Write(ranks, this, path, format ?? DataLocation.Of(path, DataFormat.Csv).Format);
    }

    /// <summary>
    /// Writes the field of each rank into an HDF5 file of its own, field.0.h5 and so on beside field.h5, which is an index that names them; all ranks call it. They exist whole, all of them, or none does.
    /// </summary>
    /// <param name="path">The index; what was there is replaced.</param>
    /// <param name="ranks">The ranks.</param>
    /// <exception cref="ArgumentException">Lengths do not fit together, or ranks give different arrays.</exception>
    /// <exception cref="DataFileException">This rank can't write its part, or not all of it.</exception>
    /// <exception cref="RankFailedException">Another rank has failed.</exception>
    public void WriteParts(string path, IRanks ranks)
    {
        ArgumentNullException.ThrowIfNull(ranks);
        RankFiles.WriteParts(ranks, this, path);
    }
}
