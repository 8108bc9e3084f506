using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Fmm.Systems;

/// <summary>
/// What decides about the matrices of boxes of one size: two keys are equal where the matrices are. Whoever keeps them finds them by
/// <see cref="Digest"/>, and compares <see cref="Text"/>.
/// </summary>
/// <remarks>
/// A name and some text do not make a kernel: its formula may change, and a struct of a user's may tell nothing of its parameters. So a few of
/// its values are part of the key. Linear algebra and register width are not: they decide about rounding alone.
/// </remarks>
internal sealed record OperatorKey
{
    /// <summary>Number of what <see cref="PlainMatrices"/> holds under which name; another one, and what was kept is computed anew.</summary>
    public const int Format = 1;

    // In half widths: how far sources and targets of the operators are apart, from the shortest to the longest.
    private static ReadOnlySpan<double> Lengths => [1, 3, 9];

    /// <summary>Name of the kernel.</summary>
    public required string Kernel { get; init; }

    /// <summary>Its parameters in the unit of <see cref="HalfWidth"/>, as text.</summary>
    public required string Parameters { get; init; }

    /// <summary>Digest of some of its values.</summary>
    public required string Values { get; init; }

    /// <summary>Factor of finished sums, which the matrices are without.</summary>
    public required double Normalisation { get; init; }

    /// <summary>Its degree of homogeneity, if it has one.</summary>
    public required int? Degree { get; init; }

    /// <summary>Half width of the boxes; 1 for a homogeneous kernel.</summary>
    public required double HalfWidth { get; init; }

    /// <summary>Order p.</summary>
    public required int Order { get; init; }

    /// <summary>What the matrices will be rounded to.</summary>
    public required Precision Precision { get; init; }

    /// <summary>Half widths of the surfaces.</summary>
    public required SurfaceRatios Surfaces { get; init; }

    /// <summary>Numbers that a source carries.</summary>
    public required int SourceComponents { get; init; }

    /// <summary>Numbers of a target's potential.</summary>
    public required int PotentialComponents { get; init; }

    /// <summary>Which of the operators: <c>translations</c>, or a way of M2L with what it depends on beside all this.</summary>
    public required string Part { get; init; }

    /// <summary>All of it, a line each.</summary>
    public string Text => string.Create(
        CultureInfo.InvariantCulture,
        $"format {Format}\nkernel {Kernel}\nparameters {Parameters}\nvalues {Values}\nnormalisation {Normalisation:r}\ndegree {Degree}\nhalf width {HalfWidth:r}\norder {Order}\nprecision {Precision}\n"
        + $"surfaces {Surfaces.Inner:r} {Surfaces.Outer:r} {Surfaces.Angle:r}\ncomponents {SourceComponents} {PotentialComponents}\npart {Part}\n");

    /// <summary>Sixteen hexadecimal digits that tell keys apart.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)).AsSpan(0, 8));

    /// <summary>The key of a kernel's matrices.</summary>
    /// <param name="kernel">The kernel in the unit of the half width.</param>
    /// <param name="sizes">Sizes of the expansions.</param>
    /// <param name="halfWidth">Half width of the boxes.</param>
    /// <param name="precision">What the matrices will be rounded to.</param>
    /// <param name="part">Which of the operators.</param>
    public static OperatorKey Of<TKernel>(TKernel kernel, ExpansionSizes sizes, double halfWidth, Precision precision, string part)
        where TKernel : unmanaged, IKernel<TKernel> => new()
        {
            Kernel = TKernel.Name,
            Parameters = TKernel.Parameters(kernel),
            Values = ValuesOf(kernel, halfWidth),
            Normalisation = TKernel.Normalisation(kernel),
            Degree = TKernel.Degree,
            HalfWidth = halfWidth,
            Order = sizes.Order,
            Precision = precision,
            Surfaces = sizes.Ratios,
            SourceComponents = sizes.SourceComponents,
            PotentialComponents = sizes.PotentialComponents,
            Part = part,
        };

    private static string ValuesOf<TKernel>(TKernel kernel, double halfWidth)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int pairs = TKernel.SourceComponents * TKernel.PotentialComponents, at = 0;
        double[] offsets = KernelOffsets.Unit(), values = new double[Lengths.Length * offsets.Length / 3 * pairs];
        foreach (double length in Lengths)
        {
            for (int i = 0; i < offsets.Length; i += 3, at += pairs)
                kernel.Evaluate(length * halfWidth * offsets[i], length * halfWidth * offsets[i + 1], length * halfWidth * offsets[i + 2], values.AsSpan(at, pairs));
        }
        return Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<double>(values)).AsSpan(0, 16));
    }
}
