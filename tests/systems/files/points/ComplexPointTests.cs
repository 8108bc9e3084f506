using Fmm.Components;
using Fmm.Files;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Complex charges as h5py and numpy write them: one complex number each.</summary>
internal sealed class ComplexPointTests : CommandFixture
{
    private const int Count = 500;
    private static readonly string[] _waves = ["--kernel", "helmholtz", "--parameter", "k=3"];

    // All are whole multiples of 2^-10, exact in single precision.
    private const string Points = """
        n = 500
        x = ((np.arange(3 * n) * 37) % 1024 / 1024.).reshape(n, 3)
        q = (np.arange(n) * 11 % 64) / 64. - .5 + 1j * (np.arange(n) % 8) / 8.

        """;

    [TestCase("p.h5", "f = h5py.File('p.h5', 'w'); f['particle_data/sources'] = x; f['particle_data/source_densities'] = q")]
    [TestCase("p.h5", "f = h5py.File('p.h5', 'w'); f['particle_data/sources'] = x; f['particle_data/source_densities'] = q[:, None].astype('c8')")]
    [TestCase("p.h5", "f = h5py.File('p.h5', 'w'); f['sources'] = x; f.create_dataset('source_densities', data=q, chunks=(77,), compression='gzip', shuffle=True)")]
    [TestCase("p.h5", "f = h5py.File('p.h5', 'w'); f['sources'] = np.c_[x, q]")]
    [TestCase("p.npz", "np.savez('p.npz', sources=x, source_densities=q)")]
    [TestCase("p.npz", "np.savez_compressed('p.npz', sources=x, source_densities=q.astype('>c8'))")]
    [TestCase("p.npy", "np.save('p.npy', np.c_[x, q])")]
    [TestCase("p.npy", "np.save('p.npy', np.asfortranarray(np.c_[x, q].astype('c8')))")]
    [TestCase("p.npy", "np.save('p.npy', np.c_[x, q].astype('>c16'))")]
    public void They_are_charges_of_a_real_and_an_imaginary_part(string name, string script)
    {
        DebianPython.Run(Folder, Points + script);
        PointSet read = PointSet.Read(In(name), components: 2);
        Assert.That(read.Sources, Is.EqualTo(Enumerable.Range(0, Count).Select(i => new Position(Coordinate(3 * i), Coordinate((3 * i) + 1), Coordinate((3 * i) + 2)))));
        Assert.That(read.Charges, Is.EqualTo(Enumerable.Range(0, Count).SelectMany(i => new[] { (i * 11 % 64 / 64.0) - 0.5, i % 8 / 8.0 })));

        static double Coordinate(int i) => i * 37 % 1024 / 1024.0;
    }

    [Test]
    public void Their_field_is_that_of_two_columns()
    {
        DebianPython.Run(Folder, Points + """
            f = h5py.File('one.h5', 'w'); f['sources'] = x; f['source_densities'] = q
            f = h5py.File('two.h5', 'w'); f['sources'] = x; f['source_densities'] = np.c_[q.real, q.imag]
            """);
        FmmOutcome one = FmmOutcome.Of(["evaluate", "--sources", In("one.h5"), .. _waves]), two = FmmOutcome.Of(["evaluate", "--sources", In("two.h5"), .. _waves]);
        Assert.That(one.Code, Is.Zero, one.Error);
        Assert.That(one.Output, Does.StartWith("potential_re,potential_im\n").And.EqualTo(two.Output));
    }

    [TestCase("f['sources'] = x; f['source_densities'] = q", "laplace", "source_densities: its elements are complex, and this kernel's charges are real: write one part of them, such as numpy.real, or take a kernel of complex charges, such as helmholtz")]
    [TestCase("f['sources'] = x; f['source_densities'] = np.c_[q, q, q]", "stokes", "source_densities: its elements are complex, and this kernel's charges are real")]
    [TestCase("f['sources'] = x; f['source_densities'] = np.c_[q, q]", "helmholtz", "source_densities has the shape (500, 2); the charges of sources are (500,) or (500, 1)")]
    [TestCase("f['sources'] = x; f['source_densities'] = q.astype('>c16')", "helmholtz", "source_densities: its numbers are big-endian")]
    [TestCase("f['sources'] = x + 1j; f['source_densities'] = q", "helmholtz", "sources: its elements are ComplexDouble and can't be read as double precision")]
    [TestCase("x = x + 0j; x[7, 1] = .5 + 2j; f['sources'] = np.c_[x, q]", "helmholtz", "sources[7, 1] has the imaginary part 2; coordinates are real")]
    [TestCase("q[9] = complex(1, np.nan); f['sources'] = x; f['source_densities'] = q", "helmholtz", "source_densities[9] is 1 + NaNi; coordinates and charges must be finite")]
    public void What_fits_no_charge_is_refused_by_name(string script, string kernel, string words)
    {
        DebianPython.Run(Folder, $"{Points}f = h5py.File('p.h5', 'w'); {script}");
        FmmOutcome outcome = FmmOutcome.Of(["evaluate", "--sources", In("p.h5"), .. kernel == "helmholtz" ? _waves : ["--kernel", kernel]]);
        Assert.That((outcome.Code, outcome.Output), Is.EqualTo((2, "")), outcome.Error);
        Assert.That(outcome.Error, Does.Contain($"{In("p.h5")}: {words}"));
    }
}
