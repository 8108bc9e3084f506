using System.Numerics;

namespace Fmm.Engine;

/// <summary>Sums, combinations and rotations of contiguous columns of doubles.</summary>
internal static unsafe class ColumnArithmetic
{
    public static double Dot(double* a, double* b, int n)
    {
        // Four sums, so that each does not wait for the one before.
        Vector<double> s0 = default, s1 = default, s2 = default, s3 = default;
        int step = Vector<double>.Count, i = 0;
        for (; i <= n - 4 * step; i += 4 * step)
        {
            s0 = Vector.MultiplyAddEstimate(Vector.Load(a + i), Vector.Load(b + i), s0);
            s1 = Vector.MultiplyAddEstimate(Vector.Load(a + i + step), Vector.Load(b + i + step), s1);
            s2 = Vector.MultiplyAddEstimate(Vector.Load(a + i + 2 * step), Vector.Load(b + i + 2 * step), s2);
            s3 = Vector.MultiplyAddEstimate(Vector.Load(a + i + 3 * step), Vector.Load(b + i + 3 * step), s3);
        }

        double sum = Vector.Sum(s0 + s1 + (s2 + s3));
        for (; i < n; i++) sum += a[i] * b[i];
        return sum;
    }

    /// <summary>a += factor b.</summary>
    public static void AddScaled(double* a, double* b, double factor, int n)
    {
        Vector<double> f = Vector.Create(factor);
        int step = Vector<double>.Count, i = 0;
        for (; i <= n - step; i += step) Vector.Store(Vector.MultiplyAddEstimate(f, Vector.Load(b + i), Vector.Load(a + i)), a + i);
        for (; i < n; i++) a[i] += factor * b[i];
    }

    /// <summary>(a, b) = (cosine a - sine b, sine a + cosine b); returns the squares of the new lengths.</summary>
    public static (double A, double B) Rotate(double* a, double* b, double cosine, double sine, int n)
    {
        Vector<double> c = Vector.Create(cosine), s = Vector.Create(sine), sumA = default, sumB = default;
        int step = Vector<double>.Count, i = 0;
        for (; i <= n - step; i += step)
        {
            Vector<double> x = Vector.Load(a + i), y = Vector.Load(b + i);
            Vector<double> newA = c * x - s * y, newB = s * x + c * y;
            Vector.Store(newA, a + i);
            Vector.Store(newB, b + i);
            sumA = Vector.MultiplyAddEstimate(newA, newA, sumA);
            sumB = Vector.MultiplyAddEstimate(newB, newB, sumB);
        }

        double lengthA = Vector.Sum(sumA), lengthB = Vector.Sum(sumB);
        for (; i < n; i++)
        {
            double x = a[i], y = b[i];
            a[i] = cosine * x - sine * y;
            b[i] = sine * x + cosine * y;
            lengthA += a[i] * a[i];
            lengthB += b[i] * b[i];
        }

        return (lengthA, lengthB);
    }

    public static void Swap(double* a, double* b, int n)
    {
        for (int i = 0; i < n; i++) (a[i], b[i]) = (b[i], a[i]);
    }
}
