using Fmm.Components;
using Fmm.Engine;
using Fmm.Systems;

namespace Fmm.Tests.Operators;

/// <summary>The direct field of the members of lists, each from the image that it stands in.</summary>
internal sealed class MemberField<TKernel>(TKernel kernel, World world, Position[] sources, double[] charges)
    where TKernel : unmanaged, IKernel<TKernel>
{
    public double[] Of(ReadOnlySpan<ListMember> members, Position[] at, bool gradient = false)
    {
        List<Position> from = [];
        List<double> strengths = [];
        ReadOnlySpan<InputIndex> index = world.Points<SourceTag, InputIndex>();
        foreach (ListMember member in members)
        {
            SourceRange range = world.Nodes<SourceRange>(member.Level)[member.Row];
            (double x, double y, double z) = ((member.Image % 3) - 1, (member.Image / 3 % 3) - 1, (member.Image / 9) - 1);
            for (int i = range.Start; i < range.End; i++)
            {
                Position point = sources[index[i].Value];
                from.Add(new Position(point.X + (x * world.Resource<TreeShape>().Period.X), point.Y + (y * world.Resource<TreeShape>().Period.Y), point.Z + (z * world.Resource<TreeShape>().Period.Z)));
                strengths.AddRange(charges.AsSpan(index[i].Value * TKernel.SourceComponents, TKernel.SourceComponents));
            }
        }
        return DirectField.Of(kernel, [.. from], [.. strengths], at, gradient);
    }

    /// <summary>Input rows of a node's targets.</summary>
    public int[] Targets(Node node)
    {
        TargetRange range = world.Nodes<TargetRange>(node.Level)[node.Row];
        return [.. world.Points<TargetTag, InputIndex>().Slice(range.Start, range.Count).ToArray().Select(index => index.Value)];
    }
}
