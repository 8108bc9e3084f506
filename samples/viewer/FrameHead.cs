using Fmm.Components;

namespace Fmm.Samples;

/// <summary>What a frame says of itself.</summary>
/// <param name="Points">Rows of points.</param>
/// <param name="Boxes">Rows of boxes behind them.</param>
/// <param name="Step">The step after which it was taken.</param>
/// <param name="Time">The scene's time then.</param>
/// <param name="Centre">What was taken off every place, so that single precision keeps its digits.</param>
/// <param name="RootHalfWidth">Half width of the tree's root: a box's level is the logarithm of the ratio.</param>
/// <param name="Lowest">Least number of all points.</param>
/// <param name="Highest">Greatest.</param>
/// <param name="Colour">Which number it is, by its place in the list of numbers.</param>
/// <param name="Run">How many times the scene was begun anew.</param>
/// <param name="Dropped">Frames that this viewer was too slow for.</param>
internal readonly record struct FrameHead(
    int Points, int Boxes, double Step, double Time, Position Centre, float RootHalfWidth, float Lowest, float Highest, int Colour, int Run, int Dropped);
