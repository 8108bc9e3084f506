using System.CommandLine;

namespace Fmm.Samples;

/// <summary>The options by which a scene that moves is watched.</summary>
internal sealed class ViewOptions
{
    private const string View = "--view", PortName = "--port";

    private readonly Option<bool> _view = new(View)
    {
        Description = "Show the points moving in a browser: the address is printed, and on a terminal the run waits for its page; at the end it stays while a page is open",
    };

    private readonly Option<int?> _port = OptionShapes.WholeNumber(PortName, "P", 0, 65535, $"Port of {View} on 127.0.0.1 (default: any that is free)");

    /// <summary>Adds the options to a command.</summary>
    public ViewOptions(Command command)
    {
        command.Options.Add(_view);
        command.Options.Add(_port);
    }

    /// <summary>Their names, for scenes that have nothing to watch.</summary>
    public static IReadOnlyList<string> Names { get; } = [View, PortName];

    /// <summary>The port to serve the page on; null where it is not asked for.</summary>
    /// <exception cref="InputException">A port without a page.</exception>
    public int? Port(ParseResult parsed)
    {
        int? port = parsed.GetValue(_port);
        if (port is not null && !parsed.GetValue(_view)) throw new InputException($"{PortName} is the port of {View}; add {View} or leave it out");
        return parsed.GetValue(_view) ? port ?? 0 : null;
    }
}
