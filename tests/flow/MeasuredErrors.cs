using System.Globalization;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>
/// Relative L2 errors as they were measured (<c>MeasuredErrors.txt</c>), a line a case: its name, the potential's, the gradient's. A test may find
/// twice as much, or what it says: a margin for other registers and compilers, not for a worse method. Each test writes its line; a
/// method that does better gets new ones.
/// </summary>
internal static class MeasuredErrors
{
    private static readonly Dictionary<string, (double Potential, double Gradient)> _errors = Read();

    /// <summary>Asserts that errors are no more than twice those of the running test.</summary>
    public static void Hold((double Potential, double Gradient) found) => Hold(TestContext.CurrentContext.Test.Name, found);

    /// <summary>Asserts that errors are no more than <paramref name="times"/> those of a case.</summary>
    public static void Hold(string name, (double Potential, double Gradient) found, double times = 2)
    {
        TestContext.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {found.Potential:e2} {found.Gradient:e2}"));
        Assert.That(_errors, Contains.Key(name));
        (double potential, double gradient) = _errors[name];
        Assert.Multiple(() =>
        {
            Assert.That(found.Potential, Is.LessThanOrEqualTo(times * potential), "potential");
            Assert.That(found.Gradient, Is.LessThanOrEqualTo(times * gradient), "gradient");
        });
    }

    private static Dictionary<string, (double Potential, double Gradient)> Read()
    {
        using StreamReader reader = new(typeof(MeasuredErrors).Assembly.GetManifestResourceStream("MeasuredErrors")!);
        return reader.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' ')).ToDictionary(
            words => string.Join(' ', words[..^2]),
            words => (double.Parse(words[^2], CultureInfo.InvariantCulture), double.Parse(words[^1], CultureInfo.InvariantCulture)));
    }
}
