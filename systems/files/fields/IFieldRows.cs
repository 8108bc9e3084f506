namespace Fmm.Files;

/// <summary>Rows of a field that are not all in this memory: whoever writes them asks for one piece after the other.</summary>
internal interface IFieldRows
{
    /// <summary>Number of targets.</summary>
    long Count { get; }

    /// <summary>Numbers of some targets; they stand until the same array is asked for again.</summary>
    /// <param name="array">Which numbers.</param>
    /// <param name="first">The first target.</param>
    /// <param name="count">How many targets.</param>
    ReadOnlySpan<double> Read(FieldArray array, long first, int count);
}
