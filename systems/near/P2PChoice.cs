using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The near field for a width of registers. At 512 bits the root of a pair is as exact as the order, and better for a kernel that may fall
/// steeply with the distance: k r of a screened one multiplies its error. 256 and 128 bits have an estimate of 12 bits in single precision
/// alone, so that one step of it is the full root already.
/// </summary>
internal static class P2PChoice
{
    /// <summary>In single precision.</summary>
    public static P2P Single<TKernel>(World world, TKernel kernel, ExpansionSizes sizes, FmmOptions options, RegisterWidth width)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        bool estimate = TKernel.Degree is not null && options.RootPrecision == RootPrecision.AsOrder && sizes.Order <= RootOrders.EstimateOrder;
        return width switch
        {
            RegisterWidth.Bits512 when RegisterWidths.Has512 => estimate ? Rooted<EstimateRoot>() : Rooted<FullRoot>(),
            RegisterWidth.Bits256 when RegisterWidths.Has256 => Plain<Register256<float>, Register256<double>>(),
            RegisterWidth.Bits128 when RegisterWidths.Has128 => Plain<Register128<float>, Register128<double>>(),
            RegisterWidth.Scalar when RegisterWidths.HasScalar => Plain<Register1<float>, Register1<double>>(),
            _ => throw RegisterWidths.Missing(width),
        };

        P2P Rooted<TRoot>()
            where TRoot : struct, IRoot<float> => new DirectP2P<TKernel, float, Register512<float>, RootRegister512<float, TRoot>,
                RootRegister512<float, ApartRoot<float, TRoot>>, Register512<double>>(world, kernel, sizes, options.Gradient);

        P2P Plain<TRegister, TWide>()
            where TRegister : unmanaged, IRegister<TRegister, float>
            where TWide : unmanaged, IRegister<TWide, double> =>
            new DirectP2P<TKernel, float, TRegister, TRegister, TRegister, TWide>(world, kernel, sizes, options.Gradient);
    }

    /// <summary>In double precision.</summary>
    public static P2P Double<TKernel>(World world, TKernel kernel, ExpansionSizes sizes, FmmOptions options, RegisterWidth width)
        where TKernel : unmanaged, IKernel<TKernel>
    {
        int order = options.RootPrecision == RootPrecision.AsOrder ? sizes.Order : int.MaxValue;
        return width switch
        {
            RegisterWidth.Bits512 when RegisterWidths.Has512 => order <= RootOrders.NewtonOrder && TKernel.Degree is not null ? Rooted<NewtonRoot>()
                : order <= RootOrders.CubicOrder ? Rooted<CubicRoot>() : Rooted<FullRoot>(),
            RegisterWidth.Bits256 when RegisterWidths.Has256 => Plain<Register256<double>>(),
            RegisterWidth.Bits128 when RegisterWidths.Has128 => Plain<Register128<double>>(),
            RegisterWidth.Scalar when RegisterWidths.HasScalar => Plain<Register1<double>>(),
            _ => throw RegisterWidths.Missing(width),
        };

        P2P Rooted<TRoot>()
            where TRoot : struct, IRoot<double> => new DirectP2P<TKernel, double, Register512<double>, RootRegister512<double, TRoot>,
                RootRegister512<double, ApartRoot<double, TRoot>>, Register512<double>>(world, kernel, sizes, options.Gradient);

        P2P Plain<TRegister>()
            where TRegister : unmanaged, IRegister<TRegister, double> =>
            new DirectP2P<TKernel, double, TRegister, TRegister, TRegister, TRegister>(world, kernel, sizes, options.Gradient);
    }
}
