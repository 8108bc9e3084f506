using System.Globalization;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>fmm run and evaluate with boxes that repeat.</summary>
internal sealed class PeriodicCommandTests : CommandFixture
{
    private const string Salt =
        "x,y,z,q\n0,0,0,1\n0,1,1,1\n1,0,1,1\n1,1,0,1\n1,1,1,-1\n1,0,0,-1\n0,1,0,-1\n0,0,1,-1\n";

    [Test]
    public void Salt_has_its_Madelung_constant_wherever_the_box_begins([Values("0,0,0", "-0.5,-0.25,7")] string origin)
    {
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", Write("salt.csv", Salt), "--order", "12", "--periodic", "xyz", "--box", "2,2,2", "--box-origin", origin);
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        double[] potentials = [.. outcome.Output.Trim().Split('\n').Skip(1).Select(row => double.Parse(row, CultureInfo.InvariantCulture))];
        Assert.That(potentials.Select((value, i) => i < 4 ? -value : value), Is.All.EqualTo(1.747564594633182 / (4 * Math.PI)).Within(1e-8));
    }

    [Test]
    public void A_charge_in_all_is_told_of()
    {
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", Write("salt.csv", Salt + "0.3,0.3,0.3,2\n"), "--periodic", "xyz", "--box", "2,2,2");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(outcome.Error, Does.Contain("sum to 2: a uniform background of -0.25"));
    }

    [TestCase("--periodic xyz needs the box's edges", "--periodic", "xyz")]
    [TestCase("add --periodic xyz", "--box", "1,1,1")]
    [TestCase("add --periodic xyz", "--outside", "refuse")]
    [TestCase("three finite numbers", "--periodic", "xyz", "--box", "1,1")]
    [TestCase("powers of two", "--periodic", "xy", "--box", "1,3,0")]
    [TestCase("no sum over images", "--periodic", "xyz", "--box", "2,2,2", "--kernel", "stokes")]
    [TestCase("outside the box", "--periodic", "xyz", "--box", "1,1,1", "--outside", "refuse")]
    [TestCase("does not repeat", "--periodic", "x", "--box", "0.0625,1,1")]
    public void What_names_no_box_is_refused_in_one_line(string why, params string[] options)
    {
        string charges = options.Contains("stokes") ? "x,y,z,qx,qy,qz\n0,0,0,1,0,0\n" : Salt;
        FmmOutcome outcome = FmmOutcome.Of(["evaluate", "--sources", Write("salt.csv", charges), .. options]);
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)), outcome.Error);
        Assert.That(outcome.Error, Does.Contain(why));
    }
}
