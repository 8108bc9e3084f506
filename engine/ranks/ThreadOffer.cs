namespace Fmm.Engine;

/// <summary>What a rank lays out for the others in a collective call: its elements, and how many are for each.</summary>
internal unsafe struct ThreadOffer
{
    public void* Data;
    public long[] Counts;
}
