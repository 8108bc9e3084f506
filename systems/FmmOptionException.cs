namespace Fmm.Systems;

/// <summary>An option of the solver has a value that cannot be used; the message names it and the remedy.</summary>
public sealed class FmmOptionException : ArgumentException
{
    /// <summary>The exception for an option.</summary>
    /// <param name="option">The option's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="remedy">What to do instead.</param>
    public FmmOptionException(string option, object? value, string remedy)
        : base($"{option} is {value}: {remedy}")
    {
        Option = option;
        Value = value;
        Remedy = remedy;
    }

    /// <summary>The option's name.</summary>
    public string Option { get; }

    /// <summary>The value that was given.</summary>
    public object? Value { get; }

    /// <summary>What to do instead.</summary>
    public string Remedy { get; }
}
