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
public sealed class PrepareOperators<TKernel, T, TWide> : BaseSystem<World, FmmStep>
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
    where TWide : unmanaged, IRegister<TWide, double>
{
    private readonly TKernel _kernel;
    private readonly ExpansionSizes _expansion;
    private readonly ILinearAlgebra _algebra;
    private bool _shared;

    /// <summary>The system for a kernel.</summary>
    /// <param name="world">The world.</param>
    /// <param name="kernel">The kernel.</param>
    /// <param name="expansion">Sizes of the expansions, and how M2L is carried out.</param>
    /// <param name="algebra">The linear algebra.</param>
    /// <exception cref="FmmOptionException">The kernel does not keep to the mirror images that compressed transfers ask for.</exception>
    internal PrepareOperators(World world, TKernel kernel, ExpansionSizes expansion, ILinearAlgebra algebra)
        : base(world)
    {
        _kernel = kernel;
        _expansion = expansion;
        _algebra = algebra;
        if (expansion.Strategy == TransferStrategy.Compressed) KernelSymmetry.Check(kernel);
    }

    /// <inheritdoc/>
    public override Access Access { get; } = new Access().ReadResource<TreeShape>().WriteResource<OperatorSet<T>>();

    /// <inheritdoc/>
    public override void Update(in FmmStep step)
    {
        if (_shared) return;
        OperatorSet<T> set = World.Resource<OperatorSet<T>>();
        if (_expansion.Degree is not null)
        {
            LevelOperators<T> operators = set.Slot(0, World.Ledger);
            Make(operators, _kernel, 1, 1);
            set.Share(operators);
            _shared = true;
            return;
        }
        TreeShape shape = World.Resource<TreeShape>();
        TKernel scaled = KernelUnits.At(_kernel, shape.Unit, out _);
        for (int level = 2; level <= shape.Depth; level++)
        {
            double halfWidth = NodeGeometry.HalfWidth(shape.RootCube, level);
            if (!set.Has(level, halfWidth)) Make(set.Slot(level, World.Ledger), scaled, halfWidth / shape.Unit, halfWidth);
        }
    }

    // Registers of working precision are as wide as those of double precision, single numbers apart.
    private static int Lane => TWide.Count == 1 ? 1 : TWide.Count * sizeof(double) / Unsafe.SizeOf<T>();

    // The half width says whose the operators are, once they are whole: a preparation that was cancelled counts for nothing.
    private void Make(LevelOperators<T> operators, TKernel own, double halfWidth, double name)
    {
        operators.HalfWidth = double.NaN;
        new OperatorBuilder<TKernel, T>(own, _expansion, _algebra).Build(operators, halfWidth, Lane, Jobs);
        if (_expansion.Strategy == TransferStrategy.Dense)
        {
            new DenseBuilder<TKernel, T>(own, _expansion).Build(operators, halfWidth);
        }
        else if (_expansion.Strategy == TransferStrategy.Compressed)
        {
            operators.Compressed ??= new CompressedOperators<T>(World.Ledger);
            new CompressedBuilder<TKernel, T>(own, _expansion, _algebra).Build(operators.Compressed, halfWidth, Lane, World.Ledger, Jobs);
        }
        else
        {
            using SpectrumBuilder<TKernel, T, TWide> spectra = new(own, _expansion, World.Ledger);
            spectra.Build(operators, halfWidth, Jobs);
        }
        operators.HalfWidth = name;
    }
}
