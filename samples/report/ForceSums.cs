using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>The forces of a run in a line: their sum would be 0 if action and reaction were exact, and the largest tells what that is to be compared with.</summary>
/// <param name="Largest">Magnitude of the largest force.</param>
/// <param name="X">Sum along x.</param>
/// <param name="Y">Sum along y.</param>
/// <param name="Z">Sum along z.</param>
public readonly record struct ForceSums(double Largest, double X, double Y, double Z)
{
    /// <summary>The sums of the forces of all ranks.</summary>
    /// <param name="ranks">The ranks.</param>
    /// <param name="forces">This rank's, three numbers each; null for none.</param>
    public static ForceSums? Of(IRanks ranks, double[]? forces)
    {
        ForceSums? own = Of(forces);
        if (own is not ForceSums mine || ranks.Count == 1) return own;
        return new ForceSums(ranks.Largest(mine.Largest), ranks.Sum(mine.X), ranks.Sum(mine.Y), ranks.Sum(mine.Z));
    }

    /// <summary>The sums of some forces, three numbers each; null for none.</summary>
    public static ForceSums? Of(double[]? forces)
    {
        if (forces is null) return null;
        double largest = 0, x = 0, y = 0, z = 0;
        for (int i = 0; i < forces.Length; i += 3)
        {
            largest = Math.Max(largest, Math.Sqrt((forces[i] * forces[i]) + (forces[i + 1] * forces[i + 1]) + (forces[i + 2] * forces[i + 2])));
            (x, y, z) = (x + forces[i], y + forces[i + 1], z + forces[i + 2]);
        }

        return new ForceSums(largest, x, y, z);
    }
}
