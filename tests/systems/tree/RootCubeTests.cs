using Fmm.Components;
using NUnit.Framework;

namespace Fmm.Tests.Tree;

public sealed class RootCubeTests
{
    [Test]
    public void The_cube_is_centred_on_the_box_and_slightly_wider()
    {
        RootCube domain = RootCube.Enclose(new Position(-1, 0, 2), new Position(3, 1, 2));
        Assert.That((domain.Centre.X, domain.Centre.Y, domain.Centre.Z), Is.EqualTo((1.0, 0.5, 2.0)));
        Assert.That(domain.HalfWidth, Is.GreaterThan(2).And.LessThan(2 * (1 + 3e-6)));
    }

    [Test]
    public void Coincident_points_get_a_cube_with_a_width([Values(0, 1, -1e6, 1e200)] double x) =>
        Assert.That(RootCube.Enclose(new Position(x, x, x), new Position(x, x, x)).HalfWidth, Is.EqualTo(Math.Max(1, Math.Abs(x) / (1 << 20))).Within(3e-4).Percent);

    [Test]
    public void Centres_of_nodes_are_exact([Values(0.1, 1e-12, 3e9)] double unit, [Values(0, 1, 700)] double far)
    {
        RootCube domain = RootCube.Enclose(new Position(unit * far, 0, -0.3 * unit), new Position(unit * (far + 1.7), unit, unit));
        for (int level = 0; level <= Morton.MaxLevel; level++)
        {
            double half = NodeGeometry.HalfWidth(domain, level);
            Position first = NodeGeometry.Centre(domain, level, 0), next = NodeGeometry.Centre(domain, level, level == 0 ? 0UL : 7UL);
            if (level > 0) Assert.That((next.X - first.X, next.Y - first.Y, next.Z - first.Z), Is.EqualTo((2 * half, 2 * half, 2 * half)), $"level {level}");
        }
    }

    [Test]
    public void No_points_get_the_unit_cube() =>
        Assert.That(RootCube.Enclose(new Position(1, 1, 1), new Position(-1, -1, -1)).HalfWidth, Is.EqualTo(1));

    [Test]
    public void Points_that_differ_in_the_last_bit_far_out_lie_in_the_cube()
    {
        double near = 1e6, next = Math.BitIncrement(near);
        RootCube domain = RootCube.Enclose(new Position(near, near, near), new Position(next, near, near));
        Assert.That(domain.Centre.X - domain.HalfWidth, Is.LessThan(near));
        Assert.That(domain.Centre.X + domain.HalfWidth, Is.GreaterThan(next));
    }

    [Test]
    public void Settings_refuse_values_out_of_range()
    {
        Assert.That(() => new TreeSettings(0), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("at least 1"));
        Assert.That(() => new TreeSettings(1, 22), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("between 0 and 21"));
        Assert.That(() => new TreeSettings(1, null, -1), Throws.InstanceOf<ArgumentOutOfRangeException>().With.Message.Contains("between 0 and 21"));
    }
}
