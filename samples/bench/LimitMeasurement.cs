using System.Numerics;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>Measures <see cref="Limits"/>: some seconds.</summary>
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
            LaneWidth.Bits512 => (
                Rates<float, Lane512<float>>(
                    all, cancellation, Near<float, RootLane512<float, EstimateRoot>>(RootDigits.EstimateOrder, all, cancellation)),
                Rates<double, Lane512<double>>(
                    all, cancellation, Near<double, RootLane512<double, NewtonRoot>>(RootDigits.NewtonOrder, all, cancellation),
                    Near<double, RootLane512<double, CubicRoot>>(RootDigits.CubicOrder, all, cancellation))),
            LaneWidth.Bits256 => (Rates<float, Lane256<float>>(all, cancellation), Rates<double, Lane256<double>>(all, cancellation)),
            LaneWidth.Bits128 => (Rates<float, Lane128<float>>(all, cancellation), Rates<double, Lane128<double>>(all, cancellation)),
            _ => (Rates<float, Lane1<float>>(all, cancellation), Rates<double, Lane1<double>>(all, cancellation)),
        };
        return new Limits(threads, single, wide, bandwidth);
    }

    private static LimitRates Rates<T, TLane>(ThreadDispatcher dispatcher, CancellationToken cancellation, params ReadOnlySpan<PairRates> shorter)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLane : unmanaged, ILane<TLane, T> => new(
            new FmaLoop<T, TLane>(dispatcher.ThreadCount).Rate(dispatcher, cancellation),
            [.. shorter, Near<T, TLane>(FmmOptions.LargestOrder, dispatcher, cancellation)]);

    private static PairRates Near<T, TLane>(int largestOrder, ThreadDispatcher dispatcher, CancellationToken cancellation)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLane : unmanaged, ILane<TLane, T>
    {
        return new PairRates(largestOrder, Rate(false, false), Rate(true, false), Rate(false, true), Rate(true, true));

        double Rate(bool gradient, bool mutual)
        {
            using PairLoop<T, TLane> loop = new(dispatcher.ThreadCount, gradient, mutual);
            return loop.Rate(dispatcher, cancellation);
        }
    }
}
