using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The U lists as the plan counts them and P2P walks them, member by member with its sources.</summary>
internal sealed unsafe class NearLists
{
    private readonly LevelColumn<UList> _lists = new();
    private ListMember* _members;

    /// <summary>The sources of all nodes.</summary>
    public LevelColumn<SourceRange> Sources { get; } = new();

    /// <summary>The nodes that <see cref="Read"/> takes.</summary>
    public static QueryDescription Nodes { get; } = new QueryDescription().WithAll<SourceRange, UList>();

    public void Read(NodeRows nodes, ListStore lists)
    {
        Sources.Read(nodes);
        _lists.Read(nodes);
        _members = lists.U.Pointer;
    }

    /// <summary>The members of a leaf's list, one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Members Of(int level, int row) => new(this, _lists[level][row]);

    /// <summary>Walks the members: <c>for (var m = lists.Of(level, row); m.Next();)</c>.</summary>
    public ref struct Members
    {
        private readonly SourceRange*[] _sources;
        private readonly ListMember* _end;
        private ListMember* _at;

        internal Members(NearLists lists, UList list)
        {
            _sources = lists.Sources.Columns;
            _at = lists._members + list.Start - 1;
            _end = lists._members + list.End;
        }

        /// <summary>The member.</summary>
        public readonly ListMember Member => *_at;

        /// <summary>The member's level.</summary>
        public readonly int Level => _at->Level;

        /// <summary>The member's row.</summary>
        public readonly int Row => _at->Row;

        /// <summary>Its sources.</summary>
        public readonly SourceRange Sources => _sources[_at->Level][_at->Row];

        /// <summary>Goes to the next member, if there is one.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public bool Next() => ++_at < _end;

        /// <summary>
        /// Those of the member's sources that a run of points takes where each pair is evaluated once for both its points: of a leaf whose
        /// points stand behind the run's leaf all, of one before it none.
        /// </summary>
        /// <remarks>
        /// A leaf that is a member of its own list in another image is one in the image across, too. Each pair of two points then stands in
        /// both, once from either side: one of the images takes the pairs within a run. Pairs of the leaf in one image belong to the run itself.
        /// </remarks>
        /// <param name="run">Points of the list's owner.</param>
        /// <param name="own">All points of the owner.</param>
        /// <returns>The sources; none if the pairs are another run's.</returns>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly SourceRange Behind(in NearRun run, SourceRange own)
        {
            SourceRange range = Sources;
            if (range.Start > own.Start) return range;
            if (_at->Image == ListMember.Home || _at->Row != run.Row || _at->Level != run.Level) return default;
            int start = _at->Image > ListMember.Home ? run.Start : run.Start + run.Count;
            return new SourceRange { Start = start, Count = own.End - start };
        }
    }
}
