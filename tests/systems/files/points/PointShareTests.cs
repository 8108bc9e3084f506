using Fmm.Files;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Files of points read by shares of their rows: together they are what is read at once.</summary>
internal sealed class PointShareTests : CommandFixture
{
    private const string Points = """
        n = 131
        x = ((np.arange(3 * n) * 37) % 1024 / 1024.).reshape(n, 3)
        q = (np.arange(n) * 11 % 64) / 64. - .5
        t = x[:10] + 2

        """;

    [TestCase("p.h5", "f = h5py.File('p.h5', 'w'); f['particle_data/sources'] = x; f['particle_data/source_densities'] = q; f['particle_data/targets'] = t")]
    [TestCase("p.h5", "f = h5py.File('p.h5', 'w'); f.create_dataset('sources', data=x, chunks=(17, 3), compression='gzip'); f['source_densities'] = q[:, None]; f['targets'] = t")]
    [TestCase("p.h5:rows", "f = h5py.File('p.h5', 'w'); f['rows'] = np.c_[x, q]")]
    [TestCase("p.npy", "np.save('p.npy', np.c_[x, q])")]
    [TestCase("p.npy", "np.save('p.npy', np.asfortranarray(np.c_[x, q].astype('>f4')))")]
    [TestCase("p.npz", "np.savez('p.npz', sources=x, source_densities=q, targets=t)")]
    [TestCase("p.npz", "np.savez_compressed('p.npz', sources=np.asfortranarray(x), source_densities=q, targets=t)")]
    public void Shares_of_the_rows_are_all_rows(string name, string script)
    {
        DebianPython.Run(Folder, Points + script);
        DataLocation at = DataLocation.Of(In(name), DataFormat.Csv);
        PointSet all = PointSet.Read(In(name));
        foreach (int parts in (int[])[1, 2, 5, 140])
        {
            PointSet[] shares = [.. Enumerable.Range(0, parts).Select(part => PointFiles.Read(at, new PointRequest(1) { Share = new RowShare(part, parts) }))];
            Assert.That(shares.SelectMany(share => share.Sources), Is.EqualTo(all.Sources));
            Assert.That(shares.SelectMany(share => share.Charges), Is.EqualTo(all.Charges));
            Assert.That(shares.SelectMany(share => share.Targets ?? []), Is.EqualTo(all.Targets ?? []));
            Assert.That(shares.Max(share => share.Sources.Length) - shares.Min(share => share.Sources.Length), Is.LessThanOrEqualTo(1));
        }
    }

    [TestCase("p.h5", "f = h5py.File('p.h5', 'w'); f['sources'] = x; f['source_densities'] = q")]
    [TestCase("p.npz", "np.savez('p.npz', sources=np.asfortranarray(x), source_densities=q)")]
    public void Complex_charges_are_shared_likewise(string name, string script)
    {
        DebianPython.Run(Folder, $"{Points}q = q + 1j * np.arange(n)\n{script}");
        PointSet all = PointSet.Read(In(name), components: 2);
        double[] shares = [.. Enumerable.Range(0, 3).SelectMany(part => PointFiles.Read(DataLocation.Of(In(name), DataFormat.Csv), new PointRequest(2) { Share = new RowShare(part, 3) }).Charges)];
        Assert.That(shares, Is.EqualTo(all.Charges));
    }

    [TestCase("p.h5", "f = h5py.File('p.h5', 'w'); f['sources'] = x; f['source_densities'] = q")]
    [TestCase("p.npz", "np.savez('p.npz', sources=x, source_densities=q)")]
    public void What_is_not_finite_is_named_by_its_place_in_the_file(string name, string script)
    {
        DebianPython.Run(Folder, $"{Points}x[100, 1] = np.nan\n{script}");
        DataLocation at = DataLocation.Of(In(name), DataFormat.Csv);
        Assert.That(PointFiles.Read(at, new PointRequest(1) { Share = new RowShare(0, 2) }).Sources, Has.Length.EqualTo(66));
        Assert.That(() => PointFiles.Read(at, new PointRequest(1) { Share = new RowShare(1, 2) }), Throws.TypeOf<DataFileException>().With.Message.Contains("sources[100, 1] is NaN"));
    }
}
