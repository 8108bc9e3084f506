using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fmm.Systems;

/// <summary>
/// What a permutation of the axes makes of a coefficient of a common basis: <paramref name="First"/> times the coefficient
/// <paramref name="From"/>, and <paramref name="Second"/>, often zero, times the coefficient <paramref name="Also"/>.
/// </summary>
internal readonly record struct CoefficientImage(int From, double First, int Also, double Second)
{
    /// <summary>Images from a matrix, a row each.</summary>
    public static CoefficientImage[] FromTable(PlainMatrix table)
    {
        ReadOnlySpan<double> elements = table.Elements;
        CoefficientImage[] images = new CoefficientImage[table.Rows];
        for (int i = 0; i < images.Length; i++) images[i] = new((int)elements[4 * i], elements[(4 * i) + 1], (int)elements[(4 * i) + 2], elements[(4 * i) + 3]);
        return images;
    }

    /// <summary>The matrix of <see cref="FromTable"/>.</summary>
    public static PlainMatrix ToTable(ReadOnlySpan<CoefficientImage> images)
    {
        double[] table = new double[4 * images.Length];
        for (int i = 0; i < images.Length; i++)
            (table[4 * i], table[(4 * i) + 1], table[(4 * i) + 2], table[(4 * i) + 3]) = (images[i].From, images[i].First, images[i].Also, images[i].Second);
        return new PlainMatrix(images.Length, 4, table);
    }

    /// <summary>Permutes the coefficients of each row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void OfColumns(ReadOnlySpan<CoefficientImage> images, ReadOnlySpan<double> from, Span<double> to, int rows, int columns)
    {
        for (int i = 0; i < rows; i++)
        {
            ReadOnlySpan<double> source = from.Slice(i * columns, columns);
            Span<double> target = to.Slice(i * columns, columns);
            for (int j = 0; j < target.Length; j++)
            {
                ref readonly CoefficientImage image = ref images[j];
                target[j] = (image.First * source[image.From]) + (image.Second * source[image.Also]);
            }
        }
    }

    /// <summary>a x + b y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine(double a, ReadOnlySpan<double> x, double b, ReadOnlySpan<double> y, Span<double> sum)
    {
        int width = Vector<double>.Count, i = 0;
        for (; i <= sum.Length - width; i += width)
            ((new Vector<double>(x.Slice(i, width)) * a) + (new Vector<double>(y.Slice(i, width)) * b)).CopyTo(sum.Slice(i, width));
        for (; i < sum.Length; i++) sum[i] = (a * x[i]) + (b * y[i]);
    }
}
