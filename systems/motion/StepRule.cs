namespace Fmm.Systems;

/// <summary>
/// How long a step may be where a body has a speed v and an acceleration a: accuracy times the lesser of sqrt(length / a) and length / v, the times in
/// which it gets as far as the field changes. Power, Navarro, Jenkins, Frenk, White et al. (2003, MNRAS 338, 14), section 3.2, find accuracies of about 0.2 enough.
/// </summary>
public readonly record struct StepRule
{
    /// <summary>A rule.</summary>
    /// <param name="accuracy">The part of that time; above 0, 0.05 to 0.3 as a rule. A leapfrog's error goes with its square.</param>
    /// <param name="length">The length over which the field changes: a softening length, or the distance of neighbours.</param>
    /// <param name="shortest">The shortest step there is to be, above 0.</param>
    /// <param name="longest">The longest.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is not above 0, or the shortest is above the longest.</exception>
    public StepRule(double accuracy, double length, double shortest, double longest)
    {
        if (!(accuracy > 0)) throw new ArgumentOutOfRangeException(nameof(accuracy), accuracy, "An accuracy is above 0: the part of the time in which the field changes.");
        if (!(length > 0)) throw new ArgumentOutOfRangeException(nameof(length), length, "A length over which the field changes is above 0.");
        if (!(shortest > 0)) throw new ArgumentOutOfRangeException(nameof(shortest), shortest, "The shortest step is above 0, so that the run gets on.");
        if (!(longest >= shortest && double.IsFinite(longest))) throw new ArgumentOutOfRangeException(nameof(longest), longest, $"The longest step is finite and no shorter than the shortest, {shortest}.");
        (Accuracy, Length, Shortest, Longest) = (accuracy, length, shortest, longest);
    }

    /// <summary>The part of the time in which a body gets as far as the field changes.</summary>
    public double Accuracy { get; }

    /// <summary>The length over which the field changes.</summary>
    public double Length { get; }

    /// <summary>The shortest step.</summary>
    public double Shortest { get; }

    /// <summary>The longest step.</summary>
    public double Longest { get; }

    /// <summary>Refuses the default value.</summary>
    /// <exception cref="ArgumentException">It is the default value.</exception>
    internal void Require(string name)
    {
        if (Shortest == 0) throw new ArgumentException("The rule is the default value, which knows no step: make one with its constructor.", name);
    }

    /// <summary>The step for the square of an acceleration and of a speed; the shortest where they are not finite.</summary>
    internal double Of(double acceleration2, double speed2)
    {
        double time = Accuracy * Math.Min(Math.Sqrt(Length / Math.Sqrt(acceleration2)), Length / Math.Sqrt(speed2));
        return double.IsNaN(time) ? Shortest : Math.Clamp(time, Shortest, Longest);
    }
}
