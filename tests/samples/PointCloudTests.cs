using Fmm.Components;
using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The generators: seeded, and distributed as their names say.</summary>
internal sealed class PointCloudTests
{
    [Test]
    public void TheGeneratorIsXoshiro256StarStarSeededBySplitMix64()
    {
        // First outputs of the authors' C code (prng.di.unimi.it) seeded by their splitmix64 from 0.
        Xoshiro256 random = new(0);
        Assert.That((random.Next(), random.Next()), Is.EqualTo((0x99EC5F36CB75F2B4UL, 0xBF6E1F784956452AUL)));
    }

    [Test]
    public void ASeedGivesTheSamePointsAndAnotherSeedOthers()
    {
        Position[] first = PointClouds.Draw(default(UnitSphere), 100, 7);
        Assert.That(PointClouds.Draw(default(UnitSphere), 100, 7), Is.EqualTo(first));
        Assert.That(PointClouds.Draw(default(UnitSphere), 100, 8), Is.Not.EqualTo(first));
    }

    [Test]
    public void PartsOfASequenceAreItsPoints()
    {
        Position[] all = PointClouds.Draw(default(UnitSphere), 100, 7);
        double[] charges = PointClouds.Charges(100, 7);
        Assert.That(PointClouds.Draw(default(UnitSphere), 30, 45, 7), Is.EqualTo(all[30..75]));
        Assert.That(PointClouds.Draw(default(UnitSphere), 100, 0, 7), Is.Empty);
        Assert.That(PointClouds.Charges(30, 45, 7), Is.EqualTo(charges[30..75]));
    }

    [Test]
    public void ChargesLieBetweenMinusAndPlusOneHalfAboutZero()
    {
        double[] charges = PointClouds.Charges(100_000, 1);
        Assert.That(charges, Is.All.InRange(-0.5, 0.5));
        Assert.That(charges.Average(), Is.EqualTo(0).Within(5e-3));
        Assert.That(charges.Select(q => q * q).Average(), Is.EqualTo(1 / 12.0).Within(1e-3));
    }

    [Test]
    public void TheCubeIsFilledEvenly()
    {
        Position[] points = PointClouds.Draw(default(UnitCube), 80_000, 1);
        int[] octants = new int[8];
        foreach (Position p in points)
        {
            Assert.That(p.X is >= 0 and < 1 && p.Y is >= 0 and < 1 && p.Z is >= 0 and < 1);
            octants[(p.X < 0.5 ? 0 : 1) + (p.Y < 0.5 ? 0 : 2) + (p.Z < 0.5 ? 0 : 4)]++;
        }

        Assert.That(octants, Is.All.EqualTo(10_000).Within(500));
    }

    [Test]
    public void TheSpheresPointsLieOnItEvenly()
    {
        Position[] points = PointClouds.Draw(default(UnitSphere), 50_000, 1);
        Assert.That(points.Select(p => p.X * p.X + p.Y * p.Y + p.Z * p.Z), Is.All.EqualTo(1).Within(1e-14));
        // Archimedes: each coordinate is uniform in [-1, 1].
        Assert.That(points.Select(p => p.X * p.X).Average(), Is.EqualTo(1 / 3.0).Within(5e-3));
        Assert.That(points.Select(p => p.Z * p.Z).Average(), Is.EqualTo(1 / 3.0).Within(5e-3));
        Assert.That(points.Select(p => p.Z).Average(), Is.EqualTo(0).Within(1e-2));
    }

    [Test]
    public void TheEllipsoidsPointsLieOnIt() => Assert.That(
        PointClouds.Draw(default(EllipsoidSurface), 1000, 1).Select(p => 16 * p.X * p.X + 16 * p.Y * p.Y + p.Z * p.Z), Is.All.EqualTo(1).Within(1e-14));

    [Test]
    public void APlummerClusterHoldsHalfItsMassWithin1Point3CoreRadii()
    {
        Position[] points = PointClouds.Draw(default(Plummer), 50_000, 1);
        double inside = points.Count(p => p.X * p.X + p.Y * p.Y + p.Z * p.Z < 1.3048 * 1.3048) / 50_000.0;
        Assert.That(inside, Is.EqualTo(0.5).Within(1e-2));
        Assert.That(points.Select(p => p.X * p.X + p.Y * p.Y + p.Z * p.Z), Is.All.LessThanOrEqualTo(1e4 * (1 + 1e-12)));
    }

    [Test]
    public void SeparatedPointsKeepTheirDistance()
    {
        Xoshiro256 random = new(3);
        Position[] points = SeparatedBall.Draw(800, 2, 0.15, ref random);
        double nearest = double.MaxValue;
        for (int i = 0; i < points.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double dx = points[i].X - points[j].X;
                double dy = points[i].Y - points[j].Y;
                double dz = points[i].Z - points[j].Z;
                nearest = Math.Min(nearest, Math.Sqrt(dx * dx + dy * dy + dz * dz));
            }
        }

        Assert.That(nearest, Is.InRange(0.15, 0.2));
        Assert.That(points.Select(p => p.X * p.X + p.Y * p.Y + p.Z * p.Z), Is.All.LessThanOrEqualTo(4));
    }

    [Test]
    public void PointsThatCannotFitAreRefused() => Assert.That(
        () =>
        {
            Xoshiro256 random = new(3);
            return SeparatedBall.Draw(1_000_000, 1, 0.5, ref random);
        },
        Throws.ArgumentException.With.Message.Contains("smaller distance"));
}
