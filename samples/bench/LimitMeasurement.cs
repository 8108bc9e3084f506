using System.Collections.Concurrent;
using System.Numerics;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>Measures <see cref="Limits"/>: some seconds.</summary>
internal static class LimitMeasurement
{
    private static readonly ConcurrentDictionary<int, Limits> _kept = new();

    /// <summary>What was measured on so many threads in this process, or is now.</summary>
    public static Limits Kept(int threads, CancellationToken cancellation) => _kept.GetOrAdd(threads, Run, cancellation);

    /// <summary>Measures on so many threads, in the registers that the engine takes.</summary>
    private static Limits Run(int threads, CancellationToken cancellation)
    {
        using ThreadDispatcher all = new(threads);
        using ThreadDispatcher one = new(1);
        using CopyLoop copy = new();
        double bandwidth = copy.Rate(one, cancellation);
        (LimitRates single, LimitRates wide) = RegisterWidths.Best switch
        {
            RegisterWidth.Bits512 => (
                new LimitRates(
                    new FmaLoop<float, Register512<float>>(threads).Rate(all, cancellation),
                    [
                        Near<float, EstimateRoot>(RootOrders.EstimateOrder, all, cancellation),
                        Near<float, FullRoot>(FmmOptions.LargestOrder, all, cancellation),
                    ]),
                new LimitRates(
                    new FmaLoop<double, Register512<double>>(threads).Rate(all, cancellation),
                    [
                        Near<double, NewtonRoot>(RootOrders.NewtonOrder, all, cancellation),
                        Near<double, CubicRoot>(RootOrders.CubicOrder, all, cancellation),
                        Near<double, FullRoot>(FmmOptions.LargestOrder, all, cancellation),
                    ])),
            RegisterWidth.Bits256 => (Rates<float, Register256<float>>(all, cancellation), Rates<double, Register256<double>>(all, cancellation)),
            RegisterWidth.Bits128 => (Rates<float, Register128<float>>(all, cancellation), Rates<double, Register128<double>>(all, cancellation)),
            _ => (Rates<float, Register1<float>>(all, cancellation), Rates<double, Register1<double>>(all, cancellation)),
        };
        return new Limits(threads, single, wide, bandwidth);
    }

    private static LimitRates Rates<T, TRegister>(ThreadDispatcher dispatcher, CancellationToken cancellation)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T> => new(
            new FmaLoop<T, TRegister>(dispatcher.ThreadCount).Rate(dispatcher, cancellation),
            [Near<T, TRegister, TRegister>(FmmOptions.LargestOrder, dispatcher, cancellation)]);

    // Registers of 512 bits with the root of some digits.
    private static PairRates Near<T, TRoot>(int largestOrder, ThreadDispatcher dispatcher, CancellationToken cancellation)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRoot : struct, IRoot<T> =>
        Near<T, RootRegister512<T, TRoot>, RootRegister512<T, ApartRoot<T, TRoot>>>(largestOrder, dispatcher, cancellation);

    private static PairRates Near<T, TRegister, TApart>(int largestOrder, ThreadDispatcher dispatcher, CancellationToken cancellation)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>
        where TApart : unmanaged, IRegister<TApart, T>
    {
        return new PairRates(largestOrder, Rate(false, false), Rate(true, false), Rate(false, true), Rate(true, true));

        double Rate(bool gradient, bool mutual)
        {
            using PairLoop<T, TRegister, TApart> loop = new(dispatcher.ThreadCount, gradient, mutual);
            return loop.Rate(dispatcher, cancellation);
        }
    }
}
