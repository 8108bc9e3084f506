namespace Fmm.Systems;

/// <summary>Seconds of one thread that M2L takes, of a kernel of one component.</summary>
/// <param name="Pair">For a pair of octets.</param>
/// <param name="Octet">What an octet adds to that.</param>
internal readonly record struct TransferCost(double Pair, double Octet);
