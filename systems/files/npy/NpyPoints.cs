using Fmm.Components;

namespace Fmm.Files;

/// <summary>Points as one array of NumPy, a row a point: (N, 3) places, (N, 4) with a charge, (N, 5) with a complex one as two numbers or (N, 4) of complex numbers, (N, 6) with a vector.</summary>
internal static class NpyPoints
{
    /// <summary>Reads sources with their charges.</summary>
    public static PointSet ReadSources(string path, PointRequest request)
    {
        using NpyFile file = NpyFile.Open(path);
        IReadOnlyList<long> shape = file.Shape(NpyFile.Array);
        int numbers = ComplexArrays.Numbers(file, NpyFile.Array, request);
        if (shape.Count != 2 || shape[1] != 3 + numbers)
        {
            string names = numbers == 1 ? "x, y, z and the charge" : "x, y, z and the charge's components";
            throw new DataFileException(file.Name, $"it has the shape ({string.Join(", ", shape)}); sources are (N, {3 + numbers}), {names} in a row; or take NPZ with sources and source_densities");
        }

        return ArrayPoints.Read(file, NpyFile.Array, request);
    }

    /// <summary>Reads places.</summary>
    public static Position[] ReadTargets(string path, PointRequest request)
    {
        using NpyFile file = NpyFile.Open(path);
        return ArrayPoints.ReadTargets(file, NpyFile.Array, request);
    }
}
