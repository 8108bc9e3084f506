using Fmm.Components;

namespace Fmm.Systems;

/// <summary>What points and charges must satisfy, whichever way they come in. A refusal tells which number it is and what to do.</summary>
internal static unsafe class InputRules
{
    // Differences of coordinates stay finite, however they are added.
    private const double LargestCoordinate = 1e300;

    // 1/unit must be a number, too.
    private const int LargestExponent = 1000;

    /// <summary>
    /// Whether differences of coordinates can leave the range of what a kernel's powers of them can: two doubles differ by 2^-52 of the smaller
    /// one at least, so that none is below 2^-162 where no coordinate is below 2^-110.
    /// </summary>
    /// <param name="smallest">The smallest coordinate that is not 0, in units of the cloud.</param>
    /// <param name="largest">The largest.</param>
    public static bool AreExtreme(double smallest, double largest) => (smallest > 0 && smallest < 7.703719777548943e-34) || largest > 1.4272476927059599e45;

    /// <summary>The power of two at or below the largest magnitude of the charges; 1 if all are zero.</summary>
    /// <param name="largest">That magnitude.</param>
    public static double ChargeUnit(double largest) =>
        largest > 0 ? Math.ScaleB(1, Math.Clamp(Math.ILogB(largest), -LargestExponent, LargestExponent)) : 1;

    /// <summary>Refuses no points, and coordinates that are not finite or too large.</summary>
    /// <param name="points">The points.</param>
    /// <param name="name">Where they stand, for the message.</param>
    /// <exception cref="ArgumentException">They are refused.</exception>
    public static void Points(ReadOnlySpan<Position> points, string name)
    {
        if (points.IsEmpty) throw new ArgumentException("There are no points: give at least one.", name);
        fixed (Position* first = points) Points(points, NumberSums.Largest((double*)first, 3L * points.Length), name);
    }

    /// <summary>Refuses coordinates that are not finite or too large.</summary>
    /// <param name="points">The points.</param>
    /// <param name="largest">The largest of their coordinates; not finite if one of them is not.</param>
    /// <param name="name">Where they stand, for the message.</param>
    /// <param name="rows">The entities that they are of, if they are.</param>
    /// <exception cref="ArgumentException">They are refused.</exception>
    public static void Points(ReadOnlySpan<Position> points, double largest, string name, EntityRows? rows = null)
    {
        if (largest <= LargestCoordinate) return;
        for (int i = 0; i < points.Length; i++)
        {
            Position p = points[i];
            if (!(double.IsFinite(p.X) && double.IsFinite(p.Y) && double.IsFinite(p.Z)))
                throw new ArgumentException($"Point {i}{Of(rows, i)} is {p}: coordinates must be finite.", name);
        }
        throw new ArgumentException(
            $"A coordinate of {largest:g3} is finite, but differences of coordinates beyond {LargestCoordinate:g0} leave the range of numbers: choose a larger unit of length.",
            name);
    }

    /// <summary>Refuses points outside a box that repeats and does not wrap; those that are not finite are left to <see cref="Points(ReadOnlySpan{Position}, string)"/>.</summary>
    /// <param name="points">The points.</param>
    /// <param name="box">The box; null where space is free.</param>
    /// <param name="name">Where they stand, for the message.</param>
    /// <param name="rows">The entities that they are of, if they are.</param>
    /// <exception cref="ArgumentException">One lies outside.</exception>
    public static void InBox(ReadOnlySpan<Position> points, PeriodicBox? box, string name, EntityRows? rows = null)
    {
        if (box is null || box.Wraps) return;
        for (int i = 0; i < points.Length; i++)
        {
            if (!box.Contains(points[i]) && double.IsFinite(points[i].X + points[i].Y + points[i].Z))
                throw new ArgumentException($"Point {i}{Of(rows, i)} is {points[i]}, outside the box of origin {box.Origin} and edges {box.Edges}: move it in, or let the box wrap points (PeriodicBox.Wraps).", name);
        }
    }

    /// <summary>Refuses charges that are not finite.</summary>
    /// <param name="charges">The charges.</param>
    /// <param name="name">Where they stand, for the message.</param>
    /// <exception cref="ArgumentException">They are refused.</exception>
    public static void Charges(ReadOnlySpan<double> charges, string name)
    {
        Charges(charges, NumberSums.Largest(charges), name);
    }

    /// <summary>Refuses charges that are not finite.</summary>
    /// <param name="charges">The charges.</param>
    /// <param name="largest">The largest of their magnitudes; not finite if one of them is not.</param>
    /// <param name="name">Where they stand, for the message.</param>
    /// <param name="rows">The entities that they are of, if they are.</param>
    /// <param name="components">Numbers of an entity.</param>
    /// <exception cref="ArgumentException">They are refused.</exception>
    public static void Charges(ReadOnlySpan<double> charges, double largest, string name, EntityRows? rows = null, int components = 1)
    {
        if (double.IsFinite(largest)) return;
        for (int i = 0; i < charges.Length; i++)
            if (!double.IsFinite(charges[i])) throw new ArgumentException($"Charge {i}{Of(rows, i / components)} is {charges[i]}: charges must be finite.", name);
    }

    /// <summary>Which entity a point is, to put behind its number in a message; nothing where it is none.</summary>
    /// <param name="rows">The entities, if points are.</param>
    /// <param name="point">The point's number.</param>
    public static string Of(EntityRows? rows, int point) => rows is null ? "" : $" ({rows.NameOf(point)})";

    /// <summary>Refuses to go on where a progress callback or another system has changed the input of the running update.</summary>
    /// <param name="points">The points.</param>
    /// <param name="rows">What was sorted.</param>
    /// <param name="charges">The charges.</param>
    /// <param name="components">Numbers of a source.</param>
    /// <exception cref="InvalidOperationException">There are others than at the start.</exception>
    public static void Unchanged(PointInput points, PointRows rows, ChargeInput? charges = null, int components = 1)
    {
        bool same = points.Sources.Length == rows.SourceRows && points.Shared == rows.Shared && points.TargetCount == rows.Targets + (rows.Shared ? rows.Ghosts : 0)
            && (charges is null || charges.Values.Length == (long)components * rows.SourceRows);
        if (!same) throw new InvalidOperationException("Points or charges were changed while an update ran: set them before it, or after it has ended.");
    }

    /// <summary>Refuses a wrong number of numbers.</summary>
    /// <param name="name">What has the length, for the message.</param>
    /// <param name="length">The length.</param>
    /// <param name="points">Points that it belongs to, each counted for every vector.</param>
    /// <param name="numbers">Numbers that each of them has.</param>
    /// <param name="vectors">Charge vectors.</param>
    /// <exception cref="ArgumentException">It is another length.</exception>
    public static void Length(string name, int length, long points, int numbers, int vectors = 1)
    {
        long expected = points * numbers;
        if (length == expected) return;
        string each = vectors == 1 ? $"{numbers} for each of {points}" : $"{numbers} for each of {points / vectors} in each of {vectors} vectors";
        throw new ArgumentException($"{name} has {length} numbers, but the points ask for {expected}: {each}.", name);
    }

    /// <summary>Refuses outputs that are the method's own memory: it moves.</summary>
    /// <param name="potentials">Where potentials are wanted.</param>
    /// <param name="gradients">Where gradients are wanted.</param>
    /// <param name="hessians">Where second derivatives are wanted.</param>
    /// <param name="own">The method's own.</param>
    /// <exception cref="ArgumentException">They overlap.</exception>
    public static void Apart(ReadOnlySpan<double> potentials, ReadOnlySpan<double> gradients, ReadOnlySpan<double> hessians, FieldOutput own)
    {
        if (Overlap(potentials) || Overlap(gradients) || Overlap(hessians))
            throw new ArgumentException("The outputs lie in the solver's own fields, which an evaluation moves: give memory of your own.", nameof(potentials));

        bool Overlap(ReadOnlySpan<double> output) => output.Overlaps(own.Potentials.Span) || output.Overlaps(own.Gradients.Span) || output.Overlaps(own.Hessians.Span);
    }

    /// <summary>Refuses more numbers of the field than a buffer counts.</summary>
    /// <param name="targets">Targets.</param>
    /// <param name="numbers">Numbers of one output of each of them.</param>
    /// <exception cref="ArgumentException">They are too many.</exception>
    public static void Room(int targets, int numbers)
    {
        if ((long)targets * numbers > int.MaxValue)
            throw new ArgumentException($"{targets} targets of {numbers} numbers each are more than {int.MaxValue} numbers: evaluate the targets in parts.");
    }
}
