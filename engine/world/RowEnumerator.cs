namespace Fmm.Engine;

/// <summary>Row numbers of a chunk, forward.</summary>
public struct RowEnumerator
{
    private readonly int _count;

    internal RowEnumerator(int count)
    {
        _count = count;
        Current = -1;
    }

    /// <summary>The row.</summary>
    public int Current { get; private set; }

    /// <summary>Steps to the next row.</summary>
    public bool MoveNext() => ++Current < _count;
}
