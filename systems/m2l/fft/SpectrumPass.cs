namespace Fmm.Systems;

/// <summary>Some rows of frequencies of one kx.</summary>
/// <param name="Kx">Frequency along x.</param>
/// <param name="FirstRow">First row.</param>
/// <param name="RowCount">Rows.</param>
/// <param name="First">Whether nothing was added to the locals before.</param>
/// <param name="Last">Whether nothing will be.</param>
internal readonly record struct SpectrumPass(int Kx, int FirstRow, int RowCount, bool First, bool Last);
