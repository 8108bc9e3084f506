using System.Runtime.InteropServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>Energies and momentum of bodies in their own field, added up in row order.</summary>
/// <param name="Kinetic">Sum of m v^2 / 2.</param>
/// <param name="Field">Half of the sum of charge times potential, in energy.</param>
/// <param name="Virial">Sum of place times force.</param>
/// <param name="Mass">Sum of masses.</param>
/// <param name="X">Momentum along x.</param>
/// <param name="Y">Momentum along y.</param>
/// <param name="Z">Momentum along z.</param>
/// <param name="Magnitude">Sum of the momenta without their directions.</param>
internal readonly record struct BodySums(double Kinetic, double Field, double Virial, double Mass, double X, double Y, double Z, double Magnitude)
{
    /// <summary>Kinetic energy and that of the field.</summary>
    public double Energy => Kinetic + Field;

    /// <summary>Adds up rows with Position, Velocity, Mass, Potential, Gradient and a charge.</summary>
    /// <typeparam name="TCharge">A struct of one double: what the kernel takes a source.</typeparam>
    /// <param name="world">The world.</param>
    /// <param name="bodies">The rows.</param>
    /// <param name="factor">The force on a charge of 1 over the gradient, as an integrator takes it.</param>
    public static BodySums Of<TCharge>(World world, in QueryDescription bodies, double factor)
        where TCharge : unmanaged
    {
        double kinetic = 0, field = 0, virial = 0, mass = 0, x = 0, y = 0, z = 0, magnitude = 0;
        foreach (ref Chunk chunk in world.Query(in bodies))
        {
            ReadOnlySpan<Position> at = chunk.Read<Position>();
            ReadOnlySpan<Velocity> speeds = chunk.Read<Velocity>();
            ReadOnlySpan<Mass> masses = chunk.Read<Mass>();
            ReadOnlySpan<Potential> potentials = chunk.Read<Potential>();
            ReadOnlySpan<Gradient> slopes = chunk.Read<Gradient>();
            ReadOnlySpan<double> charges = MemoryMarshal.Cast<TCharge, double>(chunk.Read<TCharge>());
            for (int row = 0; row < chunk.Count; row++)
            {
                Velocity v = speeds[row];
                double m = masses[row].Value, square = v.X * v.X + v.Y * v.Y + v.Z * v.Z, force = factor * charges[row];
                kinetic += m / 2 * square;
                field -= force / 2 * potentials[row].Value;
                virial += force * (at[row].X * slopes[row].X + at[row].Y * slopes[row].Y + at[row].Z * slopes[row].Z);
                (mass, x, y, z, magnitude) = (mass + m, x + m * v.X, y + m * v.Y, z + m * v.Z, magnitude + m * Math.Sqrt(square));
            }
        }
        return new(kinetic, field, virial, mass, x, y, z, magnitude);
    }

    /// <summary>The sums of the bodies of all ranks.</summary>
    public BodySums Over(IRanks ranks)
    {
        double[] sums = [Kinetic, Field, Virial, Mass, X, Y, Z, Magnitude];
        ranks.Sum<double>(sums);
        return new(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5], sums[6], sums[7]);
    }

    /// <summary>How far momentum went from a start, over the momenta without their directions.</summary>
    public double MomentumSince(in BodySums start)
    {
        double x = X - start.X, y = Y - start.Y, z = Z - start.Z;
        return Math.Sqrt(x * x + y * y + z * z) / Math.Max(Magnitude, start.Magnitude);
    }
}
