namespace Fmm.Samples;

/// <summary>
/// The tables of the papers that this engine started from, PyExaFMM (Kailasa, Wang, Barba and Betcke 2022) and ExaFMM-T (Wang, Yokota
/// and Barba 2021), measured here, beside what they published and on which machine.
/// </summary>
internal sealed class PaperTables(TextWriter output, Limits limits, CancellationToken cancellation)
{
    /// <summary>Measures all tables; so many points where the papers have a million.</summary>
    public void Run(int points)
    {
        new DirectTable(output, limits, cancellation).Run(Math.Min(points, 100_000));
        new MortonTable(output).Run();
        new TreeTable(output, limits, cancellation).Run(points);
        new SphereTable(output, limits, cancellation).Run(points);
        new CompressionTable(output, limits, cancellation).Run(points);
    }
}
