namespace Fmm.Engine;

/// <content>Loops over rows by structs, which the JIT specialises and inlines. What needs the names beside components takes chunks.</content>
public sealed unsafe partial class World
{
    /// <summary>Calls a fresh <typeparamref name="TJob"/> for each row, forward. Components count as written: declare Write for them.</summary>
    /// <param name="description">Which rows.</param>
    public void InlineQuery<TJob>(in QueryDescription description)
        where TJob : struct, IForEach
    {
        TJob job = default;
        InlineQuery(in description, ref job);
    }

    /// <summary>Calls a job for each row, forward; what the job gathers is in it afterwards. Components count as written: declare Write for them.</summary>
    /// <param name="description">Which rows.</param>
    /// <param name="job">The job.</param>
    public void InlineQuery<TJob>(in QueryDescription description, ref TJob job)
        where TJob : struct, IForEach
    {
        foreach (ref Chunk chunk in Query(in description)) for (int row = 0; row < chunk.Count; row++) job.Update(chunk.Entity(row));
    }

    /// <inheritdoc cref="InlineQuery{TJob}(in QueryDescription)"/>
    public void InlineQuery<TJob, T0>(in QueryDescription description)
        where TJob : struct, IForEach<T0>
        where T0 : unmanaged
    {
        TJob job = default;
        InlineQuery<TJob, T0>(in description, ref job);
    }

    /// <inheritdoc cref="InlineQuery{TJob}(in QueryDescription, ref TJob)"/>
    public void InlineQuery<TJob, T0>(in QueryDescription description, ref TJob job)
        where TJob : struct, IForEach<T0>
        where T0 : unmanaged
    {
        foreach (ref Chunk chunk in Query(in description))
        {
            T0* c0 = chunk.WritePointer<T0>();
            for (int row = 0; row < chunk.Count; row++) job.Update(ref c0[row]);
        }
    }

    /// <inheritdoc cref="InlineQuery{TJob}(in QueryDescription)"/>
    public void InlineQuery<TJob, T0, T1>(in QueryDescription description)
        where TJob : struct, IForEach<T0, T1>
        where T0 : unmanaged
        where T1 : unmanaged
    {
        TJob job = default;
        InlineQuery<TJob, T0, T1>(in description, ref job);
    }

    /// <inheritdoc cref="InlineQuery{TJob}(in QueryDescription, ref TJob)"/>
    public void InlineQuery<TJob, T0, T1>(in QueryDescription description, ref TJob job)
        where TJob : struct, IForEach<T0, T1>
        where T0 : unmanaged
        where T1 : unmanaged
    {
        foreach (ref Chunk chunk in Query(in description))
        {
            T0* c0 = chunk.WritePointer<T0>();
            T1* c1 = chunk.WritePointer<T1>();
            for (int row = 0; row < chunk.Count; row++) job.Update(ref c0[row], ref c1[row]);
        }
    }

    /// <inheritdoc cref="InlineQuery{TJob}(in QueryDescription)"/>
    public void InlineQuery<TJob, T0, T1, T2>(in QueryDescription description)
        where TJob : struct, IForEach<T0, T1, T2>
        where T0 : unmanaged
        where T1 : unmanaged
        where T2 : unmanaged
    {
        TJob job = default;
        InlineQuery<TJob, T0, T1, T2>(in description, ref job);
    }

    /// <inheritdoc cref="InlineQuery{TJob}(in QueryDescription, ref TJob)"/>
    public void InlineQuery<TJob, T0, T1, T2>(in QueryDescription description, ref TJob job)
        where TJob : struct, IForEach<T0, T1, T2>
        where T0 : unmanaged
        where T1 : unmanaged
        where T2 : unmanaged
    {
        foreach (ref Chunk chunk in Query(in description))
        {
            T0* c0 = chunk.WritePointer<T0>();
            T1* c1 = chunk.WritePointer<T1>();
            T2* c2 = chunk.WritePointer<T2>();
            for (int row = 0; row < chunk.Count; row++) job.Update(ref c0[row], ref c1[row], ref c2[row]);
        }
    }

    /// <inheritdoc cref="InlineQuery{TJob}(in QueryDescription)"/>
    public void InlineQuery<TJob, T0, T1, T2, T3>(in QueryDescription description)
        where TJob : struct, IForEach<T0, T1, T2, T3>
        where T0 : unmanaged
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
    {
        TJob job = default;
        InlineQuery<TJob, T0, T1, T2, T3>(in description, ref job);
    }

    /// <inheritdoc cref="InlineQuery{TJob}(in QueryDescription, ref TJob)"/>
    public void InlineQuery<TJob, T0, T1, T2, T3>(in QueryDescription description, ref TJob job)
        where TJob : struct, IForEach<T0, T1, T2, T3>
        where T0 : unmanaged
        where T1 : unmanaged
        where T2 : unmanaged
        where T3 : unmanaged
    {
        foreach (ref Chunk chunk in Query(in description))
        {
            T0* c0 = chunk.WritePointer<T0>();
            T1* c1 = chunk.WritePointer<T1>();
            T2* c2 = chunk.WritePointer<T2>();
            T3* c3 = chunk.WritePointer<T3>();
            for (int row = 0; row < chunk.Count; row++) job.Update(ref c0[row], ref c1[row], ref c2[row], ref c3[row]);
        }
    }
}
