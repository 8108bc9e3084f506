using Fmm.Components;
using Fmm.Samples;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>Runs the rows of <see cref="AccuracyRow"/>, prints each beside its target, and tells whether all are met.</summary>
internal sealed class AccuracyTable(TextWriter output, Settings settings)
{
    private const int DirectSums = 1000;
    private const int Seed = 1;
    private const double YukawaK = 5;

    // Where errors are those of rounding, a higher order may differ by chance in the sample; a rise is more than this.
    private const double Rise = 1.05;
    private double[] _potentials = [];
    private double[] _gradients = [];
    private AccuracyRow? _previous;
    private FieldError _previousError;

    public bool Run()
    {
        output.WriteLine($"# dotnet run -c Release --project perf -- accuracy{settings.Arguments}");
        output.WriteLine($"# commit {MachineText.Commit()}");
        output.WriteLine($"# {MachineText.Machine(Environment.ProcessorCount)}");
        output.WriteLine($"# relative errors against {DirectSums} direct sums, charges in [-0.5, 0.5]; a target is met by what rounds to its two digits");
        output.WriteLine("# largest: largest error of the potential over its largest value; yukawa: k = 5, at most 100,000 points");
        output.WriteLine($"{"kernel",-8}{"cloud",-8}{"precision",-10}{"points",9}{"p",4}{"leaf",6}{"potential",11}{"target",9}{"gradient",11}{"target",9}{"largest",10}{"seconds",9}  verdict");
        int missed = 0, rows = 0;
        foreach (AccuracyRow row in AccuracyRow.All(settings.Quick))
        {
            rows++;
            if (!Run(row)) missed++;
        }
        output.WriteLine(missed == 0 ? $"all {rows} rows met" : $"{missed} of {rows} rows missed");
        return missed == 0;
    }

    private bool Run(AccuracyRow row)
    {
        int points = settings.Points ?? (settings.Quick ? 100_000 : 1_000_000);
        if (row.Kernel == Yukawa.Name) points = Math.Min(points, 100_000);
        (FmmReport report, FieldError error) = Measure(row, points);
        string verdict = Verdict(row, error);
        output.WriteLine(
            $"{row.Kernel,-8}{row.Cloud,-8}{row.Precision.ToString().ToLowerInvariant(),-10}{points,9}{row.Order,4}{report.Leaf,6}"
            + $"{error.PotentialL2,11:0.00e+0}{Target(row.Potential),9}{error.GradientL2,11:0.00e+0}{Target(row.Gradient),9}"
            + $"{error.PotentialLinf,10:0.0e+0}{report.Seconds.Total,9:0.00}  {verdict}");
        output.Flush();
        _previous = row;
        _previousError = error;
        return verdict == "met";
    }

    private string Verdict(AccuracyRow row, in FieldError error)
    {
        if (Missed(error.PotentialL2, row.Potential)) return "MISSED potential";
        if (Missed(error.GradientL2, row.Gradient)) return "MISSED gradient";
        bool grouped = _previous is not null && _previous with { Order = row.Order, Potential = row.Potential, Gradient = row.Gradient } == row;
        if (!grouped) return "met";
        // Where rounding is all that is left, the third digit says nothing.
        double least = row.Precision == Precision.Double ? 1.01 : Rise;
        if (error.PotentialL2 > least * _previousError.PotentialL2) return "MISSED potential rises with p";
        return error.GradientL2 > least * _previousError.GradientL2 ? "MISSED gradient rises with p" : "met";
    }

    private (FmmReport Report, FieldError Error) Measure(AccuracyRow row, int count)
    {
        Position[] points = row.Cloud == "cube"
            ? PointClouds.Draw(default(UnitCube), count, Seed)
            : PointClouds.Draw(default(UnitSphere), count, Seed);
        if (_potentials.Length != count)
        {
            _potentials = new double[count];
            _gradients = new double[3 * count];
        }
        FmmOptions options = new() { Order = row.Order, Precision = row.Precision, LeafCapacity = settings.Leaf, Gradient = true };
        using FmmSolver solver = row.Kernel == Yukawa.Name
            ? FmmSolver.Create(new Yukawa(YukawaK), options)
            : FmmSolver.Create(new Laplace(), options);
        solver.SetPoints(points);
        solver.Evaluate(PointClouds.Charges(count, Seed), _potentials, _gradients);
        return (solver.Report, solver.Verify(DirectSums));
    }

    // Targets are figures of two digits.
    private static bool Missed(double? error, double? target) => target is double most && !(error < most * 1.0000001 || Rounded(error) <= most * 1.0000001);

    private static double Rounded(double? error) => double.Parse($"{error ?? double.NaN:0.0e+0}");

    private static string Target(double? target) => target is double figure ? $"{figure:0.0e+0}" : "-";
}
