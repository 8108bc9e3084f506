using System.Globalization;
using System.Numerics;
using Fmm.Files;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Several charge vectors in files: the fields of each alone, under its number.</summary>
internal sealed class VectorColumnTests : CommandFixture
{
    private const int Points = 40;

    [Test]
    public void Each_column_has_its_field()
    {
        string three = Write("three.csv", Table(["x", "y", "z", "q0", "q1", "q2"], 1));
        (string[] names, double[][] rows) = Read(Run("evaluate", "--sources", three, "--vectors", "3", "--gradient"));
        Assert.That(string.Join(',', names), Is.EqualTo("potential0,potential1,potential2,gx0,gy0,gz0,gx1,gy1,gz1,gx2,gy2,gz2"));
        for (int vector = 0; vector < 3; vector++)
        {
            string one = Write("one.csv", File.ReadAllText(three).Replace($"q{vector}", "q", StringComparison.Ordinal));
            (_, double[][] alone) = Read(Run("evaluate", "--sources", one, "--gradient"));
            for (int i = 0; i < Points; i++)
                Assert.That(new[] { rows[i][vector], rows[i][3 + (3 * vector)], rows[i][4 + (3 * vector)], rows[i][5 + (3 * vector)] }, Is.EqualTo(alone[i]).Within(1e-12));
        }
    }

    [Test]
    public void Complex_charges_and_vectors_have_their_numbers_behind_their_names()
    {
        string waves = Write("waves.csv", Table(["x", "y", "z", "q_re0", "q_im0", "q_re1", "q_im1"], 2));
        (string[] names, double[][] rows) = Read(Run("evaluate", "--sources", waves, "--vectors", "2", "--kernel", "helmholtz", "--parameter", "k=2", "--gradient"));
        Assert.That(string.Join(',', names), Is.EqualTo(
            "potential_re0,potential_im0,potential_re1,potential_im1,gx_re0,gx_im0,gy_re0,gy_im0,gz_re0,gz_im0,gx_re1,gx_im1,gy_re1,gy_im1,gz_re1,gz_im1"));
        string second = Write("second.csv", File.ReadAllText(waves).Replace("q_re1", "q_re", StringComparison.Ordinal).Replace("q_im1", "q_im", StringComparison.Ordinal));
        (_, double[][] alone) = Read(Run("evaluate", "--sources", second, "--kernel", "helmholtz", "--parameter", "k=2", "--gradient"));
        for (int i = 0; i < Points; i++) Assert.That(new[] { rows[i][2], rows[i][3] }.Concat(rows[i][10..16]), Is.EqualTo(alone[i]).Within(1e-11));
        (names, _) = Read(Run("evaluate", "--sources", Write("forces.csv", Table(["x", "y", "z", "qx0", "qy0", "qz0", "qx1", "qy1", "qz1"], 3)), "--vectors", "2", "--kernel", "stokes"));
        Assert.That(string.Join(',', names), Is.EqualTo("px0,py0,pz0,px1,py1,pz1"));
    }

    [Test]
    public void Arrays_have_an_axis_of_vectors()
    {
        string csv = Write("two.csv", Table(["x", "y", "z", "q0", "q1"], 4));
        (_, double[][] expected) = Read(Run("evaluate", "--sources", csv, "--vectors", "2", "--gradient"));
        PointSet points = PointSet.Read(csv, vectors: 2);
        using (Hdf5Writer file = Hdf5Writer.Create(In("two.h5")))
        {
            file.Dataset<double>("particle_data/sources", points.Sources.SelectMany(p => new[] { p.X, p.Y, p.Z }).ToArray(), [Points, 3]);
            file.Dataset<double>("particle_data/source_densities", points.Charges, [Points, 2]);
            file.Save();
        }

        Run("evaluate", "--sources", In("two.h5"), "--vectors", "2", "--gradient", "--output", In("field.h5"));
        using Hdf5File field = Hdf5File.Open(In("field.h5"));
        Assert.That(field.Dataset("field/potential").Shape, Is.EqualTo(new long[] { Points, 2 }));
        Assert.That(field.Dataset("field/gradient").Shape, Is.EqualTo(new long[] { Points, 2, 3 }));
        double[] potentials = new double[2 * Points], gradients = new double[6 * Points];
        field.Dataset("field/potential").Read<double>(potentials);
        field.Dataset("field/gradient").Read<double>(gradients);
        Assert.That(potentials, Is.EqualTo(expected.SelectMany(row => row[..2])));
        Assert.That(gradients, Is.EqualTo(expected.SelectMany(row => row[2..])));
        Run("evaluate", "--sources", csv, "--vectors", "2", "--gradient", "--output", In("field.npy"));
        byte[] npy = File.ReadAllBytes(In("field.npy"));
        Assert.That(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, double>(npy.AsSpan(npy.Length - (Points * 8 * sizeof(double)))).ToArray(), Is.EqualTo(expected.SelectMany(row => row)));
    }

    [Test]
    public void Arrays_of_complex_numbers_and_of_vectors_have_an_axis_of_their_own()
    {
        string waves = Write("waves.csv", Table(["x", "y", "z", "q_re0", "q_im0", "q_re1", "q_im1"], 6));
        string forces = Write("forces.csv", Table(["x", "y", "z", "qx0", "qy0", "qz0", "qx1", "qy1", "qz1"], 7));
        Same(waves, PointSet.Read(waves, 2, vectors: 2), (file, points) =>
            file.Dataset<Complex>("source_densities", System.Runtime.InteropServices.MemoryMarshal.Cast<double, Complex>(points.Charges).ToArray(), [Points, 2]), "helmholtz", "--parameter", "k=2");
        Same(forces, PointSet.Read(forces, 3, vectors: 2), (file, points) => file.Dataset<double>("source_densities", points.Charges, [Points, 2, 3]), "stokes");
    }

    private void Same(string csv, PointSet points, Action<Hdf5Writer, PointSet> charges, params string[] kernel)
    {
        using (Hdf5Writer file = Hdf5Writer.Create(In("arrays.h5")))
        {
            file.Dataset<double>("sources", points.Sources.SelectMany(p => new[] { p.X, p.Y, p.Z }).ToArray(), [Points, 3]);
            charges(file, points);
            file.Save();
        }

        string expected = Run(["evaluate", "--sources", csv, "--vectors", "2", "--kernel", .. kernel]);
        Assert.That(Run(["evaluate", "--sources", In("arrays.h5"), "--vectors", "2", "--output", "-", "--kernel", .. kernel]), Is.EqualTo(expected));
    }

    [Test]
    public void What_they_cannot_have_is_refused_with_the_remedy()
    {
        string csv = Write("two.csv", Table(["x", "y", "z", "q0", "q1"], 4));
        Refused("say how many there are (fmm evaluate --vectors N)", "evaluate", "--sources", csv);
        Refused("q2 is missing", "evaluate", "--sources", csv, "--vectors", "3");
        Refused("--force is of one charge vector", "evaluate", "--sources", csv, "--vectors", "2", "--force");
        Refused("--hessian is of one charge vector", "evaluate", "--sources", csv, "--vectors", "2", "--hessian");
        Refused("VTK draws the field of one charge vector, not of 2", "evaluate", "--sources", csv, "--vectors", "2", "--output", In("field.vtk"));
        Refused("--vectors means nothing to the scene galaxies", "run", "galaxies", "--vectors", "2");
        Assert.That(File.Exists(In("field.vtk")), Is.False);
        Assert.That(() => new FieldData(new double[6]) { Vectors = 4 }.Write(In("field.csv")), Throws.ArgumentException);
    }

    [Test]
    public void A_scene_tells_how_many_it_had()
    {
        FmmOutcome outcome = FmmOutcome.Of("run", "cube", "--n", "2000", "--vectors", "4", "--json");
        Assert.That(outcome.Output, Does.Contain("\"vectors\": 4"), outcome.Error);
        Assert.That(FmmOutcome.Of("run", "cube", "--n", "2000", "--vectors", "4").Output, Does.Contain("targets 2000, 4 charge vectors"));
    }

    private static string Run(params string[] arguments)
    {
        FmmOutcome outcome = FmmOutcome.Of(arguments);
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        return outcome.Output;
    }

    private static void Refused(string reason, params string[] arguments)
    {
        FmmOutcome outcome = FmmOutcome.Of(arguments);
        Assert.That((outcome.Code, outcome.Output), Is.EqualTo((2, "")));
        Assert.That(outcome.Error, Does.Contain(reason));
    }

    private static string Table(string[] columns, int seed)
    {
        Random random = new(seed);
        return $"{string.Join(',', columns)}\n" + string.Concat(Enumerable.Range(0, Points).Select(_ => string.Join(',', columns.Select(_ => random.NextDouble().ToString(CultureInfo.InvariantCulture))) + "\n"));
    }

    private static (string[] Names, double[][] Rows) Read(string table)
    {
        string[] lines = table.TrimEnd().Split('\n');
        return (lines[0].Split(','), [.. lines[1..].Select(line => line.Split(',').Select(number => double.Parse(number, CultureInfo.InvariantCulture)).ToArray())]);
    }
}
