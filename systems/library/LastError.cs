using System.Runtime.InteropServices;
using System.Text;

namespace Fmm.Library;

/// <summary>What the last call of a thread that failed had to say, as a C string that stays where it is until the thread's next call.</summary>
internal sealed unsafe class LastError
{
    private static readonly byte* _none = Empty();

    [ThreadStatic]
    private static LastError? _own;
    private byte* _text;

    // Threads come and go: what a thread had to say is freed after it.
    ~LastError() => NativeMemory.Free(_text);

    /// <summary>The text of this thread.</summary>
    public static byte* Text => _own is { _text: not null } own ? own._text : _none;

    /// <summary>Keeps a text for this thread.</summary>
    public static void Set(string text)
    {
        _own ??= new LastError();
        NativeMemory.Free(_own._text);
        _own._text = null;
        int length = Encoding.UTF8.GetByteCount(text);
        byte* bytes = (byte*)NativeMemory.Alloc((nuint)length + 1);
        Encoding.UTF8.GetBytes(text, new Span<byte>(bytes, length));
        bytes[length] = 0;
        _own._text = bytes;
    }

    private static byte* Empty() => (byte*)NativeMemory.AllocZeroed(1);
}
