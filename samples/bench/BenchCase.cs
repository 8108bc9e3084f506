namespace Fmm.Samples;

/// <summary>A case of the bench: what is computed, how exactly, and how fast it is to be.</summary>
/// <param name="Name">The name by which <c>--case</c> knows it.</param>
/// <param name="Cloud">The distribution of the points.</param>
/// <param name="InSingle">True for single precision.</param>
/// <param name="Error">Largest relative L2 error: of the gradient where one is computed, of the potential else.</param>
/// <param name="Order">Smallest order that may reach the error; higher ones are tried until one does.</param>
/// <param name="TargetSeconds">The target on the reference machine at a million points.</param>
/// <param name="Gradient">Whether the gradient is computed.</param>
/// <param name="Kernel">The kernel.</param>
internal sealed record BenchCase(
    string Name, string Cloud, bool InSingle, double Error, int Order, double TargetSeconds, bool Gradient = false, string Kernel = "laplace")
{
    // FMA peak of the reference machine in GFLOP/s.
    private const double ReferenceSingle = 540;
    private const double ReferenceDouble = 270;

    /// <summary>The target in GFLOP-equivalents: seconds times the peak of the machine that they were set on.</summary>
    public double TargetEquivalents => TargetSeconds * (InSingle ? ReferenceSingle : ReferenceDouble);

    /// <summary>
    /// Whether the target is this engine's own time and a quarter more, as no other code was measured: it tells of what became slower, and of nothing else.
    /// </summary>
    public bool IsOwnTime { get; init; }

    /// <summary>The word for the precision.</summary>
    public string Precision => InSingle ? "single" : "double";

    /// <summary>Leaf capacities to try beside the engine's own choice: a higher order's translations want larger leaves.</summary>
    public int[] Leaves { get; init; } = Order switch
    {
        <= 6 => [64, 150, 320],
        <= 9 => [100, 200, 400],
        _ => [200, 400, 800],
    };

    /// <summary>The kernel's parameters.</summary>
    public IReadOnlyDictionary<string, double> Parameters { get; init; } = new Dictionary<string, double>();

    /// <summary>Charge vectors that are evaluated together.</summary>
    public int Vectors { get; init; } = 1;

    /// <summary>Peak memory of the leanest known code in the same case, in MB; null where none was measured.</summary>
    public double? PeerMegabytes { get; init; }

    /// <summary>Whether an error is within the case's, which has two digits: so is what it is compared with.</summary>
    public bool IsReachedBy(double error)
    {
        if (!(error > 0)) return error == 0;
        double unit = Math.Pow(10, Math.Floor(Math.Log10(error)) - 1);
        return Math.Round(error / unit) * unit <= Error * (1 + 1e-9);
    }
}
