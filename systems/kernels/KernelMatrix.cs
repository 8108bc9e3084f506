using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>A kernel's matrix at an offset, number by number: what a kernel is tested by, and what operators are made of.</summary>
internal static class KernelMatrix
{
    /// <summary>The matrix, <see cref="IKernel{TSelf}.PotentialComponents"/> rows by <see cref="IKernel{TSelf}.SourceComponents"/> columns.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="dx">Target minus source along x.</param>
    /// <param name="dy">Target minus source along y.</param>
    /// <param name="dz">Target minus source along z.</param>
    /// <param name="matrix">Receives it, row by row.</param>
    public static void Evaluate<TKernel>(this TKernel kernel, double dx, double dy, double dz, Span<double> matrix)
        where TKernel : unmanaged, IKernel<TKernel> => TKernel.Evaluate(kernel, dx, dy, dz, matrix);

    /// <summary>Its derivatives with respect to the target: row 3 c + a is the derivative of component c along axis a.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="dx">Target minus source along x.</param>
    /// <param name="dy">Target minus source along y.</param>
    /// <param name="dz">Target minus source along z.</param>
    /// <param name="matrix">Receives them.</param>
    public static void EvaluateGradient<TKernel>(this TKernel kernel, double dx, double dy, double dz, Span<double> matrix)
        where TKernel : unmanaged, IKernel<TKernel> => TKernel.EvaluateGradient(kernel, dx, dy, dz, matrix);

    /// <summary>
    /// The matrix over <see cref="IKernel{TSelf}.Normalisation"/>. Operators hold this: a factor of 1e-300 belongs to the finished
    /// sums, where it is applied in double precision, and would be nothing in single precision's numbers.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void EvaluatePlain<TKernel>(this TKernel kernel, double dx, double dy, double dz, Span<double> matrix)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        TKernel.Evaluate(kernel, dx, dy, dz, matrix);
        double inverse = 1 / TKernel.Normalisation(kernel);
        for (int i = 0; i < matrix.Length; i++) matrix[i] *= inverse;
    }

    /// <summary>The matrix by the formula: the potentials of unit charges.</summary>
    /// <remarks>Operators take it millions of times before the JIT would compile it anew.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void OfFormula<TKernel>(TKernel kernel, double dx, double dy, double dz, Span<double> matrix)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int rows = TKernel.PotentialComponents, columns = TKernel.SourceComponents;
        if (dx == 0 && dy == 0 && dz == 0)
        {
            matrix[..(rows * columns)].Clear();
            return;
        }
        double factor = TKernel.Normalisation(kernel);
        PairBlock<Register1<double>> block = Block(kernel, dx, dy, dz);
        for (int k = 0; k < columns; k++)
        {
            FieldSum<Register1<double>> sum = default;
            TKernel.AddPotential(block, Unit(k), ref sum);
            matrix[k] = factor * Number(sum.P0);
            if (rows > 1) matrix[columns + k] = factor * Number(sum.P1);
            if (rows > 2) matrix[(2 * columns) + k] = factor * Number(sum.P2);
            if (rows <= 3) continue;
            ReadOnlySpan<Register1<double>> further = [sum.P3, sum.P4, sum.P5, sum.P6, sum.P7, sum.P8];
            for (int row = 3; row < rows; row++) matrix[(row * columns) + k] = factor * Number(further[row - 3]);
        }
    }

    /// <summary>The derivatives by the formula.</summary>
    internal static void OfFormulaGradient<TKernel>(TKernel kernel, double dx, double dy, double dz, Span<double> matrix)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int rows = TKernel.PotentialComponents, columns = TKernel.SourceComponents;
        if (dx == 0 && dy == 0 && dz == 0)
        {
            matrix[..(3 * rows * columns)].Clear();
            return;
        }
        double factor = TKernel.Normalisation(kernel);
        PairBlock<Register1<double>> block = Block(kernel, dx, dy, dz);
        for (int k = 0; k < columns; k++)
        {
            FieldSum<Register1<double>> sum = default;
            TKernel.AddGradient(block, Unit(k), ref sum);
            ReadOnlySpan<Register1<double>> slopes = [sum.G0X, sum.G0Y, sum.G0Z, sum.G1X, sum.G1Y, sum.G1Z, sum.G2X, sum.G2Y, sum.G2Z];
            for (int row = 0; row < 3 * rows; row++) matrix[(row * columns) + k] = factor * Number(slopes[row]);
        }
    }

    private static PairBlock<Register1<double>> Block<TKernel>(TKernel kernel, double dx, double dy, double dz)
        where TKernel : unmanaged, IKernel<TKernel> =>
        TKernel.Block(kernel, Register1<double>.Constant(dx), Register1<double>.Constant(dy), Register1<double>.Constant(dz));

    private static PairCharge<Register1<double>> Unit(int component) => new()
    {
        Q0 = Register1<double>.Constant(component == 0 ? 1 : 0),
        Q1 = Register1<double>.Constant(component == 1 ? 1 : 0),
        Q2 = Register1<double>.Constant(component == 2 ? 1 : 0),
        Q3 = Register1<double>.Constant(component == 3 ? 1 : 0),
        Q4 = Register1<double>.Constant(component == 4 ? 1 : 0),
        Q5 = Register1<double>.Constant(component == 5 ? 1 : 0),
    };

    private static double Number(Register1<double> value) => Register1<double>.Sum(value);
}
