using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The discrete Fourier transforms of M2L for the eight children of an octet at once: the children lie side by side in the
/// lanes, so that every operation serves all eight and no transposition stands between lattice and frequencies. A number of
/// a spectrum is eight real parts, then eight imaginary parts.
/// </summary>
/// <remarks>
/// A lattice of p points an axis is transformed with period n = 2p, zero beyond p, by sums over the points that can differ
/// from zero. At p &lt;= 16 that is a few percent of the M2L itself, needs no twiddle passes, no permutations, and holds for
/// every p alike. The axes go one after the other, x first, so that one row of frequencies (<see cref="FrequencyRows"/>) can
/// be had without the others.
/// </remarks>
internal sealed unsafe partial class OctetTransform<T, TRegister> : IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private readonly NativeBuffer<T> _cosine;
    private readonly NativeBuffer<T> _sine;
    private readonly NativeBuffer<int> _surface;
    private readonly T* _cos;
    private readonly T* _sin;
    private readonly int* _points;

    public OctetTransform(Ledger ledger, int order)
    {
        Order = order;
        Period = 2 * order;
        _cosine = new NativeBuffer<T>(ledger, "M2L cosines", Period * Period);
        _sine = new NativeBuffer<T>(ledger, "M2L sines", Period * Period);
        _cos = _cosine.Pointer;
        _sin = _sine.Pointer;
        for (int k = 0; k < Period; k++)
        {
            for (int j = 0; j < Period; j++)
            {
                (double sin, double cos) = Math.SinCos(2 * Math.PI * (k * j % Period) / Period);
                _cos[(k * Period) + j] = T.CreateTruncating(cos);
                _sin[(k * Period) + j] = T.CreateTruncating(sin);
            }
        }
        _surface = SurfaceLines(ledger, order);
        _points = _surface.Pointer;
    }

    /// <summary>Lattice points an axis, p.</summary>
    public int Order { get; }

    /// <summary>Period of the transform, n = 2p.</summary>
    public int Period { get; }

    /// <summary>The waves along x of a surface's points: plane (y, z) of frequency kx.</summary>
    /// <param name="points">The surface's points in its own order, 8 lanes each.</param>
    /// <param name="kx">0..p.</param>
    /// <param name="plane">p x p numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Plane(T* points, int kx, T* plane)
    {
        T* cos = _cos + (kx * Period);
        T* sin = _sin + (kx * Period);
        int* line = _points;
        for (int yz = 0; yz < Order * Order; yz++, plane += 16, line += Order)
        {
            int step = line[1] < 0 ? Order - 1 : 1;
            for (int lane = 0; lane < 8; lane += TRegister.Count)
            {
                TRegister re = TRegister.Zero, im = TRegister.Zero;
                for (int x = 0; x < Order; x += step)
                {
                    TRegister a = TRegister.Load(points + (8 * line[x]) + lane);
                    re = TRegister.MultiplyAdd(a, TRegister.Broadcast(cos + x), re);
                    im = TRegister.NegatedMultiplyAdd(a, TRegister.Broadcast(sin + x), im);
                }
                Put(plane + lane, re, im);
            }
        }
    }

    /// <summary>The waves along x of a kernel's lattice: plane (y, z) of frequency kx.</summary>
    /// <param name="lattice">n^3 points of 8 lanes each.</param>
    /// <param name="kx">0..p.</param>
    /// <param name="plane">n x n numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FullPlane(T* lattice, int kx, T* plane)
    {
        T* cos = _cos + (kx * Period);
        T* sin = _sin + (kx * Period);
        for (int yz = 0; yz < Period * Period; yz++, plane += 16)
        {
            for (int lane = 0; lane < 8; lane += TRegister.Count)
            {
                TRegister re = TRegister.Zero, im = TRegister.Zero;
                for (int x = 0; x < Period; x++)
                {
                    TRegister a = TRegister.Load(lattice + (8 * (((nint)x * Period * Period) + yz)) + lane);
                    re = TRegister.MultiplyAdd(a, TRegister.Broadcast(cos + x), re);
                    im = TRegister.NegatedMultiplyAdd(a, TRegister.Broadcast(sin + x), im);
                }
                Put(plane + lane, re, im);
            }
        }
    }

    /// <summary>A plane's row of frequencies: along y to ky, then along z to all n.</summary>
    /// <param name="plane">extent x extent numbers.</param>
    /// <param name="extent">p for an expansion, n for a kernel's lattice.</param>
    /// <param name="ky">0..n - 1.</param>
    /// <param name="line">Scratch of extent numbers.</param>
    /// <param name="spectrum">Receives n numbers.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Row(T* plane, int extent, int ky, T* line, T* spectrum)
    {
        T* cos = _cos + (ky * Period);
        T* sin = _sin + (ky * Period);
        for (int z = 0; z < extent; z++)
        {
            for (int lane = 0; lane < 8; lane += TRegister.Count)
            {
                TRegister re0 = TRegister.Zero, im0 = TRegister.Zero, re1 = TRegister.Zero, im1 = TRegister.Zero;
                T* at = plane + (16 * z) + lane;
                for (int y = 0; y < extent; y++, at += 16 * extent)
                {
                    TRegister re = TRegister.Load(at), im = TRegister.Load(at + 8), c = TRegister.Broadcast(cos + y), s = TRegister.Broadcast(sin + y);
                    re0 = TRegister.MultiplyAdd(re, c, re0);
                    im0 = TRegister.MultiplyAdd(im, c, im0);
                    re1 = TRegister.MultiplyAdd(im, s, re1);
                    im1 = TRegister.MultiplyAdd(re, s, im1);
                }
                Put(line + (16 * z) + lane, re0 + re1, im0 - im1);
            }
        }
        Line(line, 16, extent, spectrum, 16);
    }

    /// <summary>The inverse of <see cref="Row"/>, without factors, added up over the rows of a plane.</summary>
    /// <param name="spectrum">n numbers.</param>
    /// <param name="stride">Scalars from one of them to the next.</param>
    /// <param name="ky">0..n - 1.</param>
    /// <param name="weight">Factor of the row.</param>
    /// <param name="scratch">16 p + 32 n scalars.</param>
    /// <param name="plane">p x p numbers to add to.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddRow(T* spectrum, nint stride, int ky, int weight, T* scratch, T* plane)
    {
        T* line = scratch;
        InverseLine(spectrum, stride, line, 16, scratch + (16 * Order));
        T* cos = _cos + (ky * Period);
        T* sin = _sin + (ky * Period);
        TRegister factor = TRegister.Constant(weight);
        for (int lane = 0; lane < 8; lane += TRegister.Count)
        {
            for (int z = 0; z < Order; z++)
            {
                TRegister re = TRegister.Load(line + (16 * z) + lane) * factor, im = TRegister.Load(line + (16 * z) + 8 + lane) * factor;
                T* at = plane + (16 * z) + lane;
                for (int y = 0; y < Order; y++, at += 16 * Order)
                {
                    TRegister c = TRegister.Broadcast(cos + y), s = TRegister.Broadcast(sin + y);
                    TRegister a = TRegister.NegatedMultiplyAdd(im, s, TRegister.MultiplyAdd(re, c, TRegister.Load(at)));
                    TRegister b = TRegister.MultiplyAdd(re, s, TRegister.MultiplyAdd(im, c, TRegister.Load(at + 8)));
                    Put(at, a, b);
                }
            }
        }
    }

    /// <summary>The inverse of <see cref="Plane"/>, without factors, added to the surface's points.</summary>
    /// <param name="plane">p x p numbers.</param>
    /// <param name="kx">0..p.</param>
    /// <param name="points">The surface's points in its own order, 8 lanes each.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddPlane(T* plane, int kx, T* points)
    {
        T* cos = _cos + (kx * Period);
        T* sin = _sin + (kx * Period);
        int* line = _points;
        for (int yz = 0; yz < Order * Order; yz++, plane += 16, line += Order)
        {
            int step = line[1] < 0 ? Order - 1 : 1;
            for (int lane = 0; lane < 8; lane += TRegister.Count)
            {
                TRegister re = TRegister.Load(plane + lane), im = TRegister.Load(plane + 8 + lane);
                for (int x = 0; x < Order; x += step)
                {
                    T* at = points + (8 * line[x]) + lane;
                    TRegister sum = TRegister.MultiplyAdd(re, TRegister.Broadcast(cos + x), TRegister.Load(at));
                    TRegister.Store(TRegister.NegatedMultiplyAdd(im, TRegister.Broadcast(sin + x), sum), at);
                }
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cosine.Dispose();
        _sine.Dispose();
        _surface.Dispose();
    }

    // The surface's points by lines along x: p of them for each (y, z), -1 where the line passes the inside.
    private static NativeBuffer<int> SurfaceLines(Ledger ledger, int order)
    {
        NativeBuffer<int> lines = new(ledger, "M2L surface lines", order * order * order);
        lines.Span.Fill(-1);
        Surface surface = new(order);
        for (int i = 0; i < surface.Count; i++)
            lines[(((surface.Lattice(i, 1) * order) + surface.Lattice(i, 2)) * order) + surface.Lattice(i, 0)] = i;
        return lines;
    }
}
