using System.Globalization;
using Fmm.Components;

namespace Fmm.Systems;

/// <summary>What was found of a kernel, one finding a declaration: one offset tells enough.</summary>
internal sealed class KernelFindings(KernelFacts facts)
{
    private readonly List<KernelFinding> _all = [];

    /// <summary>All of it.</summary>
    public IReadOnlyList<KernelFinding> All => _all;

    /// <summary>Enters that a member is false.</summary>
    /// <param name="declaration">Name of the member.</param>
    /// <param name="offset">The offset.</param>
    /// <param name="expected">What it should be.</param>
    /// <param name="found">What it is.</param>
    /// <param name="told">What the two are and what to do, in a sentence that takes them as {0} and {1}.</param>
    public void Add(string declaration, Position offset, double expected, double found, string told)
    {
        foreach (KernelFinding known in _all) if (known.Declaration == declaration) return;
        string values = string.Format(CultureInfo.InvariantCulture, told, expected, found);
        string at = string.Create(CultureInfo.InvariantCulture, $"({offset.X}, {offset.Y}, {offset.Z})");
        _all.Add(new KernelFinding(declaration, offset, expected, found, $"Kernel {facts.Name}, {declaration}, at d = {at}: {values}."));
    }

    /// <summary>Holds what registers gave against the scalar form.</summary>
    /// <param name="reference">The scalar form's fields.</param>
    /// <param name="fields">The registers'.</param>
    /// <param name="times">How many times they were added.</param>
    /// <param name="tolerance">Relative difference that is allowed.</param>
    /// <param name="form">Name of the wide form.</param>
    /// <returns>Whether they are the same, as far as the tolerance tells.</returns>
    public bool Compare(KernelReference reference, double[] fields, int times, double tolerance, string form)
    {
        double factor = facts.Normalisation / times;
        bool same = true;
        for (int i = 0; i < reference.Offsets.Length / 3; i++)
        {
            Position offset = new(reference.Offsets[3 * i], reference.Offsets[(3 * i) + 1], reference.Offsets[(3 * i) + 2]);
            for (int field = 0; field < KernelReference.Fields; field++)
            {
                int at = (KernelReference.Fields * i) + field, potentials = reference.Gradient ? 3 : Math.Max(3, facts.Rows), component = field < potentials ? field : (field - 3) / 3;
                if (field >= potentials && !reference.Gradient) continue;
                double found = fields[at] * factor, expected = reference.Values[at];
                double allowed = (tolerance * reference.Scales[(2 * i) + (field < potentials ? 0 : 1)]) + reference.Doubts[at];
                if (Math.Abs(found - expected) <= allowed) continue;
                same = false;
                if (component >= facts.Rows) Foreign(form, offset, component, found);
                else if (times > 1) Add(form, offset, expected, found, "added twice to the sums it gives {1:g6} in place of twice {0:g6}: add to the sums, do not set them");
                else if (!OfNormalisation(form, offset, expected, found, allowed)) Differs(form, offset, field, expected, found);
            }
        }
        return same;
    }

    private void Foreign(string form, Position offset, int component, double found) => Add(
        nameof(IKernel<Laplace>.PotentialComponents), offset, 0, found,
        $"{facts.Rows} declared, but {form} adds {{1:g6}} to component {component}: declare as many components as a potential has, 1 to 9");

    private void Differs(string form, Position offset, int field, double expected, double found)
    {
        string what = field < 3 ? $"component {field} of the potential" : $"the derivative of component {(field - 3) / 3} along {"xyz"[(field - 3) % 3]}";
        string reference = facts.IsRadial ? (field < 3 ? "Evaluate" : "differences of phi") : field < 3 ? "Evaluate" : "differences of Evaluate";
        string remedy = facts.IsRadial && field >= 3 ? "force is -(dphi/dr)/r" : "mend the one or the other";
        Add(
            form, offset, expected, found,
            double.IsFinite(found)
                ? $"{what} is {{1:g6}} times {nameof(IKernel<Laplace>.Normalisation)} taken in, but {{0:g6}} by {reference}: {remedy}"
                : $"{what} is {{1}}, but {{0:g6}} by {reference}: read no more than {facts.Columns} numbers of a charge, and see that no step leaves the range of the numbers");
    }

    // The factor in both, or in neither: the commonest slip has a name of its own.
    private bool OfNormalisation(string form, Position offset, double expected, double found, double allowed)
    {
        double factor = facts.Normalisation;
        if (factor == 1 || !(Math.Abs(found - (expected * factor)) <= allowed * Math.Abs(factor))) return false;
        Add(
            nameof(IKernel<Laplace>.Normalisation), offset, expected, found,
            $"with its factor of {factor.ToString("g6", CultureInfo.InvariantCulture)} {form} gives {{1:g6}}, but Evaluate {{0:g6}}: " +
            "Evaluate holds the factor, the formula leaves it out");
        return true;
    }
}
