using Fmm.Files;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Damaged and other files: a clear line, never another exception, and never other numbers where a checksum stands.</summary>
internal sealed class Hdf5FaultTests : CommandFixture
{
    private static readonly double[] _values = [.. Enumerable.Range(0, 600).Select(i => Math.Sin(i))];

    [SetUp]
    public void WriteFile()
    {
        using Hdf5Writer writer = Hdf5Writer.Create(In("a.h5"));
        writer.Attribute("group", "order", 6L);
        writer.Dataset<double>("group/plain", _values, [200, 3]);
        writer.Dataset<double>("group/checked", _values, [200, 3], new Hdf5Layout(50, Gzip: true, Fletcher32: true));
        writer.Save();
    }

    [TestCase(0, "the file is empty")]
    [TestCase(1, "this is no HDF5 file")]
    [TestCase(8, "the file is damaged")]
    [TestCase(30, "the file is damaged")]
    [TestCase(100, "the file is cut off: it has 100 of ")]
    [TestCase(3000, "the file is cut off: it has 3000 of ")]
    public void ATruncatedFileIsRefused(int length, string words)
    {
        File.WriteAllBytes(In("b.h5"), File.ReadAllBytes(In("a.h5"))[..length]);
        Assert.That(Assert.Throws<DataFileException>(() => Hdf5File.Open(In("b.h5")))!.Message, Does.StartWith(In("b.h5")).And.Contain(words));
    }

    [Test]
    public void OneByteLessIsRefused()
    {
        byte[] bytes = File.ReadAllBytes(In("a.h5"));
        File.WriteAllBytes(In("b.h5"), bytes[..^1]);
        Assert.That(Assert.Throws<DataFileException>(() => Hdf5File.Open(In("b.h5")))!.Message, Does.Contain("cut off"));
    }

    [Test]
    public void AFlippedByteOfTheSuperblockIsRefused()
    {
        byte[] bytes = File.ReadAllBytes(In("a.h5"));
        for (int at = 0; at < 48; at++) Assert.Throws<DataFileException>(() => ReadAll(Flipped(bytes, at, 0x10)), $"byte {at}");
    }

    [Test]
    public void AnyFlippedByteIsRefusedOrChangesOnlyWhatNoChecksumGuards()
    {
        byte[] bytes = File.ReadAllBytes(In("a.h5"));
        int elements = bytes.AsSpan().IndexOf(System.Runtime.InteropServices.MemoryMarshal.AsBytes(_values.AsSpan())), read = 0, refused = 0;
        for (int at = 0; at < bytes.Length; at += at >= elements && at < elements + 4800 ? 400 : 1)
        {
            try
            {
                (double[] plain, double[] guarded) = ReadAll(Flipped(bytes, at, (byte)(1 << (at % 8))));
                Assert.That(guarded, Is.EqualTo(_values), $"byte {at}");
                Assert.That(plain.Zip(_values).Count(pair => !pair.First.Equals(pair.Second)), Is.LessThanOrEqualTo(1), $"byte {at}");
                read++;
            }
            catch (DataFileException fault)
            {
                Assert.That(fault.Message, Does.StartWith(In("b.h5")).And.Not.Contain('\n'), $"byte {at}");
                refused++;
            }
        }

        // Nothing guards contiguous elements; of the rest nearly all has a checksum.
        Assert.That(elements, Is.GreaterThan(0));
        Assert.That(read, Is.LessThan(refused / 10), $"{refused} refused");
    }

    [TestCase("earliest")]
    [TestCase("latest")]
    public void AnyFlippedByteOfAFileOfH5pyIsRefusedOrRead(string version)
    {
        DebianPython.Run(Folder, $"""
            f = h5py.File('peer.h5', 'w', libver='{version}')
            x = np.sin(np.arange(60.)).reshape(20, 3)
            f['particle_data/sources'] = x
            f.create_dataset('gz', data=x, chunks=(7, 2), compression='gzip', shuffle=True, fletcher32=True)
            f['gz'].attrs['a'] = 'text'
            f.close()
            """);
        byte[] bytes = File.ReadAllBytes(In("peer.h5"));
        int refused = 0;
        for (int at = 0; at < bytes.Length; at += 3 + (at % 5))
        {
            try
            {
                using Hdf5File file = Hdf5File.Open(Flipped(bytes, at, 0x21));
                foreach (string path in file.Datasets())
                {
                    Hdf5Dataset dataset = file.Dataset(path);
                    if (dataset.Count < 1000) dataset.Read<double>(new double[dataset.Count]);
                    foreach (string name in dataset.Attributes.Names) _ = dataset.Attributes.Shown(name);
                }
            }
            catch (DataFileException)
            {
                refused++;
            }
        }

        Assert.That(refused, Is.GreaterThan(50));
    }

    [Test]
    public void AChunkWhoseChecksumDoesNotMatchIsTold()
    {
        using (Hdf5Writer writer = Hdf5Writer.Create(In("c.h5")))
        {
            writer.Dataset<double>("x", _values, [200, 3], new Hdf5Layout(50, Fletcher32: true));
            writer.Save();
        }

        byte[] bytes = File.ReadAllBytes(In("c.h5"));
        int place = bytes.AsSpan().IndexOf(BitConverter.GetBytes(_values[100]));
        using Hdf5File file = Hdf5File.Open(Flipped(bytes, place, 0x40));
        Assert.That(
            Assert.Throws<DataFileException>(() => file.Dataset("x").Read<double>(new double[600]))!.Message,
            Does.EndWith("b.h5: x: the checksum of a chunk does not match its bytes: the file is damaged; take another copy or write it again"));
    }

    [Test]
    public void OtherFilesAreRefused()
    {
        Refused(Write("text.h5", "x,y,z,q\n0,0,0,1\n"), "this is no HDF5 file, or its first bytes are damaged");
        Refused(In("nowhere.h5"), "there is no such file; check the path");
        Refused(Folder, "this is a folder");
        Refused("/dev/null", "never from a pipe or a device");
    }

    [Test]
    public void WhatCanNotBeWrittenIsRefusedAtOnce()
    {
        Assert.That(Assert.Throws<DataFileException>(() => Hdf5Writer.Create(In("no/such/file.h5")))!.Message, Does.Contain("there is no folder"));
        Assert.That(Assert.Throws<DataFileException>(() => Hdf5Writer.Create(Folder))!.Message, Does.Contain("this is a folder"));
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(In("a.h5"), UnixFileMode.UserRead);
        Assert.That(Assert.Throws<DataFileException>(() => Hdf5Writer.Create(In("a.h5")))!.Message, Does.Contain("read-only"));
    }

    private static void Refused(string path, string words) =>
        Assert.That(Assert.Throws<DataFileException>(() => Hdf5File.Open(path))!.Message, Does.StartWith(path).And.Contain(words));

    private string Flipped(byte[] bytes, int at, byte bits)
    {
        byte[] copy = [.. bytes];
        copy[at] ^= bits;
        File.WriteAllBytes(In("b.h5"), copy);
        return In("b.h5");
    }

    private static (double[] Plain, double[] Checked) ReadAll(string path)
    {
        using Hdf5File file = Hdf5File.Open(path);
        double[] plain = new double[600], guarded = new double[600];
        _ = file.Datasets();
        foreach ((string name, double[] values) in (ReadOnlySpan<(string, double[])>)[("group/plain", plain), ("group/checked", guarded)])
        {
            Hdf5Dataset dataset = file.Dataset(name);
            if (dataset.Count != values.Length || dataset.Type != Hdf5Type.Double) throw new DataFileException(path, $"{name} is of another shape");
            dataset.Read<double>(values);
        }

        return (plain, guarded);
    }
}
