using Fmm.Files;

namespace Fmm.Samples;

/// <summary>Rows that go to a stream which the process was started with: standard output, or a descriptor that a shell hands on.</summary>
internal sealed class StreamOutput : OutputFile
{
    private readonly Terminal _terminal;
    private readonly DescriptorStream? _own;

    /// <summary>Takes the stream.</summary>
    /// <exception cref="InputException">It was closed at the start.</exception>
    public StreamOutput(string path, int descriptor, Terminal terminal)
        : base(path, descriptor == Descriptor.Output ? terminal.OutputIdentity : FileIdentity.Of(descriptor), terminal.Outputs)
    {
        _terminal = terminal;
        IsStandardOutput = descriptor == Descriptor.Output;
        if (IsStandardOutput) return;
        try
        {
            _own = DescriptorStream.Inherited(descriptor, $"--output {path}");
        }
        catch (OutputException fault)
        {
            throw Refuse(path, $"the process was started without descriptor {descriptor}; open one, such as {descriptor}>file", fault);
        }
    }

    /// <inheritdoc/>
    public override bool IsStandardOutput { get; }

    /// <inheritdoc/>
    protected override Stream Begin() => _own ?? _terminal.Data;

    /// <inheritdoc/>
    protected override void Commit()
    {
    }

    /// <inheritdoc/>
    public override void Abandon()
    {
    }

    /// <inheritdoc/>
    protected override void Close() => _own?.Dispose();
}
