using System.Text;
using Fmm.Samples;
using FsCheck;
using FsCheck.Fluent;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The CSV reader and writer: what is accepted, and that no bit is lost.</summary>
internal sealed class CsvReaderTests
{
    [TestCase("a,b\r\n1,2\r\n3,4\r\n")]
    [TestCase("a,b\n1,2\n3,4")]
    [TestCase("a,b\n1,2\n3,4\n\n \n\r\n")]
    [TestCase("\uFEFFa,b\n1,2\n3,4\n")]
    [TestCase(" a , b \n 1 ,\t2\n3 , 4 \n")]
    [TestCase("a,b\n1e0,+2\n30E-1,.4e1\n")]
    [TestCase("a,b\n1.,2.0\n003,4.\n")]
    public void EveryUsualSpellingIsRead(string text) => Assert.That(Read(text), Is.EqualTo(new double[] { 1, 2, 3, 4 }));

    [Test]
    public void ALineLongerThanTheBufferIsRead()
    {
        string wide = new string(' ', 200_000) + "7";
        Assert.That(Read($"a,b\n1,{wide}\n3,4\n"), Is.EqualTo(new double[] { 1, 7, 3, 4 }));
    }

    [Test]
    public void AFileWithoutLineEndsIsRefusedBeforeItFillsTheMemory()
    {
        InputException fault = Assert.Throws<InputException>(() => Read("a,b\n" + new string('1', 3_000_000)))!;
        Assert.That(fault.Message, Does.Contain("line 2").And.Contain("longer"));
    }

    [Test]
    public void LinesAreCountedAcrossRefills()
    {
        StringBuilder text = new("a,b\n");
        for (int i = 0; i < 50_000; i++)
        {
            text.Append(i).Append(',').Append(-i).Append('\n');
        }

        InputException fault = Assert.Throws<InputException>(() => Read(text.Append("1,x\n").ToString()))!;
        Assert.That(fault.Message, Does.Contain("test.csv, line 50002: field b: 'x'"));
    }

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property EveryFiniteDoubleComesBackWithItsBits() => Prop.ForAll(ArbMap.Default.ArbFor<long[]>(), bits =>
    {
        double[] values = [.. bits.Select(BitConverter.Int64BitsToDouble).Where(double.IsFinite).SelectMany(value => new[] { value, -value })];
        return RoundTrip(values).SequenceEqual(values.Select(BitConverter.DoubleToInt64Bits));
    });

    [FsCheck.NUnit.Property(MaxTest = 300)]
    public Property EveryOrdinaryDoubleComesBackWithItsBits() => Prop.ForAll(ArbMap.Default.ArbFor<NormalFloat[]>(), numbers =>
    {
        double[] values = [.. numbers.Select(number => number.Get).SelectMany(value => new[] { value, value / 3 })];
        return RoundTrip(values).SequenceEqual(values.Select(BitConverter.DoubleToInt64Bits));
    });

    [FsCheck.NUnit.Property(MaxTest = 500)]
    public Property NoBytesMakeTheReaderFailOtherThanByRefusal() => Prop.ForAll(ArbMap.Default.ArbFor<byte[]>(), bytes =>
    {
        byte[] file = [.. "a,b\n1,2\n"u8, .. bytes];
        try
        {
            return ReadBytes(file).All(double.IsFinite);
        }
        catch (InputException fault)
        {
            return !fault.Message.AsSpan().ContainsAny('\n', '\r', '\u001b');
        }
    });

    private static IEnumerable<long> RoundTrip(double[] values) =>
        ReadBytes(Encoding.UTF8.GetBytes(Text(values)), "v").Select(BitConverter.DoubleToInt64Bits);

    private static string Text(double[] values)
    {
        using MemoryStream stream = new();
        using (CsvWriter writer = new(stream, "v"))
        {
            foreach (double value in values)
            {
                writer.Write(value, last: true);
            }
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    private static List<double> Read(string text) => ReadBytes(Encoding.UTF8.GetBytes(text));

    private static List<double> ReadBytes(byte[] bytes, params string[] columns)
    {
        columns = columns.Length == 0 ? ["a", "b"] : columns;
        using CsvReader reader = new(new MemoryStream(bytes), "test.csv", columns);
        List<double> values = [];
        double[] row = new double[columns.Length];
        while (reader.Read(row))
        {
            values.AddRange(row);
        }

        return values;
    }
}
