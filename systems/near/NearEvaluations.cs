using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The ways to evaluate the near field of a kernel, each made when it is first needed.</summary>
internal sealed class NearEvaluations<TKernel, T, TRegister, TNear, TApart>(Ledger ledger, TKernel kernel, int order, bool gradient) : IDisposable
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TRegister : unmanaged, IRegister<TRegister, T>
    where TNear : unmanaged, IRegister<TNear, T>
    where TApart : unmanaged, IRegister<TApart, T>
{
    private readonly LevelKernels<TKernel, T> _kernels = new(kernel);
    private NearEvaluation<T>? _alone, _mutualAlone, _beside, _mutualBeside;

    /// <summary>The way for a tree: alone the sums are exact, beside a far field they may have as few digits as the order.</summary>
    public NearEvaluation<T> Of(TreeShape shape, bool mutual)
    {
        _kernels.Read(shape);
        return (shape.HasFarField, mutual) switch
        {
            (true, true) => _mutualBeside ??= Mutual<TNear, TApart>(alone: false),
            (true, false) => _beside ??= OneWay<TNear>(alone: false),
            (false, true) => _mutualAlone ??= Mutual<TRegister, TRegister>(alone: true),
            (false, false) => _alone ??= OneWay<TRegister>(alone: true),
        };
    }

    public void Dispose()
    {
        _alone?.Dispose();
        _mutualAlone?.Dispose();
        _beside?.Dispose();
        _mutualBeside?.Dispose();
    }

    private OneWayNear<TKernel, T, TAny> OneWay<TAny>(bool alone)
        where TAny : unmanaged, IRegister<TAny, T> => new(ledger, _kernels, CloseReach.Of<T>(alone, order), gradient);

    private NearEvaluation<T> Mutual<TAny, TShort>(bool alone)
        where TAny : unmanaged, IRegister<TAny, T>
        where TShort : unmanaged, IRegister<TShort, T> => gradient
        ? new MutualNear<TKernel, T, TAny, TShort, PotentialWithGradient>(ledger, _kernels, CloseReach.Of<T>(alone, order))
        : new MutualNear<TKernel, T, TAny, TShort, PotentialAlone>(ledger, _kernels, CloseReach.Of<T>(alone, order));
}
