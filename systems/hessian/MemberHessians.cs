using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The second derivatives that the densities of a leaf's W members give at its targets, as M2P gives potentials.</summary>
internal sealed unsafe class MemberHessians<TKernel, TRegister>(Ledger ledger, ExpansionSizes expansion) : IDisposable
    where TKernel : unmanaged, IKernel<TKernel>
    where TRegister : unmanaged, IRegister<TRegister, double>
{
    private readonly LevelColumn<NodeKey> _keys = new();
    private readonly LevelColumn<WList> _lists = new();
    private readonly LevelBlock<Multipole, double> _multipoles = new();
    private readonly SurfacePoints<double> _surface = new(ledger, expansion.Surface);
    private readonly WorkerScratch<double> _scratch = new(ledger, "hessians: members");
    private ListMember* _members;
    private TreeShape? _shape;
    private TKernel _kernel;

    private int SurfaceStride => DirectSum<TKernel, double, TRegister>.Padded(expansion.Surface.Count);

    /// <summary>Takes a tree's lists and multipoles.</summary>
    public void Prepare(NodeRows rows, MixedStore lists, TreeShape shape, TKernel scaled, int workers)
    {
        _shape = shape;
        _kernel = scaled;
        _members = lists.W.Pointer;
        _keys.Read(rows);
        _lists.Read(rows);
        _multipoles.Read(rows);
        _scratch.Prepare(workers, (3L * SurfaceStride) + (2L * expansion.DensityCount));
    }

    /// <summary>Adds those of all members to six columns, in the root's unit.</summary>
    /// <returns>Pairs evaluated.</returns>
    public long Add(int level, int row, PointList<double> targets, double* sums, int stride, int worker)
    {
        WList list = _lists[level][row];
        if (list.Count == 0) return 0;
        int points = expansion.Surface.Count, surface = SurfaceStride;
        double* x = _scratch.Of(worker), charges = x + (3 * surface), densities = charges + expansion.DensityCount;
        double unit = _shape!.Unit;
        for (int i = list.Start; i < list.End; i++)
        {
            ListMember member = _members[i];
            Position at = _shape.CentreOf(member, _keys[member.Level][member.Row].Value);
            double halfWidth = NodeGeometry.HalfWidth(_shape.RootCube, member.Level);
            _surface.Place(x, surface, expansion.Ratios.Inner * halfWidth / unit, at.X / unit, at.Y / unit, at.Z / unit);
            ParityRows<double>.Unsort(expansion.Densities, member.Row & 7, _multipoles.Row(member.Level, member.Row), points, densities);
            Density.Place(densities, charges, points, expansion.SourceComponents, 1 / expansion.DensityScale(_shape.ScaledHalfWidth(member.Level)));
            DirectHessian<TKernel, TRegister>.Add(_kernel, targets, new PointList<double>(x, x + surface, x + (2 * surface), points), charges, sums, stride);
        }
        return (long)list.Count * points * targets.Count;
    }

    public void Dispose()
    {
        _surface.Dispose();
        _scratch.Dispose();
    }
}
