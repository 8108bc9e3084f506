using System.Globalization;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using Fmm.Tests.Kernels;
using Fmm.Tests.Operators;

namespace Fmm.Tests.Flow;

/// <summary>A configuration that follows from a seed: points, units, charges, kernel, options.</summary>
internal sealed class RandomField
{
    private const double Softening = 1e-8;
    private const int Few = 20;
    private static readonly string[] _kernels = ["laplace", "laplace", "laplace", "yukawa", "yukawa", "stokes", "one way", "skewed", "pull", "blunt", "counting"];
    private readonly string _points, _to, _charged, _kernel;
    private readonly double _charge, _screening;

    /// <summary>Draws the configuration of a seed.</summary>
    public RandomField(int seed)
    {
        Seed = seed;
        Random random = new(seed);
        T Any<T>(params T[] from) => from[random.Next(from.Length)];
        _kernel = Any(_kernels);
        bool own = _kernel is "yukawa" or "blunt", vector = _kernel is "stokes" or "pull";
        int count = random.Next(5) == 0 ? 1 + random.Next(60) : (int)(200 * Math.Pow(vector ? 5 : 15, random.NextDouble()));
        // Powers of two and others.
        Length = random.Next(3) == 0 ? 1 : Math.Pow(10, -12 + (24 * random.NextDouble()));
        _charge = random.Next(3) == 0 ? 1 : Math.Pow(10, -30 + (60 * random.NextDouble()));
        _points = Any(RandomPoints.Kinds);
        // A blunt kernel is harmonic far beyond its length alone, which no box of the far field may come near.
        if (_kernel == "blunt") _points = Any("cube", "sphere", "plummer", "places", "lattice", "plane");
        // Its registers are tried at distance zero in the user's unit, where 1 / e^3 must be a number of single precision.
        if (_kernel == "blunt") Length = Math.Max(Length, 1e-4);
        Sources = Scaled(RandomPoints.Draw(_points, count, random));
        _to = Any("shared", "shared", "twice", "others", "others", "few", "some of them", "beside");
        Position[] others = Scaled(RandomPoints.Draw(_kernel == "blunt" ? "cube" : Any(RandomPoints.Kinds), _to == "few" ? 1 + random.Next(8) : 1 + (count * 3 / 4), random));
        Targets = _to switch
        {
            "shared" => null,
            "twice" => [.. Sources],
            "some of them" => [.. Sources.Where((_, i) => i % 3 == 0), .. others],
            "beside" => [.. others.Select(p => new Position(p.X + (1.5 * Length), p.Y, p.Z - (0.3 * Length)))],
            _ => others,
        };
        _charged = Any("mixed", "mixed", "positive", "alternating", "one", "of many sizes", "neutral");
        _screening = Any(0.0, 0.3, 3.0, 20.0, 200.0);
        Charges = Draw(_charged, count * (_kernel == "stokes" ? 3 : 1), random);
        TransferStrategy? transfer = Any<TransferStrategy?>(null, null, TransferStrategy.Fft, _kernel == "skewed" ? null : TransferStrategy.Compressed, TransferStrategy.Dense, TransferStrategy.LowRank);
        // Decompositions of many levels of a vector kernel take seconds.
        int most = transfer == TransferStrategy.LowRank && (own || vector) ? 3 : transfer is TransferStrategy.Dense or TransferStrategy.LowRank ? 5 : _kernel == "blunt" ? 4 : own || vector || _kernel == "skewed" ? 6 : random.Next(4) == 0 ? 10 : 8;
        Options = new FmmOptions
        {
            Order = 2 + random.Next(most - 1),
            LeafCapacity = Any<int?>(null, 1 + random.Next(8), 10 + random.Next(30), 40 + random.Next(100)),
            UniformDepth = random.Next(8) == 0 ? random.Next(own ? 4 : 5) : null,
            Precision = Any(Precision.Single, Precision.Double),
            Gradient = _kernel != "pull" && random.Next(2) == 0,
            Transfer = transfer,
            Registers = random.Next(4) == 0 ? Any(Enum.GetValues<RegisterWidth>()) : null,
            RootPrecision = random.Next(4) == 0 ? RootPrecision.Full : RootPrecision.AsOrder,
            Threads = 1 + random.Next(3),
        };
    }

    public int Seed { get; }

    /// <summary>The unit of length.</summary>
    public double Length { get; }

    public Position[] Sources { get; }

    /// <summary>Null: the sources themselves.</summary>
    public Position[]? Targets { get; }

    public double[] Charges { get; }

    public FmmOptions Options { get; }

    /// <summary>What a failure has to tell.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"seed {Seed}: {_kernel} {(_kernel == "yukawa" ? _screening : 0)}, {Sources.Length} of {_points} in {Length:g3}, to {_to} ({(Targets ?? Sources).Length}), charges {_charged} in {_charge:g3}, order {Options.Order}, leaf {Options.LeafCapacity}, depth {Options.UniformDepth}, {Options.Precision}, gradient {Options.Gradient}, {Options.Transfer}, {Options.Registers}, digits {Options.RootPrecision}");

    /// <summary>Solves, and compares with the direct sum.</summary>
    public FieldFit Fit() => _kernel switch
    {
        "yukawa" => FieldFit.Of(this, new Yukawa(_screening / Length), new Yukawa(FieldBounds.Reach * _screening / Length), Allowed(FieldBounds.Scalar(Options))),
        "stokes" => Fit(new Stokes(0.7), FieldBounds.Vector(Options)),
        "one way" => Fit(new OneWay<Laplace>(default), FieldBounds.Scalar(Options)),
        "skewed" => Fit(default(Skewed), FieldBounds.Skewed(Options)),
        "pull" => Fit(default(Pull), FieldBounds.Slopes(Options)),
        "blunt" => Fit(new Blunt(Softening * Length), FieldBounds.Scalar(Options)),
        "counting" => Fit(default(Counting), FieldBounds.Scalar(Options)),
        _ => Fit(default(Laplace), FieldBounds.Scalar(Options)),
    };

    private FieldFit Fit<TKernel>(TKernel kernel, FieldBounds bounds)
        where TKernel : unmanaged, IKernel<TKernel> => FieldFit.Of(this, kernel, kernel, Allowed(bounds));

    private FieldBounds Allowed(FieldBounds bounds) => _charged is "one" or "of many sizes" || Sources.Length < Few ? bounds.OfFew() : bounds;

    private Position[] Scaled(Position[] points) => [.. points.Select(p => new Position(Length * p.X, Length * p.Y, Length * p.Z))];

    private double[] Draw(string charged, int count, Random random)
    {
        double[] charges = [.. Enumerable.Range(0, count).Select(i => _charge * charged switch
        {
            "positive" => random.NextDouble(),
            "alternating" => 1 - (2 * (i % 2)),
            "one" => i == count / 2 ? 1 : 0,
            "of many sizes" => (random.Next(2) - 0.5) * Math.Pow(10, -6 * random.NextDouble()),
            _ => random.NextDouble() - 0.5,
        })];
        if (charged == "neutral") charges[0] -= charges.Sum();
        return charges;
    }
}
