using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Operators;

public sealed class VectorPairTests
{
    [Test]
    public void Each_pair_of_octants_that_lie_apart_belongs_to_one_vector()
    {
        HashSet<int> seen = [];
        for (int vector = 0; vector < VectorPairs.Count; vector++)
        {
            foreach (int pair in VectorPairs.Of(vector))
            {
                Assert.That(seen.Add(pair));
                Assert.That(TransferVectors.Slot(pair / 64, pair / 8 % 8, pair % 8), Is.EqualTo(VectorPairs.Slot(vector)));
            }
        }
        Assert.That(seen, Has.Count.EqualTo(8 * 189));
    }

    // (1, -2, 3) is mapped to (2, 5, 6), as PyExaFMM's files have it.
    [Test]
    public void A_vector_has_the_hash_of_PyExaFMM()
    {
        Dictionary<long, int> vectors = Enumerable.Range(0, VectorPairs.Count).ToDictionary(VectorPairs.Hash);
        int slot = VectorPairs.Slot(vectors[(2L << 32) | (5L << 16) | 6]);
        Assert.That(Enumerable.Range(0, 3).Select(axis => TransferVectors.SlotComponent(slot, axis)), Is.EqualTo(new[] { 1, -2, 3 }));
    }
}
