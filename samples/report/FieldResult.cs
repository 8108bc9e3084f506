using Fmm.Components;
using Fmm.Files;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>The fields of a run in input order, and how it went.</summary>
/// <param name="Components">Numbers of a potential: 1, 2 where it is complex, 3 where it is a vector.</param>
/// <param name="Potentials">That many numbers a target.</param>
/// <param name="Gradients">Three numbers a component and target, or null when none were asked for.</param>
/// <param name="Report">What ran; its seconds are the median's where runs were repeated.</param>
/// <param name="Error">The error against direct sums, or null when none were asked for.</param>
public sealed record FieldResult(int Components, double[] Potentials, double[]? Gradients, FmmReport Report, FieldError? Error)
{
    /// <summary>Whether the two numbers of a potential are a complex one's real and imaginary part.</summary>
    public bool IsComplex { get; init; }

    /// <summary>Charge vectors: potentials of all of them for a target, then of the next.</summary>
    public int Vectors { get; init; } = 1;

    /// <summary>Three numbers a target, or null when none were asked for.</summary>
    public double[]? Forces { get; init; }

    /// <summary>What the forces of all ranks add up to; null without forces.</summary>
    public ForceSums? ForceSums { get; init; }

    /// <summary>Six numbers a target, xx, xy, xz, yy, yz, zz; null when none were asked for.</summary>
    public double[]? Hessians { get; init; }

    /// <summary>What fell to each rank; empty on one rank alone.</summary>
    public IReadOnlyList<RankReport> Ranks { get; init; } = [];

    /// <summary>The schedule as text.</summary>
    public string Schedule { get; init; } = "";

    /// <summary>The result for a file, with all arrays that there may be, also where this rank has no targets.</summary>
    /// <param name="targets">Where.</param>
    /// <param name="formula">The kernel's formula.</param>
    internal FieldData Data(Position[] targets, string formula) => new(Potentials, Gradients)
    {
        Components = Components,
        IsComplex = IsComplex,
        Vectors = Vectors,
        Forces = Forces,
        Hessians = Hessians,
        Targets = targets,
        Report = Report,
        Error = Error,
        Normalisation = formula,
        Arrays =
        [
            FieldArray.Potential, FieldArray.Target,
            .. Gradients is null ? Array.Empty<FieldArray>() : [FieldArray.Gradient],
            .. Forces is null ? Array.Empty<FieldArray>() : [FieldArray.Force],
            .. Hessians is null ? Array.Empty<FieldArray>() : [FieldArray.Hessian],
        ],
    };
}
