namespace Fmm.Systems;

/// <summary>A register that notes what is done with it, in place of doing it: each value is a step of a <see cref="FlopTape"/>.</summary>
internal readonly struct FlopRegister(int step) : Fmm.Engine.IRegister<FlopRegister>
{
    [ThreadStatic]
    private static FlopTape? _tape;
    private readonly int _step = step;

    /// <summary>Where this thread's operations are noted.</summary>
    public static FlopTape Tape
    {
        get => _tape ??= new FlopTape();
        set => _tape = value;
    }

    public int Step => _step;

    public static int Count => 1;

    public static bool IsSingle => false;

    public static FlopRegister Zero => Constant(0);

    public static FlopRegister Constant(double value) => new(Tape.Constant(value));

    public static FlopRegister operator +(FlopRegister left, FlopRegister right) => Do("+", 1, left, right);

    public static FlopRegister operator -(FlopRegister left, FlopRegister right) => Do("-", 1, left, right);

    public static FlopRegister operator *(FlopRegister left, FlopRegister right) => Do("*", 1, left, right);

    public static FlopRegister MultiplyAdd(FlopRegister a, FlopRegister b, FlopRegister c) => new(Tape.Do("a b + c", 2, a._step, b._step, c._step));

    public static FlopRegister NegatedMultiplyAdd(FlopRegister a, FlopRegister b, FlopRegister c) => new(Tape.Do("c - a b", 2, a._step, b._step, c._step));

    public static FlopRegister InverseSqrt(FlopRegister x) => Do("rsqrt", 1, x, x);

    public static FlopRegister Sqrt(FlopRegister x) => Do("sqrt", 1, x, x);

    public static FlopRegister Min(FlopRegister left, FlopRegister right) => Do("min", 1, left, right);

    public static FlopRegister Max(FlopRegister left, FlopRegister right) => Do("max", 1, left, right);

    public static bool AnyBelow(FlopRegister value, FlopRegister bound) => false;

    public static FlopRegister WherePositive(FlopRegister number, FlopRegister value) => Do("where", 1, number, value);

    public static FlopRegister Exp(FlopRegister x) => Do(FlopTape.Exponential, 1, x, x);

    public static void SinCos(FlopRegister x, out FlopRegister sine, out FlopRegister cosine)
    {
        sine = Do(FlopTape.Sine, 1, x, x);
        cosine = Do("cos", 1, x, x);
    }

    private static FlopRegister Do(string operation, int flops, FlopRegister left, FlopRegister right) => new(Tape.Do(operation, flops, left._step, right._step, 0));
}
