using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Files;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>A world in a file and back: every bit, every name, or a refusal that leaves the world alone.</summary>
internal sealed class WorldFileTests : CommandFixture
{
    [Test]
    public void EveryColumnComesBackInANewWorld()
    {
        using World world = Peopled();
        WorldFile.Save(In("world.h5"), world);
        using World other = World.Create();
        WorldFile.Restore(In("world.h5"), other);
        Assert.That((Snapshot.Hash(other), other.Size), Is.EqualTo((Snapshot.Hash(world), world.Size)));
        Archetype rows = other.Rows(Signature.Of(ComponentType.Of<Delta>(), ComponentType.Block<Tag, float>()), 2);
        Assert.That((rows.Count, rows.Chunk.ReadBlock<Tag, float>().Stride, rows.Chunk.ReadBlock<Tag, float>().Span[11]), Is.EqualTo((4, 3, 5.5f)));
    }

    [Test]
    public void EveryKindOfFieldComesBackToTheBit()
    {
        using World world = World.Create();
        Kinds kinds = new()
        {
            Double = BitConverter.Int64BitsToDouble(0x7FF8_0000_0000_1234),
            Single = BitConverter.Int32BitsToSingle(0x7FC0_1234),
            Int64 = long.MinValue,
            UInt64 = ulong.MaxValue,
            Int32 = int.MinValue,
            UInt32 = uint.MaxValue,
            Int16 = short.MinValue,
            UInt16 = ushort.MaxValue,
            SByte = sbyte.MinValue,
            Byte = byte.MaxValue,
            Letter = '\uffff',
            IsTrue = true,
            Second = 1,
            Third = 2,
            Fourth = 3,
            Choice = LevelOrder.TopDown,
        };
        for (int i = 0; i < 3; i++) kinds.Array[i] = -i - 0.0;
        Entity one = world.Create(kinds, new Empty());
        WorldFile.Save(In("world.h5"), world);
        using World other = World.Create();
        WorldFile.Restore(In("world.h5"), other);
        Kinds found = other.Read<Kinds>(other.Query(new QueryDescription().WithAll<Kinds, Empty>()).Matches[0].Chunk.Entity(0));
        Assert.That(MemoryMarshal.AsBytes(new Span<Kinds>(ref found)).ToArray(), Is.EqualTo(MemoryMarshal.AsBytes(new Span<Kinds>(ref kinds)).ToArray()));
        Assert.That(world.IsAlive(one), Is.True);
    }

    [Test]
    public void NamesInComponentsNameTheSameRowsInAnotherWorld()
    {
        using World world = World.Create();
        Entity dead = world.Create(new Alpha { Value = 1 }), sun = world.Create(new Alpha { Value = 2 });
        world.Destroy(dead);
        Archetype rows = world.Rows(Signature.Of(ComponentType.Of<Delta>()), 1);
        rows.SetCount(3);
        rows.Chunk.Write<Delta>()[2].Value = 7;
        world.Create(new Links { To = sun, Kind = 3, Row = rows.Chunk.Entity(2), Gone = dead, None = Entity.Null });
        WorldFile.Save(In("world.h5"), world);

        using World other = World.Create();
        other.Rows(Signature.Of(ComponentType.Of<Gamma>())).SetCount(1); // Another number for the rows of Delta.
        WorldFile.Restore(In("world.h5"), other);
        Links links = other.Read<Links>(other.Query(new QueryDescription().WithAll<Links>()).Matches[0].Chunk.Entity(0));
        Assert.That((other.Read<Alpha>(links.To).Value, links.Kind, other.Read<Delta>(links.Row).Value), Is.EqualTo((2, 3, 7)));
        Assert.That((other.IsAlive(links.Gone), other.IsAlive(links.None), world.IsAlive(links.To)), Is.EqualTo((false, false, false)));
        Entity[] made = [.. Enumerable.Range(0, 5).Select(_ => other.Create(new Alpha()))];
        Assert.That(made, Has.None.EqualTo(links.Gone).And.None.EqualTo(links.To).And.Unique);
    }

    [Test]
    public void RestoringGoesBackInTheSameWorldAndNewNamesStayDead()
    {
        using World world = Peopled();
        Entity kept = world.Query(new QueryDescription().WithAll<Position>()).Matches[0].Chunk.Entity(3);
        ulong hash = Snapshot.Hash(world);
        WorldFile.Save(In("world.h5"), world);
        Entity later = world.Create(new Gamma());
        world.Destroy(kept);
        Entity reused = world.Create(new Gamma());
        WorldFile.Restore(In("world.h5"), world);
        Assert.That((Snapshot.Hash(world), world.IsAlive(kept), world.IsAlive(later), world.IsAlive(reused)), Is.EqualTo((hash, true, false, false)));
        Assert.That(world.Create(new Gamma()), Is.Not.EqualTo(later).And.Not.EqualTo(reused));
    }

    [Test]
    public void ClockAndStateComeBackToTheBit()
    {
        using World world = World.Create();
        SimulationClock clock = new(0.1);
        world.SetResource(clock);
        for (int i = 0; i < 7; i++) clock.Advance();
        clock.SetLength(0.3);
        clock.Advance();
        SavedState state = new();
        state.Set("scene", "galaxies: \u03c6");
        state.Set("seed", long.MaxValue);
        state.Set("start", double.NaN);
        state.Set("sums", [0.1, -0.0, double.PositiveInfinity]);
        WorldFile.Save(In("world.h5"), world, state);

        using World other = World.Create();
        SavedState found = WorldFile.Restore(In("world.h5"), other);
        Assert.That(other.Resource<SimulationClock>().Save(), Is.EqualTo(clock.Save()));
        Assert.That((found.Text("scene"), found.Integer("seed"), found.Number("start")), Is.EqualTo(("galaxies: \u03c6", long.MaxValue, double.NaN)));
        Assert.That(found.Numbers("sums").Select(BitConverter.DoubleToInt64Bits), Is.EqualTo(state.Numbers("sums").Select(BitConverter.DoubleToInt64Bits)));
        Assert.That(WorldFile.ReadState(In("world.h5")).Names, Is.EqualTo(state.Names));
        Assert.That(Assert.Throws<DataFileException>(() => found.Number("seed"))!.Message, Does.Contain("world.h5").And.Contain("seed"));
    }

    [Test]
    public void AnEmptyWorldComesBackEmpty()
    {
        using World world = World.Create(), other = Peopled();
        WorldFile.Save(In("world.h5"), world);
        WorldFile.Restore(In("world.h5"), other);
        Assert.That((other.Size, Snapshot.Hash(other)), Is.EqualTo((0, Snapshot.Hash(world))));
    }

    [Test]
    public void OtherToolsReadColumnsByName()
    {
        using World world = Peopled();
        WorldFile.Save(In("world.h5"), world);
        string found = DebianPython.Run(Folder, "f = h5py.File('world.h5')\np = f['rows/0/Position']\nprint(p.shape, p.dtype, p.attrs['fields'], p[3].tolist(), f['rows/0'].attrs['count'])");
        Assert.That(found, Is.EqualTo("(40, 3) float64 X, Y, Z [3.0, 0.5, -3.0] 40"));
        Assert.That(DebianPython.Dump(Folder, "-d", "/rows/0/Mass", "world.h5"), Does.Contain("H5T_IEEE_F64LE").And.Contain("( 40 )"));
    }

    [Test]
    public void ADamagedFileIsRefusedAndTheWorldStands()
    {
        using World world = Peopled(), other = World.Create();
        other.Create(new Alpha { Value = 5 });
        ulong hash = Snapshot.Hash(other), saved = Snapshot.Hash(world);
        WorldFile.Save(In("world.h5"), world);
        byte[] bytes = File.ReadAllBytes(In("world.h5"));
        int refused = 0;
        for (int at = 9; at < bytes.Length; at += bytes.Length / 80)
        {
            byte[] damaged = [.. bytes];
            damaged[at] ^= 0x10;
            File.WriteAllBytes(In("damaged.h5"), damaged);
            try
            {
                using World third = World.Create();
                WorldFile.Restore(In("damaged.h5"), third);
                Assert.That(Snapshot.Hash(third), Is.EqualTo(saved), $"byte {at} is of nothing");
            }
            catch (DataFileException fault)
            {
                refused++;
                Assert.That(fault.Message, Does.StartWith(In("damaged.h5")).And.Contain("another"));
                Assert.Throws<DataFileException>(() => WorldFile.Restore(In("damaged.h5"), other));
                Assert.That(Snapshot.Hash(other), Is.EqualTo(hash));
            }
        }
        Assert.That(refused, Is.GreaterThan(20));
        File.WriteAllBytes(In("damaged.h5"), bytes[..(bytes.Length / 2)]);
        Assert.That(Assert.Throws<DataFileException>(() => WorldFile.Restore(In("damaged.h5"), other))!.Message, Does.Contain("cut off"));
    }

    [Test]
    public void AForeignFileIsRefused()
    {
        using World world = World.Create();
        using (Hdf5Writer file = Hdf5Writer.Create(In("field.h5")))
        {
            file.Dataset<double>("field/potential", new double[3], [3]);
            file.Save();
        }
        Assert.That(Assert.Throws<DataFileException>(() => WorldFile.Restore(In("field.h5"), world))!.Message, Does.Contain("no file of a world").And.Contain("--checkpoint"));
        Assert.That(Assert.Throws<DataFileException>(() => WorldFile.Restore(In("none.h5"), world))!.Message, Does.Contain("no such file"));
        Assert.That(Assert.Throws<DataFileException>(() => WorldFile.Restore(WriteCube(3), world))!.Message, Does.Contain("no HDF5 file"));
    }

    [Test]
    public void AComponentThatHoldsAnAddressIsRefused()
    {
        using World world = World.Create();
        world.Create(new Addressed { Address = 1 });
        Assert.That(Assert.Throws<ArgumentException>(() => WorldFile.Save(In("world.h5"), world))!.Message, Does.Contain(nameof(Addressed)).And.Contain("address"));
        Assert.That(Directory.GetFiles(Folder), Is.Empty);
    }

    [Test]
    public void WhatTheMethodMeasuredComesBackAndItsNextUpdateChoosesAnew()
    {
        (World world, FmmMethod method) = Charged(new Calibration(8, 1));
        (World other, FmmMethod another) = Charged(Calibration.Reference);
        using (world)
        using (method)
        using (other)
        using (another)
        {
            method.Schedule.Update(default);
            another.Schedule.Update(default);
            Assert.That((method.Leaf.NearOverFar, method.Leaf.Samplings, another.Leaf.NearOverFar), Is.EqualTo((8, 1, 1)));
            WorldFile.Save(In("world.h5"), world);
            WorldFile.Restore(In("world.h5"), other);
            Assert.That(another.World.CountEntities(new QueryDescription().WithAll<Charge>()), Is.EqualTo(3000));
            method.Schedule.Update(default);
            another.Schedule.Update(default);
            Assert.That((another.Leaf.NearOverFar, another.LeafCapacity, method.Leaf.Samplings, another.Leaf.Samplings), Is.EqualTo((8, method.LeafCapacity, 2, 2)));
            Assert.That(HostRows(other), Is.EqualTo(HostRows(world)));
        }

        static (World, FmmMethod) Charged(Calibration calibration)
        {
            World world = World.Create();
            Random random = new(3);
            for (int i = 0; i < 3000; i++) world.Create(new Position(random.NextDouble(), random.NextDouble(), random.NextDouble()), new Charge(1), new Potential());
            return (world, FmmSchedule.Create(world, new Laplace(), new FmmOptions { Order = 4, Calibration = calibration }, FmmEntities.Of(new QueryDescription().WithAll<Charge>())));
        }

        static double[] HostRows(World world) => [.. MemoryMarshal.Cast<Potential, double>(world.Query(new QueryDescription().WithAll<Potential>()).Matches[0].Chunk.Read<Potential>())];
    }

    private static World Peopled()
    {
        World world = World.Create();
        for (int i = 0; i < 41; i++) world.Create(new Position(i, 0.5, -i), new Mass(1.0 / (i + 1)));
        world.Destroy(world.Query(new QueryDescription().WithAll<Mass>()).Matches[0].Chunk.Entity(40));
        for (int i = 0; i < 5; i++) world.Create(new Alpha { Value = i }, new Delta { Value = -i });
        Archetype rows = world.Rows(Signature.Of(ComponentType.Of<Delta>(), ComponentType.Block<Tag, float>()), 2);
        rows.SetStride<Tag, float>(3);
        rows.SetCount(4);
        Span<float> block = rows.Chunk.WriteBlock<Tag, float>().Span;
        for (int i = 0; i < block.Length; i++) block[i] = i / 2f;
        return world;
    }

    private struct Links
    {
        public Entity To;
        public int Kind;
        public Entity Row, Gone, None;
    }

    private struct Empty;

    private struct Addressed
    {
        public nint Address;
    }

    [InlineArray(3)]
    private struct Three
    {
        private double _first;
    }

    private struct Kinds
    {
        public double Double;
        public float Single;
        public uint UInt32;
        public long Int64;
        public ulong UInt64;
        public int Int32;
        public short Int16;
        public ushort UInt16;
        public Three Array;
        public sbyte SByte;
        public byte Byte;
        public char Letter;
        public bool IsTrue;
        public byte Second, Third, Fourth;
        public LevelOrder Choice;
    }
}
