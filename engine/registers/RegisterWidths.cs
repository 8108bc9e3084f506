using System.Runtime.Intrinsics;

namespace Fmm.Engine;

/// <summary>Detects the widest registers of this machine.</summary>
internal static class RegisterWidths
{
    /// <summary>
    /// The widest width that the hardware and the runtime's settings (<c>DOTNET_EnableAVX512=0</c> and its kin) offer.
    /// The environment variable <c>FMM_REGISTERS</c> (512, 256, 128 or 1) takes precedence; a width that the hardware lacks
    /// works too, in software.
    /// </summary>
    /// <exception cref="ArgumentException"><c>FMM_REGISTERS</c> is none of the widths.</exception>
    public static RegisterWidth Best => Environment.GetEnvironmentVariable("FMM_REGISTERS") switch
    {
        null or "" => Vector512.IsHardwareAccelerated ? RegisterWidth.Bits512
            : Vector256.IsHardwareAccelerated ? RegisterWidth.Bits256
            : Vector128.IsHardwareAccelerated ? RegisterWidth.Bits128
            : RegisterWidth.Scalar,
        "512" => RegisterWidth.Bits512,
        "256" => RegisterWidth.Bits256,
        "128" => RegisterWidth.Bits128,
        "1" => RegisterWidth.Scalar,
        var other => throw new ArgumentException($"FMM_REGISTERS is '{other}'; set it to 512, 256, 128 or 1, or unset it."),
    };
}
