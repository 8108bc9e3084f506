using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>
/// Random configurations (points, units, charges, kernel, order, leaf, precision, strategy, registers) against direct sums. A failure tells
/// its seed: <c>new RandomField(seed)</c> is the configuration.
/// </summary>
public sealed class RandomFieldTests
{
    private const int FieldsAPart = 25;

    [Test]
    public void Whatever_is_asked_for_the_field_is_within_its_bounds([Range(0, 9)] int part)
    {
        for (int seed = FieldsAPart * part; seed < FieldsAPart * (part + 1); seed++) Run(seed);
    }

    [Test, Category("Slow"), Category("Fresh")]
    public void Whatever_is_asked_for_with_fresh_seeds_the_field_is_within_its_bounds()
    {
        int first = Random.Shared.Next();
        TestContext.Out.WriteLine($"seeds from {first}");
        for (int i = 0; i < 1500; i++) Run(unchecked(first + i));
    }

    private static void Run(int seed)
    {
        RandomField field = new(seed);
        FieldFit fit;
        try
        {
            fit = field.Fit();
        }
        catch (Exception fault)
        {
            throw new InvalidOperationException(field.ToString(), fault);
        }
        Assert.That(fit.Potential, Is.LessThan(1), () => $"potential over its bound, {field}");
        Assert.That(fit.Gradient, Is.LessThan(1), () => $"gradient over its bound, {field}");
        Assert.That(fit.Told, Is.LessThan(1), () => $"Verify tells another error, {field}");
    }
}
