namespace Fmm.Systems;

/// <summary>
/// What this rank does about a node that a border cuts, so that its multipole is one sum over its children, in their order, on one rank: it receives a
/// child that another rank has put together, or puts a node together, or sends it to the rank that does so for the parent.
/// </summary>
/// <param name="Node">The node that is received, put together or sent.</param>
/// <param name="Octet">The octet of its children; only where it is put together.</param>
/// <param name="Rank">The other rank; -1 where it is put together.</param>
/// <param name="IsSent">Whether it goes out.</param>
internal readonly record struct CutStep(NodePlace Node, int Octet, int Rank, bool IsSent);
