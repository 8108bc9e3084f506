using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Outliers of about the same distance from the rest, and a unit of length for each group: a power of two.</summary>
internal sealed unsafe class OutlierGroups(Ledger ledger, string name) : IDisposable
{
    // Distances of a group span so many powers of two: their powers stay in range.
    private const int Span = 32;
    private readonly NativeBuffer<int> _members = new(ledger, name);
    private readonly NativeBuffer<Group> _groups = new(ledger, name);

    /// <summary>Groups.</summary>
    public int Count => _groups.Length;

    /// <summary>There are none yet, of so many members at most.</summary>
    public void Begin(int members)
    {
        _members.Resize(members);
        _groups.Resize(0);
    }

    /// <summary>Adds an outlier, after those that were added before.</summary>
    /// <param name="row">Its row.</param>
    /// <param name="point">Where it lies.</param>
    /// <param name="centre">The middle of the rest.</param>
    /// <param name="scales">False where all units are to be 1.</param>
    public void Add(int row, in Position point, in Position centre, bool scales)
    {
        double distance = Math.Max(Math.Abs(point.X - centre.X), Math.Max(Math.Abs(point.Y - centre.Y), Math.Abs(point.Z - centre.Z)));
        int exponent = scales ? (int)Math.Floor(Math.ILogB(distance) / (double)Span) * Span : 0;
        int group = 0, total = 0;
        for (; group < Count && _groups.Pointer[group].Exponent != exponent; group++) total += _groups.Pointer[group].Length;
        if (group == Count)
        {
            _groups.Resize(Count + 1, keep: true);
            _groups.Pointer[group] = new Group { Exponent = exponent, Start = total };
        }
        // Room is made behind the group's last member: outliers are few.
        ref Group own = ref _groups.Pointer[group];
        int at = own.Start + own.Length++, used = 0;
        for (int i = 0; i < Count; i++) used += _groups.Pointer[i].Length;
        for (int i = used - 1; i > at; i--) _members.Pointer[i] = _members.Pointer[i - 1];
        _members.Pointer[at] = row;
        for (int i = group + 1; i < Count; i++) _groups.Pointer[i].Start++;
    }

    /// <summary>The unit of a group, as a length of the user's.</summary>
    public double Unit(int group) => Math.ScaleB(1, _groups.Pointer[group].Exponent);

    /// <summary>The rows of a group.</summary>
    public ReadOnlySpan<int> Members(int group) => new(_members.Pointer + _groups.Pointer[group].Start, _groups.Pointer[group].Length);

    public void Dispose()
    {
        _members.Dispose();
        _groups.Dispose();
    }

    private struct Group
    {
        public int Exponent, Start, Length;
    }
}
