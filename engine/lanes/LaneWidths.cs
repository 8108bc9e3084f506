using System.Runtime.Intrinsics;

namespace Fmm.Engine;

/// <summary>Detects the widest registers of this machine.</summary>
public static class LaneWidths
{
    /// <summary>
    /// The widest width that the hardware and the runtime's settings (<c>DOTNET_EnableAVX512=0</c> and its kin) offer.
    /// The environment variable <c>FMM_LANES</c> (512, 256, 128 or 1) takes precedence; a width that the hardware lacks
    /// works too, in software.
    /// </summary>
    /// <exception cref="ArgumentException"><c>FMM_LANES</c> is none of the widths.</exception>
    public static LaneWidth Best => Environment.GetEnvironmentVariable("FMM_LANES") switch
    {
        null or "" => Vector512.IsHardwareAccelerated ? LaneWidth.Bits512
            : Vector256.IsHardwareAccelerated ? LaneWidth.Bits256
            : Vector128.IsHardwareAccelerated ? LaneWidth.Bits128
            : LaneWidth.Scalar,
        "512" => LaneWidth.Bits512,
        "256" => LaneWidth.Bits256,
        "128" => LaneWidth.Bits128,
        "1" => LaneWidth.Scalar,
        var other => throw new ArgumentException($"FMM_LANES is '{other}'; set it to 512, 256, 128 or 1, or unset it."),
    };
}
