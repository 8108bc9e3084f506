using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Library;

/// <summary>The library gives the bits of the C# solver: the same loops, compiled ahead.</summary>
internal sealed class SameBitsTests
{
    private const int Count = 3000;

    private NativeProgram? _fields;
    private Position[] _points = [];

    [OneTimeSetUp]
    public void Compile()
    {
        _fields = new NativeProgram("gcc", Path.Combine(Clone.Root, "tests", "library", "fields.c"));
        Random random = new(7);
        _points = [.. Enumerable.Range(0, Count).Select(_ => new Position(random.NextDouble(), random.NextDouble(), random.NextDouble()))];
    }

    [OneTimeTearDown]
    public void Remove() => _fields?.Dispose();

    [TestCase(Precision.Double, "fft", 1)]
    [TestCase(Precision.Double, "compressed", 2)]
    [TestCase(Precision.Single, "fft", 2)]
    [TestCase(Precision.Single, "compressed", 1)]
    public void Laplace(Precision precision, string m2l, int threads) => AreTheSame(new Laplace(), "laplace", 1, precision, m2l, threads);

    [TestCase(Precision.Double, "fft", 2)]
    [TestCase(Precision.Single, "dense", 1)]
    public void Yukawa(Precision precision, string m2l, int threads) => AreTheSame(new Yukawa(1.5), "yukawa", 1, precision, m2l, threads, "k=1.5 ");

    [TestCase(Precision.Double, "fft", 2)]
    public void Helmholtz(Precision precision, string m2l, int threads) => AreTheSame(new Helmholtz(4), "helmholtz", 2, precision, m2l, threads, "k=4 ");

    [TestCase(Precision.Double, "compressed", 2)]
    [TestCase(Precision.Single, "fft", 1)]
    public void Stokes(Precision precision, string m2l, int threads) => AreTheSame(new Stokes(2), "stokes", 3, precision, m2l, threads, "mu=2 ");

    private void AreTheSame<TKernel>(TKernel kernel, string name, int numbers, Precision precision, string m2l, int threads, string parameters = "")
        where TKernel : unmanaged, IKernel<TKernel>
    {
        Random random = new(8);
        double[] charges = [.. Enumerable.Range(0, Count * numbers).Select(_ => random.NextDouble() - 0.5)];
        string input = Path.Combine(_fields!.Folder, "input"), output = Path.Combine(_fields.Folder, "output");
        using (BinaryWriter writer = new(File.Create(input)))
        {
            writer.Write((long)Count);
            writer.Write((long)numbers);
            foreach (double number in _points.SelectMany(point => (double[])[point.X, point.Y, point.Z]).Concat(charges)) writer.Write(number);
        }
        string options = $"{parameters}order=5 leaf=40 gradient precision={(precision == Precision.Double ? "double" : "single")} m2l={m2l} threads={threads}";
        int registers = int.Parse(_fields.Told(name, options, input, output));

        TransferStrategy transfer = m2l switch { "fft" => TransferStrategy.Fft, "dense" => TransferStrategy.Dense, _ => TransferStrategy.Compressed };
        using FmmSolver solver = FmmSolver.Create(
            kernel, new FmmOptions { Order = 5, LeafCapacity = 40, Gradient = true, Precision = precision, Transfer = transfer, Threads = threads });
        Position[] points = [.. _points];
        solver.SetPoints(points);
        int m = Count * TKernel.PotentialComponents;
        double[] potentials = new double[m], gradients = new double[3 * m];
        List<double> expected = [];
        for (int round = 0; round < 2; round++)
        {
            solver.Evaluate(charges, potentials, gradients);
            expected.AddRange(potentials);
            expected.AddRange(gradients);
            for (int i = 0; i < Count; i++) points[i] = new(points[i].X + Step(3 * i), points[i].Y + Step(3 * i + 1), points[i].Z + Step(3 * i + 2));
            solver.MovePoints(points);
        }
        Assert.That(registers, Is.EqualTo((int)RegisterWidths.Best), "the machine's widest registers on both sides");
        byte[] found = File.ReadAllBytes(output);
        Assert.That(found, Has.Length.EqualTo(8 * expected.Count));
        int differing = Enumerable.Range(0, expected.Count).Count(i => BitConverter.ToInt64(found, 8 * i) != BitConverter.DoubleToInt64Bits(expected[i]));
        Assert.That(differing, Is.Zero, $"numbers of {expected.Count} that differ");

        static double Step(int i) => (i % 7 - 3) / 1024.0;
    }
}
