using System.CommandLine;
using Fmm.Components;
using Fmm.Engine;
using Fmm.Files;
using Fmm.Systems;

namespace Fmm.Samples;

/// <summary><c>fmm tree</c>: the tree and the interaction lists of points, without their field.</summary>
internal static class TreeCommand
{
    /// <summary>The command for the parser.</summary>
    public static Command Build(Terminal terminal, CancellationToken cancellation)
    {
        Command command = new("tree", "Build the tree and the interaction lists of points and write them to HDF5, with boxes that ParaView draws");
        Argument<string> sources = new("POINTS") { Description = "A file of points, as fmm evaluate reads them" };
        Option<string?> targets = new("--targets") { Description = "The targets' file (default: the sources)", HelpName = "FILE" };
        Option<string> output = new("--output", "-o") { Description = "The HDF5 file; an .xdmf is written beside it", HelpName = "tree.h5", Required = true };
        Option<int?> leaf = OptionShapes.WholeNumber("--leaf", "N", 1, int.MaxValue, "Most points of a leaf (default: chosen by the engine)");
        Option<int?> order = OptionShapes.WholeNumber(
            "--order", "P", FmmOptions.SmallestOrder, FmmOptions.LargestOrder,
            $"Order that the leaf is chosen for, and by which leaves of few points act directly (default {FieldSettings.DefaultOrder})");
        Option<bool> textbook = new("--textbook") { Description = "Lists as the textbook defines them: small members of W and X stay there" };
        command.Arguments.Add(sources);
        foreach (Option option in new Option[] { targets, output, leaf, order, textbook }) command.Options.Add(option);
        command.SetAction(parsed =>
        {
            FmmOptions options = new() { Order = parsed.GetValue(order) ?? FieldSettings.DefaultOrder, LeafCapacity = parsed.GetValue(leaf), Threads = Environment.ProcessorCount };
            (Position[] points, Position[]? others) = Points(DataLocation.Of(parsed.GetValue(sources)!, DataFormat.Csv), parsed.GetValue(targets), terminal, cancellation);
            using World world = World.Create();
            using ThreadDispatcher threads = new(options.Threads);
            Schedule<FmmStep> schedule = new("tree");
            using FmmMethod method = FmmSchedule.Create(world, default(Laplace), options, schedule);
            LeaveTree(schedule);
            if (parsed.GetValue(textbook)) method.Tree.Settings.DirectPoints = 0;
            if (others is null) method.Tree.Input.Set(points);
            else method.Tree.Input.Set(points, others);
            // The input is checked whole, charges and all; a tree asks for none.
            method.Charges.Values.Resize(points.Length);
            method.Charges.Values.Span.Clear();
            try
            {
                schedule.Update(FmmStep.Everything, threads, cancellation);
            }
            catch (ArgumentException fault)
            {
                throw new InputException($"{InputFile.Name(parsed.GetValue(sources)!)}: {fault.Message.Split(" (Parameter")[0]}", fault);
            }
            TreeFile.Write(parsed.GetValue(output)!, method);
            Tell(terminal.Output, TreeReport.Of(method), method.LeafCapacity);
            return ExitCode.Done;
        });
        return command;
    }

    // Charges are read where the file's form has them beside the places; where a place alone is named, they are not asked for.
    private static (Position[] Sources, Position[]? Targets) Points(DataLocation at, string? targets, Terminal terminal, CancellationToken cancellation)
    {
        PointRequest request = new(1, targets is null, terminal.Note, null, cancellation);
        Position[]? others = targets is null ? null : PointFiles.ReadTargets(DataLocation.Of(targets, DataFormat.Csv), request);
        if (at is not { Inner: null, Format: DataFormat.Hdf5 or DataFormat.Npz }) return (PointFiles.ReadTargets(at, request), others);
        PointSet points = PointFiles.Read(at, request);
        return (points.Sources, others ?? points.Targets);
    }

    // Everything behind the lists is left out: the operators and the fields.
    private static void LeaveTree(Schedule<FmmStep> schedule) => schedule
        .Remove<GatherFields>().Remove<ActOnOutliers>().Remove<P2P>().Remove<M2P>().Remove<L2P>().Remove<L2L>().Remove<P2L>().Remove<M2L>().Remove<M2M>().Remove<P2M>()
        .Remove<PlaceCharges>().Remove<PlacePoints>().Remove<PrepareTransfers>().Remove<PrepareOperators>().Remove<PlanWork>();

    private static void Tell(TextWriter output, TreeReport tree, int leaf)
    {
        output.WriteLine($"depth {tree.Depth}, nodes {tree.Nodes}, leaves {tree.Leaves} of at most {leaf} points");
        ListText.Write(output, [("U", tree.U), ("V", tree.V), ("W", tree.W), ("X", tree.X)]);
    }
}
