using System.CommandLine;

namespace Fmm.Samples;

/// <summary><c>fmm build</c>, <c>fmm test</c>, <c>fmm lint</c>: what a clone is built, tested and checked with, from anywhere in it.</summary>
internal static class CloneCommand
{
    /// <summary>The three commands.</summary>
    public static IEnumerable<Command> Build() =>
    [
        Make("build", "Build the clone that the current folder lies in (dotnet build)", "dotnet", "build", CloneFolder.Solution, "-c", "Release"),
        Make("test", "Run the clone's tests (tests/run)", $"./{CloneFolder.Tests}"),
        Make("lint", "Check the clone's style (dotnet format); nothing is changed", "dotnet", "format", CloneFolder.Solution, "--verify-no-changes"),
    ];

    private static Command Make(string name, string description, string program, params string[] words)
    {
        // What follows belongs to the program, its options too.
        Command command = new(name, $"{description}; what follows goes to that program") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction(parsed => OtherProgram.Become(CloneFolder.Root(Environment.CurrentDirectory), program, [.. words, .. parsed.UnmatchedTokens]));
        return command;
    }
}
