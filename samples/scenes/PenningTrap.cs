using System.Numerics;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>
/// A cloud of ions in a Penning trap: a magnetic field w_c along z and the quadrupole potential w_z^2 / 2 (z^2 - (x^2 + y^2) / 2), for charges equal to masses. However the ions push
/// each other, the cloud as a whole moves as one ion does: along z at w_z, across it at the modified cyclotron and the magnetron frequency,
/// w_c / 2 +- sqrt(w_c^2 / 4 - w_z^2 / 2) (Brown and Gabrielse 1986, Rev. Mod. Phys. 58, 233). It shows <see cref="BorisPusher"/>, and a system that adds a force of its own.
/// </summary>
public sealed class PenningTrap : MovingScene
{
    private const double Cyclotron = 4, Axial = 2, Charge = 0.04, Radius = 0.3;
    private static readonly Position _start = new(0.5, 0, 0.3);
    private static readonly double _root = Math.Sqrt(Cyclotron * Cyclotron / 4 - Axial * Axial / 2), _magnetron = Cyclotron / 2 - _root;
    private static readonly QueryDescription _ions = new QueryDescription().WithAll<Position, Velocity, Mass>().WithAll<Charge, Potential, Gradient>();

    /// <inheritdoc/>
    public override string Name => "penning";

    /// <inheritdoc/>
    public override string Description => "an ion cloud in a Penning trap: its three frequencies (2000 ions)";

    /// <inheritdoc/>
    public override int DefaultSteps => 400;

    /// <inheritdoc/>
    public override Simulation Build(SceneRequest request)
    {
        int count = request.Count ?? 2000;
        FmmOptions options = FieldRun.Options(request.Settings) with { Gradient = true };
        request.Guard?.Check($"{Name} with {count} ions", MemoryEstimate.Of(new Laplace(), options, count), 300.0 * count, count);
        World world = World.Create();
        Xoshiro256 random = new(request.Seed);
        foreach (Position at in SeparatedBall.Draw(count, Radius, 0.9 * Radius * Math.Cbrt(1.0 / count), ref random))
        {
            Entity ion = world.Create(_ions.All);
            // About the centre, across the field by the slow circles of the magnetron motion, along it each by a swing of its own: a cloud that keeps its size.
            (double sine, double cosine) = Math.SinCos(random.Between(0, 2 * Math.PI));
            world.Set(ion, new Position(at.X + _start.X, at.Y + _start.Y, at.Z * cosine + _start.Z));
            world.Set(ion, new Velocity(_magnetron * at.Y, -_magnetron * at.X, -Axial * at.Z * sine));
            world.Set(ion, new Charge(Charge / count));
            world.Set(ion, new Mass(Charge / count));
        }

        SimulationClock clock = new(0.025);
        world.SetResource(clock);
        Schedule<FmmStep> schedule = new(Name);
        FmmMethod method = FmmSchedule.Create(world, new Laplace(), options, FmmEntities.Of(_ions), schedule);
        var boris = BorisPusher.Add(schedule, world, MovingBodies.Of(_ions).Charges<Charge>().Masses<Mass>(), factor: -1, new MagneticField(0, 0, Cyclotron));
        schedule.Add(new Trap(world)).After<WriteEntities>().Before(boris.Closing);
        Centre centre = new(world);
        schedule.Add(centre).After(boris.Closing);
        double start = double.NaN;
        return new Simulation
        {
            Name = Name,
            Method = method,
            Bodies = _ions,
            Clock = clock,
            Threads = new ThreadDispatcher(options.Threads),
            Head = [("ions", count), ("total_charge", Charge)],
            Invariants = [new("energy_drift", Drift), new("centre_x", () => centre.Across.Real), new("centre_y", () => centre.Across.Imaginary), new("centre_z", () => centre.Along)],
            Checks = _ => Checks(Drift(), centre),
        };

        // Ions that meet do so between two steps, which costs energy where there are many. Over that of the cloud's swing along the field: the trap's potential has both signs, and all of it together may be nothing.
        double Drift()
        {
            double now = Energy(world);
            if (double.IsNaN(start)) start = now;
            return (now - start) / (Charge * Axial * Axial / 2 * _start.Z * _start.Z);
        }
    }

    private static IEnumerable<SceneCheck> Checks(double drift, Centre centre)
    {
        const string source = "one ion in the trap";
        yield return new("energy's change over that of the swing", drift, 0, 0.02, "the pusher's order 2");
        if (centre.Frequencies() is not (double fast, double slow, double axial)) yield break;
        yield return new("modified cyclotron frequency", fast, Cyclotron / 2 + _root, 0.005 * (Cyclotron / 2 + _root), source);
        yield return new("axial frequency", axial, Axial, 0.005 * Axial, source);
        yield return new("magnetron frequency", slow, _magnetron, 0.005 * _magnetron, source);
    }

    private static double Energy(World world)
    {
        double energy = 0;
        foreach (ref Chunk chunk in world.Query(in _ions))
        {
            for (int row = 0; row < chunk.Count; row++)
            {
                Position at = chunk.Read<Position>()[row];
                Velocity v = chunk.Read<Velocity>()[row];
                double trap = Axial * Axial / 2 * (at.Z * at.Z - (at.X * at.X + at.Y * at.Y) / 2);
                energy += chunk.Read<Mass>()[row].Value * ((v.X * v.X + v.Y * v.Y + v.Z * v.Z + chunk.Read<Potential>()[row].Value) / 2 + trap);
            }
        }
        return energy;
    }

    /// <summary>Adds the gradient of the trap's potential to that of the ions' own.</summary>
    private sealed class Trap(World world) : BaseSystem<World, FmmStep>(world)
    {
        public override string Name => "AddTrap";

        public override Access Access { get; } = new Access().Read<Position>().Write<Gradient>();

        public override void Update(in FmmStep step)
        {
            const double along = Axial * Axial;
            foreach (ref Chunk chunk in World.Query(in _ions))
            {
                ReadOnlySpan<Position> at = chunk.Read<Position>();
                Span<Gradient> slope = chunk.Write<Gradient>();
                for (int row = 0; row < slope.Length; row++)
                    slope[row] = new(slope[row].X - along / 2 * at[row].X, slope[row].Y - along / 2 * at[row].Y, slope[row].Z + along * at[row].Z);
            }
        }
    }

    /// <summary>
    /// Where the cloud's centre is every few steps. Across the field that is a sum of two waves, along it of one: each sample is a linear combination of the two before it
    /// (de Prony 1795), and the factors that suit all samples best tell the frequencies, without a guess at them.
    /// </summary>
    private sealed class Centre(World world) : BaseSystem<World, FmmStep>(world)
    {
        private const int Apart = 8;
        private Complex _u1, _u2, _s11, _s12, _s22, _r1, _r2;
        private double _z1, _z2, _zz, _zr, _interval;
        private int _samples;

        public override string Name => "MeasureCentre";

        public override Access Access { get; } = new Access().Read<Position>().ReadResource<SimulationClock>();

        public Complex Across { get; private set; }

        public double Along { get; private set; }

        public override void Update(in FmmStep step)
        {
            SimulationClock clock = World.Resource<SimulationClock>();
            double x = 0, y = 0, z = 0;
            int count = 0;
            foreach (ref Chunk chunk in World.Query(in _ions))
            {
                foreach (Position at in chunk.Read<Position>()) (x, y, z) = (x + at.X, y + at.Y, z + at.Z);
                count += chunk.Count;
            }
            (Across, Along) = (new Complex(x / count, y / count), z / count);
            if (clock.Length == 0 || (clock.Steps + 1) % Apart != 0) return;
            _interval = Apart * clock.Length;
            if (++_samples > 2)
            {
                _s11 += Complex.Conjugate(_u1) * _u1;
                _s12 += Complex.Conjugate(_u1) * _u2;
                _s22 += Complex.Conjugate(_u2) * _u2;
                _r1 += Complex.Conjugate(_u1) * Across;
                _r2 += Complex.Conjugate(_u2) * Across;
                _zz += _z1 * _z1;
                _zr += _z1 * (Along + _z2);
            }
            (_u2, _u1, _z2, _z1) = (_u1, Across, _z1, Along);
        }

        /// <summary>The faster and the slower one across, and the one along the field; null before there are samples enough.</summary>
        public (double Fast, double Slow, double Axial)? Frequencies()
        {
            if (_samples < 8) return null;
            // u = a u1 + b u2, whose waves are the roots of r^2 = a r + b; positive charges go round clockwise.
            Complex determinant = _s11 * _s22 - _s12 * Complex.Conjugate(_s12);
            Complex a = (_r1 * _s22 - _r2 * _s12) / determinant, b = (_s11 * _r2 - Complex.Conjugate(_s12) * _r1) / determinant;
            Complex root = Complex.Sqrt(a * a / 4 + b);
            double one = -(a / 2 + root).Phase / _interval, other = -(a / 2 - root).Phase / _interval;
            return (Math.Max(one, other), Math.Min(one, other), Math.Acos(_zr / _zz / 2) / _interval);
        }
    }
}
