using System.Diagnostics;
using Fmm.Files;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Outputs whose writing fails or is cut short, each for real: the old file is intact and nothing half-written is left.</summary>
internal sealed class FieldFaultTests : ShellFixture
{
    private const int Many = 1_500_000;

    [SetUp]
    public void WriteSources()
    {
        Write("one.csv", "x,y,z,q\n0,0,0,1\n");
        new FieldData(new double[] { 42 }).Write(In("old.h5"));
        File.Copy(In("old.h5"), In("out.h5"));
    }

    [TestCase("KILL", 137)]
    [TestCase("TERM", 143)]
    public void AProcessEndedInTheMiddleOfAWriteLeavesTheOldFile(string signal, int code)
    {
        WriteTargets();
        using Process process = BeginFmm("evaluate", "--sources", "one.csv", "--targets", "many.npy", "--gradient", "--leaf", "2000000", "--output", "out.h5");
        Await(() => Array.Exists(Partials, one => new FileInfo(one).Length > 1 << 20) || process.HasExited, "it never writes");
        Send(process, signal);
        FmmOutcome outcome = End(process);
        if (outcome.Code == 0) Assert.Ignore("It was written before the signal came.");
        Assert.That(outcome.Code, Is.EqualTo(code), outcome.Error);
        AssertOldFile();
        if (signal == "TERM") Assert.That(Partials, Is.Empty);

        // Who comes next in the same folder removes what the dead one could not.
        Assert.That(Shell("$FMM evaluate --sources one.csv --output next.h5").Code, Is.Zero);
        Assert.That(Partials, Is.Empty);
        AssertOldFile();
    }

    [Test]
    public void AFileThatGrowsPastItsLimitIsTold()
    {
        Write("wide.csv", "x,y,z,q\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"{i},0,0,1\n")));
        FmmOutcome outcome = Shell("export DOTNET_EnableWriteXorExecute=0; ulimit -f 16; $FMM evaluate --sources wide.csv --output out.h5");
        Assert.That((outcome.Code, outcome.ErrorLines.Length, Partials.Length), Is.EqualTo((1, 1, 0)), outcome.Error);
        Assert.That(outcome.Error, Does.Contain("the result can't be written: --output out.h5: the file would be larger than is allowed (ulimit -f)"));
        AssertOldFile();
    }

    [TestCase("out.h5")]
    [TestCase("out.npz")]
    [TestCase("out.vtk")]
    [TestCase("out.xdmf")]
    public void AFullDiskIsTold(string name)
    {
        Write("wide.csv", "x,y,z,q\n" + string.Concat(Enumerable.Range(0, 30_000).Select(i => $"{i},0,0,1\n")));
        FmmOutcome outcome = Shell($"""
            mkdir small; mount -t tmpfs -o size=64k none small || exit 77
            cp old.h5 small/out.h5
            $FMM evaluate --sources wide.csv --output small/{name}; code=$?
            cmp small/out.h5 old.h5 || code=70; ls -A small > left; umount small; exit $code
            """);
        if (outcome.Code == 77) Assert.Ignore("Only the superuser mounts a small disk.");
        Assert.That((outcome.Code, outcome.ErrorLines.Length), Is.EqualTo((1, 1)), outcome.Error);
        Assert.That(outcome.Error, Does.Contain("no space is left on the device"));
        Assert.That(File.ReadAllText(In("left")), Is.EqualTo("out.h5\n"));
    }

    [Test]
    public void TwoWritersAtOnceLeaveOneGoodFile()
    {
        Write("two.csv", "x,y,z,q\n0,0,0,1\n1,0,0,1\n");
        FmmOutcome outcome = Shell("""
            for round in 1 2 3; do
                $FMM evaluate --sources one.csv --output out.h5 > /dev/null & first=$!
                $FMM evaluate --sources two.csv --output out.h5 > /dev/null & second=$!
                wait $first && wait $second || exit 1
            done
            """);
        Assert.That((outcome.Code, Partials.Length), Is.EqualTo((0, 0)), outcome.Error);
        using Hdf5File file = Hdf5File.Open(In("out.h5"));
        Assert.That(file.Dataset("field/potential").Count, Is.EqualTo(1).Or.EqualTo(2));
    }

    [Test]
    public void AReadOnlyFileIsRefusedAndKept()
    {
        FmmOutcome outcome = Shell("chmod 444 out.h5; $FMM evaluate --sources one.csv --output out.h5");
        Assert.That((outcome.Code, outcome.ErrorLines.Length, Partials.Length), Is.EqualTo((2, 1, 0)), outcome.Error);
        Assert.That(outcome.Error, Does.Contain("read-only"));
        AssertOldFile();
    }

    [Test]
    public void WithoutPermissionNothingIsReadOrWritten()
    {
        FmmOutcome outcome = Shell("""
            [ $(id -u) = 0 ] && as="setpriv --reuid 65534 --regid 65534 --clear-groups env HOME=$PWD/home" || as=env
            mkdir home locked; chmod 777 home; chmod 755 . locked; chmod 000 old.h5
            $as dotnet --version > /dev/null 2>&1 && $as test -r ${FMM#dotnet } || exit 77
            [ $(id -u) = 0 ] || chmod 555 locked
            $as $FMM evaluate --sources old.h5; echo $?
            $as $FMM evaluate --sources one.csv --output locked/out.h5; echo $?
            """);
        if (outcome.Code == 77) Assert.Ignore("Another user can't run the command from here.");
        Assert.That(outcome.Output, Is.EqualTo("2\n2\n"), outcome.Error);
        Assert.That(outcome.ErrorLines[0], Does.Contain("old.h5: reading is not permitted; check the file's permissions"));
        Assert.That(outcome.ErrorLines[1], Does.Contain("writing is not permitted; check the folder's permissions"));
    }

    private void AssertOldFile() => Assert.That(File.ReadAllBytes(In("out.h5")), Is.EqualTo(File.ReadAllBytes(In("old.h5"))));

    private void WriteTargets()
    {
        using FileStream stream = File.Create(In("many.npy"));
        stream.Write(NpyHeader.Of<double>(Many, 3));
        double[] rows = new double[3 * Many];
        for (int i = 0; i < rows.Length; i++) rows[i] = 1 + (i * 7919L % 1000003 / 1e6);
        stream.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(rows.AsSpan()));
    }
}
