using Fmm.Systems;

namespace Fmm.Tests.Kernels;

/// <summary>What a <see cref="Flawed{TFlaw}"/> kernel declares or does; the defaults are those of a sound one.</summary>
public interface IFlaw
{
    static virtual int Sources => 1;

    static virtual int Potentials => 1;

    static virtual int? Degree => -1;

    static virtual double Normalisation => 0.25;

    /// <summary>Factor of the formula's potential.</summary>
    static virtual double Wide => 1;

    /// <summary>Factor of the formula's derivative along y.</summary>
    static virtual double Slope => 1;

    /// <summary>Factor of the scalar derivative along z.</summary>
    static virtual double ScalarSlope => 1;

    /// <summary>What K(d) has beside 1/r: this times x / r^2.</summary>
    static virtual double Lopsided => 0;

    static virtual KernelParity Parity => KernelParity.Even;

    /// <summary>A term that no number of the block is a factor of.</summary>
    static virtual bool HasConstant => false;

    static virtual bool HasGradient => true;

    /// <summary>Sets the sums in place of adding to them.</summary>
    static virtual bool Sets => false;

    /// <summary>Adds to the second component.</summary>
    static virtual bool AddsToSecond => false;

    /// <summary>Number of the matrix that the scalar form writes.</summary>
    static virtual int Written => 1;

    /// <summary>Number of a charge that the formula reads.</summary>
    static virtual int Read => 0;

    /// <summary>1/0 at distance zero.</summary>
    static virtual bool InfiniteAtZero => false;
}
