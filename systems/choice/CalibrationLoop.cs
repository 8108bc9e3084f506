using System.Diagnostics;
using System.Numerics;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Measures the two loops that decide the balance of near and far field, on one thread, in the first-level cache. The loops take
/// turns of some 50 microseconds and the fastest of each counts, so that a change of clock or another program's load meets both or
/// neither. One measurement a process, kernel, precision and width: 3 milliseconds.
/// </summary>
internal static unsafe class CalibrationLoop<TKernel, T, TRegister>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
{
    private const int Points = 128;
    private const int Octets = 16;
    private const int Turns = 24;
    private const double TurnSeconds = 5e-5;

    // A function of a host's may take a thousand times as long as a formula: then few turns must do.
    private const double MostSeconds = 0.02;
    private static readonly Lazy<LoopSeconds> _potential = new(() => Measure(default, gradient: false));
    private static readonly Lazy<LoopSeconds> _gradient = new(() => Measure(default, gradient: true));

    /// <summary>Seconds of the loops, measured when they are first asked for and kept as long as the process lives.</summary>
    public static LoopSeconds Kept(bool gradient) => (gradient ? _gradient : _potential).Value;

    /// <summary>The same, measured anew for a kernel whose time is its instance's own.</summary>
    public static LoopSeconds Of(TKernel kernel, bool gradient) => TKernel.HasOwnTime ? Measure(kernel, gradient) : Kept(gradient);

    /// <summary>Measures now.</summary>
    /// <param name="kernel">The kernel; its parameters do not change the time.</param>
    /// <param name="gradient">Whether the near field computes the gradient.</param>
    public static LoopSeconds Measure(TKernel kernel, bool gradient)
    {
        Ledger ledger = new();
        using NativeBuffer<T> memory = new(ledger, "calibration", (16 * Points) + 128 + (32 * Octets));
        using NativeBuffer<int> pairs = new(ledger, "calibration: pairs", 2 * Octets);
        Random random = new(1);
        for (int i = 0; i < memory.Length; i++) memory.Pointer[i] = T.CreateTruncating(random.NextDouble() - 0.5);
        for (int i = 0; i < Octets; i++) pairs.Pointer[2 * i] = pairs.Pointer[(2 * i) + 1] = i;
        Near near = new(kernel, memory.Pointer, gradient);
        Transfer transfer = new(memory.Pointer + (16 * Points), pairs.Pointer);
        int nearRepeats = Repeats(ref near), transferRepeats = Repeats(ref transfer);
        double nearSeconds = double.PositiveInfinity, transferSeconds = double.PositiveInfinity;
        long start = Stopwatch.GetTimestamp();
        for (int turn = 0; turn < Turns && (turn < 2 || Stopwatch.GetElapsedTime(start).TotalSeconds < MostSeconds); turn++)
        {
            nearSeconds = Math.Min(nearSeconds, Seconds(ref near, nearRepeats));
            transferSeconds = Math.Min(transferSeconds, Seconds(ref transfer, transferRepeats));
        }
        return new LoopSeconds(nearSeconds / nearRepeats / ((double)Points * Points), transferSeconds / transferRepeats / (512.0 * Octets));
    }

    private static int Repeats<TLoop>(ref TLoop loop)
        where TLoop : struct, ILoop
    {
        // The first call compiles the loop.
        loop.Once();
        int repeats = 1;
        while (Seconds(ref loop, repeats) < TurnSeconds || Seconds(ref loop, repeats) < TurnSeconds) repeats *= 2;
        return repeats;
    }

    private static double Seconds<TLoop>(ref TLoop loop, int repeats)
        where TLoop : struct, ILoop
    {
        long start = Stopwatch.GetTimestamp();
        for (int i = 0; i < repeats; i++) loop.Once();
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private interface ILoop
    {
        void Once();
    }

    private readonly struct Near(TKernel kernel, T* memory, bool gradient) : ILoop
    {
        public void Once()
        {
            PointList<T> points = new(memory, memory + Points, memory + (2 * Points), Points);
            DirectSum<TKernel, T, TRegister>.Add(kernel, points, points, memory, memory + (3 * Points), Points, gradient);
        }
    }

    private readonly struct Transfer(T* memory, int* pairs) : ILoop
    {
        public void Once() => SpectrumProduct<T, TRegister>.Add(memory, pairs, Octets, memory + 128, memory + 128 + (16 * Octets));
    }
}
