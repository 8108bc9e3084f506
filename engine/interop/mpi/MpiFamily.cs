namespace Fmm.Engine.Interop;

/// <summary>Libraries of MPI that share a binary interface.</summary>
internal enum MpiFamily
{
    /// <summary>Open MPI and what is made from it (Spectrum, Fujitsu).</summary>
    OpenMpi,

    /// <summary>MPICH and what shares its interface (Intel, MVAPICH, Cray).</summary>
    Mpich,
}
