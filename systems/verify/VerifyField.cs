using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Runs the comparison with direct sums on the threads that the method runs on.</summary>
/// <remarks>The step is the number of targets to compare.</remarks>
internal sealed class VerifyField(World world, FmmMethod method) : BaseSystem<World, int>(world)
{
    public FieldError Error { get; private set; }

    /// <summary>Ends the next comparison early; set before an update.</summary>
    public CancellationToken Cancellation { get; set; }

    public override void Update(in int step) => Error = method.Verify(step, Jobs, Cancellation);
}
