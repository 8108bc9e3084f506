using System.Text;
using Fmm.Files;
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
    [TestCase("A,B\n1,2\n3,4\n")]
    [TestCase("\"a\",\"b\"\n1,2\n3,4\n")]
    [TestCase("b,a\n2,1\n4,3\n")]
    [TestCase("id,b,name,A\n7,2,it's,1\n,4,\0,3\n")]
    [TestCase("a,b,\n1,2,\n3,4,\n")]
    [TestCase("# made by hand\na,b\n1,2\n#,#,#\n  # and so on\n3,4\n# end")]
    [TestCase("\uFEFF# made by hand\r\nb,a\r\n2,1\r\n4,3\r\n\r\n# end\r\n")]
    [TestCase("a,b\n1\t\v,\f2 \n3,4\r\r\n")]
    public void EveryUsualSpellingIsRead(string text) => Assert.That(Read(text), Is.EqualTo(new double[] { 1, 2, 3, 4 }));

    [TestCase("1\0", "'1?' is not a number")]
    [TestCase("\01", "'?1' is not a number")]
    [TestCase("1 \0\0", "is not a number")]
    [TestCase("1\u00a0", "is not a number")]
    [TestCase("1,5", "the row has 3 fields instead of 2")]
    [TestCase("1_000", "is not a number")]
    [TestCase("0x10", "is not a number")]
    [TestCase("1e", "is not a number")]
    [TestCase("+-1", "is not a number")]
    [TestCase("1f", "is not a number")]
    [TestCase("1e400", "'1e400' is too large for a double")]
    [TestCase("-1e400 ", "'-1e400' is too large for a double")]
    [TestCase("1e99999999999", "is too large for a double")]
    [TestCase("-inf", "'-inf' is not finite")]
    [TestCase("\"1\"", "is not a number")]
    [TestCase("5 # five", "is not a number")]
    public void WhatIsNoFiniteNumberIsRefused(string field, string fault)
    {
        DataFileException refusal = Assert.Throws<DataFileException>(() => Read($"a,b\n1,2\n# comment\n3,{field}\n"))!;
        Assert.That(refusal.Message, Does.StartWith("test.csv, line 4: ").And.Contain(fault));
    }

    [TestCase("a\n1\n", "it must be a,b, in any order, and b is missing")]
    [TestCase("a,b,A\n1,2,3\n", "has the column a twice")]
    [TestCase("# a,b\n1,2\n", "line 1: the header a,b is a comment here; remove the #")]
    [TestCase("# nothing else\n", "the file is empty")]
    [TestCase("c,a,b\n1,2\n", "the row has 2 fields instead of 3; b is missing")]
    [TestCase("a,b,c\n1,2\n", "the row has 2 fields instead of 3; a field is missing")]
    [TestCase("a,c,b\n1,2,3,4\n", "the row has 4 fields instead of 3; remove what is too much")]
    public void AHeaderOrRowThatCannotBeUsedIsRefused(string text, string fault) =>
        Assert.That(Assert.Throws<DataFileException>(() => Read(text))!.Message, Does.Contain(fault));

    [Test]
    public void AFileInAnotherEncodingIsToldSo() =>
        Assert.That(Assert.Throws<DataFileException>(() => ReadBytes([.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes("a,b\n1,2\n")]))!.Message, Does.Contain("UTF-16"));

    [Test]
    public void SkippedColumnsAreNamed()
    {
        using CsvReader reader = new(new MemoryStream(Encoding.UTF8.GetBytes("id,B,a,Name\n1,2,3,4\n")), "test.csv", "a", "b");
        Assert.That(string.Join(' ', reader.IgnoredColumns), Is.EqualTo("id Name"));
    }

    [Test]
    public void ALineLongerThanTheBufferIsRead()
    {
        string wide = new string(' ', 200_000) + "7";
        Assert.That(Read($"a,b\n1,{wide}\n3,4\n"), Is.EqualTo(new double[] { 1, 7, 3, 4 }));
    }

    [Test]
    public void AFileWithoutLineEndsIsRefusedBeforeItFillsTheMemory()
    {
        DataFileException fault = Assert.Throws<DataFileException>(() => Read("a,b\n" + new string('1', 3_000_000)))!;
        Assert.That(fault.Message, Does.Contain("line 2").And.Contain("longer"));
    }

    [Test]
    public void LinesAreCountedAcrossRefills()
    {
        StringBuilder text = new("a,b\n");
        for (int i = 0; i < 50_000; i++) text.Append(i).Append(',').Append(-i).Append('\n');
        DataFileException fault = Assert.Throws<DataFileException>(() => Read(text.Append("1,x\n").ToString()))!;
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
        catch (DataFileException fault)
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
            foreach (double value in values) writer.Write(value, last: true);
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
        while (reader.Read(row)) values.AddRange(row);
        return values;
    }
}
