using System.Diagnostics;
using System.Net.Sockets;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>Ordinary output files: whole or not at all, with the mode, owner and links of what they replace.</summary>
internal sealed class OutputFileTests : ShellFixture
{
    private const string Row = "potential\n0\n";

    [SetUp]
    public void WriteSources() => Write("one.csv", "x,y,z,q\n0,0,0,1\n");

    [TestCase("600")]
    [TestCase("640")]
    [TestCase("666")]
    [TestCase("755")]
    public void AFileKeepsItsMode(string mode)
    {
        FmmOutcome outcome = Shell($"umask 027; echo old > out; chmod {mode} out; $FMM evaluate --sources one.csv --output out > table && stat -c %a out");
        Assert.That((outcome.Code, outcome.Output.Trim()), Is.EqualTo((0, mode)), outcome.Error);
        Assert.That(File.ReadAllText(In("out")), Is.EqualTo(Row));
    }

    [Test]
    public void ANewFileHasTheModeOfTheUmask() =>
        Assert.That(Shell("umask 027; $FMM evaluate --sources one.csv --output out > table; stat -c %a out").Output.Trim(), Is.EqualTo("640"));

    [Test]
    public void AFileKeepsItsOwnerWhereThatIsAllowed()
    {
        FmmOutcome outcome = Shell("[ $(id -u) = 0 ] || exit 77; echo old > out; chown 65534:65533 out; $FMM evaluate --sources one.csv --output out > table; stat -c %u:%g out");
        if (outcome.Code == 77) Assert.Ignore("Only the superuser gives files away.");
        Assert.That(outcome.Output.Trim(), Is.EqualTo("65534:65533"));
    }

    [Test]
    public void AReadOnlyFileIsRefusedAndKept()
    {
        FmmOutcome outcome = Shell("echo precious > out; chmod 444 out; $FMM evaluate --sources one.csv --output out");
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)));
        Assert.That(outcome.Error, Does.Contain("read-only"));
        Assert.That(File.ReadAllText(In("out")), Is.EqualTo("precious\n"));
    }

    [Test]
    public void LinksStayLinksAndTheirTargetIsReplaced()
    {
        FmmOutcome outcome = Shell("mkdir far; echo old > far/file; chmod 600 far/file; ln -s far/file second; ln -s second first; $FMM evaluate --sources one.csv --output first > table && stat -c %F:%a first second far/file");
        Assert.That(outcome.Output, Is.EqualTo("symbolic link:777\nsymbolic link:777\nregular file:600\n"), outcome.Error);
        Assert.That(File.ReadAllText(In("far/file")), Is.EqualTo(Row));
        Assert.That(Directory.GetFiles(Folder, "*.partial", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void ALinkToNothingMakesWhatItNames()
    {
        Assert.That(Shell("mkdir far; ln -s far/new link; $FMM evaluate --sources one.csv --output link > table && [ -L link ]").Code, Is.Zero);
        Assert.That(File.ReadAllText(In("far/new")), Is.EqualTo(Row));
    }

    [TestCase("ln -s $(printf %0256d 0) out", "too long", "take a shorter one")]
    [TestCase("ln -s none/new out", "there is no folder", "where the link leads")]
    [TestCase("ln -s out2 out; ln -s out out2", "links", "name the file itself")]
    [TestCase("mkdir out", "folder", "name a file")]
    [TestCase("mkdir far; ln -s far out", "folder", "name a file")]
    public void WhatCannotBecomeAFileIsRefusedWithTheReason(string make, string fault, string remedy)
    {
        FmmOutcome outcome = Shell($"{make}; $FMM evaluate --sources one.csv --output out");
        Assert.That((outcome.Code, outcome.Output, outcome.ErrorLines.Length), Is.EqualTo((2, "", 1)), outcome.Error);
        Assert.That(outcome.Error, Does.Contain("--output out").And.Contain(fault).And.Contain(remedy));
    }

    [Test]
    public void ASocketIsRefused()
    {
        using Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(In("out")));
        FmmOutcome outcome = Shell("$FMM evaluate --sources one.csv --output out");
        Assert.That((outcome.Code, outcome.ErrorLines.Length), Is.EqualTo((2, 1)));
        Assert.That(outcome.Error, Does.Contain("socket"));
    }

    [Test]
    public void ALegalNameIsNeverTooLong()
    {
        string name = new string('n', 251) + ".csv";
        Assert.That(Shell($"$FMM evaluate --sources one.csv --output {name} > table").Code, Is.Zero);
        Assert.That(File.ReadAllText(In(name)), Is.EqualTo(Row));
    }

    [Test]
    public void WhatAKilledProcessLeftIsRemovedByTheNextAndWhatARunningOneWritesIsNot()
    {
        Write("wide.csv", "x,y,z,q\n" + string.Concat(Enumerable.Range(0, 2000).Select(i => $"{i % 13},{i % 17},{i % 19},1\n")));
        using Process killed = Long("a"), running = Long("b");
        Await(() => Partials.Length == 2, "never started");
        killed.Kill();
        killed.WaitForExit();
        Write("fmm.notes.partial", "a file that only looks like one");
        Assert.That(Partials, Has.Length.EqualTo(3));
        Assert.That(Shell("$FMM evaluate --sources one.csv --output out > table").Code, Is.Zero);
        Assert.That(Partials.Select(Path.GetFileName), Has.One.StartsWith($"fmm.{running.Id}.").And.One.EqualTo("fmm.notes.partial").And.Exactly(2).Items);
        Send(running, "TERM");
        Assert.That(End(running).Code, Is.EqualTo(143));
        Assert.That(Partials, Has.Length.EqualTo(1));
    }

    [Test]
    public void APartialFileOfAnotherProcessWithTheSameNumberIsRecognised()
    {
        Write($"fmm.{Environment.ProcessId}.1.0.partial", "this process started later than at tick 1");
        Assert.That(Shell("$FMM evaluate --sources one.csv --output out > table").Code, Is.Zero);
        Assert.That(Partials, Is.Empty);
    }

    [Test]
    public void AFullDiskIsToldAndLeavesNothing()
    {
        Write("wide.csv", "x,y,z,q\n" + string.Concat(Enumerable.Range(0, 3000).Select(i => $"{i},0,0,1\n")));
        // The runtime keeps its code in a file of memory otherwise, which the limit counts.
        FmmOutcome outcome = Shell("export DOTNET_EnableWriteXorExecute=0; ulimit -f 16; $FMM evaluate --sources wide.csv --output out");
        Assert.That((outcome.Code, outcome.ErrorLines.Length), Is.EqualTo((1, 1)), outcome.Error);
        Assert.That(outcome.Error, Does.Contain("--output out").And.Contain("ulimit -f"));
        Assert.That((File.Exists(In("out")), Partials.Length), Is.EqualTo((false, 0)));
    }

    private Process Long(string name) => BeginFmm("evaluate", "--sources", "wide.csv", "--output", name, "--repeat", "10000");
}
