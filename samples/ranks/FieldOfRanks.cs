using System.Runtime.InteropServices;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary>The field of the bodies of all ranks: it gives the solver those that stand in this rank's world, and writes what it gives back to them.</summary>
/// <remarks>The solver has a world and a schedule of its own, so this is what runs between two schedules of the bodies' world.</remarks>
internal sealed class FieldOfRanks(World world, QueryDescription bodies, FmmSolver solver, CancellationToken cancellation)
{
    private Position[] _positions = [];
    private double[] _masses = [], _potentials = [], _gradients = [];
    private bool _isKnown;

    /// <summary>Bodies have come or gone: on all ranks, be it none on some.</summary>
    public void Forget() => _isKnown = false;

    /// <summary>Computes it; all ranks call it.</summary>
    public void Compute()
    {
        int count = world.CountEntities(bodies);
        Resize(count);
        int at = 0;
        foreach (ref Chunk chunk in world.Query(in bodies))
        {
            chunk.Read<Position>().CopyTo(_positions.AsSpan(at));
            MemoryMarshal.Cast<Mass, double>(chunk.Read<Mass>()).CopyTo(_masses.AsSpan(at));
            at += chunk.Count;
        }

        if (_isKnown) solver.MovePoints(_positions);
        else solver.SetPoints(_positions);
        _isKnown = true;
        solver.Evaluate(_masses, _potentials, _gradients, cancellation: cancellation);
        at = 0;
        foreach (ref Chunk chunk in world.Query(in bodies))
        {
            _potentials.AsSpan(at, chunk.Count).CopyTo(MemoryMarshal.Cast<Potential, double>(chunk.Write<Potential>()));
            _gradients.AsSpan(3 * at, 3 * chunk.Count).CopyTo(MemoryMarshal.Cast<Gradient, double>(chunk.Write<Gradient>()));
            at += chunk.Count;
        }
    }

    private void Resize(int count)
    {
        if (_positions.Length == count) return;
        _positions = new Position[count];
        _masses = new double[count];
        _potentials = new double[count];
        _gradients = new double[3 * count];
    }
}
