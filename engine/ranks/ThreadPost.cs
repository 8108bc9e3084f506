namespace Fmm.Engine;

/// <summary>One side of a message between ranks of one process.</summary>
internal sealed unsafe class ThreadPost(bool isSend, int from, int to, int tag, void* data, long bytes)
{
    public bool IsSend => isSend;

    public int From => from;

    public int To => to;

    public int Tag => tag;

    public void* Data => data;

    public long Bytes => bytes;

    public bool IsDone { get; set; }
}
