using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>What the engine takes of this machine, by itself or by the environment variables FMM_REGISTERS and FMM_BLAS.</summary>
internal static class Machine
{
    /// <summary>The vector width and the linear algebra that a run would take.</summary>
    /// <exception cref="InputException">An environment variable asks for what is not there.</exception>
    public static (RegisterWidth Width, string Algebra) Choice()
    {
        try
        {
            return (RegisterWidths.Best, LinearAlgebra.Create().Name);
        }
        catch (Exception fault) when (fault is ArgumentException or DllNotFoundException)
        {
            throw new InputException(fault.Message, fault);
        }
    }
}
