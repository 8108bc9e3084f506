using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace Fmm.Samples;

/// <summary>A <see cref="SingleLayer"/> as MathNet's iterative solvers take a matrix: it has no entries, and products of its own.</summary>
internal sealed class LayerMatrix(SingleLayer layer) : SparseMatrix(layer.Count, layer.Count)
{
    /// <inheritdoc/>
    protected override void DoMultiply(Vector<double> rightSide, Vector<double> result)
    {
        double[] product = new double[RowCount];
        layer.Multiply(rightSide.AsArray() ?? rightSide.ToArray(), product);
        result.SetValues(product);
    }
}
