namespace Fmm.Engine;

/// <summary>A step of a computation. The calls come in the order of the members: Initialize once, then for every step
/// BeforeUpdate, Update and AfterUpdate, and Dispose at the end.</summary>
/// <typeparam name="T">What a step is told: a time step, the settings of an evaluation.</typeparam>
public interface ISystem<T> : IDisposable
{
    /// <summary>Prepares; once, before the first step.</summary>
    void Initialize();

    /// <summary>Before a step.</summary>
    /// <param name="state">What the step is told.</param>
    void BeforeUpdate(in T state);

    /// <summary>The step.</summary>
    /// <param name="state">What the step is told.</param>
    void Update(in T state);

    /// <summary>After a step.</summary>
    /// <param name="state">What the step is told.</param>
    void AfterUpdate(in T state);
}
