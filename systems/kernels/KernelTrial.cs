using Fmm.Components;

namespace Fmm.Systems;

/// <summary>The checks that the scalar form alone decides: numbers of components, values at 0, degree and parity.</summary>
internal sealed class KernelTrial
{
    // Of values that follow from each other exactly but for rounding.
    private const double Rounding = 1e-7;
    private readonly KernelFacts _facts;
    private readonly KernelFindings _findings;
    private readonly double[] _matrix;
    private readonly double[] _other;

    public KernelTrial(KernelFacts facts, KernelFindings findings)
    {
        _facts = facts;
        _findings = findings;
        _matrix = new double[Math.Max(0, facts.Rows * facts.Columns)];
        _other = new double[_matrix.Length];
    }

    /// <summary>Whether components and factor are such that anything else can be tried at all.</summary>
    public bool IsUsable(double[] unit)
    {
        Position first = new(unit[0], unit[1], unit[2]);
        Number(nameof(IKernel<Laplace>.SourceComponents), _facts.Columns, 6);
        Number(nameof(IKernel<Laplace>.PotentialComponents), _facts.Rows, 9);
        if (_findings.All.Count > 0) return false;
        double factor = _facts.Normalisation;
        if (!double.IsFinite(factor) || factor == 0)
            _findings.Add(nameof(IKernel<Laplace>.Normalisation), first, 1, factor, "it is {1}: give a factor that is finite and not 0; other units, where the parameters make it so");
        if (_findings.All.Count > 0) return false;
        for (int i = 0; i < unit.Length; i += 3) if (!Writes(new Position(unit[i], unit[i + 1], unit[i + 2]), apart: true)) return false;
        return Writes(default, apart: false);

        void Number(string name, int value, int most)
        {
            if (value < 1 || value > most) _findings.Add(name, first, 1, value, $"{{1}} declared: a kernel has 1 to {most}");
        }
    }

    /// <summary>Tries degree and parity.</summary>
    public void Run(double[] offsets)
    {
        for (int i = 0; i < offsets.Length; i += 3)
        {
            Position offset = new(offsets[i], offsets[i + 1], offsets[i + 2]);
            if (_facts.Degree is int degree)
                foreach (double scale in (ReadOnlySpan<double>)[3, 1.0 / 3, 64, 1.0 / 64]) Degree(offset, scale, degree);
            if (_facts.Parity != KernelParity.None) Parity(offset, _facts.Parity == KernelParity.Even ? 1 : -1);
        }
    }

    /// <summary>Tries the scalar form's derivatives, which the method itself does not run.</summary>
    public void Gradient(KernelReference reference)
    {
        double[] matrix = new double[3 * _matrix.Length];
        for (int i = 0; i < reference.Offsets.Length / 3; i++)
        {
            Position offset = new(reference.Offsets[3 * i], reference.Offsets[(3 * i) + 1], reference.Offsets[(3 * i) + 2]);
            Array.Fill(matrix, double.NaN);
            _facts.EvaluateGradient(offset.X, offset.Y, offset.Z, matrix);
            for (int row = 0; row < 3 * _facts.Rows; row++)
            {
                int at = (KernelReference.Fields * i) + 3 + row;
                double found = 0, expected = reference.Values[at];
                for (int k = 0; k < _facts.Columns; k++) found += matrix[(row * _facts.Columns) + k] * KernelForms.Charges[k];
                if (Math.Abs(found - expected) <= (Rounding * reference.Scales[(2 * i) + 1]) + reference.Doubts[at]) continue;
                _findings.Add(
                    nameof(IKernel<Laplace>.EvaluateGradient), offset, expected, found,
                    $"the derivative of component {row / 3} along {"xyz"[row % 3]} is {{1:g6}}, but {{0:g6}} by differences of Evaluate: mend the one or the other");
                return;
            }
        }
    }

    // Every number of the matrix, and none behind it; and at 0 nothing that spoils a sum.
    private bool Writes(Position d, bool apart)
    {
        Array.Fill(_matrix, double.NaN);
        try
        {
            _facts.Evaluate(d.X, d.Y, d.Z, _matrix);
        }
        catch (Exception fault) when (fault is IndexOutOfRangeException or ArgumentException)
        {
            _findings.Add(
                nameof(IKernel<Laplace>.PotentialComponents), d, _matrix.Length, _matrix.Length + 1,
                $"{_facts.Rows} by {_facts.Columns} declared, but Evaluate writes more than {{0}} numbers: declare what it writes");
            return false;
        }
        int missing = Array.FindIndex(_matrix, double.IsNaN);
        if (missing < 0 && (apart || Array.TrueForAll(_matrix, double.IsFinite))) return true;
        _findings.Add(
            nameof(IKernel<Laplace>.Evaluate), d, 0, missing < 0 ? double.PositiveInfinity : double.NaN,
            !apart
                ? "at distance zero it is {1}: set all " + _matrix.Length + " numbers of the matrix to {0} there"
                : "number " + missing + " of the matrix is not set, or is not a number: set all " + _matrix.Length + ", as many as source and potential components make");
        return false;
    }

    private void Degree(Position d, double scale, int degree)
    {
        _facts.Evaluate(d.X, d.Y, d.Z, _matrix);
        _facts.Evaluate(scale * d.X, scale * d.Y, scale * d.Z, _other);
        double power = Math.Pow(scale, degree), size = power * Largest(_matrix);
        // What leaves the range of the numbers at the other length tells nothing.
        if (!(size is > 1e-280 and < 1e280)) return;
        for (int i = 0; i < _matrix.Length; i++)
        {
            double expected = power * _matrix[i], found = _other[i];
            if (Math.Abs(found - expected) <= Rounding * size) continue;
            double like = Math.Log(Largest(_other) / Largest(_matrix)) / Math.Log(scale);
            _findings.Add(
                nameof(IKernel<Laplace>.Degree), d, expected, found,
                $"{degree} declared, but at {scale:g6} times the offset K is {{1:g6}} in place of {{0:g6}}, as for a degree of {like:0.##}: " +
                "declare the degree that it has, or null for a kernel with a length of its own");
            return;
        }
    }

    private void Parity(Position d, int sign)
    {
        _facts.Evaluate(d.X, d.Y, d.Z, _matrix);
        _facts.Evaluate(-d.X, -d.Y, -d.Z, _other);
        double size = Largest(_matrix);
        for (int i = 0; i < _matrix.Length; i++)
        {
            double expected = sign * _matrix[i], found = _other[i];
            if (Math.Abs(found - expected) <= Rounding * size) continue;
            _findings.Add(
                nameof(IKernel<Laplace>.Parity), d, expected, found,
                $"{_facts.Parity} declared, but number {i} of K(-d) is {{1:g6}} in place of {{0:g6}}: declare what it is, or {KernelParity.None}");
            return;
        }
    }

    private static double Largest(double[] matrix)
    {
        double largest = 0;
        foreach (double element in matrix) largest = Math.Max(largest, Math.Abs(element));
        return largest;
    }
}
