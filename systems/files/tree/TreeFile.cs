using Fmm.Components;
using Fmm.Systems;

namespace Fmm.Files;

/// <summary>
/// Writes a tree and its interaction lists to HDF5, and beside it an XDMF file by which ParaView draws the leaves' boxes. docs/files.md has the
/// names and shapes.
/// </summary>
public static class TreeFile
{
    /// <summary>Where the tree stands in the file.</summary>
    public const string Octree = "octree";

    /// <summary>Where the lists stand in the file.</summary>
    public const string Lists = "interaction_lists";

    internal const string Boxes = "boxes";

    internal static string[] ListNames { get; } = ["u", "v", "w", "x"];

    /// <summary>Writes the tree of a method's last update.</summary>
    /// <param name="path">The HDF5 file; <c>tree.h5</c> gets a <c>tree.xdmf</c> beside it.</param>
    /// <param name="method">The method; it must have been updated.</param>
    /// <exception cref="DataFileException">A file can't be written; neither is left half-written.</exception>
    public static void Write(string path, FmmMethod method)
    {
        ArgumentNullException.ThrowIfNull(method);
        TreeNodes nodes = new(method.World, method.Tree.Shape.RootCube);
        using Hdf5Writer file = Hdf5Writer.Create(path);
        Write(file, nodes, method);
        file.Save();
        BoxesXdmf.Write(Path.ChangeExtension(path, ".xdmf"), Path.GetFileName(path), nodes.Leaves.Length);
    }

    private static void Write(Hdf5Writer file, TreeNodes nodes, FmmMethod method)
    {
        RootCube root = method.Tree.Shape.RootCube;
        int count = nodes.Count;
        file.Dataset<long>($"{Octree}/keys", nodes.Keys, [count]);
        file.Dataset<int>($"{Octree}/levels", nodes.Levels, [count]);
        file.Dataset<int>($"{Octree}/parents", nodes.Parents, [count]);
        file.Dataset<int>($"{Octree}/sources", nodes.Sources, [count]);
        file.Dataset<int>($"{Octree}/targets", nodes.Targets, [count]);
        file.Dataset<double>($"{Octree}/centres", nodes.Centres, [count, 3]);
        file.Dataset<double>($"{Octree}/half_widths", nodes.HalfWidths, [count]);
        file.Dataset<int>($"{Octree}/leaves", nodes.Leaves, [nodes.Leaves.Length]);
        file.Dataset<int>($"{Octree}/depth", new[] { method.Tree.Shape.Depth }, [1]);
        file.Dataset<double>($"{Octree}/r0", new[] { root.HalfWidth }, [1]);
        file.Dataset<double>($"{Octree}/x0", new[] { root.Centre.X, root.Centre.Y, root.Centre.Z }, [1, 3]);
        file.Attribute(Octree, "leaf_capacity", (long)method.LeafCapacity);
        file.Attribute(Octree, "keys", "Morton key at the node's own level, three bits a level, x lowest");
        file.Attribute(Lists, "direct_points", (long)method.Tree.Settings.DirectPoints);
        for (int list = 0; list < ListNames.Length; list++)
        {
            (long[] offsets, int[] members) = nodes.List(list);
            file.Dataset<long>($"{Lists}/{ListNames[list]}/offsets", offsets, [offsets.Length]);
            file.Dataset<int>($"{Lists}/{ListNames[list]}/members", members, [members.Length]);
        }
        WriteBoxes(file, nodes);
    }

    // Corners in VTK's order of a hexahedron: around the lower face, then around the upper one.
    private static void WriteBoxes(Hdf5Writer file, TreeNodes nodes)
    {
        ReadOnlySpan<int> x = [-1, 1, 1, -1], y = [-1, -1, 1, 1];
        int count = nodes.Leaves.Length;
        double[] corners = new double[24 * count];
        int[] cells = new int[8 * count], levels = new int[count], points = new int[count];
        for (int leaf = 0; leaf < count; leaf++)
        {
            int node = nodes.Leaves[leaf];
            levels[leaf] = nodes.Levels[node];
            points[leaf] = Math.Max(nodes.Sources[node], nodes.Targets[node]);
            ReadOnlySpan<double> centre = nodes.Centres.AsSpan(3 * node, 3);
            double half = nodes.HalfWidths[node];
            for (int corner = 0; corner < 8; corner++)
            {
                int at = (8 * leaf) + corner;
                cells[at] = at;
                corners[3 * at] = centre[0] + (half * x[corner % 4]);
                corners[(3 * at) + 1] = centre[1] + (half * y[corner % 4]);
                corners[(3 * at) + 2] = centre[2] + (half * (corner < 4 ? -1 : 1));
            }
        }
        file.Dataset<double>($"{Boxes}/corners", corners, [8 * count, 3]);
        file.Dataset<int>($"{Boxes}/cells", cells, [count, 8]);
        file.Dataset<int>($"{Boxes}/level", levels, [count]);
        file.Dataset<int>($"{Boxes}/points", points, [count]);
    }
}
