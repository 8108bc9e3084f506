using System.Text.Json;
using System.Text.Json.Serialization;

namespace Fmm.Samples;

/// <summary>What the compiler generates to read <see cref="ConfigKeys"/>: nothing is looked up at run time.</summary>
[JsonSourceGenerationOptions(
    GenerationMode = JsonSourceGenerationMode.Metadata, PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true)]
[JsonSerializable(typeof(ConfigKeys))]
internal sealed partial class ConfigContext : JsonSerializerContext;
