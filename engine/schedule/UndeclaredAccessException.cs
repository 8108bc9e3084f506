namespace Fmm.Engine;

/// <summary>A running system touched a component or resource that its <see cref="Access"/> does not name.</summary>
public sealed class UndeclaredAccessException : InvalidOperationException
{
    /// <summary>An exception without a system; for serialisers and tests.</summary>
    public UndeclaredAccessException()
        : this("A system touched what it has not declared.")
    {
    }

    /// <summary>An exception with a message.</summary>
    /// <param name="message">The message.</param>
    public UndeclaredAccessException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message and a cause.</summary>
    /// <param name="message">The message.</param>
    /// <param name="innerException">The cause.</param>
    public UndeclaredAccessException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    internal UndeclaredAccessException(string system, ComponentInfo component, AccessKind needed)
        : base(Describe(system, component, needed))
    {
        SystemName = system;
        ComponentName = component.Name;
    }

    /// <summary>The system that ran.</summary>
    public string SystemName { get; } = "";

    /// <summary>The component or resource that it touched.</summary>
    public string ComponentName { get; } = "";

    private static string Describe(string system, ComponentInfo component, AccessKind needed)
    {
        string verb = needed switch { AccessKind.Read => "reads", AccessKind.Write => "writes", _ => "makes or removes rows with" };
        string method = component.Kind switch
        {
            ComponentKind.Resource => $"{needed}Resource<{component.Name}>()",
            ComponentKind.Block => $"{needed}Block<{component.Name.Replace("[", ", ", StringComparison.Ordinal).TrimEnd(']')}>()",
            _ => $"{needed}<{component.Name}>()",
        };
        string hint = needed == AccessKind.Write && component.Kind == ComponentKind.Column
            ? " (a ref loop, GetSpan and World.Get count as writing; chunk.Read and World.Read only read)"
            : "";
        return $"System '{system}' {verb} {component.Name}, which it has not declared. Add .{method} to its Access{hint}.";
    }
}
