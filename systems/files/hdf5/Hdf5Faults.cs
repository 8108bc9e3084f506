using System.Reflection;

namespace Fmm.Files;

/// <summary>Puts into our words what goes wrong under the library, whose faults are bare exceptions.</summary>
internal static class Hdf5Faults
{
    /// <summary>Runs something over the library.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="where">The dataset or group; empty for the file itself.</param>
    /// <param name="read">What to run.</param>
    /// <exception cref="DataFileException">It failed.</exception>
    public static T Reading<T>(string file, string where, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (IsOfTheFile(fault) || fault is OutOfMemoryException)
        {
            // What is read here is small: only a damaged length asks for more memory than there is.
            throw Told(file, where, fault);
        }
    }

    /// <summary>True for what a file can cause.</summary>
    public static bool IsOfTheFile(Exception fault) =>
        fault is not DataFileException and not OperationCanceledException && (fault is not OutOfMemoryException || IsImpossibleLength(fault));

    /// <summary>The fault in our words.</summary>
    public static DataFileException Told(string file, string where, Exception fault)
    {
        Exception inner = Innermost(fault);
        string place = where.Length == 0 ? "" : $"{where}: ";
        string text = inner.Message.ReplaceLineEndings(" ").TrimEnd('.');
        string reason = inner switch
        {
            _ when text.Contains("Could not find filter", StringComparison.Ordinal) =>
                $"it is compressed by a filter that can't be undone here ({Filter(text)}); write it with gzip, or none: h5repack -f NONE",
            _ when text.Contains("Fletcher32", StringComparison.Ordinal) =>
                "the checksum of a chunk does not match its bytes: the file is damaged; take another copy or write it again",
            _ when text.Contains("Byte order", StringComparison.Ordinal) => BigEndian,
            UnauthorizedAccessException => "reading is not permitted; check the file's permissions",
            IOException and not EndOfStreamException => $"the file can't be read: {text}",
            _ => $"the file is damaged or cut off ({text}); take another copy or write it again",
        };
        return new DataFileException(file, place + reason, fault);
    }

    /// <summary>What is said of numbers whose first byte is the highest.</summary>
    public const string BigEndian = "its numbers are big-endian, which is not read here; write them little-endian, such as h5py does for dtype '<f8'";

    private static bool IsImpossibleLength(Exception fault) => fault.Message.Contains("Array dimensions exceeded", StringComparison.Ordinal);

    private static string Filter(string text)
    {
        string[] parts = text.Split('\'');
        return parts.Length > 3 ? $"{parts[1].Trim(' ', '\0')}, number {parts[3]}" : text;
    }

    /// <summary>The exception at the root: reflection and the library's pipeline wrap what they meet.</summary>
    public static Exception Innermost(Exception fault) =>
        fault is TargetInvocationException or AggregateException || (fault.InnerException is not null && fault.GetType() == typeof(Exception))
            ? Innermost(fault.InnerException!)
            : fault;
}
