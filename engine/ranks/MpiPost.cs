namespace Fmm.Engine;

/// <summary>One side of a message between ranks of MPI, in as many pieces as it is cut into.</summary>
internal sealed class MpiPost
{
    public bool IsSend { get; set; }

    public int Other { get; set; }

    public int Tag { get; set; }

    public long Bytes { get; set; }

    /// <summary>The library's handles, a piece each.</summary>
    public nint[] Requests { get; set; } = new nint[1];

    public int Pieces { get; set; }

    /// <summary>How many of the pieces are done: the first ones.</summary>
    public int Done { get; set; }

    public bool IsDone => Done == Pieces;
}
