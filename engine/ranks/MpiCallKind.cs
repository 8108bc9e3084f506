namespace Fmm.Engine;

/// <summary>The collective calls.</summary>
internal enum MpiCallKind : long
{
    Barrier = 1,
    Gather,
    Exchange,
    End,
}
