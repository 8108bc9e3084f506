using System.Globalization;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Fmm.Tests.Library;

/// <summary>The samples in C compile without a warning, and print errors as small as they were asked for.</summary>
internal sealed class CSampleTests
{
    [Test]
    public void A_field_is_within_its_tolerance()
    {
        string told = Run("field");
        Assert.That(told, Does.Match(@"^fmm 0\.1\.0, loops of (512|256|128) bits\n"));
        Assert.That(Numbers(told, @"potential (\S+), gradient (\S+)\n$"), Is.All.Positive.And.All.LessThan(1e-4));
    }

    [Test]
    public void A_kernel_of_ones_own_has_the_field_of_the_built_in_one_and_of_the_direct_sum()
    {
        string told = Run("kernel");
        Assert.That(Numbers(told, @"^against the built-in kernel: (\S+)\nagainst 100 sums over all pairs: (\S+)\nas fmm_verify finds it: potential (\S+), gradient (\S+)\n$"),
            Is.All.Positive.And.All.LessThan(1e-4));
    }

    [Test]
    public void A_loop_of_points_that_move_keeps_its_energy()
    {
        string told = Run("loop");
        double[] radii = Numbers(told, @"^radius (\S+), after 40 steps (\S+)\n");
        Assert.That(radii[1], Is.Positive.And.LessThan(0.9 * radii[0]));
        Assert.That(Numbers(told, @"off by (\S+) at worst\nerror of the last potentials: (\S+)\n$"), Is.All.Positive.And.All.LessThan(1e-3));
    }

    private static string Run(string name)
    {
        using NativeProgram program = new("gcc", Path.Combine(Clone.Root, "samples", "c", $"{name}.c"));
        return program.Told();
    }

    private static double[] Numbers(string told, string pattern)
    {
        Match match = Regex.Match(told, pattern);
        Assert.That(match.Success, $"{pattern} in\n{told}");
        return [.. match.Groups.Values.Skip(1).Select(group => double.Parse(group.Value, CultureInfo.InvariantCulture))];
    }
}
