using System.Runtime.CompilerServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The columns of some rows of bodies, and what every integrator does with them. Row numbers are those of the chunk.</summary>
internal readonly unsafe struct BodyRows
{
    private readonly void* _positions, _velocities, _gradients, _charges, _masses;
    private readonly bool _singlePositions, _singleVelocities, _singleGradients, _singleCharges, _singleMasses;

    /// <summary>All rows of a chunk.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="bodies">The components.</param>
    /// <param name="positions">Whether places are read or written.</param>
    /// <param name="velocities">Whether velocities are read or written.</param>
    public BodyRows(Chunk chunk, MovingBodies bodies, AccessKind positions, AccessKind velocities)
    {
        _positions = positions == AccessKind.Write ? bodies.Position.Write(chunk) : bodies.Position.Read(chunk);
        _velocities = velocities == AccessKind.Write ? bodies.Velocity.Write(chunk) : bodies.Velocity.Read(chunk);
        _gradients = bodies.Gradient.Read(chunk);
        _charges = bodies.Charge is null ? null : bodies.Charge.Read(chunk);
        _masses = bodies.Mass is null ? null : bodies.Mass.Read(chunk);
        _singlePositions = bodies.Position.IsSingle;
        _singleVelocities = bodies.Velocity.IsSingle;
        _singleGradients = bodies.Gradient.IsSingle;
        _singleCharges = bodies.Charge is { IsSingle: true };
        _singleMasses = bodies.Mass is { IsSingle: true };
    }

    /// <summary>Charge over mass; what is not named is 1.</summary>
    public double ChargeOverMass(int row) =>
        (_charges is null ? 1 : One(_charges, _singleCharges, row)) / (_masses is null ? 1 : One(_masses, _singleMasses, row));

    /// <summary>The mass; 1 where none is named.</summary>
    public double Mass(int row) => _masses is null ? 1 : One(_masses, _singleMasses, row);

    /// <summary>The place of a row.</summary>
    public Position Position(int row) =>
        _singlePositions ? Unpack<float, Position>(_positions, row) : ((Position*)_positions)[row];

    /// <summary>The velocity of a row.</summary>
    public Velocity Velocity(int row) =>
        _singleVelocities ? Unpack<float, Velocity>(_velocities, row) : ((Velocity*)_velocities)[row];

    /// <summary>The square of a row's speed.</summary>
    public double Speed2(int row)
    {
        Velocity v = Velocity(row);
        return v.X * v.X + v.Y * v.Y + v.Z * v.Z;
    }

    /// <summary>The square of a row's acceleration: a factor times the gradient, times charge over mass.</summary>
    public double Acceleration2(int row, double factor)
    {
        Gradient slope = _singleGradients ? Unpack<float, Gradient>(_gradients, row) : ((Gradient*)_gradients)[row];
        double own = factor * ChargeOverMass(row);
        return own * own * (slope.X * slope.X + slope.Y * slope.Y + slope.Z * slope.Z);
    }

    /// <summary>Sets the velocity of a row.</summary>
    public void SetVelocity(int row, in Velocity value)
    {
        if (!_singleVelocities)
        {
            ((Velocity*)_velocities)[row] = value;
            return;
        }
        float* v = (float*)_velocities + (3 * (nint)row);
        (v[0], v[1], v[2]) = ((float)value.X, (float)value.Y, (float)value.Z);
    }

    /// <summary>Adds a multiple of the gradient, times charge over mass, to the velocity of each row.</summary>
    public void Kick(int first, int count, double factor)
    {
        if (_singleVelocities && _singleGradients) Kick<float, float>(first, count, factor);
        else if (_singleVelocities) Kick<float, double>(first, count, factor);
        else if (_singleGradients) Kick<double, float>(first, count, factor);
        else Kick<double, double>(first, count, factor);
    }

    /// <summary>Adds a multiple of the velocity to the place of each row.</summary>
    public void Drift(int first, int count, double length)
    {
        if (_singlePositions && _singleVelocities) Add<float, float>(_positions, _velocities, first, count, length);
        else if (_singlePositions) Add<float, double>(_positions, _velocities, first, count, length);
        else if (_singleVelocities) Add<double, float>(_positions, _velocities, first, count, length);
        else Add<double, double>(_positions, _velocities, first, count, length);
    }

    private void Kick<TVelocity, TGradient>(int first, int count, double factor)
        where TVelocity : unmanaged
        where TGradient : unmanaged
    {
        if (_charges is null && _masses is null)
        {
            Add<TVelocity, TGradient>(_velocities, _gradients, first, count, factor);
            return;
        }
        for (int row = first; row < first + count; row++) Add<TVelocity, TGradient>(_velocities, _gradients, row, 1, factor * ChargeOverMass(row));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TTo, TFrom>(void* to, void* from, int first, int count, double factor)
        where TTo : unmanaged
        where TFrom : unmanaged
    {
        TTo* sums = (TTo*)to + (3 * (nint)first);
        TFrom* rates = (TFrom*)from + (3 * (nint)first);
        for (int i = 0; i < 3 * count; i++)
        {
            double sum = Wide(sums[i]) + (factor * Wide(rates[i]));
            if (typeof(TTo) == typeof(float)) ((float*)sums)[i] = (float)sum;
            else ((double*)sums)[i] = sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double Wide<T>(T value)
        where T : unmanaged => typeof(T) == typeof(float) ? *(float*)&value : *(double*)&value;

    private static double One(void* column, bool isSingle, int row) => isSingle ? ((float*)column)[row] : ((double*)column)[row];

    private static TVector Unpack<TNumber, TVector>(void* column, int row)
        where TNumber : unmanaged
        where TVector : unmanaged
    {
        TNumber* from = (TNumber*)column + (3 * (nint)row);
        double* three = stackalloc double[3] { Wide(from[0]), Wide(from[1]), Wide(from[2]) };
        return *(TVector*)three;
    }
}
