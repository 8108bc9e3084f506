namespace Fmm.Systems;

/// <summary>
/// Sums of squares of differences and of what they are measured by, in units of the largest number so far, so that no square leaves the
/// range, whatever the unit of the field.
/// </summary>
internal struct ErrorSums
{
    private double _largest, _largestDifference, _difference, _reference;

    /// <summary>
    /// Root of the summed squares of the differences over that of the references; the former alone where all references are zero.
    /// </summary>
    public readonly double L2 => _reference == 0 ? Unit * Math.Sqrt(_difference) : Math.Sqrt(_difference / _reference);

    /// <summary>Largest difference over the largest reference; the former alone where all references are zero.</summary>
    public readonly double Linf => _reference == 0 ? _largestDifference : _largestDifference / _largest;

    private readonly double Unit => _largest == 0 ? 1 : _largest;

    /// <summary>Takes a number into account.</summary>
    /// <param name="found">The number.</param>
    /// <param name="expected">What it should be.</param>
    /// <param name="weight">How many numbers it stands for.</param>
    public void Take(double found, double expected, double weight = 1)
    {
        double magnitude = Math.Abs(expected);
        if (magnitude > _largest)
        {
            double shrink = _largest == 0 ? 1 / (magnitude * magnitude) : _largest / magnitude * (_largest / magnitude);
            // Differences from zeros came in the unit 1.
            _difference *= _largest == 0 && _difference == 0 ? 0 : shrink;
            _reference *= _largest == 0 ? 0 : shrink;
            _largest = magnitude;
        }
        double error = Math.Abs(found - expected), share = error / Unit, reference = expected / Unit;
        _difference += weight * share * share;
        _reference += weight * reference * reference;
        _largestDifference = double.IsNaN(error) ? double.NaN : Math.Max(_largestDifference, error);
    }
}
