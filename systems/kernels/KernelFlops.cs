namespace Fmm.Systems;

/// <summary>
/// Floating-point operations of a pair, for reports and choices, from the kernel's formula itself: a fused multiplication counts as two, roots
/// and exponentials as one each.
/// </summary>
/// <param name="OneWay">Of a pair that is evaluated for its target.</param>
/// <param name="Mutual">Of one that is evaluated for both points.</param>
/// <param name="Exponentials">How many of them are exponentials.</param>
internal readonly record struct KernelFlops(int OneWay, int Mutual, int Exponentials)
{
    /// <summary>Of another charge on the same pair.</summary>
    public int OneMore => Mutual - OneWay;

    /// <summary>Counts them.</summary>
    /// <param name="kernel">The kernel.</param>
    /// <param name="gradient">Whether the gradient is computed.</param>
    public static KernelFlops Of<TKernel>(TKernel kernel, bool gradient)
        where TKernel : unmanaged, IKernel<TKernel> =>
        gradient ? Of<TKernel, PotentialWithGradient>(kernel) : Of<TKernel, PotentialAlone>(kernel);

    private static KernelFlops Of<TKernel, TPart>(TKernel kernel)
        where TKernel : unmanaged, IKernel<TKernel>
        where TPart : struct, IFieldPart
    {
        FlopTape tape = FlopRegister.Tape = new FlopTape();
        FlopRegister dx = new(tape.Input(1)), dy = new(tape.Input(1)), dz = new(tape.Input(1));
        PairCharge<FlopRegister> source = Charge(tape), target = Charge(tape);
        FieldSum<FlopRegister> alone = Sum(tape), atSource = Sum(tape), atTarget = Sum(tape);
        PairEvaluation<TKernel, FlopRegister, TPart>.OneWay(kernel, dx, dy, dz, source, ref alone);
        PairEvaluation<TKernel, FlopRegister, TPart>.Mutual(kernel, dx, dy, dz, source, target, ref atSource, ref atTarget);
        (int oneWay, int exponentials) = tape.Count(Steps(alone));
        return new KernelFlops(oneWay, tape.Count([.. Steps(atSource), .. Steps(atTarget)]).Flops, exponentials);
    }

    private static PairCharge<FlopRegister> Charge(FlopTape tape) => new() { Q0 = Input(tape), Q1 = Input(tape), Q2 = Input(tape), Q3 = Input(tape), Q4 = Input(tape), Q5 = Input(tape) };

    private static FieldSum<FlopRegister> Sum(FlopTape tape) => new()
    {
        P0 = Input(tape),
        P1 = Input(tape),
        P2 = Input(tape),
        G0X = Input(tape),
        G0Y = Input(tape),
        G0Z = Input(tape),
        G1X = Input(tape),
        G1Y = Input(tape),
        G1Z = Input(tape),
        G2X = Input(tape),
        G2Y = Input(tape),
        G2Z = Input(tape),
    };

    private static int[] Steps(in FieldSum<FlopRegister> sum) =>
    [
        sum.P0.Step, sum.P1.Step, sum.P2.Step,
        sum.G0X.Step, sum.G0Y.Step, sum.G0Z.Step, sum.G1X.Step, sum.G1Y.Step, sum.G1Z.Step, sum.G2X.Step, sum.G2Y.Step, sum.G2Z.Step,
    ];

    private static FlopRegister Input(FlopTape tape) => new(tape.Input(0));
}
