using Fmm.Components;
using Fmm.Files;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Points of files of every form: the same points whatever the form, and what is no points is refused by name.</summary>
internal sealed class PointFileTests : CommandFixture
{
    // x, q and t are the points, charges and targets that Expected has; all are whole multiples of 2^-10, exact in single precision.
    private const string Points = """
        n = 500
        x = ((np.arange(3 * n) * 37) % 1024 / 1024.).reshape(n, 3)
        q = (np.arange(n) * 11 % 64) / 64. - .5
        t = x[:50] + 2

        """;

    // Each ends in an output file of its own name, without the ending of HDF5 where it has one.
    [TestCase("p.h5", "f = h5py.File('p.h5', 'w'); f['particle_data/sources'] = x; f['particle_data/source_densities'] = q")]
    [TestCase("p.h5", "f = h5py.File('p.h5', 'w'); f['particle_data/sources'] = x; f['particle_data/source_densities'] = q[:, None]")]
    [TestCase("p.h5", "f = h5py.File('p.h5', 'w'); f['particle_data/sources'] = x.astype('f4'); f['particle_data/source_densities'] = q.astype('f4')")]
    [TestCase("p.h5", "f = h5py.File('p.h5', 'w', libver='latest'); f['sources'] = x; f['source_densities'] = q")]
    [TestCase("p.hdf5", "f = h5py.File('p.hdf5', 'w'); f.create_dataset('particle_data/sources', data=x, compression='gzip', shuffle=True, fletcher32=True); f.create_dataset('particle_data/source_densities', data=q, chunks=(77,))")]
    [TestCase("p.h5:run/7", "f = h5py.File('p.h5', 'w'); f['run/7/sources'] = x; f['run/7/source_densities'] = q; f['particle_data/sources'] = x + 1")]
    [TestCase("p.h5:rows", "f = h5py.File('p.h5', 'w'); f['rows'] = np.c_[x, q]")]
    [TestCase("p.h5:g/places", "f = h5py.File('p.h5', 'w'); f['g/places'] = x; f['g/source_densities'] = q")]
    [TestCase("p.npy", "np.save('p.npy', np.c_[x, q])")]
    [TestCase("p.npy", "np.save('p.npy', np.asfortranarray(np.c_[x, q]))")]
    [TestCase("p.npy", "np.save('p.npy', np.c_[x, q].astype('>f8'))")]
    [TestCase("p.npy", "np.save('p.npy', np.c_[x, q].astype('<f4'))")]
    [TestCase("p.npy", "np.save('p.npy', np.asfortranarray(np.c_[x, q].astype('>f4')))")]
    [TestCase("p.npz", "np.savez('p.npz', sources=x, source_densities=q)")]
    [TestCase("p.npz", "np.savez_compressed('p.npz', sources=np.asfortranarray(x), source_densities=q[:, None])")]
    public void EveryFormHoldsTheSamePoints(string name, string script)
    {
        DebianPython.Run(Folder, Points + script);
        PointSet read = PointSet.Read(In(name));
        PointSet expected = Expected();
        Assert.That(read.Sources, Is.EqualTo(expected.Sources));
        Assert.That(read.Charges, Is.EqualTo(expected.Charges));
        Assert.That(read.Targets, Is.Null);
    }

    [TestCase("p.h5", "f = h5py.File('p.h5', 'w'); f['particle_data/sources'] = x; f['particle_data/source_densities'] = q; f['particle_data/targets'] = t")]
    [TestCase("p.npz", "np.savez('p.npz', sources=x, source_densities=q, targets=t)")]
    public void TargetsOfTheFileAreRead(string name, string script)
    {
        DebianPython.Run(Folder, Points + script);
        Position[] expected = [.. Expected().Sources.Take(50).Select(one => new Position(one.X + 2, one.Y + 2, one.Z + 2))];
        Assert.That(PointSet.Read(In(name)).Targets, Is.EqualTo(expected));
        Assert.That(PointSet.ReadTargets(In(name)), Is.EqualTo(expected));
    }

    [Test]
    public void WholeNumbersAreReadByTheirValue()
    {
        DebianPython.Run(Folder, "np.savez('p.npz', sources=np.arange(6).reshape(2, 3), source_densities=np.array([1, -1], 'i4'))");
        PointSet read = PointSet.Read(In("p.npz"));
        Assert.That((read.Sources[1], read.Charges[1]), Is.EqualTo((new Position(3, 4, 5), -1.0)));
    }

    [Test]
    public void VectorsAreReadAsChargesOfThreeNumbers()
    {
        DebianPython.Run(Folder, Points + "f = h5py.File('p.h5', 'w'); f['particle_data/sources'] = x; f['particle_data/source_densities'] = x * 2");
        PointSet read = PointSet.Read(In("p.h5"), components: 3);
        Assert.That(read.Charges, Is.EqualTo(Expected().Sources.SelectMany(one => new[] { 2 * one.X, 2 * one.Y, 2 * one.Z })));
    }

    [TestCase("f['particle_data/targets'] = x", "there is no particle_data/sources and no sources; there are particle_data/targets: name one by ")]
    [TestCase("f['particle_data/sources'] = x", "there are no charges: particle_data/source_densities is missing beside particle_data/sources; there are particle_data/sources")]
    [TestCase("f['particle_data/sources'] = x.T; f['particle_data/source_densities'] = q", "particle_data/sources has the shape (3, 500); sources are (N, 3)")]
    [TestCase("f['particle_data/sources'] = x.ravel(); f['particle_data/source_densities'] = q", "particle_data/sources has the shape (1500); points are a table of rows")]
    [TestCase("f['particle_data/sources'] = x; f['particle_data/source_densities'] = q[1:]", "particle_data/source_densities has the shape (499); the charges of particle_data/sources are (500,) or (500, 1)")]
    [TestCase("f['particle_data/sources'] = x; f['particle_data/source_densities'] = q + 1j", "particle_data/source_densities: its elements are complex, and this kernel's charges are real: write one part of them, such as numpy.real, or take")]
    [TestCase("f['particle_data/sources'] = x.astype('S8'); f['particle_data/source_densities'] = q", "its elements are text, not numbers")]
    [TestCase("f['particle_data/sources'] = x.astype('>f8'); f['particle_data/source_densities'] = q", "its numbers are big-endian")]
    [TestCase("f['particle_data/sources'] = x[:0]; f['particle_data/source_densities'] = q[:0]", "has no points")]
    [TestCase("x[17, 1] = np.nan; f['particle_data/sources'] = x; f['particle_data/source_densities'] = q", "particle_data/sources[17, 1] is NaN; coordinates and charges must be finite")]
    [TestCase("q[499] = -np.inf; f['particle_data/sources'] = x; f['particle_data/source_densities'] = q", "particle_data/source_densities[499] is -Infinity")]
    public void WhatIsNoPointsIsRefusedByName(string script, string words)
    {
        DebianPython.Run(Folder, $"{Points}f = h5py.File('p.h5', 'w'); {script}");
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", In("p.h5"), "--output", In("out.h5"));
        Assert.That((outcome.Code, outcome.ErrorLines.Length, File.Exists(In("out.h5"))), Is.EqualTo((2, 1, false)), outcome.Error);
        Assert.That(outcome.Error, Does.StartWith($"fmm: {In("p.h5")}: ").And.Contain(words));
    }

    [TestCase("np.save('p.npy', x)", "it has the shape (500, 3); sources are (N, 4), x, y, z and the charge in a row")]
    [TestCase("np.save('p.npy', np.c_[x, q].astype('f2'))", "its elements are '<f2', which is not read here; take f8, f4, i8, i4, c16 or c8")]
    [TestCase("np.save('p.npy', np.c_[x, q] + 1j)", "its elements are complex")]
    [TestCase("np.save('p.npy', np.array([1, 'a'], dtype=object), allow_pickle=True)", "is none of an array of numbers")]
    [TestCase("np.save('p.npy', np.c_[x, q]); open('p.npy', 'r+').truncate(5000)", "the file is cut off")]
    [TestCase("open('p.npy', 'w').write('x,y,z,q')", "this is no array of NumPy")]
    [TestCase("x[3, 2] = np.inf; np.save('p.npy', np.c_[x, q])", "array[3, 2] is Infinity")]
    public void WhatIsNoArrayOfPointsIsRefused(string script, string words)
    {
        DebianPython.Run(Folder, Points + script);
        Assert.That(Assert.Throws<DataFileException>(() => PointSet.Read(In("p.npy")))!.Message, Does.StartWith(In("p.npy")).And.Contain(words));
    }

    [Test]
    public void AnArchiveThatIsNoneOrCutOffIsRefused()
    {
        DebianPython.Run(Folder, Points + "np.savez('p.npz', sources=x, source_densities=q); open('p.npz', 'r+').truncate(9000)");
        Assert.That(Assert.Throws<DataFileException>(() => PointSet.Read(In("p.npz")))!.Message, Does.Contain("this is no archive of NumPy, or it is cut off"));
        Assert.That(Assert.Throws<DataFileException>(() => PointSet.Read(In("nowhere.npz")))!.Message, Does.Contain("there is no such file"));
    }

    [Test]
    public void ADrawingIsNotRead() =>
        Assert.That(Assert.Throws<DataFileException>(() => PointSet.Read(Write("p.vtk", "")))!.Message, Does.Contain("VTK is written for ParaView and not read"));

    private static PointSet Expected()
    {
        Position[] points = new Position[500];
        double[] charges = new double[500];
        for (int i = 0; i < 500; i++)
        {
            points[i] = new Position(3 * i * 37 % 1024 / 1024.0, ((3 * i) + 1) * 37 % 1024 / 1024.0, ((3 * i) + 2) * 37 % 1024 / 1024.0);
            charges[i] = (i * 11 % 64 / 64.0) - 0.5;
        }

        return new PointSet(points, charges, null);
    }
}
