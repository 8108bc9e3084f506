using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The leaves whose sources a leaf takes directly: its U list, and those members of its W and X lists that hold too few points for an
/// expansion (<see cref="NearMembers"/>). The plan counts them and P2P walks them, in one order.
/// </summary>
internal sealed unsafe class NearLists(int surfacePoints)
{
    private readonly LevelColumn<NodeLinks> _links = new();
    private readonly LevelColumn<TargetRange> _targets = new();
    private readonly LevelColumn<UList> _near = new();
    private readonly LevelColumn<WList> _finer = new();
    private readonly LevelColumn<XList> _coarser = new();
    private ListStore? _lists;

    /// <summary>The sources of all nodes.</summary>
    public LevelColumn<SourceRange> Sources { get; } = new();

    /// <summary>The nodes that <see cref="Read"/> takes.</summary>
    public static QueryDescription Nodes { get; } = new QueryDescription()
        .WithAll<NodeLinks, SourceRange, TargetRange>().WithAll<UList, WList, XList>();

    public void Read(NodeRows nodes, ListStore lists)
    {
        _links.Read(nodes);
        Sources.Read(nodes);
        _targets.Read(nodes);
        _near.Read(nodes);
        _finer.Read(nodes);
        _coarser.Read(nodes);
        _lists = lists;
    }

    /// <summary>The members of a leaf with targets, one by one.</summary>
    public Members Of(int level, int row) => new(this, level, row);

    /// <summary>Walks the members: <c>for (var m = lists.Of(level, row); m.Next();)</c>.</summary>
    public ref struct Members
    {
        private readonly NearLists _lists;
        private readonly int _level;
        private readonly WList _finer;
        private readonly XList _coarser;
        private int* _at, _end;
        private int _part;

        internal Members(NearLists lists, int level, int row)
        {
            _lists = lists;
            _level = level;
            UList near = lists._near[level][row];
            _at = lists._lists!.U.Pointer + near.Start;
            _end = _at + near.Count;
            _finer = lists._finer[level][row];
            _coarser = lists._coarser[level][row];
            if (_coarser.Count > 0 && !NearMembers.DirectX(lists._links[level][row], lists._targets[level][row], lists.SurfacePoints)) _coarser.Count = 0;
        }

        /// <summary>The member's level.</summary>
        public int Level { get; private set; }

        /// <summary>The member's row.</summary>
        public int Row { get; private set; }

        /// <summary>Its sources.</summary>
        public readonly SourceRange Sources => _lists.Sources[Level][Row];

        /// <summary>Goes to the next member, if there is one.</summary>
        public bool Next()
        {
            while (true)
            {
                while (_at < _end)
                {
                    int entry = *_at++;
                    Level = _part == 0 ? _level + ListStore.RelativeLevel(entry) : _part == 1 ? _level + 1 : _level - 1;
                    Row = _part == 0 ? ListStore.Row(entry) : entry;
                    if (_part != 1 || NearMembers.DirectW(_lists._links[Level][Row], Sources, _lists.SurfacePoints)) return true;
                }
                if (++_part > 2) return false;
                (int start, int count) = _part == 1 ? (_finer.Start, _finer.Count) : (_coarser.Start, _coarser.Count);
                _at = (_part == 1 ? _lists._lists!.W : _lists._lists!.X).Pointer + start;
                _end = _at + count;
            }
        }
    }

    private int SurfacePoints => surfacePoints;
}
