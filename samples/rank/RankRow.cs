using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>What compressing M2L to a rank did to one run.</summary>
/// <param name="Cloud">The points.</param>
/// <param name="Precision">Precision of the hot loops.</param>
/// <param name="Order">Order p.</param>
/// <param name="Rank">The rank.</param>
/// <param name="Full">The rank of which nothing is left out: check potentials of a surface.</param>
/// <param name="OwnError">Relative L2 error against direct sums without compression: the method's own.</param>
/// <param name="Error">The same with compression.</param>
/// <param name="Added">Relative L2 difference of both runs' potentials: what compression adds.</param>
/// <param name="Seconds">Busy seconds of M2L, divided by the threads: the fastest of the runs.</param>
/// <param name="OwnSeconds">The same by transform, which leaves nothing out.</param>
/// <param name="Preparation">Seconds of decomposing and packing.</param>
/// <param name="Bytes">Bytes of the matrices that are applied.</param>
internal sealed record RankRow(
    string Cloud, Precision Precision, int Order, int Rank, int Full, double OwnError, double Error, double Added, double Seconds, double OwnSeconds, double Preparation,
    long Bytes)
{
    /// <summary>The precision as tables have it.</summary>
    public string Scalar => Precision == Precision.Single ? "f32" : "f64";
}
