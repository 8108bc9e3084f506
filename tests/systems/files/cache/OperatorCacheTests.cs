using Fmm.Engine;
using Fmm.Files;
using Fmm.Systems;
using Fmm.Tests.Flow;
using NUnit.Framework;

namespace Fmm.Tests.Files;

/// <summary>Operators in a folder: taken where they are whole and those that are asked for, computed anew with a line otherwise, and never the end of a run.</summary>
internal sealed class OperatorCacheTests : CommandFixture
{
    private static readonly FmmOptions _options = new() { Order = 4, LeafCapacity = 40, Gradient = true };
    private readonly List<string> _notes = [];

    [SetUp]
    public void Forget() => _notes.Clear();

    [Test]
    public void What_one_process_kept_the_next_loads_and_finds_the_same_field([Values] TransferStrategy strategy, [Values] Precision precision)
    {
        Scene scene = Scene.Of("squares", 1500);
        FmmOptions options = _options with { Transfer = strategy, Precision = precision };
        OperatorCache first = Cache(), second = Cache();
        (double[] Potentials, double[] Gradients) computed = scene.Solve(new Yukawa(2), options with { OperatorStore = first }), loaded = scene.Solve(new Yukawa(2), options with { OperatorStore = second });
        Assert.That(loaded, Is.EqualTo(computed));
        Assert.That(computed, Is.EqualTo(scene.Solve(new Yukawa(2), options)));
        Assert.That(first.Entries.All(one => !one.Loaded) && second.Entries.All(one => one.Loaded), Is.True);
        Assert.That(second.Entries.Select(one => one.File).Order(), Is.EqualTo(first.Entries.Select(one => one.File).Order()).And.EqualTo(Directory.GetFiles(Folder).Order()));
        Assert.That(_notes, Is.Empty);
    }

    [Test]
    public void A_file_that_is_cut_off_anywhere_is_written_anew_with_a_line([Values(0, 1, 7, 100, 900, 5000, -1, -100, -5000)] int length)
    {
        string file = Kept();
        byte[] bytes = File.ReadAllBytes(file);
        Damage(file, bytes[..(length >= 0 ? length : bytes.Length + length)]);
        Assert.That(File.ReadAllBytes(file), Has.Length.EqualTo(bytes.Length));
    }

    [Test]
    public void A_flipped_byte_is_found_wherever_it_changes_what_is_loaded()
    {
        string file = Kept();
        byte[] bytes = File.ReadAllBytes(file);
        (double[] Potentials, double[] Gradients) expected = Solve(Cache());
        Random random = new(3);
        int found = 0;
        for (int trial = 0; trial < 60; trial++)
        {
            byte[] damaged = [.. bytes];
            damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(file, damaged);
            _notes.Clear();
            Assert.That(Solve(Cache()), Is.EqualTo(expected), $"trial {trial}");
            if (_notes.Count == 0) continue;
            found++;
            Assert.That(_notes, Has.Count.EqualTo(1));
            Assert.That(_notes[0], Does.StartWith("operators are computed anew: ").And.Contain(Path.GetFileName(file)));
        }
        Assert.That(found, Is.GreaterThan(3), "bytes that nothing is loaded from, such as the textbook's, change nothing");
    }

    [Test]
    public void Every_byte_of_the_engines_own_matrices_counts()
    {
        string file = Kept();
        byte[] bytes = File.ReadAllBytes(file), misfit = BitConverter.GetBytes(Load(file)[LevelMatrices.Misfit].Elements[0]);
        int at = bytes.AsSpan().IndexOf(misfit);
        Assert.That(at, Is.GreaterThan(0));
        bytes[at] ^= 1;
        Damage(file, bytes);
        Assert.That(_notes[0], Does.Contain("checksum"));
    }

    [Test]
    public void Another_kernels_file_under_this_ones_name_is_not_taken()
    {
        string file = Kept();
        OperatorPreparation.Run(default(Laplace), _options with { OperatorStore = new OperatorCache(In("other"), OperatorCachePolicy.Always), Surfaces = SurfaceRatios.Standard with { Inner = 1.1 } });
        Damage(file, File.ReadAllBytes(Directory.GetFiles(In("other"), "*translations*").Single()));
        Assert.That(_notes[0], Does.Contain("other operators"));
    }

    [Test]
    public void A_file_of_another_format_and_one_that_is_none_are_not_taken()
    {
        string file = Kept();
        using (Hdf5Writer writer = Hdf5Writer.Create(file))
        {
            writer.Attribute("/", "format", 99L);
            writer.Attribute("/", "key", "some");
            writer.Attribute("/", "checksum", "some");
            writer.Save();
        }
        Damage(file, null);
        Assert.That(_notes[0], Does.Contain("format 99"));
        _notes.Clear();
        using (Hdf5Writer writer = Hdf5Writer.Create(file))
        {
            writer.Dataset<double>("/x", new double[3], [3]);
            writer.Save();
        }
        Damage(file, null);
        Assert.That(_notes[0], Does.Contain("no file of operators"));
    }

    [Test]
    public void A_folder_that_can_not_be_made_is_told_once_and_ends_nothing()
    {
        Write("file", "");
        OperatorCache cache = new(In("file/below"), OperatorCachePolicy.Always, _notes.Add);
        (double[] Potentials, double[] Gradients) field = Scene.Of("plummer", 1000).Solve(new Yukawa(1), _options with { OperatorStore = cache });
        Assert.That(field, Is.EqualTo(Scene.Of("plummer", 1000).Solve(new Yukawa(1), _options)));
        Assert.That(_notes, Has.Count.EqualTo(1));
        Assert.That(_notes[0], Does.StartWith("operators can't be kept in ").And.Contain("file/below"));
        Assert.That((cache.IsKept, cache.Entries.Count), Is.EqualTo((false, 0)));
    }

    [Test]
    public void What_is_quick_to_compute_is_neither_kept_nor_asked_for_unless_told()
    {
        string file = Kept();
        Damage(file, new byte[3]);
        File.WriteAllBytes(file, new byte[3]);
        _notes.Clear();
        OperatorCache automatic = new(Folder, note: _notes.Add);
        Solve(automatic);
        Assert.That((_notes.Count, automatic.Entries.Count, File.ReadAllBytes(file).Length), Is.EqualTo((0, 0, 3)));
    }

    [Test]
    public void What_takes_long_to_compute_is_kept_and_loaded_without_being_told()
    {
        OperatorCache first = new(Folder, note: _notes.Add), second = new(Folder, note: _notes.Add);
        Scene scene = Scene.Of("cube", 500);
        FmmOptions options = _options with { UniformDepth = 2 };
        (double[] Potentials, double[] Gradients) computed = scene.Solve(new Slow(1), options with { OperatorStore = first });
        Assert.That(first.Entries.Count(one => !one.Loaded), Is.GreaterThan(0));
        Assert.That(scene.Solve(new Slow(1), options with { OperatorStore = second }), Is.EqualTo(computed));
        Assert.That(second.Entries.Count(one => one.Loaded), Is.EqualTo(first.Entries.Count));
    }

    [Test]
    public void Renewing_loads_nothing_and_replaces_every_file()
    {
        string file = Kept();
        File.SetLastWriteTimeUtc(file, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        OperatorCache cache = new(Folder, OperatorCachePolicy.Renew, _notes.Add);
        OperatorPreparation.Run(default(Laplace), _options with { OperatorStore = cache });
        Assert.That((cache.Entries.Count, cache.Entries.Count(one => one.Loaded)), Is.EqualTo((2, 0)));
        Assert.That(File.GetLastWriteTimeUtc(file).Year, Is.GreaterThan(2001));
    }

    [Test]
    public void Levels_that_are_made_side_by_side_are_all_kept()
    {
        for (int trial = 0; trial < 20; trial++)
        {
            string folder = In($"{trial}");
            OperatorCache cache = new(folder, OperatorCachePolicy.Always, _notes.Add);
            OperatorPreparation.Run(new Yukawa(3), _options with { Order = 2, Threads = 4, OperatorStore = cache }, extent: 1, depth: 6);
            Assert.That(_notes, Is.Empty);
            Assert.That(Directory.GetFiles(folder), Has.Length.EqualTo(cache.Entries.Count(one => !one.Loaded)).And.Length.EqualTo(10).And.All.EndsWith(".h5"));
        }
    }

    [Test]
    public void Nothing_unfinished_is_left_beside_the_files()
    {
        Kept();
        Assert.That(Directory.GetFiles(Folder), Has.Length.EqualTo(2).And.All.EndsWith(".h5"));
    }

    [Test]
    public void The_default_folder_is_the_platforms()
    {
        Assert.That(OperatorCache.DefaultFolder, Does.EndWith(Path.Combine("fmm", "operators")));
        Assert.That(Path.IsPathRooted(OperatorCache.DefaultFolder), Is.True);
        Assert.That(new OperatorCache().Folder, Is.EqualTo(OperatorCache.DefaultFolder));
    }

    private OperatorCache Cache() => new(Folder, OperatorCachePolicy.Always, _notes.Add);

    // The file of Laplace's translations.
    private string Kept()
    {
        OperatorPreparation.Run(default(Laplace), _options with { OperatorStore = Cache() });
        Assert.That(_notes, Is.Empty);
        return Directory.GetFiles(Folder, "*translations*").Single();
    }

    private static (double[] Potentials, double[] Gradients) Solve(OperatorStore store) => Scene.Of("cube", 500).Solve(default(Laplace), _options with { OperatorStore = store });

    private static PlainMatrices Load(string file)
    {
        ExpansionSizes sizes = ExpansionSizes.Of(default(Laplace), 4, SurfaceRatios.Standard, TransferStrategy.Fft);
        return OperatorFile.Read(file, OperatorKey.Of(default(Laplace), sizes, 1, Precision.Double, OperatorKeeping.Translations), new Ledger());
    }

    // The next run tells it in a line, finds the right field, and leaves a good file.
    private void Damage(string file, byte[]? bytes)
    {
        if (bytes is not null) File.WriteAllBytes(file, bytes);
        (double[] Potentials, double[] Gradients) expected = Solve(null!);
        Assert.That(Solve(Cache()), Is.EqualTo(expected));
        Assert.That(_notes, Has.Count.EqualTo(1));
        Assert.That(_notes[0], Does.StartWith("operators are computed anew: ").And.Contain(Path.GetFileName(file)).And.Not.Contain("\n"));
        Assert.That(Solve(Cache()), Is.EqualTo(expected));
        Assert.That(_notes, Has.Count.EqualTo(1), "the file is good again");
    }
}
