using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// Something to watch that <c>fmm run</c> knows by name: a file with its physics in the header, held to something known. A new scene is one class and one line
/// in <see cref="SceneSet"/>.
/// </summary>
public abstract class Scene
{
    /// <summary>The name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Its physics in one line, and in brackets how many points it has.</summary>
    public abstract string Description { get; }

    /// <summary>Its kernel, where it has one of its own and refuses --kernel.</summary>
    public virtual string Kernel => Laplace.Name;

    /// <summary>Options of the command that mean nothing to it. A scene of one field has no --steps.</summary>
    public virtual IReadOnlyList<string> Foreign => ["--steps"];

    /// <summary>Whether several ranks can run it together.</summary>
    public virtual bool RunsOverRanks => false;

    /// <summary>Options of one field of any kernel: foreign to scenes that have a kernel and a check of their own.</summary>
    protected static IReadOnlyList<string> OfFields { get; } =
        ["--verify", "--repeat", FieldOptions.ExplainOption, "--gradient", FieldSettings.ForceOption, FieldSettings.HessianOption, FieldSettings.VectorsOption, "--kernel", "--parameter", PlotOption.Name, .. PeriodicOptions.Names];

    /// <summary>The relative error of the potential that an order may have where charges of both signs cancel, with some room; in single precision at least that of its rounding.</summary>
    /// <param name="precision">The precision.</param>
    /// <param name="order">The order that ran.</param>
    protected static double Accuracy(Precision precision, int order) => Math.Max(Math.Pow(10, 0.9 - (0.95 * order)), precision == Precision.Single ? 3e-5 : 1e-12);

    /// <summary>Runs it and prints what there is to see.</summary>
    public abstract void Run(SceneRequest request);
}
