using Fmm.Engine;
using NUnit.Framework;

namespace Fmm.Tests;

public sealed class PublicTypesTests
{
    private static readonly Type[] _public = typeof(World).Assembly.GetExportedTypes();

    [Test]
    public void Bindings_to_libraries_are_internal() =>
        Assert.That(_public.Where(type => type.Namespace != "Fmm.Engine"), Is.Empty);

    [Test]
    public void Products_decompositions_and_roots_are_internal()
    {
        string[] words = ["Packed", "Gemm", "Svd", "Qr", "ILinearAlgebra", "Root"];
        Assert.That(_public.Where(type => words.Any(word => type.Name.Contains(word, StringComparison.Ordinal))), Is.Empty);
    }

    [Test]
    public void No_public_member_takes_or_gives_a_pointer_to_a_function()
    {
        IEnumerable<Type> fields = _public.SelectMany(type => type.GetFields()).Select(field => field.FieldType);
        IEnumerable<Type> parameters = _public.SelectMany(type => type.GetMethods()).SelectMany(method => method.GetParameters()).Select(one => one.ParameterType);
        Assert.That(fields.Concat(parameters).Where(type => type.IsFunctionPointer), Is.Empty);
    }
}
