using System.Globalization;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>What the tables of kernels call their charges and fields: complex ones, dipoles, vectors.</summary>
internal sealed class KernelColumnTests : CommandFixture
{
    [Test]
    public void Complex_charges_are_columns_of_two_parts_and_so_are_their_fields()
    {
        FmmOutcome outcome = FmmOutcome.Of(
            "evaluate", "--sources", Write("wave.csv", "q_im,x,y,z,q_re\n0.5,0,0,0,2\n0,0,2,0,0\n"), "--kernel", "helmholtz", "--parameter", "k=3", "--gradient");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(outcome.Output, Does.StartWith("potential_re,potential_im,gx_re,gx_im,gy_re,gy_im,gz_re,gz_im\n"));
        System.Numerics.Complex i = System.Numerics.Complex.ImaginaryOne, phi = new System.Numerics.Complex(2, 0.5) * System.Numerics.Complex.Exp(6 * i) / (8 * Math.PI), slope = ((3 * i) - 0.5) * phi;
        double[] row = Row(outcome.Output, 1);
        Assert.That(row, Is.EqualTo(new[] { phi.Real, phi.Imaginary, 0, 0, slope.Real, slope.Imaginary, 0, 0 }).Within(1e-13));
    }

    [Test]
    public void A_column_q_alone_is_the_real_part()
    {
        string[] options = ["--kernel", "helmholtz", "--parameter", "k=3"];
        FmmOutcome real = FmmOutcome.Of(["evaluate", "--sources", Write("real.csv", "x,y,z,q\n0,0,0,2\n1,1,0,-1\n"), .. options]);
        FmmOutcome complex = FmmOutcome.Of(["evaluate", "--sources", Write("complex.csv", "x,y,z,q_re,q_im\n0,0,0,2,0\n1,1,0,-1,0\n"), .. options]);
        Assert.That(real.Code, Is.Zero, real.Error);
        Assert.That(real.Output, Is.EqualTo(complex.Output));
    }

    [Test]
    public void A_missing_part_is_named()
    {
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", Write("half.csv", "x,y,z,q_re\n0,0,0,2\n"), "--kernel", "helmholtz", "--parameter", "k=3");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((2, outcome.Error)));
        Assert.That(outcome.Error, Does.Contain("q_im is missing"));
    }

    [Test]
    public void Dipoles_are_columns_dx_dy_dz()
    {
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", Write("dipole.csv", "x,y,z,dx,dy,dz\n0,0,0,0,0,3\n0,0,2,0,0,0\n"), "--kernel", "laplace-dipole");
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(Row(outcome.Output, 1)[0], Is.EqualTo(3 / (16 * Math.PI)).Within(1e-14));
    }

    [Test]
    public void A_vortex_turns_what_is_beside_it()
    {
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", Write("vortex.csv", "x,y,z,qx,qy,qz\n0,0,0,0,0,1\n2,0,0,0,0,0\n"), "--kernel", "biot-savart");
        Assert.That(outcome.Output, Does.StartWith("px,py,pz\n"), outcome.Error);
        Assert.That(Row(outcome.Output, 1), Is.EqualTo(new[] { 0, 1 / (16 * Math.PI), 0 }).Within(1e-14));
    }

    [TestCase("field.h5")]
    [TestCase("field.npy")]
    [TestCase("field.npz")]
    [TestCase("field.vtk")]
    [TestCase("field.xdmf")]
    public void Complex_fields_go_into_every_form(string name)
    {
        string sources = Write("wave.csv", "x,y,z,q_re,q_im\n0,0,0,1,0\n0,0,1,2,3\n0.5,0,1,2,-3\n");
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", sources, "--kernel", "helmholtz", "--parameter", "k=1", "--gradient", "--output", In(name));
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        Assert.That(new FileInfo(In(name)).Length, Is.GreaterThan(3 * 8 * sizeof(double)).Or.GreaterThan(name.EndsWith("xdmf", StringComparison.Ordinal) ? 100 : int.MaxValue));
    }

    private static double[] Row(string output, int row) =>
        [.. output.Split('\n')[row + 1].Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
