namespace Fmm.Systems;

/// <summary>What is done with a kernel that is chosen by name at run time: the code that is compiled for each (<see cref="BuiltInKernel.Use"/>).</summary>
/// <typeparam name="TResult">What comes of it.</typeparam>
public interface IKernelUse<TResult>
    where TResult : class
{
    /// <summary>Does it.</summary>
    /// <param name="kernel">The kernel with its parameters.</param>
    TResult Of<TKernel>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel>;
}
