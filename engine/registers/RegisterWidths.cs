using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;

namespace Fmm.Engine;

/// <summary>Detects the widest registers of this machine, and tells which widths this program was compiled with.</summary>
/// <remarks>
/// A program has all widths unless it is compiled ahead and trimmed: a library for machines of one width leaves the others out
/// (<c>RuntimeHostConfigurationOption</c> with <c>Trim</c>), for every width is a whole copy of every loop.
/// </remarks>
internal static class RegisterWidths
{
    /// <summary>Whether loops of 512 bits are compiled in.</summary>
    [FeatureSwitchDefinition("Fmm.Registers.Bits512")]
    public static bool Has512 => !AppContext.TryGetSwitch("Fmm.Registers.Bits512", out bool has) || has;

    /// <summary>Whether loops of 256 bits are compiled in.</summary>
    [FeatureSwitchDefinition("Fmm.Registers.Bits256")]
    public static bool Has256 => !AppContext.TryGetSwitch("Fmm.Registers.Bits256", out bool has) || has;

    /// <summary>Whether loops of 128 bits are compiled in.</summary>
    [FeatureSwitchDefinition("Fmm.Registers.Bits128")]
    public static bool Has128 => !AppContext.TryGetSwitch("Fmm.Registers.Bits128", out bool has) || has;

    /// <summary>Whether loops of single numbers are compiled in.</summary>
    [FeatureSwitchDefinition("Fmm.Registers.Scalar")]
    public static bool HasScalar => !AppContext.TryGetSwitch("Fmm.Registers.Scalar", out bool has) || has;

    /// <summary>
    /// The widest width that the hardware and the runtime's settings (<c>DOTNET_EnableAVX512=0</c> and its kin) offer.
    /// The environment variable <c>FMM_REGISTERS</c> (512, 256, 128 or 1) takes precedence; a width that the hardware lacks
    /// works too, in software.
    /// </summary>
    /// <exception cref="ArgumentException"><c>FMM_REGISTERS</c> is none of the widths.</exception>
    public static RegisterWidth Best => Environment.GetEnvironmentVariable("FMM_REGISTERS") switch
    {
        null or "" => Has512 && Vector512.IsHardwareAccelerated ? RegisterWidth.Bits512
            : Has256 && Vector256.IsHardwareAccelerated ? RegisterWidth.Bits256
            : Has128 && Vector128.IsHardwareAccelerated ? RegisterWidth.Bits128
            : RegisterWidth.Scalar,
        "512" => RegisterWidth.Bits512,
        "256" => RegisterWidth.Bits256,
        "128" => RegisterWidth.Bits128,
        "1" => RegisterWidth.Scalar,
        var other => throw new ArgumentException($"FMM_REGISTERS is '{other}'; set it to 512, 256, 128 or 1, or unset it."),
    };

    /// <summary>What to throw where a width was asked for that this program was compiled without.</summary>
    public static NotSupportedException Missing(RegisterWidth width) =>
        new($"This program was compiled without loops of {(int)width} bits; it has {string.Join(", ", Present())}. Ask for one of these (FMM_REGISTERS), or for none.");

    private static IEnumerable<string> Present()
    {
        if (Has512) yield return "512";
        if (Has256) yield return "256";
        if (Has128) yield return "128";
        if (HasScalar) yield return "1 (scalars)";
    }
}
