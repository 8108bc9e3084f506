namespace Fmm.Systems;

/// <summary>
/// How <see cref="TransferStrategy.LowRank"/> decomposes the transfer matrices of a level, beside <see cref="FmmOptions.Rank"/> (Halko, Martinsson
/// and Tropp 2011, algorithms 4.4 and 5.1).
/// </summary>
public sealed record LowRankOptions
{
    /// <summary>
    /// The largest part of the matrices that may be dropped, as a share of their Frobenius norm, above 0 and below 1; the rank is the smallest that keeps it.
    /// Null: where no <see cref="FmmOptions.Rank"/> is given either, so little that the order's own error hides it.
    /// </summary>
    public double? Tolerance { get; init; }

    /// <summary>Random vectors beyond the rank, 0 to 1000: 10 unless set.</summary>
    public int Oversampling { get; init; } = 10;

    /// <summary>Times that the range is sharpened by a product with the matrices and their transposes, 0 to 20: 1 unless set.</summary>
    /// <remarks>Singular values fall fast here: a second one changes the error by less than a hundredth.</remarks>
    public int PowerIterations { get; init; } = 1;

    /// <summary>Where the random numbers start; the same seed gives the same bits.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Whether the sources have a basis of their own, too.</summary>
    public TransferSides Sides { get; init; } = TransferSides.Both;

    internal void Validate(int? rank)
    {
        if (Tolerance is double tolerance && !(tolerance is > 0 and < 1))
            throw new FmmOptionException($"{nameof(FmmOptions.LowRank)}.{nameof(Tolerance)}", tolerance, "choose a share above 0 and below 1, such as 1e-6.");
        if (rank is not null && Tolerance is not null)
            throw new FmmOptionException(nameof(FmmOptions.Rank), rank, $"give either a rank or {nameof(FmmOptions.LowRank)}.{nameof(Tolerance)}, not both.");
        if (Oversampling is < 0 or > 1000)
            throw new FmmOptionException($"{nameof(FmmOptions.LowRank)}.{nameof(Oversampling)}", Oversampling, "choose 0 to 1000 vectors.");
        if (PowerIterations is < 0 or > 20)
            throw new FmmOptionException($"{nameof(FmmOptions.LowRank)}.{nameof(PowerIterations)}", PowerIterations, "choose 0 to 20 iterations.");
        if (!Enum.IsDefined(Sides))
            throw new FmmOptionException($"{nameof(FmmOptions.LowRank)}.{nameof(Sides)}", Sides, $"choose one of {string.Join(", ", Enum.GetNames<TransferSides>())}.");
    }
}
