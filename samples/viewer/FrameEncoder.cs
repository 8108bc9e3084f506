using System.Runtime.InteropServices;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Samples;

/// <summary>Takes frames of a simulation that stands still between two steps; a frame as large as the last one allocates nothing.</summary>
/// <param name="simulation">What runs.</param>
/// <param name="numbers">The numbers that colour points.</param>
/// <param name="run">How many times the scene was begun anew.</param>
internal sealed class FrameEncoder(Simulation simulation, BodyNumber[] numbers, int run)
{
    // What a viewer draws at best; deeper levels of larger trees are cut off.
    private const int MostBoxes = 100_000;
    private const int RowFloats = FrameLayout.RowBytes / sizeof(float);
    private static readonly QueryDescription _nodes = new QueryDescription().WithAll<NodeKey, NodeLinks, SourceRange, TargetRange>();
    private readonly Query _bodies = simulation.World.Query(simulation.Bodies);
    private readonly Query _boxes = simulation.World.Query(in _nodes);

    /// <summary>What is taken off all places: the root's centre at the start.</summary>
    public Position Centre { get; } = simulation.Method.Tree.Shape.Centre;

    /// <summary>How many bodies there are now.</summary>
    public int Count => _bodies.Count();

    /// <summary>Writes a frame into a viewer's free buffer.</summary>
    /// <returns>False where it has none.</returns>
    public bool Offer(FrameSlot slot, int colour, uint levels, int dropped)
    {
        int points = _bodies.Count(), boxes = levels == 0 ? 0 : CountBoxes(levels);
        int length = checked(FrameLayout.HeadBytes + ((points + boxes) * FrameLayout.RowBytes));
        byte[]? bytes = slot.Free(length);
        if (bytes is null) return false;
        Span<float> rows = MemoryMarshal.Cast<byte, float>(bytes.AsSpan(FrameLayout.HeadBytes, length - FrameLayout.HeadBytes));
        (float low, float high) = WritePoints(rows, numbers[colour]);
        if (boxes > 0) WriteBoxes(rows[(points * RowFloats)..], levels, boxes);
        FrameLayout.WriteHead(bytes, new FrameHead(
            points, boxes, simulation.Clock.Steps, simulation.Clock.Time, Centre, (float)simulation.Method.Tree.Shape.HalfWidth, low, high, colour, run, dropped));
        slot.Fill(length);
        return true;
    }

    /// <summary>Copies the sizes of points: the square root of the charge's or mass's magnitude over the largest, 1 where bodies have neither.</summary>
    public float[] Sizes(BodyNumber? weight)
    {
        float[] sizes = new float[_bodies.Count()];
        if (weight is null)
        {
            Array.Fill(sizes, 1);
            return sizes;
        }

        int first = 0;
        foreach (ref Chunk chunk in _bodies)
        {
            weight.Copy(in chunk, sizes.AsSpan(first), 1);
            first += chunk.Count;
        }

        float largest = sizes.Length == 0 ? 0 : sizes.Max(Math.Abs);
        for (int i = 0; i < sizes.Length; i++) sizes[i] = largest > 0 ? MathF.Sqrt(Math.Abs(sizes[i]) / largest) : 1;
        return sizes;
    }

    /// <summary>Writes the bodies' places and numbers, four a row.</summary>
    /// <returns>The least and the greatest number.</returns>
    public (float Low, float High) WritePoints(Span<float> rows, BodyNumber number)
    {
        (double x, double y, double z) = (Centre.X, Centre.Y, Centre.Z);
        float low = float.PositiveInfinity, high = float.NegativeInfinity;
        foreach (ref Chunk chunk in _bodies)
        {
            ReadOnlySpan<Position> at = chunk.Read<Position>();
            Span<float> part = rows[..(at.Length * RowFloats)];
            number.Copy(in chunk, part[3..], RowFloats);
            for (int row = 0; row < at.Length; row++)
            {
                Span<float> four = part.Slice(row * RowFloats, RowFloats);
                (four[0], four[1], four[2]) = ((float)(at[row].X - x), (float)(at[row].Y - y), (float)(at[row].Z - z));
                if (four[3] < low) low = four[3];
                if (four[3] > high) high = four[3];
            }

            rows = rows[part.Length..];
        }

        return low <= high ? (low, high) : (0, 0);
    }

    private int CountBoxes(uint levels)
    {
        int count = 0;
        foreach (ref Chunk chunk in _boxes.Levels(LevelOrder.TopDown))
        {
            if ((levels & (1u << chunk.Level)) == 0) continue;
            ReadOnlySpan<SourceRange> sources = chunk.Read<SourceRange>();
            ReadOnlySpan<TargetRange> targets = chunk.Read<TargetRange>();
            for (int row = 0; row < sources.Length; row++) count += sources[row].Count + targets[row].Count > 0 ? 1 : 0;
        }

        return Math.Min(count, MostBoxes);
    }

    // The same rows as were counted, holes of octets left out.
    private void WriteBoxes(Span<float> rows, uint levels, int most)
    {
        RootCube root = simulation.Method.Tree.Shape.RootCube;
        int next = 0;
        foreach (ref Chunk chunk in _boxes.Levels(LevelOrder.TopDown))
        {
            if ((levels & (1u << chunk.Level)) == 0) continue;
            ReadOnlySpan<NodeKey> keys = chunk.Read<NodeKey>();
            ReadOnlySpan<SourceRange> sources = chunk.Read<SourceRange>();
            ReadOnlySpan<TargetRange> targets = chunk.Read<TargetRange>();
            float half = (float)NodeGeometry.HalfWidth(in root, chunk.Level);
            for (int row = 0; row < keys.Length && next < most; row++)
            {
                if (sources[row].Count + targets[row].Count == 0) continue;
                Position at = NodeGeometry.Centre(in root, chunk.Level, keys[row].Value);
                Span<float> four = rows.Slice(next++ * RowFloats, RowFloats);
                (four[0], four[1], four[2], four[3]) = ((float)(at.X - Centre.X), (float)(at.Y - Centre.Y), (float)(at.Z - Centre.Z), half);
            }
        }
    }
}
