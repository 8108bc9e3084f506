using Fmm.Engine;

namespace Fmm.Systems;

/// <summary>The schedule in which errors are estimated for a tolerance.</summary>
internal sealed class FieldEstimate : IDisposable
{
    private readonly FmmMethod _method;
    private readonly EstimateError _system;
    private readonly Schedule<int> _schedule = new("estimate");

    public FieldEstimate(FmmMethod method, IFieldOracle oracle)
    {
        _method = method;
        _system = new EstimateError(method, oracle);
        _schedule.Add(_system);
    }

    /// <summary>The error of the last update's field; not a number where the field is none.</summary>
    public FieldError Of(IThreadDispatcher dispatcher, CancellationToken cancellation)
    {
        if (_method.Link is null && !_system.Sample.Take(_method)) return new FieldError(double.NaN, double.NaN, _method.Options.Gradient ? double.NaN : null, 0);
        _system.Cancellation = cancellation;
        _schedule.Update(0, dispatcher, cancellation);
        return _system.Error;
    }

    public void Dispose() => _schedule.Dispose();
}
