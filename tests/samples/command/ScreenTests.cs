using System.Text;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>A terminal after a run: what is on it, row by row, as someone in front of it sees it.</summary>
internal sealed class ScreenTests : ShellFixture
{
    [SetUp]
    public void NeedATerminal()
    {
        if (Shell("command -v script").Code != 0) Assert.Ignore("There is no script (util-linux) to make a terminal.");
    }

    [TestCase(80)]
    [TestCase(40)]
    [TestCase(13)]
    [TestCase(2)]
    public void NothingOfTheProgressIsLeft(int columns)
    {
        FmmOutcome outcome = InTerminal(columns, "$FMM run cube --n 200000 --verify 2000 --repeat 2 --json > got");
        Assert.That(outcome.Code, Is.Zero, outcome.Output);
        Assert.That(outcome.Output, Does.Contain("\u001b[K"), "there was some");
        Assert.That(Rows(outcome.Output, columns), Is.Empty);
    }

    [TestCase(80)]
    [TestCase(40)]
    public void TheTableStandsAloneOnTheScreen(int columns)
    {
        FmmOutcome outcome = InTerminal(columns, "$FMM run cube --n 200000 --verify 2000");
        string[] rows = Rows(outcome.Output, columns);
        Assert.That(rows[0], Does.StartWith("laplace, double precision"));
        Assert.That(outcome.Output.Replace("\u001b[K", "", StringComparison.Ordinal), Does.Not.Contain('\u001b'), "no other escape codes");
    }

    [Test]
    public void AFaultStandsAloneOnTheScreen()
    {
        WriteCube(100);
        FmmOutcome outcome = InTerminal(80, "$FMM evaluate --sources cube.csv --output /dev/full");
        Assert.That(Rows(outcome.Output, 80)[0], Does.StartWith("fmm: the result can't be written"));
    }

    [Test]
    public void ASignalLeavesAMessageAlone()
    {
        FmmOutcome outcome = InTerminal(80, "$FMM run cube --n 300000 --repeat 10000 > got & sleep 2.5; kill -TERM $!; wait $!");
        Assert.That(outcome.Code, Is.EqualTo(143), outcome.Output);
        Assert.That(string.Join('|', Rows(outcome.Output, 80)), Is.EqualTo("fmm: cancelled before its output was complete"));
    }

    [Test]
    public void ADumbTerminalGetsNoProgress()
    {
        FmmOutcome outcome = InTerminal(80, "export TERM=dumb; $FMM run cube --n 200000 --json > got");
        Assert.That(outcome.Output, Is.Empty);
    }

    private FmmOutcome InTerminal(int columns, string command)
    {
        Write("command", $"stty cols {columns} rows 24\n{command}\n");
        return Shell("export TERM=xterm; script -qec 'bash command' /dev/null");
    }

    /// <summary>What a terminal shows: characters at the cursor, \r, \n, and the erasing of a line from the cursor on.</summary>
    private static string[] Rows(string written, int columns)
    {
        List<StringBuilder> rows = [new()];
        int row = 0, column = 0;
        for (int i = 0; i < written.Length; i++)
        {
            if (written.AsSpan(i).StartsWith("\u001b[K"))
            {
                rows[row].Length = Math.Min(rows[row].Length, column);
                i += 2;
            }
            else if (written[i] == '\r') column = 0;
            else if (written[i] == '\n') Down();
            else
            {
                if (column == columns)
                {
                    Down();
                    column = 0;
                }

                while (rows[row].Length <= column) rows[row].Append(' ');
                rows[row][column++] = written[i];
            }
        }

        return [.. rows.Select(one => one.ToString().TrimEnd()).Where(one => one.Length > 0)];

        void Down()
        {
            if (++row == rows.Count) rows.Add(new());
        }
    }
}
