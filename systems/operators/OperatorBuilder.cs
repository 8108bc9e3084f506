using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Computes <see cref="LevelOperators{T}"/> from the kernel, everything in double precision before it is rounded.</summary>
internal sealed unsafe class OperatorBuilder<TKernel, T>(TKernel kernel, Expansion expansion, ILinearAlgebra algebra)
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    /// <summary>
    /// Singular values below this share of the largest are dropped: they carry no information in the working precision, and their
    /// inverses would only amplify rounding. Measured (60,000 points in a cube): in double the errors at orders 8 to 12 are the
    /// same from 1e-13 to 4e-16, at 16 the error is 3.3e-15 for 4e-16, 5.7e-15 for 1e-14 and 1.6e-14 for 1e-13. Single precision
    /// does not care between 5e-8 and 2e-7.
    /// </summary>
    /// <remarks>
    /// A vector kernel has a density that makes no field (Stokes: the surface's normal, the flux being zero). On the lattice its
    /// singular value is not 0 but falls with the order, 1e-8 at p = 5 and 2e-12 at p = 7, and its inverse amplifies the order's
    /// own error: at p = 7 the Stokeslet's field is 3e-3 off without the cut and 5e-6 with it. Measured (60,000 points in a cube,
    /// cuts at 10^-p against 10^(-p-2)): p 5 2.3e-4 and 5.8e-4, 6 3.6e-5 and 4.4e-5, 7 5.3e-6 and 5.0e-6, 8 7e-7 and 1.5e-6, 9 8e-8
    /// and 1.1e-7, 10 1.9e-8 and 2.4e-8.
    /// </remarks>
    private double Cutoff
    {
        get
        {
            double scalar = typeof(T) == typeof(float) ? 1e-7 : expansion.Order <= 12 ? 1e-14 : 4e-16;
            return TKernel.IsVector ? Math.Max(scalar, Math.Pow(10, -expansion.Order)) : scalar;
        }
    }

    // Singular values below this are dropped however small the largest is: a screened kernel's far field can sink below the
    // smallest number of the working precision, and the inverse of what is left of it would be infinite.
    private static double Floor => typeof(T) == typeof(float) ? 1e-30 : 1e-280;

    /// <summary>Fills all but the transfer operators, for boxes of half width <paramref name="halfWidth"/>.</summary>
    public void Build(LevelOperators<T> operators, double halfWidth)
    {
        Shell inner = Inner(halfWidth), outer = Outer(halfWidth);
        int check = expansion.CheckCount, density = expansion.DensityCount;
        double[] up = new double[check * density];
        Fill(up, density, 0, 0, 0, outer, inner, transpose: false);
        PseudoInverse upward = Invert(up, check, density);
        operators.UpRank = upward.Rank;
        Round(operators.UpLeft, Transpose(upward.Left, upward.Rank, check));
        Round(operators.UpRight, Transpose(upward.Right, density, upward.Rank));

        double[] down = new double[check * density];
        Fill(down, density, 0, 0, 0, inner, outer, transpose: false);
        if (IsTranspose(up, down, check, density))
        {
            // (A^T)+ = (A+)^T = Left^T Right^T: the one decomposition serves both directions.
            operators.DownRank = upward.Rank;
            Round(operators.DownLeft, upward.Right);
            Round(operators.DownRight, upward.Left);
        }
        else
        {
            PseudoInverse downward = Invert(down, check, density);
            operators.DownRank = downward.Rank;
            Round(operators.DownLeft, Transpose(downward.Left, downward.Rank, check));
            Round(operators.DownRight, Transpose(downward.Right, density, downward.Rank));
        }
        BuildBetweenLevels(operators, halfWidth);
    }

    /// <summary>Fills the dense transfer operators.</summary>
    public void BuildDense(LevelOperators<T> operators, double halfWidth)
    {
        int check = expansion.CheckCount, density = expansion.DensityCount;
        Shell inner = Inner(halfWidth);
        double[] matrix = new double[check * density];
        operators.Transfer.Resize(checked(TransferVectors.SlotCount * check * density));
        for (int slot = 0; slot < TransferVectors.SlotCount; slot++)
        {
            int x = TransferVectors.SlotComponent(slot, 0), y = TransferVectors.SlotComponent(slot, 1), z = TransferVectors.SlotComponent(slot, 2);
            T* target = operators.Transfer.Pointer + ((nint)slot * check * density);
            if (!TransferVectors.IsFar(x, y, z))
            {
                new Span<T>(target, check * density).Clear();
                continue;
            }
            Fill(matrix, check, 2 * halfWidth * x, 2 * halfWidth * y, 2 * halfWidth * z, inner, inner, transpose: true);
            for (int i = 0; i < matrix.Length; i++) target[i] = T.CreateTruncating(matrix[i]);
        }
    }

    // A parent of half width 2c with children of half width c. A homogeneous kernel takes both matrices in units of the
    // density's own box: the child's for M2M, the parent's for L2L; so M2M is built about children of unit width.
    private void BuildBetweenLevels(LevelOperators<T> operators, double halfWidth)
    {
        int check = expansion.CheckCount, density = expansion.DensityCount;
        bool homogeneous = expansion.Degree is not null;
        double parent = homogeneous ? 2 * halfWidth : halfWidth;
        double[] m2m = new double[8 * density * check];
        double[] l2l = new double[density * 8 * check];
        for (int octant = 0; octant < 8; octant++)
        {
            double sx = ((octant & 1) * 2) - 1, sy = (octant & 2) - 1, sz = ((octant & 4) / 2) - 1;
            double child = parent / 2;
            Fill(m2m.AsSpan(octant * density * check), check, -sx * child, -sy * child, -sz * child, Outer(parent), Inner(child), transpose: true);
            child = halfWidth / 2;
            Fill(l2l.AsSpan(octant * check), 8 * check, sx * child, sy * child, sz * child, Inner(child), Outer(halfWidth), transpose: true);
        }
        Round(operators.M2M, m2m);
        Round(operators.L2L, l2l);
    }

    private PseudoInverse Invert(double[] matrix, int rows, int columns)
    {
        double largest = 0;
        foreach (double element in matrix) largest = Math.Max(largest, Math.Abs(element));
        if (largest <= Floor) Array.Clear(matrix);
        double cutoff = largest <= Floor ? 0 : Math.Min(0.5, Math.Max(Cutoff, Floor / largest));
        return PseudoInverse.Of(algebra, matrix, rows, columns, cutoff);
    }

    // K(target - source) for a target surface displaced by (x, y, z) from the source surface: rows are check potentials and
    // columns densities, or the other way round; leading is the distance between rows.
    private void Fill(Span<double> matrix, int leading, double x, double y, double z, Shell target, Shell source, bool transpose)
    {
        Surface surface = expansion.Surface;
        double[] targets = Coordinates(target), sources = Coordinates(source);
        int rows = expansion.PotentialComponents, columns = expansion.SourceComponents;
        Span<double> block = stackalloc double[rows * columns];
        for (int i = 0; i < surface.Count; i++)
        {
            for (int j = 0; j < surface.Count; j++)
            {
                kernel.Evaluate(
                    x + targets[3 * i] - sources[3 * j],
                    y + targets[(3 * i) + 1] - sources[(3 * j) + 1],
                    z + targets[(3 * i) + 2] - sources[(3 * j) + 2],
                    block);
                for (int c = 0; c < rows; c++)
                {
                    for (int d = 0; d < columns; d++)
                    {
                        int row = (c * surface.Count) + i, column = (d * surface.Count) + j;
                        matrix[transpose ? (column * leading) + row : (row * leading) + column] = block[(c * columns) + d];
                    }
                }
            }
        }
    }

    private Shell Inner(double halfWidth) => new(expansion.Ratios.Inner * halfWidth, 0);

    private Shell Outer(double halfWidth) => new(expansion.Ratios.Outer * halfWidth, expansion.Ratios.Angle);

    private double[] Coordinates(Shell shell)
    {
        double[] coordinates = new double[3 * expansion.Surface.Count];
        for (int i = 0; i < coordinates.Length; i++)
        {
            coordinates[i] = expansion.Surface.OuterCoordinate(i / 3, i % 3, shell.HalfWidth, shell.Angle);
        }
        return coordinates;
    }

    private static bool IsTranspose(double[] a, double[] b, int rows, int columns)
    {
        if (rows != columns) return false;
        double largest = 0, difference = 0;
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                largest = Math.Max(largest, Math.Abs(a[(i * columns) + j]));
                difference = Math.Max(difference, Math.Abs(a[(i * columns) + j] - b[(j * columns) + i]));
            }
        }
        return difference <= 1e-14 * largest;
    }

    private static double[] Transpose(double[] matrix, int rows, int columns)
    {
        double[] result = new double[matrix.Length];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++) result[(j * rows) + i] = matrix[(i * columns) + j];
        }
        return result;
    }

    private static void Round(NativeBuffer<T> target, double[] source)
    {
        target.Resize(source.Length);
        for (int i = 0; i < source.Length; i++) target.Pointer[i] = T.CreateTruncating(source[i]);
    }

    // A surface about the origin; angle 0 is the inner one's even spacing.
    private readonly record struct Shell(double HalfWidth, double Angle);
}
