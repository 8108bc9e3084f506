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

    [Test]
    public void Complex_fields_are_the_same_numbers_in_every_form()
    {
        string sources = Write("wave.csv", "x,y,z,q_re,q_im\n0,0,0,1,0\n0.25,0.5,1,2,3\n0.5,-0.25,1,2,-3\n");
        InEveryForm("--sources", sources, "--kernel", "helmholtz", "--parameter", "k=1", "--gradient");
        string said = DebianPython.Run(Folder, FieldFileTests.VtkReader + """
            table = np.loadtxt('f.csv', delimiter=',', skiprows=1); u = table[:, :2]; g = table[:, 2:].reshape(3, 3, 2).transpose(0, 2, 1)
            f = h5py.File('f.h5'); z = np.load('f.npz'); v = vtk('f.vtk'); d = h5py.File('drawn.h5'); a = np.load('f.npy')
            for one in (f['field/potential'][:], z['potential'], d['field/potential'][:], a[:, :2]): assert one.shape == (3, 2) and (one == u).all()
            for one in (f['field/gradient'][:], z['gradient'], d['field/gradient'][:]): assert one.shape == (3, 2, 3) and (one == g).all()
            assert a.shape == (3, 8) and (a[:, 2:].reshape(3, 2, 3) == g).all()
            for part, name in enumerate(('re', 'im')):
                assert (v['potential_' + name] == u[:, part]).all() and (v['gradient_' + name].reshape(3, 3) == g[:, part]).all()
            text = open('drawn.xdmf').read()
            print(np.count_nonzero(table), text.count('Dimensions="3 2"'), text.count('Dimensions="3 2 3"'))
            """);
        Assert.That(said, Is.EqualTo("24 1 1"));
    }

    [Test]
    public void Stresses_are_the_same_symmetric_tensors_in_every_form()
    {
        string sources = Write("forces.csv", "x,y,z,qx,qy,qz\n0,0,0,1,0,2\n0.25,0.5,1,2,3,-1\n0.5,0,1,2,-3,0.5\n");
        InEveryForm("--sources", sources, "--kernel", "stokes-stress");
        string said = DebianPython.Run(Folder, FieldFileTests.VtkReader + """
            header = open('f.csv').readline().strip(); table = np.loadtxt('f.csv', delimiter=',', skiprows=1)
            p = np.loadtxt('forces.csv', delimiter=',', skiprows=1); d = p[:, None, :3] - p[None, :, :3]; r = np.sqrt((d ** 2).sum(2)) + np.eye(3)
            full = -3 / (4 * np.pi) * np.einsum('ij,ija,ijb->iab', np.einsum('ija,ja->ij', d, p[:, 3:]) / r ** 5, d, d)
            assert np.abs(table - full[:, [0, 0, 0, 1, 1, 2], [0, 1, 2, 1, 2, 2]]).max() < 1e-12
            for one in (h5py.File('f.h5')['field/potential'][:], np.load('f.npy'), np.load('f.npz')['potential'], h5py.File('drawn.h5')['field/potential'][:]):
                assert one.shape == (3, 6) and (one == table).all()
            nine = vtk('f.vtk')['potential'].reshape(3, 3, 3)
            assert (nine == nine.transpose(0, 2, 1)).all() and (nine[:, [0, 0, 0, 1, 1, 2], [0, 1, 2, 1, 2, 2]] == table).all()
            print(header, 'AttributeType="Tensor6"' in open('drawn.xdmf').read())
            """);
        Assert.That(said, Is.EqualTo("pxx,pxy,pxz,pyy,pyz,pzz True"));
    }

    private void InEveryForm(params string[] arguments)
    {
        foreach (string output in (string[])["f.csv", "f.h5", "f.npy", "f.npz", "f.vtk", "drawn.xdmf"])
        {
            FmmOutcome outcome = FmmOutcome.Of(["evaluate", .. arguments, "--output", In(output)]);
            Assert.That(outcome.Code, Is.Zero, outcome.Error);
        }
    }

    private static double[] Row(string output, int row) =>
        [.. output.Split('\n')[row + 1].Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
}
