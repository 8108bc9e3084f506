namespace Fmm.Engine;

/// <content>Resources: one object a type and world.</content>
public sealed partial class World
{
    private readonly Dictionary<ComponentInfo, object> _resources = [];
    private readonly List<ComponentInfo> _resourceOrder = [];

    /// <summary>Sets a resource. The world owns it from now on: what stood there before is disposed of if it can be, and so is
    /// this one with the world.</summary>
    /// <typeparam name="T">The type that it is asked for by.</typeparam>
    /// <param name="value">The resource.</param>
    /// <exception cref="UndeclaredAccessException">The running system has not declared WriteResource.</exception>
    public void SetResource<T>(T value)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(value);
        Running.RequireWrite(ResourceInfo<T>.Info);
        object? old;
        lock (_gate)
        {
            ThrowIfDisposed();
            if (!_resources.TryGetValue(ResourceInfo<T>.Info, out old)) _resourceOrder.Add(ResourceInfo<T>.Info);
            _resources[ResourceInfo<T>.Info] = value;
        }
        if (!ReferenceEquals(old, value)) Release(old);
    }

    /// <summary>The resource.</summary>
    /// <exception cref="InvalidOperationException">It was never set.</exception>
    /// <exception cref="ObjectDisposedException">The world was disposed of.</exception>
    /// <exception cref="UndeclaredAccessException">The running system has declared neither ReadResource nor WriteResource.</exception>
    public T Resource<T>()
        where T : class
    {
        if (TryResource(out T? value)) return value;
        ThrowIfDisposed();
        throw new InvalidOperationException($"The world has no resource {ResourceInfo<T>.Info.Name}; set it with World.SetResource first.");
    }

    /// <summary>The resource, if it was set.</summary>
    /// <param name="value">The resource, or null.</param>
    /// <returns>Whether it was set.</returns>
    /// <exception cref="UndeclaredAccessException">The running system has declared neither ReadResource nor WriteResource.</exception>
    public bool TryResource<T>([System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out T? value)
        where T : class
    {
        Running.RequireRead(ResourceInfo<T>.Info);
        lock (_gate)
        {
            value = _resources.TryGetValue(ResourceInfo<T>.Info, out object? found) ? (T)found : null;
            return value is not null;
        }
    }

    /// <summary>Disposes of what was replaced, unless it is a resource by another type still.</summary>
    private void Release(object? old)
    {
        lock (_gate)
        {
            foreach (object other in _resources.Values)
                if (ReferenceEquals(other, old)) return;
        }
        (old as IDisposable)?.Dispose();
    }

    private void DisposeResources(Failures failures)
    {
        var done = new HashSet<object>(ReferenceEqualityComparer.Instance);
        for (int i = _resourceOrder.Count - 1; i >= 0; i--)
        {
            object resource = _resources[_resourceOrder[i]];
            if (done.Add(resource)) failures.Try(resource as IDisposable);
        }
        _resources.Clear();
        _resourceOrder.Clear();
    }
}
