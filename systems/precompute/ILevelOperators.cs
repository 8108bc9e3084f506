using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Operators between the boxes of a level, rounded to the working precision and packed for a register width.</summary>
/// <typeparam name="TSelf">The operators themselves.</typeparam>
internal interface ILevelOperators<TSelf> : IDisposable
    where TSelf : class, ILevelOperators<TSelf>
{
    /// <summary>
    /// Half width of the boxes that they were computed for, in the user's units; 1 for a homogeneous kernel. Not a number while they are
    /// not whole.
    /// </summary>
    double HalfWidth { get; set; }

    /// <summary>Empty operators whose buffers are entered in a ledger.</summary>
    static abstract TSelf Create(Ledger ledger);

    /// <summary>
    /// Whether a matrix makes potentials of densities, and so is larger by a factor where the kernel is. Others make densities of densities, or
    /// potentials of potentials, or are no matrices of the kernel at all.
    /// </summary>
    /// <param name="matrix">Its name.</param>
    static abstract bool FollowsKernel(string matrix);

    /// <summary>Takes matrices over, wherever they come from.</summary>
    /// <param name="matrices">What was computed; matrices may be emptied on the way.</param>
    /// <param name="sizes">Sizes of the expansions.</param>
    /// <param name="lane">Numbers of a register.</param>
    /// <param name="jobs">Where it runs; the result does not depend on how many workers there are.</param>
    void Pack(PlainMatrices matrices, ExpansionSizes sizes, int lane, Jobs jobs);
}
