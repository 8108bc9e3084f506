using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The blocks of an operator, packed for <see cref="PackedProduct{TRegister, T}"/>: one for each segment, or for each segment and component.</summary>
internal sealed unsafe class PackedBlocks<T>(Ledger ledger, string name) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _numbers = new(ledger, name);
    private nint[] _offsets = [];
    private int[] _depths = [];
    private int[] _columns = [];

    /// <summary>A multiplication with each of the blocks, in floating-point operations.</summary>
    public long Flops { get; private set; }

    /// <summary>Rows of a block.</summary>
    public int Depth(int block) => _depths[block];

    /// <summary>Columns of a block with zeros to whole registers.</summary>
    public int Columns(int block) => _columns[block];

    /// <summary>A block.</summary>
    public T* Matrix(int block) => _numbers.Pointer + _offsets[block];

    /// <summary>Takes blocks over, each a matrix by column: as it acts on a column, not on a row.</summary>
    public void Set((double[] Matrix, int Depth, int Columns)[] blocks, int lane)
    {
        _offsets = new nint[blocks.Length];
        _depths = [.. blocks.Select(block => block.Depth)];
        _columns = [.. blocks.Select(block => PackedMatrix.Columns(block.Columns, lane))];
        Flops = blocks.Sum(block => 2L * block.Depth * block.Columns);
        long length = 0;
        for (int i = 0; i < blocks.Length; i++)
        {
            _offsets[i] = (nint)length;
            length += PackedMatrix.Length(blocks[i].Depth, blocks[i].Columns, lane);
        }
        _numbers.Resize(checked((int)length));
        for (int i = 0; i < blocks.Length; i++)
            PackedMatrix.Pack(blocks[i].Matrix, 1, blocks[i].Depth, blocks[i].Depth, blocks[i].Columns, lane, Matrix(i));
    }

    public void Dispose() => _numbers.Dispose();
}
