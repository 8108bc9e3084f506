namespace Fmm.Systems;

/// <summary>A kernel's wide forms over some offsets, three numbers each; fields as those of <see cref="KernelReference"/>.</summary>
internal interface IKernelForms
{
    /// <summary>One source's field, added so many times.</summary>
    void OneWay(bool gradient, double[] offsets, double[] charges, int times, double[] fields);

    /// <summary>Both sides of pairs, added so many times.</summary>
    void Mutual(bool gradient, double[] offsets, double[] sources, double[] targets, int times, double[] atSources, double[] atTargets);
}
