using System.Numerics;
using Fmm.Files;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The HDF5 layer by itself: what is written is read back, by value, and misuse is refused.</summary>
internal sealed class Hdf5LayerTests : CommandFixture
{
    private static readonly Hdf5Layout?[] _layouts =
        [null, new(ChunkRows: 7), new(ChunkRows: 100), new(ChunkRows: 7, Gzip: true), new(Gzip: true, Fletcher32: true), new(ChunkRows: 13, Fletcher32: true), new(ChunkRows: 1)];

    [TestCaseSource(nameof(_layouts))]
    public void RowsComeBackWholeAndInSlabsOfAnySize(Hdf5Layout? layout)
    {
        double[] values = [.. Enumerable.Range(0, 300).Select(i => Math.Sin(i))];
        using (Hdf5Writer writer = Hdf5Writer.Create(In("a.h5")))
        {
            Hdf5Slabs<double> slabs = writer.Slabs<double>("group/rows", [100, 3], layout);
            for (int row = 0; row < 100; row += 9) slabs.Append(values.AsSpan(3 * row, 3 * Math.Min(9, 100 - row)));
            writer.Save();
        }

        using Hdf5File file = Hdf5File.Open(In("a.h5"));
        Hdf5Dataset dataset = file.Dataset("/group/rows");
        double[] whole = new double[300], inSlabs = new double[300];
        dataset.Read<double>(whole);
        for (int row = 0; row < 100; row += 11) dataset.ReadRows<double>(row, inSlabs.AsSpan(3 * row, 3 * Math.Min(11, 100 - row)));
        double[] one = new double[3];
        dataset.ReadRows<double>(57, one);
        Assert.That((whole, inSlabs, one), Is.EqualTo((values, values, values[171..174])));
    }

    [Test]
    public void EveryTypeComesBack()
    {
        Complex[] complex = [new(1, -2), new(0.5, 1e300)];
        using (Hdf5Writer writer = Hdf5Writer.Create(In("a.h5")))
        {
            writer.Dataset<float>("f", Of(1.5f, float.MaxValue), [2]);
            writer.Dataset<int>("i", Of(int.MinValue, 7), [2, 1]);
            writer.Dataset<long>("l", Of(long.MinValue, long.MaxValue), [2]);
            writer.Dataset<Complex>("c", complex, [2], new Hdf5Layout(Gzip: true));
            writer.Dataset<double>("none", Array.Empty<double>(), [0, 3]);
            writer.Save();
        }

        using Hdf5File file = Hdf5File.Open(In("a.h5"));
        Assert.That(Read<float>(file, "f"), Is.EqualTo(Of(1.5f, float.MaxValue)));
        Assert.That(Read<int>(file, "i"), Is.EqualTo(Of(int.MinValue, 7)));
        Assert.That(Read<long>(file, "l"), Is.EqualTo(Of(long.MinValue, long.MaxValue)));
        Assert.That(Read<Complex>(file, "c"), Is.EqualTo(complex));
        Assert.That(Read<double>(file, "none"), Is.Empty);
        Hdf5Type[] types = [.. file.Datasets().Select(path => file.Dataset(path).Type)];
        Assert.That(types, Is.EqualTo(Of(Hdf5Type.ComplexDouble, Hdf5Type.Single, Hdf5Type.Int32, Hdf5Type.Int64, Hdf5Type.Double)));
        Assert.That(file.Dataset("none").Shape, Is.EqualTo(Of<long>(0, 3)));
    }

    [Test]
    public void NumbersAreConvertedByTheirValue()
    {
        using (Hdf5Writer writer = Hdf5Writer.Create(In("a.h5")))
        {
            writer.Dataset<long>("l", Of(3L, -4L), [2]);
            writer.Dataset<float>("f", Of(0.5f, 2f), [2]);
            writer.Dataset<double>("whole", Of(3.0, 5e9), [2]);
            writer.Save();
        }

        using Hdf5File file = Hdf5File.Open(In("a.h5"));
        Assert.That(Read<double>(file, "l"), Is.EqualTo(Of(3.0, -4.0)));
        Assert.That(Read<double>(file, "f"), Is.EqualTo(Of(0.5, 2.0)));
        Assert.That(Read<long>(file, "whole"), Is.EqualTo(Of(3L, 5_000_000_000L)));
        Assert.That(Read<Complex>(file, "f"), Is.EqualTo(Of<Complex>(new(0.5, 0), new(2, 0))));
        Refused(() => Read<int>(file, "whole"), "a.h5: whole: a value can't be read as 32-bit whole numbers");
        Refused(() => Read<long>(file, "f"), "0.5 is not a whole number");
        Refused(() => Read<short>(file, "l"), "take float, double, int, long or Complex");
    }

    [Test]
    public void ComplexNumbersAreNotReadAsRealOnes()
    {
        Save(writer => writer.Dataset<Complex>("c", Of(new Complex(1, 2)), [1]));
        using Hdf5File file = Hdf5File.Open(In("a.h5"));
        Refused(() => Read<double>(file, "c"), "ComplexDouble and can't be read as double precision");
    }

    [Test]
    public void AttributesComeBack()
    {
        Save(writer =>
        {
            writer.Attribute("/", "text", "grün");
            writer.Attribute("x", "whole", 1L << 60);
            writer.Attribute("group", "numbers", [1, 2.5]);
            writer.Attribute("empty/group", "number", 0.1);
            writer.Dataset<double>("x", Of(1.0), [1]);
        });
        using Hdf5File file = Hdf5File.Open(In("a.h5"));
        Assert.That(file.Attributes().Text("text"), Is.EqualTo("grün"));
        Assert.That(file.Dataset("x").Attributes.Integer("whole"), Is.EqualTo(1L << 60));
        Assert.That(file.Attributes("group").Numbers("numbers"), Is.EqualTo(Of(1, 2.5)));
        Assert.That(file.Attributes("empty/group").Number("number"), Is.EqualTo(0.1));
        Assert.That(file.Groups(), Is.EqualTo(Of("empty", "empty/group", "group")));
        Refused(() => file.Attributes("group").Text("nowhere"), "group: the attribute nowhere is missing; there are numbers");
        Refused(() => file.Attributes("group").Number("numbers"), "is not one number");
        Refused(() => file.Attributes().Number("text"), "holds no real numbers");
        Refused(() => file.Attributes("group").Integer("numbers"), "is not a whole number");
    }

    [Test]
    public void AMissingDatasetNamesThoseThatAreThere()
    {
        Save(writer =>
        {
            writer.Dataset<double>("particle_data/sources", new double[3], [1, 3]);
            writer.Dataset<double>("other", new double[3], [3]);
        });
        using Hdf5File file = Hdf5File.Open(In("a.h5"));
        Refused(() => file.Dataset("particle_data/target"), "a.h5: there is no dataset particle_data/target; there are other, particle_data/sources");
        Refused(() => file.Dataset("particle_data"), "particle_data is a group, not a dataset; there are particle_data/sources");
        Refused(() => file.Attributes("nowhere"), "there is no group or dataset nowhere");
        Assert.That((file.Contains("particle_data"), file.Contains("particle_data/nothing"), file.Contains("other/below")), Is.EqualTo((true, false, false)));
    }

    [Test]
    public void WithoutSaveNothingIsLeftAndTheOldFileStays()
    {
        Write("a.h5", "old");
        using (Hdf5Writer writer = Hdf5Writer.Create(In("a.h5")))
        {
            writer.Slabs<double>("x", [10]).Append(new double[5]);
            Assert.That(Assert.Throws<InvalidOperationException>(writer.Save)!.Message, Does.Contain("rows of x are missing"));
        }

        Assert.That(File.ReadAllText(In("a.h5")), Is.EqualTo("old"));
        Assert.That(Directory.GetFiles(Folder), Is.EqualTo(Of(In("a.h5"))));
    }

    [Test]
    public void WhatComesTooLateOrTwiceIsRefused()
    {
        using Hdf5Writer writer = Hdf5Writer.Create(In("a.h5"));
        Hdf5Slabs<double> slabs = writer.Slabs<double>("x", [2, 3]);
        Assert.That(Assert.Throws<ArgumentException>(() => writer.Dataset<double>("x", new double[1], [1]))!.Message, Does.Contain("declared twice"));
        Assert.That(Assert.Throws<ArgumentException>(() => writer.Slabs<double>("x/y", [1]))!.Message, Does.Contain("x is a dataset"));
        Assert.That(Assert.Throws<ArgumentException>(() => writer.Dataset<double>("z", new double[2], [3]))!.Message, Does.Contain("3 elements"));
        Assert.Throws<ArgumentException>(() => slabs.Append(new double[4]));
        slabs.Append(new double[3]);
        Assert.Throws<ArgumentException>(() => slabs.Append(new double[6]));
        Assert.That(Assert.Throws<InvalidOperationException>(() => writer.Attribute("/", "late", 1L))!.Message, Does.Contain("too late"));
    }

    private void Save(Action<Hdf5Writer> declare)
    {
        using Hdf5Writer writer = Hdf5Writer.Create(In("a.h5"));
        declare(writer);
        writer.Save();
    }

    private static T[] Read<T>(Hdf5File file, string path)
        where T : unmanaged
    {
        Hdf5Dataset dataset = file.Dataset(path);
        T[] all = new T[dataset.Count];
        dataset.Read<T>(all);
        return all;
    }

    private static void Refused(Action read, string words) => Assert.That(Assert.Throws<DataFileException>(() => read())!.Message, Does.Contain(words));

    private static T[] Of<T>(params T[] values) => values;
}
