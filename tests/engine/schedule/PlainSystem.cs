using Fmm.Engine;

namespace Fmm.Tests;

/// <summary>A system that is only an <see cref="ISystem{T}"/>, as a host may write one.</summary>
internal sealed class PlainSystem : ISystem<int>
{
    /// <summary>Thrown by Dispose.</summary>
    internal Exception? Thrown { get; init; }

    internal int Disposals { get; private set; }

    public void Initialize()
    {
    }

    public void BeforeUpdate(in int state)
    {
    }

    public void Update(in int state)
    {
    }

    public void AfterUpdate(in int state)
    {
    }

    public void Dispose()
    {
        Disposals++;
        if (Thrown is not null) throw Thrown;
    }
}
