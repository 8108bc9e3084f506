using System.Numerics;
using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>Measures <see cref="Limits"/>: a second or so.</summary>
internal static class LimitMeasurement
{
    /// <summary>Measures on so many threads, in the registers that the engine takes.</summary>
    public static Limits Run(int threads, CancellationToken cancellation)
    {
        using ThreadDispatcher all = new(threads);
        using ThreadDispatcher one = new(1);
        using CopyLoop copy = new();
        double bandwidth = copy.Rate(one, cancellation);
        (LimitRates single, LimitRates wide) = LaneWidths.Best switch
        {
            LaneWidth.Bits512 => (Rates<float, Lane512<float>>(all, cancellation), Rates<double, Lane512<double>>(all, cancellation)),
            LaneWidth.Bits256 => (Rates<float, Lane256<float>>(all, cancellation), Rates<double, Lane256<double>>(all, cancellation)),
            LaneWidth.Bits128 => (Rates<float, Lane128<float>>(all, cancellation), Rates<double, Lane128<double>>(all, cancellation)),
            _ => (Rates<float, Lane1<float>>(all, cancellation), Rates<double, Lane1<double>>(all, cancellation)),
        };
        return new Limits(threads, single, wide, bandwidth);
    }

    private static LimitRates Rates<T, TLane>(ThreadDispatcher dispatcher, CancellationToken cancellation)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLane : unmanaged, ILane<TLane, T>
    {
        using PairLoop<T, TLane> potential = new(dispatcher.ThreadCount, gradient: false);
        using PairLoop<T, TLane> gradient = new(dispatcher.ThreadCount, gradient: true);
        return new LimitRates(
            new FmaLoop<T, TLane>(dispatcher.ThreadCount).Rate(dispatcher, cancellation),
            potential.Rate(dispatcher, cancellation),
            gradient.Rate(dispatcher, cancellation));
    }
}
