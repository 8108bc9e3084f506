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
    private Schedule<FmmStep>? _schedule;

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
        _schedule = new Schedule<FmmStep>("operator");
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
    protected void Update() => _schedule!.Update(FmmStep.Everything, _dispatcher);

    /// <summary>The systems to time, in order.</summary>
    protected abstract ISystem<FmmStep>[] Systems<T, TRegister, TOctet>(FmmMethod method)
        where T : unmanaged, IFloatingPointIeee754<T>
        where TRegister : unmanaged, IRegister<TRegister, T>
        where TOctet : unmanaged, IRegister<TOctet, T>;

    private ISystem<FmmStep>[] Systems(FmmMethod method) => (RegisterWidths.Best, Precision) switch
    {
        (RegisterWidth.Bits512, Precision.Single) => Systems<float, Register512<float>, Register256<float>>(method),
        (RegisterWidth.Bits512, _) => Systems<double, Register512<double>, Register512<double>>(method),
        (RegisterWidth.Bits256, Precision.Single) => Systems<float, Register256<float>, Register256<float>>(method),
        (RegisterWidth.Bits256, _) => Systems<double, Register256<double>, Register256<double>>(method),
        (RegisterWidth.Bits128, Precision.Single) => Systems<float, Register128<float>, Register128<float>>(method),
        (RegisterWidth.Bits128, _) => Systems<double, Register128<double>, Register128<double>>(method),
        (_, Precision.Single) => Systems<float, Register1<float>, Register1<float>>(method),
        _ => Systems<double, Register1<double>, Register1<double>>(method),
    };
}
