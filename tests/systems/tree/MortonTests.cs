using Fmm.Components;
using NUnit.Framework;

#pragma warning disable NUnit1027 // FsCheck supplies the arguments of a property.

namespace Fmm.Tests.Tree;

public sealed class MortonTests
{
    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool Decoding_undoes_encoding(uint a, uint b, uint c)
    {
        (uint x, uint y, uint z) = (Cell(a), Cell(b), Cell(c));
        return Morton.Decode(Morton.Encode(x, y, z)) == (x, y, z);
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool A_key_interleaves_the_bits_with_x_lowest(uint a, uint b, uint c)
    {
        (uint x, uint y, uint z) = (Cell(a), Cell(b), Cell(c));
        ulong key = 0;
        for (int bit = 0; bit < 21; bit++)
        {
            key |= (ulong)((x >> bit) & 1) << (3 * bit);
            key |= (ulong)((y >> bit) & 1) << ((3 * bit) + 1);
            key |= (ulong)((z >> bit) & 1) << ((3 * bit) + 2);
        }

        return Morton.Encode(x, y, z) == key;
    }

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public bool A_parent_holds_the_halved_cell(uint a, uint b, uint c)
    {
        (uint x, uint y, uint z) = (Cell(a), Cell(b), Cell(c));
        Span<ulong> parent = stackalloc ulong[1];
        Morton.Parents([Morton.Encode(x, y, z)], parent);
        return Morton.Decode(parent[0]) == (x >> 1, y >> 1, z >> 1) && parent[0] == Morton.Ancestor(Morton.Encode(x, y, z), 1);
    }

    [Test]
    public void Neighbours_are_those_of_the_model([Values(0, 1, 2, 5, 21)] int level, [Values(1, 2, 3)] int seed)
    {
        Random random = new(seed);
        int limit = 1 << level;
        for (int round = 0; round < 50; round++)
        {
            int x = Pick(random, limit), y = Pick(random, limit), z = Pick(random, limit);
            List<ulong> expected = [];
            for (int direction = 0; direction < 27; direction++)
            {
                int nx = x + (direction % 3) - 1, ny = y + (direction / 3 % 3) - 1, nz = z + (direction / 9) - 1;
                if (direction != 13 && nx >= 0 && ny >= 0 && nz >= 0 && nx < limit && ny < limit && nz < limit)
                    expected.Add(Morton.Encode((uint)nx, (uint)ny, (uint)nz));
            }

            ulong[] found = new ulong[26];
            int count = Morton.Neighbours(Morton.Encode((uint)x, (uint)y, (uint)z), level, found);
            Assert.That(found.Take(count), Is.EqualTo(expected));
        }
    }

    [Test]
    public void Parents_refuse_spans_of_different_length() =>
        Assert.That(() => Morton.Parents(new ulong[3], new ulong[2]), Throws.ArgumentException.With.Message.Contains("3 keys"));

    [Test]
    public void A_run_of_keys_decodes_as_each_of_them()
    {
        Random random = new(4);
        ulong[] keys = [.. Enumerable.Range(0, 100).Select(_ => (ulong)random.NextInt64())];
        uint[] cells = new uint[3 * keys.Length];
        Morton.Decode(keys, cells);
        for (int i = 0; i < keys.Length; i++)
            Assert.That((cells[3 * i], cells[(3 * i) + 1], cells[(3 * i) + 2]), Is.EqualTo(Morton.Decode(keys[i])));

        Assert.That(() => Morton.Decode(keys, new uint[5]), Throws.ArgumentException.With.Message.Contains("300 cells"));
    }

    [Test]
    public void A_run_of_points_gets_the_keys_of_each_and_points_outside_the_nearest_cell()
    {
        RootCube domain = new(new Position(1, -2, 3), 0.5);
        Position[] points = [new(1, -2, 3), new(0.6, -2.4, 3.4), new(-9, -2, 3), new(1, 7e9, 3), new(1.5, -1.5, 3.5), new(0.5, -2.5, 2.5)];
        ulong[] keys = new ulong[points.Length];
        NodeGeometry.Keys(domain, points, keys);
        Assert.That(keys, Is.EqualTo(points.Select(point => NodeGeometry.Key(domain, point))));
        Assert.That(Morton.Decode(keys[2]).X, Is.Zero);
        Assert.That((Morton.Decode(keys[3]).Y, Morton.Decode(keys[4]).Z), Is.EqualTo((Morton.MaxCells - 1u, Morton.MaxCells - 1u)));
        Assert.That(keys[5], Is.Zero);
        Assert.That(() => NodeGeometry.Keys(domain, points, new ulong[2]), Throws.ArgumentException.With.Message.Contains("6 points"));
    }

    [Test]
    public void Octet_tables_agree_with_cells()
    {
        for (int octant = 0; octant < 8; octant++)
        {
            for (int octet = 0; octet < 27; octet++)
            {
                for (int other = 0; other < 8; other++)
                {
                    int dx = Offset(octant, octet, other, 0), dy = Offset(octant, octet, other, 1), dz = Offset(octant, octet, other, 2);
                    bool near = Math.Max(Math.Abs(dx), Math.Max(Math.Abs(dy), Math.Abs(dz))) <= 1;
                    Assert.That((OctetAdjacency.Near(octant, octet) >> other & 1) == 1, Is.EqualTo(near));
                    Assert.That((OctetAdjacency.Far(octant, octet) >> other & 1) == 1, Is.Not.EqualTo(near));
                    if (near)
                    {
                        int direction = dx + 1 + (3 * (dy + 1)) + (9 * (dz + 1));
                        Assert.That(OctetAdjacency.Direction(octant, octet, other), Is.EqualTo(direction));
                        Assert.That(OctetAdjacency.Step(octant, direction, out int neighbour), Is.EqualTo(octet));
                        Assert.That(neighbour, Is.EqualTo(other));
                        Assert.That(OctetAdjacency.Reach(octant) >> octet & 1, Is.EqualTo(1));
                    }
                }
            }
        }
    }

    private static int Offset(int octant, int octet, int other, int axis)
    {
        int step = (axis == 0 ? octet % 3 : axis == 1 ? octet / 3 % 3 : octet / 9) - 1;
        return (2 * step) + ((other >> axis) & 1) - ((octant >> axis) & 1);
    }

    private static int Pick(Random random, int limit) => random.Next(3) == 0 ? (random.Next(2) * (limit - 1)) : random.Next(limit);

    private static uint Cell(uint value) => unchecked(value * 2654435761u) >> 11;
}
