using Fmm.Engine;

namespace Fmm.Components;

/// <summary>
/// Resource: the colleagues of every octet's parent, seen from the octet. All neighbour relations of the nodes follow from it by
/// <see cref="OctetAdjacency"/>, so that one row of 27 serves eight siblings.
/// </summary>
internal sealed class OctetLinks : IDisposable
{
    /// <summary>The value of a colleague that does not exist, lies outside the domain, or is a leaf without points.</summary>
    public const int Absent = -1;

    private readonly NativeBuffer<int>[] _colleagues = new NativeBuffer<int>[Morton.MaxLevel + 1];
    private readonly NativeBuffer<OctetMasks>[] _masks = new NativeBuffer<OctetMasks>[Morton.MaxLevel + 1];

    /// <summary>No octets yet.</summary>
    /// <param name="ledger">The ledger of the world.</param>
    public OctetLinks(Ledger ledger)
    {
        for (int level = 0; level <= Morton.MaxLevel; level++)
        {
            _colleagues[level] = new NativeBuffer<int>(ledger, "tree.octets.colleagues");
            _masks[level] = new NativeBuffer<OctetMasks>(ledger, "tree.octets.masks");
        }
    }

    /// <summary>
    /// For each octet of a level 27 values in order of direction, about the colleague of its parent there: the octet of that colleague's
    /// children where it is split; -2 - row where it is a leaf with points, of the given row one level up; else <see cref="Absent"/>.
    /// Value 13 is the octet itself.
    /// </summary>
    /// <param name="level">Level of the octets, 1 or deeper.</param>
    /// <returns>27 values an octet.</returns>
    public NativeBuffer<int> Colleagues(int level) => _colleagues[level];

    /// <summary>Which nodes of an octet hold what.</summary>
    /// <param name="level">Level of the octets, 1 or deeper.</param>
    /// <returns>Masks an octet.</returns>
    public NativeBuffer<OctetMasks> Masks(int level) => _masks[level];

    /// <summary>Gives the native memory back.</summary>
    public void Dispose()
    {
        for (int level = 0; level <= Morton.MaxLevel; level++)
        {
            _colleagues[level].Dispose();
            _masks[level].Dispose();
        }
    }
}
