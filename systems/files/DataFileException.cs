namespace Fmm.Files;

/// <summary>A data file that can't be read or written as it is: missing, damaged, of another form, or not permitted.</summary>
public sealed class DataFileException : IOException
{
    /// <summary>A fault of a file, told in one line.</summary>
    /// <param name="file">The file as the user named it.</param>
    /// <param name="reason">What is wrong with it, where in it, and the remedy.</param>
    /// <param name="cause">The exception through which the fault was found, or null.</param>
    public DataFileException(string file, string reason, Exception? cause = null)
        : base($"{file}: {reason}", cause)
    {
    }
}
