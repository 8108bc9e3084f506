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
                new LimitRates(
                    new FmaLoop<float, Lane512<float>>(threads).Rate(all, cancellation),
                    [
                        Near<float, EstimateRoot>(RootDigits.EstimateOrder, all, cancellation),
                        Near<float, FullRoot>(FmmOptions.LargestOrder, all, cancellation),
                    ]),
                new LimitRates(
                    new FmaLoop<double, Lane512<double>>(threads).Rate(all, cancellation),
                    [
                        Near<double, NewtonRoot>(RootDigits.NewtonOrder, all, cancellation),
                        Near<double, CubicRoot>(RootDigits.CubicOrder, all, cancellation),
                        Near<double, FullRoot>(FmmOptions.LargestOrder, all, cancellation),
                    ])),
            LaneWidth.Bits256 => (Rates<float, Lane256<float>>(all, cancellation), Rates<double, Lane256<double>>(all, cancellation)),
            LaneWidth.Bits128 => (Rates<float, Lane128<float>>(all, cancellation), Rates<double, Lane128<double>>(all, cancellation)),
            _ => (Rates<float, Lane1<float>>(all, cancellation), Rates<double, Lane1<double>>(all, cancellation)),
        };
        return new Limits(threads, single, wide, bandwidth);
    }

    private static LimitRates Rates<T, TLane>(ThreadDispatcher dispatcher, CancellationToken cancellation)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLane : unmanaged, ILane<TLane, T> => new(
            new FmaLoop<T, TLane>(dispatcher.ThreadCount).Rate(dispatcher, cancellation),
            [Near<T, TLane, TLane>(FmmOptions.LargestOrder, dispatcher, cancellation)]);

    // Registers of 512 bits with the root of some digits.
    private static PairRates Near<T, TRoot>(int largestOrder, ThreadDispatcher dispatcher, CancellationToken cancellation)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRoot : struct, IRoot<T> =>
        Near<T, RootLane512<T, TRoot>, RootLane512<T, ApartRoot<T, TRoot>>>(largestOrder, dispatcher, cancellation);

    private static PairRates Near<T, TLane, TApart>(int largestOrder, ThreadDispatcher dispatcher, CancellationToken cancellation)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLane : unmanaged, ILane<TLane, T>
        where TApart : unmanaged, ILane<TApart, T>
    {
        return new PairRates(largestOrder, Rate(false, false), Rate(true, false), Rate(false, true), Rate(true, true));

        double Rate(bool gradient, bool mutual)
        {
            using PairLoop<T, TLane, TApart> loop = new(dispatcher.ThreadCount, gradient, mutual);
            return loop.Rate(dispatcher, cancellation);
        }
    }
}
