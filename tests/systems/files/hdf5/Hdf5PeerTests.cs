using System.Globalization;
using System.Numerics;
using Fmm.Files;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>h5py and h5dump read what we write, and we read what h5py writes, in both of its file versions.</summary>
internal sealed class Hdf5PeerTests : CommandFixture
{
    // name: a dataset of 997 x 3 doubles in each of the layouts that h5py writes; other types and shapes beside it.
    private const string Writer = """
        x = (np.arange(997 * 3) * 37 % 1024 / 1024.).reshape(997, 3)
        f = h5py.File('peer.h5', 'w', libver=LIBVER)
        f['contiguous'] = x
        f.create_dataset('chunks', data=x, chunks=(64, 3))
        f.create_dataset('columns', data=x, chunks=(100, 1))
        f.create_dataset('blocks', data=x, chunks=(100, 2))
        f.create_dataset('chosen', data=x, chunks=True)
        f.create_dataset('gzip', data=x, compression='gzip', shuffle=True)
        f.create_dataset('checked', data=x, chunks=(50, 3), fletcher32=True)
        f.create_dataset('all', data=x, chunks=(50, 2), compression='gzip', shuffle=True, fletcher32=True)
        f.create_dataset('one', data=x, chunks=(997, 3), compression='gzip')
        f.create_dataset('grows', data=x, maxshape=(None, 3))
        f.create_dataset('growstoo', data=x, maxshape=(None, None), chunks=(31, 2), compression='gzip')
        f['deep/in/groups'] = x
        f['link'] = h5py.SoftLink('/contiguous')
        f['single'] = x.astype('f4')
        f['i4'] = np.arange(-3, 7, dtype='i4'); f['i8'] = np.arange(-3, 7, dtype='i8'); f['u2'] = np.arange(10, dtype='u2'); f['bool'] = np.arange(10) % 2 == 0
        f['c16'] = np.arange(5) + 1j; f['c8'] = (np.arange(5) + 1j).astype('c8')
        f['cube'] = np.arange(60 * 7 * 5.).reshape(60, 7, 5); f.create_dataset('cubes', data=f['cube'][:], chunks=(7, 3, 2))
        f.create_dataset('unwritten', shape=(30, 3), dtype='f8', fillvalue=2.)
        f.create_dataset('partly', shape=(1000, 3), dtype='f8', chunks=(100, 3)); f['partly'][500:600] = 1
        f['scalar'] = 3.5
        f['empty'] = np.zeros((0, 3))
        f['big'] = x.astype('>f8'); f['bigpair'] = (np.arange(5) + 1j).astype('>c16')
        f.create_dataset('lzf', data=x, compression='lzf')
        f['text'] = 'hello'
        f.attrs['text'] = 'hello'; f.attrs['n'] = 3; f.attrs['f'] = np.float32(2.5); f.attrs['list'] = [1., 2.]; f.attrs['yes'] = True
        f.close()
        """;

    private static readonly string[] _same = ["contiguous", "chunks", "columns", "blocks", "chosen", "gzip", "checked", "all", "one", "grows", "growstoo", "deep/in/groups", "link"];

    [TestCase("earliest")]
    [TestCase("latest")]
    public void WeReadEveryLayoutOfH5py(string version)
    {
        DebianPython.Run(Folder, Writer.Replace("LIBVER", $"'{version}'", StringComparison.Ordinal));
        using Hdf5File file = Hdf5File.Open(In("peer.h5"));
        double[] expected = [.. Enumerable.Range(0, 997 * 3).Select(i => i * 37 % 1024 / 1024.0)];
        foreach (string path in _same)
        {
            Hdf5Dataset dataset = file.Dataset(path);
            double[] whole = new double[dataset.Count], slabs = new double[dataset.Count];
            dataset.Read<double>(whole);
            for (int row = 0; row < 997; row += 90) dataset.ReadRows<double>(row, slabs.AsSpan(3 * row, 3 * Math.Min(90, 997 - row)));

            Assert.That(whole, Is.EqualTo(expected), path);
            Assert.That(slabs, Is.EqualTo(whole), path);
        }

        Assert.That((Sum(file, "cube"), Sum(file, "cubes")), Is.EqualTo((2100.0 * 2099 / 2, 2100.0 * 2099 / 2)));
        Assert.That((Sum(file, "unwritten"), Sum(file, "partly"), Sum(file, "scalar"), Sum(file, "empty")), Is.EqualTo((180.0, 300.0, 3.5, 0.0)));
        Assert.That((Sum(file, "i4"), Sum(file, "i8"), Sum(file, "u2"), Sum(file, "bool")), Is.EqualTo((15.0, 15.0, 45.0, 5.0)));
        Assert.That(Complexes(file, "c16"), Is.EqualTo(Complexes(file, "c8")).And.EqualTo(Enumerable.Range(0, 5).Select(i => new Complex(i, 1))));
        Assert.That((file.Dataset("single").Type, file.Dataset("c8").Type, file.Dataset("text").Type), Is.EqualTo((Hdf5Type.Single, Hdf5Type.ComplexSingle, Hdf5Type.Text)));
        float[] single = new float[997 * 3];
        file.Dataset("single").Read<float>(single);
        Assert.That(single, Is.EqualTo(expected.Select(one => (float)one)));
        Hdf5Attributes attributes = file.Attributes();
        Assert.That((attributes.Text("text"), attributes.Integer("n"), attributes.Number("f"), attributes.Integer("yes")), Is.EqualTo(("hello", 3L, 2.5, 1L)));
        Assert.That(attributes.Numbers("list"), Is.EqualTo(Of(1.0, 2.0)));
    }

    [TestCase("earliest")]
    [TestCase("latest")]
    public void WhatIsNotReadIsRefusedInAClearLine(string version)
    {
        DebianPython.Run(Folder, Writer.Replace("LIBVER", $"'{version}'", StringComparison.Ordinal));
        using Hdf5File file = Hdf5File.Open(In("peer.h5"));
        Assert.That(Fault(file, "big"), Does.EndWith("peer.h5: big: its numbers are big-endian, which is not read here; write them little-endian, such as h5py does for dtype '<f8'"));
        Assert.That(Fault(file, "bigpair"), Does.Contain("bigpair: its numbers are big-endian"));
        Assert.That(Fault(file, "lzf"), Does.Contain("lzf: it is compressed by a filter that can't be undone here (lzf, number 32000); write it with gzip, or none: h5repack -f NONE"));
        Assert.That(Fault(file, "text"), Does.Contain("its elements are text, not numbers"));
    }

    [Test]
    public void H5pyReadsEveryLayoutOfOurs()
    {
        WriteAll();
        string said = DebianPython.Run(Folder, """
            f = h5py.File('ours.h5')
            x = np.arange(3000).reshape(1000, 3) * .5
            for name in ['data/plain', 'data/chunks', 'data/gzip', 'data/one', 'data/checked']:
                assert f[name].dtype == 'f8' and (f[name][:] == x).all() and (f[name][100:700:7] == x[100:700:7]).all(), name
            g = f['data/gzip']
            assert g.chunks == (300, 3) and g.compression == 'gzip' and g.shuffle and not g.fletcher32 and f['data/one'].fletcher32 and f['data/checked'].fletcher32
            assert f['data/plain'].chunks is None and f['empty'].shape == (0, 3)
            assert f['f'].dtype == 'f4' and f['i'].dtype == 'i4' and f['l'].dtype == 'i8' and f['c'].dtype == 'c16'
            print(f['f'][:], f['i'][:].ravel(), f['l'][:], f['c'][:])
            print(f.attrs['text'], f['data'].attrs['whole'], f['data/plain'].attrs['number'], f['data'].attrs['list'])
            """);
        Assert.That(said, Is.EqualTo("[1. 2.] [3 4] [5 6] [1.+2.j 3.-4.j]\nhello 7 0.1 [1.  2.5]"));
    }

    [Test]
    public void H5dumpReadsEveryLayoutOfOurs()
    {
        WriteAll();
        string header = DebianPython.Dump(Folder, "-H", "-p", "ours.h5");
        Assert.That(header, Does.Contain("H5T_IEEE_F64LE").And.Contain("SIMPLE { ( 1000, 3 ) / ( 1000, 3 ) }").And.Contain("COMPRESSION DEFLATE").And.Contain("CHECKSUM FLETCHER32"));
        foreach (string path in (string[])["plain", "chunks", "gzip", "one", "checked"])
        {
            string rows = DebianPython.Dump(Folder, "-y", "-w", "0", "-d", $"/data/{path}", "-s", "998,0", "-c", "2,3", "ours.h5");
            Assert.That(rows, Does.Contain("1497, 1497.5, 1498").And.Contain("1498.5, 1499, 1499.5"), path);
        }
    }

    private void WriteAll()
    {
        double[] x = [.. Enumerable.Range(0, 3000).Select(i => 0.5 * i)];
        using Hdf5Writer writer = Hdf5Writer.Create(In("ours.h5"));
        writer.Attribute("/", "text", "hello");
        writer.Attribute("data", "whole", 7L);
        writer.Attribute("data", "list", [1, 2.5]);
        writer.Attribute("data/plain", "number", 0.1);
        writer.Dataset<double>("data/plain", x, [1000, 3]);
        writer.Dataset<double>("data/chunks", x, [1000, 3], new Hdf5Layout(300));
        writer.Dataset<double>("data/gzip", x, [1000, 3], new Hdf5Layout(300, Gzip: true));
        writer.Dataset<double>("data/one", x, [1000, 3], new Hdf5Layout(Gzip: true, Fletcher32: true));
        writer.Dataset<double>("data/checked", x, [1000, 3], new Hdf5Layout(7, Fletcher32: true));
        writer.Dataset<float>("f", Of(1f, 2f), [2]);
        writer.Dataset<int>("i", Of(3, 4), [2, 1]);
        writer.Dataset<long>("l", Of(5L, 6L), [2]);
        writer.Dataset<Complex>("c", Of<Complex>(new(1, 2), new(3, -4)), [2]);
        writer.Dataset<double>("empty", Array.Empty<double>(), [0, 3]);
        writer.Save();
    }

    private static double Sum(Hdf5File file, string path)
    {
        double[] all = new double[file.Dataset(path).Count];
        file.Dataset(path).Read<double>(all);
        return all.Sum();
    }

    private static Complex[] Complexes(Hdf5File file, string path)
    {
        Complex[] all = new Complex[5];
        file.Dataset(path).Read<Complex>(all);
        return all;
    }

    private static string Fault(Hdf5File file, string path) => string.Create(
        CultureInfo.InvariantCulture, $"{Assert.Throws<DataFileException>(() => file.Dataset(path).Read<double>(new double[file.Dataset(path).Count]))!.Message}");

    private static T[] Of<T>(params T[] values) => values;
}
