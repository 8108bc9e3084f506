using Fmm.Files;

namespace Fmm.Samples;

/// <summary>Standard error: words that can't be written are dropped. Nobody reads them, and the result does not depend on them.</summary>
internal sealed class WordStream(Stream under) : OutputStream(under)
{
    /// <summary>The stream that the words go to.</summary>
    public Stream Bytes => Under;

    /// <summary>Writes a line from another thread, if that takes no waiting.</summary>
    public void WriteIfReady(ReadOnlySpan<byte> line)
    {
        if (Under is DescriptorStream descriptor) descriptor.WriteIfReady(line);
        else Write(line);
    }

    /// <inheritdoc/>
    protected override void Fail(OutputException fault)
    {
    }
}
