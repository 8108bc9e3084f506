namespace Fmm.Tests.Kernels;

/// <summary>What <see cref="Varied{TVariant}"/> says of itself elsewhere; true by default.</summary>
public interface IVariant
{
    static virtual double FarFactor => 1;

    static virtual double FarSlope => 1;

    static virtual double Reach => 0.25;

    static virtual int? FarDegree => -1;

    static virtual double RescaledFactor => 1;

    static virtual double RescaledReach => 1;

    static virtual double RescaledStrength => 1;

    static virtual double RescaledScreening => 0;
}
