using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>fmm build, test and lint: the clone around the current folder, its programs, their exit codes.</summary>
internal sealed class CloneCommandTests : ShellFixture
{
    // Programs in the place of dotnet and the tests' script, which say where they are and what they were told.
    private const string Said = "#!/bin/sh\necho \"$0 in $PWD:\" \"$@\"\nread word && echo \"heard $word\"\n";

    [TestCase("build", 3, "dotnet", "build Engine.sln -c Release")]
    [TestCase("lint", 2, "dotnet", "format Engine.sln --verify-no-changes")]
    [TestCase("test", 0, "./tests/run", "")]
    public void ACommandBecomesItsProgramInTheClonesRoot(string command, int code, string program, string words)
    {
        MakeClone(code);
        FmmOutcome outcome = Shell($$"""
            cd below/it; real=$(command -v dotnet); export PATH="{{Folder}}/bin:$PATH"
            echo hello | "$real" {{Path.Combine(AppContext.BaseDirectory, "fmm.dll")}} {{command}} --filter x -v q
            """);
        string expected = $"{words} --filter x -v q".Trim();
        string named = program == "dotnet" ? In("bin/dotnet") : program;
        Assert.That(outcome.Output, Is.EqualTo($"{named} in {Folder}: {expected}\nheard hello\n"), outcome.Error);
        Assert.That(outcome.Code, Is.EqualTo(code));
    }

    [TestCase("build")]
    [TestCase("test")]
    [TestCase("lint")]
    public void OutsideACloneIsRefused(string command)
    {
        FmmOutcome outcome = Shell($"$FMM {command}");
        Assert.That((outcome.Code, outcome.Output), Is.EqualTo((2, "")));
        Assert.That(outcome.Error, Is.EqualTo($"fmm: {Folder} lies in no clone of Fmm Engine (a folder with Engine.sln and tests/run); change into one\n"));
    }

    [Test]
    public void AProgramThatCannotBeStartedIsRefused()
    {
        MakeClone(0);
        SetMode("tests/run", UnixFileMode.UserRead);
        FmmOutcome outcome = Shell("$FMM test");
        Assert.That((outcome.Code, outcome.Error), Is.EqualTo((2, $"fmm: ./tests/run can't be started in {Folder}: Permission denied; see whether it is installed\n")));
    }

    [Test]
    public void ASignalEndsTheProgramAsItWouldWithoutTheCommand()
    {
        MakeClone(0);
        WriteProgram("tests/run", "#!/bin/sh\nkill -PIPE $$\necho still here\n");
        Assert.That((Shell("$FMM test; echo $?").Output), Does.StartWith("141"));
    }

    private void MakeClone(int code)
    {
        Directory.CreateDirectory(In("tests"));
        Directory.CreateDirectory(In("bin"));
        Directory.CreateDirectory(In("below/it"));
        Write("Engine.sln", "");
        WriteProgram("bin/dotnet", $"{Said}exit {code}\n");
        WriteProgram("tests/run", $"{Said}exit {code}\n");
    }

    private void WriteProgram(string name, string text)
    {
        Write(name, text);
        SetMode(name, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    private void SetMode(string name, UnixFileMode mode)
    {
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(In(name), mode);
    }
}
