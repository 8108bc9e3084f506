using System.Numerics;
using BenchmarkDotNet.Attributes;
using Fmm.Engine;
using Fmm.Samples;
using Fmm.Systems;

namespace Fmm.Perf;

/// <summary>
/// A system on its own: the world is filled by one evaluation, then a schedule of this system alone runs over it again and again,
/// on all threads. Systems that add to their columns keep adding; the arithmetic is the same.
/// </summary>
public abstract class OperatorBench : IDisposable
{
    private const int Points = 250_000;
    private FmmSolver? _solver;
    private ThreadDispatcher? _dispatcher;
    private Schedule<FieldStep>? _schedule;

    /// <summary>Where the points are.</summary>
    [Params("cube", "sphere", "plummer")]
    public string Cloud { get; set; } = "cube";

    /// <summary>Working precision.</summary>
    [Params(Precision.Single, Precision.Double)]
    public Precision Precision { get; set; }

    /// <summary>Leaf capacity.</summary>
    [Params(64, 256)]
    public int Leaf { get; set; }

    /// <summary>Order of the expansions.</summary>
    public virtual int Order { get; set; } = 6;

    /// <summary>How M2L is carried out.</summary>
    public virtual TransferStrategy Transfer { get; set; }

    /// <summary>Whether the gradient is computed, too.</summary>
    public virtual bool Gradient { get; set; }

    /// <summary>Makes points, tree, lists and operators.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _solver = FmmSolver.Create(new Laplace(), new FmmOptions
        {
            Order = Order,
            LeafCapacity = Leaf,
            Precision = Precision,
            Transfer = Transfer,
            Gradient = Gradient,
        });
        _solver.SetPoints(Clouds.Draw(Cloud, Points));
        _solver.Evaluate(PointClouds.Charges(Points, 1), new double[Points], new double[Gradient ? 3 * Points : 0]);
        _dispatcher = new ThreadDispatcher(Environment.ProcessorCount);
        _schedule = new Schedule<FieldStep>("operator");
        _schedule.Chain(Systems(_solver.Method));
        _schedule.Build();
        Update();
    }

    /// <summary>Frees everything.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _schedule?.Dispose();
        _dispatcher?.Dispose();
        _solver?.Dispose();
    }

    /// <summary>One update of the schedule.</summary>
    protected void Update() => _schedule!.Update(new FieldStep(true), _dispatcher);

    /// <summary>The systems to time, in order.</summary>
    protected abstract ISystem<FieldStep>[] Systems<T, TLane, TOctet>(FieldMethod method)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TLane : unmanaged, ILane<TLane, T>
        where TOctet : unmanaged, ILane<TOctet, T>;

    private ISystem<FieldStep>[] Systems(FieldMethod method) => (LaneWidths.Best, Precision) switch
    {
        (LaneWidth.Bits512, Precision.Single) => Systems<float, Lane512<float>, Lane256<float>>(method),
        (LaneWidth.Bits512, _) => Systems<double, Lane512<double>, Lane512<double>>(method),
        (LaneWidth.Bits256, Precision.Single) => Systems<float, Lane256<float>, Lane256<float>>(method),
        (LaneWidth.Bits256, _) => Systems<double, Lane256<double>, Lane256<double>>(method),
        (LaneWidth.Bits128, Precision.Single) => Systems<float, Lane128<float>, Lane128<float>>(method),
        (LaneWidth.Bits128, _) => Systems<double, Lane128<double>, Lane128<double>>(method),
        (_, Precision.Single) => Systems<float, Lane1<float>, Lane1<float>>(method),
        _ => Systems<double, Lane1<double>, Lane1<double>>(method),
    };
}
