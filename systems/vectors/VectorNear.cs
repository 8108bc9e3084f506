using System.Numerics;
using Fmm.Components;
using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>
/// The near field of the vectors of a series, target by target: summed for as many as go together when the first of them comes, and handed out vector by
/// vector. Where one of them is beyond the working precision, each is left to its own update, which knows what to do.
/// </summary>
/// <typeparam name="T">Working precision.</typeparam>
internal sealed unsafe class VectorNear<T>(Ledger ledger, int components, int outputs) : IJob, IDisposable
    where T : unmanaged, IFloatingPointIeee754<T>
{
    private const int RowsAUnit = 4096;
    private static readonly QueryDescription _index = new QueryDescription().WithAll<SourceTag, InputIndex>();
    private readonly NativeBuffer<T> _charges = new(ledger, "vectors: sorted charges");
    private readonly NativeBuffer<T> _fields = new(ledger, "vectors: near fields");
    private readonly NativeBuffer<double> _scales = new(ledger, "vectors: scales");
    private readonly NearInput<T> _input = new();
    private readonly PointColumns<T> _columns = new();
    private InputIndex* _rows;
    private double* _given;
    private int _count, _vectors, _room;

    /// <summary>Whether the fields of the present vectors stand here.</summary>
    public bool Holds { get; private set; }

    /// <summary>What reading it takes, beside the near field's own input.</summary>
    public static Access Access { get; } = new Access().Read(in _index).ReadResource<VectorSeries>();

    /// <summary>Sums the near field of the vectors that go together.</summary>
    /// <param name="world">The world.</param>
    /// <param name="series">The vectors.</param>
    /// <param name="near">The columns of points.</param>
    /// <param name="job">The near field, target by target.</param>
    /// <param name="jobs">Where it runs.</param>
    /// <param name="counters">Where it is counted.</param>
    public void Run(World world, VectorSeries series, NearInput<T> near, NearEvaluation<T> job, Jobs jobs, Counters counters)
    {
        Chunk sources = SortedPoints.Of(world.Query(in _index));
        _rows = sources.ReadPointer<InputIndex>();
        _count = sources.Count;
        _vectors = series.Together;
        _room = (_vectors + 1) / 2 * 2; // The loops take two at a time: an odd number has a vector of zeros beside it.
        int length = series.Charges.Length / series.Count;
        _given = series.Charges.Pointer + ((nint)series.First * length);
        _scales.Resize(_vectors);
        for (int vector = 0; vector < _vectors; vector++) _scales[vector] = 1 / InputRules.ChargeUnit(NumberSums.Largest(_given + ((nint)vector * length), length));
        _charges.Resize(checked(length * _room));
        if (_room > _vectors) _charges.Clear();
        jobs.For((_count + RowsAUnit - 1) / RowsAUnit, this);
        _fields.Resize(checked(near.TargetCount * outputs * _room));
        _columns.Read(near.Points, _charges.Pointer);
        _input.Read(world, _columns, _fields.Pointer, _room);
        Holds = job.Run(_input, jobs, counters) || LevelUnit.IsAbsolute<T>(); // Double precision has nothing better to turn to.
    }

    /// <summary>Writes the near field of the current vector.</summary>
    public void Put(VectorSeries series, T* field)
    {
        nint length = _fields.Length / _room, bytes = length * sizeof(T);
        Buffer.MemoryCopy(_fields.Pointer + ((series.Current - series.First) * length), field, bytes, bytes);
    }

    /// <inheritdoc/>
    public void Execute(int unit, int worker)
    {
        int end = Math.Min(_count, (unit + 1) * RowsAUnit);
        for (int vector = 0; vector < _vectors; vector++)
        {
            double* given = _given + ((nint)vector * _count * components);
            double scale = _scales[vector];
            for (int i = unit * RowsAUnit; i < end; i++)
            {
                double* from = given + ((nint)_rows[i].Value * components);
                T* to = _charges.Pointer + ((((nint)i * _room) + vector) * components);
                for (int c = 0; c < components; c++) to[c] = T.CreateTruncating(from[c] * scale);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _charges.Dispose();
        _fields.Dispose();
        _scales.Dispose();
    }
}
