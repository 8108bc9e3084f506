using System.Text.Json;
using Fmm.Samples;
using Fmm.Systems;
using MathNet.Numerics.LinearAlgebra;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>fmm run capacitance, small: the sphere's and the cube's, by every solver.</summary>
internal sealed class CapacitanceTests : CommandFixture
{
    [Test]
    public void Every_solver_finds_the_capacitances_that_are_known()
    {
        FmmOutcome outcome = FmmOutcome.Of("run", "capacitance", "--n", "800", "--json");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        using JsonDocument json = JsonDocument.Parse(outcome.Output);
        JsonElement[] solutions = [.. json.RootElement.GetProperty("solutions").EnumerateArray()];
        Assert.That(solutions.Select(one => one.GetProperty("solver").GetString()), Is.EqualTo((string[])["GMRES", "TFQMR", "BiCgStab", "GMRES", "TFQMR", "BiCgStab"]));
        foreach (JsonElement one in solutions)
        {
            double expected = one.GetProperty("conductor").GetString() == "cube of edge 1" ? 0.6606782 : 1;
            Assert.That(one.GetProperty("found").GetDouble(), Is.EqualTo(expected).Within(1e-3 * expected), one.ToString());
            Assert.That(one.GetProperty("residual").GetDouble(), Is.LessThan(1e-6), one.ToString());
            Assert.That(one.GetProperty("met").GetBoolean(), Is.True);
        }

        Assert.That(solutions[0].GetProperty("products").GetInt32(), Is.LessThan(30));
    }

    [Test]
    public void A_mesh_that_is_too_coarse_is_told_as_missed()
    {
        FmmOutcome outcome = FmmOutcome.Of("run", "capacitance", "--n", "20");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(outcome.ErrorLines, Has.Length.EqualTo(6).And.All.StartsWith("fmm: warning: the check was missed: capacitance of the "));
        Assert.That(outcome.Output, Does.Contain("by Hwang and Mascagni 2004 0.660678 within 0.00066: missed"));
    }

    [Test]
    public void Products_are_those_of_the_matrix_of_exact_integrals_near_by()
    {
        Panel[] panels = ConductorMesh.Cube(384);
        using SingleLayer layer = new(panels, new FmmOptions { Order = 10, LeafCapacity = 20 });
        Matrix<double> dense = Matrix<double>.Build.Dense(panels.Length, panels.Length, (i, j) =>
        {
            double distance = (panels[i].Centre - panels[j].Centre).Length;
            double potential = distance < 3 * panels[j].Diameter ? panels[j].Potential(panels[i].Centre) : panels[j].Area / distance;
            return potential / panels[j].Potential(panels[j].Centre);
        });
        Vector<double> x = Vector<double>.Build.Random(panels.Length, 3), expected = dense * x;
        double[] found = new double[panels.Length];
        layer.Multiply(x.ToArray(), found);
        Assert.That((Vector<double>.Build.DenseOfArray(found) - expected).L2Norm(), Is.LessThan(1e-8 * expected.L2Norm()));
    }
}
