namespace Fmm.Engine;

/// <summary>The width of the vector registers in bits; the one place where it is chosen.</summary>
public enum RegisterWidth
{
    /// <summary>One number at a time.</summary>
    Scalar = 1,

    /// <summary>128 bits: SSE, NEON.</summary>
    Bits128 = 128,

    /// <summary>256 bits: AVX2.</summary>
    Bits256 = 256,

    /// <summary>512 bits: AVX-512.</summary>
    Bits512 = 512,
}
