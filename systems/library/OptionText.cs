using System.Globalization;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Library;

/// <summary>The options of a solver as a text: words NAME=VALUE between blanks or commas. What is no option is a parameter of the kernel.</summary>
internal sealed class OptionText
{
    private static readonly string[] _known =
    [
        "order", "tolerance", "require_tolerance", "precision", "gradient", "hessian", "threads", "leaf", "max_level", "uniform_depth", "m2l", "rank", "rank_tolerance", "digits", "follow",
        "algebra", "periodic", "box", "box_origin", "outside",
    ];

    private readonly Dictionary<string, string> _words = [];

    /// <summary>Takes a text apart.</summary>
    /// <exception cref="RefusedException">A word is given twice or has no name.</exception>
    public OptionText(string text)
    {
        foreach (string word in text.Split([' ', ',', '\t', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries))
        {
            int at = word.IndexOf('=');
            string name = at < 0 ? word : word[..at];
            if (name.Length == 0) throw RefusedException.Argument($"options: '{Short(word)}' has no name before its =.");
            if (!_words.TryAdd(name, at < 0 ? "yes" : word[(at + 1)..])) throw RefusedException.Argument($"options: {Short(name)} is given twice.");
        }
    }

    /// <summary>The values of a kernel's parameters.</summary>
    /// <exception cref="RefusedException">A word is neither an option nor a parameter, or a parameter is missing or no number.</exception>
    public double[] Parameters(BuiltInKernel kernel)
    {
        RequireKnown(kernel.Name, [.. kernel.Parameters.Select(one => one.Name)]);
        return kernel.Values(kernel.Parameters.Where(one => _words.ContainsKey(one.Name)).ToDictionary(one => one.Name, one => Number(one.Name)!.Value));
    }

    /// <summary>Refuses what is neither an option nor a parameter.</summary>
    public void RequireKnown(string kernel, params string[] parameters)
    {
        foreach (string name in _words.Keys)
        {
            if (_known.Contains(name) || parameters.Contains(name)) continue;
            string own = parameters.Length == 0 ? $"no parameter of {kernel}, which has none" : $"no parameter of {kernel}, which has {string.Join(", ", parameters)}";
            throw RefusedException.Argument($"options: {Short(name)} is {own}, and no option; the options are {string.Join(", ", _known)}.");
        }
    }

    /// <summary>The options.</summary>
    /// <exception cref="RefusedException">A value can't be used.</exception>
    public FmmOptions Options() => new()
    {
        Order = Whole("order"),
        Tolerance = Number("tolerance"),
        RequireTolerance = Truth("require_tolerance") ?? false,
        Precision = Choice("precision", ("double", Precision.Double), ("single", Precision.Single)) ?? Precision.Double,
        Gradient = Truth("gradient") ?? false,
        Hessian = Truth("hessian") ?? false,
        Threads = Whole("threads") ?? Environment.ProcessorCount,
        LeafCapacity = Whole("leaf"),
        MaxLevel = Whole("max_level"),
        UniformDepth = Whole("uniform_depth"),
        Transfer = Choice(
            "m2l", ("fft", TransferStrategy.Fft), ("dense", TransferStrategy.Dense), ("compressed", TransferStrategy.Compressed), ("lowrank", TransferStrategy.LowRank)),
        Rank = Whole("rank"),
        LowRank = new LowRankOptions { Tolerance = Number("rank_tolerance") },
        RootPrecision = Choice("digits", ("order", RootPrecision.AsOrder), ("full", RootPrecision.Full)) ?? RootPrecision.AsOrder,
        FollowPoints = Truth("follow") ?? true,
        LinearAlgebra = Choice(
            "algebra", ("automatic", LinearAlgebraChoice.Automatic), ("managed", LinearAlgebraChoice.Managed), ("openblas", LinearAlgebraChoice.OpenBlas), ("mkl", LinearAlgebraChoice.Mkl))
            ?? LinearAlgebraChoice.Automatic,
        Periodic = Box(),
    };

    /// <summary>What a refused option is in the words of the text.</summary>
    public RefusedException Refusal(FmmOptionException fault)
    {
        string name = fault.Option switch
        {
            nameof(FmmOptions.LeafCapacity) => "leaf",
            nameof(FmmOptions.MaxLevel) => "max_level",
            nameof(FmmOptions.UniformDepth) => "uniform_depth",
            nameof(FmmOptions.RequireTolerance) => "require_tolerance",
            nameof(FmmOptions.Transfer) => "m2l",
            nameof(FmmOptions.Periodic) => "box",
            $"{nameof(FmmOptions.LowRank)}.{nameof(LowRankOptions.Tolerance)}" => "rank_tolerance",
            string other => other.ToLowerInvariant(),
        };
        return RefusedException.Argument($"options: {name}={Short(_words.GetValueOrDefault(name, "?"))}: {fault.Remedy}");
    }

    private PeriodicBox? Box()
    {
        if (!_words.TryGetValue("periodic", out string? along) && !_words.ContainsKey("box"))
        {
            foreach (string name in (string[])["box_origin", "outside"])
                if (_words.ContainsKey(name)) throw RefusedException.Argument($"options: {name} is of a box that repeats; add box=1;1;1, for example, or leave it out.");
            return null;
        }

        along ??= "xyz";
        if (along is not ("x" or "y" or "z" or "xy" or "xz" or "yz" or "xyz")) throw RefusedException.Argument($"options: periodic={Short(along)} names no axes; choose x, y, z, xy, xz, yz or xyz.");
        Position edges = Three("box") ?? throw RefusedException.Argument($"options: periodic={along} needs the box's edges; add box=1;1;1, for example.");
        PeriodicAxes axes = PeriodicAxes.None;
        foreach (char axis in along) axes |= axis == 'x' ? PeriodicAxes.X : axis == 'y' ? PeriodicAxes.Y : PeriodicAxes.Z;
        PeriodicBox box = new(Three("box_origin") ?? default, edges, axes) { Wraps = Choice("outside", ("wrap", true), ("refuse", false)) ?? true };
        return box.Fault() is string fault ? throw RefusedException.Argument($"options: box={_words["box"]}: {fault}") : box;
    }

    private Position? Three(string name)
    {
        if (!_words.TryGetValue(name, out string? text)) return null;
        string[] parts = text.Split(';');
        double[] values = new double[3];
        for (int i = 0; i < 3; i++)
        {
            if (parts.Length is not (1 or 3) || !double.TryParse(parts[i % parts.Length], NumberStyles.Float, CultureInfo.InvariantCulture, out values[i]))
                throw RefusedException.Argument($"options: {name}={Short(text)} is not one number or three between semicolons, {name}=1;1;1.");
        }

        return new Position(values[0], values[1], values[2]);
    }

    private double? Number(string name) => !_words.TryGetValue(name, out string? text) ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value
        : throw RefusedException.Argument($"options: {name}={Short(text)} is not a number.");

    private int? Whole(string name) => !_words.TryGetValue(name, out string? text) ? null
        : int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int value) ? value
        : throw RefusedException.Argument($"options: {name}={Short(text)} is not a whole number.");

    private bool? Truth(string name) => Choice(name, ("yes", true), ("no", false), ("true", true), ("false", false), ("1", true), ("0", false));

    private T? Choice<T>(string name, params (string Word, T Value)[] choices)
        where T : struct
    {
        if (!_words.TryGetValue(name, out string? text)) return null;
        foreach ((string word, T value) in choices)
            if (word == text) return value;
        throw RefusedException.Argument($"options: {name}={Short(text)}; choose one of {string.Join(", ", choices.Select(one => one.Word))}.");
    }

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "...";
}
