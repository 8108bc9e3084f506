using Fmm.Files;
using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Arrays through pipes, with NumPy and h5py on either side; what is read and written in many places passes through a file without a name.</summary>
internal sealed class PipeTests : ShellFixture
{
    // A run as a user's script does it, and what it must come to.
    private const string Script = """
        import io, os, subprocess
        rng = np.random.default_rng(1)
        x, q, t = rng.random((200, 3)), rng.random(200) - 0.5, rng.random((50, 3)) + 0.25
        def fmm(data, *options):
            run = subprocess.run(COMMAND + ['evaluate', '--sources', '-', '--gradient', '--output', '-', *options], input=data, capture_output=True)
            assert run.returncode == 0, run.stderr
            return io.BytesIO(run.stdout)
        def written(save, *arrays, **named):
            into = io.BytesIO()
            save(into, *arrays, **named)
            return into.getvalue()
        def hdf5(into, **named):
            with h5py.File(into, 'w') as f:
                for name, one in named.items(): f['particle_data/' + name] = one
        def field(at):
            d = at[:, None] - x[None]
            r = np.linalg.norm(d, axis=2); r[r == 0] = np.inf
            return np.c_[(q / r).sum(1), -(d * (q / r**3)[..., None]).sum(1)] / (4 * np.pi)
        def check(u, at, within=1e-12):
            assert u.shape == (len(at), 4) and np.abs(u - field(at)).max() < within * np.abs(field(at)).max(), u

        """;

    [Test]
    public void ArraysOfAnyLayoutGoThroughPipesAndBack() => Python("""
        check(np.load(fmm(written(np.save, np.c_[x, q]), '--format', 'npy')), x)
        check(np.load(fmm(written(np.save, np.asfortranarray(np.c_[x, q]).astype('>f4')), '--format', 'npy')), x, 1e-4)
        np.save('t.npy', t.astype('f8').T.copy().T)
        check(np.load(fmm(written(np.save, np.c_[x, q]), '--format', 'npy', '--targets', 't.npy')), t)
        """);

    [Test]
    public void ArchivesGoThroughPipesAndBack() => Python("""
        a = np.load(fmm(written(np.savez_compressed, sources=x, source_densities=q[:, None]), '--format', 'npz'))
        check(np.c_[a['potential'], a['gradient']], x)
        a = np.load(fmm(written(np.savez, sources=np.asfortranarray(x), source_densities=q, targets=t), '--format', 'npz'))
        check(np.c_[a['potential'], a['gradient']], t)
        """);

    [Test]
    public void Hdf5GoesThroughPipesAndBack() => Python("""
        f = h5py.File(fmm(written(hdf5, sources=x, source_densities=q, targets=t), '--format', 'hdf5'))
        check(np.c_[f['field/potential'], f['field/gradient']], t)
        assert f['field'].attrs['kernel'] in (b'laplace', 'laplace')
        check(np.load(fmm(written(hdf5, sources=x, source_densities=q), '--format', 'hdf5', '--output-format', 'npy')), x)
        """);

    [Test]
    public void GeneratedPointsGoStraightIntoARun()
    {
        FmmOutcome outcome = Shell("""
            set -o pipefail
            for form in csv npy npz hdf5; do
                $FMM generate-test-data 500 sphere --seed 3 --format $form --output - 2> said.$form | $FMM evaluate --sources - --format $form --output - --output-format npy 2> words > got.$form.npy || exit
            done
            """);
        Assert.That((outcome.Code, outcome.Output, outcome.Error), Is.EqualTo((0, "", "")));
        Assert.That(File.ReadAllText(In("said.npz")), Is.EqualTo("standard output: 500 points, sphere, seed 3, double precision\n"));
        Assert.That(FmmOutcome.Of("generate-test-data", "500", "sphere", "--seed", "3", "--output", In("p.hdf5")).Code, Is.Zero);
        Assert.That(FmmOutcome.Of("evaluate", "--sources", In("p.hdf5"), "--output", In("got.npy")).Code, Is.Zero);
        foreach (string form in (string[])["csv", "npy", "npz", "hdf5"])
            Assert.That(File.ReadAllBytes(In($"got.{form}.npy")), Is.EqualTo(File.ReadAllBytes(In("got.npy"))), form);
    }

    [TestCase("sh", "bash page", "(1000, 4)")]
    [TestCase("python", "python3 page", "(10000,) (10000, 3)")]
    public void ThePageAboutPipesShowsWhatRuns(string kind, string program, string prints)
    {
        DebianPython.Run(Folder, "import sys, os; os.symlink(sys.executable, 'python3')"); // some have another one before it
        Write("page", string.Join('\n', Docs.Page.Of("pipes.md").Blocks.Single(block => block.Kind == kind).Lines));
        FmmOutcome outcome = Shell($$"""
            printf '#!/bin/bash\nexec %s "$@"\n' "$FMM" > fmm; chmod +x fmm
            PATH=$PWD:$PATH; {{program}}
            """);
        Assert.That((outcome.Code, outcome.Output.TrimEnd()), Is.EqualTo((0, prints)), outcome.Error);
    }

    [Test]
    public void AReaderThatHasSeenEnoughEndsTheWriterWithoutWords()
    {
        FmmOutcome outcome = Shell("$FMM generate-test-data 100000 --format hdf5 --output - | head -c 100 > got; echo ${PIPESTATUS[0]}");
        Assert.That((outcome.Output, outcome.Error), Is.EqualTo(("141\n", "")));
    }

    [TestCase("npy", "hdf5", "this is an array of NumPy (NPY) and not HDF5; name its form by --format npy")]
    [TestCase("npy", "csv", "this is an array of NumPy (NPY) and not CSV; name its form by --format npy")]
    [TestCase("npz", "npy", "this is an archive of NumPy (NPZ) and not an array of NumPy (NPY); name its form by --format npz")]
    [TestCase("hdf5", "npz", "this is HDF5 and not an archive of NumPy (NPZ); name its form by --format hdf5")]
    [TestCase("hdf5", "csv", "this is HDF5 and not CSV; name its form by --format hdf5")]
    [TestCase("csv", "npz", "this is no archive of NumPy; write it by numpy.savez, or name its form")]
    public void AnotherFormThanNamedIsToldByItsName(string written, string named, string words)
    {
        FmmOutcome.Of("generate-test-data", "100", "--format", written, "--output", In("points"));
        Refused(File.ReadAllBytes(In("points")), named, words);
    }

    [TestCase("npy", "the file is cut off: it ends before its last element")]
    [TestCase("npz", "this is no archive of NumPy, or it is cut off")]
    [TestCase("hdf5", "the file is cut off: it has 5000 of ")]
    public void AStreamThatEndsTooEarlyIsRefused(string form, string words)
    {
        FmmOutcome.Of("generate-test-data", "1000", "--format", form, "--output", In("points"));
        Refused(File.ReadAllBytes(In("points"))[..5000], form, words);
        Refused([], form, "it is empty: nothing was written to it");
    }

    [Test]
    public void AnEndlessStreamOfSomethingElseIsRefusedAtOnce([Values("npy", "npz", "hdf5")] string form)
    {
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", "/dev/zero", "--format", form);
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)), outcome.Error);
        Assert.That(outcome.Error, Does.StartWith("fmm: /dev/zero: this is no "));
    }

    [Test]
    public void WhatIsTakenInHasNoNameThatASignalCouldLeave()
    {
        FmmOutcome outcome = Shell("""
            mkfifo in; mkdir temp; TMPDIR=$PWD/temp $FMM evaluate --sources in --format hdf5 --output out & pid=$!
            exec 3> in; printf '\x89HDF\r\n\x1a\n and then nothing' >&3
            for i in {1..100}; do ls -l /proc/$pid/fd | grep -q 'temp/fmm-.*(deleted)' && break; sleep 0.1; done
            echo $i; ls temp | grep fmm-; kill -TERM $pid; wait $pid; code=$?; ls temp | grep fmm-; exit $code
            """);
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((143, "fmm: cancelled before its output was complete\n")));
        Assert.That(int.Parse(outcome.Output, null), Is.LessThan(100), "no file was seen");
        Assert.That(Partials, Is.Empty);
        Assert.That(File.Exists(In("out")), Is.False);
    }

    [Test]
    public void MoreThanThereIsRoomForIsRefused()
    {
        FmmOutcome.Of("generate-test-data", "10000", "--output", In("p.npz"));
        FmmOutcome outcome = Shell("export DOTNET_EnableWriteXorExecute=0; ulimit -f 16; cat p.npz | $FMM evaluate --sources - --format npz --output out.csv");
        Assert.That((outcome.Code, outcome.ErrorLines.Length, File.Exists(In("out.csv"))), Is.EqualTo((2, 1, false)));
        Assert.That(outcome.Error, Does.StartWith("fmm: standard input: NPZ from a pipe is kept in a temporary file, and ").And.Contain("ulimit -f").And.Contain("set TMPDIR"));
    }

    [TestCase("--sources p.npz --output - --format hdf5", "--output -: a temporary file is needed for it, and /nowhere/ can't be written")]
    [TestCase("--sources - --format npz --output out.csv < p.npz", "standard input: a temporary file is needed for it, and /nowhere/ can't be written")]
    public void AFolderThatIsMissingForTemporaryFilesIsNamed(string arguments, string words)
    {
        FmmOutcome.Of("generate-test-data", "100", "--output", In("p.npz"));
        FmmOutcome outcome = Shell($"TMPDIR=/nowhere $FMM evaluate {arguments}");
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)));
        Assert.That(outcome.Error, Does.StartWith($"fmm: {words}").And.Contain("set TMPDIR to a folder that can"));
    }

    [TestCase("evaluate", "--sources", "cube.csv", "--output-format", "npy")]
    [TestCase("generate-test-data", "10", "--output", "-", "--format", "hdf5")]
    public void NoBytesAreThrownOntoAScreen(params string[] arguments)
    {
        WriteCube(10);
        using MemoryStream output = new(), error = new();
        int code = FmmCommand.Run([.. arguments.Select(one => one == "cube.csv" ? In(one) : one)], new Terminal(output, error, outputIsScreen: true, errorIsScreen: false), CancellationToken.None);
        Assert.That((code, output.Length), Is.EqualTo((2, 0)));
        Assert.That(System.Text.Encoding.UTF8.GetString(error.ToArray()), Does.Match("^fmm: --output -: (NPY|HDF5) is no text for a screen; name a file, .*\n$"));
    }

    [Test]
    public void TheOutputHasItsOwnFormWhereItsNameTellsNone()
    {
        File.Move(WriteCube(100), In("cube"));
        Assert.That(FmmOutcome.Of("evaluate", "--sources", In("cube"), "--output", In("out"), "--output-format", "npz").Code, Is.Zero);
        using (NpzArrays arrays = NpzArrays.Open(In("out"))) Assert.That(arrays.Names, Is.EqualTo("potential".Split(' ')));
        FmmOutcome refused = FmmOutcome.Of("evaluate", "--sources", In("cube"), "--output", In("out.csv"), "--output-format", "npz");
        Assert.That((refused.Code, refused.Error), Is.EqualTo((2, $"fmm: --output {In("out.csv")}: its ending tells another form than --output-format npz; leave that out, or name the file otherwise\n")));
    }

    [Test]
    public void AProgramReadsPointsFromANamedPipe([Values(DataFormat.Npz, DataFormat.Hdf5)] DataFormat form)
    {
        FmmOutcome.Of("generate-test-data", "100", "separated", "--format", form.ToString().ToLowerInvariant(), "--output", In("points"));
        PointSet expected = PointSet.Read(In("points"), format: form);
        Task writer = Feed(File.ReadAllBytes(In("points")));
        PointSet read = PointSet.Read(In("pipe"), format: form);
        writer.Wait();
        Assert.That((read.Sources, read.Charges), Is.EqualTo((expected.Sources, expected.Charges)));
        Assert.That(read.Targets, Is.EqualTo(expected.Targets).And.Length.EqualTo(100));
    }

    private void Python(string script) =>
        DebianPython.Run(Folder, $"COMMAND = ['dotnet', '{Path.Combine(AppContext.BaseDirectory, "fmm.dll")}']\n{Script}{script}");

    private void Refused(byte[] stream, string form, string words)
    {
        Task writer = Feed(stream);
        FmmOutcome outcome = FmmOutcome.Of("evaluate", "--sources", In("pipe"), "--format", form, "--output", In("out.csv"));
        writer.Wait();
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)), outcome.Error);
        Assert.That(outcome.Error, Does.StartWith($"fmm: {In("pipe")}: ").And.Contain(words));
        Assert.That((File.Exists(In("out.csv")), Partials.Length), Is.EqualTo((false, 0)));
    }

    private Task Feed(byte[] stream)
    {
        if (!File.Exists(In("pipe"))) Assert.That(Shell("mkfifo pipe").Code, Is.Zero);
        return Task.Run(() =>
        {
            using FileStream pipe = new(In("pipe"), FileMode.Open, FileAccess.Write, FileShare.ReadWrite, 0);
            try
            {
                pipe.Write(stream);
            }
            catch (IOException)
            {
                // The reader has seen enough.
            }
        });
    }
}
