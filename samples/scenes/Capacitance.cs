using System.Diagnostics;
using System.Text.Json;
using Fmm.Systems;
using MathNet.Numerics.LinearAlgebra.Double;
using MathNet.Numerics.LinearAlgebra.Double.Solvers;
using MathNet.Numerics.LinearAlgebra.Solvers;

namespace Fmm.Samples;

/// <summary>
/// The capacitance of conductors: the charge on their surface that makes the potential 1 there, from an equation of boundary integrals whose matrix is a field
/// (<see cref="FmmMatrix"/>). Solved by a GMRES of its own, and by MathNet's TFQMR and BiCgStab without a matrix.
/// </summary>
public sealed class Capacitance : Scene
{
    private const int Panels = 6000, MostProducts = 200;
    private const double Residual = 1e-8, Promise = 1e-3;

    // Of the cube: Hwang and Mascagni 2004, Journal of Applied Physics 95, and later work that confirms it.
    private const double UnitCube = 0.6606782;
    private static readonly JsonSerializerOptions _json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <inheritdoc/>
    public override string Name => "capacitance";

    /// <inheritdoc/>
    public override string Description => "charge on a conducting sphere and cube, by boundary integrals and three iterative solvers (6000 panels)";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Foreign => ["--steps", .. OfFields];

    /// <inheritdoc/>
    public override void Run(SceneRequest request)
    {
        int least = request.Count ?? Panels;
        FmmOptions options = FieldRun.Options(request.Settings);
        request.Guard?.Check($"{Name} with {least} panels", MemoryEstimate.Of(default(Laplace), options, 4L * least), 8000.0 * least, least);
        Turn turn = new(request.Seed);
        Outcome[] outcomes =
        [
            .. Of("sphere of radius 1", turn.Of(ConductorMesh.Sphere(least)), 1, options, request.Cancellation),
            .. Of("cube of edge 1", turn.Of(ConductorMesh.Cube(least)), UnitCube, options, request.Cancellation),
        ];
        SceneCheck[] checks = [.. outcomes.Select(one => new SceneCheck(
            $"capacitance of the {one.Conductor}, {one.Solver}", one.Found, one.Expected, Promise * one.Expected, one.Expected == 1 ? "its radius" : "Hwang and Mascagni 2004"))];
        if (request.Json) Write(request.Terminal.Data, outcomes, checks);
        else Tell(request.Terminal.Output, outcomes, checks);
        CheckReport.Conclude(request, checks);
    }

    private static void Tell(TextWriter output, Outcome[] outcomes, SceneCheck[] checks)
    {
        output.WriteLine($"capacitance over 4 pi eps, order {outcomes[0].Order}; solvers stop at a residual of {Residual:0e+0}, or {MostProducts} steps");
        output.WriteLine("conductor              panels  solver    products  residual   seconds  capacitance  expected       off");
        foreach (Outcome one in outcomes)
            output.WriteLine($"{one.Conductor,-20}{one.Panels,9}  {one.Solver,-8}{one.Products,10}{one.Residual,10:0.0e+0}{one.Seconds,10:0.00}{one.Found,13:0.0000000}{one.Expected,10:0.#######}{one.Off,10:0.0e+0}");
        foreach (SceneCheck check in checks) output.WriteLine(CheckReport.Text(check));
    }

    private void Write(Stream stream, Outcome[] outcomes, SceneCheck[] checks)
    {
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true }))
        {
            json.WriteStartObject();
            json.WriteString("scene", Name);
            json.WriteNumber("promise", Promise);
            json.WritePropertyName("solutions");
            JsonSerializer.Serialize(json, outcomes, _json);
            CheckReport.Write(json, checks);
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        stream.Flush();
    }

    private static IEnumerable<Outcome> Of(string conductor, Panel[] panels, double expected, FmmOptions options, CancellationToken cancellation)
    {
        using SingleLayer layer = new(panels, options);
        double[] ones = new double[layer.Count], solution = new double[layer.Count];
        Array.Fill(ones, 1);
        layer.Multiply(ones, solution); // Tree and operators are no solver's time.
        foreach ((string name, Action solve) in ((string, Action)[])
        [
            ("GMRES", () => Gmres.Solve(Multiply, ones, Residual, MostProducts, solution)),
            ("TFQMR", () => Solve(new TFQMR())),
            ("BiCgStab", () => Solve(new BiCgStab())),
        ])
        {
            int before = layer.Products;
            long start = Stopwatch.GetTimestamp();
            solve();
            (int products, double seconds) = (layer.Products - before, Stopwatch.GetElapsedTime(start).TotalSeconds);
            double found = layer.Charge(solution) / (4 * Math.PI), off = Math.Abs((found / expected) - 1);
            yield return new Outcome(
                conductor, layer.Count, layer.Order, name, products, Left(), seconds, found, expected, off, off <= Promise);
        }

        // What is really left, whatever a solver believes.
        double Left()
        {
            double[] product = new double[layer.Count];
            layer.Multiply(solution, product);
            return Math.Sqrt(product.Sum(value => (value - 1) * (value - 1)) / product.Length);
        }

        void Multiply(ReadOnlySpan<double> x, Span<double> y)
        {
            cancellation.ThrowIfCancellationRequested();
            layer.Multiply(x, y);
        }

        void Solve(IIterativeSolver<double> solver)
        {
            cancellation.ThrowIfCancellationRequested();
            DenseVector result = new(layer.Count);
            Iterator<double> until = new(new ResidualStopCriterion<double>(Residual), new IterationCountStopCriterion<double>(MostProducts));
            solver.Solve(new LayerMatrix(layer), new DenseVector(ones), result, until, new UnitPreconditioner<double>());
            result.Values.CopyTo(solution, 0);
        }
    }

    /// <summary>A conductor's capacitance over 4 pi eps, as a solver found it.</summary>
    private sealed record Outcome(
        string Conductor, int Panels, int Order, string Solver, int Products, double Residual, double Seconds, double Found, double Expected, double Off, bool Met);
}
