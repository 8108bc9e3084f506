using System.Globalization;
using Fmm.Engine;
using Fmm.Files;
using Fmm.Systems;
using Fmm.Tests.Flow;
using Fmm.Tests.Operators;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>M2L of low rank in a file: written, read by an outside tool and by a run, and not trusted where it is damaged or another's.</summary>
internal sealed class LowRankFileTests : CommandFixture
{
    private static readonly FmmOptions _options = new() { Order = 4, LeafCapacity = 40, Rank = 25, Threads = 2 };

    [Test]
    public void A_run_loads_what_the_file_has_and_gives_the_same_field()
    {
        string path = Compressed(default(Laplace), _options);
        Scene scene = Scene.Of("cube", 2000);
        LowRankFile file = new(path) { Collects = true };
        double[] loaded = scene.Solve(default(Laplace), _options with { OperatorStore = file }).Potentials;
        double[] computed = scene.Solve(default(Laplace), _options).Potentials;
        Assert.That(file.Levels.Select(level => (level.Loaded, level.Rank)), Is.EqualTo(new[] { (true, 25) }));
        Assert.That(DirectField.Error(loaded, computed), Is.LessThan(1e-14));
    }

    [Test]
    public void Each_level_of_a_kernel_with_a_length_has_a_group()
    {
        string path = Compressed(new Yukawa(3), _options, depth: 4);
        using Hdf5File file = Hdf5File.Open(path);
        Assert.That(file.Datasets("/m2l"), Has.Count.EqualTo(12));
        for (int level = 3; level <= 4; level++)
        {
            Assert.That(file.Attributes($"/m2l/{level}").Number("half_width"), Is.EqualTo(file.Attributes($"/m2l/{level - 1}").Number("half_width") / 2));
            Assert.That(file.Dataset($"/m2l/{level}/vt").Shape, Is.EqualTo(new long[] { 25, 316 * 56 }));
        }
    }

    [Test]
    public void An_outside_program_finds_the_kernel_between_the_surfaces_in_it()
    {
        string name = Path.GetFileName(Compressed(default(Laplace), _options with { Rank = 56 }));
        string printed = DebianPython.Run(Folder, $"""
            f = h5py.File('{name}')['m2l/2']
            u, s, vt, hashes = f['u'][:], f['s'][:], f['vt'][:], f['hashes'][:]
            p = [np.array([x, y, z]) for x in range(4) for y in range(4) for z in range(4) if 0 in (x, y, z) or 3 in (x, y, z)]
            p = [1.05 * (2 * q / 3 - 1) for q in p]
            worst = 0
            for v in ((2, 0, 0), (1, -2, 3), (-3, -3, -3)):
                h = [2 * c if c >= 0 else -2 * c + 1 for c in v]
                i = list(hashes).index((h[0] << 32) | (h[1] << 16) | h[2])
                t = u @ np.diag(s) @ vt[:, 56 * i:56 * (i + 1)]
                k = np.array([[1 / (4 * np.pi * np.linalg.norm(2 * np.array(v) + a - b)) for b in p] for a in p])
                worst = max(worst, np.abs(t - k).max())
            print(worst, hashes.dtype, u.dtype)
            """);
        string[] words = printed.Split(' ');
        Assert.That(double.Parse(words[0], CultureInfo.InvariantCulture), Is.LessThan(1e-13));
        Assert.That((words[1], words[2]), Is.EqualTo(("int64", "float64")));
    }

    [Test]
    public void Another_rank_kernel_or_order_is_computed_anew_and_told()
    {
        string path = Compressed(default(Laplace), _options);
        Told(path, _options with { Rank = 24 }, "low rank 24");
        Told(path, _options with { Order = 5 }, "order 5");
        Told(path, _options with { LowRank = new LowRankOptions { Seed = 7 } }, "seed 7");

        static void Told(string path, FmmOptions options, string what)
        {
            List<string> notes = [];
            LowRankFile file = new(path, null, notes.Add) { Collects = true };
            _ = Scene.Of("cube", 2000).Solve(default(Laplace), options with { OperatorStore = file });
            Assert.That(notes, Has.Count.EqualTo(1).And.One.Contain(what).And.One.Contain("computed anew"));
            Assert.That(file.Levels.Single().Loaded, Is.False);
        }
    }

    [Test]
    public void A_damaged_file_is_never_trusted([Values("flipped", "torn", "none")] string damage)
    {
        string path = Compressed(default(Laplace), _options);
        byte[] bytes = File.ReadAllBytes(path);
        if (damage == "flipped") bytes[bytes.Length / 2] ^= 4;
        File.WriteAllBytes(path, damage == "torn" ? bytes[..(bytes.Length / 2)] : damage == "none" ? [1, 2, 3] : bytes);
        List<string> notes = [];
        Scene scene = Scene.Of("cube", 2000);
        double[] found = scene.Solve(default(Laplace), _options with { OperatorStore = new LowRankFile(path, null, notes.Add) }).Potentials;
        Assert.That(found, Is.EqualTo(scene.Solve(default(Laplace), _options).Potentials));
        Assert.That(notes, Has.Count.EqualTo(1).And.One.Contain("m2l.hdf5"));
    }

    [Test]
    public void What_is_not_its_own_goes_to_the_other_store()
    {
        Remembering others = new();
        _ = Scene.Of("cube", 2000).Solve(default(Laplace), _options with { OperatorStore = new LowRankFile(In("m2l.hdf5"), others) });
        Assert.That(others.Parts, Is.EqualTo(new[] { OperatorKeeping.Translations, OperatorKeeping.Translations }));
    }

    private string Compressed<TKernel>(TKernel kernel, FmmOptions options, int depth = 2)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        LowRankFile file = new(In("m2l.hdf5")) { Collects = true };
        OperatorPreparation.Run(kernel, options with { OperatorStore = file }, 1, depth);
        file.Save();
        return file.Path;
    }

    private sealed class Remembering : OperatorStore
    {
        public List<string> Parts { get; } = [];

        internal override PlainMatrices? Load(OperatorKey key, Ledger ledger)
        {
            lock (Parts) Parts.Add(key.Part);
            return null;
        }

        internal override void Keep(OperatorKey key, PlainMatrices matrices, double seconds)
        {
            lock (Parts) Parts.Add(key.Part);
        }
    }
}
