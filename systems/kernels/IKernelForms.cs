namespace Fmm.Systems;

/// <summary>A kernel's formula in registers over some offsets, three numbers each; fields as those of <see cref="KernelReference"/>.</summary>
internal interface IKernelForms
{
    /// <summary>One source's field, added so many times.</summary>
    void Add(bool gradient, double[] offsets, double[] charges, int times, double[] fields);

    /// <summary>The field of a source whose pairs' own numbers are all 0.</summary>
    void AddNothing(bool gradient, double[] offsets, double[] charges, double[] fields);
}
