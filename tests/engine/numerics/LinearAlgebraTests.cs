using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

[NonParallelizable]
public sealed class LinearAlgebraTests
{
    private string? _before;

    [SetUp]
    public void Remember() => _before = Environment.GetEnvironmentVariable(LinearAlgebra.EnvironmentVariable);

    [TearDown]
    public void Restore() => Environment.SetEnvironmentVariable(LinearAlgebra.EnvironmentVariable, _before);

    [Test]
    public void The_managed_provider_is_always_there_and_says_its_width() =>
        Assert.That(LinearAlgebra.Create(LinearAlgebraChoice.Managed, RegisterWidth.Bits256).Name, Is.EqualTo("managed (256 bits)"));

    [Test]
    public void The_native_provider_says_library_and_processor() =>
        Assert.That(Providers.Native().Name, Does.Match(@"^(OpenBLAS \d+\.\d+.* \(\w+\)|.*(MKL|Math Kernel Library).*)$"));

    [Test]
    public void The_environment_variable_forces_an_automatic_choice()
    {
        Environment.SetEnvironmentVariable(LinearAlgebra.EnvironmentVariable, "managed");
        Assert.That(LinearAlgebra.Create().Name, Does.StartWith("managed"));
    }

    [Test]
    public void An_explicit_choice_stands_above_the_environment_variable()
    {
        string native = Providers.Native().Name;
        Environment.SetEnvironmentVariable(LinearAlgebra.EnvironmentVariable, "managed");
        Assert.That(LinearAlgebra.Create(LinearAlgebraChoice.Native).Name, Is.EqualTo(native));
    }

    [Test]
    public void An_unknown_name_in_the_environment_is_refused()
    {
        Environment.SetEnvironmentVariable(LinearAlgebra.EnvironmentVariable, "atlas");
        Assert.That(() => LinearAlgebra.Create(), Throws.ArgumentException.With.Message.Contains("FMM_BLAS is 'atlas'; set it to managed, openblas or mkl"));
    }

    [Test]
    public void A_forced_library_that_is_missing_is_an_error_with_a_remedy([Values("mkl", "openblas")] string library)
    {
        LinearAlgebraChoice choice = library == "mkl" ? LinearAlgebraChoice.Mkl : LinearAlgebraChoice.OpenBlas;
        Environment.SetEnvironmentVariable(LinearAlgebra.EnvironmentVariable, library);
        try
        {
            string name = LinearAlgebra.Create(choice).Name;
            Assert.That(LinearAlgebra.Create().Name, Is.EqualTo(name));
            Assert.Ignore($"{name} is installed here, so that its absence can't be tested.");
        }
        catch (DllNotFoundException missing)
        {
            Assert.That(missing.Message, Does.Contain("not installed").And.Contain("FMM_BLAS=managed"));
            Assert.That(() => LinearAlgebra.Create(), Throws.TypeOf<DllNotFoundException>());
        }
    }

    [Test]
    public void Native_and_managed_agree_to_rounding()
    {
        ILinearAlgebra native = Providers.Native(), managed = LinearAlgebra.Create(LinearAlgebraChoice.Managed);
        GemmCase<double> product = new(64, 152, 152, false, 0, 1);
        Assert.That(Matrices.Distance(product.Run(native), product.Run(managed)), Is.LessThan(1e-14));
        double[] a = Matrices.WithSpectrum(60, 50, Matrices.Geometric(50, 1e-10));
        Assert.That(Matrices.Distance(native.Svd(a, 60, 50).S, managed.Svd(a, 60, 50).S), Is.LessThan(1e-14));
    }

    [Test]
    public void The_managed_decomposition_keeps_the_digits_of_values_far_below_rounding()
    {
        // Orthonormal columns times powers of two: the values are known to the last digits, 1e-30 of the largest too.
        double[] a = Matrices.WithSpectrum(40, 40, [.. Enumerable.Repeat(1.0, 40)]);
        for (int i = 0; i < a.Length; i++) a[i] = Math.ScaleB(a[i], -5 * (i % 20));
        double[] s = LinearAlgebra.Create(LinearAlgebraChoice.Managed).Svd(a, 40, 40).S;
        for (int i = 0; i < 40; i++) Assert.That(s[i] / Math.ScaleB(1, -5 * (i / 2)), Is.EqualTo(1).Within(1e-13));
    }

    [Test]
    public void OpenBlas_takes_its_kernels_for_512_bits_where_the_processor_has_them()
    {
        string name = Providers.Native().Name;
        Assume.That(name, Does.StartWith("OpenBLAS"));
        Assume.That(Vector512.IsHardwareAccelerated, "The processor lacks AVX-512, or the runtime does not use it.");
        Assume.That(Environment.GetEnvironmentVariable("OPENBLAS_CORETYPE"), Is.Null.Or.Empty);
        Assert.That(name, Does.Contain("SkylakeX"));
    }

    [Test]
    public void OpenBlas_has_the_hosts_number_of_threads_again_after_a_call()
    {
        ILinearAlgebra native = Providers.Native();
        Assume.That(native.Name, Does.StartWith("OpenBLAS"));
        nint library = NativeLibrary.Load("libopenblas.so.0");
        Action<int> set = Marshal.GetDelegateForFunctionPointer<SetThreads>(NativeLibrary.GetExport(library, "openblas_set_num_threads")).Invoke;
        Func<int> get = Marshal.GetDelegateForFunctionPointer<GetThreads>(NativeLibrary.GetExport(library, "openblas_get_num_threads")).Invoke;
        int before = get();
        set(2);
        try
        {
            native.Svd(Matrices.WithSpectrum(60, 50, Matrices.Geometric(50, 1e-10)), 60, 50);
            new GemmCase<double>(64, 152, 152, false, 0, 1).Run(native);
            Assert.That(get(), Is.EqualTo(2));
        }
        finally
        {
            set(before);
        }
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate void SetThreads(int threads);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int GetThreads();
}
