namespace Fmm.Tests.Kernels;

/// <summary>What a <see cref="Flawed{TFlaw}"/> kernel declares or does; the defaults are those of a sound one.</summary>
public interface IFlaw
{
    static virtual int Sources => 1;

    static virtual int Potentials => 1;

    static virtual int? Degree => -1;

    static virtual double Normalisation => 0.25;

    /// <summary>Factor of the wide potential.</summary>
    static virtual double Wide => 1;

    /// <summary>Factor of the wide derivative along y.</summary>
    static virtual double Slope => 1;

    /// <summary>Factor of the scalar derivative along z.</summary>
    static virtual double ScalarSlope => 1;

    /// <summary>What the mutual form gives the source; the target always gets what is right.</summary>
    static virtual double AtSource => 1;

    /// <summary>What K(d) has beside 1/r: this times x / r^2.</summary>
    static virtual double Lopsided => 0;

    static virtual bool IsMutual => true;

    /// <summary>Declared, but the mutual form is finite at 0.</summary>
    static virtual bool ShowsCoincidence => false;

    static virtual bool HasMutual => true;

    static virtual bool HasGradient => true;

    /// <summary>Sets the sums in place of adding to them.</summary>
    static virtual bool Sets => false;

    /// <summary>Adds to the second component.</summary>
    static virtual bool AddsToSecond => false;

    /// <summary>Number of the matrix that the scalar form writes.</summary>
    static virtual int Written => 1;

    /// <summary>Number of a charge that the wide form reads.</summary>
    static virtual int Read => 0;

    /// <summary>1/0 at distance zero.</summary>
    static virtual bool InfiniteAtZero => false;
}
