using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Tree;

public sealed class RadixSortTests
{
    private static readonly string[] _kinds = ["random", "narrow", "high", "few", "equal", "ascending", "descending", "clusters"];

    [Test]
    public void Sorting_is_the_stable_sort(
        [ValueSource(nameof(_kinds))] string kind, [Values(0, 1, 2, 3, 24, 25, 1000, 5000, 70000)] int count)
    {
        ulong[] keys = Keys(kind, count);
        ulong[] sorted = new ulong[count];
        int[] order = new int[count];
        Ledger ledger = new();
        using (RadixSort sort = new(ledger))
        {
            sort.Sort(Jobs.Serial, keys, sorted, order);
        }

        int[] expected = [.. Enumerable.Range(0, count).OrderBy(i => keys[i])];
        Assert.That(order, Is.EqualTo(expected));
        Assert.That(sorted, Is.EqualTo(expected.Select(i => keys[i])));
        Assert.That(ledger.Outstanding, Is.Zero);
    }

    [Test]
    public void Rows_for_the_result_must_be_as_many_as_keys()
    {
        using RadixSort sort = new(new Ledger());
        Assert.That(() => sort.Sort(Jobs.Serial, new ulong[4], new ulong[3], new int[4]), Throws.ArgumentException.With.Message.Contains("4 keys"));
    }

    private static ulong[] Keys(string kind, int count)
    {
        Random random = new(count);
        ulong[] keys = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            ulong any = (ulong)random.NextInt64();
            keys[i] = kind switch
            {
                "random" => any,
                "narrow" => (any & 0x3FF) | 0x1234500000000000,
                "high" => any & 0x7FF0000000000000,
                "few" => any % 7 * 0x0101010101010101,
                "equal" => 42,
                "ascending" => (ulong)i << 20,
                "descending" => (ulong)(count - i) << 3,
                _ => (any & 7) + ((any >> 3) % 3 * 0x1111111111111111),
            };
        }

        return keys;
    }
}
