using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The matrices of an operator, one a segment or one a segment and component, rounded and packed as <see cref="PackedProduct{TRegister, T}"/>
/// reads them: panels of a few registers, each from the first row to the last.
/// </summary>
internal sealed unsafe class PackedBlocks<T>(Ledger ledger, string name) : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly NativeBuffer<T> _numbers = new(ledger, name);
    private nint[] _offsets = [];
    private int[] _depths = [];
    private int[] _columns = [];

    /// <summary>Floating-point operations of one row times each of the blocks.</summary>
    public long Flops { get; private set; }

    /// <summary>Rows of a block.</summary>
    public int Depth(int block) => _depths[block];

    /// <summary>Columns of a block with zeros to whole registers.</summary>
    public int Columns(int block) => _columns[block];

    /// <summary>A block.</summary>
    public T* Matrix(int block) => _numbers.Pointer + _offsets[block];

    /// <summary>All numbers, block after block.</summary>
    public ReadOnlySpan<T> Numbers => _numbers.Span;

    /// <summary>Rounds matrices and packs their transposes: a matrix acts on columns, and what it acts on stands in rows.</summary>
    public void Set(PlainMatrix[] matrices, int lane)
    {
        _offsets = new nint[matrices.Length];
        _depths = new int[matrices.Length];
        _columns = new int[matrices.Length];
        Flops = 0;
        long length = 0;
        for (int i = 0; i < matrices.Length; i++)
        {
            PlainMatrix matrix = matrices[i];
            _offsets[i] = (nint)length;
            _depths[i] = matrix.Columns;
            _columns[i] = PackedMatrix.Columns(matrix.Rows, lane);
            length += PackedMatrix.Length(matrix.Columns, matrix.Rows, lane);
            Flops += 2L * matrix.Columns * matrix.Rows;
        }
        _numbers.Resize(checked((int)length));
        for (int i = 0; i < matrices.Length; i++)
            PackedMatrix.Pack(matrices[i].Elements, 1, _depths[i], _depths[i], matrices[i].Rows, lane, Matrix(i));
    }

    public void Dispose() => _numbers.Dispose();
}
