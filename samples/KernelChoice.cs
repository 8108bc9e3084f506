using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>The kernels that the command line knows by name. A new one is one line here.</summary>
internal static class KernelChoice
{
    private static readonly (string Name, string[] Parameters, string Formula, Func<double[], FmmOptions, FmmSolver> Create)[] _known =
    [
        (Laplace.Name, [], "1/(4 pi r)", (_, options) => FmmSolver.Create(new Laplace(), options)),
        (Yukawa.Name, ["k"], "exp(-k r)/(4 pi r)", (values, options) => FmmSolver.Create(new Yukawa(values[0]), options)),
    ];

    /// <summary>The names.</summary>
    public static string[] Names => [.. _known.Select(kernel => kernel.Name)];

    /// <summary>Names, formulas and parameters for the help text.</summary>
    public static string Help => string.Join("; ", _known.Select(kernel =>
        $"{kernel.Name}, {kernel.Formula}{string.Concat(kernel.Parameters.Select(name => $", with --parameter {name}=VALUE"))}"));

    /// <summary>Finds what makes a solver for the settings' kernel and checks its parameters.</summary>
    /// <exception cref="InputException">A parameter is missing, unknown or out of range.</exception>
    public static Func<FmmOptions, FmmSolver> Of(FieldSettings settings)
    {
        (string name, string[] parameters, _, Func<double[], FmmOptions, FmmSolver> create) = _known.Single(kernel => kernel.Name == settings.Kernel);
        foreach (string given in settings.Parameters.Keys.Where(given => !parameters.Contains(given)))
        {
            string remedy = parameters.Length == 0 ? "it takes none; leave the option out" : $"it takes {string.Join(", ", parameters)}";
            throw new InputException($"--parameter {given}: the kernel {name} has no such parameter; {remedy}");
        }

        foreach (string missing in parameters.Where(parameter => !settings.Parameters.ContainsKey(parameter)))
        {
            throw new InputException($"--kernel {name} needs its parameter {missing}; add --parameter {missing}=5, for example");
        }

        double[] values = [.. parameters.Select(parameter => settings.Parameters[parameter])];
        return options =>
        {
            try
            {
                return create(values, options);
            }
            catch (ArgumentOutOfRangeException fault)
            {
                throw new InputException($"--parameter {fault.ParamName}: {fault.Message.Split(" (Parameter")[0]}", fault);
            }
        };
    }
}
