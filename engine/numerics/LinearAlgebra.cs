using Fmm.Engine.Interop;

namespace Fmm.Engine;

/// <summary>Chooses the linear algebra of a world.</summary>
internal static class LinearAlgebra
{
    /// <summary>The environment variable that overrules an automatic choice: <c>managed</c>, <c>openblas</c> or <c>mkl</c>.</summary>
    public const string EnvironmentVariable = "FMM_BLAS";

    /// <summary>
    /// Makes a provider. <see cref="LinearAlgebraChoice.Automatic"/> takes what the environment variable <c>FMM_BLAS</c>
    /// names; without it MKL, else the managed provider with OpenBLAS's decompositions, else the managed provider alone.
    /// </summary>
    /// <param name="choice">Any but <see cref="LinearAlgebraChoice.Automatic"/> stands above the environment variable.</param>
    /// <param name="width">The vector width of the managed provider; null takes <see cref="RegisterWidths.Best"/>.</param>
    /// <exception cref="DllNotFoundException">The library that is asked for is not installed.</exception>
    /// <exception cref="ArgumentException"><c>FMM_BLAS</c> or <paramref name="choice"/> names no provider.</exception>
    public static ILinearAlgebra Create(LinearAlgebraChoice choice = LinearAlgebraChoice.Automatic, RegisterWidth? width = null)
    {
        if (choice == LinearAlgebraChoice.Automatic) choice = FromEnvironment();
        return choice switch
        {
            LinearAlgebraChoice.Automatic => (ILinearAlgebra?)Mkl() ?? (ILinearAlgebra?)Mixed(width) ?? Managed(width),
            LinearAlgebraChoice.Native => Native() ?? throw Missing("neither MKL nor OpenBLAS is"),
            LinearAlgebraChoice.Mkl => Mkl() ?? throw Missing("MKL (libmkl_rt) is not"),
            LinearAlgebraChoice.OpenBlas => OpenBlas() ?? throw Missing("OpenBLAS (libopenblas) is not"),
            LinearAlgebraChoice.Managed => Managed(width),
            _ => throw new ArgumentException($"{choice} is no linear algebra; take one of LinearAlgebraChoice.", nameof(choice)),
        };
    }

    private static LinearAlgebraChoice FromEnvironment() =>
        Environment.GetEnvironmentVariable(EnvironmentVariable)?.ToLowerInvariant() switch
        {
            null or "" => LinearAlgebraChoice.Automatic,
            "managed" => LinearAlgebraChoice.Managed,
            "openblas" => LinearAlgebraChoice.OpenBlas,
            "mkl" => LinearAlgebraChoice.Mkl,
            var other => throw new ArgumentException(
                $"{EnvironmentVariable} is '{other}'; set it to managed, openblas or mkl, or unset it."),
        };

    private static ManagedLinearAlgebra Managed(RegisterWidth? width) => new(width ?? RegisterWidths.Best);

    private static MixedLinearAlgebra? Mixed(RegisterWidth? width) => OpenBlas() is { } library ? new MixedLinearAlgebra(Managed(width), library) : null;

    private static NativeLinearAlgebra? Native() => Mkl() ?? OpenBlas();

    private static NativeLinearAlgebra? Mkl() => BlasLibrary.TryLoadMkl() is { } library ? new(library) : null;

    private static NativeLinearAlgebra? OpenBlas() => BlasLibrary.TryLoadOpenBlas() is { } library ? new(library) : null;

    private static DllNotFoundException Missing(string what) => new(
        $"The linear algebra asked for can't run: {what} installed, or not where the loader looks. "
        + "Install it (Debian: libopenblas0-pthread), add its folder to LD_LIBRARY_PATH, or choose the managed provider "
        + $"({EnvironmentVariable}=managed).");
}
