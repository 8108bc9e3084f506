using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>The product of a batch of 64 rows and a square matrix in single precision, as the operators multiply, in the cache of each thread.</summary>
internal sealed unsafe class ProductLoop : LimitLoop, IDisposable
{
    private const int Rows = 64;
    private readonly ILinearAlgebra _algebra;
    private readonly int _size;
    private readonly NativeBuffer<float>[] _memory;

    public ProductLoop(ILinearAlgebra algebra, int size, int threads)
    {
        _algebra = algebra;
        _size = size;
        Ledger ledger = new();
        _memory = new NativeBuffer<float>[threads];
        for (int worker = 0; worker < threads; worker++)
        {
            _memory[worker] = new NativeBuffer<float>(ledger, "product loop", (2 * Rows * size) + (size * size));
            _memory[worker].Span.Fill(0.5f);
        }
    }

    protected override double Work => 2.0 * Rows * _size * _size;

    public void Dispose() => Array.ForEach(_memory, memory => memory.Dispose());

    protected override void Repeat(int worker, int repetitions)
    {
        float* rows = _memory[worker].Pointer, result = rows + (Rows * _size), matrix = result + (Rows * _size);
        for (int i = 0; i < repetitions; i++)
            _algebra.Gemm(false, Rows, _size, _size, rows, _size, matrix, _size, result, _size);
    }
}
