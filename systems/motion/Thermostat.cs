namespace Fmm.Systems;

/// <summary>A bath that bodies move in: it takes energy from them by friction and gives it back by random kicks, so that they come to its temperature.</summary>
public readonly record struct Thermostat
{
    /// <summary>A bath.</summary>
    /// <param name="temperature">The temperature times Boltzmann's constant, in the user's unit of energy (per mass, where no masses are named); 0 or more.</param>
    /// <param name="friction">The rate at which velocities fade, in one over the unit of time; 0 switches the bath off.</param>
    /// <param name="seed">What the random kicks follow from.</param>
    /// <exception cref="ArgumentOutOfRangeException">Temperature or friction is negative or not finite.</exception>
    public Thermostat(double temperature, double friction, long seed)
    {
        if (!(temperature >= 0 && double.IsFinite(temperature)))
            throw new ArgumentOutOfRangeException(nameof(temperature), temperature, "A temperature is finite and not below 0.");
        if (!(friction >= 0 && double.IsFinite(friction)))
            throw new ArgumentOutOfRangeException(nameof(friction), friction, "A friction is finite and not below 0: where it is, velocities grow without end.");
        (Temperature, Friction, Seed) = (temperature, friction, seed);
    }

    /// <summary>The temperature times Boltzmann's constant.</summary>
    public double Temperature { get; }

    /// <summary>The rate at which velocities fade.</summary>
    public double Friction { get; }

    /// <summary>What the random kicks follow from.</summary>
    public long Seed { get; }
}
