using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>Reads points and charges once: their largest magnitudes and their checksum.</summary>
internal sealed unsafe class InputReader(Ledger ledger, string name) : IDisposable
{
    private readonly NumberSums _sums = new(ledger, name);

    /// <summary>The largest coordinate of a source; not finite if one is not.</summary>
    public double LargestSource { get; private set; }

    /// <summary>The largest coordinate of a target; 0 where the targets are the sources.</summary>
    public double LargestTarget { get; private set; }

    /// <summary>The smallest coordinate that is not 0, of sources and targets; 0 if all are.</summary>
    public double SmallestCoordinate { get; private set; }

    /// <summary>The largest magnitude of a charge; not finite if one is not.</summary>
    public double LargestCharge { get; private set; }

    /// <summary>Reads all of it.</summary>
    /// <param name="points">The points.</param>
    /// <param name="charges">The charges.</param>
    /// <param name="jobs">Where it runs.</param>
    public InputSum Read(PointInput points, ChargeInput charges, Jobs jobs)
    {
        NumberSums.Result sources = Read(points.Sources, jobs), targets = points.Shared ? default : Read(points.Targets, jobs);
        NumberSums.Result strengths = _sums.Of(charges.Values.Pointer, charges.Values.Length, jobs);
        SmallestCoordinate = sources.Smallest == 0 || targets.Smallest == 0 ? sources.Smallest + targets.Smallest : Math.Min(sources.Smallest, targets.Smallest);
        (LargestSource, LargestTarget, LargestCharge) = (sources.Largest, targets.Largest, strengths.Largest);
        return new InputSum(
            points.Sources.Length, points.Shared ? -1 : points.Targets.Length, unchecked(sources.Sum + (31 * targets.Sum)), strengths.Sum);
    }

    /// <inheritdoc/>
    public void Dispose() => _sums.Dispose();

    private NumberSums.Result Read(NativeBuffer<Position> points, Jobs jobs) => _sums.Of((double*)points.Pointer, 3L * points.Length, jobs);
}
