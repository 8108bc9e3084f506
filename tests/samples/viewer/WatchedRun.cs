using System.Text;
using System.Text.RegularExpressions;
using Fmm.Samples;
using NUnit.Framework;

namespace Fmm.Tests;

/// <summary>A run of the command in this process that is watched, on a terminal, so that it waits for its first page; ended by Dispose.</summary>
internal sealed partial class WatchedRun : IDisposable
{
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);
    private readonly CancellationTokenSource _end = new();
    private readonly Words _error = new();
    private readonly Task<int> _run;

    /// <summary>Starts <c>fmm run</c> with options and --view.</summary>
    public WatchedRun(params string[] options)
    {
        Terminal terminal = new(Output, _error, outputIsScreen: false, errorIsScreen: true);
        _run = Task.Run(() => FmmCommand.Run(["run", .. options, "--view"], terminal, _end.Token));
        Assert.That(() => _run.IsCompleted || Printed().IsMatch(_error.Text), Is.True.After((int)_patience.TotalMilliseconds, 20), _error.Text);
        Address = Printed().Match(_error.Text).Value;
    }

    /// <summary>The page's address.</summary>
    public string Address { get; }

    /// <summary>Its port.</summary>
    public int Port => new Uri(Address).Port;

    /// <summary>Standard output so far.</summary>
    public Words Output { get; } = new();

    /// <summary>Waits for the end by itself.</summary>
    public int ExitCode() => _run.Wait(_patience) ? _run.Result : throw new TimeoutException("the run does not end");

    /// <inheritdoc/>
    public void Dispose()
    {
        _end.Cancel();
        Assert.That(_run.Wait(_patience), Is.True, "a cancelled run ends");
        _end.Dispose();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+/\?token=[0-9a-f]{32}")]
    private static partial Regex Printed();

    /// <summary>What one thread writes and another reads.</summary>
    internal sealed class Words : MemoryStream
    {
        /// <summary>All of it.</summary>
        public string Text
        {
            get
            {
                lock (this) return Encoding.UTF8.GetString(ToArray());
            }
        }

        public override void Write(byte[] buffer, int offset, int count)
        {
            lock (this) base.Write(buffer, offset, count);
        }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            lock (this) base.Write(buffer);
        }
    }
}
