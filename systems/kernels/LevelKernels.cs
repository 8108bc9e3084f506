using System.Numerics;
using Fmm.Components;

namespace Fmm.Systems;

/// <summary>
/// The units in which points stand, level by level, and the kernel in each. In single precision every level has its own, the half width
/// of its nodes to a power of two, so that distances of deep leaves and their powers stay in range; double precision takes the root's
/// for all. Sums go back to the root's unit by factors that are powers of two where the kernel's degree is whole.
/// </summary>
internal sealed class LevelKernels<TKernel, T>(TKernel kernel)
    where TKernel : unmanaged, IKernel<TKernel>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private readonly TKernel[] _kernels = new TKernel[Morton.MaxLevel + 1];
    private readonly double[] _potential = new double[Morton.MaxLevel + 1];
    private readonly double[] _gradient = new double[Morton.MaxLevel + 1];
    private readonly double[] _units = new double[Morton.MaxLevel + 1];
    private (double Unit, bool IsScaled) _known = (double.NaN, false);

    /// <summary>Takes the units of a tree.</summary>
    public void Read(TreeShape shape)
    {
        if (_known == (shape.Unit, shape.IsScaled)) return;
        _known = (shape.Unit, shape.IsScaled);
        KernelUnits.At(kernel, shape.Unit, out double root);
        for (int level = 0; level <= Morton.MaxLevel; level++)
        {
            _units[level] = LevelUnit.Of<T>(shape, level);
            _kernels[level] = KernelUnits.At(kernel, _units[level], out double factor);
            _potential[level] = factor / root;
            _gradient[level] = factor / root * (shape.Unit / _units[level]);
        }
    }

    /// <summary>The kernel in the user's unit.</summary>
    public TKernel Kernel => kernel;

    /// <summary>The kernel in the unit of a level.</summary>
    public TKernel this[int level] => _kernels[level];

    /// <summary>The unit of a level, as a length of the user's.</summary>
    public double Unit(int level) => _units[level];

    /// <summary>A level's potentials times this are those of the root's unit.</summary>
    public double PotentialFactor(int level) => _potential[level];

    /// <summary>A level's gradients times this are those of the root's unit.</summary>
    public double GradientFactor(int level) => _gradient[level];
}
