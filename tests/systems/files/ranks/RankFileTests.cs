using Fmm.Engine;
using Fmm.Files;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Files of a program that runs as ranks.</summary>
internal sealed class RankFileTests : CommandFixture
{
    private const string Csv = "x,y,z,q\n1,0,0,1\n2,0,0,2\n3,0,0,3\n4,0,0,4\n5,0,0,5\n";

    [TestCase("p.csv", 1)]
    [TestCase("p.csv", 3)]
    [TestCase("p.h5", 3)]
    [TestCase("p.h5", 7)]
    public void Each_rank_reads_its_share(string name, int count)
    {
        Write("p.csv", Csv);
        PointSet all = PointSet.Read(In("p.csv"));
        using (Hdf5Writer file = Hdf5Writer.Create(In("p.h5")))
        {
            file.Dataset<double>("sources", all.Sources.SelectMany(one => new[] { one.X, one.Y, one.Z }).ToArray(), [5, 3]);
            file.Dataset<double>("source_densities", all.Charges, [5]);
            file.Dataset<double>("targets", all.Sources.SelectMany(one => new[] { one.X, one.Y, one.Z }).ToArray(), [5, 3]);
            file.Save();
        }

        PointSet[] shares = new PointSet[count];
        ThreadRanks.Run(count, ranks => shares[ranks.Rank] = PointSet.Read(In(name), ranks));
        Assert.That(shares.SelectMany(share => share.Sources), Is.EqualTo(all.Sources));
        Assert.That(shares.SelectMany(share => share.Charges), Is.EqualTo(all.Charges));
        // The targets of the file are its sources, whatever a rank sees of them.
        Assert.That(shares.Select(share => share.Targets), Is.All.Null);
    }

    [TestCase("f.csv")]
    [TestCase("f.h5")]
    public void One_file_is_that_of_one_rank(string name)
    {
        Field(0, 5).Write(In("one." + name));
        // The first rank has no rows.
        ThreadRanks.Run(3, ranks => Field(ranks.Rank switch { 0 => 0, 1 => 0, _ => 2 }, ranks.Rank switch { 0 => 0, 1 => 2, _ => 3 }).Write(In(name), ranks));
        Assert.That(File.ReadAllBytes(In(name)), Is.EqualTo(File.ReadAllBytes(In("one." + name))));
    }

    [Test]
    public void Parts_are_the_rows_of_each_rank()
    {
        ThreadRanks.Run(2, ranks => Field(3 * ranks.Rank, 3 - ranks.Rank).WriteParts(In("f.h5"), ranks));
        using Hdf5File index = Hdf5File.Open(In("f.h5")), second = Hdf5File.Open(In("f.1.h5"));
        Assert.That((index.Attributes("field").Integer("parts"), index.Attributes("parts/1").Text("file"), index.Attributes("parts/1").Integer("first_row")), Is.EqualTo((2, "f.1.h5", 3)));
        double[] rows = new double[2];
        second.Dataset("field/potential").Read<double>(rows);
        Assert.That(rows, Is.EqualTo(Field(3, 2).Potentials.ToArray()));
    }

    [Test]
    public void What_one_rank_can_not_do_ends_all_and_leaves_nothing()
    {
        Exception?[] faults = new Exception?[3];
        ThreadRanks.Run(3, ranks =>
        {
            faults[ranks.Rank] = Caught(() => Field(0, 3).WriteParts(ranks.Rank == 1 ? In("nowhere/f.h5") : In("f.h5"), ranks));
        });
        Assert.That(faults[1], Is.TypeOf<DataFileException>());
        Assert.That(new[] { faults[0], faults[2] }, Is.All.TypeOf<RankFailedException>());
        Assert.That(Directory.GetFileSystemEntries(Folder), Is.Empty);
    }

    [Test]
    public void Ranks_with_other_arrays_are_refused()
    {
        Exception?[] faults = new Exception?[2];
        ThreadRanks.Run(2, ranks => faults[ranks.Rank] = Caught(() => (ranks.Rank == 0 ? Field(0, 3) : new FieldData(new double[3])).Write(In("f.csv"), ranks)));
        Assert.That(faults, Is.All.TypeOf<ArgumentException>().With.Message.Contains("rank 1 gives other arrays"));
        Assert.That(Directory.GetFileSystemEntries(Folder), Is.Empty);
    }

    private static FieldData Field(int first, int count) =>
        new(Enumerable.Range(first, count).Select(i => i + 0.25).ToArray(), Enumerable.Range(3 * first, 3 * count).Select(i => -(double)i).ToArray());

    private static Exception? Caught(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (Exception fault)
        {
            return fault;
        }
    }
}
