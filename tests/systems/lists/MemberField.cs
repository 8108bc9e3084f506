using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>The direct field of the members of lists, each from the image that it stands in.</summary>
internal sealed class MemberField<TKernel>(TKernel kernel, TreeResources tree, Position[] sources, double[] charges)
    where TKernel : unmanaged, IKernel<TKernel>
{
    public double[] Of(ReadOnlySpan<ListMember> members, Position[] at, bool gradient = false)
    {
        List<Position> from = [];
        List<double> strengths = [];
        ReadOnlySpan<InputIndex> index = tree.Points.Sources.Chunk.Read<InputIndex>();
        foreach (ListMember member in members)
        {
            SourceRange range = tree.Shape.Nodes(member.Level).Chunk.Read<SourceRange>()[member.Row];
            (double x, double y, double z) = ((member.Image % 3) - 1, (member.Image / 3 % 3) - 1, (member.Image / 9) - 1);
            for (int i = range.Start; i < range.End; i++)
            {
                Position point = sources[index[i].Value];
                from.Add(new Position(point.X + (x * tree.Shape.Period.X), point.Y + (y * tree.Shape.Period.Y), point.Z + (z * tree.Shape.Period.Z)));
                strengths.AddRange(charges.AsSpan(index[i].Value * TKernel.SourceComponents, TKernel.SourceComponents));
            }
        }
        return DirectField.Of(kernel, [.. from], [.. strengths], at, gradient);
    }

    /// <summary>Input rows of a node's targets.</summary>
    public int[] Targets(Node node)
    {
        TargetRange range = tree.Shape.Nodes(node.Level).Chunk.Read<TargetRange>()[node.Row];
        return [.. tree.Points.Targets.Chunk.Read<InputIndex>().Slice(range.Start, range.Count).ToArray().Select(index => index.Value)];
    }
}
