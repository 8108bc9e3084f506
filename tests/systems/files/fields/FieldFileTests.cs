using System.Globalization;
using System.Xml.Linq;
using Fmm.Components;
using Fmm.Files;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Fields in files of every form, as h5py, numpy and a reader of VTK's own find them: the same bits as in CSV.</summary>
internal sealed class FieldFileTests : ShellFixture
{
    // Reads legacy VTK by its specification, in a few lines of its own.
    internal const string VtkReader = """
        def vtk(name):
            data = open(name, 'rb').read(); at = 0; out = {}
            def line():
                nonlocal at
                end = data.index(b'\n', at); text = data[at:end].decode(); at = end + 1
                return text
            def numbers(count, kind):
                nonlocal at
                size = np.dtype(kind).itemsize * count
                values = np.frombuffer(data[at:at + size], kind); at += size
                assert data[at:at + 1] == b'\n'; at += 1
                return values
            assert line() == '# vtk DataFile Version 3.0' and len(line()) < 256 and line() == 'BINARY' and line() == 'DATASET POLYDATA'
            n = int(line().split()[1]); out['points'] = numbers(3 * n, '>f8').reshape(n, 3)
            word, cells, size = line().split(); assert word == 'VERTICES' and int(cells) == n and int(size) == 2 * n
            out['vertices'] = numbers(2 * n, '>i4').reshape(n, 2)
            assert line() == f'POINT_DATA {n}'
            while at < len(data):
                words = line().split()
                if words[0] == 'SCALARS': assert line() == 'LOOKUP_TABLE default'
                out[words[1]] = numbers(n * {'SCALARS': 1, 'VECTORS': 3, 'TENSORS': 9}[words[0]], '>f8')
            return out

        """;

    private static readonly double[] _inverses = [1, 0.5], _nothing = [0];

    [TestCase("")]
    [TestCase("--gradient")]
    [TestCase("--kernel stokes --gradient")]
    public void EveryFormHoldsTheBitsOfTheTable(string options)
    {
        bool vectors = options.Contains("stokes", StringComparison.Ordinal);
        string sources = WriteCube(300);
        if (vectors) File.WriteAllLines(sources, File.ReadAllLines(sources).Select((line, i) => i == 0 ? "x,y,z,qx,qy,qz" : $"{line},1,-2"));
        foreach (string output in (string[])["f.csv", "f.h5", "f.npy", "f.npz", "f.vtk", "drawn.xdmf"])
        {
            FmmOutcome outcome = FmmOutcome.Of(["evaluate", "--sources", sources, "--output", In(output), .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries)]);
            Assert.That(outcome.Code, Is.Zero, outcome.Error);
        }

        Assert.That(Directory.GetFiles(Folder).Select(Path.GetFileName).Order(StringComparer.Ordinal), Is.EqualTo("cube.csv drawn.h5 drawn.xdmf f.csv f.h5 f.npy f.npz f.vtk".Split(' ')));
        string said = DebianPython.Run(Folder, VtkReader + """
            table = np.loadtxt('f.csv', delimiter=',', skiprows=1, ndmin=2); places = np.loadtxt('cube.csv', delimiter=',', skiprows=1)[:, :3]
            n = len(table); c = 1 if table.shape[1] in (1, 4) else 3
            u = table[:, :c]; g = table[:, c:]
            def same(a, b): return a.size == b.size and (np.asarray(a).ravel() == b.ravel()).all()
            f = h5py.File('f.h5'); z = np.load('f.npz'); v = vtk('f.vtk'); d = h5py.File('drawn.h5'); a = np.load('f.npy')
            shape = (n,) if c == 1 else (n, 3)
            assert f['field/potential'].shape == shape == z['potential'].shape == d['field/potential'].shape
            for one in (f['field/potential'][:], z['potential'], v['potential'], d['field/potential'][:], a if g.size == 0 else a[:, :c]): assert same(one, u)
            assert (v['points'] == places).all() and (d['particle_data/targets'][:] == places).all()
            assert (v['vertices'][:, 0] == 1).all() and (v['vertices'][:, 1] == np.arange(n)).all()
            if g.size:
                assert f['field/gradient'].shape == z['gradient'].shape == ((n, 3) if c == 1 else (n, 3, 3))
                for one in (f['field/gradient'][:], z['gradient'], v['gradient'], d['field/gradient'][:], a[:, c:]): assert same(one, g)
            else: assert 'field/gradient' not in f
            print(n, c, g.size // n)
            """);
        Assert.That(said, Is.EqualTo(vectors ? "300 3 9" : options.Length > 0 ? "300 1 3" : "300 1 0"));
    }

    [TestCase("--force", 0)]
    [TestCase("--gradient --force", 3)]
    public void ForcesStandBehindPotentialAndGradientInEveryForm(string options, int gradient)
    {
        string sources = WriteCube(300);
        foreach (string output in (string[])["f.csv", "f.h5", "f.npy", "f.npz", "f.vtk", "drawn.xdmf"])
        {
            FmmOutcome outcome = FmmOutcome.Of(["evaluate", "--sources", sources, "--output", In(output), .. options.Split(' ')]);
            Assert.That(outcome.Code, Is.Zero, outcome.Error);
        }

        FmmOutcome.Of("evaluate", "--sources", sources, "--gradient", "--output", In("g.npy"));
        string said = DebianPython.Run(Folder, VtkReader + """
            header = open('f.csv').readline().strip().split(','); table = np.loadtxt('f.csv', delimiter=',', skiprows=1)
            q = np.loadtxt('cube.csv', delimiter=',', skiprows=1)[:, 3]; g = np.load('g.npy')
            assert header[-3:] == ['fx', 'fy', 'fz']
            force = table[:, -3:]
            assert (table[:, 0] == g[:, 0]).all() and (force == -q[:, None] * g[:, 1:]).all() and (force != 0).all()
            f = h5py.File('f.h5'); z = np.load('f.npz'); v = vtk('f.vtk'); d = h5py.File('drawn.h5'); a = np.load('f.npy')
            assert a.shape == table.shape and (a == table).all()
            for one in (f['field/force'][:], z['force'], v['force'].reshape(-1, 3), d['field/force'][:]): assert one.shape == (300, 3) and (one == force).all()
            assert ('gradient' in z) == ('field/gradient' in f) == ('gradient' in v) == (table.shape[1] == 7)
            print(table.shape[1] - 4, open('drawn.xdmf').read().count('drawn.h5:/field/force'))
            """);
        Assert.That(said, Is.EqualTo($"{gradient} 1"));
    }

    [Test]
    public void SecondDerivativesStandInEveryForm()
    {
        string sources = WriteCube(200);
        foreach (string output in (string[])["f.csv", "f.h5", "f.npy", "f.npz", "f.vtk", "drawn.xdmf"])
        {
            FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", sources, "--hessian", "--force", "--verify", "50", "--output", In(output));
            Assert.That(outcome.Code, Is.Zero, outcome.Error);
        }

        string said = DebianPython.Run(Folder, VtkReader + """
            header = open('f.csv').readline().strip().split(','); table = np.loadtxt('f.csv', delimiter=',', skiprows=1)
            assert header == 'potential,fx,fy,fz,hxx,hxy,hxz,hyy,hyz,hzz'.split(',')
            p = np.loadtxt('cube.csv', delimiter=',', skiprows=1); d = p[:, None, :3] - p[None, :, :3]; r = np.sqrt((d ** 2).sum(2)) + np.eye(200)
            w = p[None, :, 3] * (1 - np.eye(200)) / (4 * np.pi * r ** 3)
            full = 3 * np.einsum('ij,ija,ijb->iab', w / r ** 2, d, d) - w.sum(1)[:, None, None] * np.eye(3)
            h = table[:, 4:]; upper = full[:, [0, 0, 0, 1, 1, 2], [0, 1, 2, 1, 2, 2]]
            assert np.abs(h - upper).max() < 1e-5 * np.abs(upper).max()
            f = h5py.File('f.h5'); z = np.load('f.npz'); v = vtk('f.vtk'); x = h5py.File('drawn.h5'); a = np.load('f.npy')
            assert (a == table).all() and f['field'].attrs['error_hessian_l2'] < 1e-5
            for one in (f['field/hessian'][:], z['hessian'], x['field/hessian'][:]): assert one.shape == (200, 6) and (one == h).all()
            nine = v['hessian'].reshape(-1, 3, 3)
            assert (nine == nine.transpose(0, 2, 1)).all() and (nine[:, [0, 0, 0, 1, 1, 2], [0, 1, 2, 1, 2, 2]] == h).all()
            print('AttributeType="Tensor6"' in open('drawn.xdmf').read())
            """);
        Assert.That(said, Is.EqualTo("True"));
    }

    [Test]
    public void ATensorOfNineNumbersStandsInEveryForm()
    {
        FieldData field = new(Enumerable.Range(0, 27).Select(i => 0.1 * i).ToArray()) { Components = 9, Targets = new Position[3] };
        foreach (string output in (string[])["f.csv", "f.h5", "f.npy", "f.npz", "f.vtk", "drawn.xdmf"]) field.Write(In(output));
        string said = DebianPython.Run(Folder, VtkReader + """
            header = open('f.csv').readline().strip(); table = np.loadtxt('f.csv', delimiter=',', skiprows=1)
            assert (table == (.1 * np.arange(27)).reshape(3, 9)).all()
            for one in (h5py.File('f.h5')['field/potential'][:], np.load('f.npy'), np.load('f.npz')['potential'], h5py.File('drawn.h5')['field/potential'][:]): assert (one == table).all()
            assert (vtk('f.vtk')['potential'] == table.ravel()).all()
            print(header, 'AttributeType="Tensor" Center="Node"' in open('drawn.xdmf').read())
            """);
        Assert.That(said, Is.EqualTo("pxx,pxy,pxz,pyx,pyy,pyz,pzx,pzy,pzz True"));
        Assert.That(() => (field with { Gradients = new double[81] }).Write(In("g.vtk")), Throws.ArgumentException.With.Message.Contains("no arrays of a tensor's derivatives"));
    }

    [Test]
    public void AttributesSayWhatRan()
    {
        FmmOutcome outcome = FmmOutcome.Of(
            "evaluate", "--sources", WriteCube(2000), "--kernel", "yukawa", "--parameter", "k=2.5", "--order", "5", "--leaf", "50", "--precision", "single", "--gradient", "--verify", "20", "--output", In("f.h5"));
        Assert.That(outcome.Code, Is.Zero, outcome.Error);
        using Hdf5File file = Hdf5File.Open(In("f.h5"));
        Hdf5Attributes field = file.Attributes("field");
        Assert.That(
            (field.Text("kernel"), field.Text("parameters"), field.Integer("order"), field.Text("precision"), field.Text("normalisation"), field.Integer("error_samples")),
            Is.EqualTo(("yukawa", "k=2.5", 5L, "single", "exp(-k r)/(4 pi r)", 20L)));
        Assert.That(field.Text("version"), Does.Match(@"^\d+\.\d+\.\d+"));
        Assert.That(file.Attributes().Text("created_by"), Is.EqualTo("Fmm Engine"));
        foreach (string error in (string[])["error_potential_l2", "error_potential_linf", "error_gradient_l2"]) Assert.That(field.Number(error), Is.GreaterThan(0).And.LessThan(0.1), error);
    }

    [Test]
    public void WithoutVerifyNoErrorIsClaimed()
    {
        FmmOutcome.Of("evaluate", "--sources", WriteCube(100), "--output", In("f.h5"));
        using Hdf5File file = Hdf5File.Open(In("f.h5"));
        Assert.That(file.Attributes("field").Names, Has.None.StartsWith("error"));
    }

    [Test]
    public void XdmfNamesDatasetsOfTheirShapes()
    {
        FmmOutcome.Of("evaluate", "--sources", WriteCube(100), "--gradient", "--output", In("a & b.xdmf"));
        XElement grid = XDocument.Load(In("a & b.xdmf")).Root!.Element("Domain")!.Element("Grid")!;
        Assert.That(grid.Element("Topology")!.Attribute("NumberOfElements")!.Value, Is.EqualTo("100"));
        XElement[] items = [.. grid.Descendants("DataItem")];
        using Hdf5File file = Hdf5File.Open(In("a & b.h5"));
        Assert.That(items, Has.Length.EqualTo(3));
        foreach (XElement item in items)
        {
            string[] place = item.Value.Split(":/");
            Assert.That(place[0], Is.EqualTo("a & b.h5"));
            Assert.That(string.Join(' ', file.Dataset(place[1]).Shape), Is.EqualTo(item.Attribute("Dimensions")!.Value));
        }
    }

    [Test]
    public void TargetsOfTheFileAreUsedWithANote()
    {
        DebianPython.Run(Folder, "f = h5py.File('p.h5', 'w'); f['particle_data/sources'] = [[0., 0, 0]]; f['particle_data/source_densities'] = [4 * np.pi]; f['particle_data/targets'] = [[1., 0, 0], [0, 2, 0]]");
        FmmOutcome atTargets = FmmOutcome.Of("evaluate", "--sources", In("p.h5"));
        Assert.That(Numbers(atTargets), Is.EqualTo(_inverses).Within(1e-15));
        Assert.That(atTargets.ErrorLines[0], Is.EqualTo($"fmm: note: {In("p.h5")}: the field is computed at its particle_data/targets; for that at the sources say --targets {In("p.h5")}:particle_data/sources"));
        FmmOutcome atSources = FmmOutcome.Of("evaluate", "--sources", In("p.h5"), "--targets", In("p.h5") + ":particle_data/sources");
        Assert.That(Numbers(atSources), Is.EqualTo(_nothing));
        Assert.That(atSources.Error, Does.Not.Contain("note"));
    }

    [TestCase("--sources in.h5 --output - --format xdmf", "XDMF is two files, of which one names the other, and so never goes into a pipe")]
    [TestCase("--sources in.h5 --output pipe --output-format xdmf", "XDMF is two files")]
    [TestCase("--sources in.h5 --output in.h5", "in.h5 is read by this run and would be replaced, with all that is in it")]
    [TestCase("--sources in.h5 --output in.xdmf", "in.h5 is read by this run and would be replaced")]
    public void WhatHdf5CanNotDoIsRefusedAtOnce(string arguments, string words)
    {
        DebianPython.Run(Folder, "f = h5py.File('in.h5', 'w'); f['sources'] = np.eye(3); f['source_densities'] = np.ones(3)");
        FmmOutcome outcome = Shell($"mkfifo pipe; cp in.h5 before; $FMM evaluate {arguments}; code=$?; cmp in.h5 before && exit $code");
        Assert.That((outcome.Code, outcome.ErrorLines.Length, Partials.Length), Is.EqualTo((2, 1, 0)), outcome.Error);
        Assert.That(outcome.Error, Does.Contain(words));
    }

    [Test]
    public void TheFileBesideAnXdmfIsReplacedOnlyWhereItHoldsAField()
    {
        string cube = WriteCube(100), beside = Write("drawn.h5", "something else");
        FmmOutcome refused = FmmOutcome.Of("evaluate", "--sources", cube, "--output", In("drawn.xdmf"));
        Assert.That((refused.Code, File.ReadAllText(beside), File.Exists(In("drawn.xdmf"))), Is.EqualTo((2, "something else", false)));
        Assert.That(refused.Error, Does.Contain("drawn.h5 beside it would be replaced and holds no field"));
        File.Delete(beside);
        using (Hdf5Writer writer = Hdf5Writer.Create(beside))
        {
            writer.Dataset<double>("particle_data/sources", new double[3], [1, 3]);
            writer.Save();
        }
        Assert.That(FmmOutcome.Of("evaluate", "--sources", cube, "--output", In("drawn.xdmf")).Error, Does.Contain("drawn.h5 beside it would be replaced and holds particle_data/sources"));
        File.Delete(beside);
        for (int time = 0; time < 2; time++) Assert.That(FmmOutcome.Of("evaluate", "--sources", cube, "--output", In("drawn.xdmf")).Code, Is.Zero);
    }

    [Test]
    public void ArraysOfNumPyGoThroughPipes()
    {
        DebianPython.Run(Folder, "np.save('p.npy', np.array([[0., 0, 0, 4 * np.pi], [2, 0, 0, 0]]))");
        FmmOutcome outcome = Shell("set -o pipefail; cat p.npy | $FMM evaluate --format npy --sources - --output - 2> words | cat > out.npy");
        Assert.That(outcome.Code, Is.Zero);
        Assert.That(DebianPython.Run(Folder, "u = np.load('out.npy'); print(u.shape, np.round(u, 14))"), Is.EqualTo("(2,) [0.  0.5]"));
    }

    [Test]
    public void AProgramWritesAFieldInALine()
    {
        new FieldData(new double[] { 1, 2 }) { Targets = new Position[] { new(0, 0, 0), new(1, 2, 3) } }.Write(In("f.h5"));
        using Hdf5File file = Hdf5File.Open(In("f.h5"));
        Assert.That(file.Datasets(), Is.EqualTo("field/potential particle_data/targets".Split(' ')));
        new FieldData(new double[] { 1, 2 }).Write(In("f.csv"));
        Assert.That(File.ReadAllText(In("f.csv")), Is.EqualTo("potential\n1\n2\n"));
        Assert.That(Assert.Throws<ArgumentException>(() => new FieldData(new double[2]).Write(In("f.vtk")))!.Message, Does.Contain("VTK draws the targets; give them"));
        Assert.That(Assert.Throws<ArgumentException>(() => new FieldData(new double[2], new double[5]).Write(In("g.h5")))!.Message, Does.Contain("gradients are 6 numbers, not 5"));
        Assert.That(Assert.Throws<DataFileException>(() => new FieldData(new double[2]).Write(In("no/f.h5")))!.Message, Does.Contain("there is no folder"));
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(2));
    }

    [Test]
    public void APartThatDoesNotFitTheTargetsIsRefused()
    {
        FieldData field = new(new double[2]) { Forces = new double[5] };
        Assert.That(Assert.Throws<ArgumentException>(() => field.Write(In("f.h5")))!.Message, Does.Contain("force: 5 numbers, not 6: 3 for each of 2 targets"));
        FieldData vector = new(new double[6]) { Components = 3, Forces = new double[6] };
        Assert.That(Assert.Throws<ArgumentException>(() => vector.Write(In("f.h5")))!.Message, Does.Contain("force: it belongs to a potential of one number, and this one has 3"));
        Assert.That(Directory.GetFiles(Folder), Is.Empty);
    }

    private static double[] Numbers(FmmOutcome outcome) =>
        [.. FmmOutcome.Rows(outcome.Output).Select(row => double.Parse(row[0], CultureInfo.InvariantCulture))];
}
