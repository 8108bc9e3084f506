namespace Fmm.Systems;

/// <summary>The steps of a computation. The same step of the same values is one, as a compiler makes it.</summary>
internal sealed class FlopTape
{
    /// <summary>The operation of an exponential.</summary>
    public const string Exponential = "exp";

    /// <summary>The operation of a sine, with which the cosine comes.</summary>
    public const string Sine = "sin";

    private readonly Dictionary<(string Operation, double Value, int A, int B, int C), int> _known = [];
    private readonly List<(string Operation, int Flops, int A, int B, int C)> _steps = [("", 0, 0, 0, 0)];

    /// <summary>A value that comes from outside, at a price.</summary>
    public int Input(int flops) => Enter("", flops, 0, 0, 0);

    /// <summary>A number that is known beforehand.</summary>
    public int Constant(double value) => Find(("", value, 0, 0, 0), 0);

    /// <summary>An operation with up to three values; 0 stands for none.</summary>
    public int Do(string operation, int flops, int a, int b, int c) => Find((operation, 0, a, b, c), flops);

    /// <summary>Operations that some of the values need, and how many of them are exponentials, or sines with their cosines.</summary>
    public (int Flops, int Exponentials) Count(ReadOnlySpan<int> results)
    {
        int flops = 0, exponentials = 0;
        bool[] seen = new bool[_steps.Count];
        Stack<int> open = new(results.ToArray());
        while (open.TryPop(out int step))
        {
            if (seen[step]) continue;
            seen[step] = true;
            (string operation, int own, int a, int b, int c) = _steps[step];
            flops += own;
            if (operation is Exponential or Sine) exponentials++;
            open.Push(a);
            open.Push(b);
            open.Push(c);
        }
        return (flops, exponentials);
    }

    private int Find((string Operation, double Value, int A, int B, int C) key, int flops) =>
        _known.TryGetValue(key, out int step) ? step : _known[key] = Enter(key.Operation, flops, key.A, key.B, key.C);

    private int Enter(string operation, int flops, int a, int b, int c)
    {
        _steps.Add((operation, flops, a, b, c));
        return _steps.Count - 1;
    }
}
