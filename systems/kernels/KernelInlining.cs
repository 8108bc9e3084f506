using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Fmm.Systems;

/// <summary>
/// Looks whether the JIT is told to inline a kernel's formula. By itself it does so in some loops and not in others: a softened 1/r of two lines
/// ran at full speed target by target and at a twentieth of it in the mutual loop of four rows, which has little room left.
/// </summary>
internal static class KernelInlining
{
    private static readonly string[] _formula =
    [
        nameof(IRadialKernel<Laplace>.Profile), nameof(IKernel<Laplace>.Block), nameof(IKernel<Laplace>.AddPotential), nameof(IKernel<Laplace>.AddGradient),
    ];

    /// <summary>A sentence for each method of the formula that lacks the attribute.</summary>
    [UnconditionalSuppressMessage("Trimming", "IL2090", Justification = "Methods of the formula are in use; one that was trimmed has nothing to tell.")]
    public static IReadOnlyList<string> Warnings<TKernel>()
        where TKernel : unmanaged, IKernel<TKernel>
    {
        const BindingFlags Own = BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        return
        [
            // The compiler adds methods of its own that pass the interface's calls on: one with the attribute speaks for all of its name.
            .. typeof(TKernel).GetMethods(Own).ToLookup(method => method.Name[(method.Name.LastIndexOf('.') + 1)..])
                .Where(methods => _formula.Contains(methods.Key) && !methods.Any(method => method.MethodImplementationFlags.HasFlag(MethodImplAttributes.AggressiveInlining)))
                .Select(methods =>
                    $"The kernel {TKernel.Name} may run several times slower than it could, since the JIT is not told to inline its formula: write " +
                    $"[MethodImpl(MethodImplOptions.AggressiveInlining)] before {methods.Key} (System.Runtime.CompilerServices)."),
        ];
    }
}
