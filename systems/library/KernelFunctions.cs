#pragma warning disable CS0649 // The caller fills them.

namespace Fmm.Library;

/// <summary>fmm_kernel of fmm.h.</summary>
internal unsafe struct KernelFunctions
{
    public nuint Size;
    public byte* Name;
    public delegate* unmanaged[Cdecl]<double, double*, void*, double> Scalar;
    public delegate* unmanaged[Cdecl]<long, double*, double*, double*, void*, void> Batch;
    public void* User;
    public int PotentialOnly;
}
