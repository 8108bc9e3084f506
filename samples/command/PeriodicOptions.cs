using System.CommandLine;
using System.Text;
using Fmm.Components;
using Fmm.Files;

namespace Fmm.Samples;

/// <summary>The options of a box that repeats.</summary>
internal sealed class PeriodicOptions
{
    /// <summary>Their names, for scenes that take none of them.</summary>
    public static readonly string[] Names = ["--periodic", "--box", "--box-origin", "--outside"];

    private readonly Option<string> _axes = OptionShapes.Choice(
        Names[0], "AXES", "none", ["none", "x", "y", "z", "xy", "xz", "yz", "xyz"], "Axes along which the box repeats: the field is that of all images");

    private readonly Option<string?> _edges = new(Names[1])
    {
        Description = "Edges of the box that repeats; those along other axes count for nothing and may be 0",
        HelpName = "LX,LY,LZ",
    };

    private readonly bool _placed;
    private readonly Option<string?> _origin = new(Names[2]) { Description = "Its corner of least coordinates (default 0,0,0)", HelpName = "X,Y,Z" };
    private readonly Option<string> _outside = OptionShapes.Choice(
        Names[3], "NAME", "wrap", ["wrap", "refuse"], "Points outside the box that repeats: wrap takes them for their images inside, refuse ends the run");

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="placed">Whether there are points, so that it matters where the box is and what lies outside.</param>
    public PeriodicOptions(Command command, bool placed = true)
    {
        _placed = placed;
        foreach (Option option in placed ? (Option[])[_axes, _edges, _origin, _outside] : [_axes, _edges]) command.Options.Add(option);
    }

    /// <summary>The box that a command line asks for; null where space is free.</summary>
    /// <exception cref="InputException">An option is missing, is of no use, or names no box.</exception>
    public PeriodicBox? Box(ParseResult parsed)
    {
        string axes = parsed.GetValue(_axes)!;
        if (axes == "none")
        {
            foreach (Option option in _placed ? (Option[])[_edges, _origin, _outside] : [_edges])
                if (OptionShapes.IsGiven(parsed, option)) throw new InputException($"{option.Name} is of a box that repeats; add --periodic xyz, or leave it out");
            return null;
        }
        if (parsed.GetValue(_edges) is not string edges) throw new InputException($"--periodic {axes} needs the box's edges; add --box 1,1,1, for example");
        PeriodicAxes along = PeriodicAxes.None;
        foreach (char axis in axes) along |= axis == 'x' ? PeriodicAxes.X : axis == 'y' ? PeriodicAxes.Y : PeriodicAxes.Z;
        PeriodicBox box = new(_placed && parsed.GetValue(_origin) is string origin ? Three("--box-origin", origin) : default, Three("--box", edges), along)
        {
            Wraps = !_placed || parsed.GetValue(_outside) == "wrap",
        };
        return box.Fault() is string fault ? throw new InputException($"--box {edges}: {fault.TrimEnd('.')}") : box;
    }

    private static Position Three(string name, string text)
    {
        string[] parts = text.Split(',');
        double[] numbers = new double[3];
        for (int i = 0; i < 3; i++)
        {
            if (parts.Length != 3 || !CsvNumber.TryRead(Encoding.UTF8.GetBytes(parts[i].Trim()), out numbers[i]))
                throw new InputException($"{name} must be three finite numbers with commas between, such as 1,1,1, not {InputException.Quote(text)}");
        }
        return new Position(numbers[0], numbers[1], numbers[2]);
    }
}
