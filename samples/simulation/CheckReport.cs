using System.Text.Json;

namespace Fmm.Samples;

/// <summary>What a scene was held to, told the same way by every scene: a line or a JSON object a check, and a warning where one was missed.</summary>
internal static class CheckReport
{
    /// <summary>A check as a line.</summary>
    public static string Text(SceneCheck check) => FormattableString.Invariant(
        $"{check.Name}: {check.Measured:g6}, by {check.Source} {check.Expected:g6} within {check.Tolerance:g2}: {(check.IsMet ? "met" : "missed")}");

    /// <summary>A scene's name and settings as a line; a number has the digits that people read.</summary>
    public static string Text(string scene, IEnumerable<(string Name, object Value)> head) => FormattableString.Invariant(
        $"{scene}: {string.Join(", ", head.Select(one => one.Value is double number ? FormattableString.Invariant($"{one.Name} {number:g6}") : FormattableString.Invariant($"{one.Name} {one.Value}")))}");

    /// <summary>The checks as an array of the object that is being written.</summary>
    public static void Write(Utf8JsonWriter json, IEnumerable<SceneCheck> checks)
    {
        json.WriteStartArray("checks");
        foreach (SceneCheck check in checks)
        {
            json.WriteStartObject();
            json.WriteString("name", check.Name);
            FieldJson.NumberOrNull(json, "measured", check.Measured);
            FieldJson.NumberOrNull(json, "expected", check.Expected);
            json.WriteNumber("tolerance", check.Tolerance);
            json.WriteString("source", check.Source);
            json.WriteBoolean("met", check.IsMet);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Tells on standard error what was missed; the last thing that a scene does.</summary>
    /// <param name="request">Where, and how strictly.</param>
    /// <param name="checks">What the scene was held to.</param>
    /// <exception cref="NotReachedException">Something was missed, and --strict was asked for.</exception>
    public static void Conclude(SceneRequest request, IEnumerable<SceneCheck> checks)
    {
        string[] missed = [.. checks.Where(check => !check.IsMet).Select(check => $"the check was missed: {Text(check)}")];
        if (request.Settings.Strict && missed.Length > 0) throw new NotReachedException(string.Join("; ", missed));
        foreach (string one in missed) request.Terminal.Error.WriteLine($"fmm: warning: {one}");
    }
}
