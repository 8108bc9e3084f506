using Fmm.Engine;
using Fmm.Systems;
using NUnit.Framework;

namespace Fmm.Tests.Flow;

/// <summary>A solver and a model of what it must answer: random calls are made on both.</summary>
internal sealed class SolverModel : IDisposable
{
    private static readonly Scene[] _scenes =
    [
        Scene.Of("cube", 200), Scene.Of("plummer", 200), Scene.Of("sphere", 90), Scene.Of("squares", 301), Scene.Of("cube", "plummer", 120), Scene.Of("line", 7),
    ];

    private readonly Random _random;
    private readonly FmmOptions _options;
    private readonly FmmSolver _solver;
    private readonly List<string> _calls = [];
    private Scene? _scene;
    private double[]? _charges;
    private bool _evaluated;
    private bool _ended;

    public SolverModel(int seed)
    {
        _random = new Random(seed);
        _options = new FmmOptions { Order = 2, LeafCapacity = 20, Threads = 1 + _random.Next(3), Gradient = _random.Next(2) == 0 };
        _solver = FmmSolver.Create(default(Laplace), _options);
    }

    private bool Chance => _random.Next(2) == 0;

    /// <summary>Makes a random call, and compares.</summary>
    public void Step()
    {
        switch (_random.Next(13))
        {
            case 0 or 1: Set(); break;
            case 2: Call("SetPoints of nothing", () => _solver.SetPoints([]), typeof(ArgumentException)); break;
            case 3 or 4 or 5: Evaluate(); break;
            case 6 or 7: Interrupt(); break;
            case 8: Meddle(); break;
            case 9: Tell("Verify", () => Assert.That(_solver.Verify(1000).PotentialL2, Is.LessThan(0.2), Story)); break;
            case 10: Tell("Report", () => Assert.That(_solver.Report.Sources, Is.EqualTo(_scene!.Sources.Length), Story)); break;
            case 11: Call("Invalidate", _solver.Invalidate, null); break;
            default: Call("Explain", () => _solver.Explain(), null); break;
        }
    }

    /// <summary>Ends the solver; it refuses every call from now on.</summary>
    public void End()
    {
        _solver.Dispose();
        _ended = true;
    }

    public void Dispose()
    {
        Ledger ledger = _solver.World.Ledger;
        _solver.Dispose();
        Assert.That(ledger.Outstanding, Is.Zero, ledger.Report);
    }

    private void Set()
    {
        Scene scene = _scenes[_random.Next(_scenes.Length)];
        Call("SetPoints", () => SetPoints(scene), null);
        if (_ended) return;
        _scene = scene;
        _charges = [.. scene.Charges.Select(q => Chance ? q : 1 - q)];
        _evaluated = false;
    }

    private void Evaluate()
    {
        if (_scene is null)
        {
            Call("Evaluate without points", () => _solver.Evaluate([1], new double[1]), typeof(InvalidOperationException));
            return;
        }
        if (_random.Next(4) == 0)
        {
            Call("Evaluate of too few", () => _solver.Evaluate([1], new double[1]), typeof(ArgumentException));
            return;
        }
        Call("Evaluate", () => Compare(null, default), null);
        _evaluated |= !_ended;
    }

    // Cancelled or failed from a callback: nothing is written, and there are no fields afterwards.
    private void Interrupt()
    {
        if (_scene is null || _ended) return;
        using CancellationTokenSource source = new();
        int at = 1 + _random.Next(25);
        bool cancel = Chance && at < 25;
        Listener listener = new(told =>
        {
            if (told.Finished != at) return;
            if (cancel) source.Cancel();
            else throw new FormatException("the host's own");
        });
        Call($"Evaluate, {(cancel ? "cancelled" : "failed")} after {at}", () => Compare(listener, source.Token), cancel ? typeof(OperationCanceledException) : typeof(FormatException));
        _evaluated = false;
    }

    // Another call from a callback, perhaps on another thread: refused, and the answer stands.
    private void Meddle()
    {
        if (_scene is null || _ended) return;
        int at = 1 + _random.Next(25), which = _random.Next(6);
        bool apart = Chance;
        Scene other = _scenes[_random.Next(_scenes.Length)];
        Exception? refusal = null;
        void Refused() => refusal = Thrown(() => Other(which, other));
        Listener listener = new(told =>
        {
            if (told.Finished != at) return;
            if (!apart)
            {
                Refused();
                return;
            }
            Thread thread = new(Refused);
            thread.Start();
            thread.Join();
        });
        Call($"Evaluate with call {which} inside after {at}", () => Compare(listener, default), null);
        Assert.That(refusal, Is.TypeOf<InvalidOperationException>(), Story);
        _evaluated = true;
    }

    private void Other(int which, Scene other)
    {
        switch (which)
        {
            case 0: SetPoints(other); break;
            case 1: _solver.Evaluate(_charges, new double[_scene!.TargetCount]); break;
            case 2: _solver.Verify(3); break;
            case 3: _ = _solver.Report; break;
            case 4: _solver.Invalidate(); break;
            default: _solver.Dispose(); break;
        }
    }

    private void SetPoints(Scene scene)
    {
        if (scene.Targets is null) _solver.SetPoints(scene.Sources);
        else _solver.SetPoints(scene.Sources, scene.Targets);
    }

    // A fresh solver gives the same bits, whatever the calls before. Outputs of a call that fails stay as they were.
    private void Compare(Listener? listener, CancellationToken token)
    {
        double[] potentials = [.. Enumerable.Repeat(7.0, _scene!.TargetCount)], gradients = new double[_options.Gradient ? 3 * potentials.Length : 0];
        try
        {
            _solver.Evaluate(_charges, potentials, gradients, listener, token);
        }
        catch
        {
            Assert.That(potentials, Is.All.EqualTo(7), Story);
            throw;
        }
        (double[] Potentials, double[] Gradients) expected = new Scene(_scene.Sources, _charges!, _scene.Targets).Solve(default(Laplace), _options with { Threads = 1 });
        Assert.That(potentials, Is.EqualTo(expected.Potentials), Story);
        Assert.That(gradients, Is.EqualTo(expected.Gradients), Story);
    }

    private void Tell(string name, Action call) => Call(name, call, _evaluated ? null : typeof(InvalidOperationException));

    private void Call(string name, Action call, Type? refusal)
    {
        _calls.Add(name);
        Type? expected = _ended ? typeof(ObjectDisposedException) : refusal;
        Exception? thrown = Thrown(call);
        if (expected is null) Assert.That(thrown, Is.Null, Story);
        else Assert.That(thrown, Is.InstanceOf(expected), Story);
    }

    private string Story() => string.Join(", ", _calls);

    private static Exception? Thrown(Action call)
    {
        try
        {
            call();
            return null;
        }
#pragma warning disable CA1031 // The model says which exception is right.
        catch (Exception exception) when (exception is not AssertionException)
#pragma warning restore CA1031
        {
            return exception;
        }
    }
}
