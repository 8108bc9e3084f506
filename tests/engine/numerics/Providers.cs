using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>The linear algebra that a test runs with: every width of the managed provider, and the native one if there is one.</summary>
internal static class Providers
{
    public static IEnumerable<string> All => ["native", "managed 512", "managed 256", "managed 128", "managed 1"];

    public static IEnumerable<string> OneOfEach => ["native", "managed 256"];

    public static ILinearAlgebra Get(string name) => name == "native"
        ? Native()
        : LinearAlgebra.Create(LinearAlgebraChoice.Managed, (RegisterWidth)int.Parse(name.Split(' ')[1]));

    public static ILinearAlgebra Native()
    {
        try
        {
            return LinearAlgebra.Create(LinearAlgebraChoice.Native);
        }
        catch (DllNotFoundException missing)
        {
            Assert.Ignore(missing.Message);
            throw;
        }
    }
}
