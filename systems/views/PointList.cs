namespace Fmm.Systems;

/// <summary>Points in working precision by column, relative to one centre; a view of somebody's scratch.</summary>
internal readonly unsafe ref struct PointList<T>(T* x, T* y, T* z, int count)
    where T : unmanaged
{
    public readonly T* X = x;
    public readonly T* Y = y;
    public readonly T* Z = z;
    public readonly int Count = count;
}
