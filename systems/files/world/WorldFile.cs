using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Files;

/// <summary>
/// A world in a file, to go on from later and elsewhere: every row of the host's with every column, entities' names, the clock, and what else it wants to
/// keep. docs/files.md has the layout.
/// </summary>
/// <remarks>
/// <para>Rows of the method (nodes, sorted points) are not in it: the next update makes them. Resources are not either, but for
/// <see cref="SimulationClock"/> and what the method has measured of the machine for its choices.</para>
/// <para>A run that goes on after <see cref="Save(string, World, SavedState?)"/> and one that goes on after <see cref="Restore"/> compute the same bits: both make
/// the method begin afresh at its next update (<see cref="FmmMethod.Invalidate()"/>).</para>
/// </remarks>
public static class WorldFile
{
    internal const string Kind = "kind", World = "world", Format = "format", Checksum = "checksum";
    internal const string RowsGroup = "rows", EntitiesGroup = "entities", NumbersGroup = "run", StateGroup = "state";
    internal const int PresentFormat = 1;
    internal const string ClockSteps = "clock_steps", ClockLength = "clock_length", ClockStart = "clock_start", ClockSince = "clock_since";
    internal const string NearOverFar = "near_over_far", PairFactor = "pair_factor";

    /// <summary>Writes a world: under a temporary name, to the disk, and only then under its own, so that a process that is killed leaves what was there before.</summary>
    /// <param name="path">The file; one that is there is replaced.</param>
    /// <param name="world">The world; nothing may run on it meanwhile.</param>
    /// <param name="state">What else to keep; null for nothing.</param>
    /// <exception cref="DataFileException">It can't be written; what stood there before still does.</exception>
    /// <exception cref="ArgumentException">A component holds an address.</exception>
    /// <exception cref="InvalidOperationException">A schedule runs on the world.</exception>
    public static void Save(string path, World world, SavedState? state = null) => Save(path, world, state, new OpenOutputs());

    /// <summary>
    /// Brings a world to what a file holds: its rows are those of the file, entities of the file live under their names, all others are dead. The method's rows stay
    /// until the next update. Bytes between the fields of a component are zero then.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="world">A world, new or used; components that it has not seen yet are found by their type's name among the program's assemblies.</param>
    /// <returns>What else was kept.</returns>
    /// <exception cref="DataFileException">The file is missing, no world, damaged, or holds components that this program has not; the world is as it was.</exception>
    /// <exception cref="InvalidOperationException">A schedule runs on the world, or a query of it is being iterated.</exception>
    /// <exception cref="InsufficientMemoryException">There is no memory for the rows; the world is as it was.</exception>
    public static SavedState Restore(string path, World world)
    {
        ArgumentNullException.ThrowIfNull(world);
        world.RequireStill();
        using Hdf5File file = Hdf5File.Open(path);
        return new WorldReader(world, file).Restore();
    }

    /// <summary>What else a file keeps, without its rows: to set a world up for them.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="DataFileException">The file is missing, no world, or damaged.</exception>
    public static SavedState ReadState(string path)
    {
        using Hdf5File file = Hdf5File.Open(path);
        return WorldReader.State(file);
    }

    /// <summary>The same with a file that a signal cleans up.</summary>
    internal static void Save(string path, World world, SavedState? state, OpenOutputs outputs)
    {
        ArgumentNullException.ThrowIfNull(world);
        world.RequireStill();
        using Hdf5Writer file = Hdf5Writer.Create(path, outputs);
        WorldWriter.Write(world, state ?? new SavedState(), file);
        FmmMethod.Invalidate(world);
    }

    /// <summary>Whether rows are the method's own.</summary>
    internal static bool IsMethods(World world, Archetype archetype) =>
        archetype.IsEnBloc && world.TryResource(out TreeLayout? layout) && layout.Has(archetype.Signature);

    /// <summary>Path of a column.</summary>
    internal static string PathOf(int archetype, string component) => $"{RowsGroup}/{archetype}/{component.Replace('/', '.')}";

    /// <summary>Clock and method in numbers.</summary>
    internal static SortedDictionary<string, object> Numbers(World world)
    {
        SortedDictionary<string, object> numbers = new(StringComparer.Ordinal);
        if (world.TryResource(out SimulationClock? clock))
        {
            ClockState now = clock.Save();
            (numbers[ClockSteps], numbers[ClockSince], numbers[ClockLength], numbers[ClockStart]) = (now.Steps, now.Since, now.Length, now.Start);
        }
        if (world.TryResource(out LeafChoice? leaf) && leaf.Chosen) (numbers[NearOverFar], numbers[PairFactor]) = (leaf.NearOverFar, leaf.PairFactor);
        return numbers;
    }
}
