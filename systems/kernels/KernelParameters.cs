namespace Fmm.Systems;

/// <summary>The parameters of a kernel as text, where it does not tell them itself.</summary>
internal static class KernelParameters
{
    /// <summary>What a record tells of its members, such as <c>Epsilon=0.1</c>; nothing of another struct.</summary>
    public static string Of<TKernel>(TKernel kernel)
        where TKernel : unmanaged
    {
        string text = kernel.ToString() ?? "";
        int start = text.IndexOf('{'), end = text.LastIndexOf('}');
        return start < 0 || end < start ? "" : text[(start + 1)..end].Trim().Replace(" = ", "=");
    }
}
