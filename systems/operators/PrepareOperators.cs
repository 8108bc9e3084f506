using System.Numerics;
using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// Makes the translation operators that the tree needs and that do not stand yet: once and for all for a homogeneous kernel,
/// for each level of the present domain otherwise.
/// </summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <typeparam name="T">Working precision; everything is computed in double precision first.</typeparam>
/// <typeparam name="TWide">Registers of double precision numbers.</typeparam>
public sealed class PrepareOperators<TKernel, T, TWide>(World world, TKernel kernel, Expansion expansion, ILinearAlgebra algebra)
    : BaseSystem<World, FieldStep>(world)
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TWide : unmanaged, ILane<TWide, double>
{
    private readonly OperatorBuilder<TKernel, T> _builder = new(kernel, expansion, algebra);
    private readonly CompressedBuilder<TKernel, T>? _compressed =
        expansion.Strategy == TransferStrategy.Compressed ? new CompressedBuilder<TKernel, T>(kernel, expansion, algebra) : null;

    private bool _shared;

    /// <inheritdoc/>
    public override Access Access { get; } = new Access().ReadResource<TreeShape>().WriteResource<OperatorSet<T>>();

    /// <inheritdoc/>
    public override void Update(in FieldStep step)
    {
        if (_shared) return;
        OperatorSet<T> set = World.Resource<OperatorSet<T>>();
        if (expansion.Degree is not null)
        {
            LevelOperators<T> operators = set.Slot(0, World.Ledger);
            Make(operators, 1);
            set.Share(operators);
            _shared = true;
            return;
        }
        TreeShape shape = World.Resource<TreeShape>();
        for (int level = Math.Min(2, shape.Depth); level <= shape.Depth; level++)
        {
            double halfWidth = NodeGeometry.HalfWidth(shape.Domain, level);
            if (!set.Has(level, halfWidth)) Make(set.Slot(level, World.Ledger), halfWidth);
        }
    }

    // Registers of working precision are as wide as those of double precision, single numbers apart.
    private static int Lane => TWide.Count == 1 ? 1 : TWide.Count * sizeof(double) / Unsafe.SizeOf<T>();

    // The half width says whose the operators are, once they are whole: a preparation that was cancelled counts for nothing.
    private void Make(LevelOperators<T> operators, double halfWidth)
    {
        operators.HalfWidth = double.NaN;
        _builder.Build(operators, halfWidth, Lane, Jobs);
        if (expansion.Strategy == TransferStrategy.Dense)
        {
            new DenseBuilder<TKernel, T>(kernel, expansion).Build(operators, halfWidth);
        }
        else if (_compressed is not null)
        {
            operators.Compressed ??= new CompressedOperators<T>(World.Ledger);
            _compressed.Build(operators.Compressed, halfWidth, Lane, World.Ledger, Jobs);
        }
        else
        {
            using SpectrumBuilder<TKernel, T, TWide> spectra = new(kernel, expansion, World.Ledger);
            spectra.Build(operators, halfWidth, Jobs);
        }
        operators.HalfWidth = halfWidth;
    }
}
