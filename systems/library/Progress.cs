using System.Text;
using Fmm.Engine;

namespace Fmm.Library;

/// <summary>Tells a caller's function of each system that ends, and ends the evaluation where it says so.</summary>
/// <param name="listener">The function: name, systems that ended, systems, the caller's data; any value but 0 cancels.</param>
/// <param name="user">The caller's data.</param>
internal sealed unsafe class Progress(delegate* unmanaged[Cdecl]<byte*, int, int, void*, int> listener, void* user) : IProgress<SystemProgress>
{
    /// <inheritdoc/>
    public void Report(SystemProgress value)
    {
        Span<byte> name = stackalloc byte[128];
        int length = Encoding.UTF8.GetBytes(value.System.AsSpan(0, Math.Min(value.System.Length, 40)), name[..127]);
        name[length] = 0;
        fixed (byte* text = name)
        {
            if (listener(text, value.Finished, value.Total, user) != 0) throw new OperationCanceledException("The progress function ended the call.");
        }
    }
}
